package streak_test

import (
	"testing"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// The week of the test vectors: hill, rest, interval, rest, strength, easy, rest.
var week = map[time.Weekday]day.Kind{
	time.Monday: day.Hill, time.Tuesday: day.Rest, time.Wednesday: day.Interval, time.Thursday: day.Rest,
	time.Friday: day.Strength, time.Saturday: day.Easy, time.Sunday: day.Rest,
}

func weekly(d day.Date) day.Kind      { return week[d.Weekday()] }
func daily(day.Date) day.Kind         { return day.Easy }
func planless(day.Date) day.Kind      { return day.Free }
func four(hour, minute int) day.Clock { return day.At(hour, minute) }

// life is a runner as a test tells of them: times are local unless they carry an offset.
type life struct {
	t     testing.TB
	facts streak.Facts
}

// join begins a life on date, with the given freezes, in zone.
func join(t testing.TB, zone, date string, freezes int, plan func(day.Date) day.Kind) *life {
	t.Helper()
	l := &life{t: t}
	l.facts = streak.Facts{
		Log:     streak.StartAt(l.date(date)),
		Clocks:  []streak.Span{{Zone: zone, Starts: four(4, 0)}},
		Freezes: freezes,
		Plan:    plan,
	}
	return l
}

func (l *life) date(s string) day.Date {
	l.t.Helper()
	d, err := day.ParseDate(s)
	if err != nil {
		l.t.Fatal(err)
	}
	return d
}

// at reads "2026-03-23 18:00" on the runner's clock, or a time with an offset.
func (l *life) at(s string) time.Time {
	l.t.Helper()
	if t, err := time.Parse(time.RFC3339, s); err == nil {
		return t
	}
	last := l.facts.Clocks[len(l.facts.Clocks)-1]
	zone, err := day.Zone(last.Zone)
	if err != nil {
		l.t.Fatal(err)
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
	if err != nil {
		l.t.Fatal(err)
	}
	return t
}

// did logs a session at a time, for the training date of that time.
func (l *life) did(when string) day.Date {
	l.t.Helper()
	now := l.at(when)
	d := l.facts.Today(now)
	l.must(l.facts.Record(d, streak.Session{Kind: day.Easy}, now))
	return d
}

// didOn logs at a time a session for another date.
func (l *life) didOn(date, when string) {
	l.t.Helper()
	l.must(l.facts.Record(l.date(date), streak.Session{Kind: day.Easy}, l.at(when)))
}

func (l *life) must(f streak.Facts, err error) {
	l.t.Helper()
	if err != nil {
		l.t.Fatal(err)
	}
	l.facts = f
}

func (l *life) moves(when, zone string) {
	l.t.Helper()
	l.facts = l.facts.WithClock(l.at(when), zone, four(4, 0))
}

// want checks the numbers at a time: the streak, the freezes, and the last states, today last.
func (l *life) want(when string, count, freezes int, states ...streak.State) streak.Numbers {
	l.t.Helper()
	n := streak.Derive(l.facts, l.at(when))
	if n.Streak != count || n.Freezes != freezes {
		l.t.Errorf("at %s: streak %d, freezes %d; want %d, %d; %v", when, n.Streak, n.Freezes, count, freezes, statesOf(n))
	}
	got := statesOf(n)
	if len(got) < len(states) {
		l.t.Fatalf("at %s: states %v, want %v at the end", when, got, states)
	}
	for i, s := range got[len(got)-len(states):] {
		if s != states[i] {
			l.t.Errorf("at %s: states %v, want %v at the end", when, got, states)
			break
		}
	}
	return n
}

func statesOf(n streak.Numbers) []streak.State {
	var s []streak.State
	for _, d := range n.Days {
		s = append(s, d.State)
	}
	return s
}
