package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
	"legcoach/coach/coachtest"
	"legcoach/store/memory"
)

// TestQueued says that a reminder which waits for its platform is put to the
// coach once more before it is said: in virtual time many are due in one minute
// on a platform that takes ten a minute, and the last of them do not sit still.
func TestQueued(t *testing.T) {
	zone, err := time.LoadLocation("Pacific/Auckland")
	if err != nil {
		t.Fatal(err)
	}
	c := coachtest.New(t, zone) // outside the bubble: it is kept
	synctest.Test(t, func(t *testing.T) { queued(t, c, zone) })
}

func queued(t *testing.T, c *coach.Coach, zone *time.Location) {
	const crowd, perMinute = 30, 10.0
	fake, s := bottest.NewFake("fake", bot.Limits{PerSecond: perMinute / 60, Burst: 1, Parallel: 4}), memory.New()
	b := bot.New(c, s, slog.New(slog.NewTextHandler(t.Output(), nil)), fake)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.Run(ctx) }()
	due := time.Now().Add(8 * time.Minute).In(zone) // 13:08 there
	for _, id := range people(crowd) {
		fake.SayAs(id, coach.Said{Text: "/remind easy daily " + due.Format("15:04")})
		settle(7 * time.Second) // the platform is slow for replies too
	}
	settle(time.Until(due) + 10*time.Second)
	waiting := slices.DeleteFunc(people(crowd), func(id coach.ID) bool { return reminded(fake)[id] > 0 })
	meanwhile := map[coach.ID]string{} // why a reminder must not come
	for i, said := range []struct{ text, why string }{{"did an easy run", "done"}, {"/mute", "muted"}, {"snooze 2h", "later"}, {"/streak", ""}} {
		fake.SayAs(waiting[i], coach.Said{Text: said.text})
		meanwhile[waiting[i]] = said.why
	}
	settle(10 * time.Minute)

	came := reminded(fake)
	for _, id := range people(crowd) {
		why, want := meanwhile[id], 1
		if why != "" {
			want = 0
		}
		if got := came[id]; got != want {
			t.Errorf("%s (%q meanwhile) was reminded %d times, want %d", id, why, got, want)
		}
		r, _, err := s.Load(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if why != "" && (len(r.Told.Drops) == 0 || r.Told.Drops[len(r.Told.Drops)-1].Why != why) {
			t.Errorf("%s: recorded %v, want %q", id, r.Told.Drops, why)
		}
	}
	if got, want := unsent(t, b), map[string]float64{"done": 1, "muted": 1, "later": 1}; !maps.Equal(got, want) {
		t.Errorf("counted as not sent: %v, want %v", got, want)
	}
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// people are the addresses of a crowd.
func people(n int) (all []coach.ID) {
	for i := range n {
		all = append(all, coach.ID(fmt.Sprintf("fake/%d", 100+i)))
	}
	return all
}

// reminded is how often each person saw a reminder.
func reminded(fake *bottest.Fake) map[coach.ID]int {
	came := map[coach.ID]int{}
	for _, shown := range fake.Seen() {
		if shown.Line.Nudge != "" {
			came[shown.To]++
		}
	}
	return came
}

// unsent is how many messages were given up, by the reason that is counted.
func unsent(t *testing.T, b *bot.Bot) map[string]float64 {
	t.Helper()
	registry := prometheus.NewRegistry()
	registry.MustRegister(b.Counters().Unsent)
	families, err := registry.Gather()
	if err != nil {
		t.Fatal(err)
	}
	counted := map[string]float64{}
	for _, f := range families {
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				if l.GetName() == "why" {
					counted[l.GetValue()] += m.GetCounter().GetValue()
				}
			}
		}
	}
	return counted
}
