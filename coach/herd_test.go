package coach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/coachtest"
	"legcoach/coach/day"
	"legcoach/coach/plan"
)

// herd are runners who all asked for the same minute, with a coach that spreads them as the program does.
func herd(t *testing.T, n int) []*life {
	t.Helper()
	c, err := coach.New(coach.Config{Zone: "Europe/London", QuietFrom: day.At(21, 30), QuietTo: day.At(7, 0), DayStarts: day.At(4, 0),
		Level: plan.New, Reminders: coachtest.Reminders, Jitter: 40 * time.Second, Spread: 5 * time.Minute})
	if err != nil {
		t.Fatal(err)
	}
	var all []*life
	for i := range n {
		l := &life{c: c, r: coach.Runner{ID: coach.ID(fmt.Sprintf("telegram/%d", 8_472_000+i))}, now: time.Date(2026, 1, 5, 9, 0, 0, 0, location(t, "Europe/London"))}
		l.say(t, "/remind hill daily 18:00", "/remind strength daily 17:40")
		all = append(all, l)
	}
	return all
}

// evenly reports how many of the times after a start fall into each tenth of a span, and fails if any lies outside or a tenth is nearly empty.
func evenly(t *testing.T, what string, all []time.Time, start time.Time, span time.Duration) {
	t.Helper()
	var tenths [10]int
	for _, at := range all {
		since := at.Sub(start)
		if since < 0 || since >= span {
			t.Fatalf("%s: one comes %v after %s, want less than %v", what, since, start.Format("15:04:05"), span)
		}
		tenths[since*10/span]++
	}
	if slices.Min(tenths[:]) < len(all)/30 {
		t.Errorf("%s: they fall into the tenths of %v as %v", what, span, tenths)
	}
}

// TestOneMinuteForMany says that those who are due in the same minute are spread over it, each at the same second of it every day.
func TestOneMinuteForMany(t *testing.T) {
	var came []time.Time
	for _, l := range herd(t, 300) {
		l.now = l.moment(t, "2026-01-05 17:50")
		l.pass(t, l.moment(t, "2026-01-05 17:59"))
		first := l.r.Wake
		l.pass(t, l.moment(t, "2026-01-06 17:59"))
		if second := l.r.Wake; second.Sub(first) != 24*time.Hour {
			t.Fatalf("%s is due at %v and at %v", l.r.ID, first, second)
		}
		came = append(came, first)
	}
	evenly(t, "a minute", came, time.Date(2026, 1, 5, 18, 0, 0, 0, time.UTC), 40*time.Second)
}

// TestLateOnesAreSpread says that after an outage each runner hears one reminder, the
// more useful, within five minutes of the bot's return, and not all at once.
func TestLateOnesAreSpread(t *testing.T) {
	back := "2026-01-05 19:00"
	var came []time.Time
	for _, l := range herd(t, 300) {
		lines := l.back(t, back)
		for wake := l.r.Wake; len(lines) == 0; wake = l.r.Wake {
			l.now = wake
			lines = l.step(t, coach.Woke{})
		}
		wantNudges(t, string(l.r.ID), lines, "2026-01-05/hill")
		if !strings.Contains(lines[0].Text, "offline from ") {
			t.Fatalf("it does not say that the bot was away: %q", lines[0].Text)
		}
		if got := dropped(l.r, "2026-01-05/strength"); got != "better" {
			t.Fatalf("the other one was dropped as %q", got)
		}
		came = append(came, l.now)
		wantNudges(t, "and no other", l.at(t, "2026-01-05 23:00"))
	}
	evenly(t, "after an outage", came, time.Date(2026, 1, 5, 19, 0, 0, 0, time.UTC), 5*time.Minute)
}

// TestSpreadBreaksNoPromise says that what is spread is asked about once more, and
// is not put off beyond its life or into quiet hours.
func TestSpreadBreaksNoPromise(t *testing.T) {
	for _, l := range herd(t, 40) {
		l.back(t, "2026-01-05 19:00")
		if why := l.say(t, "/why reminders"); l.r.Wake.Sub(l.now) < 5*time.Minute && !strings.Contains(why[0].Text, "reminder") && !strings.Contains(why[0].Text, "Hills") {
			t.Errorf("meanwhile /why says %q", why[0].Text)
		}
		l.say(t, "did hills")
		wantNudges(t, "done meanwhile", l.at(t, "2026-01-05 23:00"))
	}
	for _, l := range herd(t, 40) {
		lines := l.back(t, "2026-01-05 21:28") // two minutes before quiet hours
		lines = append(lines, l.at(t, "2026-01-05 21:30")...)
		wantNudges(t, "before quiet hours", lines, "2026-01-05/hill")
	}
}

// TestWhatWaitsObeys says that a reminder which waits for its turn after an outage follows
// what its runner says meanwhile, who is told the truth about it.
func TestWhatWaitsObeys(t *testing.T) {
	for _, c := range []struct{ says, answer, comes string }{
		{"/remind off", "Reminders are off.", ""},
		{"no reminders on mondays", "Next: Tue 6 Jan", ""},
		{"/remind hill 20:00", "Next: Mon 5 Jan, 20:00", "20:00"},
		{"/snooze 30", "I'll be back at 19:30.", "19:30"},
		{"/streak", "your 18:00 reminder: hills today", ""},
	} {
		l := herd(t, 1)[0]
		l.back(t, "2026-01-05 19:00")
		if heard := l.say(t, c.says); !strings.Contains(heard[0].Text, c.answer) || c.answer[0] != 'y' && strings.Contains(heard[0].Text, "your 18:00") {
			t.Errorf("%s: the answer is %q, want %q", c.says, heard[0].Text, c.answer)
		}
		came := ""
		for wake := l.r.Wake; !wake.IsZero() && wake.Before(l.moment(t, "2026-01-05 23:00")); wake = l.r.Wake {
			l.now = wake
			if keys := nudges(l.step(t, coach.Woke{})); slices.Contains(keys, "2026-01-05/hill") {
				came += l.now.Format("15:04")
			}
		}
		if came != c.comes {
			t.Errorf("%s: it comes at %q, want %q", c.says, came, c.comes)
		}
	}
}
