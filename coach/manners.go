package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/reading"
)

// mannered takes words about how reminders behave: their quiet hours, their
// tone, and whether they come on rest days.
func (t *turn) mannered(text string, r reading.Reading) bool {
	words := plainly(text)
	if t.hints.says("silence", words) && slices.Contains([]string{reading.Remind, reading.Fewer, reading.Mute, reading.OutOfScope, reading.DidYouMean}, r.Intent) {
		if from, to, said := t.hoursIn(text); said {
			t.setQuiet(Span{from, to})
			return true
		}
	}
	if r.Intent != reading.Log && t.hints.says("no_rest", words) {
		t.command("/mute " + string(day.Rest))
		return true
	}
	switch r.Intent {
	case reading.OutOfScope, reading.DidYouMean, reading.NotCovered, reading.Answer, reading.Complaint, reading.Level, reading.Help:
	default:
		return false
	}
	for _, tone := range tones {
		if t.hints.says(tone, words) {
			t.tone(tone)
			return true
		}
	}
	return false
}

// tones are how reminders can sound.
var tones = []string{"gentle", "plain", "drill"}

// hoursIn finds the hours of silence that words name: "from 9pm to 8am", "after
// 21:30", "before 7". An end that is not named stays as it is.
func (t *turn) hoursIn(text string) (from, to day.Clock, said bool) {
	now := t.quietHours()
	from, to = now.From, now.To
	fields := strings.Fields(strings.ToLower(text))
	for i, word := range fields {
		rest := strings.Join(fields[i+1:], " ")
		first, second, both := t.parted(rest)
		start, isClock := t.clockIn(first)
		switch {
		case !isClock:
		case slices.Contains(t.hints["between"], word) && both:
			if end, ends := t.clockIn(second); ends {
				return start, end, true
			}
		case slices.Contains(t.hints["after"], word):
			from, said = start, true
		case slices.Contains(t.hints["before"], word):
			to, said = start, true
		}
	}
	return from, to, said && from != to
}

// parted cuts words at the first that stands between two ends.
func (t *turn) parted(words string) (first, second string, both bool) {
	fields := strings.Fields(words)
	for i, word := range fields {
		if slices.Contains(t.hints["to"], word) {
			return strings.Join(fields[:i], " "), strings.Join(fields[i+1:], " "), true
		}
	}
	return words, "", false
}

// clockIn reads a time of day.
func (t *turn) clockIn(words string) (day.Clock, bool) {
	return clockOf(t.reader.As(reading.Remind, "at "+words, t.context()).Time)
}
