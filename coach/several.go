package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// severalSaid logs sessions of several dates, and asks first if they are many.
func (t *turn) severalSaid(a ask) {
	var ahead []string
	if t.says("this_week", a.Words) {
		a.Dates = slices.DeleteFunc(slices.Clone(a.Dates), func(d day.Date) bool {
			if d < t.today.Monday() {
				ahead = append(ahead, capital(t.when(d+7)))
			}
			return d < t.today.Monday()
		})
	}
	slices.Sort(a.Dates)
	if len(a.Dates) == 0 {
		t.say("log_ahead", vars{"list": t.list(ahead)})
		return
	}
	if len(a.Dates) < manyDates || a.Command != "" || !t.askSeveral(a) {
		t.logSeveral(a)
	}
	if len(ahead) > 0 {
		l := &t.lines[len(t.lines)-1]
		l.Text = join(l.Text, t.phrases.text("log_several_ahead", vars{"list": t.list(ahead)}))
	}
}

// manyDates is how many dates are shown before they are logged.
const manyDates = 3

// askSeveral shows what would be logged, and reports whether it could: a choice holds only so many dates.
func (t *turn) askSeveral(a ask) bool {
	if len(a.Kinds) == 0 || len(a.Paired) > 0 {
		return false // each day has a kind of its own
	}
	var rows, dates []string
	for _, d := range a.Dates {
		rows = append(rows, t.phrases.text("day_kind", vars{"when": t.long(d), "kind": t.kinds(a.Kinds)}))
		dates = append(dates, d.String())
	}
	l := t.say("log_several_ask", vars{"list": strings.Join(rows, "; "), "words": joinKinds(a.Kinds), "dates": strings.Join(dates, " ")})
	if len(l.Choices) < 2 {
		t.lines = t.lines[:len(t.lines)-1]
		return false
	}
	return true
}

// logSeveral logs a session on each of several dates, with one undo for all.
func (t *turn) logSeveral(a ask) {
	was := t.mark()
	var done []string
	for _, d := range a.Dates {
		if d > t.today || t.today-d > oldest {
			continue
		}
		for _, k := range t.kindsOn(d, a.kindsOf(d)) {
			minutes := t.minutesOf(d, k, 0)
			if after, err := t.r.Days.Record(d, streak.Session{Kind: k}, t.now); err == nil {
				t.r.Days = after
				t.ran(Run{d, k, minutes})
				done = append(done, t.kind(k)+" "+d.String())
			}
		}
	}
	if len(done) == 0 {
		t.say("future_log", vars{"when": capital(t.when(a.Dates[0]))})
		return
	}
	t.mend()
	change := t.changed(was, t.list(done))
	t.say("logged_several", vars{"list": t.dated(t.list(done)), "numbers": t.numbers(), "change": change})
}

// kindsOf are the kinds that were told of a date.
func (a ask) kindsOf(d day.Date) []day.Kind {
	for _, p := range a.Paired {
		if p.Date == d {
			return p.Kinds
		}
	}
	return a.Kinds
}

// kindsOn are the kinds that were said, or else what was planned, or an easy run.
func (t *turn) kindsOn(d day.Date, said []day.Kind) []day.Kind {
	if len(said) > 0 {
		return said
	}
	if due := t.dueKinds(d); len(due) > 0 {
		return due
	}
	return []day.Kind{day.Easy}
}
