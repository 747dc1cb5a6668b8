package when

import (
	"fmt"
	"maps"
	"slices"
	"sort"
	"strconv"
	"strings"

	"legcoach/coach/content"
	"legcoach/coach/day"
	"legcoach/coach/token"
)

// class says what a phrase of the lexicon is in the grammar.
type class uint8

const (
	weekday  class = iota // value 0 (Sunday) to 6
	plural                // the same, but every such day
	short                 // the same, but only beside another day
	set                   // value a Week
	every                 // "every", before a weekday
	except                // "every day except"
	others                // "all the other days"
	month                 // value 1 to 12
	holiday               // value month*100 + day of the month
	relative              // value days from today
	part                  // value a dayPart
	noon                  // value a Clock
	meridiem              // value amWord or pmWord
	hourMark              // "o'clock", "uhr"
	half                  // "half six" is 6:30
	halb                  // "halb sechs" is 5:30
	quarter
	past
	toHour // "quarter to"
	unit   // value minutes; days and longer as days*dayUnit
	ago
	hence
	number
	ordinal
	suffix // "th", glued to a number
	last
	gone
	this
	next
	lastWeek
	nextWeek
	beforeLast
	endOf
	monthEnd
	nightsAgo
	about // "sixish"; value an hour
	counted
	owned // what a day has: "saturdays long run"
	lead  // value a Lead
)

// classes are a set of classes.
type classes uint64

func setOf(all ...class) (s classes) {
	for _, c := range all {
		s |= 1 << c
	}
	return s
}

// inside are the classes of words that stand inside or before a mention and never begin one.
var inside = setOf(part, meridiem, hourMark, past, toHour, ago, hence, suffix, gone, lastWeek, nextWeek, beforeLast, nightsAgo, counted, owned, except, lead)

// lengths are a set of lengths of words.
type lengths uint32

func (s lengths) has(n int) bool { return s&(1<<n) != 0 }

// opening is what begins with a word: phrases, longest first.
type opening struct {
	classes classes
	entries []entry
}

// entry is one phrase and what it means.
type entry struct {
	words []string
	class class
	value int
}

// lexicon finds the phrases that start with a word, longest first.
type lexicon struct {
	phrases map[string]*opening
	near    map[string]string // a word with one letter left out → the word
	reach   [256]lengths      // of what may be a misspelling, by its first letter
	known   map[string]bool
	small   small
}

// small are the words that the grammar looks at one by one.
type small struct {
	Joins, Spans, Alike, Rates, Measures content.Set
}

// source is the shape of the content file.
type source struct {
	Weekdays, Plurals, Shorts, Sets map[string]string
	Every, Except                   string
	OtherDays                       string `yaml:"other_days"`
	Months, Holidays                map[string]string
	Relative, Parts, Noons          map[string]string
	AmPm                            map[string]string `yaml:"ampm"`
	Hours, Half, Halb, Quarter      string
	Past, Before                    string
	Units                           map[string]string
	Ago, Hence                      string
	Numbers, Ordinals               map[string]string
	Suffixes                        string
	Last, Gone, This, Next          string
	WeekLast                        string `yaml:"week_last"`
	WeekNext                        string `yaml:"week_next"`
	BeforeLast                      string `yaml:"before_last"`
	EndOf                           string `yaml:"end_of"`
	MonthEnd                        string `yaml:"month_end"`
	NightsAgo                       string `yaml:"nights_ago"`
	Leads                           map[string]string
	Counted, Owned                  string
	Real                            string `yaml:"real"`
	Small                           small
}

func newLexicon() (*lexicon, error) {
	var s source
	if err := content.Decode("reading/when.yaml", &s); err != nil {
		return nil, err
	}
	l := &lexicon{phrases: map[string]*opening{}, near: map[string]string{}, known: map[string]bool{}, small: s.Small}
	for _, named := range []struct {
		class class
		lines map[string]string
		value func(string) (int, error)
	}{
		{weekday, s.Weekdays, weekdayValue}, {plural, s.Plurals, weekdayValue}, {short, s.Shorts, weekdayValue},
		{set, s.Sets, setValue}, {month, s.Months, monthValue}, {holiday, s.Holidays, holidayValue},
		{relative, s.Relative, strconv.Atoi}, {part, s.Parts, partValue}, {noon, s.Noons, clockValue},
		{meridiem, s.AmPm, partValue}, {unit, s.Units, unitValue}, {number, s.Numbers, strconv.Atoi},
		{ordinal, s.Ordinals, strconv.Atoi}, {lead, s.Leads, leadValue},
	} {
		for name, line := range named.lines {
			value, err := named.value(name)
			if err != nil {
				return nil, fmt.Errorf("read content reading/when.yaml: %q: %w", name, err)
			}
			l.add(named.class, value, line)
		}
	}
	for _, plain := range []struct {
		class class
		line  string
	}{
		{every, s.Every}, {except, s.Except}, {others, s.OtherDays}, {hourMark, s.Hours}, {half, s.Half}, {halb, s.Halb},
		{quarter, s.Quarter}, {past, s.Past}, {toHour, s.Before}, {ago, s.Ago}, {hence, s.Hence}, {suffix, s.Suffixes},
		{last, s.Last}, {gone, s.Gone}, {this, s.This}, {next, s.Next}, {lastWeek, s.WeekLast}, {nextWeek, s.WeekNext}, {beforeLast, s.BeforeLast},
		{endOf, s.EndOf}, {monthEnd, s.MonthEnd}, {nightsAgo, s.NightsAgo}, {counted, s.Counted}, {owned, s.Owned},
	} {
		l.add(plain.class, 0, plain.line)
	}
	if err := l.addAbout(s); err != nil {
		return nil, err
	}
	for _, word := range token.Split(s.Real) {
		l.known[word.Text] = true
	}
	l.finish()
	return l, nil
}

