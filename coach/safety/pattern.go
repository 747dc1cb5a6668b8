package safety

import (
	"fmt"
	mathbits "math/bits"
	"slices"
	"strings"
)

// A pattern is written as words with spaces between them. In place of a word:
//
//	a|b     either
//	swell*  every word that begins so
//	@body   every word of the list "body"
//	word?   the word or nothing
//	~       up to three words of any kind, in the same sentence
//	~~      up to six
type element struct {
	words    *bits // shared by all elements that are written alike
	optional bool
	gap      int // if above 0, up to so many words of any kind
}

type pattern struct {
	mark     int
	elements []element
	gapped   bool   // it leaves room for words of any kind
	last     sketch // of the last word that is needed: a message without it needs no look
}

// gaps are the words that ~ and ~~ may stand for.
var gaps = map[string]int{"~": 3, "~~": 6}

// compiler turns written patterns into elements over one vocabulary.
type compiler struct {
	vocabulary *vocabulary
	lists      map[string]string
	sets       map[string]*bits // of words, by how they are written
	forms      map[string][]string
	inflects   bool // a word means all its forms in what is compiled now
}

func (c *compiler) pattern(mark int, text string) (pattern, error) {
	p := pattern{mark: mark}
	for _, field := range strings.Fields(text) {
		if gap, found := gaps[field]; found {
			p.elements, p.gapped = append(p.elements, element{gap: gap}), true
			continue
		}
		one := element{}
		if len(field) > 1 {
			field, one.optional = strings.CutSuffix(field, "?")
		}
		var err error
		if one.words, err = c.set(field); err != nil {
			return p, fmt.Errorf("pattern %q: %w", text, err)
		}
		p.elements = append(p.elements, one)
	}
	if len(p.elements) == 0 || p.elements[0].gap > 0 || p.elements[0].optional {
		return p, fmt.Errorf("pattern %q: must begin with a word that is needed", text)
	}
	return p, nil
}

// set returns the numbers of the words that a field stands for.
func (c *compiler) set(field string) (*bits, error) {
	key := field
	if c.inflects {
		key = "±" + field
	}
	if made, found := c.sets[key]; found {
		return made, nil
	}
	made := new(bits)
	for word := range strings.SplitSeq(field, "|") {
		if err := c.into(made, word); err != nil {
			return nil, err
		}
	}
	c.sets[key] = made
	return made, nil
}

// family returns, for every prefix, the numbers of the words and prefixes that begin so.
func (c *compiler) family() map[int][]int {
	spelt := c.vocabulary.spelt
	sorted := make([]int, len(spelt))
	for number := range sorted {
		sorted[number] = number
	}
	slices.SortFunc(sorted, func(a, b int) int { return strings.Compare(spelt[a], spelt[b]) })
	all := map[int][]int{}
	for stem, number := range c.vocabulary.prefix {
		at, _ := slices.BinarySearchFunc(sorted, stem, func(a int, stem string) int { return strings.Compare(spelt[a], stem) })
		for ; at < len(sorted) && strings.HasPrefix(spelt[sorted[at]], stem); at++ {
			if other := sorted[at]; other != number {
				all[number] = append(all[number], other)
			}
		}
	}
	return all
}

// widen lets every prefix in the set stand for the known words that begin so, too.
func (b *bits) widen(family map[int][]int) {
	for _, number := range b.numbers() {
		for _, other := range family[number] {
			b.add(other)
		}
	}
}

func (c *compiler) into(set *bits, word string) error {
	name, isList := strings.CutPrefix(word, "@")
	if !isList {
		set.add(c.vocabulary.add(word))
		if c.inflects {
			for _, form := range c.forms[word] {
				set.add(c.vocabulary.add(form))
			}
		}
		return nil
	}
	list, found := c.lists[name]
	if !found {
		return fmt.Errorf("no list is called %q", name)
	}
	for _, word := range strings.Fields(list) {
		if err := c.into(set, word); err != nil {
			return err
		}
	}
	return nil
}

// match returns where the pattern ends if it stands at tokens[at], or -1.
func (p *pattern) match(tokens []token, at int) int {
	return matchFrom(p.elements, tokens, at, tokens[at].sentence)
}

func matchFrom(elements []element, tokens []token, at, sentence int) int {
	for i := range elements {
		one := &elements[i]
		if one.gap > 0 {
			for skip := 0; skip <= one.gap && at+skip < len(tokens); skip++ {
				if end := matchFrom(elements[i+1:], tokens, at+skip, sentence); end >= 0 {
					return end
				}
			}
			return -1
		}
		switch {
		case at < len(tokens) && tokens[at].sentence == sentence && one.words.has(tokens[at].word):
			at++
		case !one.optional:
			return -1
		}
	}
	return at
}

// bits is a set of small numbers, most of which lie near to one another.
type bits struct {
	from  int // 64 times this is the first number that words has room for
	words []uint64
}

func (b *bits) add(n int) {
	at := n / 64
	switch {
	case len(b.words) == 0:
		b.from, b.words = at, []uint64{0}
	case at < b.from:
		b.from, b.words = at, append(make([]uint64, b.from-at, b.from-at+len(b.words)), b.words...)
	case at >= b.from+len(b.words):
		b.words = append(make([]uint64, 0, at-b.from+1), b.words...)[:at-b.from+1]
	}
	b.words[at-b.from] |= 1 << (n % 64)
}

func (b *bits) has(n int) bool {
	at := n/64 - b.from
	return n > 0 && at >= 0 && at < len(b.words) && b.words[at]&(1<<(n%64)) != 0
}

func (b *bits) numbers() []int {
	var all []int
	for i, word := range b.words {
		for ; word != 0; word &= word - 1 {
			all = append(all, (b.from+i)*64+mathbits.TrailingZeros64(word))
		}
	}
	return all
}

// sketch is a set of word numbers, folded: it may say yes to a number that is
// not in it, never no to one that is.
type sketch [2]uint64

func (s *sketch) add(n int) { s[n/64%2] |= 1 << (n % 64) }

func (s sketch) meets(o sketch) bool { return s[0]&o[0]|s[1]&o[1] != 0 }

// sketch returns the folded set of the last word that the pattern needs.
func (p *pattern) sketch() (all sketch) {
	for i := len(p.elements) - 1; i >= 0; i-- {
		if one := p.elements[i]; one.gap == 0 && !one.optional {
			for _, n := range one.words.numbers() {
				all.add(n)
			}
			return all
		}
	}
	return all
}
