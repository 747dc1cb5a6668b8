package reading

import (
	"fmt"
	"math/bits"
	"slices"
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
	text    string
	parts   []part
	need    need
	choices uint32 // the parts of which one of several words or lists is needed, a bit each
}

// need is what a message must have for a pattern to match, as far as that is not a choice.
type need struct {
	lists set
	words sketch
}

// met reports whether a message may have all of it.
func (n *need) met(m *message) bool { return n.words&^m.sketch == 0 && n.lists.in(m.has) }

// sketch is a set of words by the last bits of their numbers: it may say that
// a word is in it that is not, never the other way round.
type sketch uint64

func (s *sketch) add(word int) { *s |= 1 << (word % 64) }

// set is a set of lists, by their numbers.
type set [2]uint64

func (s *set) add(n int) { s[n/64] |= 1 << (n % 64) }

func (s set) has(n int) bool { return s[n/64]&(1<<(n%64)) != 0 }

func (s set) meets(o set) bool { return s[0]&o[0]|s[1]&o[1] != 0 }

// in reports whether all of s is in o.
func (s set) in(o set) bool { return s[0]&^o[0]|s[1]&^o[1] == 0 }

func (s set) size() int { return bits.OnesCount64(s[0]) + bits.OnesCount64(s[1]) }

// part is one element of a pattern.
type part struct {
	sort     sort8
	optional bool
	lists    set
	words    []uint16 // numbers of the words; of <a|b> those that are no lists
	sketch   sketch   // of those
}

type sort8 uint8

const (
	oneOf sort8 = iota // of words and lists
	anyWord
	aGap
	aStart
	anEnd
)

// maxParts is how many parts a pattern has at most: a set of them has a bit each.
const maxParts = 32

// reach is how many tokens a gap passes over at most.
const reach = 8

// compile reads a pattern; number gives the number of a list, word that of a word.
func compile(text string, number func(string) (int, bool), word func(string) uint16) (pattern, error) {
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
			names := strings.Split(strings.TrimSuffix(inner, ">"), "|")
			for _, name := range names {
				if n, ok := number(name); ok {
					element.lists.add(n)
				} else if len(names) > 1 {
					element.words = append(element.words, word(name))
				} else {
					return p, fmt.Errorf("pattern %q: there is no list %q", text, name)
				}
			}
		default:
			for _, one := range strings.Split(field, "|") {
				element.words = append(element.words, word(one))
			}
		}
		p.parts = append(p.parts, element)
	}
	p.summarise()
	if len(p.parts) == 0 || len(p.parts) > maxParts {
		return p, fmt.Errorf("pattern %q: has none or more than %d parts", text, maxParts)
	}
	return p, nil
}

// summarise notes what the pattern cannot match without.
func (p *pattern) summarise() {
	for i := range p.parts {
		one := &p.parts[i]
		for _, word := range one.words {
			one.sketch.add(int(word))
		}
		if !one.needed() {
			continue
		}
		switch keys := one.keys(); {
		case len(keys) > 1:
			p.choices |= 1 << i
		case keys[0] < maxLists:
			p.need.lists.add(keys[0])
		default:
			p.need.words.add(keys[0] - maxLists)
		}
	}
}

// stands reports whether the pattern stands in the message, which has what it needs, and where.
func (p *pattern) stands(m *message) (from, to int, ok bool) {
	for some := p.choices; some != 0; some &= some - 1 {
		if !m.says(&p.parts[bits.TrailingZeros32(some)]) {
			return 0, 0, false
		}
	}
	last := len(m.tokens) - 1
	if p.parts[0].sort == aStart {
		if len(p.parts) > 1 && !m.may(&p.parts[1], 0) {
			return 0, 0, false
		}
		last = 0
	}
	for i := 0; i <= last; i++ {
		if !m.may(&p.parts[0], i) {
			continue
		}
		if end := m.matchFrom(p.parts, i); end >= 0 {
			return i, end, true
		}
	}
	return 0, 0, false
}

// needed reports whether a pattern cannot match without one of the part's words and lists.
func (p *part) needed() bool { return p.sort == oneOf && !p.optional }

// names reports whether a word is one of the part's.
func (p *part) names(word int) bool {
	return p.sketch&(1<<(word%64)) != 0 && slices.Contains(p.words, uint16(word))
}

// says reports whether one of the part's words and lists stands somewhere in the message.
func (m *message) says(p *part) bool {
	if p.lists.meets(m.has) {
		return true
	}
	if p.sketch&m.sketch == 0 {
		return false
	}
	for _, w := range p.words {
		if m.said64[w/64]&(1<<(w%64)) != 0 {
			return true
		}
	}
	return false
}

// may reports whether a part can stand at token i, as far as one look tells.
func (m *message) may(p *part, i int) bool {
	return !p.needed() || i < len(m.ids) && (p.lists.meets(m.starts[i].lists) || p.names(m.ids[i]))
}

// matchFrom returns where parts end that start at token i, or -1.
func (m *message) matchFrom(parts []part, i int) int {
	for k := range parts {
		p, rest := &parts[k], parts[k+1:]
		switch p.sort {
		case aStart:
			if i != 0 {
				return -1
			}
		case anEnd:
			for i < len(m.tokens) && m.tokens[i].idle() {
				i++
			}
			if i < len(m.tokens) {
				return -1
			}
		case aGap:
			return m.matchGap(rest, i)
		default:
			end := m.matchOne(p, rest, i)
			if end < 0 && p.optional {
				continue
			}
			return end
		}
	}
	return i
}

// matchGap matches what stands behind a gap at token i, the nearest first.
func (m *message) matchGap(rest []part, i int) int {
	for j := i; j <= min(i+reach, len(m.tokens)); j++ {
		if len(rest) > 0 && !m.may(&rest[0], j) {
			continue
		}
		if end := m.matchFrom(rest, j); end >= 0 {
			return end
		}
	}
	return -1
}

// matchOne matches a part that is a choice of words and lists, and what stands behind it.
func (m *message) matchOne(p *part, rest []part, i int) int {
	if i >= len(m.tokens) {
		return -1
	}
	if p.sort == anyWord || p.names(m.ids[i]) {
		if end := m.matchFrom(rest, i+1); end >= 0 {
			return end
		}
	}
	if !p.lists.meets(m.starts[i].lists) {
		return -1
	}
	for s := m.starts[i].span; s < len(m.spans) && m.spans[s].from == i; s++ {
		if !p.lists.has(m.spans[s].list) {
			continue
		}
		if end := m.matchFrom(rest, m.spans[s].to); end >= 0 {
			return end
		}
	}
	return -1
}
