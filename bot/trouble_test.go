package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"go.etcd.io/bbolt"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
	"legcoach/store"
	"legcoach/store/bolt"
	"legcoach/store/memory"
)

// spoilt is a store in which some runners cannot be updated.
type spoilt struct {
	*memory.Store
	tried map[coach.ID]int
}

func (s *spoilt) Update(ctx context.Context, at coach.ID, cause string, now time.Time, step store.Step) (bool, error) {
	if strings.Contains(string(at), "spoilt") {
		s.tried[at]++
		return false, errors.New("a record is damaged")
	}
	return s.Store.Update(ctx, at, cause, now, step)
}

// wakes makes a runner that is due at a time.
func wakes(t *testing.T, s store.Store, id coach.ID, at time.Time) {
	t.Helper()
	_, err := s.Update(t.Context(), id, "", at, func(r coach.Runner) (coach.Runner, []coach.Line) {
		r.ID, r.Since, r.Wake = id, at, at
		return r, nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestWakeAmongSpoilt says that runners who cannot be woken keep nobody from
// being woken, however many they are, and are tried less and less often.
func TestWakeAmongSpoilt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const many = 1100
		s := &spoilt{memory.New(), map[coach.ID]int{}}
		now := time.Now()
		for i := range many { // longest due, so they come first
			wakes(t, s.Store, coach.ID(fmt.Sprintf("fake/spoilt%d", i)), now.Add(-time.Hour))
		}
		wakes(t, s.Store, "fake/1", now)
		var log strings.Builder
		b := bot.New(promise{time.Hour}, oneByOne{s}, slog.New(slog.NewTextHandler(&log, nil)), bottest.NewFake("fake", bot.Limits{Parallel: 1}))
		for after := time.Duration(0); after < 10*time.Minute; after += time.Second + after/4 {
			b.Wake(t.Context(), now.Add(after))
			if r, _, _ := s.Load(t.Context(), "fake/1"); after > time.Second && !r.Wake.IsZero() {
				t.Error("who was due after them was not woken")
			}
		}
		if n := s.tried["fake/spoilt7"]; n < 4 || n > 12 {
			t.Errorf("one of them was tried %d times in ten minutes", n)
		}
		if n := strings.Count(log.String(), "\n"); n > 12*many {
			t.Errorf("%d lines in the log", n)
		}
	})
}

// oneByOne lets a test's store be used without locks of its own.
type oneByOne struct{ *spoilt }

var turn = make(chan struct{}, 1)

func (s oneByOne) Update(ctx context.Context, at coach.ID, cause string, now time.Time, step store.Step) (bool, error) {
	turn <- struct{}{}
	defer func() { <-turn }()
	return s.spoilt.Update(ctx, at, cause, now, step)
}

// TestWakeWhenClockJumps says that a clock that jumps wakes nobody twice or never.
func TestWakeWhenClockJumps(t *testing.T) {
	s := memory.New()
	now := time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)
	b := bot.New(parrot{}, s, slog.New(slog.DiscardHandler), bottest.NewFake("fake", bot.Limits{Parallel: 1}))
	wakes(t, s, "fake/1", now)
	queued := func(want int64) {
		t.Helper()
		if c, err := s.Count(t.Context()); err != nil || c.Queued != want {
			t.Errorf("%d lines are queued, %v; want %d", c.Queued, err, want)
		}
	}
	for _, step := range []struct {
		by   time.Duration
		want int64
	}{
		{-time.Hour, 0}, {-365 * 24 * time.Hour, 0}, {0, 1}, {0, 1}, {-time.Hour, 1}, {24 * time.Hour, 2}, {23 * time.Hour, 2}, {0, 2},
	} {
		b.Wake(t.Context(), now.Add(step.by))
		queued(step.want)
	}
}

// TestOutage says that a platform which takes nothing for ten minutes costs few
// attempts and few lines in the log, and loses nothing.
func TestOutage(t *testing.T) {
	for name, fault := range map[string]error{"unreachable": errors.New("no route to it"), "late": &bot.DelayError{After: time.Second}} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				r := run(t, bot.Limits{Parallel: 8, PerSecond: 30, Burst: 5})
				r.Fail(repeat(fault, 60)...)
				for i := range 100 {
					r.SayAs(coach.ID(fmt.Sprintf("fake/%d", i)), coach.Said{Text: "nudge"})
				}
				settle(10 * time.Minute)
				if n := len(r.texts()); n != 100 {
					t.Errorf("%d of 100 were said", n)
				}
				if n := strings.Count(r.log.String(), "\n"); n > 70 {
					t.Errorf("%d lines in the log", n)
				}
			})
		})
	}
}

func repeat(err error, n int) (all []error) {
	for range n {
		all = append(all, err)
	}
	return all
}

// TestOutageIsSpared says that a platform that fails is left alone rather than
// offered one message after another.
func TestOutageIsSpared(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := run(t, bot.Limits{Parallel: 8, PerSecond: 30, Burst: 5})
		r.Fail(repeat(errors.New("no route to it"), 100_000)...)
		for i := range 150 {
			r.SayAs(coach.ID(fmt.Sprintf("fake/%d", i)), coach.Said{Text: "nudge"})
		}
		settle(10 * time.Minute)
		if n := strings.Count(r.log.String(), "was not said"); n > 800 { // 18,000 would be the pace
			t.Errorf("%d attempts in ten minutes", n)
		}
	})
}

