package nudge

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"legcoach/coach/day"
)

// Shown is one line that a runner was shown.
type Shown struct {
	Line uint16 // which line
	Kind day.Kind
	On   day.Date
}

// History is what a runner was shown lately, oldest first. As text each line
// takes about nine bytes.
type History []Shown

// keep is how many lines a History remembers: a month and a half of a full plan.
const keep = 40

// with returns h with a line in it, in place of one of the same date and kind.
func (h History) with(s Shown) History {
	kept := slices.DeleteFunc(slices.Clone(h), func(x Shown) bool { return x.On == s.On && x.Kind == s.Kind })
	kept = append(kept, s)
	slices.SortStableFunc(kept, func(x, y Shown) int { return int(x.On) - int(y.On) })
	return kept[max(0, len(kept)-keep):]
}

// before returns what was shown before a date, and on it for other kinds.
func (h History) before(d day.Date, kind day.Kind) History {
	return slices.DeleteFunc(slices.Clone(h), func(x Shown) bool { return x.On > d || x.On == d && x.Kind == kind })
}

// last returns the last n lines of a kind.
func (h History) last(kind day.Kind, n int) History {
	of := slices.DeleteFunc(slices.Clone(h), func(x Shown) bool { return x.Kind != kind })
	return of[max(0, len(of)-n):]
}

// when returns when a line of a kind was shown last, and whether it ever was.
func (h History) when(kind day.Kind, id uint16) (day.Date, bool) {
	for _, s := range slices.Backward(h) {
		if s.Line == id && s.Kind == kind {
			return s.On, true
		}
	}
	return 0, false
}

// MarshalText returns h in a compact form: for every line the first letter of
// its kind, its number and its date, both in base 36.
func (h History) MarshalText() ([]byte, error) {
	words := make([]string, len(h))
	for i, s := range h {
		at := slices.Index(day.Kinds, s.Kind)
		if at < 0 {
			return nil, fmt.Errorf("write what was shown: kind %q is not in a plan", s.Kind)
		}
		words[i] = string(s.Kind[:1]) + strconv.FormatUint(uint64(s.Line), 36) + "." + strconv.FormatInt(int64(s.On), 36)
	}
	return []byte(strings.Join(words, " ")), nil
}

// UnmarshalText reads what MarshalText wrote.
func (h *History) UnmarshalText(text []byte) error {
	*h = nil
	for _, word := range strings.Fields(string(text)) {
		at := slices.IndexFunc(day.Kinds, func(k day.Kind) bool { return string(k[:1]) == word[:1] })
		number, date, ok := strings.Cut(word[1:], ".")
		line, err := strconv.ParseUint(number, 36, 16)
		on, err2 := strconv.ParseInt(date, 36, 32)
		if at < 0 || !ok || err != nil || err2 != nil {
			return fmt.Errorf("read what was shown: %q is not a line and its date", word)
		}
		*h = append(*h, Shown{Line: uint16(line), Kind: day.Kinds[at], On: day.Date(on)})
	}
	return nil
}
