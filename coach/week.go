package coach

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/plan"
)

// todayCard shows what is on today.
func (t *turn) todayCard(_ ask) {
	p := t.on(t.today)
	pause, paused := t.r.Days.Paused(t.today)
	v := vars{"date": t.today.String(), "kind": capital(t.kind(p.Kind)), "next": t.nextDay()}
	switch {
	case paused:
		v["until"] = ""
		if pause.Until != 0 {
			v["until"] = t.phrases.text("pause_until", vars{"when": t.when(pause.Until)})
		}
		t.say("today_paused", v)
	case t.r.Days.Log.At(t.today).Done():
		v["kind"] = t.kinds(t.r.Days.Log.At(t.today).Sessions())
		t.say("today_done", v)
	case p.Kind == day.Free && t.heldFor(t.today) != day.Free:
		v["kind"], v["word"] = t.kind(t.heldFor(t.today)), string(t.heldFor(t.today))
		t.say("today_reminded", v)
	case p.Kind == day.Free:
		t.say("today_none", nil)
	default:
		t.showDay(p, v)
	}
}

// showDay shows the card of a day, with the article's sentence for its kind.
func (t *turn) showDay(p plan.Planned, v vars) {
	v["card"] = strings.Join(t.plans.Card(p).Text(), "\n")
	if p.Held != "" {
		v["card"] = t.plans.HeldWords(p.Held) + "\n" + t.plans.Card(p).Short()
	}
	v["kind"] = string(p.Kind)
	v["date"] = p.Date.String()
	name := "today_plan"
	if p.Kind == day.Rest {
		name = "today_rest"
	}
	l := t.say(name, v)
	l.Card = p.Kind
	for _, swap := range t.plans.Card(p).Swaps {
		if swap == plan.Sore || swap == plan.Hot || swap == plan.NoHill || swap == plan.Treadmill {
			l.Choices = append(l.Choices, Choice{Label: t.plans.SwapLabel(swap), Says: fmt.Sprintf("/easier %s %s", p.Date, swap)})
		}
	}
	if p.Held == plan.HeldCheck {
		l.Choices = append(l.Choices, t.phrases.line("health_check", nil).Choices...)
	}
}

// whyKind says why a kind of day is in the plan: the article's sentence, and whose the numbers are.
func (t *turn) whyKind(k day.Kind) {
	tip, _ := t.plans.Tip(k)
	section := t.sectionOf(tip)
	card := t.plans.Session(t.planLevel(), t.planWeek(), k, true, plan.AsPlanned, plan.Scale{})
	l := t.say("why_kind", vars{"kind": capital(t.plans.Noun(k)), "legs": card.Legs})
	l.Quote, l.Section = tip, section
}

func (t *turn) planLevel() plan.Level {
	if p := t.r.Set.Plan; p != nil && p.Level != "" {
		return p.Level
	}
	return t.config.Level
}

func (t *turn) planWeek() int {
	if p := t.r.Set.Plan; p != nil {
		return max(p.Week, 1)
	}
	return 1
}

// nextDay names the next day with a session: "Thu: intervals".
func (t *turn) nextDay() string {
	for d := t.today + 1; d <= t.today+14; d++ {
		if k := t.r.Days.PlanOf(d); k.Training() {
			return t.phrases.text("day_kind", vars{"when": t.when(d), "kind": t.kind(k)})
		}
	}
	return t.phrases.text("any_day", nil)
}

// seeYou says when the next session is.
func (t *turn) seeYou() string {
	for d := t.today + 1; d <= t.today+14; d++ {
		if k := t.r.Days.PlanOf(d); k.Training() {
			return t.phrases.text("see_you", vars{"on": t.onDay(d)})
		}
	}
	return ""
}

// next lists what comes next: reminders if there are any, else days of the plan.
func (t *turn) next(_ ask) {
	if p, paused := t.r.Days.Paused(t.today); paused && p.Until == 0 {
		t.todayCard(ask{})
		return
	}
	var rows []string
	var moments []Moment
	for _, o := range t.upcoming(7) {
		shown := t.moment(o.at)
		rows = append(rows, fmt.Sprintf("%s: %s", shown, t.kind(o.kind)))
		moments = append(moments, Moment{Shown: shown, At: o.at})
	}
	if len(rows) == 0 && t.hasPlan() {
		for d := t.today + 1; d <= t.today+4; d++ {
			rows = append(rows, fmt.Sprintf("%s: %s", capital(t.when(d)), t.kind(t.r.Days.PlanOf(d))))
		}
	}
	if len(rows) == 0 {
		t.say("next_none", nil)
		return
	}
	t.say("next", vars{"list": strings.Join(rows, "\n")}).Moments = moments
}