// TestSendPanics says that a message on which a platform panics is given up alone.
func TestSendPanics(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		fake := bottest.NewFake("fake", bot.Limits{Parallel: 2})
		s := memory.New()
		b := bot.New(parrot{}, s, slog.New(slog.DiscardHandler), &touchy{fake})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- b.Run(ctx) }()
		fake.Say("boo")
		fake.Say("hi")
		settle(time.Minute)
		if seen := fake.Seen(); len(seen) != 1 || seen[0].Line.Text != "hi 2" {
			t.Errorf("seen %+v", seen)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// touchy panics at a word.
type touchy struct{ *bottest.Fake }

func (p *touchy) Send(ctx context.Context, m bot.Message) (string, error) {
	if strings.HasPrefix(m.Line.Text, "boo") {
		panic("a mistake in the platform")
	}
	return p.Fake.Send(ctx, m)
}

// TestNonceLasts says that a message which waited long before its first attempt is
// still said once more after a crash, where the platform recognises it.
func TestNonceLasts(t *testing.T) {
	for name, test := range map[string]struct {
		after time.Duration // from the crash to the restart
		said  int
		lost  string
	}{
		"soon after": {time.Second, 1, ""},
		"too late":   {time.Hour, 0, "2026-11-24/hill unknown"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := memory.New()
				fake := bottest.NewFake("fake", bot.Limits{Parallel: 1, Exactly: true, ExactFor: 2 * time.Minute})
				b := bot.New(parrot{}, s, slog.New(slog.DiscardHandler), fake)
				if err := b.Hear(t.Context(), bot.Heard{From: "fake/1", Key: "fake/1", Event: coach.Said{Text: "nudge"}}); err != nil {
					t.Fatal(err)
				}
				time.Sleep(30 * time.Minute) // in a long queue
				if got, err := s.Claim(t.Context(), "fake", time.Now(), time.Minute, 1); err != nil || len(got) != 1 {
					t.Fatal(got, err)
				}
				s = s.Reopen() // it was killed
				time.Sleep(test.after)
				b = bot.New(parrot{}, s, slog.New(slog.DiscardHandler), fake)
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan error)
				go func() { ended <- b.Run(ctx) }()
				settle(time.Minute)
				cancel()
				<-ended
				r, _, _ := s.Load(t.Context(), "fake/1")
				if got := len(fake.Seen()); got != test.said || r.Told.Lost != test.lost {
					t.Errorf("said %d times, the coach was told %q", got, r.Told.Lost)
				}
			})
		})
	}
}

// TestDamagedRunner says that a runner whose record is damaged on disk is an error
// to whoever offers their words, and that everybody else is heard, woken and spoken to.
func TestDamagedRunner(t *testing.T) {
	path := filepath.Join(t.TempDir(), "legs.db")
	open := func() *bolt.Store {
		s, err := bolt.Open(path, bolt.Options{Log: slog.New(slog.DiscardHandler), MapSize: 1 << 24})
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := open()
	now := time.Now()
	wakes(t, s, "fake/1", now.Add(-time.Hour))
	wakes(t, s, "fake/2", now.Add(-time.Minute))
	wakes(t, s, "fake/3", now.Add(-time.Hour))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	damage(t, path, "runner", "fake/1")
	damage(t, path, "due", "fake/3")
	s = open()
	defer s.Close()
	b := bot.New(promise{time.Hour}, s, slog.New(slog.DiscardHandler), bottest.NewFake("fake", bot.Limits{Parallel: 1}))
	if err := b.Hear(t.Context(), bot.Heard{From: "fake/1", Key: "fake/1", Event: coach.Said{Text: "hi"}}); err == nil {
		t.Error("a damaged runner was heard")
	}
	if err := b.Hear(t.Context(), bot.Heard{From: "fake/4", Key: "fake/2", Event: coach.Said{Text: "hi"}}); err != nil {
		t.Error(err)
	}
	b.Wake(t.Context(), now)
	if r, _, err := s.Load(t.Context(), "fake/2"); err != nil || !r.Wake.IsZero() {
		t.Errorf("who is due beside them was not woken: %v, %v", r.Wake, err)
	}
	if got, err := s.Claim(t.Context(), "fake", now, time.Minute, 9); err != nil || len(got) != 2 {
		t.Errorf("%d messages, %v; want the reply and the reminder", len(got), err)
	}
}

// damage changes a byte of every record of a bucket whose key ends so.
func damage(t *testing.T, path, bucket, key string) {
	t.Helper()
	db, err := bbolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bbolt.Tx) error {
		b := tx.Bucket([]byte(bucket))
		return b.ForEach(func(k, v []byte) error {
			if !strings.HasSuffix(string(k), key) {
				return nil
			}
			v = append([]byte(nil), v...)
			v[len(v)-1] ^= 1
			return b.Put(k, v)
		})
	})
	if err != nil {
		t.Fatal(err)
	}
}
