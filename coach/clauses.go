package coach

import (
	"maps"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/reading"
	"legcoach/coach/schedule"
)

// remindClauses sets several wishes at once, "weekdays at 7, weekends at 9",
// with one undo. Of two for the same day the later counts.
func (t *turn) remindClauses(a ask) {
	was := t.mark()
	begun := map[day.Kind]bool{}
	var set []string
	for _, c := range a.Clauses {
		clock, _ := clockOf(c.Time)
		what, days := t.clause(c, clock, begun)
		t.r.Set.Never &^= weekdays(c.Days)
		t.chose(clock)
		set = append(set, t.phrases.text("remind_clause", vars{"what": what, "days": t.dayWords(days), "time": clock.String()}))
	}
	t.remindOn(was, "remind_several", vars{"set": capital(strings.Join(set, "; "))}, t.phrases.text("what_reminders", nil), t.flipClauses(a.Clauses))
}

// clause sets one of several wishes, and returns what it is about and its days.
// Begun are the kinds that an earlier one gave days of their own.
func (t *turn) clause(c reading.Clause, clock day.Clock, begun map[day.Kind]bool) (what string, days []string) {
	kinds := c.Kinds
	if len(kinds) == 0 && t.hasPlan() {
		t.setWeekdays(c.Days, clock)
		return t.phrases.text("remind_the_sessions", nil), c.Days
	}
	if len(kinds) == 0 {
		kinds = []day.Kind{t.anyKind()}
		if len(begun) > 0 {
			kinds = []day.Kind{soleKind(begun)}
		}
	}
	days = c.Days
	for _, k := range kinds {
		switch {
		case len(c.Days) == 0:
			days = append(days, t.remindKind(k, clock, true)...)
		case begun[k]:
			t.addDays(k, weekdays(c.Days), clock)
		default:
			t.ownDays(k, schedule.Weekly(weekdays(c.Days), clock))
		}
		begun[k] = true
	}
	return t.kinds(kinds), distinct(days)
}

// soleKind is the kind that clauses without one are about.
func soleKind(begun map[day.Kind]bool) day.Kind {
	for _, k := range day.Kinds {
		if begun[k] {
			return k
		}
	}
	return day.Easy
}

// setWeekdays sets a time of day for days of the week.
func (t *turn) setWeekdays(days []string, clock day.Clock) {
	for w := range time.Weekday(7) {
		if weekdays(days)&(1<<w) != 0 {
			t.r.Set.Weekdays = with(t.r.Set.Weekdays, w, clock)
		}
	}
}

// addDays gives a kind with days of its own further ones, at another time of day.
func (t *turn) addDays(k day.Kind, set uint8, clock day.Clock) {
	own, apart := t.r.Set.Own[k], maps.Clone(t.r.Set.Apart[k])
	own.Weekdays |= set
	for w := range time.Weekday(7) {
		if set&(1<<w) != 0 {
			apart = with(apart, w, clock)
		}
	}
	t.r.Set.Own, t.r.Set.Apart = with(t.r.Set.Own, k, own), with(t.r.Set.Apart, k, apart)
}

// flipClauses offers the other half of the day for clocks that show twice.
func (t *turn) flipClauses(clauses []reading.Clause) []Choice {
	var parts, clocks []string
	for _, c := range clauses {
		clock, _ := clockOf(c.Time)
		if c.OpenClock {
			clock = (clock + 12*60) % (24 * 60)
			clocks = append(clocks, clock.String())
		}
		var words []string
		if len(c.Kinds) > 0 {
			words = append(words, joinKinds(c.Kinds))
		}
		parts = append(parts, strings.Join(append(append(words, c.Days...), clock.String()), " "))
	}
	says := "/remind " + strings.Join(parts, "; ")
	if len(clocks) == 0 || len(says) > MaxSays {
		return nil
	}
	return []Choice{{Label: t.phrases.text("remind_flip", vars{"other": t.list(clocks)}), Says: says}}
}

// remindWords are the kinds and days of a wish as a command has them.
func remindWords(a ask) string {
	var words []string
	if len(a.Kinds) > 0 {
		words = append(words, joinKinds(a.Kinds))
	}
	return strings.Join(append(words, a.Days...), " ")
}

// noSession says so if the plan has no session on days that were named, so that
// the time set for them brings nothing, and offers what would.
func (t *turn) noSession(a ask, clock day.Clock) {
	var bare []string
	for _, w := range a.Days {
		for i, k := range t.week() {
			if d := day.Date(4 + i); weekdayNames[d.Weekday()] == w && !k.Training() {
				bare = append(bare, w)
			}
		}
	}
	if len(bare) == 0 || len(bare) < len(a.Days) {
		return
	}
	extra := t.phrases.line("remind_no_session", vars{"days": t.dayWords(bare), "time": clock.String(), "words": strings.Join(bare, " ")})
	l := &t.lines[len(t.lines)-1]
	l.Text, l.Choices = paragraphs(l.Text, extra.Text), append(l.Choices, extra.Choices...)
}
