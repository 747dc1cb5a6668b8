package coach_test

import (
	"slices"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
)

// Who puts other words in place of what they said has logged those, and not both.
func TestEditedWords(t *testing.T) {
	c, now := newCoach(t, time.UTC), time.Date(2026, 11, 16, 18, 0, 0, 0, time.UTC)
	say := func(r coach.Runner, text string, sent, was time.Duration) coach.Runner {
		e := coach.Said{Text: text, Sent: now.Add(sent)}
		if was >= 0 {
			e.Was = now.Add(was)
		}
		r, _ = c.Step(r, e, now.Add(sent+time.Second))
		return r
	}
	did := func(r coach.Runner) []day.Kind { return r.Days.Log.At(r.Days.Log.Start()).Sessions() }
	r := say(coach.Runner{ID: "telegram/1"}, "did squats", 0, -1)
	r = say(r, "did hills", time.Minute, -1)
	for text, want := range map[string][]day.Kind{
		"did intervals":             {day.Strength, day.Interval},
		"did hills and a easy run":  {day.Strength, day.Hill, day.Easy},
		"which muscles does it use": {day.Strength},
	} {
		if got := did(say(r, text, 2*time.Minute, time.Minute)); !slices.Equal(got, want) {
			t.Errorf("%q in place of hills: %v are logged, want %v", text, got, want)
		}
	}
	if got := did(say(r, "did intervals", 2*time.Minute, 0)); !slices.Equal(got, []day.Kind{day.Strength, day.Hill, day.Interval}) {
		t.Errorf("in place of what was said before the latest change: %v are logged", got)
	}
}
