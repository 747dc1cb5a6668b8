package rank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"

	"legcoach/coach/words"
)

// model is a softmax regression: for every feature that matters, the weights
// of the meanings that it matters for.
//
// Its file is little-endian: the magic, the digest of what it was learned from, the number of labels,
// features, weights and home stems, the scale; then the labels, one a line; the biases; the
// features' hashes, ascending; how many weights each has; the weights' labels; the
// weights; the home stems.
type model struct {
	digest uint64
	labels []string
	biases []float32
	scale  float32 // what a weight of 1 counts
	hashes []uint32
	first  []uint32 // of a feature: its first weight; one more than there are features
	which  []byte   // of a weight: its label
	weight []byte   // of a weight: its size, an int8
	home   []uint32 // hashes of the stems that topics and near misses are asked with, ascending
	slots  []uint32 // open addressing: feature + 1, or 0
	spelt  []int16  // of every word known at start, by ID: what its letters weigh for each label
}

const magic = "legrank2"

// find returns the number of a feature, or -1 if nothing is known of it.
func (m *model) find(hash uint32) int {
	mask := uint32(len(m.slots) - 1)
	for at := spread(hash) & mask; ; at = (at + 1) & mask {
		slot := m.slots[at]
		if slot == 0 {
			return -1
		}
		if m.hashes[slot-1] == hash {
			return int(slot - 1)
		}
	}
}

func spread(h uint32) uint32 {
	h ^= h >> 15
	return h * 0x2c1b3c6d >> 7
}

// index prepares find.
func (m *model) index() {
	size := 1
	for size < 2*len(m.hashes)+1 {
		size *= 2
	}
	m.slots = make([]uint32, size)
	for i, h := range m.hashes {
		at := spread(h) & uint32(size-1)
		for m.slots[at] != 0 {
			at = (at + 1) & uint32(size-1)
		}
		m.slots[at] = uint32(i + 1)
	}
}

// spell works out what the letters of all words weigh that are known at start.
func (m *model) spell() {
	m.spelt = make([]int16, (words.Known()+1)*len(m.labels))
	for id := 1; id <= words.Known(); id++ {
		var f features
		f.letters(words.Spelling(id), 0)
		sums := m.spelt[id*len(m.labels):][:len(m.labels)]
		for _, have := range f.list[:f.n] {
			if i := m.find(have.hash); i >= 0 {
				for k := m.first[i]; k < m.first[i+1]; k++ {
					sums[m.which[k]] += int16(int8(m.weight[k]))
				}
			}
		}
	}
}

// logits fills p with the logits of all meanings.
func (m *model) logits(f *features, p []float64) {
	var sums [256]float32
	var values [groups]float32
	for g := range groups {
		values[g] = float32(f.value(g)) * m.scale
	}
	for _, have := range f.list[:f.n] {
		i := m.find(have.hash)
		if i < 0 {
			continue
		}
		value := values[have.group]
		from, to := m.first[i], m.first[i+1]
		which, weight := m.which[from:to], m.weight[from:to]
		for k, label := range which {
			sums[label] += float32(value * float32(int8(weight[k])))
		}
	}
	for _, id := range f.wholes[:f.seen] {
		for label, weight := range m.spelt[int(id)*len(m.labels):][:len(m.labels)] {
			sums[label] += float32(values[letters] * float32(weight))
		}
	}
	for i, bias := range m.biases {
		p[i] = float64(bias + sums[i])
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
		for k := m.first[i]; k < m.first[i+1]; k++ {
			if int(m.which[k]) == label {
				weight := f.value(have.group) * float64(m.scale) * float64(int8(m.weight[k]))
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
	r, sum := x/32, 1.0
	for i := 7; i > 0; i-- {
		sum = 1 + float64(float64(r*sum)*inverse[i])
	}
	for range 5 {
		sum *= sum
	}
	return sum
}

// inverse holds 1/i.
var inverse = [...]float64{0, 1, 1.0 / 2, 1.0 / 3, 1.0 / 4, 1.0 / 5, 1.0 / 6, 1.0 / 7}

var errModel = errors.New("not a file of weights")

// bytes returns the file of the model.
func (m *model) bytes() []byte {
	names := strings.Join(m.labels, "\n")
	b := []byte(magic)
	put := binary.LittleEndian
	b = put.AppendUint64(b, m.digest)
	for _, n := range []int{len(names), len(m.labels), len(m.hashes), len(m.which), len(m.home)} {
		b = put.AppendUint32(b, uint32(n))
	}
	b = put.AppendUint32(b, math.Float32bits(m.scale))
	b = append(b, names...)
	for _, bias := range m.biases {
		b = put.AppendUint32(b, math.Float32bits(bias))
	}
	for _, h := range m.hashes {
		b = put.AppendUint32(b, h)
	}
	for i := range m.hashes {
		b = append(b, byte(m.first[i+1]-m.first[i]))
	}
	b = append(b, m.which...)
	b = append(b, m.weight...)
	for _, h := range m.home {
		b = put.AppendUint32(b, h)
	}
	return b
}

// readModel reads what bytes wrote. It keeps parts of data.
func readModel(data []byte) (*model, error) {
	const head = len(magic) + 8 + 6*4
	if len(data) < head || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("read weights: %w", errModel)
	}
	get := binary.LittleEndian
	number := func(i int) int { return int(get.Uint32(data[len(magic)+8+4*i:])) }
	names, labels, features, weights, home := number(0), number(1), number(2), number(3), number(4)
	if len(data) != head+names+4*labels+5*features+2*weights+4*home || labels > 256 {
		return nil, fmt.Errorf("read weights: %d bytes: %w", len(data), errModel)
	}
	m := &model{digest: get.Uint64(data[len(magic):]), scale: math.Float32frombits(uint32(number(5)))}
	data = data[head:]
	m.labels, data = strings.Split(string(data[:names]), "\n"), data[names:]
	for range labels {
		m.biases = append(m.biases, math.Float32frombits(get.Uint32(data)))
		data = data[4:]
	}
	m.hashes = make([]uint32, features)
	for i := range m.hashes {
		m.hashes[i] = get.Uint32(data[4*i:])
	}
	data = data[4*features:]
	m.first = make([]uint32, features+1)
	for i := range features {
		m.first[i+1] = m.first[i] + uint32(data[i])
	}
	data = data[features:]
	m.which, m.weight, data = data[:weights], data[weights:2*weights], data[2*weights:]
	for i := range home {
		m.home = append(m.home, get.Uint32(data[4*i:]))
	}
	if int(m.first[features]) != weights || len(m.labels) != labels {
		return nil, fmt.Errorf("read weights: %w", errModel)
	}
	m.index()
	m.spell()
	return m, nil
}
