package coach

import (
	"regexp"
	"slices"
	"strconv"
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
	case reading.OutOfScope, reading.DidYouMean, reading.NotCovered, reading.Today, reading.Answer:
	default:
		return false
	}
	s := t.state()
	words := plainly(text)
	degrees, told := degreesIn(text)
	away, reason := t.pastDays(text), t.reasonIn(text)
	switch {
	case reason != streak.Unsaid && t.lastWeekOff(text, reason):
	case len(away) > 0 && reason != streak.Unsaid && t.says("past", text):
		t.excuse(away, reason)
	case t.hints.says("not_me", words) && len(t.r.Days.Log.At(t.r.Talk.Logged).Sessions()) > 0:
		t.history()
	case s.Ill != plan.Well && t.hints.says("well", words):
		t.command("/resume")
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
	case number.MatchString(text):
		t.numberAlone(strings.TrimSpace(text))
	case t.hasPlan() && t.hints.says("hot", words):
		t.easierOn(t.today.String() + " " + string(plan.Hot))
	default:
		return false
	}
	return true
}

// numberAlone asks what a number is for, when nothing was asked.
func (t *turn) numberAlone(n string) {
	l := t.say("number_alone", vars{"n": n})
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

// says reports whether words hold a phrase that means what is named, unless the opposite is said.
func (t *turn) says(what, words string) bool { return t.hints.says(what, plainly(words)) }

var degreesSaid = regexp.MustCompile(`(?i)(-?\d{1,3})\s*(?:°|º|deg(?:ree)?s?\b)?\s*(c\b|f\b|celsius|fahrenheit)?`)

// degreesIn finds a temperature, in °C. From 60 on it is taken to be in °F.
func degreesIn(text string) (int, bool) {
	said := degreesSaid.FindStringSubmatch(text)
	if said == nil {
		return 0, false
	}
	n, err := strconv.Atoi(said[1])
	if err != nil {
		return 0, false
	}
	if unit := strings.ToLower(said[2]); strings.HasPrefix(unit, "f") || unit == "" && n >= 60 {
		n = (n - 32) * 5 / 9
	}
	return n, n > -60 && n < 60
}

// heat fits the session of a date to what it feels like outside, in °C.
func (t *turn) heat(date day.Date, feels int) {
	if t.stopped() {
		t.todayCard(ask{})
		return
	}
	p := t.on(date)
	heat := t.plans.Heat(feels, p.Kind, false)
	stop, sun, _ := t.plans.HeatAdvice()
	switch {
	case !p.Kind.Training() || t.r.Days.Log.At(date).Done():
		t.say("heat_no_session", vars{"stop": stop})
		return
	case heat.Words == "":
		t.say("heat_fine", vars{"sun": sun})
		return
	}
	was := t.mark()
	c := t.changeOn(date)
	c.Feels = feels
	t.r.Set.Plan = ptr(t.plans.Put(*t.r.Set.Plan, t.past(), t.today, c).State)
	v := vars{"words": heat.Words, "card": strings.Join(t.plans.Card(t.on(date)).Text(), "\n"), "stop": stop, "sun": sun,
		"change": t.changed(was, t.phrases.text("what_heat", nil)), "kind": string(p.Kind), "date": date.String()}
	if heat.None {
		t.say("heat_none", v)
		return
	}
	t.say("heat", v)
}

// changeOn is what was changed on a date so far, to be changed further.
func (t *turn) changeOn(date day.Date) plan.Change {
	for _, c := range t.state().Changes {
		if c.Date == date {
			return c
		}
	}
	return plan.Change{Date: date}
}

func ptr[T any](v T) *T { return &v }
