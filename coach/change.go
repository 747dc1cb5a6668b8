package coach

import (
	"fmt"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/streak"
)

// move moves a session to another day.
func (t *turn) move(a ask) {
	from := t.moveFrom(a)
	p := t.on(from)
	v := vars{"when": t.when(from), "on": t.onDay(from), "from": t.when(from), "kind": capital(t.kind(p.Kind)), "word": string(p.Kind), "date": from.String()}
	to := a.To
	if to == 0 && a.Command == "" && a.Date != 0 && a.Date != from {
		to = a.Date
	}
	switch {
	case !t.hasPlan():
		t.say("plan_none", nil)
	case !p.Kind.Training() || t.r.Days.Log.At(from).Done() || from < t.today:
		t.say("move_none", v)
	case to == 0:
		t.moveChoices(p, v)
	default:
		t.moveTo(from, to, strings.HasSuffix(a.Words, "anyway"), v)
	}
}

// moveFrom is the date of the session that is to move: the one that is named,
// else today's, else the next of its kind.
func (t *turn) moveFrom(a ask) day.Date {
	if n, found := t.openNudge(t.nudge); found && t.nudge != "" {
		return n.Date
	}
	kind := a.kind(day.Free)
	if a.Date != 0 && (a.To != 0 || a.Command != "" && kind == day.Free || t.r.Days.PlanOf(a.Date) == kind) {
		return a.Date
	}
	for d := t.today; d < t.today+8; d++ {
		if k := t.r.Days.PlanOf(d); k == kind || kind == day.Free && k.Training() {
			if !t.r.Days.Log.At(d).Done() {
				return d
			}
		}
	}
	return t.today
}

func (t *turn) moveChoices(p plan.Planned, v vars) {
	moves := t.plans.Moves(*t.r.Set.Plan, t.past(), t.today, p.Date)
	if len(moves) == 0 {
		t.say("move_no_place", v)
		return
	}
	t.r.Talk.Asked, t.r.Talk.For = askedMove, fmt.Sprintf("%s %s", p.Kind, p.Date)
	l := t.say("move_where", v)
	for _, m := range moves {
		label := m.Date.Format("Mon 2 Jan")
		if m.Beside {
			label += ", next to a hard day"
		}
		l.Choices = append(l.Choices, Choice{Label: label, Says: fmt.Sprintf("/move %s %s %s", p.Kind, p.Date, m.Date)})
	}
}

func (t *turn) moveTo(from, to day.Date, anyway bool, v vars) {
	was := t.mark()
	changed := t.plans.Move(*t.r.Set.Plan, t.past(), t.today, from, to)
	v["to"] = t.when(to)
	switch {
	case to < t.today || t.r.Days.Log.At(to).Done() || from == to:
		v["rule"] = capital(t.when(to)) + " can't take it."
		t.say("move_refused", v)
		return
	case len(changed.Broken) > 0 && !plan.Allowed(changed.Broken):
		v["rule"] = changed.Broken[0].Words
		t.say("move_refused", v)
		return
	case len(changed.Broken) > 0 && !anyway:
		v["rule"] = changed.Broken[0].Words
		l := t.say("move_warn", v)
		l.Choices[0].Says = fmt.Sprintf("/move %s %s %s anyway", v["word"], from, to)
		return
	}
	t.r.Set.Plan = &changed.State
	t.reseal(was)
	change := t.changed(was, fmt.Sprintf("%s from %s to %s", t.kind(day.Kind(v["word"])), v["from"], v["to"]))
	v["change"], v["numbers"] = change, t.numbers()
	l := t.instead(t.say("moved", v))
	for _, d := range changed.Dropped {
		l.Text += fmt.Sprintf(" %s on %s gives way.", capital(t.kind(d.Kind)), t.when(d.Date))
	}
}

// reseal writes down anew what today holds, after the runner changed it themselves.
func (t *turn) reseal(was Runner) {
	if k := t.planned(t.today); k != day.Free && !was.Days.Log.At(t.today).Done() {
		t.r.Days = t.r.Days.SetPlan(t.today, k)
	}
}

