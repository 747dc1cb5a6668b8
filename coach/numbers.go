package coach

import (
	"fmt"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// numbers says the runner's numbers, and why they changed in this turn.
func (t *turn) numbers() string { return t.numbersAfter(0) }

// numbersAfter is numbers after something was done about a date: what happened
// to that date itself needs no reason.
func (t *turn) numbersAfter(date day.Date) string {
	n := t.derived()
	return join(t.phrase(n), t.whyChanged(n, date))
}

// phrase says numbers: the streak with its split, or after a break first what stays.
func (t *turn) phrase(n streak.Numbers) string {
	if n.Streak == 0 {
		return t.phrases.text("numbers_none", vars{"strength": strength(n), "total": count(n.Total, "session", "sessions")})
	}
	return t.phrases.text("numbers", vars{
		"streak": count(n.Streak, "day", "days"), "sessions": count(n.Sessions, "session", "sessions"),
		"rests": fmt.Sprintf("%d rest", n.Rests), "best": fmt.Sprint(n.Best), "freezes": count(n.Freezes, "freeze", "freezes"),
	})
}

func strength(n streak.Numbers) string { return fmt.Sprintf("%.0f", n.Strength) }

// whyChanged says why the streak is another than at the beginning of the turn,
// if it is not only for what was done today.
func (t *turn) whyChanged(n streak.Numbers, date day.Date) string {
	if date == t.today && !t.mended {
		return ""
	}
	before := streak.Derive(t.entered, t.now)
	if n.Streak == before.Streak || before.Streak == 0 && n.Streak <= 1 {
		return ""
	}
	var reasons []string
	for _, c := range streak.Explain(before, n) {
		if c.Date != t.today || c.Date != date {
			reasons = append(reasons, fmt.Sprintf("%s counts as %s", t.when(c.Date), stateName(c.Is, c.Reason)))
		}
	}
	if len(reasons) == 0 {
		return ""
	}
	if len(reasons) > 3 {
		reasons = append(reasons[:3], fmt.Sprintf("and %d more", len(reasons)-3))
	}
	return t.phrases.text("why_changed", vars{"before": fmt.Sprint(before.Streak), "after": fmt.Sprint(n.Streak), "reason": strings.Join(reasons, ", ")})
}

var stateNames = map[streak.State]string{
	streak.Done: "done", streak.Excused: "excused", streak.Open: "open", streak.Rest: "rest", streak.Free: "free",
	streak.Grace: "open until its deadline", streak.Frozen: "covered by a freeze", streak.Missed: "without a session",
}

func stateName(s streak.State, why streak.Reason) string {
	if s == streak.Excused && why != streak.None {
		return "excused (" + why.String() + ")"
	}
	return stateNames[s]
}

// streak answers "how am I doing".
func (t *turn) streak(_ ask) {
	n := t.derived()
	v := vars{"numbers": t.phrase(n), "strength": strength(n), "weeks": count(n.Weeks, "week on target", "weeks on target"), "total": count(n.Total, "session", "sessions")}
	switch {
	case n.Total == 0:
		t.say("streak_stranger", nil)
	case n.Streak == 0 && len(n.Repair.Missed) > 0:
		v["back"], v["by"] = count(n.Repair.Back, "day", "days"), t.when(n.Repair.By)
		t.say("streak_repair", v)
	case n.Streak == 0:
		t.say("streak_none", v)
	default:
		t.say("streak", v)
	}
}

// why explains the number day by day, or a reminder.
func (t *turn) why(a ask) {
	if aboutReminders(a.Words) || t.nudge != "" && a.Command == "" || strings.Contains(a.args(), "/") || strings.HasPrefix(a.args(), "reminder") {
		t.whyNudge(a.args())
		return
	}
	if k := a.kind(day.Free); k != day.Free && a.Command == "" {
		t.whyKind(k)
		return
	}
	n := t.derived()
	if n.Total == 0 {
		t.say("streak_stranger", nil)
		return
	}
	t.say("why_days", vars{"days": strings.Join(t.dayLines(n.Days, 14), "\n"), "numbers": t.phrase(n)})
}

// dayLines are the last days, one a line, each with what it counted and why.
func (t *turn) dayLines(days []streak.Day, most int) []string {
	var lines []string
	for _, d := range days[max(0, len(days)-most):] {
		text := fmt.Sprintf("%s: %s", t.long(d.Date), stateName(d.State, d.Reason))
		if did := d.Entry.Sessions(); len(did) > 0 {
			text += ", " + t.kinds(did)
		} else if d.Plan.Training() && d.State != streak.Excused {
			text += ", " + t.kind(d.Plan) + " planned"
		}
		if !d.Until.IsZero() && d.State == streak.Grace {
			text += ", until " + t.moment(d.Until)
		}
		lines = append(lines, fmt.Sprintf("%s → %d", text, d.Streak))
	}
	return lines
}

// safe answers what may be missed, and until when.
func (t *turn) safe(_ ask) {
	n := t.derived()
	s := streak.Safe(t.r.Days, t.now)
	switch {
	case n.Streak == 0 || s.Breaks == 0:
		t.say("safe_none", nil)
	default:
		must := fmt.Sprintf("Needed next to keep %d: %s on %s, logged by %s.", n.Streak, t.kind(t.r.Days.PlanOf(s.Breaks)), t.when(s.Breaks), t.moment(s.By))
		if len(s.Covered) > 0 {
			var names []string
			for _, d := range s.Covered {
				names = append(names, t.when(d))
			}
			must = fmt.Sprintf("You may miss %s: a freeze would cover it. ", list(names)) + must
		}
		t.say("safe", vars{"must": must, "freezes": count(n.Freezes, "freeze", "freezes") + " left"})
	}
}

// history lists the latest days on which something happened.
func (t *turn) history() {
	var lines []string
	for _, d := range streak.History(t.r.Days, t.now) {
		if d.Entry.Trained() || d.State == streak.Excused || d.State == streak.Frozen {
			lines = append(lines, t.dayLines([]streak.Day{d}, 1)...)
		}
	}
	if len(lines) == 0 {
		t.say("history_none", nil)
		return
	}
	t.say("history", vars{"days": strings.Join(lines[max(0, len(lines)-historyLines):], "\n")})
}

// historyLines is how many days /history lists.
const historyLines = 30

// calendar draws eight weeks in shapes, with the same in words.
func (t *turn) calendar(_ ask) {
	days := streak.History(t.r.Days, t.now)
	if len(days) == 0 {
		t.say("streak_stranger", nil)
		return
	}
	first := max(days[0].Date, t.today-calendarDays+1).Monday()
	var rows []string
	counts := map[streak.State]int{}
	byDate := map[day.Date]streak.Day{}
	for _, d := range days {
		byDate[d.Date] = d
	}
	for monday := first; monday <= t.today; monday += 7 {
		row := monday.Format("02 Jan ")
		for d := monday; d < monday+7; d++ {
			known, lived := byDate[d]
			if !lived {
				row += " ·"
				continue
			}
			counts[known.State]++
			row += " " + shape(known)
		}
		rows = append(rows, row)
	}
	t.say("calendar", vars{"weeks": strings.Join(rows, "\n"), "legend": calendarLegend, "summary": summary(counts)})
}

const (
	calendarDays   = 56
	calendarLegend = "H I S E done, ▢ rest, ◇ excused, ❄ freeze, ◌ open, × none"
)

// shape is a day in a letter or a shape that needs no colour.
func shape(d streak.Day) string {
	switch d.State {
	case streak.Done:
		return strings.ToUpper(string(d.Entry.Sessions()[0])[:1])
	case streak.Rest:
		return "▢"
	case streak.Excused:
		return "◇"
	case streak.Frozen:
		return "❄"
	case streak.Open, streak.Grace:
		return "◌"
	case streak.Missed:
		return "×"
	}
	return "·"
}

func summary(counts map[streak.State]int) string {
	return fmt.Sprintf("%s, %d rest, %d excused, %s.", count(counts[streak.Done], "day done", "days done"),
		counts[streak.Rest], counts[streak.Excused], count(counts[streak.Frozen], "freeze", "freezes"))
}

// join puts sentences after one another.
func join(parts ...string) string {
	var kept []string
	for _, p := range parts {
		if p != "" {
			kept = append(kept, p)
		}
	}
	return strings.Join(kept, " ")
}

// aboutReminders reports whether a "why" asks about reminders.
func aboutReminders(words string) bool {
	words = strings.ToLower(words)
	for _, w := range []string{"remind", "message", "nudge", "text me", "ping", "notif", "write to me", "wake"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}
