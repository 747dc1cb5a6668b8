package reading

import "slices"

// ours are the lists and facts that name what is this bot's: sessions, the
// plan and its days, reminders, the streak, what was said before.
var ours = []string{"named", "own", "sport", "messages", "lastthing", "restday", "streakword", "mystuff", "tickmark"}

// strange are those that name what is not.
var strange = []string{"foreign", "elsewhere"}

// refers reports whether an intent that writes is about what is ours: the
// message names something of ours, or what speaks for the intent stands in a
// clause that names nothing else. "Skip tomorrow" is ours by itself and "skip
// tomorrow, the boiler man comes" too, but "skip tomorrow's yoga" is not.
// Where a clause names what is in no list, what was learned decides.
func (r *Reader) refers(m *message, intent score, evidence []Evidence, out float64) bool {
	if !r.in(m, strange, 0, len(m.tokens)) || slices.ContainsFunc(evidence, func(e Evidence) bool {
		return e.Weight > 0 && e.Intent == intent.name && !r.in(m, strange, m.clause(e.from), m.attached(e.to))
	}) {
		return true
	}
	if out > surely && intent.learned < hardly*out {
		return false
	}
	return r.in(m, ours, 0, len(m.tokens)) || intent.learned > likelier*out
}

// What was learned, from 0 to 1.
const (
	likelier = 3.0 // times as likely as what is not ours is what is
	surely   = 0.6 // not ours, whatever is named,
	hardly   = 0.1 // if the intent is less than this part as likely
)

// in reports whether one of the lists has words among tokens from to to-1.
func (r *Reader) in(m *message, lists []string, from, to int) bool {
	return slices.ContainsFunc(lists, func(name string) bool { return m.hasIn(r.numbers[name], from, to) })
}

// clause returns where the clause around token i begins.
func (m *message) clause(i int) int {
	for i > 0 && !m.parts(i-1) {
		i--
	}
	return i
}

// parts reports whether token i parts two clauses.
func (m *message) parts(i int) bool {
	switch m.tokens[i].Text {
	case ",", ".", ";", ":", "!", "?", "-", "(", ")", "but", "so", "because", "cos", "coz", "cuz", "since", "then":
		return !m.tokens[i].Glued
	}
	return false
}

// attached returns where ends what hangs on the words before token i: their
// object, or what it is of, past a date that may stand between.
func (m *message) attached(i int) int {
	for i < len(m.tokens) && !m.parts(i) {
		if to := m.timeAt(i); to > i {
			i = to
			continue
		}
		i++
		switch m.tokens[i-1].Text {
		case "the", "a", "an", "my", "our", "his", "her", "their", "all", "that", "this", "for", "from", "of", "to", "at", "with", "on", "'s", "'":
		default:
			return i
		}
	}
	return i
}

// timeAt returns where the date or time ends that begins at token i, or i.
func (m *message) timeAt(i int) int {
	for _, t := range m.times {
		if t.From == i {
			return t.To
		}
	}
	return i
}
