package telegram

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// mute is a log that can be read while it is written.
type mute struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (m *mute) Write(p []byte) (int, error) { m.mu.Lock(); defer m.mu.Unlock(); return m.b.Write(p) }
func (m *mute) String() string              { m.mu.Lock(); defer m.mu.Unlock(); return m.b.String() }

// Whatever breaks, no error and no line of the log holds the token, a file link
// or anything that a person wrote or was told.
func TestNothingSecretIsLogged(t *testing.T) {
	const words = "myveryprivatewords"
	elsewhere := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("redirected with Referer %q to %s", r.Referer(), r.URL)
	}))
	t.Cleanup(elsewhere.Close)
	for name, x := range map[string]flaw{
		"drop":       {Drop: true},
		"lost":       {ApplyDrop: true},
		"gateway":    {HTML: true},
		"redirect":   {Redirects: elsewhere.URL},
		"not ours":   {Code: 500, Body: `{"message":"` + words + token + `"}`},
		"cut off":    {Code: 200, Body: `{"ok":true,"result":[{"update_id":1,"message":{"text":"` + words},
		"null":       {Code: 200, Body: `null`},
		"no list":    {Code: 200, Body: `{"ok":true,"result":"` + words + `"}`},
		"no result":  {Code: 200, Body: `{"ok":true}`},
		"not ok":     {Code: 200, Body: `{"ok":false}`},
		"empty":      {Code: 200, Body: " "},
		"wrong type": {Code: 200, Body: `{"ok":"` + words + `","error_code":"` + token + `"}`},
		"echo 400":   {Code: 400, Description: `Bad Request: can't parse entities: Unsupported start tag "` + words + `" in ` + token},
		"echo 403":   {Code: 403, Description: "Forbidden: " + words + token},
		"echo 401":   {Code: 401, Description: "Revoked " + token},
		"echo 409":   {Code: 409, Description: "Conflict: " + token},
		"echo 429":   {Code: 429, Description: "Too Many Requests " + token, After: 1},
		"echo 500":   {Code: 500, Description: words + token},
		"slow":       {Hang: 300 * time.Millisecond, Code: 500},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, out := newFake(t), &mute{}
			p := open(t, f, func(c *Config) {
				c.Log = slog.New(slog.NewTextHandler(out, &slog.HandlerOptions{Level: slog.LevelDebug}))
				c.Menus = []Menu{{Name: "Leg Coach", Commands: []Command{{"done", "Log a session"}}}}
			})
			p.wait.text, p.wait.file, p.wait.poll, p.wait.slack = 100*time.Millisecond, 100*time.Millisecond, 0, 100*time.Millisecond
			f.inject(said(1, words))
			f.inject(f.tap("q", me, shown{chat: me, id: 7, params: map[string]string{"text": words}}, words))
			f.inject(`{"message":{"text":17,"caption":"` + words + `"}}`)
			x.Method, x.Times = "*", 1000
			f.break_(x)
			ctx, stop := context.WithTimeout(t.Context(), 400*time.Millisecond)
			defer stop()
			errs := []error{p.Listen(ctx, func(context.Context, bot.Heard) error { return nil })}
			_, err := p.Check(ctx)
			errs = append(errs, err)
			handle := place{Chat: me, Message: 5, Person: me}.handle()
			for _, line := range []coach.Line{
				{Text: words}, {Text: words, Reaction: "🔥", Handle: handle}, {Text: words, Replaces: "k"},
				{Text: words, File: &coach.File{Name: words + ".png", Data: []byte(words)}},
			} {
				_, err := send(t, p, line, func(m *bot.Message) { m.Ref = "42/7" })
				errs = append(errs, err)
			}
			for _, text := range append([]string{out.String(), fmt.Sprint(p.config.Menus)}, errorTexts(errs)...) {
				for _, secret := range []string{token, "TESTTOKEN", words, "/bot1", "/file/"} {
					if strings.Contains(text, secret) {
						t.Errorf("%q appears in %q", secret, text)
					}
				}
			}
		})
	}
}

func errorTexts(errs []error) []string {
	var out []string
	for _, err := range errs {
		if err != nil {
			out = append(out, err.Error(), fmt.Sprintf("%+v %#v", err, err))
		}
	}
	return out
}

// Settings that can't work are refused, without repeating a secret.
func TestOpenRefuses(t *testing.T) {
	long := "123456789:AAF3" + strings.Repeat("x", 31)
	for name, c := range map[string]Config{
		"no token":                 {},
		"a token that is none":     {Token: "SECRET"},
		"a token cut short":        {Token: "123456789:SECRET"},
		"a token with a newline":   {Token: "123456:SEC\nRET", API: "http://127.0.0.1:1"},
		"plain http":               {Token: long, API: "http://example.org"},
		"no address":               {Token: long, API: "SECRET"},
		"an address with password": {Token: long, API: "https://a:SECRET@example.org"},
		"a proxy that is none":     {Token: long, Proxy: "SECRET"},
		"a short webhook secret":   {Token: long, Webhook: Webhook{URL: "https://example.org/x", Secret: "SECRET"}},
		"a plain http webhook":     {Token: long, Webhook: Webhook{URL: "http://example.org/x", Secret: strings.Repeat("s", 16)}},
		"a command with a slash":   {Token: long, Menus: []Menu{{Commands: []Command{{"/done", "x"}}}}},
		"a long name":              {Token: long, Menus: []Menu{{Name: strings.Repeat("x", 65)}}},
	} {
		if _, err := Open(c); err == nil || strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), long) {
			t.Errorf("%s: Open returned %v", name, err)
		}
	}
	if _, err := Open(Config{Token: " " + long + "\n"}); err != nil {
		t.Errorf("a token with a space around it: %v", err)
	}
}
