package bolt_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/store/bolt"
)

const pageSize = 4096

// filled makes a store of some hundred runners, closes it and returns its path.
func filled(t testing.TB) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "legcoach.db")
	s := open(t, path)
	for i := range 300 {
		at := coach.ID(fmt.Sprintf("a/%03d", i))
		_, err := s.Update(t.Context(), at, fmt.Sprint(i), begun, func(r coach.Runner) (coach.Runner, []coach.Line) {
			r.ID, r.Wake = at, begun.Add(time.Duration(i)*time.Hour)
			return r, []coach.Line{{Text: strings.Repeat("legs ", 50)}}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestDamage damages files in every way that bbolt is known to suffer from. Opening must end in an
// error that says what to do: neither in an empty store, nor in a dead process.
func TestDamage(t *testing.T) {
	whole, err := os.ReadFile(filled(t))
	if err != nil {
		t.Fatal(err)
	}
	page := func(flag uint16) int { return findPage(t, whole, flag) }
	for name, damage := range map[string]func(b []byte) []byte{
		"empty":                    func(b []byte) []byte { return nil },
		"cut to 100 bytes":         func(b []byte) []byte { return b[:100] },
		"cut to 1 page":            func(b []byte) []byte { return b[:pageSize] },
		"cut to 2 pages":           func(b []byte) []byte { return b[:2*pageSize] },
		"cut to 5 pages":           func(b []byte) []byte { return b[:5*pageSize] },
		"cut before the last page": func(b []byte) []byte { return b[:(highWater(b)-1)*pageSize] },
		"first meta zeroed":        func(b []byte) []byte { clear(b[:pageSize]); return b },
		"second meta zeroed":       func(b []byte) []byte { clear(b[pageSize : 2*pageSize]); return b },
		"one bit of a meta":        func(b []byte) []byte { b[pageSize+40] ^= 4; return b },
		"both metas zeroed":        func(b []byte) []byte { clear(b[:2*pageSize]); return b },
		"root page zeroed":         func(b []byte) []byte { return zeroPage(b, rootPage(b)) },
		"a leaf zeroed":            func(b []byte) []byte { return zeroPage(b, page(2)) },
		"a branch zeroed":          func(b []byte) []byte { return zeroPage(b, page(1)) },
		"a leaf random": func(b []byte) []byte {
			fillRandom(b[page(2)*pageSize:][:pageSize])
			return b
		},
		"elements of a leaf random": func(b []byte) []byte {
			fillRandom(b[page(2)*pageSize+16:][:256])
			return b
		},
		"elements of a branch random": func(b []byte) []byte {
			fillRandom(b[page(1)*pageSize+16:][:32])
			return b
		},
		"a branch that leads back": func(b []byte) []byte {
			at := page(1) * pageSize
			binary.NativeEndian.PutUint64(b[at+16+8:], uint64(page(1)))
			return b
		},
		"not a store at all": func(b []byte) []byte { return bytes.Repeat([]byte("I am no store.\n"), 9000) },
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "legcoach.db")
			b := damage(bytes.Clone(whole))
			write(t, path, b)
			s, err := bolt.Open(path, bolt.Options{})
			if err == nil {
				s.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), "restore") || strings.Contains(err.Error(), "\n") {
				t.Errorf("the error does not say in one line what to do: %v", err)
			}
			if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, b) {
				t.Errorf("the damaged file was changed (%v)", err)
			}
			if err := bolt.Verify(t.Context(), path); err == nil {
				t.Error("verify finds nothing")
			}
		})
	}
}

