package bolt

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"legcoach/coach"
)

// TestFormBefore opens a store of the version before, in which runners were JSON: they are read, kept in
// the new form once they change, and the file is then one that the version before would refuse.
func TestFormBefore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "legcoach.db")
	const old = `{"id":"telegram/1","since":"2026-11-08T15:57:48Z","days":{"log":"2026-11-08 r(1kx)(19)","clocks":null,"freezes":2},"set":{},"talk":{"at":"0001-01-01T00:00:00Z"},"told":{}}`
	inForm(t, path, func(b *tx) error {
		if err := b.put(b.in(inMeta), []byte("form"), []byte(formBefore)); err != nil {
			return err
		}
		if err := b.count(b.in(inRunner), 1); err != nil {
			return err
		}
		return b.put(b.in(inRunner), []byte("telegram/1"), []byte(old))
	})
	if err := Verify(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	_, err = s.Update(t.Context(), "telegram/1", "", start, func(r coach.Runner) (coach.Runner, []coach.Line) {
		if text, err := r.Days.Log.MarshalText(); err != nil || string(text) != "2026-11-08 raZ" || r.Days.Freezes != 2 {
			t.Errorf("the runner is read as %+v (%v)", r, err)
		}
		r.Heard = start
		return r, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = s.view(func(b *tx) error {
		record, err := get(b.in(inRunner), []byte("telegram/1"))
		if bytes.HasPrefix(record, []byte("{")) {
			t.Errorf("kept as %q", record)
		}
		if got, _ := get(b.in(inMeta), []byte("form")); string(got) != form {
			t.Errorf("the form is %q, want %q", got, form)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

// TestVerifySettled says that a cache of what the days came to that contradicts them is found.
func TestVerifySettled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "legcoach.db")
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	add := func(settled func(string) string) error {
		_, err := s.Update(t.Context(), "telegram/1", "", start, func(r coach.Runner) (coach.Runner, []coach.Line) {
			r = coach.Runner{ID: "telegram/1", Since: start}
			if err := r.Days.Log.UnmarshalText([]byte("2025-11-24 " + strings.Repeat("HrIrSEr", 52))); err != nil {
				t.Fatal(err)
			}
			r.Days = r.Days.Settle(start)
			text, err := r.Days.Settled.MarshalText()
			if err != nil || r.Days.Settled.IsZero() {
				t.Fatalf("settled: %s, %v", text, err)
			}
			if err := r.Days.Settled.UnmarshalText([]byte(settled(string(text)))); err != nil {
				t.Fatal(err)
			}
			return r, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return s.Verify(t.Context())
	}
	if err := add(func(text string) string { return text }); err != nil {
		t.Error(err)
	}
	one := func(text string) string { // a session more
		parts := strings.Split(text, ".")
		parts[2] += "1"
		return strings.Join(parts, ".")
	}
	if err := add(one); err == nil || !strings.Contains(err.Error(), "telegram/1") {
		t.Errorf("verify returned %v", err)
	}
}

// inForm changes the file at path, or an empty store if there is none, and closes it.
func inForm(t *testing.T, path string, change func(*tx) error) {
	t.Helper()
	if _, err := os.Stat(path); err != nil {
		if err := create(path, nil); err != nil {
			t.Fatal(err)
		}
	}
	db, _, err := openFile(path, &bolt.Options{NoFreelistSync: true})
	if err != nil {
		t.Fatal(err)
	}
	b, err := db.Begin(true)
	if err != nil {
		t.Fatal(err)
	}
	if err := change(newTx(b)); err != nil {
		t.Fatal(err)
	}
	if err := b.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}
