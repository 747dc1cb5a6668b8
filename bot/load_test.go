package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"legcoach/bot"
	"legcoach/coach"
	"legcoach/store/bolt"
)

// TestLoad drains a crowd of reminders that are due in the same second, in
// virtual time, through platforms that count every message of every second, while
// somebody writes now and then. All of a hundred thousand takes a minute or two:
//
//	LEGCOACH_PROOF=long go test ./bot -run TestLoad -v
func TestLoad(t *testing.T) {
	for name, limits := range map[string]bot.Limits{ // as the platforms say
		"telegram": {PerSecond: 30, Burst: 6, Parallel: 32},
		"discord":  {PerSecond: 50, Burst: 8, Parallel: 24, Exactly: true, ExactFor: 2 * time.Minute, Free: func(bot.Message) bool { return false }},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { load(t, name, limits) })
		})
	}
}

// allowed is how many messages a platform takes in any second.
var allowed = map[string]int{"telegram": 30, "discord": 50}

func load(t *testing.T, name string, limits bot.Limits) {
	crowd := 900
	if os.Getenv("LEGCOACH_PROOF") == "long" {
		crowd = 100_000
	}
	life := time.Duration(float64(crowd) / limits.PerSecond * 0.8 * float64(time.Second)) // the last fifth comes too late
	s := crowded(t, name, crowd)
	defer s.Close()
	p := &strict{name: name, limits: limits, most: allowed[name], events: make(chan bot.Heard, 16)}
	b := bot.New(promise{life}, s, slog.New(slog.NewTextHandler(t.Output(), nil)), p)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	began := time.Now()
	go func() { ended <- b.Run(ctx) }()
	for time.Since(began) < life {
		time.Sleep(rand.N(2 * time.Second))
		p.say()
	}
	drained := time.Now()
	for c, err := s.Count(ctx); c.Queued > 0 && err == nil; c, err = s.Count(ctx) {
		time.Sleep(time.Second)
	}
	tail := time.Since(drained)
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	p.judge(t, crowd, life, tail)
	expired := 0
	for i := range crowd {
		r, _, err := s.Load(t.Context(), p.person(i))
		if err != nil {
			t.Fatal(err)
		}
		if r.Told.Lost == "hill expired" {
			expired++
		}
	}
	if got := expired + len(p.nudges); got != crowd {
		t.Errorf("%d were reminded and of %d it is known that they were not, of %d", len(p.nudges), expired, crowd)
	}
}

// promise is a coach that reminds whoever is woken, and answers whoever writes.
type promise struct{ life time.Duration }

func (c promise) Step(r coach.Runner, e coach.Event, now time.Time) (coach.Runner, []coach.Line) {
	r.Since = now
	switch e := e.(type) {
	case coach.Said:
		return r, []coach.Line{{Text: e.Text}}
	case coach.Woke:
		r.Wake = time.Time{}
		return r, []coach.Line{{Text: "hills today", Unasked: true, Nudge: "hill", Key: "hill", Expires: now.Add(c.life)}}
	case coach.Unsent:
		r.Told.Lost = e.Key + " " + e.Why
	}
	return r, nil
}

func (promise) Sorry(coach.Event) []coach.Line                      { return nil }
func (promise) Unwanted(coach.Runner, coach.Line, time.Time) string { return "" }

