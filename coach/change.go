package coach

import (
	"fmt"
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/streak"
)

// move moves a session to another day.
func (t *turn) move(a ask) {
	from := t.moveFrom(a)
	p := t.on(from)
	v := vars{"when": t.when(from), "on": t.onDay(from), "from": t.when(from), "kind": t.kind(p.Kind), "word": string(p.Kind), "date": from.String()}
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

// mostButtons is how many days are offered as buttons where there are menus too.
const mostButtons = 3

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
			label = t.phrases.text("move_beside", vars{"day": label})
		}
		l.Choices = append(l.Choices, Choice{Label: label, Says: fmt.Sprintf("/move %s %s %s", p.Kind, p.Date, m.Date)})
	}
	if len(l.Choices) > mostButtons {
		l.Menus = []Menu{{Label: t.phrases.text("menu_day", nil), Choices: l.Choices}}
	}
}

func (t *turn) moveTo(from, to day.Date, anyway bool, v vars) {
	was := t.mark()
	changed := t.plans.Move(*t.r.Set.Plan, t.past(), t.today, from, to)
	v["to"] = t.when(to)
	t.r.Talk.Wish = fmt.Sprintf("/move %s %s", v["word"], from)
	switch {
	case to < t.today || t.r.Days.Log.At(to).Done() || from == to:
		v["rule"] = t.cannotTake(from, to)
		t.say("move_refused", v)
		return
	case len(changed.Broken) > 0 && !plan.Allowed(changed.Broken):
		v["rule"] = ruleWords(changed.Broken)
		t.say("move_refused", v)
		return
	case len(changed.Broken) > 0 && !anyway:
		v["rule"] = ruleWords(changed.Broken)
		l := t.say("move_warn", v)
		l.Choices[0].Says = fmt.Sprintf("/move %s %s %s anyway", v["word"], from, to)
		return
	}
	t.r.Set.Plan = &changed.State
	t.reseal(was)
	v["change"] = t.changed(was, t.phrases.text("what_move", v))
	t.r.Talk.Wish = fmt.Sprintf("/move %s %s", v["word"], to)
	l := t.instead(t.say("moved", v))
	t.givesWay(l, changed.Dropped)
}

// ruleWords are the rules that a change breaks, in plain words, each once; those
// that no runner can wave away come first.
func ruleWords(broken []plan.Broken) string {
	var rules []string
	for _, anyway := range []bool{false, true} {
		for _, b := range broken {
			if b.Anyway == anyway && !slices.Contains(rules, b.Words) {
				rules = append(rules, b.Words)
			}
		}
	}
	return strings.Join(rules[:min(len(rules), mostReasons)], " ")
}

// cannotTake says why no session can move to a date.
func (t *turn) cannotTake(from, to day.Date) string {
	name := "move_taken"
	switch {
	case to < t.today:
		name = "move_past"
	case from == to:
		return t.phrases.text("move_same", vars{"when": t.onDay(to)})
	}
	return t.phrases.text(name, vars{"when": capital(t.when(to))})
}

// reseal writes down anew what today holds, after the runner changed it themselves.
func (t *turn) reseal(was Runner) {
	if k := t.planned(t.today); k != day.Free && !was.Days.Log.At(t.today).Done() {
		t.r.Days = t.r.Days.SetPlan(t.today, k)
	}
}

// skip answers somebody who will not train on a day.
func (t *turn) skip(a ask) {
	if a.Command == "" && t.lastWeekOff(a.Words, t.reasonIn(a.Words)) {
		return
	}
	date := a.Date
	if n, found := t.openNudge(t.nudge); found && t.nudge != "" && date == 0 {
		date = n.Date
	}
	if date == 0 {
		date = t.today
	}
	kind := t.heldFor(date)
	v := vars{"kind": t.kind(kind), "word": string(kind), "on": t.onDay(date), "when": t.when(date), "date": date.String()}
	switch {
	case date < t.today:
		t.excuse([]day.Date{date}, streak.Unsaid)
	case !kind.Training() || t.r.Days.Log.At(date).Done():
		t.say("skip_none", v)
	case t.hasPlan() && !strings.HasSuffix(a.Words, "leave"):
		t.skipAsk(date, kind, v)
	default:
		was := t.mark()
		t.leaveOut(date)
		v["change"] = t.changed(was, t.phrases.text("what_skip", vars{"kind": v["kind"], "when": date.String()}))
		v["kind"] = capital(v["kind"])
		t.instead(t.say("skipped", v))
	}
}

