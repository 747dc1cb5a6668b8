// Package storetest holds every store to the contract of package store.
//
// Run checks one promise after another (update.go, queue.go, keep.go), then plays random
// operations on the store and on the memory model and compares what they answer
// (random.go), then lets the store fail and be closed at any point and
// checks that nothing was lost or doubled (crash.go). Flaky is a store that fails on purpose.
package storetest

import (
	"context"
	"encoding/json"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// Store is all that a store can be asked.
type Store interface {
	store.Store
	store.Keeper
	store.Notes
}

// Open opens an empty store for one test, and returns with it what closes and
// opens it again with all that it holds. The test closes the last of them.
type Open func(t testing.TB) (s Store, reopen func() Store)

// Start is when the tests begin: a Tuesday morning.
var Start = time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)

// Run checks that the stores that open opens keep the contract.
func Run(t *testing.T, open Open) {
	for _, promises := range [][]promise{updatePromises, queuePromises, keepPromises} {
		for _, p := range promises {
			t.Run(p.name, func(t *testing.T) {
				s, reopen := open(t)
				b := &bench{TB: t, s: s, reopen: reopen, now: Start}
				defer func() { b.ok(b.s.Close()) }()
				p.check(b)
				b.ok(b.s.Verify(t.Context()))
			})
		}
	}
	t.Run("random operations agree with the model", func(t *testing.T) { playRandom(t, open) })
	t.Run("failures and restarts lose and double nothing", func(t *testing.T) { playCrashes(t, open) })
}

// promise is one sentence of the contract, and its check.
type promise struct {
	name  string
	check func(*bench)
}

// bench is a store under test at a time, with words to ask it in.
type bench struct {
	testing.TB
	s      Store
	reopen func() Store
	now    time.Time
}

func (b *bench) ctx() context.Context { return b.Context() }

func (b *bench) ok(err error) {
	b.Helper()
	if err != nil {
		b.Fatal(err)
	}
}

// same compares as JSON does: times by instant, nil as empty.
func (b *bench) same(what string, got, want any) {
	b.Helper()
	g, err := json.Marshal(got)
	b.ok(err)
	w, err := json.Marshal(want)
	b.ok(err)
	if string(g) != string(w) {
		b.Fatalf("%s: got %s, want %s", what, g, w)
	}
}

func (b *bench) restart() { b.s = b.reopen() }

// update runs step and wants it applied.
func (b *bench) update(at coach.ID, step store.Step) {
	b.Helper()
	applied, err := b.s.Update(b.ctx(), at, "", b.now, step)
	b.ok(err)
	if !applied {
		b.Fatalf("update of %s was not applied", at)
	}
}

// say queues lines for the runner at an address.
func (b *bench) say(at coach.ID, lines ...coach.Line) {
	b.Helper()
	b.update(at, saying(at, lines...))
}

// saying returns a step that makes strangers known and says lines.
func saying(at coach.ID, lines ...coach.Line) store.Step {
	return func(r coach.Runner) (coach.Runner, []coach.Line) {
		if r.IsZero() {
			r.ID = at
		}
		return r, lines
	}
}

// waking returns a step that sets the wake.
func waking(at coach.ID, wake time.Time) store.Step {
	return func(r coach.Runner) (coach.Runner, []coach.Line) {
		r.ID, r.Wake = at, wake
		return r, nil
	}
}

// claim claims up to max messages of platform a for a minute.
func (b *bench) claim(max int) []store.Message {
	b.Helper()
	got, err := b.s.Claim(b.ctx(), "a", b.now, time.Minute, max)
	b.ok(err)
	return got
}

// claims wants exactly these texts claimed, in this order, and returns the messages.
func (b *bench) claims(max int, want ...string) []store.Message {
	b.Helper()
	got := b.claim(max)
	texts := []string{}
	for _, m := range got {
		texts = append(texts, m.Line.Text)
	}
	b.same("claimed", texts, append([]string{}, want...))
	return got
}

func (b *bench) done(m store.Message, ref string) {
	b.Helper()
	b.ok(b.s.Done(b.ctx(), m, ref))
}

// load returns the runner at an address, zero for a stranger.
func (b *bench) load(at coach.ID) coach.Runner {
	b.Helper()
	r, ok, err := b.s.Load(b.ctx(), at)
	b.ok(err)
	if ok == r.IsZero() {
		b.Fatalf("load of %s says %v of %+v", at, ok, r)
	}
	return r
}

func (b *bench) count() store.Counts {
	b.Helper()
	c, err := b.s.Count(b.ctx())
	b.ok(err)
	c.Bytes = 0
	return c
}

func (b *bench) due(now time.Time, max int) []coach.ID {
	b.Helper()
	due, err := b.s.Due(b.ctx(), now, max)
	b.ok(err)
	return append([]coach.ID{}, due...)
}

// reply and nudge are the two kinds of line that the queue tells apart.
func reply(text string) coach.Line { return coach.Line{Text: text} }
func nudge(text string) coach.Line { return coach.Line{Text: text, Unasked: true} }
