package reading

import (
	"hash/maphash"
	"strings"
	"sync/atomic"

	"legcoach/coach/place"
	"legcoach/coach/when"
)

// card is all that is known of a word, whatever stands beside it.
type card struct {
	text  string
	known *known
	slang []string // what it is short for, if nothing here knows it by itself
	when  when.Word
	place place.Word
}

// cards are the cards of words that were read lately: people use the same few
// words again and again. Each has one place, by its hash, which it may lose to another.
type cards struct {
	seed  maphash.Seed
	cards [2048]atomic.Pointer[card]
}

// maxCard is how many bytes a word has at most whose card is kept, so that
// what strangers write takes a bounded room.
const maxCard = 24

// card returns the card of a word.
func (r *Reader) card(word string) *card {
	if len(word) > maxCard {
		return r.newCard(word)
	}
	at := &r.cards.cards[maphash.String(r.cards.seed, word)%uint64(len(r.cards.cards))]
	if c := at.Load(); c != nil && c.text == word {
		return c
	}
	c := r.newCard(strings.Clone(word))
	at.Store(c)
	return c
}

func (r *Reader) newCard(word string) *card {
	c := &card{text: word, known: r.known[word], slang: r.slang[word], when: r.when.Word(word), place: r.atlas.Word(word)}
	if c.known == nil {
		c.known = &unknown
	}
	return c
}
