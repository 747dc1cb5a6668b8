package bot

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// pace keeps a lane inside its platform's limit. The rate spreads messages
// evenly. The window makes the limit hold at the platform's end too, whatever
// the network and this machine do to the gaps between them: with a limit of 30 a
// second, no message sets out before the 30th before it was answered a second ago.
type pace struct {
	rate   *rate.Limiter
	window chan struct{} // one for each message of the last second
}

// newPace returns the pace of limits; nil if there is none to keep.
func newPace(l Limits) *pace {
	if l.PerSecond <= 0 {
		return nil
	}
	return &pace{rate: rate.NewLimiter(rate.Limit(l.PerSecond), max(l.Burst, 1)), window: make(chan struct{}, max(int(l.PerSecond), 1))}
}

// room is how many messages may set out now.
func (p *pace) room() int {
	return min(cap(p.window)-len(p.window), max(0, int(p.rate.Tokens())))
}

// ready waits until a message may set out, without taking its place.
func (p *pace) ready(ctx context.Context) {
	for ctx.Err() == nil && p.room() == 0 {
		missing := 1 - p.rate.Tokens()
		sleep(ctx, time.Duration(missing/float64(p.rate.Limit())*float64(time.Second))+time.Microsecond)
		select {
		case p.window <- struct{}{}:
			<-p.window
		case <-ctx.Done():
		}
	}
}

const (
	// second is the time over which platforms count.
	second = time.Second
	// unanswered is after how long a message counts as having reached its platform, answered or not.
	unanswered = time.Second
)

// take waits for a message's place, and takes it. The caller calls answered when
// its platform has answered. A message that ctx cuts off takes its place all the same.
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
	var once sync.Once
	leave := func() { once.Do(func() { <-p.window }) }
	time.AfterFunc(unanswered+second, leave)
	return func() { time.AfterFunc(second, leave) }
}
