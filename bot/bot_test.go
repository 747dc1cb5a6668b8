package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
	"legcoach/store"
	"legcoach/store/memory"
)

// parrot is a coach that repeats what it hears and counts it; it is woken an
// hour after "wake", and panics at "panic".
type parrot struct{}

func (parrot) Step(r coach.Runner, e coach.Event, now time.Time) (coach.Runner, []coach.Line) {
	switch e := e.(type) {
	case coach.Said:
		r.Since, r.Heard = time.Unix(1, 0), now
		r.Talk.Changes++
		switch e.Text {
		case "panic":
			panic("a mistake in the coach")
		case "wake":
			r.Wake = now.Add(time.Hour)
		case "nudge":
			return r, []coach.Line{{Text: "nudge", Unasked: true, Nudge: "hill", Key: "2026-11-24/hill"}}
		case "late":
			return r, []coach.Line{{Text: "late", Unasked: true, Expires: now.Add(-time.Second), Key: "late"}}
		case "many":
			lines := []coach.Line{{Text: "a nudge", Unasked: true}, {Text: "a nudge", Unasked: true}, {Text: "the reply"}}
			return r, lines
		}
		return r, []coach.Line{{Text: fmt.Sprintf("%s %d", e.Text, r.Talk.Changes), Handle: e.Handle}}
	case coach.Woke:
		r.Wake = now // a mistake: it does not lie ahead
		return r, []coach.Line{{Text: "good morning", Unasked: true, Key: "morning"}}
	case coach.Left:
		r.Unreachable = true
	case coach.Unsent:
		r.Told.Lost = e.Key + " " + e.Why
	}
	return r, nil
}

func (parrot) Sorry(coach.Event) []coach.Line                      { return []coach.Line{{Text: "sorry"}} }
func (parrot) Unwanted(coach.Runner, coach.Line, time.Time) string { return "" }

// running is a bot that runs in a synctest bubble.
type running struct {
	*bottest.Fake
	store *memory.Store
	stop  func() error
	log   *strings.Builder
}

func run(t *testing.T, limits bot.Limits) *running {
	r := &running{Fake: bottest.NewFake("fake", limits), store: memory.New(), log: new(strings.Builder)}
	b := bot.New(parrot{}, r.store, slog.New(slog.NewTextHandler(r.log, nil)), r.Fake)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	r.stop = func() error { cancel(); return <-ended }
	t.Cleanup(func() { cancel() })
	return r
}

// settle lets time pass until nothing more happens by itself.
func settle(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

func (r *running) texts() []string {
	var texts []string
	for _, s := range r.Seen() {
		texts = append(texts, s.Line.Text)
	}
	return texts
}

func (r *running) want(t *testing.T, want ...string) {
	t.Helper()
	if got := r.texts(); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("seen %q, want %q", got, want)
	}
}

func (r *running) runner(t *testing.T) coach.Runner {
	t.Helper()
	runner, _, err := r.store.Load(t.Context(), r.ID())
	if err != nil {
		t.Fatal(err)
	}
	return runner
}

