package coach_test

import (
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/coachtest"
	"legcoach/coach/day"
	"legcoach/coach/plan"
)

// TestTalk plays the conversations of testdata/talk on the coach alone.
func TestTalk(t *testing.T) {
	coachtest.Play(t, "testdata/talk", func(t *testing.T, zone *time.Location) coachtest.Hold {
		return &alone{coach: newCoach(t, zone)}
	})
}

// TestAway plays those in which the bot was away.
func TestAway(t *testing.T) {
	coachtest.Play(t, "testdata/away", func(t *testing.T, zone *time.Location) coachtest.Hold {
		return &alone{coach: newCoach(t, zone)}
	})
}

// coaches are made once for each zone: a coach is never changed.
var coaches = map[string]*coach.Coach{}

func newCoach(t testing.TB, zone *time.Location) *coach.Coach {
	t.Helper()
	if c := coaches[zone.String()]; c != nil {
		return c
	}
	c, err := coach.New(coach.Config{Zone: zone.String(), QuietFrom: day.At(21, 30), QuietTo: day.At(7, 0), DayStarts: day.At(4, 0),
		Level: plan.New, Reminders: coachtest.Reminders, IdleMonths: 12})
	if err != nil {
		t.Fatal(err)
	}
	coaches[zone.String()] = c
	return c
}

// alone holds a conversation with nothing but the coach: no store, no bot.
type alone struct {
	coach *coach.Coach
	r     coach.Runner
}

func (a *alone) Say(t *testing.T, text string, now time.Time) []coach.Line {
	return a.step(coach.Said{Text: text}, now)
}

func (a *alone) Pass(t *testing.T, until time.Time) []coach.Line {
	var heard []coach.Line
	for !a.r.Wake.IsZero() && !a.r.Wake.After(until) {
		before := a.r.Wake
		heard = append(heard, a.step(coach.Woke{}, before)...)
		if !a.r.Wake.IsZero() && !a.r.Wake.After(before) {
			t.Fatalf("woken at %v, the runner wants to wake at %v", before, a.r.Wake)
		}
	}
	return heard
}

func (a *alone) Miss(t *testing.T, until time.Time) []coach.Line {
	heard := a.step(coach.Woke{}, until)
	return append(heard, a.Pass(t, until)...)
}

func (a *alone) step(e coach.Event, now time.Time) []coach.Line {
	r := a.r
	if r.IsZero() {
		r.ID = "console/1"
	}
	after, lines := a.coach.Step(r, e, now)
	if after.Since.IsZero() {
		after = coach.Runner{}
	}
	a.r = after
	return lines
}
