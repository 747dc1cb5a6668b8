package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/reading"
)

// twofold answers a message that tells of a session and wants something besides,
// "did hills, what's next?". What is read as a log is logged, and the question
// answered too; what is read as the other thing is answered, and it is asked whether
// to log the session: the question may only have been about it. It reports whether it did.
func (t *turn) twofold(text string, r reading.Reading) bool {
	log := r.Intent == reading.Log && strings.Contains(text, "?")
	if !log && !slices.Contains(wanted, r.Intent) || len(t.kindsNamedIn(text)) == 0 {
		return false
	}
	for _, part := range halvesOf(text) {
		told, rest := t.read(part[0]), t.read(part[1])
		if told.Intent != reading.Log || t.asks(part[0]) || !slices.Contains(wanted, rest.Intent) || log && rest.Intent == reading.Remind {
			continue
		}
		if log && rest.Intent == reading.NotCovered {
			t.do(ask{Reading: rest, Words: part[1]}) // its line about safety goes first
			t.do(ask{Reading: told, Words: part[0]})
			return true
		}
		if log {
			t.do(ask{Reading: told, Words: part[0]})
			t.do(ask{Reading: rest, Words: part[1]})
			return true
		}
		t.do(ask{Reading: rest, Words: part[1]})
		t.offerLog(ask{Reading: told, Words: part[0]})
		return true
	}
	return false
}

// wanted are the intents of what may be wanted beside telling of a session.
var wanted = []string{reading.Answer, reading.NotCovered, reading.Next, reading.Today, reading.Streak, reading.Safe, reading.Plan, reading.Calendar, reading.Remind}

// mostHalves is how many ways to part a message are tried.
const mostHalves = 6

// halvesOf are the ways to part a text in two where a clause may end, each part first once.
func halvesOf(text string) [][2]string {
	var all [][2]string
	for i := range text {
		for _, end := range []string{", ", ". ", "! ", "? ", "; ", "\n", " and ", " but ", " - "} {
			if strings.HasPrefix(text[i:], end) && len(all) < 2*mostHalves {
				mark := strings.TrimRight(end, " ")
				if strings.HasPrefix(mark, " ") || mark == "," || mark == ";" {
					mark = ""
				}
				first, second := strings.TrimSpace(text[:i]+mark), strings.TrimSpace(text[i+len(end):])
				all = append(all, [2]string{first, second}, [2]string{second, first})
			}
		}
	}
	return all
}

// offerLog asks below what was said whether to log a session that was told of beside.
func (t *turn) offerLog(a ask) {
	extra, open := t.logToo(a)
	if !open || len(t.lines) == 0 || t.careful {
		return
	}
	l := &t.lines[len(t.lines)-1]
	l.Text, l.Choices = paragraphs(l.Text, extra.Text), append(extra.Choices, l.Choices...)
}

// logToo returns the question whether to log a session that was told of, and
// false if there is none that can be logged and is not yet.
func (t *turn) logToo(a ask) (Line, bool) {
	date := a.Date
	if date == 0 {
		date = t.today
	}
	kinds := t.kindsSaid(a)
	have := t.r.Days.Log.At(date).Sessions()
	logged := !slices.ContainsFunc(kinds, func(k day.Kind) bool { return !slices.Contains(have, k) })
	if len(kinds) == 0 || logged || date > t.today || t.today-date > oldest {
		return Line{}, false
	}
	return t.phrases.line("log_too", vars{"kinds": t.kinds(kinds), "words": joinKinds(kinds), "when": t.when(date), "date": date.String()}), true
}
