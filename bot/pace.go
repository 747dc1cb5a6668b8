package bot

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace keeps a lane inside its platform's limit. The rate spreads messages
// evenly, a little faster than the limit so that what was late is made up for. The window makes the limit hold at the platform's end too, whatever
// the network and this machine do to the gaps between them: with a limit of 30 a
// second, no message arrives before the 30th before it has been there for a second.
type pace struct {
	rate   *rate.Limiter
	window chan struct{} // one for each message of the last second

	mu      sync.Mutex
	nearest time.Duration // the quickest answer lately
}

// catchUp is how much faster than the limit the rate is.
const catchUp = 1.1

// newPace returns the pace of limits; nil if there is none to keep.
func newPace(l Limits) *pace {
	if l.PerSecond <= 0 {
		return nil
	}
	return &pace{rate: rate.NewLimiter(rate.Limit(l.PerSecond*catchUp), max(l.Burst, 1)), window: make(chan struct{}, max(int(l.PerSecond), 1))}
}

// room is how many messages may set out now.
func (p *pace) room() int {
	return min(cap(p.window)-len(p.window), max(0, int(p.rate.Tokens())))
}

// ready waits until a message may set out, without taking its place.
func (p *pace) ready(ctx context.Context) {
	for ctx.Err() == nil && p.room() == 0 {
		missing := 1 - p.rate.Tokens()
		Sleep(ctx, time.Duration(missing/float64(p.rate.Limit())*float64(time.Second))+time.Microsecond)
		select {
		case p.window <- struct{}{}:
			<-p.window
		case <-ctx.Done():
		}
	}
}

// unanswered is after how long a message counts as having reached its platform, answered or not.
const unanswered = time.Second

// take waits for a message's place, and takes it. The caller calls answered when
// its platform has answered. A message that ctx cuts off sets out all the same.
func (p *pace) take(ctx context.Context) (answered func()) {
	if p == nil {
		return func() {}
	}
	_ = p.rate.Wait(ctx) // fails only when ctx ends
	select {
	case p.window <- struct{}{}:
	case <-ctx.Done():
		return func() {}
	}
	began := time.Now()
	var once sync.Once
	leave := func() { once.Do(func() { <-p.window }) }
	time.AfterFunc(unanswered+time.Second, leave)
	return func() { time.AfterFunc(time.Second-p.travel(time.Since(began)), leave) }
}

// travel is how much of a second has surely passed, at the platform's end, between
// the answer to one message and the arrival of another that sets out now: both
// ways of the quickest journey lately, half of it to be sure.
func (p *pace) travel(took time.Duration) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.nearest == 0 || took < p.nearest {
		p.nearest = took
	}
	p.nearest += (took - p.nearest) / 64 // the way may have become longer
	return min(p.nearest/2, time.Second/4)
}
