package day

import (
	"sync"
	"time"
)

// Instant returns the instant at which the wall clock in zone shows c on date
// d, by the rule of the package comment, and false if d never existed there.
func Instant(d Date, c Clock, zone *time.Location) (time.Time, bool) {
	if !Exists(d, zone) {
		return time.Time{}, false
	}
	return resolve(d.midnight().Add(time.Duration(c)*time.Minute), zone), true
}

// Exists reports whether any moment of date d happened in zone.
func Exists(d Date, zone *time.Location) bool {
	first := resolve(d.midnight(), zone)
	on, _ := Wall(first, zone)
	return on == d
}

// Wall returns what the calendar and the clock in zone show at t.
func Wall(t time.Time, zone *time.Location) (Date, Clock) {
	_, offset := t.In(zone).Zone()
	seconds := t.Unix() + int64(offset)
	d := floorDiv(seconds, secondsPerDay)
	return Date(d), Clock((seconds - d*secondsPerDay) / 60)
}

// Training returns the training date of t in zone: the civil date, or the one
// before while the clock shows less than starts, when a training day begins.
func Training(t time.Time, zone *time.Location, starts Clock) Date {
	d, c := Wall(t, zone)
	if c < starts {
		return d - 1
	}
	return d
}

// Close returns the instant at which training date d ends in zone: when the
// next one begins. A date that never existed closes with the one before it.
func Close(d Date, zone *time.Location, starts Clock) time.Time {
	return resolve((d + 1).midnight().Add(time.Duration(starts)*time.Minute), zone)
}

// resolve returns the first instant at or after which the clock in zone shows
// wall, a wall clock reading written as UTC.
func resolve(wall time.Time, zone *time.Location) time.Time {
	near := wall.In(zone)
	start, end := near.ZoneBounds()
	best := time.Time{}
	for _, probe := range []time.Time{near.Add(-26 * time.Hour), start.Add(-time.Second), near, end, near.Add(26 * time.Hour)} {
		if probe.IsZero() {
			continue
		}
		t := readAs(wall, probe, zone)
		if sameWall(t, wall, zone) && (best.IsZero() || t.Before(best)) {
			best = t
		}
	}
	if !best.IsZero() {
		return best
	}
	return gapEnd(wall, zone)
}

// gapEnd returns the transition in zone that skipped wall.
func gapEnd(wall time.Time, zone *time.Location) time.Time {
	for t := wall.Add(-26 * time.Hour).In(zone); ; {
		_, end := t.ZoneBounds()
		if end.IsZero() {
			return wall.In(zone)
		}
		if !readAs(wall, end, zone).After(end) {
			return end
		}
		t = end
	}
}

// readAs returns the instant that wall names under the offset in force at probe.
func readAs(wall, probe time.Time, zone *time.Location) time.Time {
	_, offset := probe.In(zone).Zone()
	return wall.Add(-time.Duration(offset) * time.Second).In(zone)
}

func sameWall(t, wall time.Time, zone *time.Location) bool {
	_, offset := t.In(zone).Zone()
	return t.Unix()+int64(offset) == wall.Unix()
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// Skipped returns the dates since 1970 that never existed in zone, in order.
func Skipped(zone *time.Location) []Date {
	if known, ok := skipped.Load(zone); ok {
		return known.([]Date)
	}
	var found []Date
	for t := time.Unix(0, 0); t.Unix() < lookUntil; {
		end := nextChange(t, zone)
		before, _ := Wall(end.Add(-time.Second), zone)
		after, _ := Wall(end, zone)
		for d := before + 1; d < after; d++ {
			found = append(found, d)
		}
		t = end
	}
	skipped.Store(zone, found)
	return found
}

// lookUntil is as far as [Skipped] looks, 2100 as Unix time: the changes of
// clocks that are announced today repeat every year, and are of an hour or two.
const lookUntil = 4102444800

// nextChange returns an instant after t before which the clock in zone does not
// change. It is mostly the next change, but ZoneBounds knows none in the far
// future, and on 31 December of a leap year its end may be t itself (Go 1.26).
func nextChange(t time.Time, zone *time.Location) time.Time {
	_, end := t.In(zone).ZoneBounds()
	switch {
	case end.IsZero():
		return time.Unix(max(lookUntil, t.Unix()+secondsPerDay), 0)
	case !end.After(t):
		return t.Add(secondsPerDay * time.Second)
	}
	return end
}

// skipped holds what Skipped found, by zone.
var skipped sync.Map
