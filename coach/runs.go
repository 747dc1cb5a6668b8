package coach

import (
	"slices"

	"legcoach/coach/day"
	"legcoach/coach/plan"
)

// minutesOf is how many minutes a session that is about to be logged counts for
// PR-4: those that were told, else those that the plan has for it; 0 if it is
// no run, was walked, or nobody knows.
func (t *turn) minutesOf(d day.Date, k day.Kind, told int) int {
	if !k.Hard() && k != day.Easy {
		return 0
	}
	if !t.hasPlan() {
		return told
	}
	planned := t.plans.Session(t.planLevel(), t.planWeek(), k, false, plan.AsPlanned, plan.Scale{})
	if p := t.on(d); p.Kind == k {
		planned = t.plans.Card(p)
	}
	if told > 0 && planned.Running > 0 {
		return told
	}
	return planned.Running
}

// ran keeps how long a run took, in place of what was known of one of the same
// kind on its date, and lets go of those that no rule looks back to.
func (t *turn) ran(r Run) {
	runs := slices.DeleteFunc(slices.Clone(t.r.Runs), func(x Run) bool {
		return x.Date < t.today-pastDays || x.Date == r.Date && x.Kind == r.Kind
	})
	if r.Minutes > 0 && r.Date >= t.today-pastDays {
		runs = append(runs, r)
	}
	t.r.Runs = runs
}

// minutesOn is how many minutes the run of a kind on a date took; 0 if that is not known.
func (t *turn) minutesOn(d day.Date, k day.Kind) int {
	for _, r := range t.r.Runs {
		if r.Date == d && r.Kind == k {
			return r.Minutes
		}
	}
	return 0
}

// minutesTold is how many minutes of a run were told in words; 0 if they were the plan's.
func (t *turn) minutesTold(d day.Date, k day.Kind) int {
	if m := t.minutesOn(d, k); m != t.minutesOf(d, k, 0) {
		return m
	}
	return 0
}
