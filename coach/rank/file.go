package rank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"

	"legcoach/coach/words"
)

// packed is a model as it was learned, before it is written.
//
// Its file is little-endian: the magic, the digest of what it was learned from,
// the number of labels, features, weights, home stems and bytes of the labels, the
// scale; then the biases; the hashes of the features, ascending; the first weight of
// each, and where the last one's end; the home stems; the labels, one a line; the weights'
// labels; the weights.
type packed struct {
	digest        uint64
	scale         float32
	labels        []string
	biases        []float32
	hashes, first []uint32
	home          []uint32
	which, weight []byte
}

const magic = "legrank3"

// maxLabels is how many meanings there can be: the number of one is a byte.
const maxLabels = 256

// bytes returns the file.
func (m *packed) bytes() []byte {
	names := strings.Join(m.labels, "\n")
	b := []byte(magic)
	put := binary.LittleEndian
	b = put.AppendUint64(b, m.digest)
	for _, n := range []int{len(m.labels), len(m.hashes), len(m.which), len(m.home), len(names)} {
		b = put.AppendUint32(b, uint32(n))
	}
	b = put.AppendUint32(b, math.Float32bits(m.scale))
	for _, bias := range m.biases {
		b = put.AppendUint32(b, math.Float32bits(bias))
	}
	for _, list := range [][]uint32{m.hashes, m.first, m.home} {
		for _, n := range list {
			b = put.AppendUint32(b, n)
		}
	}
	b = append(b, names...)
	b = append(b, m.which...)
	return append(b, m.weight...)
}

var errModel = errors.New("not a file of weights")

// readModel reads what bytes wrote. It keeps data, and never writes to it.
func readModel(data []byte) (*model, error) {
	const head = len(magic) + 8 + 6*4
	if len(data) < head || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("read weights: %w", errModel)
	}
	number := func(i int) int { return int(numbers(data[len(magic)+8:]).at(i)) }
	labels, features, weights, home, names := number(0), number(1), number(2), number(3), number(4)
	if len(data) != head+4*(labels+2*features+1+home)+names+2*weights || labels > maxLabels {
		return nil, fmt.Errorf("read weights: %d bytes: %w", len(data), errModel)
	}
	rest := data[head:]
	take := func(n int) []byte {
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	m := &model{file: data, digest: binary.LittleEndian.Uint64(data[len(magic):]), scale: math.Float32frombits(uint32(number(5)))}
	biases := numbers(take(4 * labels))
	for i := range labels {
		m.biases = append(m.biases, math.Float32frombits(biases.at(i)))
	}
	m.hashes, m.first, m.home = take(4*features), take(4*features+4), take(4*home)
	m.labels = strings.Split(string(take(names)), "\n")
	m.which, m.weight = take(weights), take(weights)
	if int(m.first.at(features)) != weights || len(m.labels) != labels {
		return nil, fmt.Errorf("read weights: %w", errModel)
	}
	m.index()
	m.spelt = make([]spelled, words.Known()+1)
	return m, nil
}