func TestBot(t *testing.T) {
	twice := bot.Limits{Parallel: 4}
	once := bot.Limits{Parallel: 4, Exactly: true, ExactFor: 2 * time.Minute}
	for name, test := range map[string]struct {
		limits bot.Limits
		do     func(t *testing.T, r *running)
	}{
		"an answer follows": {twice, func(t *testing.T, r *running) {
			r.Say("hi")
			settle(time.Second)
			r.want(t, "hi 1")
		}},
		"what is reported twice counts once": {twice, func(t *testing.T, r *running) {
			h := r.Say("hi")
			r.Report(h)
			settle(time.Second)
			r.want(t, "hi 1")
		}},
		"a panic is one runner's error alone": {twice, func(t *testing.T, r *running) {
			r.Say("panic")
			r.SayAs("fake/2", coach.Said{Text: "hi"})
			settle(time.Second)
			if got := r.texts(); !slices.Contains(got, "sorry") || !slices.Contains(got, "hi 1") {
				t.Errorf("seen %q", got)
			}
			if !strings.Contains(r.log.String(), "panicked") || strings.Contains(r.log.String(), "a mistake in the coach") {
				t.Errorf("logged %s", r.log)
			}
		}},
		"a runner is woken, and never in a circle": {twice, func(t *testing.T, r *running) {
			r.Say("wake")
			settle(30 * time.Minute)
			r.want(t, "wake 1")
			settle(31 * time.Minute)
			r.want(t, "wake 1", "good morning")
			settle(59 * time.Minute)
			r.want(t, "wake 1", "good morning", "good morning")
		}},
		"a lost answer is said once more": {twice, func(t *testing.T, r *running) {
			r.FailAfter(1)
			r.Say("hi")
			settle(time.Minute)
			r.want(t, "hi 1", "hi 1")
		}},
		"a lost reminder is not, and the coach is told": {twice, func(t *testing.T, r *running) {
			r.FailAfter(1)
			r.Say("nudge")
			settle(time.Minute)
			r.want(t, "nudge")
			if got := r.runner(t).Told.Lost; got != "2026-11-24/hill unknown" {
				t.Errorf("the coach was told %q", got)
			}
		}},
		"with a nonce nothing is lost or doubled": {once, func(t *testing.T, r *running) {
			r.FailAfter(2)
			r.Say("nudge")
			settle(time.Minute)
			r.want(t, "nudge")
			if got := r.runner(t).Told.Lost; got != "" {
				t.Errorf("the coach was told %q", got)
			}
		}},
		"what was surely not said is tried until it is": {twice, func(t *testing.T, r *running) {
			r.Fail(errors.New("no route"), errors.New("no route"), errors.New("no route"))
			r.Say("hi")
			settle(time.Minute)
			r.want(t, "hi 1")
		}},
		"a delay is kept": {twice, func(t *testing.T, r *running) {
			r.Fail(&bot.DelayError{After: 10 * time.Second})
			r.Say("hi")
			settle(9 * time.Second)
			r.want(t)
			settle(3 * time.Second)
			r.want(t, "hi 1")
		}},
		"a delay of the whole platform silences all": {twice, func(t *testing.T, r *running) {
			r.Fail(&bot.DelayError{After: 10 * time.Second, All: true})
			r.Say("hi")
			settle(time.Second)
			r.SayAs("fake/2", coach.Said{Text: "hi"})
			settle(8 * time.Second)
			r.want(t)
			settle(3 * time.Second)
			r.want(t, "hi 1", "hi 1")
		}},
		"who is gone is left alone": {twice, func(t *testing.T, r *running) {
			r.Fail(fmt.Errorf("blocked: %w", bot.ErrGone))
			r.Say("hi")
			settle(time.Minute)
			r.want(t)
			if !r.runner(t).Unreachable {
				t.Error("the coach was not told")
			}
		}},
		"what is refused is given up": {twice, func(t *testing.T, r *running) {
			r.Fail(bot.ErrRefused)
			r.Say("hi")
			r.Say("again")
			settle(time.Minute)
			r.want(t, "again 2")
		}},
		"what is too late is not said": {twice, func(t *testing.T, r *running) {
			r.Say("late")
			settle(time.Minute)
			r.want(t)
			if got := r.runner(t).Told.Lost; got != "late expired" {
				t.Errorf("the coach was told %q", got)
			}
		}},
		"the pace is kept, replies first": {bot.Limits{Parallel: 4, PerSecond: 1, Burst: 1}, func(t *testing.T, r *running) {
			for i := range 5 {
				r.SayAs(coach.ID(fmt.Sprintf("fake/%d", i)), coach.Said{Text: "nudge"})
			}
			settle(500 * time.Millisecond)
			before := len(r.texts())
			r.SayAs("fake/9", coach.Said{Text: "hi"})
			settle(2 * time.Second)
			got := r.texts()
			if before > 2 || len(got) > 4 || got[before] != "hi 1" && got[before+1] != "hi 1" {
				t.Errorf("after half a second %d were said; then %q", before, got)
			}
		}},
		"stopping waits for what is in flight": {twice, func(t *testing.T, r *running) {
			r.FailAfter(1)
			r.Say("hi")
			settle(500 * time.Millisecond)
			if err := r.stop(); err != nil {
				t.Errorf("Run ended with %v", err)
			}
			r.want(t, "hi 1", "hi 1")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := run(t, test.limits)
				test.do(t, r)
				if counts, err := r.store.Count(t.Context()); err != nil || counts.Queued > 5 {
					t.Errorf("left in the queue: %+v, %v", counts, err)
				}
			})
		})
	}
}

