package safety

import (
	"fmt"
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
	set      uint16 // of words
	optional bool
	gap      uint8 // if above 0, up to so many words of any kind
}

// pattern is one written pattern. What patterns are made of lies in a few long
// slices of the book that they are in: there are thousands of them.
type pattern struct {
	needs    sketch // of a word without which it needs no look: the second, or else the last that is needed
	beside   bool   // that is the second, right behind the first
	from, to uint16 // its elements
	mark     uint8
	gapped   bool // it leaves room for words of any kind
}

// book holds all patterns.
type book struct {
	patterns []pattern
	elements []element
	sets     []set
	words    []uint16 // of all sets
	starts   []uint32 // where what begins with each word begins, and where the last one's ends
	begins   []uint16 // patterns, by the word that they begin with
}

// set is a set of words, which are numbers that ascend.
type set struct {
	ends     uint64 // the last bits of the numbers, folded: a word with other last bits is not in it
	from, to uint32 // its words
}

// in returns the words of a set.
func (b *book) in(n uint16) []uint16 { return b.words[b.sets[n].from:b.sets[n].to] }

// has reports whether a word is one of a set's; 0 never is.
func (b *book) has(n uint16, word int) bool {
	s := &b.sets[n]
	if s.ends&(1<<(uint(word)%64)) == 0 {
		return false
	}
	_, found := slices.BinarySearch(b.words[s.from:s.to], uint16(word))
	return found
}

// beginning returns the patterns that may begin with a word, in their order.
func (b *book) beginning(word int) []uint16 { return b.begins[b.starts[word]:b.starts[word+1]] }

// gaps are the words that ~ and ~~ may stand for.
var gaps = map[string]uint8{"~": 3, "~~": 6}

// compiler turns written patterns into a book over one vocabulary.
type compiler struct {
	book       *book
	vocabulary *vocabulary
	lists      map[string]string
	sets       map[notation]uint16
	forms      map[string][]string
	inflects   bool // a word means all its forms in what is compiled now
}

// notation is how a set of words is written, and whether all forms of the words are meant.
type notation struct {
	field    string
	inflects bool
}

// most is how many elements, sets and patterns there can be.
const most = 1<<16 - 1

func (c *compiler) pattern(mark int, text string) error {
	b := c.book
	p := pattern{mark: uint8(mark), from: uint16(len(b.elements))}
	for field := range strings.FieldsSeq(text) {
		one := element{gap: gaps[field]}
		if one.gap == 0 {
			if len(field) > 1 {
				field, one.optional = strings.CutSuffix(field, "?")
			}
			var err error
			if one.set, err = c.set(field); err != nil {
				return fmt.Errorf("pattern %q: %w", text, err)
			}
		}
		p.gapped = p.gapped || one.gap > 0
		b.elements = append(b.elements, one)
	}
	p.to = uint16(len(b.elements))
	if p.from == p.to || b.elements[p.from].gap > 0 || b.elements[p.from].optional {
		return fmt.Errorf("pattern %q: must begin with a word that is needed", text)
	}
	if b.patterns = append(b.patterns, p); max(len(b.elements), len(b.sets), len(c.vocabulary.spelt)) >= most {
		return fmt.Errorf("pattern %q: there are too many", text)
	}
	return nil
}

// set returns the set of the words that a field stands for.
func (c *compiler) set(field string) (uint16, error) {
	key := notation{field, c.inflects}
	if made, found := c.sets[key]; found {
		return made, nil
	}
	made, from := uint16(len(c.book.sets)), uint32(len(c.book.words))
	for word := range strings.SplitSeq(field, "|") {
		if err := c.into(word); err != nil {
			return 0, err
		}
	}
	c.book.sets = append(c.book.sets, set{from: from, to: uint32(len(c.book.words))})
	c.sets[key] = made
	return made, nil
}

// into adds what is written in place of one word to the set that is being made.
func (c *compiler) into(word string) error {
	name, isList := strings.CutPrefix(word, "@")
	if !isList {
		c.book.words = append(c.book.words, uint16(c.vocabulary.add(word)))
		if c.inflects {
			for _, form := range c.forms[word] {
				c.book.words = append(c.book.words, uint16(c.vocabulary.add(form)))
			}
		}
		return nil
	}
	list, found := c.lists[name]
	if !found {
		return fmt.Errorf("no list is called %q", name)
	}
	for word := range strings.FieldsSeq(list) {
		if err := c.into(word); err != nil {
			return err
		}
	}
	return nil
}

// family returns, for every prefix, the numbers of the words and prefixes that begin so.
func (c *compiler) family() map[uint16][]uint16 {
	spelt := c.vocabulary.spelt
	sorted := make([]uint16, len(spelt))
	for number := range sorted {
		sorted[number] = uint16(number)
	}
	slices.SortFunc(sorted, func(a, b uint16) int { return strings.Compare(spelt[a], spelt[b]) })
	all := map[uint16][]uint16{}
	for stem, number := range c.vocabulary.prefix {
		at, _ := slices.BinarySearchFunc(sorted, stem, func(a uint16, stem string) int { return strings.Compare(spelt[a], stem) })
		end := at
		for end < len(sorted) && strings.HasPrefix(spelt[sorted[end]], stem) {
			end++
		}
		all[uint16(number)] = sorted[at:end]
	}
	return all
}

// finish lets every prefix in a set stand for the known words that begin so, too, and
// enters the patterns under the words that they begin with.
func (c *compiler) finish() *book {
	b, narrow, family := c.book, c.book.words, c.family()
	b.words = make([]uint16, 0, 2*len(narrow))
	for n := range b.sets {
		s, from := &b.sets[n], len(b.words)
		for _, word := range narrow[s.from:s.to] {
			b.words = append(append(b.words, word), family[word]...)
		}
		slices.Sort(b.words[from:])
		b.words = b.words[:from+len(slices.Compact(b.words[from:]))]
		s.from, s.to = uint32(from), uint32(len(b.words))
		for _, word := range b.in(uint16(n)) {
			s.ends |= 1 << (word % 64)
		}
	}
	b.words, b.sets = slices.Clone(b.words), slices.Clone(b.sets)
	b.elements, b.patterns = slices.Clone(b.elements), slices.Clone(b.patterns)
	for i := range b.patterns {
		b.outline(&b.patterns[i])
	}
	return b
}

// index enters the patterns under the words that they begin with, of so many.
func (b *book) index(words int) {
	b.starts = make([]uint32, words+1)
	b.eachBeginning(func(_ int, word uint16) { b.starts[word+1]++ })
	for i := range words {
		b.starts[i+1] += b.starts[i]
	}
	b.begins = make([]uint16, b.starts[words])
	ends := slices.Clone(b.starts)
	b.eachBeginning(func(pattern int, word uint16) {
		b.begins[ends[word]] = uint16(pattern)
		ends[word]++
	})
}

// eachBeginning calls note with every pattern and each of the words that it may begin with.
func (b *book) eachBeginning(note func(pattern int, word uint16)) {
	for i := range b.patterns {
		for _, word := range b.in(b.elements[b.patterns[i].from].set) {
			note(i, word)
		}
	}
}

// match returns where a pattern ends that may begin with the word of tokens[at], if it stands there, or -1.
func (b *book) match(p *pattern, tokens []token, at int) int {
	return b.matchFrom(b.elements[p.from+1:p.to], tokens, at+1, tokens[at].sentence)
}

func (b *book) matchFrom(elements []element, tokens []token, at, sentence int) int {
	for i := range elements {
		one := &elements[i]
		if one.gap > 0 {
			for skip := 0; skip <= int(one.gap) && at+skip < len(tokens); skip++ {
				if end := b.matchFrom(elements[i+1:], tokens, at+skip, sentence); end >= 0 {
					return end
				}
			}
			return -1
		}
		switch {
		case at < len(tokens) && tokens[at].sentence == sentence && b.has(one.set, tokens[at].word):
			at++
		case !one.optional:
			return -1
		}
	}
	return at
}

// sketch is a set of word numbers, folded: it may say yes to a number that is
// not in it, never no to one that is.
type sketch [2]uint64

func (s *sketch) add(n int) { s[n/64%2] |= 1 << (n % 64) }

func (s sketch) meets(o sketch) bool { return s[0]&o[0]|s[1]&o[1] != 0 }

func (s sketch) has(n int) bool { return s[n/64%2]&(1<<(n%64)) != 0 }

// outline notes what a pattern needs beside its first word.
func (b *book) outline(p *pattern) {
	last := p.from
	for i := p.from + 1; i < p.to && !p.beside; i++ {
		if one := b.elements[i]; one.gap == 0 && !one.optional {
			last, p.beside = i, i == p.from+1
		}
	}
	for _, word := range b.in(b.elements[last].set) {
		p.needs.add(int(word))
	}
}
