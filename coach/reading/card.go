package reading

import (
	"legcoach/coach/place"
	"legcoach/coach/when"
)

// card is all that is known of a word, whatever stands beside it.
type card struct {
	known *known
	slang []string // what it is short for, if nothing here knows it by itself
	when  when.Word
	place place.Word
}

// card returns the card of a word.
func (r *Reader) card(word string) *card {
	if c := r.cards.Get(word); c != nil {
		return c
	}
	c := card{r.known[word], r.slang[word], r.when.Word(word), r.atlas.Word(word)}
	if c.known == nil {
		c.known = &unknown
	}
	return r.cards.Keep(word, c)
}
