package rank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"

	"legcoach/coach/words"
)

// packed is a model as it was learned, before it is written.
//
// Its file is little-endian: the magic, the digest of what it was learned from,
// the number of labels, features, weights, home stems and bytes of the labels, the
// scale; then the biases; the hash and the first weight of every feature, by hash, and
// a row that says where the last one's weights end; the home stems; the labels, one a
// line; the label and the size of every weight.
type packed struct {
	digest        uint64
	scale         float32
	labels        []string
	biases        []float32
	hashes, first []uint32
	home          []uint32
	weights       []byte // label and size of each
}

const magic = "legrank4"

// maxLabels is how many meanings there can be: the number of one is a byte.
const maxLabels = 256

// bytes returns the file.
func (m *packed) bytes() []byte {
	names := strings.Join(m.labels, "\n")
	b := []byte(magic)
	put := binary.LittleEndian
	b = put.AppendUint64(b, m.digest)
	for _, n := range []int{len(m.labels), len(m.hashes), len(m.weights) / 2, len(m.home), len(names)} {
		b = put.AppendUint32(b, uint32(n))
	}
	b = put.AppendUint32(b, math.Float32bits(m.scale))
	for _, bias := range m.biases {
		b = put.AppendUint32(b, math.Float32bits(bias))
	}
	for i, first := range m.first {
		hash := uint32(math.MaxUint32) // of the row that only ends the last
		if i < len(m.hashes) {
			hash = m.hashes[i]
		}
		b = put.AppendUint32(put.AppendUint32(b, hash), first)
	}
	for _, hash := range m.home {
		b = put.AppendUint32(b, hash)
	}
	b = append(b, names...)
	return append(b, m.weights...)
}

var errModel = errors.New("not a file of weights")

// readModel reads what bytes wrote. It keeps data, and never writes to it.
func readModel(data []byte) (*model, error) {
	const head = len(magic) + 8 + 6*4
	if len(data) < head || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("read weights: %w", errModel)
	}
	number := func(i int) uint32 { return binary.LittleEndian.Uint32(data[len(magic)+8+4*i:]) }
	labels, features, weights, home, names := int(number(0)), int(number(1)), int(number(2)), int(number(3)), int(number(4))
	if len(data) != head+4*labels+8*(features+1)+4*home+names+2*weights || labels > maxLabels {
		return nil, fmt.Errorf("read weights: %d bytes: %w", len(data), errModel)
	}
	rest := data[head:]
	take := func(n int) []byte {
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	m := &model{file: data, digest: binary.LittleEndian.Uint64(data[len(magic):]), scale: math.Float32frombits(number(5))}
	for range labels {
		m.biases = append(m.biases, math.Float32frombits(binary.LittleEndian.Uint32(take(4))))
	}
	m.features = newTable(take(8*(features+1)), 8, features)
	m.home = newTable(take(4*home), 4, home)
	m.labels = strings.Split(string(take(names)), "\n")
	m.weights = take(2 * weights)
	if int(m.features.at(features, 1)) != weights || len(m.labels) != labels {
		return nil, fmt.Errorf("read weights: %w", errModel)
	}
	m.spelt = make([]atomic.Pointer[spelled], words.Known()+1)
	return m, nil
}
