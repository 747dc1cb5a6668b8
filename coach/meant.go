package coach

import (
	"cmp"
	"slices"
	"strings"

	"legcoach/coach/reading"
)

// rewished takes a time or a day that is said alone for another one of what was
// set just now: "no, 8am" of a reminder, "actually friday" of a session that was moved.
func (t *turn) rewished(text string, r reading.Reading) bool {
	command, words, _ := strings.Cut(t.r.Talk.Wish, " ")
	said := cmp.Or(t.meant(text), text)
	if t.r.Talk.Asked != "" || len(strings.Fields(said)) > fewWords || strings.Contains(text, "?") {
		return false
	}
	switch {
	case command == "/remind" && t.lastChanged() == changedRemind && len(t.clocksIn(said)) > 0:
		clock := t.clockWords(said)
		t.remind(ask{Reading: t.reader.As(reading.Remind, clock, t.context()), Words: clock})
		return true
	case command == "/remind" && t.lastChanged() == changedRemind && t.otherDays(text, words):
		return true
	case command+" " == wishSnooze && t.snoozeAnew(said, words):
		return true
	case command == "/effort" && t.bareNumber(text) != "":
		t.command(t.r.Talk.Wish + " " + t.bareNumber(text))
		return true
	case command == "/pause" && t.otherSpan(text):
		return true
	case command == "/move" && !t.says("skipping", text) && slices.Contains(anotherDay, r.Intent) && len(t.kindsNamedIn(text)) == 0:
		if to := t.reader.As(reading.Move, text, t.context()).To; to >= t.today {
			t.command("/move " + words + " " + to.String())
			return true
		}
	}
	return false
}

// otherDays takes days that are said instead of those for which reminders were
// just set, "no, thursdays", and reports whether a text names such.
func (t *turn) otherDays(text, words string) bool {
	meant := t.meant(text)
	r := t.reader.As(reading.Remind, meant, t.context())
	was := t.commanded("remind", reading.Remind, words)
	had := slices.ContainsFunc(r.Days, func(d string) bool { return slices.Contains(was.Days, d) }) // these are not to be instead
	if meant == "" || had || t.hints.says("remind", plainly(meant)) || len(r.Days) == 0 || len(r.Kinds) > 0 || r.Except || r.Time != "" || len(was.Kinds) == 0 {
		return false
	}
	was.Days = r.Days
	t.command("/remind " + remindWords(was) + " " + t.clockFor(was.Kinds[0]).String())
	return true
}

// bareNumber is the number from 0 to 10 that is all a text says, but for a "no" before it.
func (t *turn) bareNumber(text string) string {
	if n := number.FindStringSubmatch(t.afterNo(text)); n != nil {
		return n[1]
	}
	return ""
}

// anotherDay are the intents that a day alone may be read as.
var anotherDay = []string{reading.OutOfScope, reading.DidYouMean, reading.Next, reading.Answer, reading.Today, reading.Skip, reading.Correct}

// relogged takes a kind or a day that is said with a no, or as what was meant, for
// what the latest log should have been: "nope intervals", "no, yesterday". It reports whether it did.
func (t *turn) relogged(text string, r reading.Reading) bool {
	free := t.r.Talk.Asked == "" || t.r.Talk.Asked == askedEffort
	if t.r.Last == nil || !free {
		return false
	}
	meant := t.meant(text)
	n := len(strings.Fields(meant))
	if n == 0 || t.lastChanged() != changedLog || n > fewWords || n > 1 && r.Intent == reading.Skip || !slices.Contains(anotherLog, r.Intent) || t.asks(text) {
		return false
	}
	should := t.reader.As(reading.Correct, meant, t.context())
	if t.points("day_before", meant) {
		should.Date = t.r.Talk.Logged - 1
	}
	if len(should.Kinds) == 0 && should.Date == 0 {
		return false
	}
	t.r.Talk.Asked, t.r.Talk.For = "", ""
	t.correct(ask{Reading: should, Words: meant})
	return true
}

// anotherLog are the intents that a few words may be read as which say what a log should be.
var anotherLog = append([]string{reading.Log, reading.NotCovered}, anotherDay...)

// meant is what is left of a text without the words which say that something else
// is meant; empty if there are no such words.
func (t *turn) meant(text string) string {
	words := strings.TrimSpace(plainly(text))
	rest := words
	for before := ""; before != rest; {
		before = rest
		for _, w := range t.hints["rather"] {
			if after, found := strings.CutPrefix(rest, w); found && strings.HasPrefix(after, " ") {
				rest = after[1:]
			}
			if before, found := strings.CutSuffix(rest, w); found && strings.HasSuffix(before, " ") {
				rest = before[:len(before)-1]
			}
		}
	}
	if rest == words {
		return ""
	}
	return rest
}
