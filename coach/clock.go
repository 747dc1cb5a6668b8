package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/reading"
)

// wished gives a time of day that is said alone right after reminders were set
// the kinds and days that those are of.
func (t *turn) wished(a ask, said bool) ask {
	bare := said && a.Command == "" && len(a.Kinds) == 0 && len(a.Days) == 0 && !a.EveryOther && !t.hints.says("remind", plainly(a.Reading.Text))
	wish, of := strings.CutPrefix(t.r.Talk.Wish, "/remind ")
	if bare && of && t.lastChanged() == changedRemind && !t.says("all_days", a.Words) {
		before := t.commanded("remind", reading.Remind, wish)
		a.Kinds, a.Days = before.Kinds, before.Days
	}
	return a
}

// wishes remembers what reminders were set for, as long as they are spoken of.
func (t *turn) wishes(a ask) {
	if !a.EveryOther {
		t.r.Talk.Wish = "/remind " + remindWords(a)
	}
}

// onlyClock reports whether a time of day is all that was said, by somebody who
// is not reminded of anything or did not speak of it: they may not have meant it.
func (t *turn) onlyClock(a ask, said bool) bool {
	if !said || a.Command != "" || len(a.Kinds) > 0 || len(a.Days) > 0 || a.EveryOther || t.hints.says("remind", plainly(a.Reading.Text)) {
		return false
	}
	return !t.r.Set.Remind || !strings.HasPrefix(t.r.Talk.Wish, "/remind") && len(t.clocksIn(a.Reading.Text)) > 0
}

// askClock asks whether a time of day was meant for reminders, and for which half of the day.
func (t *turn) askClock(clock day.Clock, open bool) {
	name := "clock_ask"
	if t.r.Set.Remind {
		name = "clock_ask_all"
	}
	clocks := halves(clock, open)
	shown := clocks[0].String()
	if len(clocks) > 1 {
		shown = t.phrases.text("clock_or", vars{"first": shown, "second": clocks[1].String()})
	}
	l := t.say(name, vars{"time": shown})
	for _, c := range clocks {
		choice := Choice{Label: t.phrases.text("clock_yes", vars{"time": c.String()}), Says: "/remind " + c.String(), Yes: len(clocks) == 1}
		l.Choices = slices.Insert(l.Choices, len(l.Choices)-1, choice)
	}
}

// halves are the times of day that a clock may show: two if it is open, and
// people train at both.
func halves(clock day.Clock, open bool) []day.Clock {
	const first, last = 5 * 60, 22 * 60
	other := (clock + 12*60) % (24 * 60)
	switch {
	case !open || other < first || other > last:
		return []day.Clock{clock}
	case clock < first || clock > last:
		return []day.Clock{other}
	}
	return []day.Clock{min(clock, other), max(clock, other)}
}

// remindOnce answers who wants a reminder on one date: today it is one that is put
// off, and on a day to come it is asked whether it shall be every week. It reports whether they do.
func (t *turn) remindOnce(a ask, clock day.Clock, said bool) bool {
	if a.Command != "" || len(a.Days) > 0 || a.EveryOther || len(a.Clauses) > 0 || len(a.Times) > 0 {
		return false
	}
	on := t.reader.As(reading.Move, a.Reading.Text, t.context()).To
	switch {
	case on < t.today || on == t.today && !said:
		return false
	case on == t.today:
		t.command("/snooze " + clock.String())
		return true
	}
	a.Days = []string{strings.ToLower(on.Format("Mon"))}
	clocks := []day.Clock{clock}
	if said {
		clocks = halves(clock, a.OpenClock)
	}
	l := t.say("remind_once", vars{"days": t.dayWords(a.Days)})
	for _, c := range clocks {
		v := vars{"days": t.dayWords(a.Days), "time": c.String()}
		choice := Choice{Label: t.phrases.text("remind_once_at", v), Says: "/remind " + remindWords(a) + " " + c.String(), Yes: len(clocks) == 1}
		if !said {
			choice.Label, choice.Says = t.phrases.text("remind_once_on", v), "/remind "+remindWords(a)
		}
		l.Choices = slices.Insert(l.Choices, len(l.Choices)-1, choice)
	}
	return true
}

