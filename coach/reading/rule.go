package reading

import (
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

// ruleSource is a rule as rules.yaml writes it.
type ruleSource struct {
	Name   string
	Intent string
	Weight float64
	Any    []string
	Unless []string
}

// readRules loads the word lists and the rules.
func (r *Reader) readRules() error {
	lists := map[string]string{}
	if err := content.Decode("reading/words.yaml", &lists); err != nil {
		return err
	}
	names := slices.Clone(facts)
	for name := range lists {
		names = append(names, name)
	}
	slices.Sort(names[len(facts):])
	if len(names) > 128 {
		return fmt.Errorf("read content reading/words.yaml: %d lists are too many", len(names))
	}
	r.lists, r.numbers, r.vocabulary = phrases{}, map[string]int{}, map[string]int{}
	for n, name := range names {
		r.numbers[name] = n
		r.lists.add(lists[name], n)
	}
	r.lists.sort()
	var sources []ruleSource
	if err := content.Decode("reading/rules.yaml", &sources); err != nil {
		return err
	}
	if len(sources) > maxRules {
		return fmt.Errorf("read content reading/rules.yaml: %d rules are too many", len(sources))
	}
	for _, s := range sources {
		made, err := r.compileRule(s)
		if err != nil {
			return fmt.Errorf("read content reading/rules.yaml: rule %s: %w", s.Name, err)
		}
		r.rules = append(r.rules, made)
	}
	r.indexRules()
	return nil
}

// ruleSet is a set of rules by their place.
type ruleSet [maxRules / 64]uint64

const maxRules = 192

// indexRules finds, for every word and list, the rules that may hold where it is said.
func (r *Reader) indexRules() {
	r.byWord = make([]ruleSet, len(r.vocabulary)+1)
	for i := range r.rules {
		for j := range r.rules[i].any {
			p := &r.rules[i].any[j]
			set := &r.anyhow
			switch {
			case len(p.words) > 0:
				set = &r.byWord[p.words[0]]
			case p.needs != [2]uint64{}:
				set = &r.byList[lowest(p.needs)]
			}
			set[i/64] |= 1 << (i % 64)
		}
	}
}

// lowest returns the place of the lowest bit that is set.
func lowest(set [2]uint64) int {
	if set[0] != 0 {
		return bits.TrailingZeros64(set[0])
	}
	return 64 + bits.TrailingZeros64(set[1])
}

// likelyRules goes through the places of the rules that may hold in a message, in order.
func (r *Reader) likelyRules(m *message) iter.Seq[int] {
	set := r.anyhow
	for _, word := range m.ids {
		set.join(&r.byWord[word])
	}
	for i, lists := range m.has {
		for ; lists != 0; lists &= lists - 1 {
			set.join(&r.byList[64*i+bits.TrailingZeros64(lists)])
		}
	}
	return func(yield func(int) bool) {
		for i, rules := range set {
			for ; rules != 0; rules &= rules - 1 {
				if !yield(64*i + bits.TrailingZeros64(rules)) {
					return
				}
			}
		}
	}
}

func (s *ruleSet) join(o *ruleSet) {
	for i := range s {
		s[i] |= o[i]
	}
}

func (r *Reader) compileRule(s ruleSource) (rule, error) {
	made := rule{name: s.Name, intent: s.Intent, weight: s.Weight}
	for n, name := range names {
		if name == s.Intent || s.Intent == writes && candidates[name].writes {
			made.speaksFor = append(made.speaksFor, n)
		}
	}
	if _, known := candidates[s.Intent]; !known && s.Intent != writes {
		return made, fmt.Errorf("there is no intent %q", s.Intent)
	}
	number := func(name string) (int, bool) { n, ok := r.numbers[name]; return n, ok }
	word := func(w string) int {
		if _, known := r.vocabulary[w]; !known {
			r.vocabulary[w] = len(r.vocabulary) + 1 // 0 is every other word
		}
		return r.vocabulary[w]
	}
	for _, group := range []struct {
		texts []string
		into  *[]pattern
	}{{s.Any, &made.any}, {s.Unless, &made.unless}} {
		for _, text := range group.texts {
			p, err := compile(text, number, word)
			if err != nil {
				return made, err
			}
			*group.into = append(*group.into, p)
		}
	}
	return made, nil
}

// Evidence is a rule that held for a message, and the words it held for.
type Evidence struct {
	Rule   string  `json:"rule"`
	Intent string  `json:"intent"`
	Weight float64 `json:"weight"`
	Words  string  `json:"words,omitempty"`

	from, to int // the tokens that Words are
}

// holds returns the evidence of a rule in a message, and false if there is none.
func (l *rule) holds(m *message) (Evidence, bool) {
	for i := range l.any {
		from, to, ok := l.any[i].match(m)
		if !ok {
			continue
		}
		for j := range l.unless {
			if _, _, ok := l.unless[j].match(m); ok {
				return Evidence{}, false
			}
		}
		return Evidence{Rule: l.name, Intent: l.intent, Weight: l.weight, from: from, to: to}, true
	}
	return Evidence{}, false
}

// said returns tokens from to to-1 as they were read.
func (m *message) said(from, to int) string {
	var words []string
	for _, t := range m.tokens[from:min(to, len(m.tokens))] {
		words = append(words, t.Text)
	}
	return strings.Join(words, " ")
}