// skip answers somebody who will not train on a day.
func (t *turn) skip(a ask) {
	date := a.Date
	if n, found := t.openNudge(t.nudge); found && t.nudge != "" && date == 0 {
		date = n.Date
	}
	if date == 0 {
		date = t.today
	}
	kind := t.r.Days.PlanOf(date)
	v := vars{"kind": capital(t.kind(kind)), "on": t.onDay(date), "when": t.when(date), "date": date.String()}
	switch {
	case date < t.today:
		t.excuse(date, date, streak.Unsaid)
	case !kind.Training() || t.r.Days.Log.At(date).Done():
		t.say("skip_none", v)
	case !strings.HasSuffix(a.Words, "leave"):
		t.skipAsk(date, kind, v)
	default:
		was := t.mark()
		t.leaveOut(date)
		v["numbers"], v["change"] = t.numbers(), t.changed(was, fmt.Sprintf("%s left out %s", t.kind(kind), t.when(date)))
		t.instead(t.say("skipped", v))
	}
}

// skipAsk takes the day out at once, so that no reminder comes, and asks what is to become of it.
func (t *turn) skipAsk(date day.Date, kind day.Kind, v vars) {
	t.leaveOut(date)
	v["kind"] = capital(t.kind(kind))
	l := t.say("skip_ask", v)
	l.Choices[1].Says = fmt.Sprintf("/move %s %s", kind, date)
}

// leaveOut notes that no reminder is wanted for a date.
func (t *turn) leaveOut(date day.Date) {
	t.dropped(date, t.r.Days.PlanOf(date), "left out")
	var kept []Snooze
	for _, s := range t.r.Told.Snoozed {
		if s.Date != date {
			kept = append(kept, s)
		}
	}
	t.r.Told.Snoozed = kept
}

// easierOn makes the next hard day, or the day that is named with a swap, gentler.
func (t *turn) easierOn(words string) {
	if t.r.Set.Plan == nil {
		t.say("plan_none", nil)
		return
	}
	date, rest, named := cutDate(words)
	c := plan.Change{Date: date, Swap: plan.Swap(strings.TrimSpace(rest))}
	if !named {
		c = plan.Change{Date: t.nextHard(), Scale: plan.Scale{Reps: easedReps}}
	}
	was := t.mark()
	p := t.on(c.Date)
	changed := t.plans.Put(*t.r.Set.Plan, t.past(), t.today, c)
	t.r.Set.Plan = &changed.State
	change := t.changed(was, "an easier "+t.kind(p.Kind))
	if !named {
		t.instead(t.say("eased", vars{"change": change}))
		return
	}
	p = t.on(c.Date)
	t.instead(t.say("swapped", vars{"words": t.plans.SwapWords(c.Swap), "card": strings.Join(t.plans.Card(p).Text(), "\n"),
		"change": change, "kind": string(p.Kind), "date": c.Date.String()}))
}

// easedReps is the share of the reps, in percent, of a hard day that was made easier.
const easedReps = 70

func (t *turn) nextHard() day.Date {
	for d := t.today; d < t.today+14; d++ {
		if t.r.Days.PlanOf(d).Hard() && !t.r.Days.Log.At(d).Done() {
			return d
		}
	}
	return t.today
}

// pause holds the plan, with or without an end. Words may say the reason, and that it began before today.
func (t *turn) pause(a ask) {
	from := t.today
	if a.Date != 0 && a.Date >= t.today-7 {
		from = a.Date
	}
	reason := reasonIn(a.Words)
	if a.Until != 0 && a.Until < t.today {
		t.excuse(from, a.Until, reason)
		return
	}
	t.hold(from, a.Until, reason, "")
}

