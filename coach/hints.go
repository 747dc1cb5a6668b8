package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/streak"
)

// hinted tells, by the words of content/hints.yaml, what a message means that
// only makes sense in the situation that its writer is in: "too hot" on a
// training day, "all fine" on a morning after soreness, "better" when ill.
func (t *turn) hinted(text string, r reading.Reading) bool {
	switch r.Intent {
	case reading.OutOfScope, reading.DidYouMean, reading.NotCovered, reading.Today, reading.Answer, reading.Complaint:
	default:
		return false
	}
	s := t.state()
	words := plainly(text)
	degrees, told := degreesIn(text)
	away, reason := t.pastDays(text), t.reasonIn(text)
	switch {
	case reason != streak.Unsaid && t.lastWeekOff(text, reason):
	case len(away) > 0 && reason != streak.Unsaid && t.says("past", text) && !r.Finding.Others:
		t.excuse(away, reason)
	case t.hints.says("not_me", words) && len(t.r.Days.Log.At(t.r.Talk.Logged).Sessions()) > 0:
		t.history()
	case s.Ill != plan.Well && t.hints.says("well", words):
		t.command("/resume")
	case s.Pain.Colour == plan.Amber && t.hints.says("worse", words):
		t.command("/sore worse")
	case s.Pain.Colour == plan.Amber && t.hints.says("fine", words):
		t.green()
	case t.stopped() && t.hints.says("cleared", words):
		t.command("/resume cleared")
	case t.stopped() && t.hints.says("fine", words):
		t.leaveRed("")
	case told && t.hasPlan() && t.hints.says("weather", words):
		t.heat(t.today, degrees)
	case (r.Intent == reading.OutOfScope || r.Intent == reading.DidYouMean) && t.whyOf(words) != day.Free:
		t.whyKind(t.whyOf(words))
	case r.Intent != reading.Today && len(strings.Fields(text)) <= fewWords && t.hints.says("fine", words):
		t.say("glad", vars{"today": t.greeting()})
	case t.notHere(words, r):
	case t.vaguely(text, r):
	case t.hasPlan() && t.hints.says("hot", words):
		t.easierOn(t.today.String() + " " + string(plan.Hot))
	default:
		return false
	}
	return true
}

// notHere answers who asks for what this bot has not, and reports whether they do.
func (t *turn) notHere(words string, r reading.Reading) bool {
	if r.Intent != reading.OutOfScope && r.Intent != reading.DidYouMean {
		return false
	}
	for _, what := range []string{"board", "friend", "remove"} {
		if t.hints.says(what, words) {
			t.say("no_"+what, nil)
			return true
		}
	}
	return false
}

// numberAlone asks what a number is for, when nothing was asked.
func (t *turn) numberAlone(n string) {
	l := t.say("number_alone", vars{"n": n})
	if clocks := t.clocksIn(n); len(clocks) > 0 {
		for _, c := range halves(clocks[0], len(clocks) > 1) {
			l.Choices = append(l.Choices, Choice{Label: t.phrases.text("number_clock", vars{"time": c.String()}), Says: "/remind " + c.String()})
		}
	}
	if d := t.r.Talk.Logged; d != 0 && t.r.Days.Log.At(d).Trained() {
		l.Choices = append(l.Choices, Choice{Label: t.phrases.text("number_effort", nil), Says: "/effort " + d.String() + " " + n})
	}
}

// whyOf is the kind of day that a short "why easy" asks about; Free if it is none.
func (t *turn) whyOf(words string) day.Kind {
	fields := strings.Fields(words)
	if len(fields) < 2 || len(fields) > shortWhy || fields[0] != "why" {
		return day.Free
	}
	for _, w := range fields[1:] {
		if k, known := t.plans.KindNamed(w); known {
			return k
		}
	}
	return day.Free
}

// shortWhy is how many words such a question has at most: "why is there a rest day".
const shortWhy = 6

// plainly writes words as the hints are written, with a space at both ends.
func plainly(text string) string {
	return " " + strings.Join(strings.Fields(strings.ToLower(strings.Map(plain, text))), " ") + " "
}

// plain makes everything but letters and digits a space.
func plain(r rune) rune {
	if r == '\'' || r == '’' {
		return -1
	}
	if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '°' {
		return r
	}
	return ' '
}

// hints are phrases by what they mean.
type hints map[string][]string

// says reports whether words, between spaces, hold a phrase that means what is named.
func (h hints) says(what, words string) bool {
	for _, phrase := range h[what] {
		before, _, found := strings.Cut(words, " "+phrase+" ")
		if found && !slices.Contains(h["not"], before[strings.LastIndexByte(before, ' ')+1:]) {
			return true
		}
	}
	return false
}

// clocks are the times of day that stand under a name.
func (h hints) clocks(name string) []day.Clock {
	var all []day.Clock
	for _, written := range h[name] {
		if c, ok := clockOf(written); ok {
			all = append(all, c)
		}
	}
	return all
}

// says reports whether words hold a phrase that means what is named, unless the opposite is said.
func (t *turn) says(what, words string) bool { return t.hints.says(what, plainly(words)) }