// plan answers "show my plan", and begins to set one up.
func (t *turn) plan(a ask) {
	switch {
	case strings.Contains(a.Words, "change") && t.hasPlan():
		t.turnChoices()
	case t.stranger && t.wantsSetup(a.Words):
		t.say("check_ask", nil)
	case !t.hasPlan() && t.wantsSetup(a.Words):
		t.start("")
	case !t.hasPlan():
		t.say("plan_none", nil)
	default:
		t.showWeek()
	}
}

func (t *turn) wantsSetup(words string) bool {
	return t.hints.says("setup", plainly(words))
}

// showWeek lists the days of this week, as they are planned and as they were.
func (t *turn) showWeek() {
	monday := t.today.Monday()
	var rows []string
	first := max(monday, min(t.state().Began, t.today)) // before it, nothing was planned
	for _, p := range t.plans.Days(*t.r.Set.Plan, t.past(), t.today, first, 7) {
		kind := t.r.Days.PlanOf(p.Date)
		if kind == day.Free && p.Date == t.today {
			kind = p.Kind // set up too late to be owed today, and still there to be done
		}
		v := vars{"day": p.Date.Format("Mon"), "kind": t.kind(kind), "minutes": "", "done": "", "today": ""}
		if kind.Training() && kind == p.Kind && p.Date >= t.today {
			v["minutes"] = t.phrases.text("plan_minutes", vars{"n": fmt.Sprint(t.plans.Card(p).Minutes)})
		}
		if t.r.Days.Log.At(p.Date).Done() {
			v["done"] = t.phrases.text("plan_done", nil)
		}
		if p.Date == t.today {
			v["today"] = t.phrases.text("plan_today", nil)
		}
		rows = append(rows, t.phrases.text("plan_row", v))
	}
	t.say("plan", vars{"week": t.plans.WeekName(t.planWeek()), "level": string(t.planLevel()), "days": strings.Join(rows, "\n")}).Card = weekKind
}

// turnChoices offers the default week turned to each weekday, or a week in words.
func (t *turn) turnChoices() {
	l := t.instead(t.say("plan_turn", nil))
	for i := range 7 {
		d := day.Date(4 + i) // of any week that begins on a Monday
		if d.Weekday() != t.state().Hard || t.state().Set != (plan.Week{}) {
			l.Choices = append(l.Choices, Choice{Label: d.Format("Mon"), Says: "/plan turn " + strings.ToLower(d.Format("Mon"))})
		}
	}
}

// turnWeek turns the default week, so that its first hard day falls on a weekday.
func (t *turn) turnWeek(weekday string) {
	for i := range 7 {
		d := day.Date(4 + i)
		if !strings.EqualFold(d.Format("Mon"), weekday) {
			continue
		}
		was := t.mark()
		turned := t.plans.Turn(t.planOrNew(), t.past(), t.today, d.Weekday())
		t.r.Set.Plan = &turned.State
		t.adopt()
		t.weekSet(was, t.week(), turned.Dropped)
		return
	}
	t.turnChoices()
}

// weekSet says what the week is from now on, and what gives way on the way there.
func (t *turn) weekSet(was Runner, week plan.Week, dropped []plan.Planned) {
	change := t.changed(was, t.phrases.text("what_your_week", nil))
	l := t.instead(t.say("plan_set", vars{"week": t.weekWords(week), "change": change, "next": t.nextWords()}))
	t.givesWay(l, dropped)
	t.offerReminders(l)
}

// givesWay says which sessions make room for a change.
func (t *turn) givesWay(l *Line, dropped []plan.Planned) {
	for _, d := range dropped {
		l.Text = join(l.Text, t.phrases.text("gives_way", vars{"kind": capital(t.kind(d.Kind)), "on": t.onDay(d.Date)}))
	}
}

