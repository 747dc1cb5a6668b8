package coach

import (
	"errors"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/streak"
)

// lateDays is how far back a log or an excuse can change the streak, in days.
const lateDays = 7

// oldest is how far back a day can be logged at all, in days.
const oldest = 366

// log writes down sessions.
func (t *turn) log(a ask) {
	if a.OrDays && len(a.Dates) == 2 && a.Command == "" {
		t.whichDate(t.kindsSaid(a), a.Dates...)
		return
	}
	if len(a.Dates) > 1 {
		t.severalSaid(a)
		return
	}
	date := a.Date
	kinds := t.kindsSaid(a)
	if n, open := t.openNudge(t.nudge); open && (len(kinds) == 0 || slices.Equal(kinds, []day.Kind{n.Kind})) {
		kinds = []day.Kind{n.Kind}
		if date == 0 || t.nudge != "" && a.Command == "" && len(a.Dates) == 0 {
			date = n.Date
		}
	}
	if slices.Equal(kinds, []day.Kind{day.Rest}) {
		t.rest(ask{Reading: reading.Reading{Intent: reading.Rest, Date: date}})
		return
	}
	if t.someDay(a) {
		t.whichDate(kinds, t.today-1, t.today-2, t.today-3)
		return
	}
	if date == 0 {
		date = t.today
	}
	if len(kinds) == 0 {
		kinds = t.dueKinds(date)
	}
	kinds = t.unlogged(a, date, kinds)
	switch {
	case t.onlyWalked(a, date):
		t.say("walked", vars{"date": date.String()})
	case a.OrKinds && len(kinds) == 2 && a.Command == "":
		t.oneOfTwo(ask{Reading: reading.Reading{Kinds: kinds, Date: date}})
	case a.Other != 0 && a.Command == "":
		t.whichDate(kinds, date, a.Other)
	case date > t.today && date != t.civil():
		t.say("future_log", vars{"when": capital(t.when(date))})
	case t.today-date > oldest:
		t.say("too_old_log", vars{"since": t.long(t.today - oldest)})
	case len(kinds) == 0:
		t.whichKind(date)
	case t.tapped && t.today-date > lateDays && !strings.HasSuffix(a.Words, " again"):
		t.say("late_ask", vars{"Kinds": capital(t.kinds(kinds)), "kinds": joinKinds(kinds), "on": t.onDay(date), "date": date.String()})
	case t.again(a, date, kinds):
		t.say("logged_already", vars{"Kinds": capital(t.kinds(kinds)), "kinds": joinKinds(kinds), "when": t.when(date), "date": date.String()})
	default:
		t.record(a, date, kinds)
	}
}

// whichKind asks what was done on a date.
func (t *turn) whichKind(date day.Date) {
	t.r.Talk.Asked, t.r.Talk.For = askedKind, date.String()
	line := "which_kind"
	if date != t.today {
		line = "which_kind_on"
	}
	t.say(line, vars{"date": date.String(), "on": t.onDay(date)})
}

// whichDate asks on which of several dates a session was.
func (t *turn) whichDate(kinds []day.Kind, dates ...day.Date) {
	t.r.Talk.Asked, t.r.Talk.For = askedDay, joinKinds(kinds)
	l := t.say("which_date", nil)
	dates = slices.Clone(dates)
	slices.Sort(dates)
	for _, d := range slices.Backward(dates) {
		says := strings.Join(strings.Fields("/done "+joinKinds(kinds)+" "+d.String()), " ")
		l.Choices = append(l.Choices, Choice{Label: t.long(d), Says: says})
	}
}

// unlogged leaves out, of several kinds that are told together, those that the date has already.
func (t *turn) unlogged(a ask, date day.Date, kinds []day.Kind) []day.Kind {
	if len(kinds) < 2 || a.Command != "" || t.says("second", a.Words) {
		return kinds
	}
	have := t.r.Days.Log.At(date).Sessions()
	fresh := slices.DeleteFunc(slices.Clone(kinds), func(k day.Kind) bool { return slices.Contains(have, k) })
	if len(fresh) == 0 {
		return kinds
	}
	return fresh
}

// someDay reports whether words tell of a day that they do not name: "did hills the other day".
func (t *turn) someDay(a ask) bool {
	return a.Command == "" && t.says("some_day", a.Words) && t.reader.As(reading.Correct, a.Words, t.context()).Date == 0
}

// kindsSaid are the kinds that were said; what the plan holds is no word of the runner's.
func (t *turn) kindsSaid(a ask) []day.Kind {
	if a.Command != "" || a.Words == "" || len(a.Kinds) != 1 || a.Kinds[0] != t.r.Days.PlanOf(t.today) {
		return a.Kinds
	}
	if len(t.kindsNamedIn(a.Words)) == 0 {
		return nil
	}
	return a.Kinds
}

