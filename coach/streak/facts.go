package streak

import (
	"time"

	"legcoach/coach/day"
)

// Facts are everything that a runner's numbers rest on.
type Facts struct {
	// Log is what happened on each date.
	Log Log `json:"log"`
	// Clocks are the clocks that the runner has lived by, oldest first. The
	// first holds since ever, whatever its From says.
	Clocks []Span `json:"clocks"`
	// Pauses are the pauses that the runner took, oldest first, apart from one another.
	Pauses []Pause `json:"pauses,omitempty"`
	// Freezes is how many the runner started with.
	Freezes int `json:"freezes"`
	// Sundays is true if their week ends on Saturday.
	Sundays bool `json:"sundays,omitempty"`
	// Settled spares walking over what is long past; it changes no number.
	Settled Settled `json:"settled,omitzero"`
	// Plan tells the kind of day of a date for which the log has none yet. Nil
	// means that there is no plan. It is called for few dates, and must be pure.
	Plan func(day.Date) day.Kind `json:"-"`
}

// Span is a clock that a runner lives by, from an instant on.
type Span struct {
	From   time.Time `json:"from,omitzero"`
	Zone   string    `json:"zone"`   // IANA name
	Starts day.Clock `json:"starts"` // when a training day begins, 00:00 to 06:00
}

// Pause is a time in which nothing is expected of a runner.
type Pause struct {
	From   day.Date `json:"from"`
	Until  day.Date `json:"until,omitempty"` // the last date; the zero Date if open-ended
	Reason Reason   `json:"reason"`
}

// StartFreezes is how many freezes a new runner has, and MaxFreezes how many can be held.
const (
	StartFreezes = 2
	MaxFreezes   = 2
)

const (
	perFreeze     = 10             // done days that earn a freeze
	maxRun        = 2              // freezes between two sessions
	grace         = 24 * time.Hour // after the close of a date
	union         = 48 * time.Hour // how far a change of clock reaches
	maxPause      = 90             // dates
	shortest      = 12 * time.Hour // a date that lasted less is excused
	unsettledDays = 6              // dates this old have certainly been judged
)

// New returns the facts of a runner who begins at now, by the clock of span.
func New(now time.Time, span Span) Facts {
	f := Facts{Clocks: []Span{span}, Freezes: StartFreezes}
	f.Log = StartAt(f.Today(now))
	return f
}

// Clock returns the clock that the runner lives by at t.
func (f *Facts) Clock(t time.Time) Span {
	for i := len(f.Clocks) - 1; i > 0; i-- {
		if !t.Before(f.Clocks[i].From) {
			return f.Clocks[i]
		}
	}
	if len(f.Clocks) == 0 {
		return Span{Zone: "UTC", Starts: day.At(4, 0)}
	}
	return f.Clocks[0]
}

// WithClock returns the facts of a runner who lives by another clock from now on.
func (f Facts) WithClock(now time.Time, zone string, starts day.Clock) Facts {
	if c := f.Clock(now); c.Zone == zone && c.Starts == starts {
		return f
	}
	f.Clocks = append(f.Clocks[:len(f.Clocks):len(f.Clocks)], Span{now, zone, starts})
	return f
}

// Today returns the training date of now.
func (f *Facts) Today(now time.Time) day.Date { return f.Clock(now).training(now) }

// PlanOf returns the kind of day that is planned for d: what the log has, else what Plan says.
func (f *Facts) PlanOf(d day.Date) day.Kind { return f.planOf(f.Log.At(d), d) }

func (f *Facts) planOf(e Entry, d day.Date) day.Kind {
	if e&planMask != unset {
		return planKinds[e&planMask]
	}
	if f.Plan == nil {
		return day.Free
	}
	return f.Plan(d)
}

// Close returns the instant at which date d is over for the runner, as far as
// is known at now. Within 48 hours of a change of clock a date is over when it
// is over by both clocks, so that nobody loses a day in flight. A change never
// reopens a date that was already judged.
func (f *Facts) Close(d day.Date, now time.Time) time.Time {
	return f.close(d, now, f.Log.At(d).Has(Widened))
}

// Deadline returns the instant at which date d is judged: a day after its close, or two after an outage.
func (f *Facts) Deadline(d day.Date, now time.Time) time.Time {
	return f.deadline(d, now, f.Log.At(d).Has(Widened))
}

func (f *Facts) deadline(d day.Date, now time.Time, widened bool) time.Time {
	return f.close(d, now, widened).Add(graceOf(widened))
}

func graceOf(widened bool) time.Duration {
	if widened {
		return 2 * grace
	}
	return grace
}

func (f *Facts) close(d day.Date, now time.Time, widened bool) time.Time {
	// A clock given up four days before the date cannot reach it.
	early := d.UTC().Add(-4 * 24 * time.Hour)
	i := 0
	for i+1 < len(f.Clocks) && f.Clocks[i+1].From.Before(early) {
		i++
	}
	clock := f.Clock(early)
	c := clock.close(d)
	for _, next := range f.Clocks[min(i+1, len(f.Clocks)):] {
		if next.From.After(now) || !next.From.Before(c.Add(graceOf(widened))) {
			break
		}
		moved := next.close(d)
		if near(c, next.From) || near(moved, next.From) {
			moved = later(c, moved)
		}
		c = moved
	}
	return c
}

func near(a, b time.Time) bool { return a.Sub(b).Abs() < union }

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// reached returns the latest training date that the runner has ever been in:
// today, or a later one before a flight to the west.
func (f *Facts) reached(now time.Time) day.Date {
	d := f.Today(now)
	for i := len(f.Clocks) - 1; i > 0; i-- {
		at := f.Clocks[i].From
		if at.After(now) {
			continue
		}
		if now.Sub(at) > 3*24*time.Hour {
			break
		}
		d = max(d, f.Clocks[i-1].training(at))
	}
	return d
}

func (s Span) location() *time.Location {
	if loc, err := day.Zone(s.Zone); err == nil {
		return loc
	}
	return time.UTC // a zone that the database does not know any more
}

func (s Span) training(t time.Time) day.Date { return day.Training(t, s.location(), s.Starts) }
func (s Span) close(d day.Date) time.Time    { return day.Close(d, s.location(), s.Starts) }
