// Package pack writes numbers, texts and times one after another, as short as
// they are, and reads them again in the same order. What they mean stands
// nowhere: writer and reader have to agree on it.
package pack

import (
	"encoding/binary"
	"errors"
	"time"
)

// ErrCut means that the bytes end before what is read, or make no sense there.
var ErrCut = errors.New("the bytes are cut off or no such thing")

// Writer appends to Bytes.
type Writer struct{ Bytes []byte }

// Int writes a number, in fewer bytes the nearer to zero it is.
func (w *Writer) Int(n int) { w.Bytes = binary.AppendVarint(w.Bytes, int64(n)) }

// Text writes a text with its length.
func (w *Writer) Text(s string) {
	w.Int(len(s))
	w.Bytes = append(w.Bytes, s...)
}

// Time writes an instant and how many minutes its clock is from UTC, without the name of its zone.
func (w *Writer) Time(t time.Time) {
	if t.IsZero() {
		w.Text("")
		return
	}
	b, err := t.MarshalBinary()
	if err != nil { // a clock that package time cannot write, a minute behind UTC
		b, _ = t.UTC().MarshalBinary()
	}
	w.Text(string(b))
}

// Reader reads what a Writer wrote. After its first error it reads zeros.
type Reader struct {
	rest []byte
	err  error
}

// NewReader returns a reader of b, which must not change meanwhile.
func NewReader(b []byte) *Reader { return &Reader{rest: b} }

// Err returns why something could not be read.
func (r *Reader) Err() error { return r.err }

// Rest returns what was not read yet.
func (r *Reader) Rest() []byte { return r.rest }

// Int reads a number.
func (r *Reader) Int() int {
	v, size := binary.Varint(r.rest)
	if size <= 0 {
		r.fail(ErrCut)
		return 0
	}
	r.rest = r.rest[size:]
	return int(v)
}

// Count reads how many things follow, which cannot be more than there are bytes.
func (r *Reader) Count() int {
	n := r.Int()
	if n < 0 || n > len(r.rest) {
		r.fail(ErrCut)
		return 0
	}
	return n
}

// Bytes reads a text; it lies in the memory of the reader.
func (r *Reader) Bytes() []byte {
	n := r.Count()
	b := r.rest[:n:n]
	r.rest = r.rest[n:]
	return b
}

// Text reads a text.
func (r *Reader) Text() string { return string(r.Bytes()) }

// Time reads an instant.
func (r *Reader) Time() (t time.Time) {
	if b := r.Bytes(); len(b) > 0 {
		r.fail(t.UnmarshalBinary(b))
	}
	return t
}

// fail keeps the first error, and nothing more to read.
func (r *Reader) fail(err error) {
	if r.err == nil && err != nil {
		r.err, r.rest = err, nil
	}
}