// kindsNamedIn are the kinds that words name, whatever is planned.
func (t *turn) kindsNamedIn(words string) []day.Kind {
	unplanned := t.context()
	unplanned.Today = day.Free
	return t.reader.As(reading.Log, words, unplanned).Kinds
}

// onlyWalked reports whether words tell of a walk and of nothing else: no
// session, unless a walk is the gentle version of the day.
func (t *turn) onlyWalked(a ask, date day.Date) bool {
	return a.Command == "" && t.says("walk", a.Words) && !t.says("session", a.Words) && !t.swapped(date)
}

// dueKinds is what was planned for a date and is still to be done.
func (t *turn) dueKinds(d day.Date) []day.Kind {
	if k := t.r.Days.PlanOf(d); k.Training() && !t.r.Days.Log.At(d).Trained() {
		return []day.Kind{k}
	}
	return nil
}

// again reports whether the very same was logged a moment ago, or whether a
// tapped choice logs what is there: that is said, not counted twice.
func (t *turn) again(a ask, date day.Date, kinds []day.Kind) bool {
	words := strings.ToLower(a.Words)
	if strings.HasSuffix(words, " again") || t.says("second", a.Words) {
		return false
	}
	have := t.r.Days.Log.At(date).Sessions()
	if slices.ContainsFunc(kinds, func(k day.Kind) bool { return !slices.Contains(have, k) }) {
		return false
	}
	if t.tapped {
		return true
	}
	return t.r.Talk.Logged == date && t.r.Last != nil && t.now.Sub(t.r.Last.At) < doubleLog && !t.r.Last.Undone
}

// doubleLog is how soon the same log again is taken for an accident.
const doubleLog = 10 * time.Minute

// record writes sessions down and says what came of it.
func (t *turn) record(a ask, date day.Date, kinds []day.Kind) {
	was := t.mark()
	trained := t.r.Days.Log.At(date).Done()
	planned := t.r.Days.PlanOf(date)
	if len(kinds) > 1 {
		a.Lasted = 0 // of which of them nobody knows
	}
	var done []day.Kind
	for _, k := range kinds {
		minutes := t.minutesOf(date, k, a.Lasted)
		after, err := t.r.Days.Record(date, streak.Session{Kind: k, Swapped: t.swapped(date)}, t.lateAs(date))
		if err != nil && !errors.Is(err, streak.ErrFull) {
			continue
		}
		t.r.Days = after
		t.ran(Run{date, k, minutes})
		done = append(done, k)
	}
	t.mend()
	t.wellAgain(done)
	change := t.changed(was, t.kinds(done)+", "+date.String())
	t.noteHour(date)
	t.r.Talk.Logged = date
	t.r.Talk.Asked, t.r.Talk.For = askedEffort, date.String()
	v := vars{"Kinds": capital(t.kinds(done)), "kinds": joinKinds(done), "when": t.when(date), "on": t.onDay(date), "date": date.String(),
		"numbers": t.numbersAfter(date), "change": change}
	t.receipt(a, date, planned, trained, v)
}

// lateAs is the time at which a log of a date is taken: now, or, if the date is
// the one on the calendar and the training day before it is not over, when that ends.
func (t *turn) lateAs(date day.Date) time.Time {
	if date == t.today+1 && date == t.civil() {
		return t.r.Days.Close(t.today, t.now)
	}
	return t.now
}

// wellAgain ends a cold once more than an easy session is done.
func (t *turn) wellAgain(done []day.Kind) {
	if s := t.state(); s.Ill == plan.Cold && slices.ContainsFunc(done, func(k day.Kind) bool { return k != day.Easy }) {
		t.r.Set.Plan = ptr(t.plans.Recover(s, t.past(), t.today))
	}
}

// receipt says what was logged, and what else there is to know about it.
func (t *turn) receipt(a ask, date day.Date, planned day.Kind, trained bool, v vars) {
	name := "logged"
	switch {
	case t.today-date > lateDays:
		name = "logged_late"
	case date == t.today && t.beforeDawn() && !t.tapped:
		if name = "logged_before_dawn"; trained {
			name = "logged_extra_before_dawn"
		}
		v["when"] = t.long(date)
		v["other"], v["otherdate"] = t.civil().Format("Mon"), t.civil().String()
		v["starts"] = t.r.Days.Clock(t.now).Starts.String()
	case trained:
		name = "logged_extra"
	}
	l := t.instead(t.say(name, v))
	if planned == day.Rest && date == t.today {
		l.Text += " " + t.phrases.text("logged_on_rest", nil)
	}
	if p, paused := t.r.Days.Paused(date); paused {
		name := "logged_in_pause"
		if p.Reason == streak.Red || t.stopped() {
			name = "logged_in_red"
		}
		extra := t.phrases.line(name, nil)
		l.Text += " " + extra.Text
		l.Choices = append(l.Choices, extra.Choices...)
	}
	t.offer(l)
	if name == "logged" {
		t.askEffort(l, a, date)
	}
}

