package score

import (
	"fmt"
	"strings"
)

// row is one figure of the table and its bound.
type row struct {
	name  string
	share share
	least float64 // percent that it must reach; or
	most  float64 // percent that it may not pass, if least is 0
}

func (t *Table) rows() []row {
	return []row{
		{"topic right", t.topicRight, 90, 0},
		{"topic right or among the choices", t.topicAmong, 0, 100},
		{"wrong answer given", t.topicWrong, 0, 3},
		{"near miss right", t.nearRight, 88, 0},
		{"out of scope answered", t.outAnswered, 0, 2},
		{"out of scope offered topics", t.outOffered, 0, 100},
		{"intent right", t.intents, 90, 0},
		{"keys right where the intent is", t.keys, 92, 0},
		{"writes nobody asked for", t.writes, 0, 1},
		{"serious seen", t.serious, 97, 0},
		{"false alarms", t.alarms, 0, 4},
	}
}

// String returns the table, one figure a line.
func (t *Table) String() string {
	var b strings.Builder
	for _, r := range t.rows() {
		if r.share.of == 0 {
			continue
		}
		bound := fmt.Sprintf("at least %g", r.least)
		if r.least == 0 {
			bound = fmt.Sprintf("at most %g", r.most)
		}
		fmt.Fprintf(&b, "%-34s %6.1f %%  (%d of %d, %s)\n", r.name, r.share.percent(), r.share.right, r.share.of, bound)
	}
	return b.String()
}

// Percents returns the figures of the table by name.
func (t *Table) Percents() map[string]float64 {
	all := map[string]float64{}
	for _, r := range t.rows() {
		if r.share.of > 0 {
			all[r.name] = r.share.percent()
		}
	}
	return all
}

// Bounds returns the figures that miss their bound, or the one that open gives for it instead.
func (t *Table) Bounds(open map[string]float64) []string {
	var missed []string
	for _, r := range t.rows() {
		p, bound := r.share.percent(), max(r.least, r.most)
		if instead, ok := open[r.name]; ok {
			bound = instead
		}
		if r.share.of > 0 && (r.least > 0 && p < bound || r.least == 0 && p > bound) {
			missed = append(missed, fmt.Sprintf("%s: %.1f %%, bound %g %%", r.name, p, bound))
		}
	}
	return missed
}
