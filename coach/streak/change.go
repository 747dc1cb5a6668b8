package streak

import (
	"errors"
	"fmt"
	"time"

	"legcoach/coach/day"
)

// Why a change can be refused. The facts are then returned as they were.
var (
	ErrFuture = errors.New("the date lies ahead")
	ErrFull   = errors.New("the date holds as many sessions as it can")
	ErrNone   = errors.New("there is no such session on the date")
	ErrClosed = errors.New("the date is closed")
	ErrTooOld = errors.New("the date is too long ago")
	ErrLong   = errors.New("a pause lasts at most 90 days")
	ErrOrder  = errors.New("the last date comes before the first")
)

// lateDays is how far back a log or an excuse changes the numbers.
const lateDays = 7

// Session is what a runner says they did.
type Session struct {
	Kind    day.Kind // one of the plan's training kinds, or [Other]
	Swapped bool     // done in the gentler version
}

// Record logs a session for date d. More than seven days back it is kept for
// history and strength and does not alter the streak. A second session of a
// date adds nothing to the numbers. A session that counts never lowers the
// streak: where it would have moved a freeze to another date and broken the
// streak there, it does not move it.
func (f Facts) Record(d day.Date, s Session, now time.Time) (Facts, error) {
	if d > f.reached(now) {
		return f, fmt.Errorf("log a session for %s: %w", d, ErrFuture)
	}
	if !f.holdable(d) {
		return f, fmt.Errorf("log a session for %s: %w", d, ErrTooOld)
	}
	was := f.entry(d)
	late := f.Today(now)-d > lateDays
	e := was.withSession(s.Kind, late)
	if e == was {
		return f, fmt.Errorf("log a session for %s: %w", d, ErrFull)
	}
	if s.Swapped {
		e |= Entry(Swapped)
	}
	after := f.put(d, e)
	if late || was.Done() || d == f.Today(now) {
		return after, nil
	}
	return f.spared(after, d, now), nil
}

// Void takes back the last session of kind k on date d, or the last of any kind if k is empty.
func (f Facts) Void(d day.Date, k day.Kind) (Facts, error) {
	e, ok := f.entry(d).withoutSession(k)
	if !ok {
		return f, fmt.Errorf("take back a session of %s: %w", d, ErrNone)
	}
	return f.put(d, e), nil
}

// RestInstead makes date d a kept rest day. It is refused once the date is closed.
func (f Facts) RestInstead(d day.Date, now time.Time) (Facts, error) {
	if !now.Before(f.Close(d, now)) {
		return f, fmt.Errorf("rest on %s: %w", d, ErrClosed)
	}
	return f.Mark(d, Rested, true), nil
}

// LetBreak refuses a freeze for date d, or allows it again.
func (f Facts) LetBreak(d day.Date, yes bool) Facts { return f.Mark(d, Unfrozen, yes) }

// Mark sets or clears a mark of date d.
func (f Facts) Mark(d day.Date, m Mark, on bool) Facts {
	e := f.entry(d) &^ Entry(m)
	if on {
		e |= Entry(m)
	}
	return f.put(d, e)
}

// SetPlan writes down the kind of day that is planned for d.
func (f Facts) SetPlan(d day.Date, k day.Kind) Facts { return f.put(d, f.entry(d).withPlan(k)) }

// Seal writes down what is planned for every date up to and with through, so
// that a later change of the plan leaves them as they are. The coach seals
// today at every step, before it changes a plan.
func (f Facts) Seal(through day.Date) Facts {
	f.Log = f.Log.seal(through, f.Plan)
	return f
}

// Excuse excuses the dates from first to last, both included, at most seven
// days back and not after today; reason [None] takes an excuse back. A kept
// rest day that is excused holds the streak and adds nothing to it.
func (f Facts) Excuse(first, last day.Date, r Reason, now time.Time) (Facts, error) {
	today := f.Today(now)
	switch {
	case last < first:
		return f, fmt.Errorf("excuse %s to %s: %w", first, last, ErrOrder)
	case last > max(today, f.reached(now)):
		return f, fmt.Errorf("excuse %s: %w", last, ErrFuture)
	case today-first > lateDays:
		return f, fmt.Errorf("excuse %s: %w", first, ErrTooOld)
	}
	after := f
	for d := first; d <= last; d++ {
		after = after.put(d, after.entry(d).withExcuse(r))
	}
	return f.spared(after, 0, now), nil
}