// crowded is a store of runners who are all due now. It is kept in memory where
// the system has such files, since nothing here is about the disk.
func crowded(t *testing.T, name string, n int) *bolt.Store {
	folder := t.TempDir()
	if shared, err := os.MkdirTemp("/dev/shm", "legcoach"); err == nil {
		folder = shared
		t.Cleanup(func() { _ = os.RemoveAll(shared) })
	}
	s, err := bolt.Open(folder+"/legs.db", bolt.Options{Log: slog.New(slog.DiscardHandler), MapSize: 1 << 30})
	if err != nil {
		t.Fatal(err)
	}
	p := &strict{name: name}
	now := time.Now()
	var all sync.WaitGroup
	for w := range 64 {
		all.Go(func() {
			for i := w; i < n; i += 64 {
				_, err := s.Update(t.Context(), p.person(i), "", now, func(r coach.Runner) (coach.Runner, []coach.Line) {
					r.ID, r.Since, r.Wake = p.person(i), now, now
					return r, nil
				})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	return s
}

// strict is a platform that takes no message more than its limit in any second,
// of its own clock and wherever the second begins, nor two of one chat.
type strict struct {
	name   string
	limits bot.Limits
	most   int // in any second
	events chan bot.Heard

	mu      sync.Mutex
	arrived []time.Time
	chats   map[coach.ID]time.Time
	refused int
	nudges  []uint64        // Seq, in the order in which they arrived
	first   int             // of arrived is the first reminder
	last    int             // and the last
	replies []time.Duration // from being said to being answered
	heard   int
}

func (p *strict) Name() string          { return p.name }
func (p *strict) Limits() bot.Limits    { return p.limits }
func (p *strict) person(i int) coach.ID { return coach.ID(fmt.Sprintf("%s/%d", p.name, i)) }
func (p *strict) Listen(ctx context.Context, hear func(context.Context, bot.Heard) error) error {
	for {
		select {
		case h := <-p.events:
			if err := hear(ctx, h); err != nil {
				return err
			}
		case <-ctx.Done():
			return nil
		}
	}
}

func (p *strict) say() {
	p.heard++
	text := time.Now().Format(time.RFC3339Nano)
	p.events <- bot.Heard{From: p.person(1_000_000 + p.heard), Key: fmt.Sprintf("%s/%d", p.name, p.heard), Event: coach.Said{Text: text}}
}

// Send takes a message that arrives after a while, and answers after another.
func (p *strict) Send(_ context.Context, m bot.Message) (string, error) {
	time.Sleep(time.Millisecond + rand.N(2*time.Millisecond))
	defer func() { time.Sleep(time.Millisecond + rand.N(2*time.Millisecond)) }()
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	p.arrived = append(p.arrived, now)
	if n := len(p.arrived); n > p.most && now.Sub(p.arrived[n-1-p.most]) < time.Second || now.Sub(p.chats[m.To]) < time.Second {
		p.refused++
		return "", &bot.DelayError{After: time.Second, All: true}
	}
	if p.chats == nil {
		p.chats = map[coach.ID]time.Time{}
	}
	p.chats[m.To] = now
	if m.Line.Unasked {
		if p.last = len(p.arrived) - 1; len(p.nudges) == 0 {
			p.first = p.last
		}
		p.nudges = append(p.nudges, m.Seq)
		return "", nil
	}
	said, err := time.Parse(time.RFC3339Nano, m.Line.Text)
	p.replies = append(p.replies, now.Sub(said))
	return "", err
}

func (p *strict) judge(t *testing.T, crowd int, life, tail time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	// Before the first reminder and after the last there are only replies, of people who write when they like.
	rate := float64(p.last-p.first) / p.arrived[p.last].Sub(p.arrived[p.first]).Seconds()
	share := 100 * rate / float64(p.most)
	slices.Sort(p.replies)
	p50, p99 := p.replies[len(p.replies)/2], p.replies[len(p.replies)*99/100]
	late := 0 // how far a reminder was overtaken by later ones
	for i, seq := range p.nudges {
		if i > 0 && seq < p.nudges[i-1] {
			late = max(late, int(p.nudges[i-1]-seq))
		}
	}
	t.Logf("%d due: %d said at %.2f a second, %.1f %% of the %d allowed; %d refused; %d replies, p50 %v, p99 %v; %d expired, given up within %v; out of order by %d at most",
		crowd, len(p.nudges), rate, share, p.most, p.refused, len(p.replies), p50, p99, crowd-len(p.nudges), tail, late)
	if share < 97 || p.refused > 0 || p99 > time.Second || late > 4*p.limits.Parallel {
		t.Error("that is not good enough")
	}
}
