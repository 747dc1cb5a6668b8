package day

import "time"

// Instant returns the instant at which the wall clock in zone shows c on date
// d, by the rule of the package comment, and false if d never existed there.
func Instant(d Date, c Clock, zone *time.Location) (time.Time, bool) {
	if !Exists(d, zone) {
		return time.Time{}, false
	}
	return resolve(d, c, zone).In(zone), true
}

// Exists reports whether any moment of date d happened in zone.
func Exists(d Date, zone *time.Location) bool {
	on, _ := Wall(resolve(d, 0, zone), zone)
	return on == d
}

// Wall returns what the calendar and the clock in zone show at t.
func Wall(t time.Time, zone *time.Location) (Date, Clock) {
	r := rulesOf(zone, t.Unix())
	return split(t.Unix() + r.offset[r.find(t.Unix())])
}

// Training returns the training date of t in zone: the one that has begun but
// not closed at t. It is the civil date, or the one before while the clock
// shows less than starts; where the clock is put back over starts, a date that
// has closed stays closed.
func Training(t time.Time, zone *time.Location, starts Clock) Date {
	r := rulesOf(zone, t.Unix())
	i := r.find(t.Unix())
	d, c := split(t.Unix() + r.offset[i])
	if r.calm(i, t.Unix()) {
		if c < starts {
			return d - 1
		}
		return d
	}
	for d++; t.Before(Close(d-1, zone, starts)); d-- {
	}
	return d
}

// Close returns the instant at which training date d ends in zone: when the
// next one begins. Where the beginning of the next one was skipped, that is the
// first instant after the gap.
func Close(d Date, zone *time.Location, starts Clock) time.Time {
	return resolve(d+1, starts, zone).In(zone)
}

// resolve returns the first instant at which the clock in zone shows c on date
// d, or has jumped over it.
func resolve(d Date, c Clock, zone *time.Location) time.Time {
	wall := int64(d)*secondsPerDay + int64(c)*60
	r := rulesOf(zone, wall)
	for i := r.find(wall - reach); ; i++ {
		t := wall - r.offset[i]
		switch {
		case t < r.from[i]: // skipped by the change that begins these rules
			return time.Unix(r.from[i], 0)
		case i+1 == len(r.from) || t < r.from[i+1]:
			return time.Unix(t, 0)
		}
	}
}

func split(wall int64) (Date, Clock) {
	d := wall / secondsPerDay
	if wall%secondsPerDay < 0 {
		d--
	}
	return Date(d), Clock((wall - d*secondsPerDay) / 60)
}
