package telegram

import (
	"context"
	"errors"
	"sync"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// ear hears what a platform reports, and counts every key once, as a store does.
type ear struct {
	mu    sync.Mutex
	heard []bot.Heard
	keys  map[string]bool
	calls int
	deaf  func(bot.Heard) error // nil hears all
	stop  func()
	ended chan error
}

var errBusy = errors.New("the store is busy")

// listen starts a platform; it is stopped at the end of the test.
func listen(t testing.TB, p *Platform, deaf func(bot.Heard) error) *ear {
	t.Helper()
	e := &ear{keys: map[string]bool{}, deaf: deaf, ended: make(chan error, 1)}
	ctx, stop := context.WithCancel(context.Background())
	e.stop = stop
	done := make(chan struct{})
	go func() {
		defer close(done)
		e.ended <- p.Listen(ctx, e.hear)
	}()
	t.Cleanup(func() { stop(); <-done })
	return e
}

func (e *ear) hear(_ context.Context, h bot.Heard) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.calls++
	if e.deaf != nil {
		if err := e.deaf(h); err != nil {
			return err
		}
	}
	if !e.keys[h.Key] {
		e.keys[h.Key] = true
		e.heard = append(e.heard, h)
	}
	return nil
}

// events waits until n events were heard, and returns them all.
func (e *ear) events(t testing.TB, n int) []bot.Heard {
	t.Helper()
	var out []bot.Heard
	await(t, "an event", func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		out = append([]bot.Heard(nil), e.heard...)
		return len(out) >= n
	})
	return out
}

// texts are the words of everything heard.
func texts(heard []bot.Heard) []string {
	var out []string
	for _, h := range heard {
		if s, ok := h.Event.(coach.Said); ok {
			out = append(out, s.Text)
		}
	}
	return out
}

// send says a line to the person.
func send(t testing.TB, p *Platform, line coach.Line, with ...func(*bot.Message)) (string, error) {
	t.Helper()
	m := bot.Message{Seq: seqs.next(), Runner: address(me), To: address(me), Line: line, Queued: time.Now(), Tries: 1}
	for _, w := range with {
		w(&m)
	}
	return p.Send(t.Context(), m)
}

// to sends to another chat.
func to(chat int64) func(*bot.Message) { return func(m *bot.Message) { m.To = address(chat) } }

type counter struct {
	mu sync.Mutex
	n  uint64
}

var seqs counter

func (c *counter) next() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	return c.n
}
