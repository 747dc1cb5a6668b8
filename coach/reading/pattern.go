package reading

import (
	"fmt"
	"strings"
)

// pattern is words and lists in a row, as rules.txt writes them:
//
//	<did> .. <kind>      a word of the list did, later a kind; the two dots pass over up to 8 words
//	^ <ok> done $        the whole message, from ^ to $
//	in the bag           these words
//	<skip> the? <kind>   a word that may be missing
//	<did> my _ <kind>    any one word between
//	<week|month>         one of several lists or words
//	week|month           one of several words
//
// Lists are those of words.txt, and the facts that slots leave: kind, day, past, clock …
type pattern struct {
	text  string
	parts []part
	needs [2]uint64 // lists without which it cannot match
	words []int     // numbers of the words without which it cannot match
}

// part is one element of a pattern.
type part struct {
	sort     sort8
	word     int // number of the word
	lists    []int
	words    []int // of <a|b> those that are no lists
	optional bool
}

type sort8 uint8

const (
	aWord sort8 = iota
	aList
	aGap
	aStart
	anEnd
	anyWord
)

// reach is how many tokens a gap passes over at most.
const reach = 8

// compile reads a pattern; number gives the number of a list, word that of a word.
func compile(text string, number func(string) (int, bool), word func(string) int) (pattern, error) {
	p := pattern{text: text}
	for _, field := range strings.Fields(text) {
		field, optional := strings.CutSuffix(field, "?")
		if field == "" { // a question mark
			field, optional = "?", false
		}
		element := part{optional: optional}
		inner, isList := strings.CutPrefix(field, "<")
		switch {
		case field == "..":
			element.sort = aGap
		case field == "_":
			element.sort = anyWord
		case field == "^":
			element.sort = aStart
		case field == "$":
			element.sort = anEnd
		case isList && strings.HasSuffix(inner, ">"):
			element.sort = aList
			for _, name := range strings.Split(strings.TrimSuffix(inner, ">"), "|") {
				if n, ok := number(name); ok {
					element.lists = append(element.lists, n)
				} else if strings.Contains(inner, "|") {
					element.words = append(element.words, word(name))
				} else {
					return p, fmt.Errorf("pattern %q: there is no list %q", text, name)
				}
			}
		case strings.Contains(field, "|"):
			element.sort = aList
			for _, one := range strings.Split(field, "|") {
				element.words = append(element.words, word(one))
			}
		default:
			element.word = word(field)
			if !optional {
				p.words = append(p.words, element.word)
			}
		}
		if element.sort == aList && !optional && len(element.lists) == 1 && len(element.words) == 0 {
			p.needs[element.lists[0]/64] |= 1 << (element.lists[0] % 64)
		}
		p.parts = append(p.parts, element)
	}
	if len(p.parts) == 0 {
		return p, fmt.Errorf("pattern is empty")
	}
	return p, nil
}

// match reports whether the pattern stands in the message, and where.
func (p *pattern) match(m *message) (from, to int, ok bool) {
	if p.needs[0]&^m.has[0] != 0 || p.needs[1]&^m.has[1] != 0 {
		return 0, 0, false
	}
	for _, w := range p.words {
		if m.said64[w/64]&(1<<(w%64)) == 0 {
			return 0, 0, false
		}
	}
	last := len(m.tokens) - 1
	if p.parts[0].sort == aStart {
		last = 0
	}
	for i := 0; i <= last; i++ {
		if end := m.matchFrom(p.parts, i); end >= 0 {
			return i, end, true
		}
	}
	return 0, 0, false
}

// matchFrom returns where parts end that start at token i, or -1.
func (m *message) matchFrom(parts []part, i int) int {
	if len(parts) == 0 {
		return i
	}
	p, rest := &parts[0], parts[1:]
	switch p.sort {
	case aStart:
		if i == 0 {
			return m.matchFrom(rest, i)
		}
		return -1
	case anEnd:
		for i < len(m.tokens) && m.tokens[i].idle() {
			i++
		}
		if i == len(m.tokens) {
			return m.matchFrom(rest, i)
		}
		return -1
	case aGap:
		for j := i; j <= min(i+reach, len(m.tokens)); j++ {
			if end := m.matchFrom(rest, j); end >= 0 {
				return end
			}
		}
		return -1
	case anyWord:
		if i < len(m.tokens) {
			if end := m.matchFrom(rest, i+1); end >= 0 {
				return end
			}
		}
	case aWord:
		if i < len(m.tokens) && m.ids[i] == p.word {
			if end := m.matchFrom(rest, i+1); end >= 0 {
				return end
			}
		}
	case aList:
		if end := m.matchList(p, rest, i); end >= 0 {
			return end
		}
	}
	if p.optional {
		return m.matchFrom(rest, i)
	}
	return -1
}

// matchList matches a part that is a choice of lists and words.
func (m *message) matchList(p *part, rest []part, i int) int {
	if i >= len(m.tokens) {
		return -1
	}
	for _, w := range p.words {
		if m.ids[i] == w {
			if end := m.matchFrom(rest, i+1); end >= 0 {
				return end
			}
		}
	}
	for s := m.first[i]; s < len(m.spans) && m.spans[s].from == i; s++ {
		for _, list := range p.lists {
			if m.spans[s].list != list {
				continue
			}
			if end := m.matchFrom(rest, m.spans[s].to); end >= 0 {
				return end
			}
		}
	}
	return -1
}
