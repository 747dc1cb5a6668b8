// Package when finds the dates, times of day, durations and days of the week
// that a message speaks of.
//
// It reads a message's tokens from left to right, and at each place takes the
// longest thing that the grammar knows: a date ("the day before yesterday",
// "14/11", "fri 27th"), a clock ("half six", "18.30", "7ish in the evening"),
// a length ("an hour and a half", "two weeks"), or days ("mon-fri", "every day
// except sunday"). The words are data, in content/reading/when.yaml, which
// lexicon.go and values.go read; the grammar is in date.go, weekday.go, clock.go,
// length.go and days.go.
//
// What is found is a [Mention], still open: "Tuesday" is the last one for
// somebody who logs and the coming one for somebody who plans, and "at 6" may be
// morning or evening. Who knows what the message wants closes it, with
// [Day.Past], [Day.Coming] (day.go) and [Clock.Near].
package when

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/token"
)

// What says what a mention is of.
type What uint8

// What can be mentioned.
const (
	ADay What = iota
	AClock
	ALength
	Days
)

// Mention is one date, clock, length or set of days in a message.
type Mention struct {
	What     What
	From, To int  // tokens From to To-1
	Lead     Lead // what the word before it makes of it
	Day      Day
	Clock    Clock
	Length   Length
	Week     Week
	Every    bool // Days are "every other day": whichever they are
	Plural   bool // Days were said as a habit: "mondays", "every tuesday", "weekdays"
	// Of days said one by one, or as a range: how many, the first and the last, 0 (Sunday) to 6.
	Count, First, Last int
}

// Clock is a time of day.
type Clock struct {
	Clock day.Clock
	// Open is true if it may as well be twelve hours later: "at 6".
	Open bool
	// Weak is true if only the message around it can tell that it is a time at all: "1830", "8".
	Weak bool
}

// Near returns the clock that c is when it is now: if c is open, the one of the two that comes next.
func (c Clock) Near(now day.Clock) day.Clock {
	const half = 12 * 60
	if !c.Open || c.Clock > now {
		return c.Clock
	}
	if later := (c.Clock + half) % (2 * half); later > now {
		return later
	}
	return c.Clock
}

// Length is a duration: in minutes, or in days if it is that long.
type Length struct{ Minutes, Days int }

// Reader reads mentions. It is safe for concurrent use.
type Reader struct{ words *lexicon }

// New returns a reader with the words of the content file.
func New() (*Reader, error) {
	words, err := newLexicon()
	if err != nil {
		return nil, err
	}
	return &Reader{words}, nil
}

// Knows reports whether a word belongs to dates, times, days or lengths.
func (r *Reader) Knows(word string) bool { return r.words.known[word] }

// Word is what is known of a word. Who keeps it spares looking it up again; see [Reader.Word].
type Word struct {
	opening *opening // what begins with it
	mended  string   // the word that it most likely misspells, or ""
}

// Word returns what is known of a word, which depends on nothing else.
func (r *Reader) Word(text string) Word {
	w := Word{mended: r.words.mend(text)}
	if w.mended != "" {
		text = w.mended
	}
	if w.opening = r.words.phrases[text]; w.opening == nil {
		w.opening = &nothing
	}
	return w
}

// scan is one message being read.
type scan struct {
	*lexicon
	tokens []token.Token
	words  []Word // what is known of each
}

// scan prepares the reading of a message.
func (l *lexicon) scan(tokens []token.Token, words []Word) scan {
	mended := false
	for i := range words {
		if words[i].mended == "" {
			continue
		}
		if !mended {
			mended, tokens = true, slices.Clone(tokens)
		}
		tokens[i].Text = words[i].mended
	}
	return scan{l, tokens, words}
}

// nothing is the opening of a word with which nothing begins.
var nothing opening

// at returns the longest phrase of class c that starts at token i, and its length in tokens; 0 if there is none.
func (s scan) at(i int, c class) (value, n int) {
	if i < 0 || i >= len(s.words) || s.words[i].opening.classes&setOf(c) == 0 {
		return 0, 0
	}
	for _, e := range s.words[i].opening.entries {
		if e.class == c && starts(s.tokens[i:], e.words) {
			return e.value, len(e.words)
		}
	}
	return 0, 0
}

