package plan

import (
	"fmt"
	"strings"
	"time"

	"legcoach/coach/day"
)

// Week is what the seven days of a week hold, Monday first. The zero Week is none.
type Week [7]day.Kind

// letters are how a Week is kept: one letter a day.
const letters = "-hisre"

var lettered = []day.Kind{day.Free, day.Hill, day.Interval, day.Strength, day.Rest, day.Easy}

// On returns the kind of the weekday of d.
func (w Week) On(d day.Date) day.Kind { return w[fromMonday(d.Weekday())] }

// Long reports whether the easy day on d's weekday is the long one of the week:
// the last that a rest day follows, or else the last.
func (w Week) Long(d day.Date) bool {
	long := -1
	for i, k := range w {
		if k == day.Easy && (w[(i+1)%7] == day.Rest || long < 0 || w[(long+1)%7] != day.Rest) {
			long = i
		}
	}
	return fromMonday(d.Weekday()) == long
}

// Count returns how many days of w are of a kind that is wanted.
func (w Week) Count(wanted func(day.Kind) bool) int {
	n := 0
	for _, k := range w {
		if wanted(k) {
			n++
		}
	}
	return n
}

// MarshalText returns w in seven letters: h, i, s, e, r, or - for no plan.
func (w Week) MarshalText() ([]byte, error) {
	text := make([]byte, 0, 7)
	for _, k := range w {
		for i, l := range lettered {
			if k == l {
				text = append(text, letters[i])
			}
		}
	}
	return text, nil
}

// UnmarshalText reads what MarshalText wrote.
func (w *Week) UnmarshalText(text []byte) error {
	if len(text) != len(w) {
		return fmt.Errorf("read week %q: want seven letters", text)
	}
	for i, c := range text {
		at := strings.IndexByte(letters, c)
		if at < 0 {
			return fmt.Errorf("read week %q: unknown letter %q", text, c)
		}
		w[i] = lettered[at]
	}
	return nil
}

// Default returns the seven slots of level in training week week, turned so
// that slot 2, the first hard day, falls on hard.
func (b *Book) Default(level Level, week int, hard time.Weekday) Week {
	var w Week
	for i, slot := range b.row(level).Slots {
		kind := day.Kind(slot)
		if slot == quality {
			kind = b.levels.Quality[b.tabled(level, week)-1]
		}
		w[(fromMonday(hard)+i+6)%7] = kind
	}
	return w
}

// quality is the slot of new runners that holds a hill or an interval day, by week.
const quality = "quality"

// fromMonday returns how many days after Monday a weekday comes.
func fromMonday(d time.Weekday) int { return (int(d) + 6) % 7 }
