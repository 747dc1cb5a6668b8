package coach

import (
	"fmt"
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// numbers says the runner's numbers, and why they changed in this turn.
func (t *turn) numbers() string { return t.numbersAfter(0) }

// numbersIfChanged is numbers, or nothing if this turn left them as they were.
func (t *turn) numbersIfChanged() string {
	before, after := streak.Derive(t.entered, t.now), t.derived()
	if before.Streak == after.Streak && before.Total == after.Total && before.Freezes == after.Freezes {
		return ""
	}
	return t.numbers()
}

// numbersAfter is numbers after something was done about a date: what happened
// to that date itself needs no reason. If the number is lower now, that comes first.
func (t *turn) numbersAfter(date day.Date) string {
	n := t.derived()
	if date == t.today && !t.mended {
		return join(t.phrase(n), t.back(n))
	}
	before := streak.Derive(t.entered, t.now)
	why := t.whyChanged(before, n, date)
	if n.Streak < before.Streak {
		return join(why, t.phrase(n))
	}
	return join(t.phrase(n), why, t.back(n))
}

// phrase says numbers: the streak with its split, or after a break first what
// stays. Somebody with two sessions a week or fewer counts in weeks.
func (t *turn) phrase(n streak.Numbers) string {
	switch {
	case n.Total == 0:
		return t.phrases.text("numbers_first", nil)
	case n.Streak == 0:
		return t.phrases.text("numbers_none", vars{"strength": strength(n), "total": t.count(n.Total, "session")})
	}
	name := "numbers"
	if sessions := t.week().Count(day.Kind.Training); t.hasPlan() && sessions <= fewSessions && n.Weeks > 0 {
		name = "numbers_weeks"
	}
	return t.phrases.text(name, vars{
		"streak": t.count(n.Streak, "day"), "sessions": t.count(n.Sessions, "session"), "weeks": t.count(n.Weeks, "week"),
		"rests": fmt.Sprint(n.Rests), "best": fmt.Sprint(n.Best), "freezes": t.count(n.Freezes, "freeze"),
	})
}

// fewSessions is how many sessions a week are few enough to count weeks first.
const fewSessions = 2

// back says, once a comeback has begun, what is still needed for it.
func (t *turn) back(n streak.Numbers) string {
	if n.Repair.Have != 1 || n.Streak == 0 || n.Repair.By < t.today {
		return ""
	}
	return t.phrases.text("one_more", vars{"back": t.count(n.Repair.Back, "day"), "by": t.long(n.Repair.By)})
}

func strength(n streak.Numbers) string { return fmt.Sprintf("%.0f", n.Strength) }

// count is a number with its noun, as the lines "one_noun" and "many_noun" have it.
func (t *turn) count(n int, noun string) string {
	if n == 1 {
		return t.phrases.text("one_"+noun, nil)
	}
	return t.phrases.text("many_"+noun, vars{"n": fmt.Sprint(n)})
}

// repairable reports whether the two sessions of a comeback can still be done on days of their own.
func (t *turn) repairable(n streak.Numbers) bool {
	return n.Streak == 0 && len(n.Repair.Missed) > 0 && n.Repair.By > t.today
}

// whyChanged says why the streak is another than before, if it is not only for what was done today.
func (t *turn) whyChanged(before, n streak.Numbers, date day.Date) string {
	v := vars{"before": fmt.Sprint(before.Streak), "after": fmt.Sprint(n.Streak)}
	switch {
	case t.mended:
		return t.phrases.text("comeback", v)
	case n.Streak == before.Streak, before.Streak == 0 && n.Streak <= 1:
		return ""
	}
	var reasons []string
	for _, c := range streak.Explain(before, n) {
		if c.Date != t.today || c.Date != date {
			reasons = append(reasons, t.phrases.text("counts_as", vars{"when": t.when(c.Date), "state": t.stateName(c.Is, c.Reason)}))
		}
	}
	if len(reasons) == 0 {
		return ""
	}
	if more := len(reasons) - mostReasons; more > 0 {
		reasons = append(reasons[:mostReasons], t.phrases.text("and_more", vars{"n": fmt.Sprint(more)}))
	}
	v["reason"] = strings.Join(reasons, ", ")
	return t.phrases.text("why_changed", v)
}

// mostReasons is how many dates a change of the number is explained by.
const mostReasons = 3

// stateName says what a date amounted to.
func (t *turn) stateName(s streak.State, why streak.Reason) string {
	if s == streak.Excused {
		return t.phrases.text("state_excused", vars{"reason": t.reasonName(why)})
	}
	return t.phrases.text("state_"+strings.ToLower(string(s)), nil)
}

// reasonName says why a date is excused.
func (t *turn) reasonName(r streak.Reason) string {
	return t.phrases.text("reason_"+strings.ReplaceAll(r.String(), " ", "_"), nil)
}

// streak answers "how am I doing".
func (t *turn) streak(_ ask) {
	n := t.derived()
	v := vars{"numbers": t.phrase(n), "strength": strength(n), "weeks": t.count(n.Weeks, "week"), "total": t.count(n.Total, "session")}
	switch {
	case n.Total == 0:
		t.say("streak_stranger", nil)
	case t.repairable(n):
		missed := n.Repair.Missed[len(n.Repair.Missed)-1]
		v["back"], v["by"] = t.count(n.Repair.Back, "day"), t.long(n.Repair.By)
		v["when"], v["date"] = t.long(missed), missed.String()
		t.say("streak_repair", v)
	case n.Streak == 0:
		t.say("streak_none", v)
	default:
		t.say("streak", v)
	}
}

// why explains the number day by day, or a reminder.
func (t *turn) why(a ask) {
	if t.says("nudging", a.Words) || t.nudge != "" && a.Command == "" || strings.Contains(a.args(), "/") || strings.HasPrefix(a.args(), "reminder") {
		t.whyNudge(a.args())
		return
	}
	if k := a.kind(day.Free); k != day.Free {
		t.whyKind(k)
		return
	}
	n := t.derived()
	if n.Total == 0 {
		t.say("streak_stranger", nil)
		return
	}
	l := t.say("why_days", vars{"days": strings.Join(t.dayLines(n.Days, 14), "\n"), "numbers": t.phrase(n)})
	l.Text = paragraphs(t.whyLast(), l.Text)
}

// whyLast says what the latest change made of the number when it was made, if it made something of it.
func (t *turn) whyLast() string {
	c := t.r.Last
	if c == nil {
		return ""
	}
	f, name := t.r.Days, "why_last"
	switch {
	case c.Log.IsZero():
	case c.Undone:
		f.Log = f.Log.Redo(c.Log)
	default:
		f.Log = f.Log.Undo(c.Log)
	}
	if c.Undone {
		name = "why_last_undone"
	}
	if c.Life != nil {
		f.Pauses, f.Clocks = c.Life.Pauses, c.Life.Clocks
	}
	before, after := streak.Derive(f, c.At), streak.Derive(t.r.Days, c.At)
	if before.Streak == after.Streak {
		return ""
	}
	return t.phrases.text(name, vars{"before": fmt.Sprint(before.Streak), "after": fmt.Sprint(after.Streak), "what": t.dated(c.What)})
}

// dayLines are the last days, one a line, each with what it counted and why.
func (t *turn) dayLines(days []streak.Day, most int) []string {
	var lines []string
	for _, d := range days[max(0, len(days)-most):] {
		v := vars{"date": t.long(d.Date), "state": t.stateName(d.State, d.Reason), "streak": fmt.Sprint(d.Streak), "more": ""}
		if did := d.Entry.Sessions(); len(did) > 0 {
			v["more"] = ", " + t.kinds(did)
		} else if d.Plan.Training() && d.State != streak.Excused {
			v["more"] = t.phrases.text("day_planned", vars{"kind": t.kind(d.Plan)})
		}
		if d.State == streak.Grace && !d.Until.IsZero() {
			v["more"] += t.phrases.text("day_until", vars{"until": t.moment(d.Until)})
		}
		if d.Entry.Has(streak.Widened) && d.Plan.Training() {
			v["more"] += t.phrases.text("day_outage", nil)
		}
		lines = append(lines, t.phrases.text("day", v))
	}
	return lines
}

// safe answers what may be missed, and until when.
func (t *turn) safe(a ask) {
	if t.freezeAsked(a.Words) {
		return
	}
	n := t.derived()
	s := streak.Safe(t.r.Days, t.now)
	if n.Streak == 0 || s.Breaks == 0 {
		t.say("safe_none", nil)
		return
	}
	must := t.phrases.text("safe_must", vars{"streak": fmt.Sprint(n.Streak), "kind": t.kind(t.r.Days.PlanOf(s.Breaks)), "on": t.onDay(s.Breaks), "by": t.moment(s.By)})
	covered := ""
	if len(s.Covered) > 0 {
		var names []string
		for _, d := range s.Covered {
			names = append(names, t.when(d))
		}
		name := "safe_covered"
		if len(names) > 1 {
			name = "safe_covered_all"
		}
		covered = t.phrases.text(name, vars{"days": t.list(names)})
	}
	t.say("safe", vars{"must": join(t.inGrace(n), covered, must), "freezes": t.count(n.Freezes, "freeze")})
}

// inGrace says which session of a past day can still be logged, and until when.
func (t *turn) inGrace(n streak.Numbers) string {
	var open []string
	for _, d := range n.Days {
		if d.State == streak.Grace {
			open = append(open, t.graceWords(d))
		}
	}
	return strings.Join(open, " ")
}

// graceWords say until when the session of a past day can be logged.
func (t *turn) graceWords(d streak.Day) string {
	return t.phrases.text("safe_grace", vars{"kind": capital(t.kind(d.Plan)), "when": t.when(d.Date), "until": t.moment(d.Until)})
}

// history lists the latest days on which something happened; the logs of the last week can be taken back.
func (t *turn) history() {
	var lines []string
	var undo []Choice
	for _, d := range streak.History(t.r.Days, t.now) {
		notes := t.notesOn(d.Date)
		if d.Entry.Trained() || d.State == streak.Excused || d.State == streak.Frozen || len(notes) > 0 {
			lines = append(lines, strings.Join(append(t.dayLines([]streak.Day{d}, 1), notes...), "\n"))
		}
		if d.Entry.Trained() && t.today-d.Date <= lateDays {
			kinds := d.Entry.Sessions()
			undo = append(undo, t.phrases.line("history_undo", vars{"kinds": t.kinds(kinds), "day": d.Date.Format("Mon"), "date": d.Date.String(), "words": joinKinds(kinds)}).Choices...)
		}
	}
	if len(lines) == 0 {
		t.say("history_none", nil)
		return
	}
	t.say("history", vars{"days": strings.Join(lines[max(0, len(lines)-historyLines):], "\n")}).Choices = undo[max(0, len(undo)-historyUndo):]
}

// historyLines is how many days /history lists, and historyUndo how many logs it offers to take back.
const historyLines, historyUndo = 30, 3

// join puts sentences after one another, and paragraphs below one another.
func join(parts ...string) string       { return joined(" ", parts) }
func paragraphs(parts ...string) string { return joined("\n\n", parts) }

func joined(between string, parts []string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), between)
}