// hold pauses the plan and says so, with what comes before it.
func (t *turn) hold(from, until day.Date, reason streak.Reason, before string) {
	was := t.mark()
	after, err := t.r.Days.Pause(from, until, reason, t.now)
	if err != nil {
		after, err = t.r.Days.Pause(from, 0, reason, t.now)
		until = 0
	}
	if err != nil {
		t.say("too_old_log", vars{"since": t.long(t.today - 7)})
		return
	}
	t.r.Days = after
	v := vars{"until": "", "back": t.phrases.text("pause_asks", nil), "change": t.changed(was, "the pause")}
	if until != 0 {
		v["until"], v["back"] = " until "+t.when(until), t.phrases.text("pause_returns", nil)
	}
	l := t.instead(t.say("paused", v))
	l.Text = join(before, l.Text)
}

// reasonIn is the reason that words give for a pause.
func reasonIn(words string) streak.Reason {
	words = strings.ToLower(words)
	for _, r := range []struct {
		reason streak.Reason
		words  []string
	}{
		{streak.Sick, []string{"sick", "ill", "flu", "cold", "covid", "fever"}},
		{streak.Injured, []string{"injur", "hurt", "knee", "ankle", "sprain", "pain", "physio"}},
		{streak.Travel, []string{"travel", "holiday", "vacation", "trip", "away", "abroad", "flight"}},
		{streak.Life, []string{"work", "kids", "family", "exam", "busy", "wedding", "moving"}},
	} {
		for _, w := range r.words {
			if strings.Contains(words, w) {
				return r.reason
			}
		}
	}
	return streak.Unsaid
}

// excuse marks days that have passed, up to seven back.
func (t *turn) excuse(first, last day.Date, reason streak.Reason) {
	was := t.mark()
	after, err := t.r.Days.Excuse(first, last, reason, t.now)
	if err != nil {
		t.say("too_old_log", vars{"since": t.long(t.today - 7)})
		return
	}
	t.r.Days = after
	days, marked := capital(t.when(first)), "is marked"
	if last > first {
		days, marked = fmt.Sprintf("%s to %s", capital(t.when(first)), t.when(last)), "are marked"
	}
	change := t.changed(was, strings.ToLower(days[:1])+days[1:]+" as "+reason.String())
	t.instead(t.say("excused", vars{"days": days, "marked": marked, "reason": reason.String(), "numbers": t.numbers(), "change": change}))
}

// resume ends a pause, turns reminders on again, and leaves red if that may be.
func (t *turn) resume(a ask) {
	if p := t.r.Set.Plan; p != nil && p.Pain.Colour != "" && p.Pain.Colour != plan.Amber {
		if !t.leaveRed(a.args()) {
			return
		}
	}
	_, paused := t.r.Days.Paused(t.today)
	was := t.mark()
	if p := t.r.Set.Plan; p != nil && p.Ill != "" {
		next := t.plans.Recover(*p, t.past(), t.today)
		t.r.Set.Plan = &next
		paused = true
	}
	if !paused && !t.r.Set.Muted && t.r.Told.Goodbye.IsZero() {
		t.say("resume_none", vars{"next": t.nextWords()})
		return
	}
	t.r.Days = t.r.Days.Resume(t.now)
	t.r.Set.Remind, t.r.Set.Muted = t.r.Set.Remind || t.r.Set.Muted, false
	t.r.Told.Until = t.now
	t.changed(was, "the new start")
	t.instead(t.say("resumed", vars{"next": t.nextWords()}))
}

// leaveRed asks what leaving red needs, and reports whether it is there.
func (t *turn) leaveRed(words string) bool {
	walks, cleared := words == "cleared" || words == "gone", words == "cleared"
	gone := day.Date(0)
	if words == "gone" {
		gone = t.r.Set.Plan.Pain.Since
	}
	next, ok, needed := t.plans.Leave(*t.r.Set.Plan, t.past(), t.today, walks, cleared, gone)
	if !ok {
		t.say("resume_safety", vars{"leaving": needed})
		return false
	}
	t.r.Set.Plan = &next
	return true
}

// nextWords says what comes next, or nothing if nothing does.
func (t *turn) nextWords() string {
	if o := t.upcoming(1); len(o) > 0 {
		return fmt.Sprintf("Next: %s, %s.", t.kind(o[0].kind), t.moment(o[0].at))
	}
	if t.r.Set.Plan != nil {
		return "Next: " + t.nextDay() + "."
	}
	return ""
}
