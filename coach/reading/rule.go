package reading

import (
	"errors"
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"strings"

	"legcoach/coach/content"
)

// rule is what speaks for or against an intent.
type rule struct {
	name   string
	intent string
	weight float64
	any    []pattern // one of these stands in the message
	unless []pattern // and none of these
	// speaksFor are the numbers of the candidates: one, or all that write.
	speaksFor []int
}

// readLists loads the word lists, numbers them behind the facts, and returns their phrases.
func (r *Reader) readLists() (phrases, error) {
	lists, err := content.Entries("reading/words.txt")
	if err != nil {
		return nil, err
	}
	names := slices.Clone(facts[:])
	for _, list := range lists {
		names = append(names, list.Name)
	}
	if len(names) > maxLists {
		return nil, fmt.Errorf("read content reading/words.txt: %d lists are too many", len(names))
	}
	r.numbers = make(map[string]int, len(names))
	for n, name := range names {
		r.numbers[name] = n
	}
	all := phrases{}
	for i, list := range lists {
		for _, line := range list.Lines {
			all.add(line, len(facts)+i)
		}
	}
	all.sort()
	return all, nil
}

// readRules loads the rules.
func (r *Reader) readRules() error {
	r.vocabulary = map[string]int{}
	sources, err := content.Entries("reading/rules.txt")
	if err != nil {
		return err
	}
	for _, s := range sources {
		made, err := r.compileRule(s)
		if err != nil {
			return fmt.Errorf("read content reading/rules.txt: rule %s: %w", s.Name, err)
		}
		r.rules = append(r.rules, made)
	}
	r.pack()
	return r.indexRules()
}

// position is where a pattern that speaks for a rule stands, and what a message must have for it to match.
type position struct {
	rule, pattern uint8
	need
}

// maxPatterns is how many patterns all rules have together at most.
const maxPatterns = 4096

// index finds patterns by a word or list without which they cannot match, so
// that a message is only held against those that may.
type index struct {
	positions []position
	by        [][]uint16 // numbers of patterns by key: a list, or behind the lists a word
	anyhow    []uint16   // those that nothing is needed for
}

// maxLists is how many lists and facts there are at most.
const maxLists = 128

// keys are the lists and words of which the part needs one.
func (p *part) keys() []int {
	var keys []int
	for list := range maxLists {
		if p.lists.has(list) {
			keys = append(keys, list)
		}
	}
	for _, word := range p.words {
		keys = append(keys, maxLists+int(word))
	}
	return keys
}

// rarest returns the keys of that needed part of the pattern which the fewest
// messages have, as far as can be told beforehand: a word is rarer than a list.
func (p *pattern) rarest() []int {
	const list = 16 // words
	var best []int
	least := 0
	for i := range p.parts {
		one := &p.parts[i]
		if cost := list*one.lists.size() + len(one.words); one.needed() && (best == nil || cost < least) {
			best, least = one.keys(), cost
		}
	}
	return best
}

// indexRules enters every pattern under the keys of its rarest part.
func (r *Reader) indexRules() error {
	r.index.by = make([][]uint16, maxLists+len(r.vocabulary)+1)
	for i := range r.rules {
		for j := range r.rules[i].any {
			p, n := &r.rules[i].any[j], uint16(len(r.index.positions))
			r.index.positions = append(r.index.positions, position{uint8(i), uint8(j), p.need})
			keys := p.rarest()
			if len(keys) == 0 {
				r.index.anyhow = append(r.index.anyhow, n)
			}
			for _, key := range keys {
				r.index.by[key] = append(r.index.by[key], n)
			}
		}
		if len(r.rules) > 255 || len(r.rules[i].any) > 255 || len(r.index.positions) > maxPatterns {
			return fmt.Errorf("read content reading/rules.txt: too many rules or patterns")
		}
	}
	return nil
}

// patterns are a set of patterns, by their numbers.
type patterns [maxPatterns / 64]uint64

// likely returns the patterns that may match a message.
func (x *index) likely(m *message) (found patterns) {
	note := func(numbers []uint16) {
		for _, n := range numbers {
			found[n/64] |= 1 << (n % 64)
		}
	}
	note(x.anyhow)
	for _, word := range m.ids {
		note(x.by[maxLists+word])
	}
	for i, some := range m.has {
		for ; some != 0; some &= some - 1 {
			note(x.by[64*i+bits.TrailingZeros64(some)])
		}
	}
	return found
}

