package bolt

import (
	"context"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/robfig/cron/v3"
	bolt "go.etcd.io/bbolt"

	"legcoach/coach"
	"legcoach/store"
)

// What the store is for, measured. The README names the command:
//
//	go test ./store/bolt -run '^$' -bench . -benchtime 5x

var start = time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)

func runnerID(i int) coach.ID { return coach.ID(fmt.Sprintf("telegram/%09d", i)) }

// seeded opens a store of n runners of which the first due have a wake before start.
func seeded(b testing.TB, n, due int) *Store {
	b.Helper()
	s, err := Open(filepath.Join(b.TempDir(), "legcoach.db"), Options{Fatal: func(err error) { b.Error(err) }})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := s.Close(); err != nil {
			b.Error(err)
		}
	})
	seed(b, s, n, due)
	return s
}

// seed writes runners in large transactions without a sync each, to be quick about it.
func seed(b testing.TB, s *Store, n, due int) {
	b.Helper()
	s.db.NoSync = true
	const perTx = 50_000
	for from := 0; from < n; from += perTx {
		err := s.do(context.Background(), true, func(t *tx) error {
			for i := from; i < min(from+perTx, n); i++ {
				wake := start.Add(time.Duration(i*7919%86400) * time.Second).Add(time.Hour)
				if i*9973%n < due {
					wake = start.Add(-time.Duration(i) * time.Millisecond)
				}
				u := &update{at: runnerID(i), now: start, step: func(coach.Runner) (coach.Runner, []coach.Line) {
					return coach.Runner{ID: runnerID(i), Since: start, Wake: wake}, nil
				}}
				if _, err := u.apply(t, &plan{}); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	s.db.NoSync = false
	if err := s.db.Sync(); err != nil {
		b.Fatal(err)
	}
}

// message is the update that is measured: of one of n runners, with a cause, a
// wake that moves and one reply of 300 bytes.
func message(n int, i int64) *update {
	at := runnerID(rand.IntN(n))
	return &update{at: at, cause: fmt.Sprintf("telegram/%09d", i), now: start, step: func(r coach.Runner) (coach.Runner, []coach.Line) {
		r.ID, r.Wake = at, start.Add(time.Duration(i)*time.Second)
		return r, []coach.Line{{Text: strings.Repeat("legs ", 60)}}
	}}
}

// ways are the ways to commit the same update.
var ways = []struct {
	name string
	run  func(s *Store, u *update) error
}{
	{"store", func(s *Store, u *update) error {
		_, err := s.Update(context.Background(), u.at, u.cause, u.now, u.step)
		return err
	}},
	{"update", func(s *Store, u *update) error {
		return s.db.Update(func(t *bolt.Tx) error { _, err := u.apply(newTx(t), &plan{}); return err })
	}},
	{"batch", func(s *Store, u *update) error {
		return s.db.Batch(func(t *bolt.Tx) error { _, err := u.apply(newTx(t), &plan{}); return err })
	}},
}

// BenchmarkUpdate commits updates through the store, through db.Update and through
// db.Batch with its defaults, in short turns, and compares the medians of their rates.
func BenchmarkUpdate(b *testing.B) {
	const runners = 20_000
	for _, callers := range []int{1, 16, 256} {
		turn := 400 * time.Millisecond // long enough to forget how a crowd begins and ends
		if callers == 1 {
			turn = 10 * time.Millisecond // many turns, for rates that differ by less than the disk does
		}
		b.Run(fmt.Sprintf("callers=%d", callers), func(b *testing.B) {
			var stores []*Store
			for range ways {
				stores = append(stores, seeded(b, runners, 0))
			}
			var next atomic.Int64
			rates := make([][]float64, len(ways))
			b.ResetTimer()
			for range b.N {
				for i, way := range ways {
					rates[i] = append(rates[i], drive(b, callers, turn, func() error {
						return way.run(stores[i], message(runners, next.Add(1)))
					}))
				}
			}
			for i, way := range ways {
				b.ReportMetric(median(rates[i]), way.name+"/s")
			}
			b.ReportMetric(median(rates[0])/median(rates[1]), "x-update")
			b.ReportMetric(median(rates[0])/median(rates[2]), "x-batch")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func median(all []float64) float64 {
	slices.Sort(all)
	return all[len(all)/2]
}

// drive has callers call run for a time and returns how often they did, per second.
func drive(b testing.TB, callers int, long time.Duration, run func() error) float64 {
	var n atomic.Int64
	var wg sync.WaitGroup
	from := time.Now()
	for range callers {
		wg.Go(func() {
			for time.Since(from) < long {
				if err := run(); err != nil {
					b.Error(err)
					return
				}
				n.Add(1)
			}
		})
	}
	wg.Wait()
	return float64(n.Load()) / time.Since(from).Seconds()
}

// sizes are the stores to find the due in; a million runners are written once, in some 20 s.
func sizes(b *testing.B) []int {
	if testing.Short() {
		return []int{10_000, 100_000}
	}
	return []int{10_000, 100_000, 1_000_000}
}

// BenchmarkDue finds the same 1,000 due among more and more runners, in turns, and
// compares with the smallest store. It also tells what a runner takes on disk, and how long opening takes.
func BenchmarkDue(b *testing.B) {
	const due = 1000
	var stores []*Store
	for _, n := range sizes(b) {
		stores = append(stores, seeded(b, n, due))
	}
	took := make([][]float64, len(stores))
	b.ResetTimer()
	for range b.N {
		for i, s := range stores {
			from := time.Now()
			got, err := s.Due(context.Background(), start, 2*due)
			took[i] = append(took[i], float64(time.Since(from).Microseconds()))
			if err != nil || len(got) != due {
				b.Fatalf("%d due, %v", len(got), err)
			}
		}
	}
	for i, n := range sizes(b) {
		b.ReportMetric(median(took[i]), fmt.Sprintf("µs@%d", n))
		b.ReportMetric(median(took[i])/median(took[0]), fmt.Sprintf("x@%d", n))
		b.ReportMetric(bytesPerRunner(b, stores[i]), fmt.Sprintf("B/runner@%d", n))
		b.ReportMetric(float64(reopen(b, stores[i]).Milliseconds()), fmt.Sprintf("ms-open@%d", n))
	}
	b.ReportMetric(0, "ns/op")
}

func bytesPerRunner(b testing.TB, s *Store) float64 {
	c, err := s.Count(context.Background())
	if err != nil {
		b.Fatal(err)
	}
	return float64(c.Bytes) / float64(c.Runners)
}

// reopen closes s, and returns how long it takes to open its file again.
func reopen(b testing.TB, s *Store) time.Duration {
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	from := time.Now()
	again, err := Open(s.path, Options{})
	took := time.Since(from)
	if err != nil {
		b.Fatal(err)
	}
	if err := again.Close(); err != nil {
		b.Fatal(err)
	}
	return took
}

// never is a schedule of cron that is never due.
type never struct{}

func (never) Next(now time.Time) time.Time { return now.AddDate(1, 0, 0) }

// BenchmarkCron keeps the same numbers of reminders as entries of robfig/cron, which is
// what the due index is there instead of: whenever one is due or added, cron sorts them all.
// What is measured is one such pass: an addition and the wait until cron listens again.
func BenchmarkCron(b *testing.B) {
	for _, n := range sizes(b) {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			c := cron.New()
			for range n {
				c.Schedule(never{}, cron.FuncJob(func() {}))
			}
			c.Start()
			defer c.Stop()
			c.Remove(0)
			b.ResetTimer()
			for range b.N {
				c.Schedule(never{}, cron.FuncJob(func() {}))
				c.Remove(0) // accepted when the pass is over
			}
		})
	}
}

// BenchmarkClaim claims and finishes 100 messages while 100,000 wait, those of one address
// number 10,000, and 10,000 others are claimed; beside it the same with nothing else queued.
func BenchmarkClaim(b *testing.B) {
	small, large := seeded(b, 1, 0), seeded(b, 1, 0)
	ctx := context.Background()
	crowd(b, large)
	var took [2][]float64
	b.ResetTimer()
	for range b.N {
		for i, s := range []*Store{small, large} {
			refill(b, s, 100)
			from := time.Now()
			got, err := s.Claim(ctx, "telegram", start, time.Hour, 100)
			took[i] = append(took[i], float64(time.Since(from).Microseconds()))
			if err != nil || len(got) != 100 {
				b.Fatalf("%d messages, %v", len(got), err)
			}
			drain(b, s, got)
		}
	}
	b.ReportMetric(median(took[0]), "µs@100")
	b.ReportMetric(median(took[1]), "µs@120000")
	b.ReportMetric(median(took[1])/median(took[0]), "x@120000")
	b.ReportMetric(0, "ns/op")
}

// crowd fills a queue: 10,000 addresses claimed, 100,000 nudges waiting, 10,000 lines for one address.
func crowd(b testing.TB, s *Store) {
	b.Helper()
	for range 10 {
		refill(b, s, 1000)
		if _, err := s.Claim(context.Background(), "telegram", start, time.Hour, 1000); err != nil {
			b.Fatal(err)
		}
	}
	queue(b, s, 100_000, func(i int) coach.Line { return coach.Line{To: runnerID(1_000_000 + i), Text: "nudge", Unasked: true} })
	queue(b, s, 10_000, func(int) coach.Line { return coach.Line{To: "telegram/one", Text: "nudge", Unasked: true} })
}

var refilled atomic.Int64

// refill queues replies for n addresses that have none.
func refill(b testing.TB, s *Store, n int) {
	b.Helper()
	from := int(refilled.Add(int64(n)))
	queue(b, s, n, func(i int) coach.Line { return coach.Line{To: runnerID(10_000_000 + from + i), Text: "reply"} })
}

// queue queues n lines in one transaction.
func queue(b testing.TB, s *Store, n int, line func(i int) coach.Line) {
	b.Helper()
	_, err := s.Update(context.Background(), runnerID(0), "", start, func(r coach.Runner) (coach.Runner, []coach.Line) {
		var lines []coach.Line
		for i := range n {
			lines = append(lines, line(i))
		}
		return r, lines
	})
	if err != nil {
		b.Fatal(err)
	}
}

// drain finishes messages together.
func drain(b testing.TB, s *Store, all []store.Message) {
	var wg sync.WaitGroup
	for _, m := range all {
		wg.Go(func() {
			if err := s.Done(context.Background(), m, ""); err != nil {
				b.Error(err)
			}
		})
	}
	wg.Wait()
}
