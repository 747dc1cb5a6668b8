package coach_test

import (
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/coachtest"
)

// TestEveryChoice taps every choice that is offered in any conversation, at once
// and nine days later, each on a copy of its runner: what a choice says is always
// understood, and does what its label says.
func TestEveryChoice(t *testing.T) {
	talks, err := coachtest.Read(os.DirFS("testdata/talk"))
	if err != nil {
		t.Fatal(err)
	}
	taps := 0
	for _, talk := range talks {
		a := &alone{coach: newCoach(t, talk.Turns[0].At.Location())}
		for _, turn := range talk.Turns {
			heard := a.Pass(t, turn.At)
			if turn.Said != "" {
				heard = append(heard, a.Say(t, turn.Said, turn.At)...)
			}
			for _, line := range heard {
				for _, choice := range line.Choices {
					taps++
					for _, wait := range []time.Duration{time.Minute, 9 * 24 * time.Hour} {
						tap := tap{alone{a.coach, a.r}, talk.Name, turn.Line, line, choice}
						tap.check(t, turn.At.Add(wait), wait < time.Hour)
					}
				}
			}
		}
	}
	if taps < 1000 {
		t.Errorf("%d choices were tapped, want those of all conversations", taps)
	}
}

// tap is a choice under a line, and the runner to whom it is shown.
type tap struct {
	alone
	talk   string
	turn   int
	line   coach.Line
	choice coach.Choice
}

// check taps the choice at a time, and says what it comes to.
func (p *tap) check(t *testing.T, now time.Time, soon bool) {
	before := p.r
	says := p.choice.Says
	if len(says) > coach.MaxSays || strings.Contains(says, "{") {
		t.Errorf("%s:%d: [%s] says %q", p.talk, p.turn, p.choice.Label, says)
	}
	lines := p.step(coach.Said{Text: says, Tapped: true, Nudge: p.line.Key}, now)
	var heard []string
	for _, l := range lines {
		if !l.Quiet {
			heard = append(heard, l.Text)
		}
	}
	fault := ""
	switch text := strings.Join(heard, "\n"); {
	case text == "":
		fault = "says nothing"
	case p.misunderstood(heard):
		fault = "is not understood"
	case !soon:
	case p.choice.Label == "Undo" && !strings.HasPrefix(text, "Taken back"):
		fault = "takes nothing back"
	case p.choice.Label == "Put it back" && !strings.HasPrefix(text, "Put back"):
		fault = "puts nothing back"
	case p.refuses() && (!sameJSON(p.r.Days.Log, before.Days.Log) || !sameJSON(p.r.Days.Pauses, before.Days.Pauses) || !sameJSON(p.r.Set.Plan, before.Set.Plan)):
		fault = "changes something"
	}
	if fault != "" {
		t.Errorf("%s:%d: under %q [%s], which says %q, %s: %q", p.talk, p.turn, p.line.Text, p.choice.Label, says, fault, heard)
	}
}

// misunderstood reports whether an answer is one of those to words that nobody understands.
func (p *tap) misunderstood(heard []string) bool {
	return slices.ContainsFunc(heard, func(text string) bool {
		for _, name := range []string{"out_of_scope", "out_of_scope_menu", "out_of_scope_quiet", "effort_how", "plan_how", "quiet_how", "did_you_mean", "correct_none"} {
			if text == p.coach.Words(name) {
				return true
			}
		}
		return strings.HasPrefix(text, "I don't know")
	})
}

// refuses reports whether the label is that of a no.
func (p *tap) refuses() bool {
	for _, no := range []string{"No, ", "Not now", "Not yet", "Leave it", "Stay ", "One step", "Keep it"} {
		if strings.HasPrefix(p.choice.Label, no) {
			return true
		}
	}
	return false
}

func TestThumbsCanBeCounted(t *testing.T) {
	c := newCoach(t, time.UTC)
	for said, want := range map[string]string{
		"/feedback quads up":          "quads up",
		"/feedback quads down":        "quads down",
		"/feedback quads long":        "quads long",
		"/feedback quads five stars":  " ",
		"/feedback my secret is up":   " ",
		"does running work the quads": " ",
	} {
		topic, verdict := c.Feedback(coach.Said{Text: said, Tapped: true})
		if got := topic + " " + verdict; got != want {
			t.Errorf("%q counts as %q, want %q", said, got, want)
		}
	}
}
