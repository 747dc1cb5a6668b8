package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// correct changes the latest log, or the one of a date.
func (t *turn) correct(a ask) {
	if a.Command == "" && t.says("was_asking", a.Words) {
		t.question(a.Words)
		return
	}
	date, to := t.r.Talk.Logged, a.Date
	if a.Command != "" && a.To != 0 {
		date, to = a.Date, a.To
	}
	if date == 0 || !t.r.Days.Log.At(date).Trained() {
		t.nothingToCorrect(a)
		return
	}
	if len(a.Kinds) == 0 && (to == 0 || to == date) {
		t.r.Talk.Asked = askedFix
		t.say("correct_what", nil)
		return
	}
	if to > t.today && to != t.civil() {
		t.say("future_log", vars{"when": capital(t.when(to))})
		return
	}
	t.relog(date, to, a.Kinds, t.kindsNamed(a.Words))
}

// nothingToCorrect asks what was done on the day that is all somebody named; else there is no log.
func (t *turn) nothingToCorrect(a ask) {
	if a.Command != "" || a.Date == 0 || a.Date > t.today || len(a.Kinds) > 0 || len(strings.Fields(a.Words)) > fewWords {
		t.say("correct_none", nil)
		return
	}
	t.whichKind(a.Date)
}

// kindsNamed are the kinds that words name one by one, right or wrong.
func (t *turn) kindsNamed(words string) []day.Kind {
	var kinds []day.Kind
	for _, w := range strings.Fields(plainly(words)) {
		if k, known := t.plans.KindNamed(w); known {
			kinds = append(kinds, k)
		}
	}
	return kinds
}

// relog takes a session of a date away, the one that was wrong or else the last,
// and logs what it should have been.
func (t *turn) relog(from, to day.Date, kinds, wrong []day.Kind) {
	was := t.mark()
	have := t.r.Days.Log.At(from).Sessions()
	last := have[len(have)-1]
	for _, k := range have {
		if slices.Contains(wrong, k) && !slices.Contains(kinds, k) {
			last = k
		}
	}
	if to == 0 {
		to = from
	}
	if len(kinds) == 0 {
		kinds = []day.Kind{last}
	}
	after, err := t.r.Days.Void(from, last)
	var runs []Run
	for _, k := range kinds {
		if err == nil {
			runs = append(runs, Run{to, k, t.minutesOf(to, k, t.minutesTold(from, last))})
			after, err = after.Record(to, streak.Session{Kind: k}, t.lateAs(to))
		}
	}
	if err != nil {
		t.say("correct_none", nil)
		return
	}
	t.r.Days = after
	for _, r := range runs {
		t.ran(r)
	}
	t.unmend(from)
	t.r.Talk.Logged = to
	day := t.when(to)
	if to > t.today {
		day = t.long(to) // the date on the calendar, before the training day begins
	}
	change := t.changed(was, t.kinds(kinds)+", "+to.String())
	t.instead(t.say("corrected", vars{"what": t.kinds(kinds) + ", " + day, "numbers": t.numbers(), "change": change}))
}
