// Package schedule says when something comes round again: a [Schedule] is plain
// data, in the manner of a line of crontab, and [Schedule.Next] finds its next
// [Occurrence] on a wall clock.
//
// A schedule is evaluated on the civil calendar, date by date, and only then
// becomes an instant, by [day.Instant]: a wall time that is skipped comes at the
// first valid instant after the gap, one that is repeated comes at the earlier
// of the two, and one on a date that never existed does not come. Two wall
// times that fall into the same gap come once. An occurrence is named by its
// date and wall time, never by its instant.
package schedule

import (
	"iter"
	"math/bits"
	"time"

	"legcoach/coach/day"
)

// Schedule is a set of wall times. The zero Schedule never comes.
type Schedule struct {
	Minutes  uint64 `json:"m,omitempty"` // bit 0 to 59
	Hours    uint32 `json:"h,omitempty"` // bit 0 to 23
	Dates    uint32 `json:"d,omitempty"` // of the month, bit 1 to 31; zero means every date
	Months   uint16 `json:"o,omitempty"` // bit 1 to 12; zero means every month
	Weekdays uint8  `json:"w,omitempty"` // bit 0 to 6, Sunday first; zero means every weekday
	// From, unless zero, makes it every second date from From on.
	From day.Date `json:"f,omitzero"`
}

// Weekly returns the schedule of a set of weekdays, bit 0 for Sunday, at a time of day.
func Weekly(weekdays uint8, at day.Clock) Schedule {
	return Schedule{Weekdays: weekdays}.At(at)
}

// Alternate returns the schedule of every second date from from on, at a time of day.
func Alternate(from day.Date, at day.Clock) Schedule {
	return Schedule{From: from}.At(at)
}

// At returns s with another time of day.
func (s Schedule) At(c day.Clock) Schedule {
	s.Minutes, s.Hours = 1<<c.Minute(), 1<<c.Hour()
	return s
}

// IsZero reports whether s never comes.
func (s Schedule) IsZero() bool { return s == Schedule{} }

// On reports whether date d is one of the schedule's. When both dates of the
// month and weekdays are given, either is enough, as cron has it.
func (s Schedule) On(d day.Date) bool {
	if s.Minutes == 0 || s.Hours == 0 {
		return false
	}
	if s.From != 0 && (d < s.From || (d-s.From)%2 != 0) {
		return false
	}
	_, month, date := d.Civil()
	if s.Months != 0 && s.Months&(1<<month) == 0 {
		return false
	}
	byDate, byWeekday := s.Dates&(1<<date) != 0, s.Weekdays&(1<<d.Weekday()) != 0
	switch {
	case s.Dates != 0 && s.Weekdays != 0:
		return byDate || byWeekday
	case s.Dates != 0:
		return byDate
	case s.Weekdays != 0:
		return byWeekday
	}
	return true
}

// Clock returns the first time of day of the schedule.
func (s Schedule) Clock() day.Clock {
	c, _ := s.clockFrom(0)
	return c
}

// clockFrom returns the first time of day from c on, and whether there is one.
func (s Schedule) clockFrom(c day.Clock) (day.Clock, bool) {
	for hour, minute := c.Hour(), c.Minute(); hour < 24; hour, minute = hour+1, 0 {
		if left := s.Minutes >> minute << minute; s.Hours>>hour&1 != 0 && left != 0 {
			return day.At(hour, bits.TrailingZeros64(left)), true
		}
	}
	return 0, false
}

// ClockOn returns the first time of day on date d, and whether there is one.
func (s Schedule) ClockOn(d day.Date) (day.Clock, bool) { return s.Clock(), s.On(d) }

// Occurrence is one wall time of a schedule and the instant that it comes at.
type Occurrence struct {
	At    time.Time
	Date  day.Date
	Clock day.Clock
}

// horizon is how many dates ahead an occurrence is looked for: 29 February may be eight years away.
const horizon = 9 * 366

// Next returns the first occurrence after an instant in a zone, and false if
// there is none in the nine years that follow.
func (s Schedule) Next(after time.Time, zone *time.Location) (Occurrence, bool) {
	first, passed := day.Wall(after, zone)
	for d := first; d < first+horizon; d++ {
		if !s.On(d) {
			continue
		}
		from := day.Clock(0)
		if d == first {
			from = passed // what the clock has shown before has come
		}
		for c, more := s.clockFrom(from); more; c, more = s.clockFrom(c + 1) {
			if at, exists := day.Instant(d, c, zone); exists && at.After(after) {
				return Occurrence{at, d, c}, true
			}
		}
	}
	return Occurrence{}, false
}

// Between goes over the occurrences from an instant on and before another, in order.
func (s Schedule) Between(from, to time.Time, zone *time.Location) iter.Seq[Occurrence] {
	return func(yield func(Occurrence) bool) {
		for o, more := s.Next(from.Add(-1), zone); more && o.At.Before(to); o, more = s.Next(o.At, zone) {
			if !yield(o) {
				return
			}
		}
	}
}

// Possible reports whether the schedule ever comes: "31 February" does not.
func (s Schedule) Possible() bool {
	for d := day.Date(0); d < horizon; d++ {
		if s.On(d) {
			return true
		}
	}
	return false
}