// compileRule reads a rule: "log 3.5", then "+ pattern" and "- pattern" lines.
func (r *Reader) compileRule(s content.Entry) (rule, error) {
	made := rule{name: s.Name}
	if len(s.Lines) < 2 {
		return made, errors.New("needs an intent, a weight and a pattern")
	}
	if _, err := fmt.Sscan(s.Lines[0], &made.intent, &made.weight); err != nil {
		return made, fmt.Errorf("read intent and weight of %q: %w", s.Lines[0], err)
	}
	if _, known := candidates[made.intent]; !known && made.intent != writes {
		return made, fmt.Errorf("there is no intent %q", made.intent)
	}
	for n, name := range names {
		if name == made.intent || made.intent == writes && candidates[name].writes {
			made.speaksFor = append(made.speaksFor, n)
		}
	}
	for _, line := range s.Lines[1:] {
		sign, text, _ := strings.Cut(line, " ")
		p, err := compile(text, r.list, r.word)
		switch {
		case err != nil:
			return made, err
		case sign == "+":
			made.any = append(made.any, p)
		case sign == "-":
			made.unless = append(made.unless, p)
		default:
			return made, fmt.Errorf("line %q begins with neither + nor -", line)
		}
	}
	return made, nil
}

// list returns the number of a list or fact.
func (r *Reader) list(name string) (int, bool) { n, ok := r.numbers[name]; return n, ok }

// word returns the number of a word that a pattern names; 0 is every other word.
func (r *Reader) word(w string) uint16 {
	if _, known := r.vocabulary[w]; !known {
		r.vocabulary[w] = len(r.vocabulary) + 1
	}
	return uint16(r.vocabulary[w])
}

// pack lays the parts of all patterns beside one another, and their words, so
// that a message that is held against many finds them near.
func (r *Reader) pack() {
	var parts []part
	var words []uint16
	for p := range r.patterns() {
		parts = append(parts, p.parts...)
		for i := range p.parts {
			words = append(words, p.parts[i].words...)
		}
	}
	parts, words = slices.Clip(parts), slices.Clip(words)
	for p := range r.patterns() {
		p.parts, parts = parts[:len(p.parts):len(p.parts)], parts[len(p.parts):]
		for i := range p.parts {
			n := len(p.parts[i].words)
			p.parts[i].words, words = words[:n:n], words[n:]
		}
	}
}

// patterns goes through the patterns of all rules.
func (r *Reader) patterns() iter.Seq[*pattern] {
	return func(yield func(*pattern) bool) {
		for i := range r.rules {
			for _, some := range [][]pattern{r.rules[i].any, r.rules[i].unless} {
				for j := range some {
					if !yield(&some[j]) {
						return
					}
				}
			}
		}
	}
}

// Evidence is a rule that held for a message, and the words it held for.
type Evidence struct {
	Rule   string  `json:"rule"`
	Intent string  `json:"intent"`
	Weight float64 `json:"weight"`
	Words  string  `json:"words,omitempty"`

	rule     int // its place
	from, to int // the tokens that Words are
}

// hold adds to found what the rules that hold in a message say, in their order,
// those too that do not hold for what else is said if excepted.
func (r *Reader) hold(m *message, found []Evidence, excepted bool) []Evidence {
	settled := -1 // the rule that was decided last
	for i, some := range r.index.likely(m) {
		for ; some != 0; some &= some - 1 {
			at := &r.index.positions[64*i+bits.TrailingZeros64(some)]
			if int(at.rule) == settled || !at.met(m) {
				continue
			}
			l := &r.rules[at.rule]
			if from, to, ok := l.any[at.pattern].stands(m); ok {
				settled = int(at.rule)
				if excepted || !l.excepts(m) {
					found = append(found, Evidence{Rule: l.name, Intent: l.intent, Weight: l.weight, rule: settled, from: from, to: to})
				}
			}
		}
	}
	return found
}

// excepts reports whether something is said with which the rule does not hold.
func (l *rule) excepts(m *message) bool {
	for i := range l.unless {
		p := &l.unless[i]
		if !p.need.met(m) {
			continue
		}
		if _, _, ok := p.stands(m); ok {
			return true
		}
	}
	return false
}

// said returns tokens from to to-1 as they were read.
func (m *message) said(from, to int) string {
	var words []string
	for _, t := range m.tokens[from:min(to, len(m.tokens))] {
		words = append(words, t.Text)
	}
	return strings.Join(words, " ")
}
