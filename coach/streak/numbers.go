package streak

import (
	"time"

	"legcoach/coach/day"
)

// State is what a date amounts to.
type State string

// The states of a date, as the package comment explains them.
const (
	Done    State = "DONE"
	Excused State = "EXCUSED"
	Open    State = "OPEN"
	Rest    State = "REST"
	Free    State = "FREE"
	Grace   State = "GRACE"
	Frozen  State = "FROZEN"
	Missed  State = "MISSED"
)

// Numbers are what a runner's days amount to at an instant.
type Numbers struct {
	Today    day.Date  // the training date
	Streak   int       // days on plan: Sessions + Rests
	Sessions int       // done days of the current run
	Rests    int       // kept rest days of the current run
	Best     int       // the highest Streak there ever was
	Freezes  int       // left
	Strength float64   // 0 to 100, by the formula of Loop Habit Tracker
	Weeks    int       // weeks on target, one after another
	Week     Week      // the week that today is in
	Total    int       // days with a session ever
	Days     []Day     // the last 28 training dates since the runner began, today last
	Repair   Repair    // the way back to a streak that was missed; zero if there is none
	Turns    time.Time // when today is over
	Judged   time.Time // when the next date that still waits for a session is judged; zero if none does
}

// Day is one date and what it amounted to.
type Day struct {
	Date    day.Date
	State   State
	Plan    day.Kind
	Reason  Reason    // why it is excused
	Entry   Entry     // what is known of it
	Streak  int       // days on plan after it
	Freezes int       // freezes left after it
	Until   time.Time // when it is judged, while it waits for a session
}

// Week is how much of a week's target is done.
type Week struct {
	From   day.Date // its first date
	Done   int      // done days
	Target int      // done days that keep it; 0 if nothing is planned, or all of it is excused
}

// Repair is an offer: two sessions by a date bring a missed streak back.
type Repair struct {
	Missed []day.Date // the dates that would be bridged
	By     day.Date   // the last date on which a session counts for it
	Have   int        // sessions so far, of two
	Back   int        // what the streak would be now, were they bridged
}

// Ready reports whether the sessions are there, so that [Facts.Mend] will bridge the dates.
func (r Repair) Ready() bool { return r.Have >= comebackSessions }
