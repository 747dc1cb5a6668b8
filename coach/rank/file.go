package rank

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"strings"
	"sync/atomic"

	"legcoach/coach/recent"
	"legcoach/coach/words"
)

// packed is a model as it was learned, before it is written.
//
// Its file is little-endian: the magic, the digest of what it was learned from,
// the number of labels, of bytes of the features, of home stems and of bytes of
// the labels, the scale; then the biases; the home stems; the labels, one a line;
// the features.
type packed struct {
	digest   uint64
	scale    float32
	labels   []string
	biases   []float32
	home     []uint32
	features []byte // as appendFeature makes them, by hash
}

const magic = "legrank5"

// maxLabels is how many meanings there can be: the number of one, and how many
// weights a feature has, are a byte.
const maxLabels = 255

// bytes returns the file.
func (m *packed) bytes() []byte {
	names := strings.Join(m.labels, "\n")
	b := []byte(magic)
	put := binary.LittleEndian
	b = put.AppendUint64(b, m.digest)
	for _, n := range []int{len(m.labels), len(m.features), len(m.home), len(names)} {
		b = put.AppendUint32(b, uint32(n))
	}
	b = put.AppendUint32(b, math.Float32bits(m.scale))
	for _, bias := range m.biases {
		b = put.AppendUint32(b, math.Float32bits(bias))
	}
	for _, hash := range m.home {
		b = put.AppendUint32(b, hash)
	}
	b = append(b, names...)
	return append(b, m.features...)
}

var errModel = errors.New("not a file of weights")

// readModel reads what bytes wrote. It keeps data, and never writes to it.
func readModel(data []byte) (*model, error) {
	const head = len(magic) + 8 + 5*4
	if len(data) < head || string(data[:len(magic)]) != magic {
		return nil, fmt.Errorf("read weights: %w", errModel)
	}
	number := func(i int) uint32 { return binary.LittleEndian.Uint32(data[len(magic)+8+4*i:]) }
	labels, features, home, names := int(number(0)), int(number(1)), int(number(2)), int(number(3))
	if len(data) != head+4*labels+4*home+names+features || labels > maxLabels {
		return nil, fmt.Errorf("read weights: %d bytes: %w", len(data), errModel)
	}
	rest := data[head:]
	take := func(n int) []byte {
		part := rest[:n]
		rest = rest[n:]
		return part
	}
	m := &model{file: data, digest: binary.LittleEndian.Uint64(data[len(magic):]), scale: math.Float32frombits(number(4))}
	for range labels {
		m.biases = append(m.biases, math.Float32frombits(binary.LittleEndian.Uint32(take(4))))
	}
	m.home = newTable(take(4*home), home)
	m.labels = strings.Split(string(take(names)), "\n")
	var err error
	if m.features, err = newStream(take(features)); err != nil || len(m.labels) != labels {
		return nil, fmt.Errorf("read weights: %w", errModel)
	}
	const rare = 1024 // words; each takes a quarter of a kilobyte
	m.lately = recent.New[spelled](rare)
	m.spelt = make([]atomic.Pointer[spelled], words.Known()+1)
	return m, nil
}
