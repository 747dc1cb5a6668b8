package coach

import (
	"fmt"
	"strings"
	"time"

	"legcoach/coach/plan"
	"legcoach/coach/reading"
)

// level shows or changes the level.
func (t *turn) level(a ask) {
	switch a.args() {
	case "up":
		t.goUp()
		return
	case "ahead":
		t.goAhead()
		return
	}
	wanted, known := levelIn(a.Words)
	if !known && a.Command == "" {
		wanted, known = t.levelSaid(a.Words)
	}
	switch {
	case a.Command == "" && t.hasPlan() && t.says("easier", a.Words) && !named(a.Words) && !t.says("level", a.Words):
		name := "easier_which"
		if t.planLevel() == plan.New {
			name = "easier_next"
		}
		t.say(name, vars{"kind": t.kind(t.on(t.nextHard()).Kind), "on": t.onDay(t.nextHard()), "level": string(t.planLevel().Lower())})
	case !known:
		t.say("level_ask", vars{"level": string(t.planLevel()), "entry": t.plans.Enter(t.planLevel())})
	case t.state().Level == wanted:
		t.say("level_same", vars{"level": string(wanted)})
	case a.Command == "" && t.hasPlan() && wanted == t.planLevel().Upper() && !named(a.Words):
		t.tooEasy(wanted)
	default:
		t.setLevel(wanted)
	}
	t.daysBeside(a)
}

// daysBeside sets the days and the time that somebody names beside their level:
// "I'm a beginner, I run Tue, Thu and Sat at 6".
func (t *turn) daysBeside(a ask) {
	if a.Command != "" {
		return
	}
	if r := t.reader.As(reading.Remind, a.Words, t.context()); len(r.Days) > 0 && r.Time != "" {
		t.do(ask{Reading: r, Words: a.Words})
	}
}

// named reports whether words name a level.
func named(words string) bool {
	_, known := levelIn(words)
	return known
}

// tooEasy answers "harder": inside a block one step a week, and the level above for whom its entry fits (PR-9).
func (t *turn) tooEasy(above plan.Level) {
	if t.plans.Ahead(t.planWeek(), t.state().Good) != 0 {
		t.goAhead()
		return
	}
	t.say("too_easy", vars{"rule": t.plans.RuleWords("PR-9"), "level": string(above), "entry": t.plans.Enter(above)})
}

// setLevel changes the level by the runner's word, and lets give way what would not fit any more.
func (t *turn) setLevel(wanted plan.Level) {
	was := t.mark()
	before := t.state()
	if t.r.Set.Plan == nil {
		before.Hard = time.Tuesday
	}
	after := t.plans.SetLevel(before, t.today, wanted)
	own := after.Set
	if own != (plan.Week{}) {
		after.Set, _ = t.plans.Mend(wanted, own)
	}
	var dropped []plan.Planned
	if t.hasPlan() {
		settled := t.plans.Settle(before, after, t.past(), t.today)
		after, dropped = settled.State, settled.Dropped
	}
	t.r.Set.Plan, t.r.Told.News.Open = &after, ""
	v := vars{"level": string(wanted), "entry": t.plans.Enter(wanted), "change": t.changed(was, t.phrases.text("what_level", nil)), "week": fmt.Sprint(after.Week)}
	l := t.instead(t.say("level_set", v))
	if t.hasPlan() {
		l.Text = join(l.Text, t.phrases.text("level_week", v))
	}
	if after.Set != own {
		l.Text = join(l.Text, t.phrases.text("level_mended", vars{"week": t.weekWords(after.Set)}))
		return
	}
	t.givesWay(l, dropped)
}

func levelIn(words string) (plan.Level, bool) {
	for _, w := range strings.FieldsFunc(strings.ToLower(words), func(r rune) bool { return r < 'a' || r > 'z' }) {
		if l, known := plan.ParseLevel(w); known {
			return l, true
		}
	}
	return "", false
}

// levelSaid reads "harder", "easier" and the like.
func (t *turn) levelSaid(words string) (plan.Level, bool) {
	said := plainly(words)
	switch {
	case t.hints.says("harder", said):
		return t.planLevel().Upper(), true
	case t.hints.says("easier", said):
		return t.planLevel().Lower(), true
	case t.hints.says("seasoned", said):
		return plan.Seasoned, true
	case t.hints.says("regular", said):
		return plan.Regular, true
	}
	return "", false
}
