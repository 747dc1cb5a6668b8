package telegram

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
)

// live plays the person on a test server of the Bot API, another program, whose
// address is in LEGCOACH_TELEGRAM_SERVER. It has POST /ctl/update, /ctl/fault
// and /ctl/reset, and GET /ctl/state and /ctl/log.
type live struct {
	api  string
	p    *Platform
	last json.RawMessage
	id   int
	n    int
}

func server(t testing.TB) string {
	api := os.Getenv("LEGCOACH_TELEGRAM_SERVER")
	if api == "" {
		t.Skip("LEGCOACH_TELEGRAM_SERVER names no server")
	}
	return api
}

func TestContractLive(t *testing.T) {
	api := server(t)
	bottest.Check(t, func(t *testing.T) bottest.Service {
		l := &live{api: api}
		l.control(t, "reset", map[string]any{}, nil)
		return l
	})
}

// liveToken is drawn anew for each test, so that each has a queue of its own.
func liveToken() string { return fmt.Sprintf("%d:LIVE", time.Now().UnixNano()) }

func (l *live) Open(t *testing.T) bot.Platform {
	p, err := Open(Config{Token: liveToken(), API: l.api, Log: slog.New(slog.NewTextHandler(t.Output(), nil))})
	if err != nil {
		t.Fatal(err)
	}
	p.pace.gap = 0
	l.p = p
	return p
}

func (l *live) Person() coach.ID { return address(me) }

func (l *live) control(t testing.TB, what string, body, answer any) {
	t.Helper()
	raw, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Post(l.api+"/ctl/"+what, "application/json", bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if answer != nil {
		if err := json.NewDecoder(resp.Body).Decode(answer); err != nil {
			t.Fatal(err)
		}
	}
}

func (l *live) look(t testing.TB, what string, answer any) {
	t.Helper()
	resp, err := http.Get(l.api + "/ctl/" + what)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if err := json.NewDecoder(resp.Body).Decode(answer); err != nil {
		t.Fatal(err)
	}
}

func (l *live) inject(t testing.TB, update string) {
	l.last = json.RawMessage(update)
	var at struct {
		ID int `json:"update_id"`
	}
	l.control(t, "update", map[string]any{"token": l.p.config.Token, "update": l.last}, &at)
	l.id = at.ID
}

func (l *live) Say(t *testing.T, text string) {
	l.n++
	l.inject(t, said(l.n, text))
}

func (l *live) Again(t *testing.T) {
	l.control(t, "update", map[string]any{"token": l.p.config.Token, "update": l.last, "update_id": l.id}, nil)
}

// stands are the messages of the bot, oldest first.
func (l *live) stands(t testing.TB) []message {
	var state struct {
		Messages map[string]message `json:"msgs"`
	}
	l.look(t, "state", &state)
	var out []message
	for _, m := range state.Messages {
		out = append(out, m)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].ID < out[j].ID })
	return out
}

func (l *live) Tap(t *testing.T, label string) {
	all := l.stands(t)
	slices.Reverse(all)
	for _, m := range all {
		for _, row := range m.Keyboard.Rows {
			for _, b := range row {
				if b.Text == label {
					l.n++
					quoted, _ := json.Marshal(b.Data)
					l.inject(t, fmt.Sprintf(`{"callback_query":{"id":"q%d","from":{"id":%d},"message":{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private"}},"data":%s}}`,
						l.n, me, m.ID, me, quoted))
					return
				}
			}
		}
	}
	t.Fatalf("no message shows %q", label)
}

func (l *live) Seen(t *testing.T) []bottest.Sight {
	var log []struct {
		Params map[string]any `json:"params"`
	}
	l.look(t, "log?method=sendMessage", &log)
	silent := map[string]bool{}
	for _, c := range log {
		silent[fmt.Sprint(c.Params["text"])] = c.Params["disable_notification"] == "true"
	}
	var out []bottest.Sight
	for _, m := range l.stands(t) {
		text, err := plainOf(m.Text)
		if err != nil {
			t.Errorf("the server shows broken markup: %v in %q", err, m.Text)
		}
		s := bottest.Sight{Text: text, Silent: silent[m.Text]}
		for _, row := range m.Keyboard.Rows {
			for _, b := range row {
				s.Choices = append(s.Choices, b.Text)
			}
		}
		out = append(out, s)
	}
	return out
}

