package coach

import (
	"fmt"
	"slices"
	"strings"

	"legcoach/coach/day"
)

// effortOn is how hard the session of a date was; 0 if they did not say.
func (t *turn) effortOn(d day.Date) int {
	for _, e := range t.r.Efforts {
		if e.Date == d {
			return e.Of10
		}
	}
	return 0
}

// maxEfforts is how many efforts are kept.
const maxEfforts = 40

// effort takes "2026-11-24 7".
func (t *turn) effort(words string) {
	var text string
	var of10 int
	if n, err := fmt.Sscanf(words, "%s %d", &text, &of10); n != 2 || err != nil || of10 < 0 || of10 > 10 {
		t.say("effort_how", nil)
		return
	}
	date, err := day.ParseDate(text)
	if err != nil || !t.r.Days.Log.At(date).Trained() {
		t.say("effort_none", vars{"on": t.onDay(date)})
		return
	}
	t.keepEffort(date, of10)
	t.r.Talk.Wish = "/effort " + text
	t.sayEffort(date, of10)
}

// keepEffort keeps how hard the session of a date was, in place of what was said of it before.
func (t *turn) keepEffort(date day.Date, of10 int) {
	efforts := slices.DeleteFunc(slices.Clone(t.r.Efforts), func(e Effort) bool { return e.Date == date })
	t.r.Efforts = append(efforts[max(0, len(efforts)-maxEfforts+1):], Effort{date, of10})
}

// sayEffort answers an effort: nicely paced, or harder than planned.
func (t *turn) sayEffort(date day.Date, of10 int) {
	above, planned := t.above(date)
	name := "effort_fine"
	switch {
	case planned && above >= tooMuch && t.aboveBefore(date):
		name = "effort_hard_twice"
	case planned && above >= tooMuch:
		name = "effort_hard"
	case planned && above >= -1 && above <= 1:
		name = "effort_even"
	}
	more := t.phrases.line(name, vars{"date": date.String()})
	l := t.instead(t.say("effort_kept", vars{"effort": fmt.Sprint(of10), "more": join(t.phrase(t.derived()), more.Text)}))
	l.Choices = append(l.Choices, more.Choices...)
	if name == "effort_hard_twice" {
		l.Quote, _ = t.plans.Tip(day.Rest)
		l.Section = t.sectionOf(l.Quote)
	}
}

// tooMuch is how far above its target an effort is harder than planned.
const tooMuch = 2

// above is how far the effort on a date was above what the plan asks for, and
// whether the plan asks for anything.
func (t *turn) above(date day.Date) (int, bool) {
	kinds, of10 := t.r.Days.Log.At(date).Sessions(), t.effortOn(date)
	if t.r.Set.Plan == nil || len(kinds) == 0 || of10 == 0 {
		return 0, false
	}
	target := t.plans.Target(t.planLevel(), t.planWeek(), kinds[len(kinds)-1])
	return of10 - target, target > 0
}

// aboveBefore reports whether the session before a date was harder than planned too.
func (t *turn) aboveBefore(date day.Date) bool {
	for d := date - 1; d > date-lateDays; d-- {
		if t.r.Days.Log.At(d).Trained() {
			above, planned := t.above(d)
			return planned && above >= tooMuch
		}
	}
	return false
}

// rated takes what answers how hard a session was, while that is asked: a number
// from 0 to 10, or a word for one. It reports whether it was that.
func (t *turn) rated(text string) bool {
	about := t.r.Talk.For
	if t.r.Talk.Asked != askedEffort {
		return false
	}
	of10 := t.numberAmong(text)
	if n := number.FindStringSubmatch(text); n != nil {
		of10 = n[1]
	}
	for _, w := range []string{"9", "7", "5", "2"} {
		if of10 == "" && t.points("effort"+w, text) {
			of10 = w
		}
	}
	if of10 == "" {
		return false
	}
	t.r.Talk.Asked, t.r.Talk.For = "", ""
	t.command("/effort " + about + " " + of10)
	return true
}

// numberAmong is the one number that stands among words that say no more of an
// effort, "felt great, 6"; empty if there is none, or more is said.
func (t *turn) numberAmong(text string) (n string) {
	for _, word := range strings.Fields(plainly(text)) {
		found := number.FindStringSubmatch(strings.TrimSuffix(word, "ish"))
		switch {
		case found != nil && n == "":
			n = found[1]
		case found != nil || !slices.Contains(t.hints["of_effort"], word):
			return ""
		}
	}
	return n
}

// spent notes the effort of somebody who logs a session with words for too much: "dead legs".
func (t *turn) spent(a ask, date day.Date) string {
	weary := slices.ContainsFunc(t.hints["weary"], func(emoji string) bool { return strings.Contains(a.Words, emoji) })
	if a.Command != "" || !weary && !t.hints.says("spent", plainly(a.Words)) {
		return ""
	}
	t.keepEffort(date, spentOf10)
	t.r.Talk.Asked, t.r.Talk.For = "", ""
	if above, planned := t.above(date); planned && above >= tooMuch && t.aboveBefore(date) {
		return "spent_twice"
	}
	return "spent"
}

// spentOf10 is what words for too much are taken for.
const spentOf10 = 9
