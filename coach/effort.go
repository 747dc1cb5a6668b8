package coach

import (
	"fmt"

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
	efforts := []Effort{}
	for _, e := range t.r.Efforts {
		if e.Date != date {
			efforts = append(efforts, e)
		}
	}
	t.r.Efforts = append(efforts[max(0, len(efforts)-maxEfforts):], Effort{date, of10})
	t.r.Talk.Asked, t.r.Talk.For = "", ""
	t.sayEffort(date, of10)
}

// sayEffort answers an effort: nicely paced, or harder than planned.
func (t *turn) sayEffort(date day.Date, of10 int) {
	more := t.phrases.line("effort_fine", nil)
	kinds := t.r.Days.Log.At(date).Sessions()
	if t.r.Set.Plan != nil && len(kinds) > 0 {
		target := t.plans.Target(t.planLevel(), t.planWeek(), kinds[len(kinds)-1])
		switch {
		case target > 0 && of10 >= target+2:
			more = t.phrases.line("effort_hard", nil)
		case target > 0 && of10 >= target-1 && of10 <= target+1:
			more = t.phrases.line("effort_even", nil)
		}
	}
	l := t.instead(t.say("effort_kept", vars{"effort": fmt.Sprint(of10), "more": join(more.Text, t.phrase(t.derived()))}))
	l.Choices = append(l.Choices, more.Choices...)
}
