package plan

import "legcoach/coach/day"

// SetLevel changes the level by the runner's own word. Up begins at week 1 of
// the new level; down keeps the week, which is easier there, and nothing else
// changes. The State may need [Book.Settle] afterwards.
func (b *Book) SetLevel(s State, today day.Date, level Level) State {
	was := known(s.Level)
	s.Level = level
	if s.Week == 0 || level == was {
		return s
	}
	s = s.unchanged(today)
	s.Repeats, s.Good, s.Bridge = 0, 0, false
	if level == was.Upper() || level == Seasoned {
		return s.Start(today)
	}
	s.Week = min(s.Week, b.Last(level))
	return s
}

// Raise takes up the offer of week 12 (PR-8): new runners go on to the bridge
// weeks, regular ones to week 1 of seasoned. Seasoned runners stay.
func (b *Book) Raise(s State, today day.Date) State {
	switch known(s.Level) {
	case New:
		s.Week, s.Since, s.Repeats, s.Bridge = weeks+1, today.Monday(), 0, true
	case Regular:
		s = b.SetLevel(s, today, Seasoned)
	}
	return s
}

// Minutes returns the minutes of running in a week of a level, for [Book.Rise].
func (b *Book) Minutes(level Level, week int, w Week) (running int) {
	for i, kind := range w {
		if !kind.Hard() && kind != day.Easy {
			continue
		}
		d := day.Date(4 + i) // of any week that begins on a Monday
		running += b.Session(level, week, kind, w.Long(d), AsPlanned, Scale{}).Minutes
	}
	return running
}
