package bot

import (
	"cmp"
	"context"
	"fmt"
	"runtime/debug"
	"slices"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// Hear commits what an event makes of a runner, with what to say about it. An
// error means that nothing was remembered, so that the platform offers it again.
func (b *Bot) Hear(ctx context.Context, h Heard) error { return b.hear(ctx, h, time.Now()) }

func (b *Bot) hear(ctx context.Context, h Heard, now time.Time) error {
	if err := b.lookUp(ctx, &h); err != nil {
		return fmt.Errorf("hear %s: %w", h.From.Platform(), err)
	}
	answered, said := false, []coach.ID(nil)
	applied, err := b.update(ctx, h, now, func(lines []coach.Line) {
		answered, said = slices.ContainsFunc(lines, func(l coach.Line) bool { return l.Handle != "" }), addresses(h.From, lines)
	})
	if err != nil {
		b.count.Unheard.WithLabelValues(h.From.Platform()).Inc()
		return fmt.Errorf("hear %s: %w", h.From.Platform(), err)
	}
	b.count.Heard.WithLabelValues(h.From.Platform()).Inc()
	b.poke(said)
	if applied {
		b.countVerdict(h.Event)
	}
	if applied && !answered {
		b.unanswered(ctx, h)
	}
	return nil
}

// lookUp finds out which line an emoji was put on.
func (b *Bot) lookUp(ctx context.Context, h *Heard) error {
	e, reacted := h.Event.(coach.Reacted)
	keeper, able := b.store.(store.Keeper)
	if !reacted || !able {
		return nil
	}
	key, err := keeper.Named(ctx, h.From, e.Ref)
	e.Nudge = key
	h.Event = e
	return err
}

// unanswered tells a platform that shows whoever spoke that an answer is coming, that none is.
func (b *Bot) unanswered(ctx context.Context, h Heard) {
	if l := b.lanes[h.From.Platform()]; l != nil {
		if p, tells := l.platform.(interface{ Unanswered(context.Context, Heard) }); tells {
			p.Unanswered(ctx, h)
		}
	}
}

// step is what an event at an address makes of a runner. A panic is that
// runner's error alone: they stay as they were and are told so.
func (b *Bot) step(at coach.ID, e coach.Event, now time.Time) store.Step {
	e = b.after(heardAt(at, e))
	return func(before coach.Runner) (after coach.Runner, lines []coach.Line) {
		defer b.guard(at, e, func() { after, lines = later(before, now), b.coach.Sorry(e) })
		r := before
		if r.IsZero() {
			r.ID = at
		}
		after, lines = b.coach.Step(r, e, now)
		return known(after), lines
	}
}

// guard, deferred, keeps a panic of a step to its event: the event is set aside, and instead says what comes of it.
func (b *Bot) guard(at coach.ID, e coach.Event, instead func()) {
	if p := recover(); p != nil {
		b.log.Error("a step panicked; the event is set aside", "runner", at, "event", fmt.Sprintf("%T", e),
			"panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
		instead()
	}
}

// later puts off a wake that could not be served, so that it is not tried in a circle.
func later(r coach.Runner, now time.Time) coach.Runner {
	if !r.Wake.IsZero() && !r.Wake.After(now) {
		r.Wake = now.Add(time.Hour)
	}
	return r
}

// addresses are where lines go, as the store addresses those that an event at an address made.
func addresses(at coach.ID, lines []coach.Line) []coach.ID {
	all := make([]coach.ID, len(lines))
	for i, l := range lines {
		all[i] = cmp.Or(l.To, at)
	}
	return all
}

// poke tells the lanes of addresses that there may be something to say.
func (b *Bot) poke(all []coach.ID) {
	for _, at := range all {
		if l := b.lanes[at.Platform()]; l != nil {
			select {
			case l.poked <- struct{}{}:
			default:
			}
		}
	}
}
