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
	letters              // three to five letters of a word, or all of it
	trait                // the shape of the message
	groups
)

// groupWeight says how much each group counts.
var groupWeight = [groups]float64{1.6, 1.0, 0.6, 1.2, 0.7, 1.0, 0.4}

const (
	maxFeatures = 640 // of one message
	maxTokens   = 96  // that are looked at
	maxFamilies = 12  // that are coupled
	shortRun    = 3   // letters
	longRun     = 5
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
	families [maxFamilies]kin
	known    int // how many families there are
	// whole says that words are not taken to letters: what the letters of a word
	// weigh together is kept, and only which tokens are words is noted.
	whole  bool
	wholes [maxTokens]uint8
	rows   [maxFeatures]row // room for where the weights stand
	seen   int              // how many wholes there are
}

// kin is a family, and its hash.
type kin struct {
	name string
	hash uint32
}

func (f *features) add(g group, hash uint32, a, b int) {
	if f.n == maxFeatures {
		return
	}
	f.list[f.n] = feature{hash, g, uint16(a), uint16(b)}
	f.n++
	f.count[g]++
}

// reset forgets a message.
func (f *features) reset(whole bool) {
	f.n, f.known, f.seen, f.whole = 0, 0, 0, whole
	f.count = [groups]int{}
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
		f.add(bigram, join(bigram, tokens[last].Hash, edge), last, len(tokens))
	}
	for _, p := range t.Phrases {
		f.family(p.Concept)
	}
	f.couples()
	f.traits(question, number, count)
}

// word adds the features of one word and of the words before it.
func (f *features) word(tokens []words.Token, i, last, before int) {
	here := tokens[i].Hash
	f.add(unigram, join(unigram, 0, here), i, i)
	if last < 0 {
		f.add(bigram, join(bigram, edge, here), len(tokens), i)
	} else {
		f.add(bigram, join(bigram, tokens[last].Hash, here), last, i)
	}
	if before >= 0 {
		f.add(skipped, join(skipped, tokens[before].Hash, here), before, i)
	}
	for _, c := range tokens[i].Concepts {
		f.family(c)
	}
	switch token := &tokens[i]; {
	case token.Kind != words.Word:
	case f.whole:
		f.wholes[f.seen] = uint8(i)
		f.seen++
		f.count[letters] += runs(token.Word)
	default:
		f.letters(token.Word, i)
	}
}

func (f *features) family(name string) {
	for i := range f.known {
		if f.families[i].name == name {
			return
		}
	}
	if f.known == maxFamilies {
		return
	}
	hash := uint32(start.with(byte(family)).text(name))
	f.families[f.known] = kin{name, hash}
	f.add(family, hash, f.known, 0)
	f.known++
}

func (f *features) couples() {
	for i := range f.known {
		for j := range i {
			a, b := f.families[i].hash, f.families[j].hash
			f.add(couple, join(couple, min(a, b), max(a, b)), i, j)
		}
	}
}

// runs returns how many features [features.letters] adds for a word.
func runs(word string) int {
	n := min(len(word), 30) + 2
	total := 0
	for length := shortRun; length <= longRun; length++ {
		total += max(0, n-length+1)
	}
	if n > longRun {
		total++
	}
	return total
}

// letters adds the runs of three to five letters of a word, its edges included, and the whole of a longer one.
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
		for to := from + 2; to < min(from+longRun, n); to++ {
			h = h.with(at(to))
			f.add(letters, uint32(h), token, from<<8|(to+1))
		}
	}
	if n > longRun {
		f.add(letters, uint32(start.with(byte(letters)).with('~').text(word[:n-2]).with('~')), token, n)
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

// join returns the hash of a feature that two hashes make, as the first steps of SplitMix64 mix them.
func join(g group, a, b uint32) uint32 {
	h := uint64(a)<<32 + uint64(b) + uint64(g+1)*0x9e3779b97f4a7c15
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return uint32(h >> 32)
}
