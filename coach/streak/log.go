package streak

import (
	"fmt"
	"strings"

	"legcoach/coach/day"
)

// Log is what is known of a runner's dates, from the first on, one after
// another. It is a value: changing it makes another. The zero Log is empty.
//
// It is text already in memory, one letter for an ordinary date, so that ten
// years are some four kilobytes and are stored and read without being
// converted: "2026-03-23 HrIrSer". A small letter is what was planned (h, i, s,
// e, r; - is a free day, _ one that is not written down yet), a capital letter
// the same done; letter.go has the others. What has none is a number in brackets.
type Log struct {
	start  day.Date
	length int32
	text   string
}

// Start returns the first date of the log; the zero Date if it is empty.
func (l Log) Start() day.Date { return l.start }

// End returns the date after the last of the log.
func (l Log) End() day.Date { return l.start + day.Date(l.length) }

// StartAt returns an empty log that begins on date d.
func StartAt(d day.Date) Log { return Log{start: d, length: 1, text: encode(unset)} }

// At returns what is known of date d. Recent dates are found fastest.
func (l Log) At(d day.Date) Entry {
	from, to := l.find(d)
	if from == to {
		return unset
	}
	e, _ := decode(l.text[from:to])
	return e
}

// with returns the log with e as the entry of date d. It grows in both
// directions: in front by free days, at the end by days not written down yet.
func (l Log) with(d day.Date, e Entry) Log {
	if l.length == 0 {
		l = StartAt(d)
	}
	if d < l.start {
		n := int(l.start - d)
		l = Log{d, l.length + int32(n), strings.Repeat("-", n) + l.text}
	}
	if n := int(d-l.End()) + 1; n > 0 {
		l = Log{l.start, l.length + int32(n), l.text + strings.Repeat("_", n)}
	}
	from, to := l.find(d)
	return Log{l.start, l.length, l.text[:from] + encode(e) + l.text[to:]}.trimmed()
}

// find returns where in the text the entry of d stands, walking back from the end.
func (l Log) find(d day.Date) (from, to int) {
	if d < l.start || d >= l.End() {
		return 0, 0
	}
	to = len(l.text)
	for at := l.End() - 1; ; at-- {
		from = to - 1
		if l.text[from] == ')' {
			from = strings.LastIndexByte(l.text[:from], '(')
		}
		if at == d {
			return from, to
		}
		to = from
	}
}

// MarshalText returns the log as its doc comment shows it; empty if the log is.
func (l Log) MarshalText() ([]byte, error) {
	if l.length == 0 {
		return nil, nil
	}
	return []byte(l.start.String() + " " + l.text), nil
}

// UnmarshalText reads what MarshalText wrote, now or before an entry got a
// letter of its own, and refuses anything else.
func (l *Log) UnmarshalText(text []byte) error {
	*l = Log{}
	if len(text) == 0 {
		return nil
	}
	first, rest, _ := strings.Cut(string(text), " ")
	start, err := day.ParseDate(first)
	if err != nil {
		return fmt.Errorf("read log of days: %w", err)
	}
	if rest == "" {
		return fmt.Errorf("read log of days: nothing after %s", start)
	}
	return l.read(start, rest)
}

// read makes l the log of entries from a date on, and refuses what is none.
func (l *Log) read(start day.Date, text string) error {
	*l = Log{}
	if text == "" {
		return nil
	}
	n, old := 0, false
	for at := 0; at < len(text); {
		if run := plain(text[at:]); run > 0 {
			at, n = at+run, n+run
			continue
		}
		e, size := decode(text[at:])
		if size == 0 || number(e) != text[at:at+size] {
			return fmt.Errorf("read log of days: no entry at letter %d after %s", at+1, start+day.Date(n))
		}
		old = old || ordinary[e] != 0
		at, n = at+size, n+1
	}
	if old {
		text = spelled(text)
	}
	*l = Log{start, int32(n), text}
	return nil
}

// plain returns how many letters text begins with.
func plain(text string) int {
	for i := range len(text) {
		if letters[text[i]] < 0 {
			return i
		}
	}
	return len(text)
}
