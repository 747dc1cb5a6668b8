package discord

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// rig is a platform that listens to a fake Discord, with as much of a bot
// behind it as is needed: what is heard is kept once, and answered.
type rig struct {
	*fake
	t    testing.TB
	p    *Platform
	logs *syncBuffer
	note *notebook
	stop func() error
	done chan error

	mu     sync.Mutex
	heard  []bot.Heard
	keys   map[string]bool
	seq    uint64
	answer func(coach.Said) []coach.Line
	slow   time.Duration // how long it takes to remember what was heard
	sends  sync.WaitGroup
	failed []error // sends that were given up
}

// echo answers whatever is said with the same words.
func echo(s coach.Said) []coach.Line { return []coach.Line{{Text: "You said " + s.Text + "."}} }

func newRig(t testing.TB, change func(*Config)) *rig {
	r := &rig{fake: newFake(t), t: t, logs: &syncBuffer{}, note: &notebook{}, keys: map[string]bool{}, answer: echo}
	r.start(change)
	t.Cleanup(func() { r.end() })
	return r
}

// start opens a platform on the same Discord and the same notes, as a new process would.
func (r *rig) start(change func(*Config)) { r.startAt(r.web.URL, testToken, change) }

func (r *rig) startAt(base, token string, change func(*Config)) {
	c := Config{Token: token, API: base, Notes: r.note, times: quick,
		Log: slog.New(slog.NewTextHandler(r.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))}
	if change != nil {
		change(&c)
	}
	p, err := Open(c)
	if err != nil {
		r.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 2)
	r.p, r.done = p, done
	go func() {
		err := p.Listen(ctx, r.hear)
		done <- err
		done <- err
	}()
	r.stop = sync.OnceValue(func() error { cancel(); return <-done })
}

func (r *rig) end() error {
	err := r.stop()
	r.sends.Wait()
	return err
}

// hear keeps what is new and answers it, as the store and the bot do.
func (r *rig) hear(ctx context.Context, h bot.Heard) error {
	if !pause(ctx, r.slow) {
		return ctx.Err()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.keys[h.Key] {
		return nil
	}
	r.keys[h.Key] = true
	r.heard = append(r.heard, h)
	said, is := h.Event.(coach.Said)
	if !is || r.answer == nil {
		return nil
	}
	lines := r.answer(said)
	if len(lines) == 0 {
		r.p.Unanswered(ctx, h)
	}
	for _, line := range lines {
		if line.Handle == "" {
			line.Handle = said.Handle
		}
		if line.To == "" {
			line.To = h.From
		}
		r.seq++
		m := bot.Message{Seq: r.seq, Runner: h.From, To: line.To, Line: line, Queued: time.Now()}
		r.sends.Go(func() { r.deliver(m) })
	}
	return nil
}

// deliver sends until it is settled.
func (r *rig) deliver(m bot.Message) {
	for m.Tries = 1; m.Tries < 10; m.Tries++ {
		_, err := r.p.Send(context.Background(), m)
		var delay *bot.DelayError
		switch {
		case err == nil:
			return
		case errors.Is(err, bot.ErrGone), errors.Is(err, bot.ErrRefused), errors.As(err, &delay) && delay.After > 10*time.Second:
			r.mu.Lock()
			r.failed = append(r.failed, err)
			r.mu.Unlock()
			return
		case errors.As(err, &delay):
			time.Sleep(delay.After)
		default:
			m.Unsure = true
			time.Sleep(20 * time.Millisecond)
		}
	}
	r.t.Errorf("%q was never said", m.Line.Text)
}

// send says a line to alice.
func (r *rig) send(line coach.Line, change ...func(*bot.Message)) (string, error) {
	r.mu.Lock()
	r.seq++
	m := bot.Message{Seq: r.seq, Runner: address(alice), To: address(alice), Line: line, Queued: time.Now(), Tries: 1}
	r.mu.Unlock()
	for _, c := range change {
		c(&m)
	}
	return r.p.Send(context.Background(), m)
}

// said are the words that were heard, in order.
func (r *rig) said() (all []coach.Said) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, h := range r.heard {
		if s, is := h.Event.(coach.Said); is {
			all = append(all, s)
		}
	}
	return all
}

// until waits for something that must happen.
func (r *rig) until(what string, limit time.Duration, so func() bool) {
	r.t.Helper()
	deadline := time.Now().Add(limit)
	for !so() {
		if time.Now().After(deadline) {
			r.t.Fatalf("%s did not happen within %v; the log says\n%s", what, limit, r.logs)
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// next waits for the n-th thing said, counted from one.
func (r *rig) next(n int) coach.Said {
	r.t.Helper()
	r.until("hearing", 15*time.Second, func() bool { return len(r.said()) >= n })
	return r.said()[n-1]
}

// reads waits until a message that stands in a channel has exactly these words.
func (r *rig) reads(channel, text string) fakePost {
	r.t.Helper()
	var found fakePost
	r.until("reading "+text, 15*time.Second, func() bool {
		for _, p := range r.seen(channel) {
			if p.text() == text {
				found = p
				return true
			}
		}
		return false
	})
	return found
}

// connected waits until the platform has a connection.
func (r *rig) connected() {
	r.t.Helper()
	r.until("a connection", 15*time.Second, func() bool { return r.p.self.Load() != nil && r.gate.attached() > 0 })
}

// notebook is the notes of a test.
type notebook struct {
	mu    sync.Mutex
	notes map[string][]byte
}

func (m *notebook) Note(_ context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.notes[key], nil
}

func (m *notebook) SetNote(_ context.Context, key string, value []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.notes == nil {
		m.notes = map[string][]byte{}
	}
	m.notes[key] = value
	if len(value) == 0 {
		delete(m.notes, key)
	}
	return nil
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// waitEnd returns what Listen returns by itself.
func (r *rig) waitEnd() error { return <-r.done }

var discardLog = slog.New(slog.DiscardHandler)

type ctx = context.Context
