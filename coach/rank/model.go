package rank

import (
	"math"
	"sync/atomic"

	"legcoach/coach/recent"
	"legcoach/coach/words"
)

// model is a softmax regression: for every feature that matters, the weights
// of the meanings that it matters for. It is read where it stands in its file
// (file.go), so that loading it costs next to nothing.
type model struct {
	file     []byte // all of it
	digest   uint64
	labels   []string
	biases   []float32
	scale    float32                   // what a weight of 1 counts
	features stream                    // and their weights
	home     table                     // hashes of the stems that topics and near misses are asked with
	spelt    []atomic.Pointer[spelled] // of every word known at start, by ID, once it was asked for
	lately   *recent.Words[spelled]    // of others
}

// spelled is what the letters of a word weigh for each label.
type spelled []int16

// spelling returns what the letters of a word weigh, be it known at start, whose
// spelling is kept for good, or another that was asked for lately. Whoever asks
// first works it out; two at once come to the same.
func (m *model) spelling(t *words.Token) spelled {
	if t.ID > 0 {
		if known := m.spelt[t.ID].Load(); known != nil {
			return *known
		}
		sums := m.spell(t.Word)
		m.spelt[t.ID].Store(&sums)
		return sums
	}
	if known := m.lately.Get(t.Word); known != nil {
		return *known
	}
	return *m.lately.Keep(t.Word, m.spell(t.Word))
}

func (m *model) spell(word string) spelled {
	f := sheets.Get().(*features)
	defer sheets.Put(f)
	f.reset(false)
	f.letters(word, 0)
	sums := make(spelled, len(m.labels))
	for _, have := range f.list[:f.n] {
		for w := m.features.find(have.hash); len(w) > 1; w = w[2:] {
			sums[w[0]] += int16(int8(w[1]))
		}
	}
	return sums
}

// logits fills p with the logits of all meanings. They are added up as whole
// numbers, so that their order does not matter.
func (m *model) logits(f *features, tokens []words.Token, p []float64) {
	const one = 1 << 32 // what stands for a logit of 1
	var worth [groups]int64
	for g := range groups {
		worth[g] = int64(f.value(g) * float64(m.scale) * one)
	}
	var sums [maxLabels]int64
	for _, r := range m.find(f, f.rows[:0]) {
		each, w := worth[r.group], m.features.bytes[r.from:r.to]
		for ; len(w) > 7; w = w[8:] { // four at a time
			sums[w[0]] += each * int64(int8(w[1]))
			sums[w[2]] += each * int64(int8(w[3]))
			sums[w[4]] += each * int64(int8(w[5]))
			sums[w[6]] += each * int64(int8(w[7]))
		}
		for ; len(w) > 1; w = w[2:] {
			sums[w[0]] += each * int64(int8(w[1]))
		}
	}
	m.wholes(f, tokens, worth[letters], sums[:len(m.labels)])
	for label := range m.labels {
		p[label] = float64(m.biases[label]) + float64(sums[label])/one
	}
}

// row is where the weights of a feature stand, and its group.
type row struct {
	from, to uint32
	group    group
}

// find appends the rows of a message's features. They are more than a processor
// keeps near itself, so that nearly every look at them is waited for. Therefore
// a first loop only asks for what the second then looks at: the waits are at the same time.
func (m *model) find(f *features, rows []row) []row {
	var heads [maxFeatures]uint32
	for i := range f.n {
		heads[i] = m.features.head(f.list[i].hash)
	}
	for i := range f.n {
		have := &f.list[i]
		if heads[i] > have.hash {
			continue
		}
		if from, to := m.features.at(have.hash); from < to {
			rows = append(rows, row{from, to, have.group})
		}
	}
	return rows
}

// wholes adds what the letters of words weigh, two words at a time.
func (m *model) wholes(f *features, tokens []words.Token, each int64, sums []int64) {
	wholes := f.wholes[:f.seen]
	for ; len(wholes) > 1; wholes = wholes[2:] {
		a, b := m.spelling(&tokens[wholes[0]])[:len(sums)], m.spelling(&tokens[wholes[1]])[:len(sums)]
		for label := range sums {
			sums[label] += each * (int64(a[label]) + int64(b[label]))
		}
	}
	for _, i := range wholes {
		for label, weight := range m.spelling(&tokens[i])[:len(sums)] {
			sums[label] += each * int64(weight)
		}
	}
}

// explain returns what every feature of a message adds to one meaning.
func (m *model) explain(f *features, label int, t words.Text) []Why {
	var whys []Why
	for _, have := range f.list[:f.n] {
		for w := m.features.find(have.hash); len(w) > 1; w = w[2:] {
			if int(w[0]) == label {
				weight := f.value(have.group) * float64(m.scale) * float64(int8(w[1]))
				whys = append(whys, Why{f.name(have, t), weight})
			}
		}
	}
	return whys
}

// name says what a feature is.
func (f *features) name(have feature, t words.Text) string {
	stem := func(i uint16) string {
		if int(i) >= min(len(t.Tokens), maxTokens) {
			return "|"
		}
		return t.Tokens[i].Stem
	}
	switch have.group {
	case unigram:
		return stem(have.a)
	case bigram:
		return stem(have.a) + "+" + stem(have.b)
	case skipped:
		return stem(have.a) + ".." + stem(have.b)
	case family:
		return "[" + f.families[have.a].name + "]"
	case couple:
		return "[" + f.families[have.a].name + "]&[" + f.families[have.b].name + "]"
	case letters:
		return ("~" + t.Tokens[have.a].Word + "~")[have.b>>8 : min(int(have.b&0xff), len(t.Tokens[have.a].Word)+2)]
	}
	return traits[have.a]
}

// softmax turns logits into likelihoods that sum to 1.
func softmax(p []float64) {
	top := math.Inf(-1)
	for _, x := range p {
		top = max(top, x)
	}
	sum := 0.0
	for i, x := range p {
		p[i] = exp(x - top)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
}

// exp is e to the power of x for x at most 0, to a few parts in a million, and 0
// below one in a billion: the same on every machine, which math.Exp is not.
func exp(x float64) float64 {
	if x < -21 {
		return 0
	}
	r := x / 32
	sum := 1 + float64(r*(1.0/7))
	sum = 1 + float64(float64(r*sum)*(1.0/6))
	sum = 1 + float64(float64(r*sum)*(1.0/5))
	sum = 1 + float64(float64(r*sum)*(1.0/4))
	sum = 1 + float64(float64(r*sum)*(1.0/3))
	sum = 1 + float64(float64(r*sum)*(1.0/2))
	sum = 1 + float64(r*sum)
	sum *= sum
	sum *= sum
	sum *= sum
	sum *= sum
	return sum * sum
}
