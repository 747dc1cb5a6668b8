package coach

import (
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// State is what a program wants to know of a runner. Dates are training dates.
type State struct {
	Date     day.Date                  `json:"date"`
	Zone     string                    `json:"zone"`
	Level    string                    `json:"level"`
	Week     int                       `json:"week"`
	Streak   int                       `json:"streak"`
	Sessions int                       `json:"sessions"`
	Rests    int                       `json:"rests"`
	Best     int                       `json:"best"`
	Freezes  int                       `json:"freezes"`
	Strength float64                   `json:"strength"` // 0 to 100, one decimal
	Days     map[day.Date]streak.State `json:"days"`     // the last 28 since the runner began
	Plan     map[string]day.Kind       `json:"plan"`     // this week, mon to sun
	Paused   string                    `json:"paused_until"`
	Next     []Reminder                `json:"next"` // up to 7
}

// Reminder is a reminder to come.
type Reminder struct {
	At   time.Time `json:"at"` // UTC
	Kind day.Kind  `json:"kind"`
}

// State returns the state of r at now. A stranger has the state of somebody who begins now.
func (c *Coach) State(r Runner, now time.Time) State {
	t := &turn{Coach: c, r: r, now: now}
	if r.Since.IsZero() {
		t.meet("")
	} else {
		t.begin()
	}
	n := t.derived()
	s := State{Date: t.today, Zone: t.zone.String(), Level: string(t.planLevel()), Streak: n.Streak, Sessions: n.Sessions,
		Rests: n.Rests, Best: n.Best, Freezes: n.Freezes, Strength: float64(int(n.Strength*10+0.5)) / 10,
		Days: map[day.Date]streak.State{}, Plan: map[string]day.Kind{}, Next: []Reminder{}}
	if t.hasPlan() {
		s.Week = t.planWeek()
		for i, k := range t.week() {
			s.Plan[weekdayNames[(i+1)%7]] = k
		}
	}
	for _, d := range n.Days {
		s.Days[d.Date] = d.State
	}
	if p, paused := t.r.Days.Paused(t.today); paused && p.Until != 0 {
		s.Paused = p.Until.String()
	}
	for _, o := range t.upcoming(7) {
		s.Next = append(s.Next, Reminder{o.at.UTC(), o.kind})
	}
	return s
}