// eitherTime asks which of two times it is to be.
func (t *turn) eitherTime(a ask) {
	words := strings.TrimSpace("/remind " + remindWords(a))
	l := t.instead(t.say("remind_either", nil))
	for _, clock := range a.Times {
		l.Choices = append(l.Choices, Choice{Label: clock, Says: words + " " + clock})
	}
	t.r.Talk.Asked, t.r.Talk.For = askedTime, remindWords(a)
}

// clocksIn returns the time of day that is all a short text says, and the other
// half of the day's if it is not said which is meant.
func (t *turn) clocksIn(text string) []day.Clock {
	if n := len(strings.Fields(text)); n == 0 || n > fewWords {
		return nil
	}
	r := t.reader.As(reading.Remind, t.clockWords(text), t.context())
	clock, said := clockOf(r.Time)
	switch {
	case !said || len(r.Kinds) > 0 || len(r.Days) > 0 || len(r.Times) > 0:
		return nil
	case r.OpenClock:
		return []day.Clock{clock, (clock + 12*60) % (24 * 60)}
	}
	return []day.Clock{clock}
}

// clockWords writes a time of day that stands alone so that it can be nothing
// else: "8" and "no, 8" as "at 8".
func (t *turn) clockWords(text string) string {
	return "at " + strings.TrimPrefix(t.afterNo(strings.Trim(text, " .!")), "at ")
}

// afterNo is a text in lower case, but for the plain no that it begins with.
func (t *turn) afterNo(text string) string {
	fields := strings.Fields(strings.ToLower(text))
	for len(fields) > 1 && slices.Contains(t.hints["just_no"], strings.Trim(fields[0], ",")) {
		fields = fields[1:]
	}
	return strings.Join(fields, " ")
}

// otherHour answers who wants reminders at another time of day and does not say
// which: "too early", "an hour earlier", "evenings". It reports whether words say so.
func (t *turn) otherHour(words string) bool {
	usual := t.clockFor(day.Easy)
	for _, other := range []struct {
		words  string
		clocks []day.Clock
	}{
		{"mornings", t.hints.clocks("mornings_at")},
		{"evenings", t.hints.clocks("evenings_at")},
		{"earlier", []day.Clock{usual - 60, usual - 2*60}},
		{"later_hour", []day.Clock{usual + 60, usual + 2*60}},
	} {
		if !t.says(other.words, words) {
			continue
		}
		l := t.instead(t.say("hour_which", vars{"list": t.reminders()}))
		for _, c := range other.clocks {
			c = (c + 24*60) % (24 * 60)
			l.Choices = slices.Insert(l.Choices, len(l.Choices)-1, Choice{Label: c.String(), Says: "/remind " + c.String()})
		}
		t.r.Talk.Asked, t.r.Talk.For = askedTime, ""
		return true
	}
	return false
}

// eitherWish asks which of two days, or of two kinds, is to be reminded of, or whether both are.
func (t *turn) eitherWish(a ask, clock day.Clock, said bool) {
	l := t.instead(t.say("remind_either", nil))
	at := ""
	if said {
		at = " " + clock.String()
	}
	kinds, days := a.Kinds, a.Days
	add := func(label string) {
		says := "/remind " + remindWords(a) + at
		l.Choices = append(l.Choices, Choice{Label: capital(label), Says: says})
	}
	if a.OrDays && len(days) == 2 {
		for _, d := range days {
			a.Days = []string{d}
			add(t.dayWords(a.Days))
		}
	} else {
		for _, k := range kinds {
			a.Kinds = []day.Kind{k}
			add(t.kind(k))
		}
	}
	a.Kinds, a.Days = kinds, days
	add(t.phrases.text("remind_both", nil))
}