// Read returns the mentions of a message in the order in which they are said.
// No two share a token.
func (r *Reader) Read(tokens []token.Token) []Mention {
	words := make([]Word, len(tokens))
	for i := range tokens {
		words[i] = r.Word(tokens[i].Text)
	}
	return r.ReadWords(tokens, words)
}

// ReadWords is [Reader.Read] for somebody who has what is known of each word.
func (r *Reader) ReadWords(tokens []token.Token, words []Word) []Mention {
	s := r.words.scan(tokens, words)
	var found []Mention
	for i := 0; i < len(s.tokens); {
		m, n := s.mention(i)
		if n == 0 {
			i++
			continue
		}
		m.From, m.To, m.Lead = i, i+n, s.leadBefore(i)
		found = append(found, m)
		i += n
	}
	s.settleParts(found)
	return found
}

// mention returns what is mentioned at token i, and its length in tokens.
func (s scan) mention(i int) (Mention, int) {
	if !s.begins(i) {
		return Mention{}, 0
	}
	best, most := Mention{}, 0
	for _, grammar := range [...]func(scan, int) (Mention, int){scan.set, scan.day, scan.clock, scan.length} {
		if m, n := grammar(s, i); n > most {
			best, most = m, n
		}
	}
	return best, most
}

// begins reports whether a mention may begin at token i: with a number, a word
// that does not only stand inside mentions, or a small word before such a one.
func (s scan) begins(i int) bool {
	may := func(i int) bool {
		return s.tokens[i].Class == token.Number || s.words[i].opening.classes&^inside != 0
	}
	switch {
	case may(i):
		return true
	case i+1 == len(s.tokens):
		return false
	}
	t := s.tokens[i].Text
	return (t == "the" || t == "in" || t == "on") && may(i+1)
}

// is returns the length of the phrase of class c at token i; 0 if there is none.
func (s scan) is(i int, c class) int {
	_, n := s.at(i, c)
	return n
}

// mark reports whether token i is one of these marks.
func (s scan) mark(i int, marks string) bool {
	if i < 0 || i >= len(s.tokens) || s.tokens[i].Class != token.Mark {
		return false
	}
	return strings.Contains(marks, s.tokens[i].Text)
}

// glued reports whether nothing stands between token i-1 and token i.
func (s scan) glued(i int) bool { return i < len(s.tokens) && s.tokens[i].Glued }

// text returns token i, or nothing if there is none.
func (s scan) text(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	return s.tokens[i].Text
}

// leadBefore returns the lead that ends just before token i, the longest that does; "the" may stand between.
func (s scan) leadBefore(i int) Lead {
	const longest = 4
	if s.text(i-1) == "the" {
		i--
	}
	for from := max(0, i-longest); from < i; from++ {
		for _, e := range s.words[from].opening.entries {
			if e.class == lead && len(e.words) == i-from && starts(s.tokens[from:], e.words) {
				return Lead(e.value)
			}
		}
	}
	return None
}

// digits returns the number written in digits at token i if it is from low to high and has at most two digits.
func (s scan) digits(i, low, high int) (int, bool) {
	if i < 0 || i >= len(s.tokens) || s.tokens[i].Class != token.Number || len(s.tokens[i].Text) > 2 {
		return 0, false
	}
	v := s.tokens[i].Value
	return v, low <= v && v <= high
}

// cardinal returns the number at token i, in digits or words ("thirty five"), and its length.
func (s scan) cardinal(i int) (int, int) {
	if i >= len(s.tokens) {
		return 0, 0
	}
	if t := s.tokens[i]; t.Class == token.Number {
		if t.Value < 0 {
			return 0, 0
		}
		return t.Value, 1
	}
	v, n := s.at(i, number)
	if v == 5 && s.text(i+1) == "and" { // "five and twenty past"
		if tens, m := s.at(i+2, number); m > 0 && tens == 20 {
			return 25, 2 + m
		}
	}
	if n == 0 || v < 20 || v%10 != 0 {
		return v, n
	}
	j := i + n
	if s.mark(j, "-") {
		j++
	}
	if ones, m := s.at(j, number); m > 0 && 0 < ones && ones < 10 && s.text(j) != "a" && s.text(j) != "an" {
		return v + ones, j + m - i
	}
	return v, n
}
