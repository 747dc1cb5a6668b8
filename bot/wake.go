package bot

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"legcoach/coach"
	"legcoach/store"
)

const (
	// dueAtOnce is how many runners are asked for at a time, and stepped side by
	// side, so that the store commits many together.
	dueAtOnce = 256
)

// Wake steps every runner whose Wake is at or before now. A repeated wake does
// nothing, so a tick that was cut short is simply ticked again. A runner that
// cannot be woken is left alone for longer each time, and holds up nobody. Where
// many are due, half of the time is left to those who write and to what is being
// said: waking is far ahead of any platform's limit all the same.
func (b *Bot) Wake(ctx context.Context, now time.Time) {
	for ctx.Err() == nil {
		began := time.Now()
		due, err := b.store.Due(ctx, now, dueAtOnce+b.asleep.count())
		if b.troubled.new(err) {
			b.log.Error("find who is due; tried again each second", "error", err)
		}
		awake := slices.DeleteFunc(due, func(id coach.ID) bool { return b.asleep.rests(id, now) })
		if len(awake) == 0 {
			return
		}
		if able := b.wakeAll(ctx, awake, now); !able || len(awake) < dueAtOnce {
			return
		}
		Sleep(ctx, time.Since(began))
	}
}

// wakeAll wakes those who are due, and reports whether the store was able to: a
// runner that could not be woken for their own sake is remembered as asleep.
func (b *Bot) wakeAll(ctx context.Context, due []coach.ID, now time.Time) (able bool) {
	var group errgroup.Group
	group.SetLimit(dueAtOnce)
	errs := make([]error, len(due))
	for i, id := range due {
		group.Go(func() error {
			errs[i] = b.wake(ctx, id, now)
			return nil
		})
	}
	_ = group.Wait()    // every error is in errs
	var everybody error // what fails them all
	for i, err := range errs {
		switch {
		case err == nil:
			b.asleep.woke(due[i])
		case ctx.Err() != nil:
		case errors.Is(err, store.ErrBusy), errors.Is(err, store.ErrFull), errors.Is(err, fs.ErrClosed):
			everybody = err
		default:
			again := b.asleep.failed(due[i], now)
			b.log.Error("wake a runner; tried again later", "runner", due[i], "after", again, "error", err)
		}
	}
	if b.blocked.new(everybody) {
		b.log.Error("wake the due; tried again each second", "error", everybody)
	}
	return everybody == nil
}

func (b *Bot) wake(ctx context.Context, id coach.ID, now time.Time) error {
	var said []coach.ID
	step := b.step(id, coach.Woke{}, now)
	_, err := b.store.Update(ctx, id, "", now, func(r coach.Runner) (coach.Runner, []coach.Line) {
		after, lines := step(r)
		said = addresses(id, lines)
		return later(after, now), lines
	})
	if err != nil {
		return err
	}
	b.count.Woken.Inc()
	b.poke(said)
	return nil
}

// asleep are the runners that could not be woken. It remembers no more than sleepers.
type asleep struct {
	mu  sync.Mutex
	all map[coach.ID]sleeper
}

type sleeper struct {
	failed int
	until  time.Time
}

const (
	// sleepers bounds what is remembered of runners that could not be woken.
	sleepers = 100_000
	// nap is how long a runner is left alone at first, and slumber at most.
	nap, slumber = 2 * time.Second, time.Hour
)

// count is how many of those that are due may have to be passed over.
func (s *asleep) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.all)
}

// rests reports whether a runner is to be left alone at now. A clock that went
// back makes nobody wait for longer than slumber.
func (s *asleep) rests(id coach.ID, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	one, known := s.all[id]
	return known && now.Before(one.until) && one.until.Sub(now) <= slumber
}

func (s *asleep) failed(id coach.ID, now time.Time) time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil || len(s.all) >= sleepers {
		s.all = map[coach.ID]sleeper{}
	}
	one := s.all[id]
	d := min(slumber, nap<<min(one.failed, 20))
	s.all[id] = sleeper{one.failed + 1, now.Add(d)}
	return d
}

func (s *asleep) woke(id coach.ID) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.all, id)
}
