package bot

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"
)

const (
	// hold is how long a claimed message may take, retries in doubt included.
	hold = 2 * time.Minute
	// idle is how long a lane with nothing to say waits to look again by itself.
	idle = time.Second
)

// lane is the way out to one platform.
type lane struct {
	platform Platform
	limits   Limits
	pace     *rate.Limiter
	slots    chan struct{}
	poked    chan struct{}
	ended    atomic.Bool

	mu     sync.Mutex
	paused time.Time // the platform asked for silence until then
}

func newLane(p Platform) *lane {
	limits := p.Limits()
	pace := rate.NewLimiter(rate.Inf, 1)
	if limits.PerSecond > 0 {
		pace = rate.NewLimiter(rate.Limit(limits.PerSecond), max(limits.Burst, 1))
	}
	return &lane{platform: p, limits: limits, pace: pace, slots: make(chan struct{}, max(limits.Parallel, 1)), poked: make(chan struct{}, 1)}
}

// deliver says what is queued for a lane, replies first and inside the
// platform's limits, until ctx is done; then it waits for what is in flight.
func (b *Bot) deliver(ctx context.Context, l *lane) {
	var flying sync.WaitGroup
	defer flying.Wait()
	for ctx.Err() == nil {
		if !l.rest(ctx, time.Now()) {
			return
		}
		messages, err := b.store.Claim(ctx, l.platform.Name(), time.Now(), hold, l.room())
		if err != nil && ctx.Err() == nil {
			b.log.Error("claim messages; tried again soon", "platform", l.platform.Name(), "error", err)
		}
		for _, m := range messages {
			l.take(ctx, m)
			flying.Go(func() {
				defer func() { <-l.slots; l.wakeUp() }()
				b.send(ctx, l, m)
			})
		}
		if len(messages) == 0 {
			l.wait(ctx, idle)
		}
	}
}

// room is how many messages to claim now: as many as slots and pace allow, and
// at least one, so that a message outside the pace is never kept waiting by it.
func (l *lane) room() int {
	slots := cap(l.slots) - len(l.slots)
	if l.limits.PerSecond <= 0 {
		return slots
	}
	return min(slots, max(1, int(l.pace.Tokens())))
}

// take waits for the pace and a slot. A message that ctx cuts off is sent all the same: it was claimed.
func (l *lane) take(ctx context.Context, m Message) {
	if l.limits.Free == nil || !l.limits.Free(m) {
		_ = l.pace.Wait(ctx) // fails only when ctx ends
	}
	l.slots <- struct{}{}
}

// rest waits until the platform's silence is over and a slot is free; false if ctx ended first.
func (l *lane) rest(ctx context.Context, now time.Time) bool {
	l.mu.Lock()
	pause := l.paused.Sub(now)
	l.mu.Unlock()
	if pause > 0 {
		sleep(ctx, pause)
	}
	for len(l.slots) == cap(l.slots) && ctx.Err() == nil {
		l.wait(ctx, idle)
	}
	return ctx.Err() == nil
}

// pause keeps the whole lane silent until a time.
func (l *lane) pause(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.paused) {
		l.paused = until
	}
}

// wait returns when there may be something to say, or after a time.
func (l *lane) wait(ctx context.Context, most time.Duration) {
	timer := time.NewTimer(most)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-l.poked:
	case <-timer.C:
	}
}

func (l *lane) wakeUp() {
	select {
	case l.poked <- struct{}{}:
	default:
	}
}

func sleep(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
