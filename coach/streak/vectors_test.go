package streak_test

import (
	"testing"

	"legcoach/coach/streak"
)

const (
	done    = streak.Done
	excused = streak.Excused
	open    = streak.Open
	rest    = streak.Rest
	free    = streak.Free
	grace   = streak.Grace
	frozen  = streak.Frozen
	missed  = streak.Missed
)

func TestV1KeptRestCounts(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.did("2026-03-23 18:00")
	l.want("2026-03-25 08:00", 2, 2, done, rest, open)
}

func TestV2AndV3AfterMidnightIsStillYesterday(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	if d := l.did("2026-03-24 00:40"); d != l.date("2026-03-23") {
		t.Errorf("a log at 00:40 counts for %s", d)
	}
	if d := l.did("2026-03-24 03:00"); d != l.date("2026-03-23") {
		t.Errorf("a log at 03:00 counts for %s", d)
	}
	l.want("2026-03-24 03:01", 1, 2, done)
}

func TestV4SecondSessionAddsNothing(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.did("2026-03-23 07:00")
	l.did("2026-03-23 19:00")
	l.want("2026-03-23 20:00", 1, 2, done)
}

func TestV5ClocksForward(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-27", 2, weekly)
	l.did("2026-03-27 18:00")
	l.did("2026-03-28 23:30")
	l.want("2026-03-30 09:00", 3, 2, done, done, rest, open)
}

func TestV6ClocksBack(t *testing.T) {
	l := join(t, "Europe/London", "2026-10-23", 2, weekly)
	first, second := l.did("2026-10-25T01:30:00+01:00"), l.did("2026-10-25T01:30:00Z")
	if saturday := l.date("2026-10-24"); first != saturday || second != saturday {
		t.Errorf("both 01:30s count for %s and %s, want %s", first, second, saturday)
	}
	if got := l.facts.Log.At(first).Sessions(); len(got) != 2 {
		t.Errorf("sessions %v, want two", got)
	}
}

func TestV7GraceThenFreezeThenLateLog(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.did("2026-03-23 18:00")
	l.want("2026-03-26 10:00", 2, 2, done, rest, grace, open)
	l.want("2026-03-27 10:00", 3, 1, done, rest, frozen, rest, open)
	l.didOn("2026-03-25", "2026-03-27 10:00")
	l.want("2026-03-27 10:01", 4, 2, done, rest, done, rest, open)
}

func TestV8BreakThenMarkedSick(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 0, weekly)
	l.did("2026-03-23 18:00")
	l.did("2026-03-27 18:00")
	n := l.want("2026-03-28 10:00", 1, 0, done, rest, missed, rest, done, open)
	if n.Best != 2 {
		t.Errorf("best %d, want 2", n.Best)
	}
	wednesday := l.date("2026-03-25")
	l.must(l.facts.Excuse(wednesday, wednesday, streak.Sick, l.at("2026-03-28 10:00")))
	l.want("2026-03-28 10:00", 4, 0, done, rest, excused, rest, done, open)
}

func TestV9UndoOnTheSameDay(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	d := l.did("2026-03-23 18:00")
	l.must(l.facts.Void(d, ""))
	l.want("2026-03-23 19:00", 0, 2, open)
}

func TestV10FlyingEastTheDayStaysOpenUntilItIsOverInBothZones(t *testing.T) {
	l := join(t, "America/New_York", "2026-06-01", 2, weekly)
	l.did("2026-06-01 18:00")
	l.moves("2026-06-04T07:30:00+02:00", "Europe/Paris")
	closes := l.facts.Close(l.date("2026-06-03"), l.at("2026-06-04T08:00:00+02:00"))
	if want := l.at("2026-06-04T10:00:00+02:00"); !closes.Equal(want) {
		t.Errorf("Wednesday closes at %s, want %s", closes, want)
	}
}

func TestV11FlyingWestTheSameDateTwice(t *testing.T) {
	l := join(t, "Pacific/Auckland", "2026-06-01", 2, weekly)
	l.did("2026-06-01 18:00")
	l.did("2026-06-03 07:00")
	l.want("2026-06-03 11:00", 3, 2, done, rest, done)
	l.moves("2026-06-03T12:00:00+12:00", "Pacific/Honolulu")
	if today := l.facts.Today(l.at("2026-06-03T20:00:00+12:00")); today != l.date("2026-06-02") {
		t.Errorf("today is %s after landing, want Tuesday", today)
	}
	l.want("2026-06-03T20:00:00+12:00", 3, 2, done, rest, done)
	if again := l.did("2026-06-03T17:00:00-10:00"); again != l.date("2026-06-03") {
		t.Errorf("the second Wednesday counts for %s", again)
	}
	l.want("2026-06-03T17:01:00-10:00", 3, 2, done, rest, done)
}

func TestV12FlyingEastOverTheDateLine(t *testing.T) {
	l := join(t, "Pacific/Honolulu", "2026-06-01", 2, weekly)
	l.did("2026-06-01 18:00")
	l.moves("2026-06-02T23:00:00-10:00", "Pacific/Auckland")
	closes := l.facts.Close(l.date("2026-06-03"), l.at("2026-06-03T02:00:00-10:00"))
	if want := l.at("2026-06-04T04:00:00-10:00"); !closes.Equal(want) {
		t.Errorf("Wednesday closes at %s, want %s", closes, want)
	}
}

func TestV13AtMostTwoFreezesBetweenSessions(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, daily)
	l.did("2026-03-23 18:00")
	l.want("2026-03-29 12:00", 0, 0, done, frozen, frozen, missed, missed, grace, open)
}

func TestV14JoinedOnARestDay(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-24", 2, weekly)
	l.want("2026-03-25 08:00", 0, 2, rest, open)
}

func TestV15TheTenthSessionEarnsAFreeze(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-02", 1, daily)
	for d := 2; d <= 11; d++ {
		l.did(l.date("2026-03-01").String()[:8] + twoDigits(d) + " 18:00")
	}
	l.want("2026-03-11 20:00", 10, 2, done)
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }
