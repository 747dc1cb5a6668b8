package streak

import (
	"slices"
	"strings"

	"legcoach/coach/day"
)

// Changes are what one action changed in a log.
type Changes struct {
	Was  day.Date `json:"was,omitempty"` // the first date of the log before
	Is   day.Date `json:"is,omitempty"`  // and after
	Days []Change `json:"days"`          // the latest first
}

// Change is what became of the entry of one date.
type Change struct {
	Date day.Date `json:"date"`
	Was  Entry    `json:"was"`
	Is   Entry    `json:"is"`
}

// IsZero reports whether nothing changed.
func (c Changes) IsZero() bool { return len(c.Days) == 0 && c.Was == c.Is }

// Diff returns what changed from was to is. It costs what changed, not what the logs hold.
func Diff(was, is Log) Changes {
	c := Changes{Was: was.start, Is: is.start}
	for d := max(was.End(), is.End()) - 1; d >= min(was.start, is.start); d-- {
		if was.start == is.start && was.before(d+1) == is.before(d+1) {
			break
		}
		if a, b := was.At(d), is.At(d); a != b {
			c.Days = append(c.Days, Change{d, a, b})
		}
	}
	return c
}

// before returns the text of the dates before d.
func (l Log) before(d day.Date) string {
	if d >= l.End() {
		return l.text
	}
	from, _ := l.find(d)
	return l.text[:from]
}

// Undo returns the log as it was before c.
func (l Log) Undo(c Changes) Log {
	for _, change := range c.Days {
		l = l.with(change.Date, change.Was)
	}
	return l.from(c.Was)
}

// Redo returns the log as it was after c.
func (l Log) Redo(c Changes) Log {
	for _, change := range slices.Backward(c.Days) {
		l = l.with(change.Date, change.Is)
	}
	return l.from(c.Is)
}

// from drops the dates before start; all of them if start is the zero Date.
func (l Log) from(start day.Date) Log {
	if start == 0 {
		return Log{}
	}
	if l.length == 0 || start <= l.start {
		return l
	}
	if start >= l.End() {
		return StartAt(start)
	}
	from, _ := l.find(start)
	return Log{start, l.length - int32(start-l.start), l.text[from:]}
}

// trimmed drops the dates at the end of which nothing is known.
func (l Log) trimmed() Log {
	text := strings.TrimRight(l.text, "_")
	if text == "" {
		text = l.text[:1]
	}
	l.length -= int32(len(l.text) - len(text))
	l.text = text
	return l
}

// seal writes down the plan of the dates up to through.
func (l Log) seal(through day.Date, plan func(day.Date) day.Kind) Log {
	if l.length == 0 {
		l = StartAt(through)
	}
	planned := func(d day.Date) string {
		e := Entry(0)
		if plan != nil {
			e = e.withPlan(plan(d))
		}
		return encode(e)
	}
	if strings.IndexByte(l.text, '_') >= 0 {
		var out strings.Builder
		d := l.start
		for text := l.text; text != ""; d++ {
			_, size := decode(text)
			if text[0] == '_' && d <= through {
				out.WriteString(planned(d))
			} else {
				out.WriteString(text[:size])
			}
			text = text[size:]
		}
		l.text = out.String()
	}
	if through < l.End() {
		return l
	}
	var out strings.Builder
	out.WriteString(l.text)
	for d := l.End(); d <= through; d++ {
		out.WriteString(planned(d))
	}
	return Log{l.start, int32(through-l.start) + 1, out.String()}
}
