package coach

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/streak"
)

// pause holds the plan, with or without an end. Words may say the reason, that
// it began before today, or that it is over already.
func (t *turn) pause(a ask) {
	reason := t.reasonIn(a.Words)
	from, until := t.pauseSpan(a)
	switch {
	case a.Command == "" && t.freezeAsked(a.Words):
	case t.stopped():
		t.leaveRed("")
	case a.Command == "" && t.lastWeekOff(a.Words, reason):
	case until != 0 && until < t.today:
		t.excuse(days(min(from, until), until), reason)
	default:
		t.hold(from, until, reason, "")
		t.r.Talk.Wish = "/pause"
	}
}

// freezeAsked answers somebody who wants a freeze on a day to come, and reports whether they do.
func (t *turn) freezeAsked(words string) bool {
	if said := plainly(words); !t.hints.says("freeze", said) || !t.hints.says("then", said) {
		return false
	}
	date := t.reader.As(reading.Skip, words, t.context()).Date
	if date < t.today || !t.r.Days.PlanOf(date).Training() {
		return false
	}
	t.say("freeze_asked", vars{"on": t.onDay(date), "date": date.String()})
	return true
}

// pauseSpan is the first and last date of a pause as it is asked for; the last is 0 if it is open.
func (t *turn) pauseSpan(a ask) (from, until day.Date) {
	if a.Command != "" && a.To != 0 {
		return min(a.Date, a.To), max(a.Date, a.To)
	}
	past, since := t.pastDays(a.Words), t.says("since", a.Words)
	span := t.reader.As(reading.Move, a.Words, t.context())
	switch {
	case len(past) > 0 && since:
		return max(past[0], t.today-lateDays), a.Until
	case len(past) > 0 && t.says("past", a.Words):
		return past[0], past[len(past)-1]
	case span.Date > t.today && span.To != 0:
		for span.To < span.Date { // "from friday to monday": the Monday after that Friday
			span.To += 7
		}
		return span.Date, span.To
	case a.Date >= t.today-lateDays && a.Date != 0:
		return a.Date, a.Until
	case a.Until == 0 && t.says("by_then", a.Words):
		return t.today, t.nextMonday() - 1
	case a.Until == 0 && t.says("next_week", a.Words):
		return t.nextMonday(), t.nextMonday() + 6
	}
	return t.today, a.Until
}

// nextMonday is the first Monday after today.
func (t *turn) nextMonday() day.Date {
	d := t.today + 1
	for d.Weekday() != time.Monday {
		d++
	}
	return d
}

// otherSpan takes an end, or a day to come from which on, that is said alone of the
// pause that was just made, and reports whether a text says one.
func (t *turn) otherSpan(text string) bool {
	r := t.reader.As(reading.Pause, text, t.context())
	from, until := t.today, r.Until
	if n := len(t.r.Days.Pauses); n > 0 && t.r.Days.Pauses[n-1].From > t.today {
		from = t.r.Days.Pauses[n-1].From
		if until == 0 {
			until = t.r.Days.Pauses[n-1].Until
		}
	}
	first := t.reader.As(reading.Skip, text, t.context()).Date
	switch {
	case r.Until > t.today:
		for until < from { // "till thursday" of one from Friday on
			until += 7
		}
	case t.says("after", cmp.Or(t.meant(text), text)) && first > t.today:
		from = first
	default:
		return false
	}
	words := "/pause " + from.String()
	if until != 0 {
		words += " " + until.String()
	}
	if from == t.today {
		words = "/pause " + until.String()
	}
	t.command(words)
	return true
}

// days are the dates from first to last.
func days(first, last day.Date) []day.Date {
	var all []day.Date
	for d := first; d <= last; d++ {
		all = append(all, d)
	}
	return all
}

// hold pauses the plan and says so, with what comes before it.
func (t *turn) hold(from, until day.Date, reason streak.Reason, before string) {
	was := t.mark()
	after, err := t.r.Days.Pause(from, until, reason, t.now)
	if errors.Is(err, streak.ErrLong) {
		after, err = t.r.Days.Pause(from, 0, reason, t.now)
		until, before = 0, join(before, t.phrases.text("pause_long", nil))
	}
	if err != nil {
		t.say("too_old_excuse", vars{"since": t.long(t.today - lateDays)})
		return
	}
	t.r.Days = after
	v := vars{"from": "", "until": "", "back": t.phrases.text("pause_asks", nil), "change": t.changed(was, t.phrases.text("what_pause", nil)), "numbers": t.numbersIfChanged()}
	if from != t.today {
		v["from"] = t.phrases.text("pause_from", vars{"when": t.when(from)})
	}
	if until != 0 {
		v["until"], v["back"] = t.phrases.text("pause_until", vars{"when": t.when(until)}), t.phrases.text("pause_returns", nil)
	}
	if until == t.today {
		v["back"] = ""
	}
	l := t.instead(t.say("paused", v))
	l.Text = join(before, l.Text)
}

