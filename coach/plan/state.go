package plan

import (
	"slices"
	"time"

	"legcoach/coach/day"
)

// State is a runner's own plan, as it is kept with them. The zero State is no
// plan: every date is Free. Its methods and those of [Book] return a new State
// and leave the old one as it was.
type State struct {
	Level Level `json:"level,omitempty"`
	Check Check `json:"check,omitempty"`
	// Week is the training week, 1 to [Book.Last]; 0 if no plan was started.
	Week int `json:"week,omitempty"`
	// Since is the Monday on which that week begins. Days before it have the
	// same numbers, so that a plan can begin on any day.
	Since day.Date `json:"since,omitzero"`
	// Began is when the plan was started; nothing before it is a gap in it.
	Began day.Date `json:"began,omitzero"`
	// Hard is the weekday of slot 2, the first hard day of a week of slots.
	Hard time.Weekday `json:"hard,omitempty"`
	// Set is the runner's own week, if they set one in words; zero for slots.
	Set Week `json:"own,omitzero"`
	// Repeats is how often Week was repeated, and Good for how many weeks running PR-2 held.
	Repeats int `json:"repeats,omitempty"`
	Good    int `json:"good,omitempty"`
	// Bridge says that the runner chose the bridge to regular after week 12.
	Bridge bool `json:"bridge,omitempty"`
	// Changes are what was changed on single dates, in the order of dates.
	Changes []Change `json:"changes,omitempty"`
	// Away is a gap of days that the runner came back from, or is still in.
	Away *Gap    `json:"away,omitempty"`
	Pain Pain    `json:"pain,omitzero"`
	Ill  Illness `json:"ill,omitempty"`
}

// Change is what was changed on one date.
type Change struct {
	Date day.Date `json:"d"`
	// Kind is what is done instead; Free if the kind stays.
	Kind day.Kind `json:"k,omitempty"`
	Swap Swap     `json:"s,omitempty"`
	// Scale makes the session easier; zero leaves it.
	Scale Scale `json:"c,omitzero"`
	// From is the date from which the session was moved; zero if it was not.
	From day.Date `json:"f,omitzero"`
	// Feels is the feels-like temperature in °C; 0 if not told.
	Feels int `json:"t,omitempty"`
}

// Gap is a time away of 4 days or more.
type Gap struct {
	// Last is the date of the last session before it.
	Last day.Date `json:"last"`
	// Week is the training week that it interrupted.
	Week int `json:"week"`
	// Row is the row of the return table that was applied last, from 0.
	Row int `json:"row"`
	// Ill says that it was illness, and Hurt that it was a red sign.
	Ill  bool `json:"ill,omitempty"`
	Hurt bool `json:"hurt,omitempty"`
}

// Pain is what is open after pain was reported; never what hurt.
type Pain struct {
	Colour Colour   `json:"colour,omitempty"`
	Since  day.Date `json:"since,omitzero"`
	// Green is how many green mornings running there were, Morning the last of them.
	Green   int      `json:"green,omitempty"`
	Morning day.Date `json:"morning,omitzero"`
	// Ambers are the dates of the last ambers.
	Ambers []day.Date `json:"ambers,omitempty"`
	// Ease is since when the first hard day is still to be eased after an amber.
	Ease day.Date `json:"ease,omitzero"`
	// Cleared says that only a professional can end a red.
	Cleared bool `json:"cleared,omitempty"`
}

// Did is one session that was done.
type Did struct {
	Date day.Date
	Kind day.Kind
	// Effort is what it felt like, 1 to 10; 0 if they did not say.
	Effort int
	// Gentle says that it was a lighter version: sore, achy, too hot, ill.
	Gentle bool
	// Minutes are its running minutes (see [Card.Running]); 0 if not known,
	// then those of the current week count.
	Minutes int
}

// Past is what a runner did: every session of at least the last 45 days and the
// last one before them, oldest first. It is derived from the log, so that an undo
// or a late log needs nothing else.
type Past []Did

// Last returns the date of the last session on or before today, and whether there is one.
func (p Past) Last(today day.Date) (day.Date, bool) {
	for i := len(p) - 1; i >= 0; i-- {
		if p[i].Date <= today {
			return p[i].Date, true
		}
	}
	return 0, false
}

// Away returns the whole days between the last session and today, neither counted,
// and whether there was a session at all.
func (p Past) Away(today day.Date) (int, bool) {
	last, ok := p.Last(today)
	if !ok {
		return 0, false
	}
	return max(int(today-last)-1, 0), true
}

// on returns the sessions of date d.
func (p Past) on(d day.Date) Past { return p.between(d, d) }

// between returns the sessions from one date to another, both included.
func (p Past) between(from, to day.Date) Past {
	start, _ := slices.BinarySearchFunc(p, from, func(x Did, d day.Date) int { return int(x.Date) - int(d) })
	end := start
	for end < len(p) && p[end].Date <= to {
		end++
	}
	return p[start:end]
}

// Start begins the plan at week 1 on today's date, or on the Monday after it.
func (s State) Start(today day.Date) State {
	s.Week, s.Since, s.Began, s.Repeats, s.Good, s.Away = 1, monday(today), today, 0, 0, nil
	return s
}

// last returns the date from which days away are counted: that of the last
// session, or the eve of the plan; false if there never was a session.
func (s State) last(past Past, today day.Date) (day.Date, bool) {
	last, ever := past.Last(today)
	return max(last, s.Began-1), ever
}

// patience returns the least number of days away from which a plan changes: 4,
// or more than the longest rest that the runner's own week has.
func (s State) patience(least int) int {
	if s.Set == (Week{}) {
		return least
	}
	rest := 0
	for i := range 2 * len(s.Set) {
		if rest++; s.Set[i%len(s.Set)].Training() {
			rest = 0
		}
		least = max(least, rest+1)
	}
	return least
}

// change returns what was changed on d, and whether anything was.
func (s State) change(d day.Date) (Change, bool) {
	i, ok := slices.BinarySearchFunc(s.Changes, d, byDate)
	if !ok {
		return Change{Date: d}, false
	}
	return s.Changes[i], true
}

// with returns s with a change in it, in place of any other on the same date.
func (s State) with(c Change) State {
	changes := slices.Clone(s.Changes)
	i, ok := slices.BinarySearchFunc(changes, c.Date, byDate)
	if ok {
		changes[i] = c
	} else {
		changes = slices.Insert(changes, i, c)
	}
	s.Changes = changes
	return s
}

// unchanged returns s without what was changed on dates from d on: a change is
// made to fit its week, and does not outlive it. A session that was done early,
// on a date before d, counts there from now on: what was to stand in its place is gone.
func (s State) unchanged(d day.Date) State {
	i, _ := slices.BinarySearchFunc(s.Changes, d, byDate)
	s.Changes = slices.Clone(s.Changes[:i])
	for i := range s.Changes {
		if s.Changes[i].From >= d {
			s.Changes[i].From = 0
		}
	}
	return s
}

func byDate(c Change, d day.Date) int { return int(c.Date) - int(d) }

// monday returns d if it is a Monday, and the next one otherwise.
func monday(d day.Date) day.Date { return (d + 6).Monday() }
