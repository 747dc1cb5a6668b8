package plan

import "legcoach/coach/day"

// causes of a day that differs from its slot.
const (
	changed = "changed"
	away    = "away"
	pain    = "pain"
	ill     = "ill"
)

// On returns what date d holds, as seen from today. Of dates before today only
// what was done is certain: a plan does not keep what it once held.
func (b *Book) On(s State, past Past, today, d day.Date) Planned {
	return b.Days(s, past, today, d, 1)[0]
}

// Days returns what n dates from from on hold, as seen from today. Days to come
// are told as if everything planned before them is done.
func (b *Book) Days(s State, past Past, today, from day.Date, n int) []Planned {
	days := make([]Planned, 0, n)
	for d := from; d < min(from+day.Date(n), today); d++ {
		days = append(days, b.slot(s, past, today, d))
	}
	view := b.look(s, past, today)
	for d := today; d < from+day.Date(n); d++ {
		p := view.step(b.slot(s, past, today, d))
		if d >= from {
			days = append(days, p)
		}
		if d+1 < from+day.Date(n) {
			view.pass(p)
		}
	}
	return days
}

// slot returns what date d holds by the week and by changes on it alone.
func (b *Book) slot(s State, past Past, today, d day.Date) Planned {
	p := Planned{Date: d, Closed: d < today, Level: s.Level}
	if done := past.on(d); len(done) > 0 {
		p.Did = hardest(done)
	}
	if s.Week == 0 {
		return p
	}
	p.Week = b.weekOn(s, d)
	week := s.Set
	if week == (Week{}) {
		week = b.Default(s.Level, p.Week, s.Hard)
	}
	p.Slot, p.Long, p.Held = week.On(d), week.Long(d), s.held()
	p.Kind = p.Slot
	if c, ok := s.change(d); ok {
		if c.Kind != day.Free {
			p.Kind, p.Cause = c.Kind, changed
		}
		p.Swap, p.Scale, p.From, p.Feels = c.Swap, c.Scale, c.From, c.Feels
	}
	return p
}

// weekOn returns the training week of d: the current one, or those that follow
// it as the plan has them.
func (b *Book) weekOn(s State, d day.Date) int {
	week := s.Week
	for start := s.Since + 7; start <= d; start += 7 {
		week = b.following(s, week)
	}
	return week
}

// following returns the week after week, if week is done.
func (b *Book) following(s State, week int) int {
	switch {
	case week == weeks && s.Bridge && known(s.Level) == New:
		return week + 1
	case week >= weeks && week < b.Last(s.Level) && s.Bridge:
		return week + 1
	case week >= weeks:
		return b.rules.Progress["PR-8"].From
	}
	return week + 1
}

// held returns why the plan of s waits.
func (s State) held() Held {
	switch {
	case s.Pain.Colour.stops():
		return HeldRed
	case s.Ill == Fever || s.Ill == Virus:
		return HeldIll
	case s.Check == AskDoctor:
		return HeldDoctor
	case s.Check == NotAsked:
		return HeldCheck
	}
	return ""
}

// hardest returns the kind of a day on which several sessions were done.
func hardest(done Past) day.Kind {
	best := day.Free
	for _, d := range done {
		switch {
		case d.Kind.Hard(), best == day.Free, best == day.Easy && d.Kind == day.Strength:
			best = d.Kind
		}
	}
	return best
}
