package streak

import (
	"time"

	"legcoach/coach/day"
)

const (
	shownDays        = 28
	comebackDays     = 7 // after the missed date
	comebackSessions = 2
	comebackEvery    = 30 // dates between two missed dates that are bridged
)

// Derive returns what the days of a runner amount to at now. It is pure, and
// costs some microseconds for each year of the log.
func Derive(f Facts, now time.Time) Numbers { return derive(&f, now, shownDays) }

// History returns every date since the runner began and what it amounted to, today last.
func History(f Facts, now time.Time) []Day {
	return derive(&f, now, int(f.Log.length)+2*unsettledDays).Days
}

func derive(f *Facts, now time.Time, shown int) Numbers {
	w := begin(f, now, shown)
	from, text := w.resume(f.Settled)
	w.over(from, w.end, text)
	return w.finish()
}

// over walks from one date to another, both included. Text is what the log has of them, and after them.
func (w *walk) over(d, end day.Date, text string) {
	past := min(w.settled, w.shownFrom, end+1)
	for ; d <= end; d++ {
		if d < past {
			if d, text = w.quick(d, min(past, w.holds.next(d)), text); d > end {
				break
			}
		}
		var e Entry
		e, text = next(text)
		w.step(d, e)
	}
}

// next takes the first entry off a log's text; after the last, dates are not written down.
func next(text string) (Entry, string) {
	if text == "" {
		return unset, ""
	}
	e, size := decode(text)
	return e, text[size:]
}

// walk is the state of [Derive] between two dates.
type walk struct {
	f   *Facts
	now time.Time

	today, reached day.Date // the training date, and the latest there has been
	settled        day.Date // dates before it have certainly been judged
	end            day.Date // the last date of the walk
	shownFrom      day.Date

	holds    holds
	strength strength
	weeks    weeks
	broken   broken

	n       Numbers
	run     int // freezes since the last session
	earning int // done days since the last that earned a freeze
	walked  int // dates of the last stretch
	instead int // and how many of them were rest in place of a session
}

func begin(f *Facts, now time.Time, shown int) *walk {
	today := f.Today(now)
	w := &walk{f: f, now: now, today: today, reached: f.reached(now), settled: today - unsettledDays}
	w.end = max(w.reached, f.lastTrained(w.reached))
	w.shownFrom = today - day.Date(shown) + 1
	w.holds = f.holds(now)
	w.strength = newStrength(f)
	w.weeks = newWeeks(f)
	w.broken.since = today - 2*comebackDays
	w.n = Numbers{Today: today, Freezes: f.Freezes}
	w.n.Days = make([]Day, 0, max(0, int(w.end-max(w.shownFrom, f.Log.start))+1))
	return w
}

// lastTrained returns the last date after d on which a session was logged; d if there is none.
func (f *Facts) lastTrained(d day.Date) day.Date {
	for last := f.Log.End() - 1; last > d; last-- {
		if f.Log.At(last).Trained() {
			return last
		}
	}
	return d
}

func (w *walk) step(d day.Date, e Entry) {
	plan := w.f.planOf(e, d)
	excuse := w.holds.on(d, e)
	state, until := w.judge(d, e, plan, excuse)
	w.count(d, e, state)
	w.broken.see(d, state, excuse, e)
	w.strength.see(plan.Training() && !e.Has(Rested|Moved), e.Trained(), state)
	w.weeks.see(w, d, plan.Training(), state)
	if d < w.shownFrom {
		return
	}
	if state != Excused {
		excuse = None
	}
	w.n.Days = append(w.n.Days, Day{d, state, plan, excuse, e, w.n.Streak, w.n.Freezes, until})
}

// judge returns the state of d, the first of the package comment that holds,
// and when it will be judged if it waits for a session.
func (w *walk) judge(d day.Date, e Entry, plan day.Kind, excuse Reason) (State, time.Time) {
	rest := plan == day.Rest || e.Has(Rested|Moved)
	switch {
	case e.Done():
		return Done, time.Time{}
	case excuse != None && !(excuse == Amber && rest):
		return Excused, time.Time{}
	case d >= w.today && !(rest && d < w.reached):
		if rest || !plan.Training() {
			return Open, time.Time{}
		}
		return Open, w.wait(d, e)
	case rest:
		return Rest, time.Time{}
	case !plan.Training():
		return Free, time.Time{}
	}
	if d >= w.settled {
		if until := w.wait(d, e); w.now.Before(until) {
			return Grace, until
		}
	}
	if w.freezable() && !e.Has(Unfrozen) {
		return Frozen, time.Time{}
	}
	return Missed, time.Time{}
}

// wait returns when d is judged, and remembers the earliest such instant that lies ahead.
func (w *walk) wait(d day.Date, e Entry) time.Time {
	until := w.f.deadline(d, w.now, e.Has(Widened))
	if w.now.Before(until) && (w.n.Judged.IsZero() || until.Before(w.n.Judged)) {
		w.n.Judged = until
	}
	return until
}

func (w *walk) count(d day.Date, e Entry, state State) {
	n := &w.n
	if e.Trained() {
		n.Total++
	}
	switch state {
	case Done:
		if e.Has(Unearned) {
			w.earning--
		}
		w.session()
	case Rest:
		if n.Streak > 0 {
			n.Rests++
		}
	case Frozen:
		n.Freezes--
		w.run++
	case Missed:
		w.broken.miss(d, n.Streak)
		n.Sessions, n.Rests = 0, 0
	}
	n.Streak = n.Sessions + n.Rests
	n.Best = max(n.Best, n.Streak)
}

// session counts a done day.
func (w *walk) session() {
	w.n.Sessions++
	w.run = 0
	w.n.Freezes, w.earning = earned(w.n.Freezes, w.earning)
}

// earned returns how many freezes there are after a done day, and how many done days count towards the next.
func earned(freezes, earning int) (int, int) {
	if earning++; earning < perFreeze {
		return freezes, earning
	}
	return max(freezes, min(freezes+1, MaxFreezes)), 0
}

// freezable reports whether a freeze can be spent on a missed date.
func (w *walk) freezable() bool { return w.n.Freezes > 0 && w.n.Streak > 0 && w.run < maxRun }

func (w *walk) finish() Numbers {
	n := w.n
	n.Strength = 100 * w.strength.score
	n.Weeks, n.Week = w.weeks.finish(w)
	n.Repair = w.broken.offer(w.today)
	n.Turns = w.f.Close(w.today, w.now)
	return n
}
