package bot

import (
	"context"
	"time"

	"golang.org/x/sync/errgroup"

	"legcoach/coach"
)

const (
	// dueAtOnce is how many runners are asked for at a time.
	dueAtOnce = 1024
	// wakers is how many are stepped side by side, so that the store commits many together.
	wakers = 256
)

// Wake steps every runner whose Wake is at or before now. A repeated wake does
// nothing, so a tick that was cut short is simply ticked again.
func (b *Bot) Wake(ctx context.Context, now time.Time) {
	for ctx.Err() == nil {
		due, err := b.store.Due(ctx, now, dueAtOnce)
		if err != nil {
			b.log.Error("find who is due; tried again at the next tick", "error", err)
			return
		}
		if failed := b.wakeAll(ctx, due, now); failed > 0 || len(due) < dueAtOnce {
			return
		}
	}
}

func (b *Bot) wakeAll(ctx context.Context, due []coach.ID, now time.Time) (failed int) {
	var group errgroup.Group
	group.SetLimit(wakers)
	errs := make([]error, len(due))
	for i, id := range due {
		group.Go(func() error {
			errs[i] = b.wake(ctx, id, now)
			return nil
		})
	}
	_ = group.Wait() // every error is in errs
	for i, err := range errs {
		if err != nil {
			failed++
			b.log.Error("wake a runner; tried again at the next tick", "runner", due[i], "error", err)
		}
	}
	return failed
}

func (b *Bot) wake(ctx context.Context, id coach.ID, now time.Time) error {
	var said []coach.ID
	step := b.step(id, coach.Woke{}, now)
	_, err := b.store.Update(ctx, id, "", now, func(r coach.Runner) (coach.Runner, []coach.Line) {
		after, lines := step(r)
		said = said[:0]
		for _, l := range lines {
			said = append(said, l.To)
		}
		return later(after, now), lines
	})
	if err != nil {
		return err
	}
	b.count.Woken.Inc()
	for _, to := range said {
		b.poke(to)
	}
	return nil
}