// askEffort ends a receipt with the question how hard it was, unless that was
// told, or the receipt asks something else.
func (t *turn) askEffort(l *Line, a ask, date day.Date) {
	if spent := t.spent(a, date); spent != "" {
		extra := t.phrases.line(spent, nil)
		l.Text, l.Choices = join(l.Text, extra.Text), append(l.Choices, extra.Choices...)
		return
	}
	if !strings.Contains(l.Text, "?") {
		l.Text = join(l.Text, t.phrases.text("effort_ask", nil))
	}
}

// offer adds, once, the question whether to remind, or to make a plan, after somebody has logged a few times.
func (t *turn) offer(l *Line) {
	switch {
	case t.derived().Total < offerAfter:
	case t.offerHour(l):
	case t.hasPlan() || t.r.Set.Remind:
		t.offerReminders(l)
	case !t.r.Told.Offered && !t.r.Set.Declined:
		t.r.Told.Offered = true
		extra := t.phrases.line("plan_offer", nil)
		l.Text, l.Choices = paragraphs(l.Text, extra.Text), append(l.Choices, extra.Choices...)
	}
}

// offerAfter is how many days with a session come before the offer to remind.
const offerAfter = 3

// beforeDawn reports whether the training date is not yet the civil one.
func (t *turn) beforeDawn() bool { return t.civil() != t.today }

// civil is the date on the runner's calendar.
func (t *turn) civil() day.Date {
	d, _ := day.Wall(t.now, t.zone)
	return d
}

// swapped reports whether the session of a date is the gentler version of it.
func (t *turn) swapped(date day.Date) bool {
	if t.r.Set.Plan == nil {
		return false
	}
	return t.plans.On(*t.r.Set.Plan, t.past(), min(date, t.today), date).Swap.Gentle()
}

// rest keeps a day as rest.
func (t *turn) rest(a ask) {
	date := a.Date
	if date == 0 {
		date = t.today
		if n, found := t.openNudge(t.nudge); found && t.nudge != "" {
			date = n.Date
		}
	}
	planned := t.r.Days.PlanOf(date)
	was := t.mark()
	after, err := t.r.Days.RestInstead(date, t.now)
	switch {
	case date > t.today:
		t.skipAhead(date)
		return
	case t.r.Days.Log.At(date).Done():
		t.say("rest_done_already", vars{"when": capital(t.when(date))})
		return
	case planned == day.Free:
		t.say("rest_no_plan", nil)
		return
	case err != nil:
		t.restLate(date, planned)
		return
	}
	t.r.Days = after
	change := t.changed(was, t.phrases.text("what_rest", vars{"when": date.String()}))
	n := t.derived()
	v := vars{"streak": t.count(n.Streak, "day"), "next": t.seeYou(), "change": change, "When": capital(t.when(date)),
		"kind": t.kind(planned), "Kind": capital(t.kind(planned)), "word": string(planned), "date": date.String(), "numbers": t.numbers()}
	switch {
	case planned == day.Rest && n.Streak == 0:
		t.instead(t.say("rested_early", v))
		return
	case planned == day.Rest:
		t.instead(t.say("rested", v))
		return
	}
	t.instead(t.say("rest_instead", v))
}

// restLate answers "rested yesterday" once that day is over.
func (t *turn) restLate(date day.Date, planned day.Kind) {
	if planned == day.Rest {
		n := t.derived()
		t.say("rested", vars{"streak": t.count(n.Streak, "day"), "next": t.seeYou(), "change": "0"}).Choices = nil
		return
	}
	t.excuse([]day.Date{date}, streak.Unsaid)
}

// skipAhead rests on a day to come.
func (t *turn) skipAhead(date day.Date) {
	t.skip(ask{Reading: reading.Reading{Intent: reading.Skip, Date: date}, Words: "leave"})
}

// mend bridges a missed day once two sessions have followed it.
func (t *turn) mend() {
	if t.derived().Repair.Ready() {
		t.r.Days, t.mended = t.r.Days.Mend(t.now)
	}
}
