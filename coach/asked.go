package coach

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/streak"
)

// floodGap is how far apart two messages are that do not belong to one flood.
const floodGap = 15 * time.Second

// What the coach may have asked and wait for.
const (
	askedKind   = "kind"   // what was done, on the date in For
	askedDay    = "day"    // on which day it was, of the kinds in For
	askedTime   = "time"   // at what time to remind, of the words in For
	askedZone   = "zone"   // where the runner is
	askedEffort = "effort" // how hard it was, 0 to 10, on the date in For
	askedPain   = "pain"   // how much it hurts, 0 to 10
	askedFix    = "fix"    // what the log should be
	askedMove   = "move"   // where the session of For goes
	askedForget = "forget" // whether to delete everything
	askedSetup  = "setup"  // a step of the set-up
	askedLeave  = "leave"  // what ending a safety pause needs
	askedNote   = "note"   // what to keep with the date in For, in their own words
	askedOr     = "or"     // whether the kind in For was done on the date after it, or is asked about
)

var number = regexp.MustCompile(`^\s*(10|[0-9])\s*(?:/\s*10|out\s+of\s+(?:10|ten))?[.! ]*$`)

// agrees and refuses report whether a text is a yes or a no, and nothing else.
func (t *turn) agrees(text string) bool { return t.means("yes", text) }
func (t *turn) refuses(text string) bool {
	return t.means("no", text) || t.means("no", t.afterNo(text))
}

// means reports whether a phrase that means what is named is all that a text says.
func (t *turn) means(what, text string) bool {
	return slices.Contains(t.hints[what], strings.TrimSpace(plainly(text)))
}

// answered takes a message as the answer to what the coach asked, if it can be one.
func (t *turn) answered(text string, r reading.Reading) bool {
	asked, about := t.r.Talk.Asked, t.r.Talk.For
	if asked == "" {
		asked, about = t.stillAsked()
	}
	if asked == "" {
		return false
	}
	if asked == askedEffort || asked == askedPain {
		if n := number.FindStringSubmatch(text); n != nil {
			t.r.Talk.Asked, t.r.Talk.For = "", ""
			if asked == askedPain {
				t.command("/sore " + n[1])
			} else {
				t.command("/effort " + about + " " + n[1])
			}
			return true
		}
		return false
	}
	command := t.answerOf(asked, about, text, r)
	if command == "" {
		return false
	}
	t.r.Talk.Asked, t.r.Talk.For = "", ""
	t.command(command)
	return true
}

// stillAsked is what a bare number answers when nothing was asked just now: how
// the legs are on a morning with an amber open, or how hard the latest session was.
func (t *turn) stillAsked() (asked, about string) {
	switch d := t.r.Talk.Logged; {
	case t.state().Pain.Colour == plan.Amber:
		return askedPain, ""
	case d != 0 && t.today-d <= 1 && t.r.Days.Log.At(d).Trained() && t.effortOn(d) == 0:
		return askedEffort, d.String()
	}
	return "", ""
}

// answerOf returns the command that text amounts to as an answer; empty if it is none.
func (t *turn) answerOf(asked, about, text string, r reading.Reading) string {
	as := func(intent string) reading.Reading { return t.reader.As(intent, text, t.context()) }
	if slices.Contains(writes, asked) {
		text = t.suggested(text)
		if t.asks(text) || slices.Contains(besides, r.Intent) || t.says("skipping", text) {
			return ""
		}
	}
	switch asked {
	case askedKind:
		return t.didKind(about, text, r)
	case askedDay:
		return t.dayAnswer(about, text)
	case askedOr:
		return t.doneOr(about, text)
	case askedTime:
		return t.timeAnswer(about, text, r)
	case askedZone:
		if slots := as(reading.Zone); slots.Zone != "" && len(slots.Zones) == 0 {
			return "/timezone " + slots.Zone
		}
	case askedMove:
		if slots := as(reading.Move); slots.To != 0 {
			return "/move " + about + " " + slots.To.String()
		}
	case askedFix:
		if slots := as(reading.Correct); (len(slots.Kinds) > 0 || slots.Date != 0) && !t.says("delete", text) {
			return "/correct " + text
		}
	case askedForget:
		if t.agrees(text) {
			return "/forget yes"
		}
		if t.refuses(text) {
			return "/forget no"
		}
	case askedNote:
		if t.refuses(text) {
			return "/ok"
		}
		return "/note " + about + " " + text
	case askedSetup:
		return t.setupAnswer(about, text)
	case askedLeave:
		if t.agrees(text) || t.says("cleared", text) {
			return "/resume cleared"
		}
		if t.refuses(text) || t.says("later", text) {
			return "/ok"
		}
	}
	return ""
}

// writes are the questions whose answers are written down as soon as they name a kind, a day or a place.
var writes = []string{askedKind, askedDay, askedOr, askedMove, askedFix, askedZone}

// suggested is a few words without the "how about" before them and the question mark behind.
func (t *turn) suggested(text string) string {
	words := strings.TrimSpace(strings.ToLower(text))
	for _, start := range t.hints["follow"] {
		if rest, found := strings.CutPrefix(words, start+" "); found && len(strings.Fields(rest)) <= fewWords {
			return strings.TrimRight(rest, "? ")
		}
	}
	return text
}

