package coach

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/nudge"
	"legcoach/coach/plan"
	"legcoach/coach/streak"
)

// remindNow says a reminder.
func (t *turn) remindNow(o occurrence) {
	n := Nudge{Date: o.date, Kind: o.kind, At: t.now, To: t.home()}
	if n.To == t.r.ID {
		n.To = ""
	}
	l := t.nudgeLine(n)
	l.Expires = t.lifeEnd(o)
	if t.quietAt(t.now) {
		l.Expires = sooner(l.Expires, t.now.Add(quietLife))
	}
	if o.put != snoozedByRunner && t.whileAway(o.at) && t.now.Sub(o.at) > lateAfter {
		l.Text = join(t.book.Note("late", t.awayWords(), string(t.r.ID), t.today), l.Text)
	}
	if _, made := t.openNudge(n.Key()); !made {
		t.r.Told.Nudges = append(slices.Clone(t.r.Told.Nudges), n)
	}
}

// awayWords are from when to when the bot was away, by the runner's clock.
func (t *turn) awayWords() vars {
	from, to := t.r.Told.Away.From.In(t.zone), t.r.Told.Away.To.In(t.zone)
	layout := "15:04"
	if from.YearDay() != to.YearDay() {
		layout = "Mon 15:04"
	}
	return vars{"since": from.Format(layout), "until": to.Format(layout)}
}

// nudgeLine is what a reminder says, with its choices.
func (t *turn) nudgeLine(n Nudge) *Line {
	p := t.on(n.Date)
	facts := t.nudgeFacts(n, p)
	choice, shown := t.book.Choose(facts, t.r.Told.Shown, string(t.r.ID))
	t.r.Told.Shown = shown
	l := t.add(t.phrases.line(t.nudgeName(n, facts), vars{"kind": string(n.Kind), "date": n.Date.String(), "key": n.Key()}))
	l.Text, l.Quote = choice.Text, choice.Quote
	if l.Quote != "" {
		l.Section = t.sectionOf(l.Quote)
	}
	l.Nudge, l.Key, l.Unasked, l.Silent, l.Private = n.Kind, n.Key(), true, n.Kind == day.Rest, true
	return l
}

// nudgeName is the phrase whose choices go with a reminder.
func (t *turn) nudgeName(n Nudge, f nudge.Facts) string {
	switch {
	case n.Kind == day.Rest:
		return "nudge_rest"
	case f.Note == noteAmber:
		return "nudge_amber"
	}
	return "nudge_session"
}

// nudgeFacts are what is true of the runner and the day.
func (t *turn) nudgeFacts(n Nudge, p plan.Planned) nudge.Facts {
	numbers := t.derived()
	tone, _ := nudge.ParseTone(t.r.Set.Tone)
	f := nudge.Facts{Date: n.Date, Kind: n.Kind, Tone: tone, Level: string(t.planLevel()), Streak: numbers.Streak, Freezes: numbers.Freezes, Next: t.nextSession()}
	for _, did := range t.past() {
		if did.Kind == n.Kind {
			f.Done++
		}
	}
	if t.hasPlan() && p.Kind == n.Kind && p.Held == "" {
		f.Session, f.Week, f.Deload = t.plans.Card(p).Vars(), p.Week, t.plans.Deload(p.Week)
		f.Back, f.Gentler = t.r.Set.Plan.Away != nil, p.Swap == plan.Sore
		f.Eased = p.Cause == "away" && p.Slot != p.Kind
	}
	f.Note, f.Vars = t.nudgeNote(n, f, numbers)
	f.Insight = t.insight(n, numbers)
	return f
}

// nextSession is the next training day after today in words: "hills on Thursday".
func (t *turn) nextSession() string {
	for d := t.today + 1; d < t.today+8; d++ {
		if k := t.r.Days.PlanOf(d); k.Training() {
			return t.kind(k) + " on " + d.Format("Monday")
		}
	}
	return ""
}

// What a reminder may speak of before all else: notes of content/nudges/notes.yaml.
const (
	noteAmber     = "amber"
	noteComeback  = "comeback"
	noteFrozen    = "frozen"
	noteSlipped   = "slipped"
	noteMilestone = "milestone"
)

// milestones are the numbers of days kept that are told.
var milestones = []int{3, 7, 14, 30, 66, 100}

// nudgeNote is what yesterday left to say, and what it is filled in with; empty if nothing.
func (t *turn) nudgeNote(n Nudge, f nudge.Facts, numbers streak.Numbers) (string, map[string]string) {
	if p := t.r.Set.Plan; p != nil && p.Pain.Colour == plan.Amber && n.Kind.Training() {
		return noteAmber, nil
	}
	was, before := t.dayOf(numbers, t.today-1), t.dayOf(numbers, t.today-2)
	v := map[string]string{"what": t.kind(n.Kind), "left": fmt.Sprint(numbers.Freezes)}
	switch {
	case f.Gentler || f.Eased:
		return "", nil
	case t.repairable(numbers) && n.Kind.Training():
		v["back"], v["by"] = t.count(numbers.Repair.Back, "day"), t.when(numbers.Repair.By)
		return noteComeback, v
	case t.frozenLately(numbers) != 0:
		t.r.Told.Frozen = t.frozenLately(numbers)
		v["frozen"] = t.when(t.r.Told.Frozen)
		return noteFrozen, v
	case (was.State == streak.Grace || was.State == streak.Missed) && t.today-1 > t.state().Began && n.Kind.Training() && before.State != streak.Grace && before.State != streak.Missed && before.State != streak.Frozen:
		return noteSlipped, v
	case was.Streak > before.Streak && was.Streak == numbers.Streak && slices.Contains(milestones, was.Streak):
		return noteMilestone, v
	}
	return "", nil
}

