package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/reading"
)

// onceMore answers "same again": it is asked whether what was done last is to be logged for today.
func (t *turn) onceMore() {
	for d := t.today; d > t.today-oldAgain && d >= t.r.Days.Log.Start(); d-- {
		if done := t.r.Days.Log.At(d).Sessions(); len(done) > 0 {
			k := done[len(done)-1]
			t.say("again_ask", vars{"kind": t.kind(k), "word": string(k), "date": t.today.String()})
			return
		}
	}
	t.whichKind(t.today)
}

// weary answers "ugh" and "tired" on a day with a session to do: what is shorter counts too.
func (t *turn) weary() {
	k := t.r.Days.PlanOf(t.today)
	if !t.hasPlan() || !k.Training() || t.r.Days.Log.At(t.today).Done() || t.stopped() {
		t.say("weary", nil)
		return
	}
	t.say("weary_today", vars{"kind": t.kind(k), "date": t.today.String()})
}

// dayAsked asks what a day that is all somebody named is about, or what they did on it.
func (t *turn) dayAsked(past day.Date, did bool) {
	if did {
		t.nothingToCorrect(ask{Reading: reading.Reading{Date: past}})
		return
	}
	t.say("day_what", vars{"past": t.long(past), "date": past.String()})
}

// puzzled answers "huh?": what may be tapped is offered once more, or help.
func (t *turn) puzzled() {
	offered := t.tappable()
	if len(offered) < 2 {
		t.help(ask{})
		return
	}
	t.say("puzzled", nil).Choices = offered
}

// turnOn answers "turn it on" of reminders that are off.
func (t *turn) turnOn() {
	if t.r.Set.Remind {
		t.remindList()
		return
	}
	t.say("turn_on", nil)
}

// approve takes a thumb up, which is a log only under a reminder. It reports whether it was one.
func (t *turn) approve(text string) bool {
	_, open := t.openNudge(t.nudge)
	if open || t.nudge != "" || t.replied != "" || !slices.Contains(t.hints["thumb"], strings.TrimSpace(text)) {
		return false
	}
	t.say("thanks", nil)
	return true
}

// neverDays takes days without reminders, "no sundays": at once where reminders
// are spoken of, else it is asked. It reports whether words name any.
func (t *turn) neverDays(text string) bool {
	r := t.reader.As(reading.Remind, text, t.context())
	if !t.r.Set.Remind || len(r.Days) == 0 || r.Time != "" || !r.Except && !t.says("no_days", text) {
		return false
	}
	if t.lastChanged() == changedRemind {
		t.neverOn(ask{Reading: r, Words: text})
		return true
	}
	t.say("never_ask", vars{"days": t.dayWords(r.Days), "words": strings.Join(r.Days, " ")})
	return true
}

// vaguely answers a few words that say little by what they mostly mean; where
// they might change something it is asked. It reports whether it did.
func (t *turn) vaguely(text string, r reading.Reading) bool {
	words, unread := plainly(text), r.Intent == reading.OutOfScope
	few, asks := len(strings.Fields(text)) <= fewWords, strings.Contains(text, "?")
	kinds := t.kindsNamedIn(text)
	switch d := t.dayAlone(text); {
	case t.hints.says("joke", words):
		t.say("joke", nil)
	case t.hints.says("deadly", words) && (unread || t.hints.says("laugh", words)) && len(kinds) > 0:
		k := kinds[0]
		t.say("deadly", vars{"Kind": capital(t.kind(k)), "kind": t.kind(k), "word": string(k), "date": t.today.String()})
	case t.hints.says("setting_out", words) && !asks:
		t.say("setting_out", nil)
	case unread && d != 0 && d <= t.today:
		t.dayAsked(d, t.says("did", text))
	case few && !asks && t.hints.says("walk", words) && r.Intent != reading.NotCovered:
		t.say("walked", vars{"date": t.today.String()})
	case unread && t.neverDays(text):
	case unread && t.r.Set.Remind && few && len(kinds) == 0 && t.otherHour(text):
	case few && len(kinds) == 0 && len(t.reader.As(reading.Remind, t.clockWords(text), t.context()).Times) > 1:
		t.eitherTime(ask{Reading: t.reader.As(reading.Remind, t.clockWords(text), t.context())})
	case number.MatchString(text):
		t.numberAlone(strings.TrimSpace(text))
	case r.Intent != reading.Today && len(t.clocksIn(text)) > 0:
		t.remind(ask{Reading: t.reader.As(reading.Remind, t.clockWords(text), t.context()), Words: text})
	default:
		return false
	}
	return true
}
