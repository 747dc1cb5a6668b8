package bottest

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"legcoach/bot"
	"legcoach/coach"
)

// Fake is a platform in memory. Its one person is ID; more can be played by [Fake.SayAs].
type Fake struct {
	name   string
	limits bot.Limits
	events chan bot.Heard

	mu      sync.Mutex
	heard   int
	shown   []Shown
	refs    map[string]int // ref → index in shown
	nonces  map[uint64]string
	failing []error
	changed chan struct{}
}

var _ bot.Platform = (*Fake)(nil)

// Shown is a message as a person sees it.
type Shown struct {
	To   coach.ID
	Line coach.Line
	// Edits counts how often it was replaced.
	Edits int
	ref   string
}

// NewFake returns a platform with a name and limits, and nobody at its other end yet.
func NewFake(name string, limits bot.Limits) *Fake {
	return &Fake{name: name, limits: limits, events: make(chan bot.Heard, 1024), refs: map[string]int{}, nonces: map[uint64]string{}, changed: make(chan struct{})}
}

// ID is the address of the one person that Say and Tap play.
func (f *Fake) ID() coach.ID { return coach.ID(f.name + "/1") }

// Name returns the name that the fake was made with.
func (f *Fake) Name() string { return f.name }

// Limits returns the limits that the fake was made with.
func (f *Fake) Limits() bot.Limits { return f.limits }

// Listen offers each event until it is heard, in order.
func (f *Fake) Listen(ctx context.Context, hear func(context.Context, bot.Heard) error) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case h := <-f.events:
			for ctx.Err() == nil && hear(ctx, h) != nil {
				continue
			}
		}
	}
}

// Send shows a message, or fails as Fail asked for.
func (f *Fake) Send(ctx context.Context, m bot.Message) (string, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.failing) > 0 {
		err := f.failing[0]
		f.failing = f.failing[1:]
		if err != nil && !errors.Is(err, errAfter) {
			return "", err
		}
		if err != nil {
			f.show(m)
			return "", fmt.Errorf("the answer was lost: %w", bot.ErrUnknown)
		}
	}
	return f.show(m), nil
}

func (f *Fake) show(m bot.Message) string {
	defer func() { close(f.changed); f.changed = make(chan struct{}) }()
	if ref, again := f.nonces[m.Seq]; again && f.limits.Exactly {
		return ref
	}
	target := m.Ref
	if m.Line.InPlace && m.Line.Handle != "" {
		target = m.Line.Handle
	}
	if i, found := f.refs[target]; found && (m.Line.Replaces != "" || m.Line.InPlace) {
		f.shown[i].Line, f.shown[i].Edits = m.Line, f.shown[i].Edits+1
		f.nonces[m.Seq] = target
		return target
	}
	if m.Line.Quiet {
		return ""
	}
	ref := fmt.Sprint(len(f.shown))
	f.refs[ref], f.nonces[m.Seq] = len(f.shown), ref
	f.shown = append(f.shown, Shown{To: m.To, Line: m.Line, ref: ref})
	return ref
}

var errAfter = errors.New("said, and then the answer is lost")

// FailAfter makes the next n sends show their message and lose the answer.
func (f *Fake) FailAfter(n int) {
	for range n {
		f.Fail(errAfter)
	}
}

// Fail makes the next sends end with these errors; nil lets one through.
func (f *Fake) Fail(errs ...error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.failing = append(f.failing, errs...)
}

// Say plays the person writing, and returns what was reported, so that it can be reported again.
func (f *Fake) Say(text string) bot.Heard { return f.SayAs(f.ID(), coach.Said{Text: text}) }

// SayAs reports an event of anybody.
func (f *Fake) SayAs(who coach.ID, e coach.Event) bot.Heard {
	f.mu.Lock()
	f.heard++
	h := bot.Heard{From: who, Key: fmt.Sprintf("%s/%d", f.name, f.heard), Event: e}
	f.mu.Unlock()
	f.events <- h
	return h
}

// Report reports an event that was reported before.
func (f *Fake) Report(h bot.Heard) { f.events <- h }

// Tap plays the person tapping a choice of the i-th message shown.
func (f *Fake) Tap(i int, label string) (bot.Heard, error) {
	f.mu.Lock()
	shown := f.shown[i]
	f.mu.Unlock()
	for _, c := range shown.Line.Choices {
		if c.Label == label {
			return f.SayAs(f.ID(), coach.Said{Text: c.Says, Tapped: true, Nudge: shown.Line.Key, Handle: shown.ref}), nil
		}
	}
	return bot.Heard{}, fmt.Errorf("message %d has no choice %q", i, label)
}

// Seen returns what everybody sees, in the order in which it was first shown.
func (f *Fake) Seen() []Shown {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]Shown(nil), f.shown...)
}

// Await returns once enough(what is seen), or when ctx ends.
func (f *Fake) Await(ctx context.Context, enough func([]Shown) bool) error {
	for {
		f.mu.Lock()
		seen, changed := append([]Shown(nil), f.shown...), f.changed
		f.mu.Unlock()
		if enough(seen) {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-changed:
		}
	}
}