// frozenLately is a date of the last days that a freeze covers and of which it was not told; zero if there is none.
func (t *turn) frozenLately(numbers streak.Numbers) day.Date {
	for d := t.today - 1; d > t.today-5 && numbers.Streak > 0; d-- {
		if t.dayOf(numbers, d).State == streak.Frozen && t.r.Told.Frozen < d {
			return d
		}
	}
	return 0
}

// dayOf is what became of a date.
func (t *turn) dayOf(numbers streak.Numbers, d day.Date) streak.Day {
	for _, of := range slices.Backward(numbers.Days) {
		if of.Date == d {
			return of
		}
	}
	return streak.Day{}
}

// whyNudge says why a reminder came, or did not: the one that is named or was
// answered, the latest otherwise.
func (t *turn) whyNudge(words string) {
	if n, found := t.nudgeNamed(words); found {
		t.say("why_nudge", vars{"reason": t.whyCame(n)})
		return
	}
	var rows []string
	for _, d := range t.r.Told.Drops {
		rows = append(rows, t.dropRow(d.Date, d.Kind, t.book.Reason(d.Why).Say))
	}
	if today := t.whyNotToday(); today != "" {
		rows = append(rows, today)
	}
	if n := len(t.r.Told.Nudges); n > 0 && (len(rows) == 0 || t.r.Told.Nudges[n-1].Date == t.today) {
		rows = append(rows, t.whyCame(t.r.Told.Nudges[n-1]))
	}
	if next := t.upcoming(1); len(next) > 0 && len(rows) == 0 {
		rows = append(rows, t.phrases.text("remind_next", vars{"next": t.moment(next[0].at) + ", " + t.kind(next[0].kind), "in": t.in(next[0].at)}))
	}
	if len(rows) == 0 {
		t.say("next_none", nil)
		return
	}
	t.say("why_nudge", vars{"reason": strings.Join(rows, "\n")})
}

func (t *turn) nudgeNamed(words string) (Nudge, bool) {
	for _, n := range slices.Backward(t.r.Told.Nudges) {
		if words == n.Key() || t.nudge == n.Key() {
			return n, true
		}
	}
	return Nudge{}, false
}

func (t *turn) dropRow(d day.Date, k day.Kind, why string) string {
	name := t.phrases.text("week_name", nil)
	if k != weekKind {
		name = t.kind(k)
	}
	return t.phrases.text("why_not", vars{"kind": capital(name), "when": t.long(d), "reason": why})
}

// whyNotToday says why today has no reminder, or when it comes; empty if there is nothing to say.
func (t *turn) whyNotToday() string {
	planned := t.r.Days.PlanOf(t.today)
	switch {
	case t.r.Set.Muted:
		return t.phrases.text("why_muted", nil)
	case !t.r.Set.Remind:
		return t.phrases.text("why_not_asked", nil)
	case !t.r.Told.Goodbye.IsZero():
		return t.phrases.text("why_goodbye", nil)
	case t.r.Set.Never&(1<<t.today.Weekday()) != 0:
		return t.phrases.text("why_never", vars{"weekday": t.today.Format("Monday")})
	case planned == day.Rest && t.r.Set.NoRest:
		return t.phrases.text("why_no_rest", nil)
	}
	if moved := t.movedAway(); moved != "" {
		return moved
	}
	for _, s := range t.r.Told.Snoozed {
		if s.Date == t.today {
			return t.phrases.text("why_comes", vars{"kind": capital(t.kind(s.Kind)), "at": t.moment(s.At), "in": t.in(s.At)})
		}
	}
	for _, o := range t.dayReminders(t.today) {
		if at, said := t.saidAt(o); at.After(t.now) && !t.decided(o) {
			why := t.needed(o)
			if why == "" && !said {
				why = dropQuiet
			}
			if why != "" {
				return t.dropRow(o.date, o.kind, t.book.Reason(why).Say)
			}
			return t.phrases.text("why_comes", vars{"kind": capital(t.kind(o.kind)), "at": t.moment(at), "in": t.in(at)})
		}
	}
	return ""
}

// movedAway says where today's session went, if it was moved.
func (t *turn) movedAway() string {
	if !t.hasPlan() {
		return ""
	}
	for d := t.today - 6; d <= t.today+7; d++ {
		if p := t.on(d); p.From == t.today && d != t.today {
			return t.phrases.text("why_moved", vars{"kind": capital(t.kind(p.Kind)), "when": t.when(d)})
		}
	}
	return ""
}

// whyCame says why a reminder came when it did.
func (t *turn) whyCame(n Nudge) string {
	_, by, _ := t.reminderOf(n.Kind, n.Date, n.Kind)
	source := "why_came_plan"
	switch {
	case by == byRunner:
		source = "why_came_chosen"
	case !t.hasPlan():
		source = "why_came_default"
	}
	there := t.zoneAt(n.At)
	return t.phrases.text(source, vars{"kind": capital(t.kind(n.Kind)), "when": t.long(n.Date), "at": n.At.In(there).Format("15:04"), "zone": there.String()})
}

// zoneAt is the zone that the runner lived in at an instant.
func (t *turn) zoneAt(at time.Time) *time.Location { return t.Zone(t.r, at) }

func wallClock(at time.Time, zone *time.Location) day.Clock {
	_, c := day.Wall(at, zone)
	return c
}
