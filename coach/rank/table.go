package rank

import (
	"encoding/binary"
	"math/bits"
)

// table is hashes as they stand in a file, four bytes each, ascending.
type table struct {
	rows   []byte
	starts []uint32 // of hashes that begin with the same bits: the first; one more than there are beginnings
	shift  int      // what of a hash is no beginning
}

// usual is about how many hashes share their beginning.
const usual = 4

// newTable returns the table of n hashes.
func newTable(rows []byte, n int) table {
	beginning := bits.Len(uint(n / usual))
	t := table{rows, make([]uint32, 1<<beginning+1), 32 - beginning}
	for i := range n {
		t.starts[t.at(i)>>t.shift+1]++
	}
	for i := range 1 << beginning {
		t.starts[i+1] += t.starts[i]
	}
	return t
}

func (t *table) at(row int) uint32 { return binary.LittleEndian.Uint32(t.rows[row*4:]) }

// has reports whether a hash is in the table.
func (t *table) has(hash uint32) bool {
	start := hash >> t.shift
	for i, end := int(t.starts[start]), int(t.starts[start+1]); i < end; i++ {
		if t.at(i) == hash {
			return true
		}
	}
	return false
}

// stream is features as they stand in a file, by hash: the hash, how many weights
// there are, and of each its label and its size, an int8. What is looked at
// together stands together.
type stream struct {
	bytes  []byte
	starts []uint32 // of features whose hashes begin with the same bits: the first; one more than there are beginnings
	shift  int      // what of a hash is no beginning
}

// headSize is how many bytes stand before a feature's weights.
const headSize = 4 + 1

func appendFeature(b []byte, hash uint32, weights []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, hash)
	return append(append(b, byte(len(weights)/2)), weights...)
}

// newStream returns the stream of some features. It fails if they do not end where the last one does.
func newStream(b []byte) (stream, error) {
	const beginning = 15
	s := stream{b, make([]uint32, 1<<beginning+1), 32 - beginning}
	next := 0 // the first beginning whose features were not met yet
	at := 0
	for at+headSize <= len(b) {
		for hash := s.hash(at); next <= int(hash>>s.shift); next++ {
			s.starts[next] = uint32(at)
		}
		at = s.end(at)
	}
	if at != len(b) {
		return s, errModel
	}
	for ; next < len(s.starts); next++ {
		s.starts[next] = uint32(at)
	}
	return s, nil
}

func (s *stream) hash(at int) uint32 { return binary.LittleEndian.Uint32(s.bytes[at:]) }

// end returns where the feature ends that stands at a place.
func (s *stream) end(at int) int { return at + headSize + 2*int(s.bytes[at+headSize-1]) }

// head returns the hash of the first feature that shares the beginning of a
// hash; if there is none, that of a later one.
func (s *stream) head(hash uint32) uint32 {
	at := int(s.starts[hash>>s.shift])
	if at == len(s.bytes) {
		return 1<<32 - 1
	}
	return s.hash(at)
}

// at returns where the weights of a feature stand; nowhere if it has none.
func (s *stream) at(hash uint32) (from, to uint32) {
	start := hash >> s.shift
	for at, end := int(s.starts[start]), int(s.starts[start+1]); at < end; {
		next := s.end(at)
		if s.hash(at) == hash {
			return uint32(at + headSize), uint32(next)
		}
		at = next
	}
	return 0, 0
}

// find returns the labels that a feature speaks for or against, and how much: a byte each, by turns.
func (s *stream) find(hash uint32) []byte {
	from, to := s.at(hash)
	return s.bytes[from:to]
}
