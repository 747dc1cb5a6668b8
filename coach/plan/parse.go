package plan

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"legcoach/coach/day"
)

var dayNames = []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}

// ParseWeek reads a week that is said in one line, as "mon hill, tue rest, wed
// interval": days and kinds in any order, written out or short, a kind after or
// before its day, several days to one kind. Days that are not named are rest.
// A word that is neither, a day without a kind, a day named twice with two
// kinds, or a week without a session is an error that says so.
func (b *Book) ParseWeek(s string) (Week, error) {
	week := Week{day.Rest, day.Rest, day.Rest, day.Rest, day.Rest, day.Rest, day.Rest}
	named := map[int]day.Kind{}
	for _, part := range strings.FieldsFunc(strings.ToLower(s), separates) {
		days, kind, err := b.parsePart(part)
		if err != nil {
			return Week{}, err
		}
		for _, d := range days {
			if was, ok := named[d]; ok && was != kind {
				return Week{}, fmt.Errorf("read week: %s is named twice, for %s and %s", dayNames[d], was, kind)
			}
			named[d], week[d] = kind, kind
		}
	}
	if week.Count(day.Kind.Training) == 0 {
		return Week{}, fmt.Errorf("read week: want at least one session a week")
	}
	return week, nil
}

// parsePart reads one part of a week: its days and their kind.
func (b *Book) parsePart(part string) (days []int, kind day.Kind, err error) {
	for _, word := range strings.FieldsFunc(part, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(":=/+&.", r) }) {
		if d := b.dayNamed(word); d >= 0 {
			days = append(days, d)
		} else if k, ok := b.KindNamed(word); ok && (kind == day.Free || kind == k) {
			kind = k
		} else if !ok && !slices.Contains([]string{"and", "on", "is", "day", "days", "run"}, word) {
			return nil, "", fmt.Errorf("read week: %q is neither a day nor a kind", word)
		} else if ok {
			return nil, "", fmt.Errorf("read week: %q names two kinds; put a comma between days", strings.TrimSpace(part))
		}
	}
	if len(days) == 0 || kind == day.Free {
		return nil, "", fmt.Errorf("read week: %q needs a day and a kind", strings.TrimSpace(part))
	}
	return days, kind, nil
}

// KindNamed returns the kind that a word names, written out or short.
func (b *Book) KindNamed(word string) (day.Kind, bool) {
	for _, k := range day.Kinds {
		if slices.Contains(b.words.Kinds[k], word) {
			return k, true
		}
	}
	return day.Free, false
}

// dayNamed returns how many days after Monday the day comes that a word names, or -1.
func (b *Book) dayNamed(word string) int {
	return slices.IndexFunc(dayNames, func(name string) bool {
		return slices.Contains(b.words.Days[name], word) || slices.Contains(b.words.Days[name], strings.TrimSuffix(word, "s"))
	})
}

func separates(r rune) bool { return r == ',' || r == ';' || r == '\n' }
