package reading

import (
	"slices"

	"legcoach/coach/token"
	"legcoach/coach/words"
)

// learnSlang takes over the short forms of package words that nothing here
// knows by itself: "nvm", "whit", "tmrw" are read as what they say.
func (r *Reader) learnSlang() {
	r.slang = map[string][]string{}
	for written, says := range words.Spellings() {
		known := r.spell.words[written] || r.vocabulary[written] != 0 || r.when.Knows(written)
		if !known && isWord(written) {
			r.slang[written] = says
		}
	}
}

// isWord reports whether s is written in letters alone, so that it is one token.
func isWord(s string) bool {
	tokens := token.Split(s)
	return len(tokens) == 1 && tokens[0].Class == token.Word
}

// spellOut looks up the words of a message, and spells short forms out. A letter on a number is its unit.
func (m *message) spellOut(r *Reader) {
	for i := 0; i < len(m.plain); i++ {
		t := m.plain[i]
		card := r.card(t.Text)
		m.cards = append(m.cards, card)
		if t.Class != token.Word || len(t.Text) == 1 && (t.Glued || i+1 < len(m.plain) && m.plain[i+1].Glued) {
			continue
		}
		for j, word := range card.slang {
			if j == 0 {
				m.plain[i].Text, m.cards[i] = word, r.card(word)
				continue
			}
			i++
			m.plain = slices.Insert(m.plain, i, token.Token{Text: word, Start: t.Start, End: t.End, Glued: true, Value: -1})
			m.cards = append(m.cards, r.card(word))
		}
	}
}
