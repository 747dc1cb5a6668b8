package rank

import (
	"math"

	"legcoach/coach/words"
)

// group is a sort of feature. Each group of a message weighs the same however
// long the message is.
type group uint8

const (
	unigram group = iota // one stem
	bigram               // two stems in a row
	skipped              // two stems with one between them
	family               // a family of words
	couple               // two families anywhere in the message
	letters              // three to five letters of a word
	trait                // the shape of the message
	groups
)

// groupWeight says how much each group counts.
var groupWeight = [groups]float64{1.6, 1.0, 0.6, 1.2, 0.7, 1.0, 0.4}

const (
	maxFeatures = 640 // of one message
	maxTokens   = 96  // that are looked at
	maxFamilies = 12  // that are coupled
)

// feature is something that a message has: a hash, and where it was seen, so
// that it can be named when somebody asks.
type feature struct {
	hash  uint32
	group group
	a, b  uint16 // of a stem: its token. Of families: their places. Of letters: token, and from<<8|to.
}

// features are what is looked at in one message.
type features struct {
	list     [maxFeatures]feature
	n        int
	count    [groups]int
	families [maxFamilies]string
	known    int // how many families there are
	// whole says that words known at start are not taken to letters: what their
	// letters weigh together is known, and only which words they are is kept.
	whole  bool
	wholes [maxTokens]int32
	seen   int // how many wholes there are
}

func (f *features) add(g group, hash uint32, a, b int) {
	if f.n == maxFeatures {
		return
	}
	f.list[f.n] = feature{hash, g, uint16(a), uint16(b)}
	f.n++
	f.count[g]++
}

// value returns what one feature of a group counts.
func (f *features) value(g group) float64 {
	return groupWeight[g] / math.Sqrt(float64(max(1, f.count[g])))
}

// read finds the features of a message.
func (f *features) read(t words.Text) {
	tokens := t.Tokens[:min(len(t.Tokens), maxTokens)]
	before, last := -1, -1 // the words before
	question, number, count := false, false, 0
	for i := range tokens {
		token := &tokens[i]
		if token.Kind == words.Mark {
			question = question || token.Text == "?"
			continue
		}
		number = number || token.Kind == words.Number
		f.word(tokens, i, last, before)
		before, last = last, i
		count++
	}
	if last >= 0 {
		f.add(bigram, join(stemHash(tokens, last), edge), last, len(tokens))
	}
	for _, p := range t.Phrases {
		f.family(p.Concept)
	}
	f.couples()
	f.traits(question, number, count)
}

// word adds the features of one word and of the words before it.
func (f *features) word(tokens []words.Token, i, last, before int) {
	here := stemHash(tokens, i)
	f.add(unigram, uint32(start.with(byte(unigram)).number(here)), i, i)
	if last < 0 {
		f.add(bigram, join(edge, here), len(tokens), i)
	} else {
		f.add(bigram, join(stemHash(tokens, last), here), last, i)
	}
	if before >= 0 {
		f.add(skipped, uint32(start.with(byte(skipped)).number(stemHash(tokens, before)).number(here)), before, i)
	}
	for _, c := range tokens[i].Concepts {
		f.family(c)
	}
	switch token := &tokens[i]; {
	case token.Kind != words.Word:
	case f.whole && token.ID > 0:
		f.wholes[f.seen] = int32(token.ID)
		f.seen++
		f.count[letters] += runs(token.Word)
	default:
		f.letters(token.Word, i)
	}
}

func (f *features) family(name string) {
	for i := range f.known {
		if f.families[i] == name {
			return
		}
	}
	if f.known == maxFamilies {
		return
	}
	f.families[f.known] = name
	f.add(family, uint32(start.with(byte(family)).text(name)), f.known, 0)
	f.known++
}

func (f *features) couples() {
	for i := range f.known {
		for j := range i {
			a, b := f.families[i], f.families[j]
			if a > b {
				a, b = b, a
			}
			f.add(couple, uint32(start.with(byte(couple)).text(a).with('&').text(b)), i, j)
		}
	}
}

// runs returns how many features [features.letters] adds for a word.
func runs(word string) int {
	n := min(len(word), 30) + 2
	total := 0
	for length := 3; length <= 5; length++ {
		total += max(0, n-length+1)
	}
	return total
}

// letters adds the runs of three to five letters of a word, its edges included.
func (f *features) letters(word string, token int) {
	n := min(len(word), 30) + 2
	at := func(i int) byte {
		if i == 0 || i == n-1 {
			return '~'
		}
		return word[i-1]
	}
	for from := range n - 2 {
		h := start.with(byte(letters)).with(at(from)).with(at(from + 1))
		for to := from + 2; to < min(from+5, n); to++ {
			h = h.with(at(to))
			f.add(letters, uint32(h), token, from<<8|(to+1))
		}
	}
}

// traits names what [features.traits] may find, in the order of their numbers.
var traits = []string{"?", "no ?", "number", "one word", "short", "long"}

func (f *features) traits(question, number bool, count int) {
	has := []bool{question, !question, number, count <= 1, count > 1 && count <= 4, count > 20}
	for i, yes := range has {
		if yes {
			f.add(trait, uint32(start.with(byte(trait)).with(byte(i))), i, 0)
		}
	}
}

// hash is a running FNV-1a hash.
type hash uint32

const start hash = 2166136261

// edge stands for the beginning and the end of a message.
const edge uint32 = 0x9e3779b9

func (h hash) with(b byte) hash { return (h ^ hash(b)) * 16777619 }

func (h hash) text(s string) hash {
	for i := range len(s) {
		h = h.with(s[i])
	}
	return h
}

// number adds the four bytes of a number.
func (h hash) number(v uint32) hash {
	for range 4 {
		h = h.with(byte(v))
		v >>= 8
	}
	return h
}

func join(a, b uint32) uint32 {
	return uint32(start.with(byte(bigram)).number(a).number(b))
}

func stemHash(tokens []words.Token, i int) uint32 { return uint32(start.text(tokens[i].Stem)) }
