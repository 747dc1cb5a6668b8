package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// carryOn adds to a reply what the runner ought to know and was not asked about:
// a reminder that may not have arrived, a freeze that was spent. Then reminders
// of what was kept in this turn are settled.
func (t *turn) carryOn() {
	if t.r.IsZero() {
		return
	}
	if len(t.lines) > 0 && t.where == "" && !t.careful {
		replies := slices.Clone(t.lines)
		t.carryLost()
		t.carryAway()
		t.carryFreeze()
		t.carryNews()
		t.carryDue()
		for i, l := range replies {
			if t.lines[i].Text != l.Text {
				t.lines[i].Reaction = "" // an emoji would not say what was added
			}
		}
	}
	t.settleNudges()
}

// carryLost tells of a reminder that may not have arrived, if it still helps.
func (t *turn) carryLost() {
	lost := t.r.Told.Lost
	t.r.Told.Lost = ""
	n, found := t.openNudge(lost)
	if lost == "" || !found || n.Date != t.today || t.kept(n.Date, n.Kind) {
		return
	}
	l := &t.lines[0]
	l.Text += "\n\n" + t.phrases.text("unsent", vars{"kind": t.kind(n.Kind), "when": t.when(n.Date)})
}

// carryAway tells, with the first reply after the bot was away, which days can be logged a day longer for that.
func (t *turn) carryAway() {
	if !t.r.Told.Away.To.After(t.heard) {
		return
	}
	var longer []string
	for _, d := range t.derived().Days {
		if d.State == streak.Grace && d.Entry.Has(streak.Widened) {
			longer = append(longer, t.graceWords(d))
		}
	}
	if len(longer) > 0 {
		l := &t.lines[len(t.lines)-1]
		l.Text = paragraphs(l.Text, t.phrases.text("away_longer", vars{"days": strings.Join(longer, " ")}))
	}
}

// carryFreeze tells, once, that freezes covered days, and how to have it otherwise.
func (t *turn) carryFreeze() {
	n := t.derived()
	var covered []day.Date
	for _, d := range n.Days {
		if d.State == streak.Frozen && d.Date > t.r.Told.Frozen {
			covered = append(covered, d.Date)
		}
	}
	if len(covered) == 0 {
		return
	}
	latest := covered[len(covered)-1]
	t.r.Told.Frozen = latest
	if n.Streak == 0 {
		return
	}
	name := "freeze_used"
	if len(covered) > 1 {
		name = "freezes_used"
	}
	extra := t.phrases.line(name, vars{"when": capital(t.dateList(covered)), "left": t.count(n.Freezes, "freeze"), "date": latest.String(), "first": covered[0].String(),
		"day": t.when(latest), "firstday": t.when(covered[0])})
	l := &t.lines[len(t.lines)-1]
	l.Text += "\n\n" + extra.Text
	l.Choices = append(l.Choices, extra.Choices...)
}