// dayAnswer is the command that answers on which day, or days, the kinds in about were done.
func (t *turn) dayAnswer(about, text string) string {
	if dates := t.reader.As(reading.Log, text, t.context()).Dates; len(dates) > 1 {
		return strings.Join(strings.Fields("/done "+about+" "+joinDates(dates)), " ")
	}
	if d := t.dayAlone(text); d != 0 {
		return strings.Join(strings.Fields("/done "+about+" "+d.String()), " ")
	}
	return ""
}

// timeAnswer is the command that answers at what time to remind of what about says:
// a time, a part of the day, or the kind that was not said.
func (t *turn) timeAnswer(about, text string, r reading.Reading) string {
	if number.MatchString(text) {
		return "/remind " + about + " at " + strings.TrimSpace(text)
	}
	slots := t.reader.As(reading.Remind, text, t.context())
	if t.says("did", text) {
		return "" // of what was
	}
	if slots.Time != "" && len(slots.Times) == 0 && len(slots.Days) == 0 && len(slots.Kinds) == 0 && r.Intent != reading.Log {
		return "/remind " + about + " " + slots.Time
	}
	if clock, found := strings.CutPrefix(t.partOfDay(text), "/start at "); found {
		return "/remind " + about + " " + clock
	}
	kinds := t.kindsNamedIn(text)
	if len(kinds) > 0 && len(strings.Fields(text)) <= fewWords && len(splitKinds(about)) == 0 && !t.asks(text) {
		return "/remind " + joinKinds(kinds) + " " + about
	}
	return ""
}

// didKind is the command that answers what was done on the date in about: a kind, or
// a day; with both, that day. Whatever names a day to come, what was not done, or
// what somebody else did, speaks of something else.
func (t *turn) didKind(about, text string, r reading.Reading) string {
	kinds, d := t.kindsNamedIn(text), t.reader.As(reading.Correct, text, t.context()).Date
	ahead := t.reader.As(reading.Move, text, t.context()).To
	switch {
	case t.says("setting_out", text) || r.Intent == reading.Log && (d != 0 || len(r.Dates) > 0):
	case r.Intent != reading.Log && (t.says("did", text) || t.says("not_done", text) || t.says("unsure", text)):
	case len(kinds) == 0 && t.dayAlone(text) != 0 && d <= t.today:
		return "/done " + d.String()
	case len(kinds) > 0 && d != 0 && d <= t.today && len(strings.Fields(text)) <= fewWords:
		return "/done " + joinKinds(kinds) + " " + d.String()
	case len(kinds) > 0 && d == 0 && ahead == 0:
		return "/done " + joinKinds(kinds) + " " + about
	}
	return ""
}

// besides are the intents of whoever speaks of something else than what was asked.
var besides = []string{
	reading.Remind, reading.Snooze, reading.Mute, reading.Fewer, reading.Pause, reading.Resume, reading.Undo, reading.Ill,
	reading.Streak, reading.Source, reading.Link, reading.Export, reading.Forget, reading.MyData, reading.Help, reading.About,
}

// asks reports whether a text asks something, rather than answers what was asked.
func (t *turn) asks(text string) bool {
	first, _, _ := strings.Cut(strings.TrimSpace(plainly(text)), " ")
	return strings.Contains(text, "?") || slices.Contains(t.hints["question_words"], first)
}

// doneOr is the command that answers whether a kind was done, as "hill 2026-11-24"
// says, or is asked about. A yes may mean either.
func (t *turn) doneOr(about, text string) string {
	kind, _, _ := strings.Cut(about, " ")
	switch d := t.dayAlone(text); {
	case d != 0 && d <= t.today:
		return "/done " + kind + " " + d.String()
	case t.points("i_did", text):
		return "/done " + about
	}
	return ""
}

// dayAlone is the day in the past that a few words name beside no kind of
// session, "did it yesterday"; zero if they name none.
func (t *turn) dayAlone(text string) day.Date {
	r := t.reader.As(reading.Correct, text, t.context())
	if len(strings.Fields(text)) > fewWords || len(t.kindsNamedIn(text)) > 0 {
		return 0
	}
	return r.Date
}

// contact takes note that the runner answered, and of what.
func (t *turn) contact(e Said) {
	for i := range t.r.Told.Nudges {
		if t.r.Told.Nudges[i].Key() == e.Nudge {
			t.r.Talk.Kind = t.r.Told.Nudges[i].Kind
		}
	}
}

// openNudge returns the reminder with a key, or without one the latest of
// today, and whether there is one that still waits for an answer.
func (t *turn) openNudge(key string) (Nudge, bool) {
	for i := len(t.r.Told.Nudges) - 1; i >= 0; i-- {
		n := t.r.Told.Nudges[i]
		if key == n.Key() || key == "" && n.Date == t.today && !n.Closed {
			return n, true
		}
	}
	return Nudge{}, false
}

func splitKinds(s string) []day.Kind {
	var kinds []day.Kind
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' }) {
		if k, known := day.ParseKind(word); known && k != day.Rest || word == string(streak.Other) {
			kinds = append(kinds, day.Kind(word))
		}
	}
	return kinds
}

func joinDates(dates []day.Date) string {
	words := make([]string, len(dates))
	for i, d := range dates {
		words[i] = d.String()
	}
	return strings.Join(words, " ")
}

func joinKinds(kinds []day.Kind) string {
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	return strings.Join(words, ",")
}
