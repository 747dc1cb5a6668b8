package streak

import (
	"time"

	"legcoach/coach/day"
)

// Join returns the facts of a person of whom two were kept, both sealed up to
// today: f goes on, with its clock, and takes other in. It returns with them the
// dates, oldest first, of which the two told different things.
//
// Every session of either is there. Of a date on which the two differ counts what
// is better for the runner: done before a kept rest, that before an excuse, and so
// on; of what is not judged yet, what f says. A pause that lasts is that of f. Freezes
// are spent anew, over both; where that would make the streak or the best one
// lower than one of the two had it, a date that this one had not missed expects nothing.
func (f Facts) Join(other Facts, now time.Time) (Facts, []day.Date) {
	f.Plan, other.Plan = nil, nil
	one, two := lived(f, now), lived(other, now)
	both := Facts{Clocks: f.Clocks, Pauses: f.Pauses, Freezes: max(f.Freezes, other.Freezes), Sundays: f.Sundays}
	if here := f.Clock(now); other.Today(now) > f.Today(now) { // as after a flight to the west
		both.Clocks = append(past(other.Clocks, now), Span{now, here.Zone, here.Starts})
	}
	if two.restedIn(f.Pauses) {
		both.Pauses = ahead(f.Pauses, max(f.Today(now), other.Today(now)))
	}
	var differ []day.Date
	both.Log = StartAt(min(f.Log.start, other.Log.start))
	for d := both.Log.start; d < max(f.Log.End(), other.Log.End()); d++ {
		e, same := better(one.on(d), two.on(d))
		both.Log = both.Log.with(d, e)
		if !same {
			differ = append(differ, d)
		}
	}
	if one.lower(both, now) || two.lower(both, now) {
		both = one.spare(two.spare(both, now), now)
	}
	return both, differ
}

// life is what became of every date of a runner.
type life struct {
	numbers Numbers
	start   day.Date
	days    []Day
}

func lived(f Facts, now time.Time) life {
	days := History(f, now)
	l := life{numbers: Derive(f, now), days: days}
	if len(days) > 0 {
		l.start = days[0].Date
	}
	return l
}

// on returns what became of a date; a Day without a date if the runner was not there.
func (l life) on(d day.Date) Day {
	if i := int(d - l.start); i >= 0 && i < len(l.days) {
		return l.days[i]
	}
	return Day{}
}

// restedIn reports whether a kept rest day lies in pauses, which would take it away.
func (l life) restedIn(pauses []Pause) bool {
	for _, p := range pauses {
		for _, d := range l.days {
			if d.State == Rest && p.From <= d.Date && d.Date <= p.last() {
				return true
			}
		}
	}
	return false
}

// lower reports whether facts have a number lower than the runner had it.
func (l life) lower(f Facts, now time.Time) bool {
	n := Derive(f, now)
	return n.Streak < l.numbers.Streak || n.Best < l.numbers.Best
}

// spare expects nothing of dates that need a freeze, or have none, and that the runner had not missed.
func (l life) spare(f Facts, now time.Time) Facts {
	for _, d := range History(f, now) {
		was := l.on(d.Date)
		if (d.State == Missed || d.State == Frozen) && was.Date != 0 && was.State != Missed {
			f.Log = f.Log.with(d.Date, d.Entry.withPlan(day.Free))
		}
	}
	return f
}

// ranks say which of two states of a date counts. What waits, and what nothing
// was expected of, are equals: there the first of the two has the word.
var ranks = map[State]int{Missed: 1, Frozen: 2, Free: 3, Open: 3, Grace: 3, Excused: 4, Rest: 5, Done: 6}

// better returns the entry of a date of which two things are known, and whether they agree.
func better(one, two Day) (e Entry, same bool) {
	best, less := one, two
	if one.Date == 0 || two.Date != 0 && ranks[two.State] > ranks[one.State] {
		best, less = two, one
	}
	if best.Date == 0 {
		return unset, true
	}
	e = best.Entry
	if best.State == Excused {
		e = e.withExcuse(best.Reason)
	}
	if less.Date == 0 {
		return e, true
	}
	e = e.withSessions(less.Entry)
	e &^= Entry(Unfrozen|Unearned) &^ less.Entry
	e |= less.Entry & Entry(Widened)
	idle := map[State]bool{Free: true, Open: true, Grace: true}
	return e, one.State == two.State || one.Entry == two.Entry || idle[one.State] || idle[two.State]
}

// withSessions adds the sessions of other that e does not have, one for one.
func (e Entry) withSessions(other Entry) Entry {
	have := map[Entry]int{}
	for _, shift := range sessionShifts {
		have[e>>shift&7]++
	}
	for _, shift := range sessionShifts {
		s := other >> shift & 15
		if have[s&7]--; s&7 != 0 && have[s&7] < 0 {
			e = e.withSession(sessionKinds[s&7], s&lateBit != 0)
		}
	}
	return e
}

// past leaves out clocks that are yet to come.
func past(clocks []Span, now time.Time) []Span {
	var kept []Span
	for i, c := range clocks {
		if i == 0 || !c.From.After(now) {
			kept = append(kept, c)
		}
	}
	return kept
}

// ahead is what is left of pauses from a date on.
func ahead(pauses []Pause, from day.Date) []Pause {
	var kept []Pause
	for _, p := range pauses {
		if p.last() >= from {
			p.From = max(p.From, from)
			kept = append(kept, p)
		}
	}
	return kept
}
