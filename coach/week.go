package coach

import (
	"fmt"
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
			v["until"] = " until " + t.when(pause.Until)
		}
		t.say("today_paused", v)
	case t.r.Days.Log.At(t.today).Done():
		v["kind"] = capital(t.kinds(t.r.Days.Log.At(t.today).Sessions()))
		t.say("today_done", v)
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
	for _, swap := range t.plans.Card(p).Swaps {
		if swap == plan.Sore || swap == plan.Hot || swap == plan.NoHill || swap == plan.Treadmill {
			l.Choices = append(l.Choices, Choice{Label: t.plans.SwapLabel(swap), Says: fmt.Sprintf("/easier %s %s", p.Date, swap)})
		}
	}
	if p.Held == plan.HeldCheck {
		l.Choices = append(l.Choices, Choice{Label: "Health check", Says: "/start check"})
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
			return fmt.Sprintf("%s, %s", t.when(d), t.kind(k))
		}
	}
	return "whenever you like"
}

// seeYou says when the next session is.
func (t *turn) seeYou() string {
	for d := t.today + 1; d <= t.today+14; d++ {
		if k := t.r.Days.PlanOf(d); k.Training() {
			return fmt.Sprintf("See you %s.", t.when(d))
		}
	}
	return ""
}

// next lists what comes next: reminders if there are any, else days of the plan.
func (t *turn) next(_ ask) {
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
		t.say("plan_how", nil)
	case !t.hasPlan() && t.wantsSetup(a.Words):
		t.start("")
	case !t.hasPlan():
		t.say("plan_none", nil)
	default:
		t.showWeek()
	}
}

func (t *turn) wantsSetup(words string) bool {
	words = strings.ToLower(words)
	for _, w := range []string{"set", "make", "start", "want", "need", "give", "build", "change"} {
		if strings.Contains(words, w) {
			return true
		}
	}
	return false
}

// showWeek lists the days of this week, as they are planned and as they were.
func (t *turn) showWeek() {
	monday := t.today.Monday()
	var rows []string
	for _, p := range t.plans.Days(*t.r.Set.Plan, t.past(), t.today, monday, 7) {
		kind := t.r.Days.PlanOf(p.Date)
		row := fmt.Sprintf("%s: %s", p.Date.Format("Mon"), t.kind(kind))
		if kind.Training() && p.Date >= t.today {
			row += fmt.Sprintf(", %d min", t.plans.Card(p).Minutes)
		}
		if t.r.Days.Log.At(p.Date).Done() {
			row += " ● done"
		}
		if p.Date == t.today {
			row += " ← today"
		}
		rows = append(rows, row)
	}
	t.say("plan", vars{"week": strings.TrimPrefix(t.plans.WeekName(t.planWeek()), "week "), "level": "level " + string(t.planLevel()), "days": strings.Join(rows, "\n")})
}

