package streak

import "legcoach/coach/day"

// weeks counts weeks on target, one after another. A week is kept if it has
// ceil(target·(7−excused)/7) done days; one that is excused altogether, or in
// which nothing is planned, holds. The week in which the runner began counts
// for the dates that it had left. There are no freezes for weeks.
type weeks struct {
	kept    int
	first   day.Date // the first date of the week
	next    day.Date // the first date of the next week
	done    int
	planned int
	lived   int // dates that were the runner's and not excused
}

func newWeeks(f *Facts) weeks {
	w := weeks{first: f.weekOf(f.Log.start)}
	w.next = w.first + 7
	// What was planned before the runner began is not known: the seven dates
	// from then on show a week of the same plan.
	text := f.Log.text
	for d := f.Log.start; d < f.Log.start+7; d++ {
		var e Entry
		if e, text = next(text); d >= w.next && f.planOf(e, d).Training() {
			w.planned++
		}
	}
	return w
}

// weekOf returns the first date of the week that d is in.
func (f *Facts) weekOf(d day.Date) day.Date {
	if f.Sundays {
		return (d + 1).Monday() - 1
	}
	return d.Monday()
}

func (k *weeks) see(w *walk, d day.Date, planned bool, state State) {
	if d >= k.next {
		k.turn()
	}
	if planned {
		k.planned++
	}
	if state == Done {
		k.done++
	}
	if state != Excused {
		k.lived++
	}
	if d == k.next-1 && (d < w.settled || !w.now.Before(w.f.Deadline(d, w.now))) {
		k.judge()
	}
}

// turn begins the next week.
func (k *weeks) turn() {
	k.first, k.next = k.next, k.next+7
	k.done, k.planned, k.lived = 0, 0, 0
}

func (k *weeks) judge() {
	switch target := k.target(); {
	case target == 0:
	case k.done >= target:
		k.kept++
	default:
		k.kept = 0
	}
}

func (k *weeks) target() int { return (k.planned*k.lived + 6) / 7 }

// finish returns the weeks kept, and the week of today with the dates still to come.
func (k *weeks) finish(w *walk) (int, Week) {
	now := *k
	for d := w.end + 1; d < k.next; d++ {
		if w.f.PlanOf(d).Training() {
			now.planned++
		}
		if w.holds.on(d, unset) == None {
			now.lived++
		}
	}
	return k.kept, Week{From: k.first, Done: k.done, Target: now.target()}
}
