package bolt

import (
	"bytes"
	"fmt"
	"runtime/debug"

	bolt "go.etcd.io/bbolt"
)

// The names of the buckets; doc.go says what is in them.
var (
	inRunner = []byte("runner")
	inAlso   = []byte("also")
	inDue    = []byte("due")
	inLine   = []byte("line")
	inTurn   = []byte("turn")
	inAway   = []byte("away")
	inSeen   = []byte("seen")
	inRef    = []byte("ref")
	inNote   = []byte("note")
	inMeta   = []byte("meta")
)

var buckets = [][]byte{inRunner, inAlso, inDue, inLine, inTurn, inAway, inSeen, inRef, inNote, inMeta}

// tx is a bbolt transaction that seals what it puts and counts its writes.
type tx struct {
	*bolt.Tx
	writes int
	open   map[string]*bolt.Bucket
}

func newTx(t *bolt.Tx) *tx { return &tx{Tx: t, open: map[string]*bolt.Bucket{}} }

// in returns a top bucket.
func (t *tx) in(name []byte) *bolt.Bucket {
	b := t.open[string(name)]
	if b == nil {
		b = t.Bucket(name)
		t.open[string(name)] = b
	}
	return b
}

// get returns the payload under key, nil if there is none; it is gone with the transaction.
func get(b *bolt.Bucket, key []byte) ([]byte, error) {
	v := b.Get(key)
	if v == nil {
		return nil, nil
	}
	return unseal(key, v)
}

func (t *tx) put(b *bolt.Bucket, key, payload []byte) error {
	t.writes++
	return b.Put(key, seal(key, payload))
}

func (t *tx) del(b *bolt.Bucket, key []byte) error {
	t.writes++
	return b.Delete(key)
}

// count adds n to what a bucket's sequence counts.
func (t *tx) count(b *bolt.Bucket, n int) error {
	t.writes++
	return b.SetSequence(b.Sequence() + uint64(n))
}

// keys returns copies of up to max keys of b from a first one on, while more says so.
// Nothing may be deleted under a moving cursor, so keys are collected first.
func keys(b *bolt.Bucket, from []byte, max int, more func(key []byte) bool) [][]byte {
	var found [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(from); k != nil && len(found) < max && more(k); k, _ = c.Next() {
		found = append(found, bytes.Clone(k))
	}
	return found
}

// under returns a condition for keys: it holds for those that begin with p.
func under(p []byte) func([]byte) bool {
	return func(key []byte) bool { return bytes.HasPrefix(key, p) }
}

// view reads. What bbolt makes of a damaged page, a panic or a fault, becomes an error.
func (s *Store) view(read func(*tx) error) (err error) {
	s.mu.RLock()
	err = s.refusal()
	s.mu.RUnlock()
	if err != nil {
		return err
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	t, err := s.db.Begin(false)
	if err != nil {
		return fmt.Errorf("read store %s: %w", s.path, err)
	}
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read store %s: %w", s.path, panicked(p))
		}
		if rollback := t.Rollback(); err == nil && rollback != nil {
			err = rollback
		}
	}()
	return read(newTx(t))
}
