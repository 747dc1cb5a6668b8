package bot_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
	"legcoach/coach/coachtest"
	"legcoach/store"
	"legcoach/store/bolt"
	"legcoach/store/memory"
)

// lived is a bot with the real coach that runs, stops and runs again, in virtual time.
type lived struct {
	*testing.T
	*bottest.Fake
	store kept
	coach *coach.Coach
}

// kept is a store with everything that a bot may ask of one.
type kept interface {
	store.Store
	store.Keeper
	store.Notes
}

// live plays in a bubble whose clock begins on Saturday 1 January 2000 at 00:00 UTC, 13:00 in Auckland.
func live(t *testing.T, play func(l *lived)) {
	t.Helper()
	zone, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	c := coachtest.New(t, zone) // outside the bubble: it is kept
	synctest.Test(t, func(t *testing.T) {
		play(&lived{t, bottest.NewFake("fake", bot.Limits{Parallel: 4}), memory.New(), c})
	})
}

// run runs a bot for a time.
func (l *lived) run(d time.Duration, does ...string) {
	l.Helper()
	b := bot.New(l.coach, l.store, slog.New(slog.NewTextHandler(l.Output(), nil)), l.Fake)
	ctx, cancel := context.WithCancel(l.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	settle(time.Second)
	for _, text := range does {
		l.Say(text)
		settle(time.Second)
	}
	settle(d)
	cancel()
	if err := <-ended; err != nil {
		l.Error(err)
	}
}

func (l *lived) runner() coach.Runner {
	l.Helper()
	r, _, err := l.store.Load(l.Context(), l.ID())
	if err != nil {
		l.Fatal(err)
	}
	return r
}

// reminders are the keys of the reminders that were seen.
func (l *lived) reminders() (keys []string) {
	for _, shown := range l.Seen() {
		if shown.Line.Nudge != "" {
			keys = append(keys, shown.Line.Key)
		}
	}
	return keys
}

// TestAwayBetweenTwoWakes says that the coach hears of a night in which the bot
// was down and nobody was to be woken: the day of which it was the end stays open.
func TestAwayBetweenTwoWakes(t *testing.T) {
	live(t, func(l *lived) {
		l.run(time.Minute, "/start clear", "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest")
		days := l.runner().Days
		monday := days.Today(time.Now()) + 2
		settle(time.Until(time.Date(2000, 1, 4, 6, 0, 0, 0, time.UTC))) // Tuesday 19:00
		l.run(time.Minute, "/ok")
		settle(time.Until(time.Date(2000, 1, 4, 20, 0, 0, 0, time.UTC))) // Wednesday 09:00; Monday ended at 04:00
		l.run(time.Minute, "/ok")
		if got := string(l.coach.State(l.runner(), time.Now()).Days[monday]); got != "GRACE" {
			l.Errorf("Monday is %s, want GRACE", got)
		}
	})
}

// TestClockThatWasAhead says that nobody sleeps until the time that a wrong clock told.
func TestClockThatWasAhead(t *testing.T) {
	live(t, func(l *lived) {
		l.run(time.Minute, "/remind easy daily 14:00") // in an hour
		ahead := time.Now().AddDate(1, 0, 0)
		for range 3 { // the clock is a year ahead, and everybody is woken
			_, err := l.store.Update(l.Context(), l.ID(), "", ahead, func(r coach.Runner) (coach.Runner, []coach.Line) {
				r, _ = l.coach.Step(r, coach.Woke{}, ahead)
				return r, nil
			})
			if err != nil {
				l.Fatal(err)
			}
		}
		if err := l.store.SetNote(l.Context(), "bot/pulse", fmt.Appendf(nil, `{"beat":%q}`, ahead.Format(time.RFC3339))); err != nil {
			l.Fatal(err)
		}
		if r := l.runner(); r.Wake.Before(ahead) {
			l.Fatalf("it wakes at %v", r.Wake)
		}
		l.run(2 * time.Hour) // and is put right
		if got, want := fmt.Sprint(l.reminders()), "[2000-01-01/easy]"; got != want {
			l.Errorf("reminded of %s, want %s; it wakes at %v", got, want, l.runner().Wake)
		}
	})
}

// TestRestoredFromACopy says that what was said after the copy was made is not said
// again, that what came due while nobody was there is, and that the pulse tells the two apart.
func TestRestoredFromACopy(t *testing.T) {
	live(t, func(l *lived) {
		l.run(59*time.Minute-10*time.Second, "/remind easy daily 14:00", "/remind strength daily 16:30") // a minute before the first
		copied, _, err := l.store.Load(l.Context(), l.ID())
		if err != nil {
			l.Fatal(err)
		}
		note, err := l.store.Note(l.Context(), "bot/pulse")
		if err != nil {
			l.Fatal(err)
		}
		l.run(30 * time.Minute) // it is said
		l.restore(copied, note)
		settle(2*time.Hour + 30*time.Minute) // the second comes due while nobody is there
		if told, err := bot.Absences(l.Context(), l.store, time.Now()); err != nil || told.Lost.To.IsZero() || len(told.Away) != 1 {
			l.Errorf("beforehand it is told of %+v, %v", told, err)
		}
		l.run(5 * time.Minute)
		if got, want := fmt.Sprint(l.reminders()), "[2000-01-01/easy 2000-01-01/strength]"; got != want {
			l.Errorf("reminded of %s, want %s", got, want)
		}
		if last := l.Seen()[len(l.Seen())-1].Line.Text; !strings.Contains(last, "offline") {
			l.Errorf("the late one says %q", last)
		}
		for _, d := range l.runner().Told.Drops {
			if d.Kind == "easy" && d.Why != "restored" {
				l.Errorf("the first was dropped as %q", d.Why)
			}
		}
	})
}

// restore puts back a runner and the pulse of an earlier time.
func (l *lived) restore(r coach.Runner, pulse []byte) {
	l.Helper()
	_, err := l.store.Update(l.Context(), r.ID, "", time.Now(), func(coach.Runner) (coach.Runner, []coach.Line) { return r, nil })
	if err == nil {
		err = l.store.SetNote(l.Context(), "bot/pulse", pulse)
	}
	if err == nil {
		err = bot.Restored(l.Context(), store.Notes(l.store), time.Now())
	}
	if err != nil {
		l.Fatal(err)
	}
}

// TestACopyPutInPlaceByHand says that a file which is put in place of the store,
// without the restore command, says nothing again that was said after it was copied: neither
// reminders nor what was queued in it. What came due while nobody was there is caught up on.
func TestACopyPutInPlaceByHand(t *testing.T) {
	live(t, func(l *lived) {
		path := filepath.Join(t.TempDir(), "legs.db")
		l.open(path)
		l.run(30*time.Minute, "/remind easy daily 14:00", "/remind strength daily 16:30")
		_, err := l.store.Update(l.Context(), l.ID(), "", time.Now(), func(r coach.Runner) (coach.Runner, []coach.Line) {
			return r, []coach.Line{{Text: "a reply that waits"}}
		})
		if err != nil {
			t.Fatal(err)
		}
		l.close()
		copied := read(t, path)
		l.open(path)
		l.run(45 * time.Minute) // the reply and the first reminder are said
		l.close()
		if err := errors.Join(os.Remove(path), os.WriteFile(path, copied, 0o600)); err != nil {
			t.Fatal(err)
		}
		settle(2*time.Hour + 15*time.Minute) // the second comes due while nobody is there
		l.open(path)
		if told, err := bot.Absences(l.Context(), l.store, time.Now()); err != nil || told.Lost.To.Sub(told.Lost.From) < 45*time.Minute || len(told.Away) != 1 {
			t.Errorf("beforehand it is told of %+v, %v", told, err)
		}
		l.run(5 * time.Minute)
		l.close()
		if got, want := fmt.Sprint(l.reminders()), "[2000-01-01/easy 2000-01-01/strength]"; got != want {
			t.Errorf("reminded of %s, want %s", got, want)
		}
		replies := 0
		for _, shown := range l.Seen() {
			if shown.Line.Text == "a reply that waits" {
				replies++
			}
		}
		if replies != 1 {
			t.Errorf("the reply was said %d times", replies)
		}
	})
}

// open has the runner's store be the file at path.
func (l *lived) open(path string) {
	l.Helper()
	s, err := bolt.Open(path, bolt.Options{Log: slog.New(slog.DiscardHandler), MapSize: 1 << 24})
	if err != nil {
		l.Fatal(err)
	}
	l.store = s
}

func (l *lived) close() {
	l.Helper()
	if err := l.store.Close(); err != nil {
		l.Fatal(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
