package streak

import (
	"time"

	"legcoach/coach/day"
)

// Cause is one date that counts differently in two derivations.
type Cause struct {
	Date   day.Date
	Was    State // empty if the date was not among the days shown
	Is     State
	Reason Reason // why it is excused now
	Added  int    // what the date adds to the streak now, less what it added before
}

// Explain returns the dates, oldest first, that explain how before became
// after: those among their last 28 days that count differently. An OPEN date
// that went by without anything else happening is among them.
func Explain(before, after Numbers) []Cause {
	was := make(map[day.Date]Day, len(before.Days))
	for _, d := range before.Days {
		was[d.Date] = d
	}
	var causes []Cause
	for _, d := range after.Days {
		old, known := was[d.Date]
		if old.State == d.State && old.Reason == d.Reason || !known && len(before.Days) > 0 && d.Date < before.Days[0].Date && d.State == Free {
			continue
		}
		causes = append(causes, Cause{d.Date, old.State, d.State, d.Reason, adds(d.State) - adds(old.State)})
	}
	return causes
}

// adds returns what a date of this state adds to a streak that goes on.
func adds(s State) int {
	if s == Done || s == Rest {
		return 1
	}
	return 0
}

// Safety says what a runner may miss.
type Safety struct {
	// Covered are the next dates with a session that freezes would cover.
	Covered []day.Date
	// Breaks is the first date that may not be missed, and By when its session
	// has to be logged. Both are zero if nothing planned in the next weeks
	// could break the streak.
	Breaks day.Date
	By     time.Time
}

// Safe returns what could be missed from now on without breaking the streak,
// were nothing logged any more: it lets time pass and looks what is judged.
func Safe(f Facts, now time.Time) Safety {
	const ahead = 45
	var s Safety
	present := Derive(f, now)
	if present.Streak == 0 {
		return s
	}
	judged := map[day.Date]bool{}
	for _, d := range present.Days {
		judged[d.Date] = d.State == Frozen || d.State == Missed
	}
	future := now.Add(ahead * 24 * time.Hour)
	for _, d := range derive(&f, future, ahead+shownDays).Days {
		if judged[d.Date] {
			continue
		}
		switch d.State {
		case Frozen:
			s.Covered = append(s.Covered, d.Date)
		case Missed:
			s.Breaks, s.By = d.Date, f.Deadline(d.Date, now)
			return s
		}
	}
	return s
}
