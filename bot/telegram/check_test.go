package telegram

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
)

// What `check` says about each state of a token and a server.
func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		flaw  flaw
		found string
		says  string
	}{
		"all is well":         {flaw{Method: "none"}, "@legcoach_bot", ""},
		"a revoked token":     {flaw{Method: "getMe", Code: 401}, "", "BotFather"},
		"a wrong token":       {flaw{Method: "getMe", Code: 404, Description: "Not Found"}, "", "BotFather"},
		"a double use":        {flaw{Method: "getUpdates", Code: 409, Description: "Conflict: terminated by other getUpdates request"}, "@legcoach_bot", "another program"},
		"another kind of web": {flaw{Method: "getMe", Code: 200, Body: "<html>"}, "", "not one of the Bot API"},
		"a broken server":     {flaw{Method: "getMe", Code: 502, Description: "Bad Gateway"}, "", "502"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			p := open(t, f)
			f.break_(c.flaw)
			found, err := p.Check(t.Context())
			if found != c.found || (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("Check returned %q, %v", found, err)
			}
		})
	}
	t.Run("nobody there", func(t *testing.T) {
		f := newFake(t)
		p := open(t, f)
		f.Close()
		if _, err := p.Check(t.Context()); err == nil || !strings.Contains(err.Error(), "127.0.0.1") || !strings.Contains(err.Error(), "refused") {
			t.Errorf("Check returned %v", err)
		}
	})
}

// A running bot is found by a check, loses its poll once and goes on.
func TestCheckBesideARunningBot(t *testing.T) {
	t.Parallel()
	f := newFake(t)
	running := open(t, f)
	running.wait.first, running.wait.most = 500*time.Millisecond, 2*time.Second
	e := listen(t, running, nil)
	await(t, "a poll", func() bool { return len(f.called("getUpdates")) > 0 })
	if _, err := open(t, f).Check(t.Context()); err == nil || !strings.Contains(err.Error(), "another program") {
		t.Errorf("Check returned %v", err)
	}
	f.inject(said(1, "still there?"))
	e.events(t, 1)
}

// A revoked token ends Listen, after it was confirmed; a token refused once does not.
func TestRevokedToken(t *testing.T) {
	for _, times := range []int{1, 1000} {
		f := newFake(t)
		p := open(t, f)
		f.break_(flaw{Method: "getUpdates", Times: times, Code: 401})
		ctx, stop := context.WithTimeout(t.Context(), 2*time.Second)
		defer stop()
		f.inject(said(1, "hello"))
		err := p.Listen(ctx, func(context.Context, bot.Heard) error { stop(); return nil })
		if errors.Is(err, ErrToken) != (times > 1) {
			t.Errorf("refused %d times, Listen returned %v", times, err)
		}
		if n := len(f.called("getUpdates")); n > 3 {
			t.Errorf("%d polls with a refused token", n)
		}
	}
}

// A server that breaks is asked ever more rarely, and a 429 as late as it asks.
func TestBackoff(t *testing.T) {
	for name, x := range map[string]flaw{
		"502": {HTML: true}, "500": {Code: 500}, "409": {Code: 409, Description: "Conflict: terminated by other getUpdates request"},
		"dropped": {Drop: true}, "429": {Code: 429, After: 60},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := newFake(t)
			p := open(t, f)
			p.wait.first, p.wait.most = 100*time.Millisecond, 10*time.Second
			x.Method, x.Times = "getUpdates", 1000
			f.break_(x)
			listen(t, p, nil)
			await(t, "a poll", func() bool { return len(f.called("getUpdates")) > 0 })
			time.Sleep(time.Second)
			if n := len(f.called("getUpdates")); n > 5 || name == "429" && n != 1 {
				t.Errorf("%d polls in a second", n)
			}
			if p.Ready() {
				t.Error("it says that updates arrive")
			}
		})
	}
}

// Menu, name and descriptions are set where they differ, in each language.
func TestPresent(t *testing.T) {
	menus := []Menu{
		{Commands: []Command{{"done", "Log a session"}}, Group: []Command{{"ask", "Ask"}}, Name: "Leg Coach", Description: "I coach.", Short: "Coach"},
		{Language: "de", Commands: []Command{{"done", "Einheit eintragen"}}, Description: "Ich trainiere mit dir."},
	}
	for name, lacks := range map[string][]string{"a new server": nil, "a server that can't tell": {"getMyName", "getMyDescription", "getMyShortDescription"}} {
		t.Run(name, func(t *testing.T) {
			f, kept := newFake(t), notes{}
			for _, m := range lacks {
				f.lacks[m] = true
			}
			for start, want := range []int{1, 1, 1} {
				p := open(t, f, func(c *Config) { c.Menus, c.Notes = menus, kept })
				p.present(t.Context())
				if n := len(f.called("setMyName")); n != want {
					t.Errorf("start %d: the name was set %d times", start, n)
				}
				if n := len(f.called("setMyCommands")); n != 3 {
					t.Errorf("start %d: commands were set %d times, want 3", start, n)
				}
				if n := len(f.called("setMyDescription")); n != 2 {
					t.Errorf("start %d: the description was set %d times, want 2", start, n)
				}
			}
			if got := f.set[`Commands{"type":"default"}de`]; got != `[{"command":"done","description":"Einheit eintragen"}]` {
				t.Errorf("the German menu is %s", got)
			}
		})
	}
}
