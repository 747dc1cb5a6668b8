package bot

import (
	"context"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// linker is a coach that can make one runner of two, and two of one.
type linker interface {
	// Meets returns the address of another runner whom an event is about; empty if none is.
	Meets(e coach.Event) coach.ID
	// StepBoth is Step for both of them.
	StepBoth(r, other coach.Runner, e coach.Event, now time.Time) (coach.Runner, coach.Runner, []coach.Line)
}

// update commits what an event makes of its runner, and of another one if it is about one.
func (b *Bot) update(ctx context.Context, h Heard, now time.Time, spoken func([]coach.Line)) (applied bool, err error) {
	if l, links := b.coach.(linker); links {
		if other := l.Meets(h.Event); other != "" {
			step := b.stepBoth(l, h.From, h.Event, now)
			return b.store.UpdateBoth(ctx, h.From, other, h.Key, now, func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line) {
				one, two, lines := step(one, two)
				spoken(lines)
				return one, two, lines
			})
		}
	}
	step := b.step(h.From, h.Event, now)
	return b.store.Update(ctx, h.From, h.Key, now, func(before coach.Runner) (coach.Runner, []coach.Line) {
		after, lines := step(before)
		spoken(lines)
		return after, lines
	})
}

// stepBoth is step for an event that is about two runners. A panic leaves both as they were.
func (b *Bot) stepBoth(l linker, at coach.ID, e coach.Event, now time.Time) store.StepBoth {
	e = b.after(heardAt(at, e))
	return func(one, two coach.Runner) (oneAfter, twoAfter coach.Runner, lines []coach.Line) {
		defer b.guard(at, e, func() { oneAfter, twoAfter, lines = one, two, b.coach.Sorry(e) })
		r := one
		if r.IsZero() {
			r.ID = at
		}
		oneAfter, twoAfter, lines = l.StepBoth(r, two, e, now)
		return known(oneAfter), known(twoAfter), lines
	}
}

// known is a runner, or the zero Runner for somebody who was never met.
func known(r coach.Runner) coach.Runner {
	if r.Since.IsZero() {
		return coach.Runner{}
	}
	return r
}

// heardAt notes in an event where it was heard.
func heardAt(at coach.ID, e coach.Event) coach.Event {
	switch heard := e.(type) {
	case coach.Said:
		heard.At = at
		return heard
	case coach.Sent:
		heard.At = at
		return heard
	case coach.Reacted:
		heard.At = at
		return heard
	}
	return e
}
