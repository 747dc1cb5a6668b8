package coach_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
)

// TestInsightsAreTrue lives ten weeks by the plan: in the first two no reminder speaks of
// what the runner's days show; after that every other one of a kind does, and every number in it is right.
func TestInsightsAreTrue(t *testing.T) {
	l := newLife(t)
	l.say(t, week, "/remind on")
	began := l.now
	l.at(t, "2026-01-05 12:00") // one reminder a pass, to be answered before the next
	done, insights, nudges := 0, 0, 0
	month := map[string]int{} // sessions by kind and month
	patterns := map[string]*regexp.Regexp{
		"which": regexp.MustCompile(`number (\d+) (?:of|this)`), "all": regexp.MustCompile(`(\d+) sessions? (?:so far|logged)`), "before": regexp.MustCompile(`The one before was (\w+ \w+)`),
	}
	for range 140 {
		for _, line := range l.pass(t, l.now.Add(12*time.Hour)) {
			if line.Nudge == "" || line.Replaces != "" {
				continue
			}
			nudges++
			said := map[string]string{}
			for name, p := range patterns {
				if in := p.FindStringSubmatch(line.Text); in != nil {
					said[name] = in[1]
				}
			}
			if strings.Contains(line.Text, "kept in ") || len(said) > 0 {
				insights++
				if l.now.Sub(began).Hours() < 13*24 {
					t.Errorf("in the first two weeks it says %q", line.Text)
				}
			}
			k := fmt.Sprint(line.Nudge, line.Key[:7])
			if got, want := said["which"], fmt.Sprint(month[k]+1); got != "" && got != want {
				t.Errorf("%s: %q, want number %s", line.Key, line.Text, want)
			}
			if got, want := said["all"], fmt.Sprint(done); got != "" && got != want {
				t.Errorf("%s: %q, want %s in all", line.Key, line.Text, want)
			}
			if line.Nudge.Training() {
				l.step(t, coach.Said{Text: "/done " + string(line.Nudge) + " " + line.Key[:10], Tapped: true, Nudge: line.Key, Handle: "m"})
				month[k]++
				done++
			}
		}
	}
	if insights < nudges/4 || insights > nudges/2 {
		t.Errorf("%d of %d reminders tell what the days show", insights, nudges)
	}
}
