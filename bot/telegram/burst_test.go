package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
	"legcoach/store/memory"
)

// echo is a coach that says back what it hears.
type echo struct{}

func (echo) Step(r coach.Runner, e coach.Event, now time.Time) (coach.Runner, []coach.Line) {
	r.Since = now
	if s, ok := e.(coach.Said); ok {
		return r, []coach.Line{{Text: s.Text, Handle: s.Handle}}
	}
	return r, nil
}

func (echo) Sorry(coach.Event) []coach.Line                      { return nil }
func (echo) Unwanted(coach.Runner, coach.Line, time.Time) string { return "" }

// free is Telegram without its limit over all chats, so that a test of the limits of one chat is short.
type free struct{ *Platform }

func (free) Limits() bot.Limits { return bot.Limits{Parallel: 32} }

// 600 messages of 60 people at once are answered in the order of each, and no
// chat is spoken to faster than it may be.
func TestBurst(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	p.pace.gap = 20 * time.Millisecond
	const people, each = 60, 10
	for i := range people * each {
		f.inject(strings.ReplaceAll(said(i, fmt.Sprintf("number %d", i/people)), fmt.Sprint(me), fmt.Sprint(5000+i%people)))
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	b := bot.New(echo{}, memory.New(), slog.New(slog.DiscardHandler), free{p})
	go func() { ended <- b.Run(ctx) }()
	await(t, "600 answers", func() bool { return len(f.called("sendMessage")) == people*each })
	stop()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	chats := map[string][]call{}
	for _, c := range f.called("sendMessage") {
		chats[c.params["chat_id"]] = append(chats[c.params["chat_id"]], c)
	}
	for chat, calls := range chats {
		for i, c := range calls {
			if c.params["text"] != fmt.Sprintf("number %d", i) {
				t.Fatalf("chat %s hears %q as number %d", chat, c.params["text"], i)
			}
			if i > 0 && c.at.Sub(calls[i-1].at) < p.pace.gap {
				t.Fatalf("chat %s was spoken to twice within %v", chat, c.at.Sub(calls[i-1].at))
			}
		}
	}
	if len(chats) != people {
		t.Errorf("%d chats were answered, want %d", len(chats), people)
	}
}

// A tap from before a long outage still counts; that it can't be answered any
// more is no failure.
func TestOldTap(t *testing.T) {
	f, out := newFake(t), &mute{}
	p := open(t, f, func(c *Config) { c.Log = slog.New(slog.NewTextHandler(out, nil)) })
	f.inject(f.tap("old", me, shown{chat: me, id: 7, params: map[string]string{"text": "x"}}, "/done hill 2026-11-24"))
	f.mu.Lock()
	delete(f.taps, "old")
	f.mu.Unlock()
	e := listen(t, p, nil)
	if got := texts(e.events(t, 1)); !slices.Equal(got, []string{"/done hill 2026-11-24"}) {
		t.Errorf("heard %q", got)
	}
	await(t, "an answer", func() bool { return len(f.called("answerCallbackQuery")) == 1 })
	e.stop()
	<-e.ended
	if out.String() != "" {
		t.Errorf("logged %s", out)
	}
}

// A proxy is used for the outside, and never for loopback, where it would see the token.
func TestProxy(t *testing.T) {
	find, err := proxyOf("socks5://127.0.0.1:1080")
	if err != nil {
		t.Fatal(err)
	}
	for to, want := range map[string]string{"https://api.telegram.org/x": "socks5://127.0.0.1:1080", "http://127.0.0.1:9100/x": ""} {
		r, err := http.NewRequest(http.MethodPost, to, nil)
		if err != nil {
			t.Fatal(err)
		}
		got, err := find(r)
		if err != nil || got == nil && want != "" || got != nil && got.String() != want {
			t.Errorf("to %s by %v, %v; want %q", to, got, err, want)
		}
	}
}