// planOrder answers "/plan mon hill, tue rest, …".
func (t *turn) planOrder(words string) {
	if words == "" {
		t.plan(ask{})
		return
	}
	if words == "anyway" && t.r.Talk.Asked == "anyway" {
		week, err := t.plans.ParseWeek(t.r.Talk.For)
		if err == nil {
			t.setWeek(week, true)
			return
		}
	}
	week, err := t.plans.ParseWeek(words)
	switch {
	case err != nil:
		t.say("plan_how", nil)
	case week.Count(day.Kind.Training) == 0:
		t.say("plan_needs_session", nil)
	default:
		t.r.Talk.For = words
		t.setWeek(week, false)
	}
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
	if len(broken) > 0 && !anyway {
		l := t.say("plan_refused", vars{"rule": broken[0].Words})
		if plan.Allowed(broken) {
			t.r.Talk.Asked = "anyway"
			l.Choices = append(l.Choices, Choice{Label: "Do it anyway", Says: "/plan anyway"})
		}
		if mended, _ := t.plans.Mend(checked.Level, week); mended.Count(day.Kind.Training) > 0 {
			l.Choices = append(l.Choices, Choice{Label: "Use a safer week", Says: "/plan " + compactWeek(mended)})
		}
		return
	}
	t.r.Talk.For = ""
	next := t.plans.Own(state, week).State
	t.r.Set.Plan = &next
	t.adopt()
	change := t.changed(was, "your week")
	l := t.instead(t.say("plan_set", vars{"week": t.weekWords(week), "warning": "", "change": change, "next": "Next: " + t.nextDay() + "."}))
	t.offerReminders(l)
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

// level shows or changes the level.
func (t *turn) level(a ask) {
	wanted, known := levelIn(a.Words)
	if !known && a.Command == "" {
		wanted, known = t.levelSaid(a.Words)
	}
	switch {
	case !known:
		t.say("level_ask", vars{"level": string(t.planLevel()), "entry": t.plans.Enter(t.planLevel())})
	case t.r.Set.Plan != nil && t.r.Set.Plan.Level == wanted:
		t.say("level_same", vars{"level": string(wanted)})
	default:
		was := t.mark()
		s := plan.State{Hard: time.Tuesday}
		if t.r.Set.Plan != nil {
			s = *t.r.Set.Plan
		}
		s.Level = wanted
		t.r.Set.Plan = &s
		change := t.changed(was, "your level")
		t.instead(t.say("level_set", vars{"level": string(wanted), "when": "tomorrow", "entry": t.plans.Enter(wanted), "change": change}))
	}
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
	words = strings.ToLower(words)
	for _, w := range []string{"harder", "up a level", "too easy", "more challeng", "level up", "next level"} {
		if strings.Contains(words, w) {
			return t.planLevel().Upper(), true
		}
	}
	for _, w := range []string{"easier", "too hard", "down a level", "beginner", "newbie", "gentler"} {
		if strings.Contains(words, w) {
			return t.planLevel().Lower(), true
		}
	}
	for _, w := range []string{"advanced", "experienced"} {
		if strings.Contains(words, w) {
			return plan.Seasoned, true
		}
	}
	if strings.Contains(words, "intermediate") {
		return plan.Regular, true
	}
	return "", false
}

// effortOn is how hard the session of a date was; 0 if they did not say.
func (t *turn) effortOn(d day.Date) int {
	for _, e := range t.r.Efforts {
		if e.Date == d {
			return e.Of10
		}
	}
	return 0
}

// maxEfforts is how many efforts are kept.
const maxEfforts = 40

// effort takes "2026-11-24 7".
func (t *turn) effort(words string) {
	var text string
	var of10 int
	if n, err := fmt.Sscanf(words, "%s %d", &text, &of10); n != 2 || err != nil || of10 < 0 || of10 > 10 {
		t.say("effort_none", vars{"on": "on that day"})
		return
	}
	date, err := day.ParseDate(text)
	if err != nil || !t.r.Days.Log.At(date).Trained() {
		t.say("effort_none", vars{"on": t.onDay(date)})
		return
	}
	efforts := []Effort{}
	for _, e := range t.r.Efforts {
		if e.Date != date {
			efforts = append(efforts, e)
		}
	}
	t.r.Efforts = append(efforts[max(0, len(efforts)-maxEfforts):], Effort{date, of10})
	t.r.Talk.Asked, t.r.Talk.For = "", ""
	t.sayEffort(date, of10)
}

// sayEffort answers an effort: nicely paced, or harder than planned.
func (t *turn) sayEffort(date day.Date, of10 int) {
	more := t.phrases.line("effort_fine", nil)
	kinds := t.r.Days.Log.At(date).Sessions()
	if t.r.Set.Plan != nil && len(kinds) > 0 {
		target := t.plans.Target(t.planLevel(), t.planWeek(), kinds[len(kinds)-1])
		switch {
		case target > 0 && of10 >= target+2:
			more = t.phrases.line("effort_hard", nil)
		case target > 0 && of10 >= target-1 && of10 <= target+1:
			more = t.phrases.line("effort_even", nil)
		}
	}
	n := t.derived()
	l := t.instead(t.say("effort_kept", vars{"effort": fmt.Sprint(of10), "more": join(more.Text, t.phrase(n))}))
	l.Choices = append(l.Choices, more.Choices...)
}

// week is the shape of the runner's week, Monday first.
func (t *turn) week() plan.Week {
	s := t.state()
	if s.Set != (plan.Week{}) {
		return s.Set
	}
	return t.plans.Default(t.planLevel(), t.planWeek(), s.Hard)
}
