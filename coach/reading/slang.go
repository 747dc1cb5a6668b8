package reading

import (
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

// spellOut returns tokens with short forms spelt out. A letter on a number is its unit.
func (r *Reader) spellOut(tokens []token.Token) []token.Token {
	for i := 0; i < len(tokens); i++ {
		t := tokens[i]
		if t.Class != token.Word || len(t.Text) == 1 && (t.Glued || i+1 < len(tokens) && tokens[i+1].Glued) {
			continue
		}
		says := r.card(t.Text).slang
		if says == nil {
			continue
		}
		tokens[i].Text = says[0]
		for _, more := range says[1:] {
			i++
			tokens = append(tokens[:i], append([]token.Token{{Text: more, Start: t.Start, End: t.End, Glued: true, Value: -1}}, tokens[i:]...)...)
		}
	}
	return tokens
}
