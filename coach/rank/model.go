package rank

import (
	"bytes"
	"encoding/binary"
	"math"
	"sync/atomic"

	"legcoach/coach/words"
)

// model is a softmax regression: for every feature that matters, the weights
// of the meanings that it matters for. It is read where it stands in its file
// (file.go), so that loading it costs next to nothing.
type model struct {
	file   []byte // all of it
	digest uint64
	labels []string
	biases []float32
	scale  float32   // what a weight of 1 counts
	hashes numbers   // of the features, ascending
	first  numbers   // of a feature: its first weight; one more than there are features
	home   numbers   // hashes of the stems that topics and near misses are asked with, ascending
	which  []byte    // of a weight: its label
	weight []byte    // of a weight: its size, an int8
	starts []uint32  // of hashes that begin with the same bits: the first; one more than there are beginnings
	spelt  []spelled // of every word known at start, by ID
}

// numbers are numbers as they stand in a file, four bytes each.
type numbers []byte

func (n numbers) len() int { return len(n) / 4 }

func (n numbers) at(i int) uint32 { return binary.LittleEndian.Uint32(n[4*i:]) }

// beginning is how many bits of a hash say where to look for it.
const beginning = 15

// find returns the number of a feature, or -1 if nothing is known of it.
func (m *model) find(hash uint32) int {
	bits := hash >> (32 - beginning)
	for i, end := int(m.starts[bits]), int(m.starts[bits+1]); i < end; i++ {
		if m.hashes.at(i) == hash {
			return i
		}
	}
	return -1
}

// index prepares find.
func (m *model) index() {
	m.starts = make([]uint32, 1<<beginning+1)
	for i := range m.hashes.len() {
		m.starts[m.hashes.at(i)>>(32-beginning)+1]++
	}
	for i := range 1 << beginning {
		m.starts[i+1] += m.starts[i]
	}
}

// knows reports whether a topic or near miss is asked with a stem.
func (m *model) knows(stem uint32) bool {
	low, high := 0, m.home.len()
	for low < high {
		if middle := (low + high) / 2; m.home.at(middle) < stem {
			low = middle + 1
		} else {
			high = middle
		}
	}
	return low < m.home.len() && m.home.at(low) == stem
}

// spelled is what the letters of a word weigh for each label, once it was asked for.
type spelled struct{ atomic.Pointer[[]int16] }

// spelling returns what the letters of a word weigh that is known at start.
// Whoever asks first works it out; two at once come to the same.
func (m *model) spelling(id int32) []int16 {
	if known := m.spelt[id].Load(); known != nil {
		return *known
	}
	var f features
	f.letters(words.Spelling(int(id)), 0)
	sums := make([]int16, len(m.labels))
	for _, have := range f.list[:f.n] {
		if i := m.find(have.hash); i >= 0 {
			which, weight := m.weights(i)
			for k, label := range which {
				sums[label] += int16(int8(weight[k]))
			}
		}
	}
	m.spelt[id].Store(&sums)
	return sums
}

// weights returns the labels that a feature speaks for or against, and how much.
func (m *model) weights(feature int) (which, weight []byte) {
	from, to := m.first.at(feature), m.first.at(feature+1)
	which = m.which[from:to]
	return which, m.weight[from:to][:len(which)]
}

// logits fills p with the logits of all meanings. Weights are whole numbers
// and are added up as such, so that their order does not matter.
func (m *model) logits(f *features, p []float64) {
	var sums [groups][maxLabels]int32
	for _, have := range f.list[:f.n] {
		i := m.find(have.hash)
		if i < 0 {
			continue
		}
		sum := &sums[have.group]
		which, weight := m.weights(i)
		for k, label := range which {
			sum[label] += int32(int8(weight[k]))
		}
	}
	for _, id := range f.wholes[:f.seen] {
		sum, row := &sums[letters], m.spelling(id)
		for label := range min(len(row), maxLabels) {
			sum[label] += int32(row[label])
		}
	}
	var logits [maxLabels]float32
	copy(logits[:], m.biases)
	for g := range groups {
		if f.count[g] == 0 {
			continue
		}
		value := float32(f.value(g)) * m.scale
		for label, sum := range sums[g][:len(m.labels)] {
			logits[label] += float32(value * float32(sum))
		}
	}
	for label := range m.labels {
		p[label] = float64(logits[label])
	}
}

// explain returns what every feature of a message adds to one meaning.
func (m *model) explain(f *features, label int, t words.Text) []Why {
	var whys []Why
	for _, have := range f.list[:f.n] {
		i := m.find(have.hash)
		if i < 0 {
			continue
		}
		which, weights := m.weights(i)
		if k := bytes.IndexByte(which, byte(label)); k >= 0 {
			weight := f.value(have.group) * float64(m.scale) * float64(int8(weights[k]))
			whys = append(whys, Why{f.name(have, t), weight})
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
		return "[" + f.families[have.a] + "]"
	case couple:
		return "[" + f.families[have.a] + "]&[" + f.families[have.b] + "]"
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
