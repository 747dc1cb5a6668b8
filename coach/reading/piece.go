package reading

import (
	"slices"
	"strings"

	"legcoach/coach/when"
)

// maxPieces is how many sentences or clauses of a message are read one by one.
const maxPieces = 4

// pieces returns what a message that is no write as a whole, but may be one in
// part, is read in one by one: its sentences, or the clauses of its only one if
// that was not understood: "combined hills and squats, because tomorrow I travel".
func (r *Reader) pieces(m *message, intent string) (pieces []string, clauses bool) {
	sentences := m.divided(func(i int) bool {
		switch m.tokens[i].Text {
		case ".", "!", "?", ";":
			return i+1 == len(m.tokens) || !m.tokens[i+1].Glued
		}
		return false
	})
	if len(sentences) > 1 || intent != OutOfScope && intent != DidYouMean && intent != Answer || r.supposes(m) {
		return sentences, false
	}
	return m.divided(func(i int) bool { return r.parts(m, i) }), true
}

// inClauses are the intents for which clauses are read by themselves.
var inClauses = map[string]bool{Log: true, Skip: true}

// supposes reports whether a message says what would be, or asks.
func (r *Reader) supposes(m *message) bool {
	return slices.ContainsFunc(m.tokens, func(t mended) bool { return t.Text == "?" || r.particles.Supposes[t.Text] })
}

// divided returns what stands between the tokens of the message that end something.
func (m *message) divided(ends func(i int) bool) []string {
	var all []string
	from := 0
	for i := range m.tokens {
		if ends(i) {
			all, from = append(all, m.text[from:m.tokens[i].End]), m.tokens[i].End
		}
	}
	if rest := strings.TrimSpace(m.text[from:]); rest != "" {
		all = append(all, rest)
	}
	return all
}

// borrow takes the only day of a message for a piece of it that names none:
// "on a double tomorrow. no chance of a run".
func (r *Reader) borrow(one *Reading, piece, m *message, c Context) {
	aDay := func(t when.Mention) bool { return t.What == when.ADay }
	if one.Intent != Skip && one.Intent != Rest || slices.ContainsFunc(piece.times, aDay) {
		return
	}
	if s := r.slotsOf(m, c); len(s.days()) == 1 {
		one.Date = s.near(s.days()[0], s.toldAsPast())
	}
}