// TestBitFlip flips one bit of a value: bbolt cannot see it, Verify and whoever reads that runner does, and nobody else.
func TestBitFlip(t *testing.T) {
	path := filled(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	flipRecord(t, b, "a/007")
	write(t, path, b)
	if err := bolt.Verify(t.Context(), path); err == nil || !strings.Contains(err.Error(), "a/007") {
		t.Errorf("verify returned %v", err)
	}
	s := open(t, path)
	defer s.Close()
	keep := func(r coach.Runner) (coach.Runner, []coach.Line) { return r, nil }
	if _, err := s.Update(t.Context(), "a/007", "", begun, keep); err == nil || !strings.Contains(err.Error(), "checksum") {
		t.Errorf("update of the damaged runner returned %v", err)
	}
	if _, err := s.Update(t.Context(), "a/006", "", begun, keep); err != nil {
		t.Error(err)
	}
}

// flipRecord flips one bit of what is kept of a runner, in old versions of a page too.
func flipRecord(t *testing.T, b []byte, id string) {
	t.Helper()
	flipped := 0
	for key, at := []byte(id+"\x01"), 0; bytes.Contains(b[at:], key); {
		at += bytes.Index(b[at:], key) + len(key)
		if at+8 < len(b) && b[at+4] == 2 { // after the checksum a record of form 2, not some index
			b[at+8] ^= 1
			flipped++
		}
	}
	if flipped == 0 {
		t.Fatalf("the runner %s was not found", id)
	}
}

// TestDamagedLine damages a queued line: it is set aside, and everybody else is served.
func TestDamagedLine(t *testing.T) {
	path := filled(t)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	key := []byte("a/007\x00\x01\x00\x00\x00\x00\x00\x00\x00\x08")
	for at := 0; bytes.Contains(b[at:], key); {
		at += bytes.Index(b[at:], key) + len(key)
		b[at+1] ^= 1 // its checksum, in old versions of the page too
	}
	write(t, path, b)
	s := open(t, path)
	defer s.Close()
	said := 0
	for {
		got, err := s.Claim(t.Context(), "a", begun, time.Minute, 50)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 {
			break
		}
		said += len(got)
	}
	if said != 299 {
		t.Errorf("%d messages were given, want 299", said)
	}
	if err := s.Verify(t.Context()); err == nil || !strings.Contains(err.Error(), "a/007") {
		t.Errorf("verify returned %v", err)
	}
}

// TestLost removes the file of a store that there was.
func TestLost(t *testing.T) {
	path := filled(t)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if _, err := bolt.Open(path, bolt.Options{}); err == nil || !strings.Contains(err.Error(), bolt.Marker(path)) {
		t.Fatalf("got %v, want an error that names the marker", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Error("a file was made")
	}
	if err := os.Remove(bolt.Marker(path)); err != nil {
		t.Fatal(err)
	}
	if err := open(t, path).Close(); err != nil {
		t.Error(err)
	}
}

func TestHeldByAnother(t *testing.T) {
	path := filled(t)
	s := open(t, path)
	defer s.Close()
	short := bolt.Options{Timeout: 60 * time.Millisecond}
	if _, err := bolt.Open(path, short); err == nil || !strings.Contains(err.Error(), "another process holds it") {
		t.Errorf("got %v", err)
	}
}

// TestReplaced puts another file in the place of an open store.
func TestReplaced(t *testing.T) {
	path := filled(t)
	s := open(t, path)
	defer s.Close()
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, path+".old"); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err == nil {
		t.Error("the file is gone and nobody says so")
	}
	write(t, path, []byte("another"))
	if err := s.Check(); err == nil || !strings.Contains(err.Error(), "another file") {
		t.Errorf("got %v", err)
	}
}

// FuzzOpen flips bytes anywhere in a file: whatever Open and Verify make of it, the process lives.
func FuzzOpen(f *testing.F) {
	whole, err := os.ReadFile(filled(f))
	if err != nil {
		f.Fatal(err)
	}
	used := highWater(whole) * pageSize
	f.Add(uint32(3*pageSize+8), byte(0xff), uint32(5*pageSize+16), byte(1))
	for i := range uint32(200) {
		f.Add(i*7919, byte(i|1), i*104729, byte(1<<(i%8)))
	}
	f.Fuzz(func(t *testing.T, at uint32, flip byte, at2 uint32, flip2 byte) {
		b := bytes.Clone(whole)
		b[int(at)%used] ^= flip
		b[int(at2)%used] ^= flip2
		path := filepath.Join(t.TempDir(), "legcoach.db")
		write(t, path, b)
		verified := bolt.Verify(t.Context(), path)
		s, err := bolt.Open(path, bolt.Options{Fatal: func(error) {}, Log: slog.New(slog.DiscardHandler)})
		if err != nil {
			if verified == nil {
				t.Errorf("verify found nothing, but: %v", err)
			}
			return
		}
		_ = s.Each(t.Context(), func(coach.Runner) error { return nil })
		_, _ = s.Claim(t.Context(), "a", begun, time.Minute, 100)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
}

func write(t testing.TB, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o600); err != nil {
		t.Fatal(err)
	}
}

// metaOf returns the newer meta page of a file.
func metaOf(b []byte) []byte {
	first, second := b[16:], b[pageSize+16:]
	if binary.NativeEndian.Uint64(first[48:]) > binary.NativeEndian.Uint64(second[48:]) {
		return first
	}
	return second
}

func highWater(b []byte) int { return int(binary.NativeEndian.Uint64(metaOf(b)[40:])) }
func rootPage(b []byte) int  { return int(binary.NativeEndian.Uint64(metaOf(b)[16:])) }

// findPage returns a page in use with a flag: the first child of a bucket, or its root if that is one.
func findPage(t testing.TB, b []byte, flag uint16) int {
	t.Helper()
	root := b[rootPage(b)*pageSize:]
	for i := range int(binary.NativeEndian.Uint16(root[10:])) {
		elem := root[16+16*i:]
		key := int(binary.NativeEndian.Uint32(elem[4:]))
		value := elem[key+int(binary.NativeEndian.Uint32(elem[8:])):]
		top := int(binary.NativeEndian.Uint64(value))
		if top == 0 {
			continue
		}
		page := b[top*pageSize:]
		if binary.NativeEndian.Uint16(page[8:]) == flag {
			return top
		}
		if flag == 2 { // the first child of a branch
			return int(binary.NativeEndian.Uint64(page[16+8:]))
		}
	}
	t.Fatalf("no page has flag %d", flag)
	return 0
}

func zeroPage(b []byte, page int) []byte {
	clear(b[page*pageSize:][:pageSize])
	return b
}

func fillRandom(b []byte) {
	dice := rand.NewChaCha8([32]byte{1})
	_, _ = dice.Read(b) // it never fails
}
