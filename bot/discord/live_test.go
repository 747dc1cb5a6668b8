package discord

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"

	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
)

// live is a Discord server on loopback that checks every request with Discord's
// own description of its API. Its address is in LEGCOACH_DISCORD_SERVER, its bot token is "test-token".
type live struct {
	t    testing.TB
	base string
}

func liveServer(t testing.TB) *live {
	base := os.Getenv("LEGCOACH_DISCORD_SERVER")
	if base == "" {
		t.Skip("LEGCOACH_DISCORD_SERVER is not set")
	}
	l := &live{t, base}
	l.ctl("POST", "reset", nil, nil)
	t.Cleanup(func() {
		var s struct{ Violations []json.RawMessage }
		l.ctl("GET", "state", nil, &s)
		for _, v := range s.Violations {
			t.Errorf("violation: %s", v)
		}
	})
	return l
}

func (l *live) ctl(method, what string, body, out any) {
	l.t.Helper()
	data, err := json.Marshal(body)
	if err != nil {
		l.t.Fatal(err)
	}
	req, _ := http.NewRequest(method, l.base+"/_ctl/"+what, bytes.NewReader(data))
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		l.t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, _ := io.ReadAll(resp.Body)
	if resp.StatusCode != 200 {
		l.t.Fatalf("%s: %s", what, answer)
	}
	if out != nil && json.Unmarshal(answer, out) != nil {
		l.t.Fatalf("%s: %s", what, answer)
	}
}

// newcomer makes a person.
func (l *live) newcomer() string {
	var u struct{ ID string }
	l.ctl("POST", "users", map[string]any{"username": fmt.Sprint("runner", time.Now().UnixNano())}, &u)
	return u.ID
}

type livePost struct {
	fakePost
	Bot bool
}

func (l *live) messages(where map[string]any) (all []fakePost) {
	var posts []livePost
	l.ctl("POST", "messages", where, &posts)
	for _, p := range posts {
		if p.Bot {
			all = append(all, p.fakePost)
		}
	}
	return all
}

func TestLivePlatform(t *testing.T) {
	bottest.Check(t, func(t *testing.T) bottest.Service {
		l := liveServer(t)
		l.ctl("POST", "config", map[string]any{"ratelimit": false}, nil)
		t.Cleanup(func() { l.ctl("POST", "config", map[string]any{"ratelimit": true}, nil) })
		return &livePerson{live: l, who: l.newcomer()}
	})
}

type livePerson struct {
	*live
	who string
}

func (p *livePerson) Open(t *testing.T) bot.Platform {
	d, err := Open(Config{Token: "test-token", API: p.base, Commands: sample, Share: share})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (p *livePerson) Person() coach.ID { return address(p.who) }

func (p *livePerson) connected() {
	for range 200 {
		var s struct {
			Sessions []struct {
				Attached bool
				Seq      int
			}
		}
		p.ctl("GET", "state", nil, &s)
		for _, one := range s.Sessions {
			if one.Attached && one.Seq > 0 {
				return
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	p.t.Fatal("the bot does not connect")
}

func (p *livePerson) Say(t *testing.T, text string) {
	p.connected()
	p.ctl("POST", "say", map[string]any{"user": p.who, "dm": true, "content": text}, nil)
}

func (p *livePerson) Again(t *testing.T) {
	p.ctl("POST", "gateway", map[string]any{"action": "dup", "t": "MESSAGE_CREATE"}, nil)
}

func (p *livePerson) Tap(t *testing.T, label string) {
	p.connected()
	seen := p.messages(map[string]any{"user": p.who})
	for n := len(seen) - 1; n >= 0; n-- {
		labels, ids := seen[n].buttons()
		for i, l := range labels {
			if l == label {
				go p.ctl("POST", "click", map[string]any{"user": p.who, "dm": true, "message": seen[n].ID, "custom_id": ids[i]}, nil)
				return
			}
		}
	}
	t.Fatalf("nobody sees a button %q", label)
}

func (p *livePerson) Seen(t *testing.T) (all []bottest.Sight) {
	for _, m := range p.messages(map[string]any{"user": p.who}) {
		labels, _ := m.buttons()
		all = append(all, bottest.Sight{Text: m.text(), Choices: labels, Silent: m.Flags&flagSilent != 0})
	}
	return all
}

func (p *livePerson) Fault(t *testing.T, f bottest.Fault) bool {
	x := map[string]any{"match": `POST /channels/\d+/messages`, "times": 1}
	switch f {
	case bottest.Blocked:
		x["status"], x["body"] = 403, code(50007, "Cannot send messages to this user")
	case bottest.Slow:
		x["status"], x["body"] = 429, map[string]any{"message": "slow", "retry_after": 3, "global": false}
	case bottest.Lost:
		x["after"] = true
	case bottest.Unsaid:
		x["status"] = 502
	case bottest.Rejected:
		x["status"], x["body"] = 400, code(50035, "Invalid Form Body")
	}
	p.ctl("POST", "fault", x, nil)
	return true
}

var share = Option{Name: "share", Description: "Show the answer to everybody here", Kind: YesNo,
	Descriptions: map[string]string{"de": "Die Antwort allen hier zeigen"}}

// sample are commands of every kind.
var sample = []Command{
	{Name: "ask", Description: "Ask the article", Names: map[string]string{"de": "frag", "pt-BR": "perguntar"}, Descriptions: map[string]string{"de": "Frag den Artikel"},
		Options: []Option{{Name: "question", Description: "What you want to know", Required: true, Suggest: true, Max: 300}}},
	{Name: "done", Description: "Log a session", Options: []Option{
		{Name: "kind", Description: "What you did", Choices: []Choice{{Name: "Hill", Value: "hill", Names: map[string]string{"de": "Berg"}}, {Name: "Easy", Value: "easy"}}},
		{Name: "when", Description: "When"}}},
	{Name: "remind", Description: "Set a reminder", Private: true, Opens: true, Options: []Option{{Name: "words", Description: "What and when", Required: true}}},
	{Name: "timezone", Description: "Say where you are", Private: true, Options: []Option{{Name: "place", Description: "City or zone", Suggest: true, Required: true}}},
	{Name: "start", Description: "Set up your week", Private: true, Opens: true},
	{Name: "Log this as a session", OnMessage: true, Says: "/done"},
}
