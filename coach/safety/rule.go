package safety

import (
	"fmt"
	"slices"
)

// rule is one line of content/safety/rules.yaml: marks that together make a finding.
type rule struct {
	Name   string   `yaml:"name"`
	Intent string   `yaml:"intent"` // Pain unless said
	Level  string   `yaml:"level"`
	Kind   string   `yaml:"kind"`
	All    []string `yaml:"all"`    // every one of these
	Any    []string `yaml:"any"`    // and at least one of these
	None   []string `yaml:"none"`   // and none of these anywhere in the message
	Across bool     `yaml:"across"` // anywhere in the message, not only near the first
	Struck bool     `yaml:"struck"` // counts although negated, another's or past: for words that are plain enough

	all, any, none []int
	rank           int
}

// near is how many words may lie between the marks of a rule.
const near = 9

// ranks orders what rules find; the highest is said.
var ranks = []string{Pain + Green, Pain + Amber, Ill, Pain + Red, Pain + SameDay, Distress, Pain + Emergency}

// adopt checks the rules and replaces names by numbers.
func (g *Guard) adopt(rules []rule) error {
	for name, number := range g.cues.table() {
		mark, err := g.mark(name)
		if err != nil {
			return err
		}
		*number = mark
	}
	for i := range rules {
		if err := g.prepare(&rules[i]); err != nil {
			return fmt.Errorf("rule %q: %w", rules[i].Name, err)
		}
	}
	slices.SortStableFunc(rules, func(a, b rule) int { return b.rank - a.rank })
	g.rules = rules
	return nil
}

func (g *Guard) prepare(r *rule) error {
	if r.Intent == "" {
		r.Intent = Pain
	}
	if r.rank = slices.Index(ranks, r.Intent+r.Level); r.rank < 0 {
		return fmt.Errorf("no reading is called %s %s", r.Intent, r.Level)
	}
	if len(r.All) == 0 {
		return fmt.Errorf("needs a mark under all")
	}
	for _, list := range []struct {
		names []string
		into  *[]int
	}{{r.All, &r.all}, {r.Any, &r.any}, {r.None, &r.none}} {
		for _, name := range list.names {
			number, err := g.mark(name)
			if err != nil {
				return err
			}
			*list.into = append(*list.into, number)
		}
	}
	return nil
}

// holds returns the spans that make a rule hold, or nil.
func (r *reading) holds(rule *rule) []span {
	for _, mark := range rule.all {
		if len(r.marks[mark]) == 0 {
			return nil
		}
	}
	for _, mark := range rule.none {
		if r.live(mark) {
			return nil
		}
	}
	for _, anchor := range r.marks[rule.all[0]] {
		if anchor.struck && !rule.Struck {
			continue
		}
		if spans := r.around(rule, anchor); spans != nil {
			return spans
		}
	}
	return nil
}

// around returns the anchor and one span near it for each further mark of the rule.
func (r *reading) around(rule *rule, anchor span) []span {
	spans := []span{anchor}
	for _, mark := range rule.all[1:] {
		s, found := r.beside(rule, mark, anchor)
		if !found {
			return nil
		}
		spans = append(spans, s)
	}
	if len(rule.any) == 0 {
		return spans
	}
	for _, mark := range rule.any {
		if s, found := r.beside(rule, mark, anchor); found {
			return append(spans, s)
		}
	}
	return nil
}

func (r *reading) beside(rule *rule, mark int, anchor span) (span, bool) {
	for _, s := range r.marks[mark] {
		if s.struck && !rule.Struck {
			continue
		}
		if rule.Across {
			return s, true
		}
		gap := max(s.start-anchor.end, anchor.start-s.end)
		if gap <= near && r.tokens[s.start].sentence == r.tokens[anchor.start].sentence {
			return s, true
		}
	}
	return span{}, false
}

// live is true if the mark stands somewhere and counts.
func (r *reading) live(mark int) bool {
	return slices.ContainsFunc(r.marks[mark], func(s span) bool { return !s.struck })
}
