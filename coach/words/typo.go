package words

import (
	"math/bits"
	"strings"
)

const (
	maxWord    = 24 // bytes; a longer word is no English word and is left alone
	maxGuesses = 8  // misspellings put right in one message
	maxStems   = 40 // words of one message that are stemmed, beside those stemmed at start
)

// vocabulary is what a misspelling may be put right to, by length and first letter.
type vocabulary struct {
	words map[[2]byte][]candidate
}

// candidate is the ID of a word, and which letters it has.
type candidate struct {
	id  int32
	has letters
}

// letters is a set of letters; what is no letter shares their places.
type letters uint32

func lettersOf(word string) (set letters) {
	for i := range len(word) {
		set |= 1 << (word[i] & 31)
	}
	return set
}

// apart returns how many slips there are at least between two words that have
// these letters: one slip takes at most one letter away and brings one in.
func (l letters) apart(o letters) int {
	return max(bits.OnesCount32(uint32(l&^o)), bits.OnesCount32(uint32(o&^l)))
}

func (v *vocabulary) add(word string, id int32) {
	if len(word) < 4 || len(word) > maxWord || !isASCII(word) {
		return
	}
	if v.words == nil {
		v.words = make(map[[2]byte][]candidate, 256)
	}
	key := [2]byte{byte(len(word)), word[0]}
	v.words[key] = append(v.words[key], candidate{id, lettersOf(word)})
}

// closest returns the word of the vocabulary that a misspelling most likely is,
// or nil: one slip in a word of four to seven letters, two in a longer one. One
// of its first two letters must be the first letter.
func (l *lexicon) closest(word string) *entry {
	limit := 1
	switch n := len(word); {
	case n < 4 || n > maxWord || !isASCII(word):
		return nil
	case n >= 8:
		limit = 2
	}
	bestAt, has := limit+1, lettersOf(word)
	var best *entry
	firsts := []byte{word[0], word[1]}
	if word[0] == word[1] {
		firsts = firsts[:1]
	}
	for _, first := range firsts {
		for n := len(word) - limit; n <= len(word)+limit; n++ {
			for _, candidate := range l.words[[2]byte{byte(n), first}] {
				if candidate.has.apart(has) >= bestAt {
					continue
				}
				e := &l.known[candidate.id-1]
				if at := distance(word, e.word, bestAt-1); at < bestAt {
					best, bestAt = e, at
				}
			}
		}
	}
	return best
}

