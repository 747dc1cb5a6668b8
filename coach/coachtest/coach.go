package coachtest

import (
	"sync"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
	"legcoach/coach/plan"
)

var coaches struct {
	sync.Mutex
	of map[string]*coach.Coach
}

// New returns the coach with whom the conversations are held, for runners who
// live in a zone unless they say otherwise. Each is made once, for a coach is never changed.
func New(t testing.TB, zone *time.Location) *coach.Coach {
	t.Helper()
	coaches.Lock()
	defer coaches.Unlock()
	if c := coaches.of[zone.String()]; c != nil {
		return c
	}
	c, err := coach.New(coach.Config{Zone: zone.String(), QuietFrom: day.At(21, 30), QuietTo: day.At(7, 0), DayStarts: day.At(4, 0),
		Level: plan.New, Reminders: Reminders, IdleMonths: 12})
	if err != nil {
		t.Fatal(err)
	}
	if coaches.of == nil {
		coaches.of = map[string]*coach.Coach{}
	}
	coaches.of[zone.String()] = c
	return c
}
