package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/time/rate"

	"legcoach/bot"
	"legcoach/coach"
)

// onLive is a rig whose Discord is the live server.
func onLive(t *testing.T, change func(*Config)) (*live, *rig) {
	l := liveServer(t)
	r := &rig{t: t, logs: &syncBuffer{}, note: &notebook{}, keys: map[string]bool{}, answer: echo}
	r.fake = &fake{t: t}
	r.startAt(l.base, "test-token", func(c *Config) {
		c.times, c.Commands, c.Share, c.Forms = defaultTimings, sample, share, []Form{setUp}
		if change != nil {
			change(c)
		}
	})
	t.Cleanup(func() { r.end() })
	(&livePerson{live: l}).connected()
	r.until("registering", 20*time.Second, func() bool {
		var s struct{ Commands map[string][]any }
		l.ctl("GET", "state", nil, &s)
		return len(s.Commands[""]) == len(sample)
	})
	return l, r
}

type liveView struct {
	Acked, Late bool
	Ack         struct {
		Type    int
		Latency int `json:"latency_ms"`
		Data    json.RawMessage
	}
	Message *fakePost
	Channel string
}

const (
	liveAlice = "400000000000000001"
	liveBob   = "400000000000000002"
)

// Everything that a person can do, against a server that checks each request.
func TestLiveTalk(t *testing.T) {
	l, r := onLive(t, nil)
	r.answer = func(s coach.Said) []coach.Line {
		return []coach.Line{{Text: "You said " + s.Text, Quote: "Running can tone.", Section: "Introduction",
			Moments: []coach.Moment{{Shown: s.Text, At: time.Now()}},
			Choices: []coach.Choice{{Label: "Done", Says: "/done hill 2026-11-24"}, {Label: "Undo", Says: "/undo"}}, InPlace: s.Tapped}}
	}
	play := func(what string, body map[string]any, kind int, words string) liveView {
		t.Helper()
		var v liveView
		l.ctl("POST", what, body, &v)
		if !v.Acked || v.Late || v.Ack.Type != kind {
			t.Errorf("%s %v: answered with %+v", what, body, v)
		}
		if words != "" && (v.Message == nil || !strings.Contains(v.Message.text(), words)) {
			t.Errorf("%s %v: shows %+v, want %q", what, body, v.Message, words)
		}
		return v
	}
	o := func(name string, value any) map[string]any {
		return map[string]any{"type": 3, "name": name, "value": value}
	}
	for _, direct := range []bool{true, false} {
		v := play("slash", map[string]any{"user": liveAlice, "dm": direct, "name": "done", "options": []any{o("when", "yesterday"), o("kind", "hill")}}, answerMessage, "/done hill yesterday")
		if v.Message == nil {
			continue
		}
		_, ids := v.Message.buttons()
		play("click", map[string]any{"user": liveAlice, "dm": direct, "message": v.Message.ID, "custom_id": ids[0]}, answerInPlace, "/done hill 2026-11-24")
		play("click", map[string]any{"user": liveAlice, "dm": direct, "message": v.Message.ID, "custom_id": ids[1]}, answerInPlace, "/undo")
		play("select", map[string]any{"user": liveAlice, "dm": direct, "message": v.Message.ID, "custom_id": "choose 0", "values": []string{"/timezone Lisbon"}}, answerInPlace, "/timezone Lisbon")
		play("autocomplete", map[string]any{"user": liveBob, "dm": direct, "name": "timezone", "options": []any{map[string]any{"type": 3, "name": "place", "value": "ber", "focused": true}}}, answerSuggest, "")
		play("slash", map[string]any{"user": liveBob, "dm": direct, "name": "start"}, answerForm, "")
		for _, label := range []bool{true, false} {
			play("modal", map[string]any{"user": liveBob, "dm": direct, "custom_id": "form setup", "label": label, "fields": []any{map[string]any{"custom_id": "zone", "value": "berlin"}}}, answerMessage, "/timezone berlin")
		}
	}
	var said struct{ ID string }
	l.ctl("POST", "say", map[string]any{"user": liveAlice, "content": "did hills this morning"}, &said)
	play("context", map[string]any{"user": liveAlice, "name": "Log this as a session", "target": said.ID}, answerMessage, "did hills this morning")
	play("context", map[string]any{"user": liveBob, "name": "Log this as a session", "target": said.ID}, answerMessage, english.NotOwn)
	l.ctl("POST", "say", map[string]any{"user": liveAlice, "content": "<@100000000000000001> does it tone?"}, nil)
	r.until("a mention", 10*time.Second, func() bool { s := r.said(); return len(s) > 0 && s[len(s)-1].Text == "does it tone?" })
}

// An answer that is slow to be made, and one whose request is slow to arrive, are both acknowledged in time.
func TestLiveSlow(t *testing.T) {
	l, r := onLive(t, nil)
	var v liveView
	l.ctl("POST", "fault", map[string]any{"match": "POST /interactions/.*", "times": 1, "delay_ms": 1500}, nil)
	l.ctl("POST", "slash", map[string]any{"user": liveAlice, "dm": true, "name": "done"}, &v)
	if !v.Acked || v.Late {
		t.Errorf("a slow request: %+v", v)
	}
	r.slow = 4 * time.Second
	l.ctl("POST", "slash", map[string]any{"user": liveAlice, "name": "done"}, &v)
	if v.Late || v.Ack.Type != answerDefer || !strings.Contains(string(v.Ack.Data), "64") {
		t.Errorf("a slow answer: %+v", v)
	}
}