// distance returns how many letters must be left out, put in, changed or
// swapped with their neighbour to make a from b; more than limit is limit+1.
// Both are at most maxWord+2 bytes long.
func distance(a, b string, limit int) int {
	var rows [3][maxWord + 4]int
	before, last, row := &rows[0], &rows[1], &rows[2]
	for j := range len(b) + 1 {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		least := i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			d := min(row[j-1]+1, last[j]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, before[j-2]+1)
			}
			row[j] = d
			least = min(least, d)
		}
		if least > limit {
			return limit + 1
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// reader turns what is written into what it says, one token after another.
type reader struct {
	lexicon *lexicon
	guesses int // how many misspellings it may still put right
	stems   int // how many words it may still stem
}

// read appends what a token says. A single letter right after a digit is a unit, not slang.
func (r *reader) read(tokens []Token, t Token, afterDigit bool) []Token {
	if t.Kind == Mark || t.Kind == Number {
		t.Word, t.Stem, t.Hash, t.Known = t.Text, t.Text, hashOf(t.Text), true
		return append(tokens, t)
	}
	known, plain := r.lexicon.written[t.Text], strings.IndexByte(t.Text, '\'') < 0
	if len(t.Text) > 1 || !afterDigit {
		if known.says == 0 && !plain {
			known.says = r.lexicon.written[strings.ReplaceAll(t.Text, "'", "")].says
		}
		for _, id := range r.lexicon.sayings[known.says] {
			tokens = append(tokens, t.as(&r.lexicon.known[id-1], true))
		}
		if known.says != 0 {
			return tokens
		}
	}
	switch {
	case t.Kind == Emoji:
		t.Word, t.Stem, t.Hash = t.Text, t.Text, hashOf(t.Text)
		return append(tokens, t)
	case known.entry > 0 && plain:
		return append(tokens, t.as(&r.lexicon.known[known.entry-1], true))
	}
	return append(tokens, r.word(t))
}

// spelt is what a token of letters that is not slang was read as, and what that took.
type spelt struct {
	as             *entry
	known, fixed   bool
	guesses, stems int
}

// word reads a token of letters that is not slang. How it was read is kept,
// unless there was not enough left to guess and to stem.
func (r *reader) word(t Token) Token {
	if s := r.lexicon.lately.Get(t.Text); s != nil && s.guesses <= r.guesses && s.stems <= r.stems {
		r.guesses, r.stems, t.Fixed = r.guesses-s.guesses, r.stems-s.stems, s.fixed
		return t.as(s.as, s.known)
	}
	before := *r
	t.Text = strings.Clone(t.Text)
	t = r.spell(t)
	if r.guesses > 0 && r.stems > 0 {
		r.lexicon.lately.Keep(t.Text, spelt{t.entry, t.Known, t.Fixed, before.guesses - r.guesses, before.stems - r.stems})
	}
	return t
}

// spell works out what a token of letters says.
func (r *reader) spell(t Token) Token {
	word := strings.TrimSuffix(t.Text, "'s")
	if strings.IndexByte(word, '\'') >= 0 {
		word = strings.ReplaceAll(word, "'", "")
	}
	if e := r.find(word); e != nil {
		return t.as(e, true)
	}
	if r.stems <= 0 { // so many rare words are no message; the rest of them is only skimmed
		return t.as(&entry{word: word, stem: word, hash: hashOf(word), root: &rootless}, false)
	}
	for _, shorter := range squeezed(word) {
		if e := r.find(shorter); e != nil {
			return t.as(e, true)
		}
		word = shorter
	}
	if r.guesses > 0 {
		r.guesses--
		if guess := r.lexicon.closest(word); guess != nil {
			t.Fixed = true
			return t.as(guess, true)
		}
	}
	return t.as(r.describe(word), false)
}

// find returns what is known of a word, or nil if it is no English word.
func (r *reader) find(word string) *entry {
	if e := r.lexicon.find(word); e != nil {
		return e
	}
	if r.stems <= 0 {
		return nil
	}
	e := r.lexicon.recall(word)
	if e != nil {
		r.stems--
	}
	return e
}

// describe works out what a word is that is not known at start.
func (r *reader) describe(word string) *entry {
	r.stems--
	return r.lexicon.describe(word)
}

func (t Token) as(e *entry, known bool) Token {
	t.Word, t.Stem, t.Hash, t.Concepts, t.ID, t.Known, t.entry = e.word, e.stem, e.hash, e.concepts, int(e.id), known, e
	return t
}

// hashOf returns the FNV-1a hash of a stem.
func hashOf(stem string) uint32 {
	h := uint32(2166136261)
	for i := range len(stem) {
		h = (h ^ uint32(stem[i])) * 16777619
	}
	return h
}

// squeezed returns a drawn-out word with its repeated letters twice and once:
// "soooo" gives "soo" and "so". It returns nothing for a word that is not drawn out.
func squeezed(word string) []string {
	twice, once, drawn := make([]byte, 0, len(word)), make([]byte, 0, len(word)), false
	for i := range len(word) {
		same := i > 0 && word[i] == word[i-1]
		if !same {
			once = append(once, word[i])
		}
		if same && i > 1 && word[i] == word[i-2] {
			drawn = true
			continue
		}
		twice = append(twice, word[i])
	}
	if !drawn || !isASCII(word) {
		return nil
	}
	return []string{string(twice), string(once)}
}