// TestBusy says that an event which the store cannot take is offered again and lost by nobody.
func TestBusy(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake := bottest.NewFake("fake", bot.Limits{Parallel: 1})
		s := &busy{Store: memory.New(), times: 3}
		b := bot.New(parrot{}, s, slog.New(slog.DiscardHandler), fake)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- b.Run(ctx) }()
		fake.Say("hi")
		settle(time.Minute)
		if seen := fake.Seen(); len(seen) != 1 {
			t.Errorf("%d messages seen", len(seen))
		}
		cancel()
		<-ended
	})
}

// busy is a store that at first has no time.
type busy struct {
	store.Store
	times int
}

func (s *busy) Update(ctx context.Context, at coach.ID, cause string, now time.Time, step store.Step) (bool, error) {
	if s.times--; s.times >= 0 {
		return false, store.ErrBusy
	}
	return s.Store.Update(ctx, at, cause, now, step)
}

// waiting is a platform that shows people that an answer is coming.
type waiting struct {
	*bottest.Fake
	ended []string
}

func (w *waiting) Unanswered(_ context.Context, h bot.Heard) { w.ended = append(w.ended, h.Key) }

func TestAPlatformLearnsThatNothingIsSaid(t *testing.T) {
	w := &waiting{Fake: bottest.NewFake("fake", bot.Limits{})}
	b := bot.New(parrot{}, memory.New(), slog.New(slog.DiscardHandler), w)
	for key, e := range map[string]coach.Event{"gone": coach.Left{}, "answered": coach.Said{Text: "hello", Handle: "h"}} {
		if err := b.Hear(t.Context(), bot.Heard{From: w.ID(), Key: key, Event: e}); err != nil {
			t.Fatal(err)
		}
	}
	if got, want := w.ended, []string{"gone"}; !slices.Equal(got, want) {
		t.Errorf("the platform was told of %v, want %v", got, want)
	}
}

// critic is a coach that hears every word as a verdict on an answer.
type critic struct{ parrot }

func (critic) Feedback(e coach.Event) (topic, verdict string) { return "quads", e.(coach.Said).Text }

func TestVerdictsAreCountedOnce(t *testing.T) {
	f := bottest.NewFake("fake", bot.Limits{})
	b := bot.New(critic{}, memory.New(), slog.New(slog.DiscardHandler), f)
	for _, key := range []string{"1", "2", "2"} {
		if err := b.Hear(t.Context(), bot.Heard{From: f.ID(), Key: key, Event: coach.Said{Text: "up"}}); err != nil {
			t.Fatal(err)
		}
	}
	registry := prometheus.NewRegistry()
	b.Counters().Register(registry)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	got := 0.0
	for _, f := range families {
		if f.GetName() == "legcoach_feedback_total" {
			got = f.GetMetric()[0].GetCounter().GetValue()
		}
	}
	if got != 2 {
		t.Errorf("two thumbs up, one of them heard twice, count %v, want 2", got)
	}
}
