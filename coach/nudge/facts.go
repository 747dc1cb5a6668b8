package nudge

import (
	"fmt"
	"maps"
	"slices"

	"legcoach/coach/day"
)

// Facts are what is true of a runner and their day when a nudge is made.
type Facts struct {
	Date  day.Date
	Kind  day.Kind
	Tone  Tone
	Level string // "new", "regular", "seasoned"; empty if not known
	// Session are the variables of the day's session (plan.Card.Vars); nil if the
	// runner has no plan, or if its numbers are not to be said.
	Session map[string]string
	// Next is the next training day in words, as "hills on Thursday"; empty if none.
	Next    string
	Week    int  // training week; 0 if there is no plan
	Deload  bool // a lighter week
	Back    bool // a return after days away is in force
	Gentler bool // the session is the gentle version
	Eased   bool // an easy session stands in for another
	// Note, unless empty, names the notes that are said in place of the day's
	// lines, filled in with Vars too.
	Note string
	Vars map[string]string
	// Insight is what the runner's own days show; nil if they are new, and hear what today is.
	Insight map[string]string
	Streak  int
	Freezes int
	Done    int // how many sessions of this kind were done so far
}

// condition is when a line is true; every part that is set must hold.
type condition struct {
	FirstWeek bool     `yaml:"first_week"`
	Deload    bool     `yaml:"deload"`
	Back      bool     `yaml:"back"`
	NoFreeze  bool     `yaml:"no_freeze"`
	Bare      bool     `yaml:"bare"`   // the session's numbers are not known
	Streak    int      `yaml:"streak"` // at least
	Done      int      `yaml:"done"`   // at least
	Level     string   `yaml:"level"`
	Days      []string `yaml:"days"` // "Mon", …
}

// holds reports whether a condition is true of f.
func (c condition) holds(f Facts) bool {
	return (!c.FirstWeek || f.Week == 1) &&
		(!c.Deload || f.Deload) &&
		(!c.Back || f.Back) &&
		(!c.NoFreeze || f.Freezes == 0) &&
		(!c.Bare || f.Session == nil) &&
		f.Streak >= c.Streak && f.Done >= c.Done &&
		(c.Level == "" || c.Level == f.Level) &&
		(len(c.Days) == 0 || slices.Contains(c.Days, f.Date.Format("Mon")))
}

// vars are the variables that a line may use. What is not known is not there.
func (f Facts) vars() map[string]string {
	v := maps.Clone(f.Session)
	if v == nil {
		v = map[string]string{}
	}
	maps.Copy(v, f.Insight)
	maps.Copy(v, f.Vars)
	v["kind"], v["day"] = string(f.Kind), f.Date.Format("Mon")
	if f.Next != "" {
		v["next"] = f.Next
	}
	if f.Streak > 0 {
		v["streak"] = fmt.Sprint(f.Streak)
	}
	if f.Done > 0 {
		v["count"] = fmt.Sprint(f.Done + 1)
	}
	return v
}
