package plan

import (
	"slices"

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

// broke returns the rules that the days around today break.
func (b *Book) broke(s State, past Past, today day.Date) []Broken {
	return b.Check(s.Level, b.Days(s, past, today, today-around, 2*around))
}

// Own makes w the runner's own week, from today on; the zero Week goes back to
// the slots. What w breaks if it is done week after week is in Broken.
func (b *Book) Own(s State, w Week) Changed {
	s.Set = w
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

// closed reports whether a date cannot be changed any more.
func closed(past Past, today, d day.Date) bool {
	return d < today || len(past.on(d)) > 0
}
