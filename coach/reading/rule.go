package reading

import (
	"fmt"
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
	for _, s := range sources {
		made, err := r.compileRule(s)
		if err != nil {
			return fmt.Errorf("read content reading/rules.yaml: rule %s: %w", s.Name, err)
		}
		r.rules = append(r.rules, made)
	}
	return nil
}

func (r *Reader) compileRule(s ruleSource) (rule, error) {
	made := rule{name: s.Name, intent: s.Intent, weight: s.Weight}
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