// heldFor is what a date holds: what is planned, or else what is reminded of without a plan.
func (t *turn) heldFor(d day.Date) day.Kind {
	if k := t.r.Days.PlanOf(d); k != day.Free {
		return k
	}
	for _, o := range t.dayReminders(d) {
		if o.kind != day.Rest {
			return o.kind
		}
	}
	return day.Free
}

// skipAsk takes the day out at once, so that no reminder comes, and asks what is to become of it.
func (t *turn) skipAsk(date day.Date, kind day.Kind, v vars) {
	t.leaveOut(date)
	t.r.Talk.Wish = "/move " + v["word"] + " " + v["date"]
	t.say("skip_ask", v)
}

// leaveOut notes that no reminder is wanted for a date.
func (t *turn) leaveOut(date day.Date) {
	t.r.Set.Out = append(slices.Clone(t.r.Set.Out[max(0, len(t.r.Set.Out)-keepOut+1):]), date)
	t.r.Told.Snoozed = slices.DeleteFunc(slices.Clone(t.r.Told.Snoozed), func(s Snooze) bool { return s.Date == date })
}

// easierOn makes the next hard day, or the day that is named, gentler: with the
// swap that is named, or else with less of everything.
func (t *turn) easierOn(words string) {
	if !t.hasPlan() {
		t.say("plan_none", nil)
		return
	}
	if t.stopped() {
		t.todayCard(ask{})
		return
	}
	date, rest, named := cutDate(words)
	if !named {
		date = t.easierDate(words)
	}
	p, swap := t.on(date), plan.Swap(strings.TrimSpace(rest))
	if date < t.today || !p.Kind.Training() || t.r.Days.Log.At(date).Done() {
		t.say("easier_none", vars{"on": t.onDay(date)})
		return
	}
	was, c := t.mark(), t.changeOn(date)
	swapped := slices.Contains(t.plans.Card(p).Swaps, swap) || swap == p.Swap && swap != plan.AsPlanned
	if swapped {
		c.Swap = swap
	} else {
		c.Scale = plan.Scale{Reps: eased, Volume: eased}
	}
	t.r.Set.Plan = ptr(t.plans.Put(*t.r.Set.Plan, t.past(), t.today, c).State)
	v := vars{"kind": capital(t.kind(p.Kind)), "on": t.onDay(date), "word": string(p.Kind), "date": date.String(),
		"change": t.changed(was, t.phrases.text("what_easier", vars{"kind": t.kind(p.Kind), "when": date.String()}))}
	if !swapped {
		t.instead(t.say("eased", v))
		return
	}
	v["words"], v["card"] = t.plans.SwapWords(c.Swap), strings.Join(t.plans.Card(t.on(date)).Text(), "\n")
	t.instead(t.say("swapped", v))
}

// easierDate is the date that words name, or else that of the next hard day.
func (t *turn) easierDate(words string) day.Date {
	if words != "" {
		if named := t.reader.As(reading.Move, words, t.context()); named.To != 0 {
			return named.To
		}
	}
	return t.nextHard()
}

// eased is the share, in percent, of a session that was made easier.
const eased = 70

func (t *turn) nextHard() day.Date {
	for d := t.today; d < t.today+14; d++ {
		if t.r.Days.PlanOf(d).Hard() && !t.r.Days.Log.At(d).Done() {
			return d
		}
	}
	return t.today
}

// nextWords says what comes next, or nothing if nothing does.
func (t *turn) nextWords() string {
	if o := t.upcoming(1); len(o) > 0 {
		return t.phrases.text("next_reminder", vars{"kind": t.kind(o[0].kind), "at": t.moment(o[0].at)})
	}
	if t.hasPlan() {
		return t.phrases.text("next_day", vars{"day": t.nextDay()})
	}
	return ""
}
