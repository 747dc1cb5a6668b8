package streak

import (
	"slices"
	"time"

	"legcoach/coach/day"
)

// holds knows the dates that are excused by something other than their entry.
// It is asked for dates in order.
type holds struct {
	pauses  []Pause
	skipped []day.Date
}

func (f *Facts) holds(now time.Time) holds { return holds{f.Pauses, f.skipped(now)} }

// on returns why d is excused; [None] if it is not.
func (h *holds) on(d day.Date, e Entry) Reason {
	for len(h.pauses) > 0 && h.pauses[0].last() < d {
		h.pauses = h.pauses[1:]
	}
	if len(h.pauses) > 0 && h.pauses[0].From <= d {
		return h.pauses[0].Reason
	}
	for len(h.skipped) > 0 && h.skipped[0] < d {
		h.skipped = h.skipped[1:]
	}
	if len(h.skipped) > 0 && h.skipped[0] == d {
		return Abroad
	}
	return e.Excuse()
}

// next returns the first date from d on that something may hold.
func (h *holds) next(d day.Date) day.Date {
	first := day.Date(1<<31 - 1)
	for _, p := range h.pauses {
		if p.last() >= d {
			first = max(p.From, d)
			break
		}
	}
	for _, s := range h.skipped {
		if s >= d {
			first = min(first, s)
			break
		}
	}
	return first
}

// last returns the last date that p excuses. Only what a red flag paused may last for ever.
func (p Pause) last() day.Date {
	const never = day.Date(1<<31 - 1)
	last := p.Until
	if last == 0 {
		last = never
	}
	if p.Reason == Red {
		return last
	}
	return min(last, p.From+maxPause-1)
}

// skipped returns the dates, in order, that did not exist for the runner or
// lasted less than 12 hours: over the date line, by plane or because the country moved.
func (f *Facts) skipped(now time.Time) []day.Date {
	var found []day.Date
	consider := func(from, to day.Date) {
		for d := from; d <= to; d++ {
			if d >= f.Log.start && f.lasted(d, now) < shortest {
				found = append(found, d)
			}
		}
	}
	for i, clock := range f.Clocks {
		if clock.From.After(now) {
			break
		}
		for _, d := range day.Skipped(clock.location()) {
			consider(d, d)
		}
		if i > 0 && f.eastward(i) > shortest {
			consider(f.Clocks[i-1].training(clock.From), clock.training(clock.From))
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// eastward returns how much the i-th clock and those just before it took away
// from the runner's days: a date can only become short if that is a lot.
func (f *Facts) eastward(i int) time.Duration {
	var sum time.Duration
	at := f.Clocks[i].From
	for ; i > 0 && at.Sub(f.Clocks[i].From) < union; i-- {
		from := f.Clocks[i].From
		sum += max(0, f.Clocks[i].ahead(from)-f.Clocks[i-1].ahead(from))
	}
	return sum
}

// ahead returns how far ahead of UTC the training dates of clock s are at t.
func (s Span) ahead(t time.Time) time.Duration {
	_, offset := t.In(s.location()).Zone()
	return time.Duration(offset)*time.Second - time.Duration(s.Starts)*time.Minute
}

// lasted returns how much of date d the runner lived, all clocks together.
func (f *Facts) lasted(d day.Date, now time.Time) time.Duration {
	var sum time.Duration
	for i, clock := range f.Clocks {
		if clock.From.After(now) {
			break
		}
		from, to := clock.close(d-1), clock.close(d)
		if i > 0 {
			from = later(from, clock.From)
		}
		if i+1 < len(f.Clocks) && f.Clocks[i+1].From.Before(to) && !f.Clocks[i+1].From.After(now) {
			to = f.Clocks[i+1].From
		}
		sum += max(0, to.Sub(from))
	}
	return sum
}
