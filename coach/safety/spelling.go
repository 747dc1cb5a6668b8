package safety

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"legcoach/coach/content"
	"legcoach/coach/words"
)

// pair is two words that may stand in a row.
type pair struct{ first, second int }

// respell lets the vocabulary read other ways to write its words: those of
// content/safety/spellings.txt, two words for one among them, and those of
// package words, but for emoji. It is called once all words of the patterns are known.
func (v *vocabulary) respell() error {
	ours, err := content.Entries("safety/spellings.txt")
	if err != nil {
		return err
	}
	for _, entry := range ours {
		number := v.ours(entry.Name)
		if number == 0 {
			return fmt.Errorf("read content safety/spellings.txt: no pattern has the word %q", entry.Name)
		}
		for written := range strings.SplitSeq(strings.Join(entry.Lines, ","), ",") {
			v.written(strings.Fields(written), number)
		}
	}
	everyday := words.Spellings()
	for _, written := range slices.Sorted(maps.Keys(everyday)) {
		if says := everyday[written]; len(says) == 1 && written[0] < utf8.RuneSelf {
			if number := v.ours(says[0]); number > 0 {
				v.written([]string{written}, number)
			}
		}
	}
	return nil
}

// written lets one word or two be read as a word of ours, unless a pattern names it as it is.
func (v *vocabulary) written(as []string, number int) {
	switch len(as) {
	case 1:
		if _, named := v.words[as[0]]; !named {
			v.also(as[0], number, true)
		}
	case 2:
		p := pair{v.add(as[0]), v.add(as[1])}
		v.pairs[p] = number
		v.second.add(p.second)
	}
}

// join reads a word and the one before it as one, if they are written for one of ours.
func (s *scanner) join(number int) bool {
	if len(s.tokens) == 0 || !s.second.has(number) {
		return false
	}
	last := &s.tokens[len(s.tokens)-1]
	joined, found := s.pairs[pair{last.word, number}]
	if !found || last.clause != s.clause {
		return false
	}
	last.word, last.text = joined, last.text+" "+s.spelt[number]
	return true
}
