package discord

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// Commands are written when they differ, and left alone when they do not.
func TestRegistersOnlyChanges(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands, c.Share = sample, share })
	puts := func() int { r.fake.mu.Lock(); defer r.fake.mu.Unlock(); return r.puts }
	r.until("registering", 10*time.Second, func() bool { return puts() == 1 })
	var first map[string]any
	_ = json.Unmarshal(r.commands[0], &first)
	if fmt.Sprint(first["contexts"], first["integration_types"]) != "[0 1 2] [0 1]" {
		t.Errorf("usable in %v by %v", first["contexts"], first["integration_types"])
	}
	for n, c := range []struct {
		commands []Command
		puts     int
	}{{sample, 1}, {sample[1:], 2}, {sample[1:], 2}} {
		r.end()
		r.start(func(conf *Config) { conf.Commands, conf.Share = c.commands, share })
		asked := r.asked("GET /applications/.*/commands")
		r.until("comparing", 10*time.Second, func() bool {
			return r.asked("GET /applications/.*/commands") > asked-1 && r.asked("GET /applications/.*/commands") >= n+2
		})
		r.until("registering", 10*time.Second, func() bool { return puts() == c.puts })
	}
}

// An interaction delivered over HTTP goes the same way, if Discord signed it just now.
func TestInteractionsOverHTTP(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	r := newRig(t, func(c *Config) { c.PublicKey = public })
	r.until("listening", 5*time.Second, func() bool { return r.p.hear.Load() != nil })
	deliver := func(body []byte, at time.Time, tamper bool) int {
		stamp := fmt.Sprint(at.Unix())
		sig := ed25519.Sign(private, append([]byte(stamp), body...))
		if tamper {
			sig[0]++
		}
		req := httptest.NewRequest(http.MethodPost, "/", bytes.NewReader(body))
		req.Header.Set("X-Signature-Ed25519", hex.EncodeToString(sig))
		req.Header.Set("X-Signature-Timestamp", stamp)
		w := httptest.NewRecorder()
		r.p.Interactions().ServeHTTP(w, req)
		if w.Code == 200 && !strings.Contains(w.Body.String(), `"type":1`) {
			t.Errorf("answered %s", w.Body)
		}
		return w.Code
	}
	r.connected()
	r.gate.each(func(s *fakeSession) { s.stalled = true }) // it comes over HTTP alone
	i := r.interact(slash, alice, true, map[string]any{"name": "streak", "type": 1}, nil)
	body := fmt.Appendf(nil, `{"id":%q,"application_id":%q,"type":2,"token":%q,"channel_id":%q,"context":1,"user":{"id":%q},"data":{"name":"streak","type":1}}`,
		i.id, testApp, i.token, aliceDM, alice)
	for _, c := range []struct {
		name   string
		body   []byte
		at     time.Time
		tamper bool
		want   int
	}{
		{"a ping", []byte(`{"type":1}`), time.Now(), false, 200},
		{"not signed", body, time.Now(), true, 401},
		{"signed a minute ago", body, time.Now().Add(-time.Minute), false, 401},
		{"not json", []byte(`{`), time.Now(), false, 400},
		{"too large", make([]byte, largest+1), time.Now(), false, 413},
		{"good", body, time.Now(), false, 202},
		{"repeated", body, time.Now(), false, 202},
	} {
		if got := deliver(c.body, c.at, c.tamper); got != c.want {
			t.Errorf("%s: status %d, want %d", c.name, got, c.want)
		}
	}
	r.reads(aliceDM, "You said /streak.")
	r.sends.Wait()
	if len(r.said()) != 1 || i.acks != 1 || i.tried != 1 {
		t.Errorf("heard %d times, answered %d of %d times", len(r.said()), i.acks, i.tried)
	}
}

func TestOpenRefuses(t *testing.T) {
	for name, c := range map[string]Config{
		"no token": {}, "a bad key": {Token: "x", PublicKey: []byte{1}}, "a bad address": {Token: "x", API: "://"},
	} {
		if _, err := Open(c); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}

// Neither the bot's token nor an interaction's is in a log, an error or a panic's report.
func TestNoTokenLeaks(t *testing.T) {
	r := newRig(t, func(c *Config) {
		c.patch = 20 * time.Millisecond
		c.Suggest = func(ctx, string, string, string) []Choice { panic(testToken) }
	})
	r.slow = 60 * time.Millisecond
	r.connected()
	for _, x := range []fakeFault{{status: 500}, {drop: true}, {status: 429, body: "<html>"}, {status: 400, body: `{"code":50035,"message":"Invalid Form Body"}`}, {status: 404, body: `{"code":10062}`}} {
		x.match, x.times = "(POST|PATCH) /(interactions|webhooks)/.*", 2
		r.fault(x)
		r.slash(alice, true, "streak")
		r.interact(autocomplete, alice, true, map[string]any{"name": "ask"}, nil)
		time.Sleep(200 * time.Millisecond)
	}
	r.gate.drop()
	time.Sleep(100 * time.Millisecond)
	r.gate.set(func(g *fakeGate) { g.reject, g.resumeClose = 4004, 1 })
	r.gate.drop()
	err := r.end()
	logs := r.logs.String() + fmt.Sprintf("%+v", err)
	if logs == "" || strings.Contains(logs, testToken) || strings.Contains(logs, "aW50ZXJhY3Rpb246") {
		t.Errorf("the log says\n%s", logs)
	}
	if s := fmt.Sprintf("%+v %#v %v", &interaction{Token: "secret"}, discordLog{token: "x"}.hide("POST /interactions/1/secret/callback"), ""); strings.Contains(strings.Split(s, "\"")[1], "secret") {
		t.Errorf("redacted to %s", s)
	}
}
