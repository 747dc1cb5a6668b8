package coach_test

import (
	"strings"
	"testing"
	"time"

	"legcoach/coach"
)

// gap is a time between two moments of a life.
func (l *life) gap(t *testing.T, from, to string) coach.Gap {
	t.Helper()
	return coach.Gap{From: l.moment(t, from), To: l.moment(t, to)}
}

// TestAnOutageBetweenTwoWakesWidensTheDeadline says that a night without the bot,
// in which nobody was to be woken, keeps Monday open for longer all the same.
func TestAnOutageBetweenTwoWakesWidensTheDeadline(t *testing.T) {
	for _, c := range []struct{ name, from, to, want string }{
		{"in the last hours", "2026-01-06 23:00", "2026-01-07 03:00", "GRACE"},
		{"for less than half an hour", "2026-01-07 03:00", "2026-01-07 03:20", "MISSED"},
		{"the evening before", "2026-01-06 16:00", "2026-01-06 21:00", "MISSED"},
		{"none", "2026-01-07 04:00", "2026-01-07 04:00", "MISSED"},
	} {
		l := newLife(t)
		l.say(t, "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest", "/remind on")
		l.at(t, "2026-01-06 18:00")
		for !l.r.Wake.After(l.moment(t, "2026-01-07 08:00")) {
			l.now = l.r.Wake
			l.step(t, coach.Woke{})
		}
		l.now = l.moment(t, "2026-01-07 08:00") // Monday could be logged until 04:00
		l.step(t, coach.After{Event: coach.Said{Text: "/ok"}, Away: []coach.Gap{l.gap(t, c.from, c.to)}})
		if got := string(l.c.State(l.r, l.now).Days[l.r.Days.Today(l.moment(t, "2026-01-05 12:00"))]); got != c.want {
			t.Errorf("%s: Monday is %s, want %s", c.name, got, c.want)
		}
	}
}

// TestAwaySinceItWentDown says that the bot tells since when it was away, and not since when it was missed.
func TestAwaySinceItWentDown(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill mon 18:00")
	l.now = l.moment(t, "2026-01-05 19:00")
	lines := l.step(t, coach.After{Event: coach.Woke{}, Away: []coach.Gap{l.gap(t, "2026-01-05 14:10", "2026-01-05 19:00")}})
	wantNudges(t, "an hour later", lines, "2026-01-05/hill")
	if !strings.Contains(lines[0].Text, "offline from 14:10 to 19:00") {
		t.Errorf("it says %q", lines[0].Text)
	}
}

// TestRestoredWithinItsLife says that a reminder which may have been said before
// a restore is not said again, that the runner is told, and that the next one comes.
func TestRestoredWithinItsLife(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-06 17:00")
	backup := l.r
	wantNudges(t, "before", l.at(t, "2026-01-06 18:00"), "2026-01-06/hill")
	l.r, l.now = backup, l.moment(t, "2026-01-06 19:30")
	lost := l.gap(t, "2026-01-06 17:00", "2026-01-06 19:29")
	wantNudges(t, "after the restore", l.step(t, coach.After{Event: coach.Woke{}, Lost: lost}))
	if got := dropped(l.r, "2026-01-06/hill"); got != "restored" {
		t.Errorf("it was dropped as %q", got)
	}
	if !l.r.Wake.After(l.now) {
		t.Errorf("it wakes at %v", l.r.Wake)
	}
	l.now = l.now.Add(time.Minute)
	heard := l.step(t, coach.After{Event: coach.Said{Text: "/why reminders"}, Lost: lost})
	if !strings.Contains(heard[0].Text, "restored from a copy") || !strings.Contains(heard[0].Text, "may not have arrived") {
		t.Errorf("it says %q", heard[0].Text)
	}
	tap := coach.Said{Text: "/done hill 2026-01-06", Tapped: true, Nudge: "2026-01-06/hill", Handle: "m"}
	if lines := l.step(t, coach.After{Event: tap, Lost: lost}); !lines[0].InPlace {
		t.Errorf("a tap on what was said before the restore: %+v", lines[0])
	}
	wantNudges(t, "then", l.at(t, "2026-01-07 18:00"), "2026-01-07/hill")
}

// TestRestoredAndDueSince says that what came due after the restore is said.
func TestRestoredAndDueSince(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.now = l.moment(t, "2026-01-05 18:30")
	lost := l.gap(t, "2026-01-05 12:00", "2026-01-05 17:50")
	wantNudges(t, "after the restore", l.step(t, coach.After{Event: coach.Woke{}, Lost: lost, Away: []coach.Gap{{From: lost.To, To: l.now}}}), "2026-01-05/hill")
}
