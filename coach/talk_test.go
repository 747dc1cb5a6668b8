package coach_test

import (
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/coachtest"
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

func newCoach(t testing.TB, zone *time.Location) *coach.Coach { return coachtest.New(t, zone) }

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
