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
	With   []string `yaml:"with"`   // and one of these, be it negated: "hasn't settled since"
	None   []string `yaml:"none"`   // and none of these anywhere in the message
	Across bool     `yaml:"across"` // anywhere in the message, not only near the first
	Asked  bool     `yaml:"asked"`  // in a question about people in general, too: who asks this asks for themselves

	all, any, with, none []int
	rank                 int
}

// How many words may lie between the marks of a rule: in one sentence, and in two.
const (
	near   = 9
	nearby = 2
)

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
	for _, name := range places {
		mark, err := g.mark(name)
		if err != nil {
			return err
		}
		g.places[mark] = true
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
	}{{r.All, &r.all}, {r.Any, &r.any}, {r.With, &r.with}, {r.None, &r.none}} {
		for _, name := range list.names {
			number, err := g.mark(name)
			if err != nil {
				return err
			}
			*list.into = append(*list.into, number)
			g.used[number] = true
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
		if !rule.counts(anchor) {
			continue
		}
		if spans := r.around(rule, anchor); spans != nil {
			return spans
		}
	}
	return nil
}

// around returns the anchor and what else of the rule stands near it, or nil if something is missing.
func (r *reading) around(rule *rule, anchor span) []span {
	spans := []span{anchor}
	for _, mark := range rule.all[1:] {
		s, found := r.beside(rule, mark, spans, 0)
		if !found {
			return nil
		}
		spans = append(spans, s)
	}
	for _, choice := range []struct {
		marks []int
		but   why
	}{{rule.any, 0}, {rule.with, negated}} {
		if len(choice.marks) == 0 {
			continue
		}
		s, found := r.oneBeside(rule, choice.marks, spans, choice.but)
		if !found {
			return nil
		}
		spans = append(spans, s)
	}
	return spans
}

func (r *reading) oneBeside(rule *rule, marks []int, so []span, but why) (span, bool) {
	for _, mark := range marks {
		if s, found := r.beside(rule, mark, so, but); found {
			return s, true
		}
	}
	return span{}, false
}

// beside returns a span of the mark near the first of those found so far. One
// word is not two signs, so it does not lie within any of them. It may be
// struck for a reason given in but.
func (r *reading) beside(rule *rule, mark int, so []span, but why) (span, bool) {
	anchor := so[0]
	for _, s := range r.marks[mark] {
		bare := s
		bare.struck &^= but
		if !rule.counts(bare) || slices.ContainsFunc(so, s.within) {
			continue
		}
		if rule.Across {
			return s, true
		}
		reach := near
		if r.tokens[s.start].sentence != r.tokens[anchor.start].sentence {
			reach = nearby
		}
		if apart(s, anchor) <= reach {
			return s, true
		}
	}
	return span{}, false
}

func (r *rule) counts(s span) bool {
	return s.struck == 0 || r.Asked && s.struck == general
}

// live is true if the mark stands somewhere and counts.
func (r *reading) live(mark int) bool {
	return slices.ContainsFunc(r.marks[mark], func(s span) bool { return s.struck == 0 })
}