func (l *live) Fault(t *testing.T, f bottest.Fault) bool {
	l.p.pace.mu.Lock()
	clear(l.p.pace.chats)
	l.p.pace.mu.Unlock()
	fault := map[bottest.Fault]map[string]any{
		bottest.Blocked:  {"code": 403, "description": "Forbidden: bot was blocked by the user"},
		bottest.Slow:     {"code": 429, "description": "Too Many Requests: retry after 3", "retry_after": 3},
		bottest.Lost:     {"apply_then_drop": true},
		bottest.Unsaid:   {"drop": true},
		bottest.Rejected: {"code": 400, "description": "Bad Request: have no rights to send a message"},
	}[f]
	fault["method"] = "sendMessage"
	l.control(t, "fault", fault, nil)
	return true
}

// The server delivers to a webhook, what waited before it and what comes after.
func TestWebhookLive(t *testing.T) {
	l := &live{api: server(t)}
	l.control(t, "reset", map[string]any{}, nil)
	p, _ := hooked(t, &fake{Server: &httptest.Server{URL: l.api}})
	l.p = p
	p.config.Token = liveToken()
	p.client.token = p.config.Token
	l.Say(t, "before")
	e := listen(t, p, nil)
	await(t, "the webhook", p.Ready)
	l.Say(t, "after")
	if got := fmt.Sprint(texts(e.events(t, 2))); got != "[before after]" {
		t.Errorf("heard %s", got)
	}
	if err := p.ask(t.Context(), "deleteWebhook", nil, nil); err != nil {
		t.Error(err)
	}
}

// Everything nasty is said, and the server refuses nothing.
func TestNothingIsRefusedLive(t *testing.T) {
	l := &live{api: server(t)}
	l.control(t, "reset", map[string]any{}, nil)
	p := l.Open(t)
	for _, text := range nasty {
		line := coach.Line{Text: text, Quote: text, Section: "Tips", Worth: text, Choices: []coach.Choice{{Label: strings.Repeat("x", 80), Says: strings.Repeat("é", 32)}, {Label: text, Says: "/x"}}}
		if _, err := p.Send(t.Context(), bot.Message{Seq: seqs.next(), To: address(me), Line: line}); err != nil {
			t.Errorf("%.40q: %v", text, err)
		}
	}
	var log []struct {
		Method string `json:"method"`
	}
	l.look(t, "log", &log)
	if calls, shown := len(log), len(l.stands(t)); calls != shown {
		t.Errorf("%d calls for %d messages: some were refused at first", calls, shown)
	}
}

// A picture is shown, and a 429 of an upload is understood.
func TestPictureLive(t *testing.T) {
	l := &live{api: server(t)}
	l.control(t, "reset", map[string]any{}, nil)
	p := l.Open(t).(*Platform)
	m := bot.Message{Seq: seqs.next(), To: address(me), Line: coach.Line{Text: "Your weeks.", File: &coach.File{Name: "weeks.png", Data: []byte("png")}}}
	l.control(t, "fault", map[string]any{"method": "sendPhoto", "code": 429, "retry_after": 3}, nil)
	if _, err := p.Send(t.Context(), m); err == nil || !strings.Contains(err.Error(), "3s") {
		t.Errorf("Send returned %v, want a delay of 3 s", err)
	}
	clear(p.pace.chats)
	if ref, err := p.Send(t.Context(), m); err != nil || ref == "" {
		t.Errorf("Send returned %q, %v", ref, err)
	}
}

// The menu is set at the first start, and not again.
func TestMenuLive(t *testing.T) {
	l := &live{api: server(t)}
	l.control(t, "reset", map[string]any{}, nil)
	p := l.Open(t).(*Platform)
	p.config.Notes = notes{}
	p.config.Menus = []Menu{{Commands: []Command{{"done", "Log a session"}}, Name: "Leg Coach", Description: "I coach.", Short: "Coach"}}
	p.present(t.Context())
	p.present(t.Context())
	for _, method := range []string{"setMyCommands", "setMyName", "setMyDescription", "setMyShortDescription"} {
		var log []any
		l.look(t, "log?method="+method, &log)
		if len(log) != 1 {
			t.Errorf("%s was called %d times, want once", method, len(log))
		}
	}
}