// reasonIn is the reason that words give for a pause.
func (t *turn) reasonIn(words string) streak.Reason {
	said := plainly(words)
	for _, reason := range []streak.Reason{streak.Sick, streak.Injured, streak.Travel, streak.Life} {
		if t.hints.says(reason.String(), said) {
			return reason
		}
	}
	return streak.Unsaid
}

// excuse marks days that have passed, up to seven back.
func (t *turn) excuse(dates []day.Date, reason streak.Reason) {
	was := t.mark()
	after := t.r.Days
	for _, d := range dates {
		var err error
		if after, err = after.Excuse(d, d, reason, t.now); err != nil {
			t.say("too_old_excuse", vars{"since": t.long(t.today - lateDays)})
			return
		}
	}
	t.r.Days = after
	t.mend()
	marked := t.dateList(dates)
	v := vars{"days": capital(marked), "reason": t.reasonName(reason), "numbers": t.numbers()}
	name, what := "excused", "what_excused"
	switch before := streak.Derive(t.entered, t.now); {
	case t.derived().Streak < before.Streak:
		name = "excused_lower"
	case reason == streak.Unsaid:
		name, what = "excused_unsaid", "what_excused_unsaid"
	}
	v["change"] = t.changed(was, t.phrases.text(what, vars{"days": t.dateListAs(dates, day.Date.String), "reason": v["reason"]}))
	t.instead(t.say(name, v))
}

// dateList names dates: "Monday to Wednesday" if they follow one another, else each.
func (t *turn) dateList(dates []day.Date) string { return t.dateListAs(dates, t.when) }

// dateListAs lists dates, each by the name that is given to it.
func (t *turn) dateListAs(dates []day.Date, name func(day.Date) string) string {
	first, last := dates[0], dates[len(dates)-1]
	if n := len(dates); n > 2 && int(last-first) == n-1 {
		return t.phrases.text("from_to", vars{"first": name(first), "last": name(last)})
	}
	var names []string
	for _, d := range dates {
		names = append(names, name(d))
	}
	return t.list(names)
}

// unpause ends a pause; the plan goes on from today.
func (t *turn) unpause() {
	t.r.Days = t.r.Days.Resume(t.now)
	t.advance(t.today)
}

// resume ends a pause, turns reminders on again, and leaves red if that may be.
func (t *turn) resume(a ask) {
	was := t.mark()
	if t.stopped() && !t.leaveRed(a.args()) {
		return
	}
	if t.state().Check == plan.AskDoctor {
		t.say("check_wait", vars{"reply": t.plans.HeldWords(plan.HeldDoctor)})
		return
	}
	_, paused := t.r.Days.Paused(t.today)
	name := "resumed"
	if p := t.state(); p.Ill != plan.Well {
		if p.Ill != plan.Cold {
			name = "resumed_ill"
		}
		t.r.Set.Plan = ptr(t.plans.Recover(p, t.past(), t.today))
		paused = true
	}
	if !paused && !t.r.Set.Muted && t.r.Told.Goodbye.IsZero() {
		if t.state().Pain.Colour == plan.Amber {
			t.green()
			return
		}
		if t.r.Set.Half && t.r.Set.Remind {
			t.remindDefault()
			return
		}
		t.say("resume_none", vars{"next": t.nextWords()})
		return
	}
	t.unpause()
	t.r.Set.Remind, t.r.Set.Muted = t.r.Set.Remind || t.r.Set.Muted, false
	t.settleFrom()
	change := t.changed(was, t.phrases.text("what_resume", nil))
	t.instead(t.say(name, vars{"next": t.nextWords(), "change": change}))
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
		t.careful = true
		t.r.Talk.Asked = askedLeave
		l := t.say("resume_safety", vars{"leaving": needed})
		if t.r.Set.Plan.Pain.Cleared {
			l.Choices = slices.DeleteFunc(l.Choices, func(c Choice) bool { return c.Says == "/resume gone" })
		}
		return false
	}
	t.r.Set.Plan = &next
	return true
}