// Two thousand reminders that are due at once, while people write: nobody twice, nobody missed, no global limit hit.
func TestLiveNudges(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute")
	}
	l, r := onLive(t, nil)
	const people = 400
	var who []string
	for range people {
		id := l.newcomer()
		who = append(who, id)
	}
	r.answer = nil // their channels were opened by themselves long ago
	for _, id := range who {
		l.ctl("POST", "say", map[string]any{"user": id, "dm": true, "content": "hi"}, nil)
	}
	r.next(people)
	l.ctl("POST", "reset", nil, nil)
	l.ctl("POST", "fault", map[string]any{"match": `POST /channels/\d+/messages`, "times": 10, "after": true, "status": 502}, nil)
	r.answer = echo
	limit := r.p.Limits()
	pace, slots := rate.NewLimiter(rate.Limit(limit.PerSecond), limit.Burst), make(chan struct{}, limit.Parallel)
	var flying sync.WaitGroup
	for n, id := range who {
		m := bot.Message{Seq: uint64(1000 + n), Runner: address(id), To: address(id), Queued: time.Now(),
			Line: coach.Line{Text: fmt.Sprint("Hill day ", n), Unasked: true, Nudge: "hill", Choices: []coach.Choice{{Label: "Done", Says: "/done hill"}}}}
		if err := pace.Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
		slots <- struct{}{}
		flying.Go(func() { defer func() { <-slots }(); r.deliver(m) })
	}
	var slowest int
	for n := range 5 {
		var v liveView
		l.ctl("POST", "slash", map[string]any{"user": liveBob, "dm": true, "name": "done"}, &v)
		if !v.Acked || v.Late {
			t.Errorf("command %d among the nudges: %+v", n, v)
		}
		slowest = max(slowest, v.Ack.Latency)
	}
	flying.Wait()
	for n, id := range who {
		if got := l.messages(map[string]any{"user": id}); len(got) != 1 || got[0].Content != fmt.Sprint("Hill day ", n) {
			t.Errorf("%s has %d messages", id, len(got))
		}
	}
	var s struct {
		Stats struct{ Statuses map[string]int }
	}
	l.ctl("GET", "state", nil, &s)
	if s.Stats.Statuses["429"] > 0 {
		t.Errorf("statuses %v", s.Stats.Statuses)
	}
	t.Logf("slowest acknowledgement %d ms, statuses %v", slowest, s.Stats.Statuses)
}

// Each way of being unreachable is one attempt, and over when the person writes again.
func TestLiveUnreachable(t *testing.T) {
	l, r := onLive(t, nil)
	r.answer = nil
	for n, how := range []string{"closed", "nomutual", "missing"} {
		id := l.newcomer()
		l.ctl("POST", "say", map[string]any{"user": id, "dm": true, "content": "hi"}, nil)
		r.until("hearing", 10*time.Second, func() bool { return len(r.said()) == 2*n+1 })
		l.ctl("POST", "user", map[string]any{"user": id, "dm": how}, nil)
		m := bot.Message{Seq: uint64(2000 + n), Runner: address(id), To: address(id), Queued: time.Now(), Line: coach.Line{Text: "Hill day.", Unasked: true}}
		_, err := r.p.Send(context.Background(), m)
		var d *bot.DelayError
		if how == "missing" && errors.As(err, &d) {
			_, err = r.p.Send(context.Background(), m)
		}
		if !errors.Is(err, bot.ErrGone) {
			t.Errorf("%s: Send returned %v", how, err)
		}
		l.ctl("POST", "user", map[string]any{"user": id, "dm": "open"}, nil)
		l.ctl("POST", "say", map[string]any{"user": id, "dm": true, "content": "back"}, nil)
		r.until("hearing", 10*time.Second, func() bool { return len(r.said()) == 2*n+2 })
		if _, err := r.p.Send(context.Background(), m); err != nil {
			t.Errorf("%s: after coming back Send returned %v", how, err)
		}
	}
}

// The live gateway's faults, at the true timings.
func TestLiveComesBack(t *testing.T) {
	if testing.Short() {
		t.Skip("takes two minutes")
	}
	for _, fault := range []map[string]any{
		{"action": "drop"}, {"action": "op7"}, {"action": "op7first"}, {"action": "silent"}, {"action": "stall"}, {"action": "op1"}, {"action": "forget"},
		{"action": "close", "code": 4000}, {"resumeClose": 9}, {"closeAfterReady": 3},
	} {
		t.Run(fmt.Sprint(fault), func(t *testing.T) {
			l, r := onLive(t, nil)
			var before, after struct {
				Stats struct{ Identifies []any }
			}
			l.ctl("GET", "state", nil, &before)
			if fault["action"] == nil {
				l.ctl("POST", "config", fault, nil)
				l.ctl("POST", "gateway", map[string]any{"action": "forget"}, nil)
			} else {
				l.ctl("POST", "gateway", fault, nil)
			}
			if a := fault["action"]; a == nil || a == "op7first" || a == "silent" || a == "forget" {
				l.ctl("POST", "gateway", map[string]any{"action": "drop"}, nil)
			}
			began := time.Now()
			r.until("hearing again", 35*time.Second, func() bool {
				l.ctl("POST", "say", map[string]any{"user": liveAlice, "dm": true, "content": "still there?"}, nil)
				time.Sleep(500 * time.Millisecond)
				return len(r.said()) > 0 && time.Since(began) > 2*time.Second
			})
			l.ctl("POST", "config", map[string]any{"resumeClose": 0, "closeAfterReady": 0}, nil)
			l.ctl("GET", "state", nil, &after)
			n := len(after.Stats.Identifies) - len(before.Stats.Identifies)
			if n > 10 {
				t.Errorf("%d identifies", n)
			}
			t.Logf("back after %v with %d identifies", time.Since(began).Round(100*time.Millisecond), n)
		})
	}
}