// planOrder answers "/plan mon hill, tue rest, …".
func (t *turn) planOrder(words string) {
	turn, weekday, _ := strings.Cut(words, " ")
	week, err := t.plans.ParseWeek(strings.TrimSuffix(words, " anyway"))
	switch {
	case words == "":
		t.plan(ask{})
	case turn == "turn":
		t.turnWeek(weekday)
	case words == "change":
		t.turnChoices()
	case err != nil && !t.namesSession(words):
		t.say("plan_needs_session", nil)
	case err != nil:
		t.say("plan_how", nil)
	default:
		t.setWeek(week, strings.HasSuffix(words, " anyway"))
	}
}

// namesSession reports whether words name any kind of session.
func (t *turn) namesSession(words string) bool {
	return slices.ContainsFunc(strings.Fields(strings.ToLower(words)), func(w string) bool {
		k, known := t.plans.KindNamed(strings.Trim(w, ",;"))
		return known && k.Training()
	})
}

// setWeek makes a week the runner's own, if the rules of spacing let it. A
// runner who never told their level is taken for one whom such a week suits.
func (t *turn) setWeek(week plan.Week, anyway bool) {
	was := t.mark()
	state := t.planOrNew()
	checked := state
	if checked.Level == "" {
		checked.Level = plan.Regular
	}
	broken := t.plans.Own(checked, week).Broken
	if len(broken) > 0 && !(anyway && plan.Allowed(broken)) {
		t.refuseWeek(checked.Level, week, broken)
		return
	}
	own := t.plans.Own(state, week).State
	var dropped []plan.Planned
	if len(broken) == 0 {
		own, dropped = t.settleWeek(state, own, checked.Level)
	}
	t.r.Set.Plan = &own
	t.adopt()
	t.weekSet(was, week, dropped)
}

// settleWeek lets give way what a new week would put too near to what was done
// lately, by the rules of a level.
func (t *turn) settleWeek(before, after plan.State, level plan.Level) (plan.State, []plan.Planned) {
	said := after.Level
	before.Level, after.Level = level, level
	settled := t.plans.Settle(before, after, t.past(), t.today)
	settled.State.Level = said
	return settled.State, settled.Dropped
}

// refuseWeek says which rules a week breaks, and what can be done instead.
func (t *turn) refuseWeek(level plan.Level, week plan.Week, broken []plan.Broken) {
	l := t.say("plan_refused", vars{"rule": ruleWords(broken)})
	if plan.Allowed(broken) {
		l.Choices = append(l.Choices, t.phrases.line("plan_anyway", vars{"week": compactWeek(week)}).Choices...)
	}
	if mended, _ := t.plans.Mend(level, week); mended.Count(day.Kind.Training) > 0 {
		extra := t.phrases.line("plan_safer", vars{"safer": t.weekWords(mended), "week": compactWeek(mended)})
		l.Text, l.Choices = join(l.Text, extra.Text), append(l.Choices, extra.Choices...)
	}
}

// compactWeek writes a week so that it fits behind a choice.
func compactWeek(w plan.Week) string {
	var parts []string
	for i, k := range w {
		if k.Training() {
			parts = append(parts, day.Date(4 + i).Format("Mon")[:2]+" "+string(k)[:1])
		}
	}
	return strings.ToLower(strings.Join(parts, ", "))
}

func (t *turn) weekWords(w plan.Week) string {
	var parts []string
	for i, k := range w {
		parts = append(parts, fmt.Sprintf("%s %s", day.Date(4+i).Format("Mon"), t.kind(k)))
	}
	return strings.Join(parts, ", ")
}

// planOrNew is the runner's plan, or one that begins today.
func (t *turn) planOrNew() plan.State {
	if t.r.Set.Plan != nil {
		s := *t.r.Set.Plan
		if s.Week == 0 {
			s = s.Start(t.today)
		}
		return s
	}
	return plan.State{Hard: time.Tuesday}.Start(t.today)
}

// adopt lets a new plan begin today, where nothing was planned before.
func (t *turn) adopt() {
	if k, known := t.r.Days.Log.At(t.today).Plan(); known && k == day.Free {
		t.r.Days = t.r.Days.SetPlan(t.today, t.planned(t.today))
	}
}

// week is the shape of the runner's week, Monday first.
func (t *turn) week() plan.Week {
	s := t.state()
	if s.Set != (plan.Week{}) {
		return s.Set
	}
	return t.plans.Default(t.planLevel(), t.planWeek(), s.Hard)
}
