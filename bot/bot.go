package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/robfig/cron/v3"
	"golang.org/x/sync/errgroup"

	"legcoach/coach"
	"legcoach/store"
)

// Coach decides what becomes of a runner; *coach.Coach does.
type Coach interface {
	// Step is pure: callers may repeat it and discard a result.
	Step(r coach.Runner, e coach.Event, now time.Time) (coach.Runner, []coach.Line)
	// Sorry is what to say when a step went wrong and nothing was saved.
	Sorry(e coach.Event) []coach.Line
	// Unwanted says why a line is not to be said any more just before it would be; empty if it is. It is pure.
	Unwanted(r coach.Runner, l coach.Line, now time.Time) string
}

// Bot hears, wakes and delivers.
type Bot struct {
	coach Coach
	store store.Store
	lanes map[string]*lane
	log   *slog.Logger
	count *Counters

	asleep   asleep
	troubled complaint // finding the due
	blocked  complaint // waking any
	unread   complaint // looking at a runner before a message

	pulse     pulse
	pulseless complaint // keeping the pulse
	rewaking  sync.WaitGroup
}

// New returns a bot that speaks on the platforms.
func New(c Coach, s store.Store, log *slog.Logger, platforms ...Platform) *Bot {
	b := &Bot{coach: c, store: s, lanes: map[string]*lane{}, log: log, count: newCounters()}
	for _, p := range platforms {
		b.lanes[p.Name()] = newLane(p)
	}
	return b
}

// Counters are the bot's numbers, for whoever shows them.
func (b *Bot) Counters() *Counters { return b.count }

const (
	// tick is how often the due are woken: far inside the minute that a reminder promises.
	tick = time.Second
	// drain is how long messages in flight may take once the bot is told to stop.
	drain = 8 * time.Second
)

// Run listens, wakes and delivers until ctx is done, and returns nil then. A
// platform that cannot go on is given up with an error in the log while the
// others are served; when none is left, Run returns what ended them.
func (b *Bot) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()

	b.here(ctx, time.Now())
	defer b.rewaking.Wait()
	ticks := cron.New(cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger), cron.Recover(cronLog{b.log})))
	ticks.Schedule(cron.Every(tick), cron.FuncJob(func() { b.Wake(ctx, time.Now()) }))
	ticks.Schedule(cron.Every(tick), cron.FuncJob(func() { b.here(ctx, time.Now()) }))
	ticks.Start()
	defer func() { <-ticks.Stop().Done() }()

	var out sync.WaitGroup
	for _, l := range b.lanes {
		out.Go(func() { b.deliver(ctx, l) })
	}
	defer out.Wait()
	defer stop()
	return b.listen(ctx)
}

// listen returns when ctx is done or the last platform has given up.
func (b *Bot) listen(ctx context.Context) error {
	var mu sync.Mutex
	var ended []error
	var in errgroup.Group
	for name, l := range b.lanes {
		in.Go(func() error {
			err := l.platform.Listen(ctx, b.Hear)
			if err == nil || ctx.Err() != nil {
				return nil
			}
			b.log.Error("a platform cannot go on", "platform", name, "error", err)
			l.ended.Store(true)
			mu.Lock()
			defer mu.Unlock()
			ended = append(ended, fmt.Errorf("listen on %s: %w", name, err))
			return nil
		})
	}
	_ = in.Wait() // every error is in ended
	return errors.Join(ended...)
}

// Listening reports, by platform, whether it is still listened to.
func (b *Bot) Listening() map[string]bool {
	up := map[string]bool{}
	for name, l := range b.lanes {
		ready, known := l.platform.(interface{ Ready() bool })
		up[name] = !l.ended.Load() && (!known || ready.Ready())
	}
	return up
}

// cronLog passes what cron has to say about a panicking tick on to slog.
type cronLog struct{ *slog.Logger }

func (l cronLog) Info(string, ...any) {}
func (l cronLog) Error(err error, msg string, pairs ...any) {
	l.Logger.Error("tick", append(pairs, "what", msg, "error", err)...)
}
