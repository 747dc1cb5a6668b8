package bot

import (
	"context"
	"errors"
	"io/fs"
	"slices"
	"sync"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

const (
	// dueAtOnce is how many runners are asked for at a time, and stepped side by
	// side at most, so that the store commits many together.
	dueAtOnce = 256
	// gently is how many of them are stepped side by side while there is time: whoever
	// writes, and whatever is being said, waits for no larger commit than theirs.
	gently = 32
	// hurry is how long the due are woken gently. That is thousands more than any
	// platform lets be told in this time, and far from the quarter of an hour
	// after which a runner is told that the bot was away.
	hurry = 2 * time.Minute
)

// Wake steps every runner whose Wake is at or before now, or comes to be
// meanwhile. A repeated wake does nothing, so a tick that was cut short is simply
// ticked again. A runner that cannot be woken is left alone for longer each time,
// and holds up nobody. Where many are due, most of the time is left to those who
// write and to what is being said: waking is far ahead of any platform's limit all the same.
func (b *Bot) Wake(ctx context.Context, now time.Time) {
	crew := make(crew)
	defer close(crew)
	for began := time.Now(); ctx.Err() == nil; {
		at := now.Add(time.Since(began))
		due, err := b.store.Due(ctx, at, dueAtOnce+b.asleep.count())
		if b.troubled.new(err) {
			b.log.Error("find who is due; tried again each second", "error", err)
		}
		awake := slices.DeleteFunc(due, func(id coach.ID) bool { return b.asleep.rests(id, at) })
		atOnce, rest := gently, 3
		if time.Since(began) > hurry {
			atOnce, rest = dueAtOnce, 1
		}
		for some := range slices.Chunk(awake, atOnce) {
			set := time.Now()
			if !b.wakeAll(ctx, crew, some, at) {
				return
			}
			Sleep(ctx, time.Duration(rest)*time.Since(set))
		}
		if len(awake) < dueAtOnce {
			return
		}
	}
}

// wakeAll wakes those who are due side by side, and reports whether the store was able to: a
// runner that could not be woken for their own sake is remembered as asleep.
func (b *Bot) wakeAll(ctx context.Context, crew crew, due []coach.ID, now time.Time) (able bool) {
	var all sync.WaitGroup
	errs := make([]error, len(due))
	for i, id := range due {
		all.Add(1)
		crew.do(func() {
			defer all.Done()
			errs[i] = b.wake(ctx, id, now)
		})
	}
	all.Wait()
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

// crew does jobs side by side until it is closed. Its goroutines are kept for the
// next jobs, since growing a stack to what a step needs is a tenth of its cost.
type crew chan func()

func (c crew) do(job func()) {
	select {
	case c <- job:
	default:
		go func() {
			for ; job != nil; job = <-c {
				job()
			}
		}()
	}
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