// add enters the phrases of a line, which commas divide.
func (l *lexicon) add(c class, value int, line string) {
	for _, phrase := range strings.Split(line, ",") {
		if words := token.Texts(phrase); len(words) > 0 {
			o := l.phrases[words[0]]
			if o == nil {
				o = &opening{}
				l.phrases[words[0]] = o
			}
			o.classes |= setOf(c)
			o.entries = append(o.entries, entry{words, c, value})
		}
	}
}

// addAbout enters the hours with the ending of what is not exact: "sixish".
func (l *lexicon) addAbout(s source) error {
	for name, line := range s.Numbers {
		hour, err := strconv.Atoi(name)
		if err != nil {
			return fmt.Errorf("read content reading/when.yaml: %q: %w", name, err)
		}
		if word, _, _ := strings.Cut(line, ","); 0 < hour && hour <= 12 {
			l.add(about, hour, word+"ish")
		}
	}
	return nil
}

// finish sorts the phrases and prepares the search for misspelt day names.
func (l *lexicon) finish() {
	for word, o := range l.phrases {
		sort.SliceStable(o.entries, func(i, j int) bool { return len(o.entries[i].words) > len(o.entries[j].words) })
		l.known[word] = true
	}
	for _, word := range slices.Sorted(maps.Keys(l.phrases)) { // of two that are as near, always the same is taken
		o := l.phrases[word]
		if len(word) < 6 || word[0] >= 0x80 || len(o.entries[0].words) > 1 || !misspelt(o.entries[0].class) {
			continue
		}
		for _, left := range oneOut(word) {
			l.near[left] = word
			l.reach[left[0]] |= 1 << len(left)
		}
		l.reach[word[0]] |= 1<<len(word) | 1<<(len(word)+1)
	}
}

// misspelt reports whether words of class c are looked for behind typing errors.
func misspelt(c class) bool {
	return c == weekday || c == plural || c == set || c == month || c == relative || c == part || c == unit
}

// oneOut returns word and every word that lacks one of its letters.
func oneOut(word string) []string {
	out := []string{word}
	for i := range len(word) {
		out = append(out, word[:i]+word[i+1:])
	}
	return out
}

func starts(tokens []token.Token, words []string) bool {
	if len(words) > len(tokens) {
		return false
	}
	for i, w := range words {
		if tokens[i].Text != w {
			return false
		}
	}
	return true
}

// mend returns the word of dates that a word misspells: one letter wrong,
// missing, too many, or two swapped, in a word of six letters or more; "" if there is none.
func (l *lexicon) mend(word string) string {
	if len(word) < 5 || len(word) > 12 || !l.reach[word[0]].has(len(word)) || l.known[word] {
		return ""
	}
	right, _ := l.nearest(word)
	return right
}

// nearest returns the word of the lexicon that is one typing error away.
func (l *lexicon) nearest(word string) (string, bool) {
	if right, ok := l.near[word]; ok {
		return right, true
	}
	for i := range len(word) {
		right, ok := l.near[word[:i]+word[i+1:]]
		if ok && word[0] == right[0] && oneError(word, right) {
			return right, true
		}
	}
	return "", false
}

// oneError reports whether one insertion, deletion, change or swap turns a into b.
func oneError(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	switch {
	case len(a) == len(b)+1:
		return a[1:] == b
	case len(b) == len(a)+1:
		return b[1:] == a
	case len(a) != len(b) || a == "":
		return false
	}
	return a[1:] == b[1:] || len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]
}

func clockValue(name string) (int, error) {
	c, err := day.ParseClock(name)
	return int(c), err
}