// Pause begins a pause on first, at most seven days back; it lasts until last,
// or until [Facts.Resume] if last is the zero Date, and 90 dates at most unless
// its reason is [Red]. It takes the place of what was paused from first on.
func (f Facts) Pause(first, last day.Date, r Reason, now time.Time) (Facts, error) {
	switch {
	case last != 0 && last < first:
		return f, fmt.Errorf("pause from %s to %s: %w", first, last, ErrOrder)
	case f.Today(now)-first > lateDays:
		return f, fmt.Errorf("pause from %s: %w", first, ErrTooOld)
	case last != 0 && last-first >= maxPause && r != Red:
		return f, fmt.Errorf("pause from %s to %s: %w", first, last, ErrLong)
	}
	after := f.unpaused(first)
	after.Pauses = append(after.Pauses, Pause{first, last, r})
	return after, nil
}

// Resume ends a pause: today counts again, and so does everything after it.
func (f Facts) Resume(now time.Time) Facts { return f.unpaused(f.Today(now)) }

// Paused returns the pause that date d is in, and whether there is one.
func (f *Facts) Paused(d day.Date) (Pause, bool) {
	for _, p := range f.Pauses {
		if p.From <= d && d <= p.last() {
			return p, true
		}
	}
	return Pause{}, false
}

// unpaused returns the facts without any pause from d on.
func (f Facts) unpaused(d day.Date) Facts {
	var kept []Pause
	for _, p := range f.Pauses {
		if p.From >= d {
			continue
		}
		if p.last() >= d {
			p.Until = d - 1
		}
		kept = append(kept, p)
	}
	f.Pauses = kept
	return f
}

// Outage tells that the bot could not be reached from from to to. Every date
// whose last six hours of grace fell into an outage of half an hour or more
// gets 24 hours on top, once.
func (f Facts) Outage(from, to time.Time) Facts {
	if to.Sub(from) < 30*time.Minute {
		return f
	}
	for d := f.Today(from) - unsettledDays; d <= f.reached(to); d++ {
		end := f.Close(d, to).Add(grace)
		if d >= f.Log.start && from.Before(end) && to.After(end.Add(-6*time.Hour)) {
			f = f.Mark(d, Widened, true)
		}
	}
	return f
}

// Mend bridges the dates of a repair whose two sessions are there. It reports
// whether there was one.
func (f Facts) Mend(now time.Time) (Facts, bool) {
	repair := Derive(f, now).Repair
	if !repair.Ready() {
		return f, false
	}
	for _, d := range repair.Missed {
		f = f.put(d, f.entry(d).withExcuse(Comeback))
	}
	return f, true
}

// entry returns what is known of d, with its plan written down.
func (f *Facts) entry(d day.Date) Entry {
	e := f.Log.At(d)
	if e&planMask != unset {
		return e
	}
	if d < f.Log.start {
		return e.withPlan(day.Free)
	}
	return e.withPlan(f.planOf(e, d))
}

func (f Facts) put(d day.Date, e Entry) Facts {
	if f.holdable(d) {
		f.Log = f.Log.with(d, e)
	}
	return f
}

// holdable reports whether the log can reach to d: it holds every date in
// between, so that one far away, by a slip of the tongue, would bloat it.
func (f *Facts) holdable(d day.Date) bool {
	return f.Log.length == 0 || d >= f.Log.start-tenYears && d < f.Log.End()+tenYears
}

const tenYears = 3660

// spared returns after, a change for the better of f, such that the streak is
// not lower than it was. Freezes are spent on the oldest missed date first, so
// that a session logged late can move one to a date that did without, and take
// it from one that needs it. If the streak comes out lower for that, the dates
// that had no freeze get none, and if need be the session on d earns none.
func (f Facts) spared(after Facts, d day.Date, now time.Time) Facts {
	was, is := Derive(f, now), Derive(after, now)
	if is.Streak >= was.Streak {
		return after
	}
	better := after
	for _, c := range Explain(was, is) {
		if c.Was == Missed && c.Is == Frozen {
			better = better.Mark(c.Date, Unfrozen, true)
		}
	}
	if Derive(better, now).Streak >= was.Streak {
		return better
	}
	if d != 0 {
		better = better.Mark(d, Unearned, true)
	}
	if Derive(better, now).Streak >= was.Streak {
		return better
	}
	return after
}
