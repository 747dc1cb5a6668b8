package coach

import (
	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/streak"
)

// ahead is what a plan holds from today on. To tell a date the plan lives
// through all dates before it, so they are kept for as long as plan and log stay as they are.
type ahead struct {
	plan  *plan.State
	log   streak.Log
	today day.Date
	days  []plan.Planned
}

// aheadFirst is how many days are looked ahead at first: as many as a wake needs.
const aheadFirst = 4

// on is what the plan holds for d; nothing if there is no plan.
func (t *turn) on(d day.Date) plan.Planned {
	state := t.r.Set.Plan
	switch {
	case state == nil:
		return plan.Planned{Date: d}
	case d < t.today:
		return t.plans.On(*state, t.past(), d, d)
	}
	past := t.past()
	if a := t.ahead; a.plan != state || a.log != t.r.Days.Log || a.today != t.today {
		t.ahead = ahead{plan: state, log: t.r.Days.Log, today: t.today}
	}
	i := int(d - t.today)
	if i >= len(t.ahead.days) {
		n := aheadFirst
		for n <= i {
			n *= 4
		}
		t.ahead.days = t.plans.Days(*state, past, t.today, t.today, n)
	}
	return t.ahead.days[i]
}
