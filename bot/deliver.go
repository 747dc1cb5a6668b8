package bot

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// hold is how long a claimed message may take, retries in doubt included.
	hold = 2 * time.Minute
	// idle is how long a lane with nothing to say waits to look again by itself.
	idle = time.Second
	// failing is how many failures in a row, of different messages, mean that it
	// is the platform that fails; tired is the longest pause it is then given.
	failing, tired = 4, 10 * time.Second
)

// lane is the way out to one platform.
type lane struct {
	platform Platform
	limits   Limits
	pace     *pace
	slots    chan struct{}
	poked    chan struct{}
	ended    atomic.Bool

	mu     sync.Mutex
	paused time.Time // silent until then
	failed int       // messages in a row that could not be said
	last   uint64    // the latest of them
}

func newLane(p Platform) *lane {
	limits := p.Limits()
	return &lane{platform: p, limits: limits, pace: newPace(limits), slots: make(chan struct{}, max(limits.Parallel, 1)), poked: make(chan struct{}, 1)}
}

// deliver says what is queued for a lane, replies first and inside the
// platform's limits, until ctx is done; then it waits for what is in flight.
// Nothing is claimed before it can be said, so that replies never wait behind
// what was claimed earlier, and a crash leaves no more in doubt than what is in flight.
func (b *Bot) deliver(ctx context.Context, l *lane) {
	var flying sync.WaitGroup
	defer flying.Wait()
	var complaint complaint
	for l.rest(ctx) {
		messages, err := b.store.Claim(ctx, l.platform.Name(), time.Now(), hold, l.room())
		if ctx.Err() == nil && complaint.new(err) {
			b.log.Error("claim messages; tried again each second", "platform", l.platform.Name(), "error", err)
		}
		for _, m := range messages {
			why := b.unfit(ctx, l, m, time.Now())
			answered := l.take(ctx, m, why == "")
			flying.Go(func() {
				defer func() { <-l.slots; l.wakeUp() }()
				b.send(ctx, l, m, why, answered)
			})
		}
		if len(messages) == 0 {
			l.wait(ctx, idle)
		}
	}
}

// rest waits until there is a slot, the pace allows a message and nobody asked
// for silence; false if ctx ended first.
func (l *lane) rest(ctx context.Context) bool {
	Sleep(ctx, l.silence(time.Now()))
	for len(l.slots) == cap(l.slots) && ctx.Err() == nil {
		l.wait(ctx, idle)
	}
	if l.pace != nil && l.limits.Free == nil {
		l.pace.ready(ctx)
	}
	return ctx.Err() == nil
}

// room is how many messages to claim now: as many as slots and pace allow. It is
// at least one, for that one may be outside the pace.
func (l *lane) room() int {
	slots := cap(l.slots) - len(l.slots)
	if l.pace == nil {
		return slots
	}
	return min(slots, max(1, l.pace.room()))
}

// take waits for a slot and, unless the message will not be said or its platform
// does not count it, for the pace. A message that ctx cuts off is sent all the same: it was claimed.
func (l *lane) take(ctx context.Context, m Message, fit bool) (answered func()) {
	l.slots <- struct{}{}
	if !fit || l.limits.Free != nil && l.limits.Free(m) {
		return func() {}
	}
	return l.pace.take(ctx)
}

// silence is how long nothing may be said.
func (l *lane) silence(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return max(0, l.paused.Sub(now))
}

// pause keeps the whole lane silent until a time.
func (l *lane) pause(until time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if until.After(l.paused) {
		l.paused = until
	}
}

// went notes whether the platform took a message, and gives it a pause if it
// takes none any more: a queue of many would fail one by one otherwise.
func (l *lane) went(m Message, well bool, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if well {
		l.failed, l.last = 0, 0
	} else if m.Seq != l.last {
		l.failed, l.last = l.failed+1, m.Seq
	}
	if !well && l.failed >= failing {
		until := now.Add(min(tired, time.Second<<min(l.failed-failing, 10)))
		if until.After(l.paused) {
			l.paused = until
		}
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

// Sleep returns after a time, or at once when ctx ends; a time that is not positive is none.
func Sleep(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
