package plan

import (
	"slices"
	"time"

	"legcoach/coach/day"
)

// Changed is what a change of the plan comes to. The caller keeps State, or drops it.
type Changed struct {
	// State is the plan with the change in it.
	State State
	// Broken are the spacing rules that it breaks and the plan did not break before.
	Broken []Broken
	// Dropped are the sessions that gave way, as they were.
	Dropped []Planned
}

// around is how many days before and after a change are checked.
const around = 14

// Put changes what one date holds: another kind, such as rest instead, a swap,
// an easier version. Dates before today, and today if something was done, do not change.
func (b *Book) Put(s State, past Past, today day.Date, c Change) Changed {
	if closed(past, today, c.Date) || s.Week == 0 {
		return Changed{State: s}
	}
	return b.changed(s, s.with(c), past, today)
}

// changed returns a change with the rules that it breaks.
func (b *Book) changed(before, after State, past Past, today day.Date) Changed {
	return Changed{State: after, Broken: added(b.broke(before, past, today), b.broke(after, past, today))}
}

// broke returns the rules that the days around today break: as they are told
// today, and as they will be once a return, pain or illness is over.
func (b *Book) broke(s State, past Past, today day.Date) []Broken {
	later := make([]Planned, 2*around)
	for i := range later {
		later[i] = b.slot(s, past, today, today-around+day.Date(i))
	}
	told := b.Check(s.Level, b.Days(s, past, today, today-around, 2*around))
	if s.Set != (Week{}) {
		told = slices.DeleteFunc(told, func(x Broken) bool { return x.Rule == "SP-10" }) // rest that a runner plans is no time away
	}
	return append(told, slices.DeleteFunc(added(told, b.Check(s.Level, later)), func(x Broken) bool {
		return x.Rule == "SP-10" // a first session is made easy when its day is told
	})...)
}

// Own makes w the runner's own week; the zero Week goes back to the slots. What
// was changed on single dates is forgotten. What w breaks if it is done week after week is in Broken.
func (b *Book) Own(s State, w Week) Changed {
	s.Set, s.Changes = w, nil
	if w == (Week{}) {
		return Changed{State: s}
	}
	return Changed{State: s, Broken: b.CheckWeek(s.Level, w)}
}

// Mend returns a week like w that breaks no spacing rule at a level, and what
// was dropped from it: intervals first, then hills, then strength; never rest.
func (b *Book) Mend(level Level, w Week) (Week, []day.Kind) {
	var dropped []day.Kind
	for broken := b.CheckWeek(level, w); len(broken) > 0; broken = b.CheckWeek(level, w) {
		best, at := len(broken)+7, -1
		for _, kind := range b.rules.Repair {
			for i := range w {
				if w[i] != kind {
					continue
				}
				try := w
				try[i] = day.Rest
				if n := len(b.CheckWeek(level, try)); n < best {
					best, at = n, i
				}
			}
			if at >= 0 && best < len(broken) {
				break
			}
		}
		if at < 0 {
			at = slices.IndexFunc(w[:], day.Kind.Training)
		}
		dropped = append(dropped, w[at])
		w[at] = day.Rest
	}
	return w, dropped
}

// Turn makes hard the weekday of the first hard day, and goes back to the slots.
// Days on the way there that would break a rule become rest.
func (b *Book) Turn(s State, past Past, today day.Date, hard time.Weekday) Changed {
	after := s.unchanged(today)
	after.Hard, after.Set = hard, Week{}
	return b.Settle(s, after, past, today)
}

// Settle makes a change of the whole plan fit what was done lately: planned
// sessions of the next days that break a rule become rest, intervals first, then
// hills, then strength, then easy days. Broken is what it could not mend.
func (b *Book) Settle(before, after State, past Past, today day.Date) Changed {
	c := b.changed(before, after, past, today)
	for len(c.Broken) > 0 {
		best, fewest := Changed{}, len(c.Broken)
		for _, p := range b.givable(c.State, past, today, c.Broken[0].Date) {
			next := b.changed(before, c.State.with(Change{Date: p.Date, Kind: day.Rest}), past, today)
			if len(next.Broken) < fewest {
				best, fewest = next, len(next.Broken)
				best.Dropped = append(slices.Clone(c.Dropped), p)
			}
		}
		if best.State.Week == 0 {
			return c
		}
		c = best
	}
	return c
}

// givable returns the planned sessions of the seven days up to d that may still
// give way, in the order of repair.
func (b *Book) givable(s State, past Past, today, d day.Date) []Planned {
	open := slices.DeleteFunc(b.Days(s, past, today, d-6, 7), func(p Planned) bool {
		return !p.Kind.Training() || closed(past, today, p.Date)
	})
	order := append(slices.Clone(b.rules.Repair), day.Easy)
	slices.Reverse(open)
	slices.SortStableFunc(open, func(x, y Planned) int { return slices.Index(order, x.Kind) - slices.Index(order, y.Kind) })
	return open
}

// closed reports whether a date cannot be changed any more.
func closed(past Past, today, d day.Date) bool {
	return d < today || len(past.on(d)) > 0
}
