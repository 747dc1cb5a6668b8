package bolt_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/store/bolt"
)

// TestRestore makes a backup of a store in use, to a writer and to a file, and restores it.
func TestRestore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "legcoach.db")
	s := open(t, path)
	say := func(at coach.ID, text string, now time.Time) {
		t.Helper()
		_, err := s.Update(t.Context(), at, text, now, func(r coach.Runner) (coach.Runner, []coach.Line) {
			r.ID, r.Wake = at, now.Add(time.Hour)
			return r, []coach.Line{{Text: text}}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	say("a/1", "old", begun)
	say("a/1", "new", begun.Add(11*time.Minute))
	var backup bytes.Buffer
	if err := s.Backup(t.Context(), &backup); err != nil {
		t.Fatal(err)
	}
	from, to := filepath.Join(t.TempDir(), "backup"), filepath.Join(t.TempDir(), "legcoach.db")
	write(t, from, backup.Bytes())
	say("a/2", "after the backup", begun)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Verify(t.Context(), from); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Restore(t.Context(), from, path, begun); err == nil || !strings.Contains(err.Error(), "there is a file already") {
		t.Fatalf("restoring over a store: %v", err)
	}
	if err := bolt.Restore(t.Context(), from, to, begun.Add(12*time.Minute)); err != nil {
		t.Fatal(err)
	}
	s = open(t, to)
	defer s.Close()
	got, err := s.Claim(t.Context(), "a", begun.Add(12*time.Minute), time.Minute, 9)
	if err != nil || len(got) != 1 || got[0].Line.Text != "new" {
		t.Errorf("got %+v, %v; want the line that is not stale", got, err)
	}
	if due, err := s.Due(t.Context(), begun.AddDate(0, 0, 1), 9); err != nil || len(due) != 1 {
		t.Errorf("due are %v, %v", due, err)
	}
	if applied, err := s.Update(t.Context(), "a/1", "old", begun.Add(time.Hour), func(r coach.Runner) (coach.Runner, []coach.Line) { return r, nil }); err != nil || applied {
		t.Errorf("a cause from before the backup: applied %v, %v", applied, err)
	}
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestRestoreDamaged saves what is left of a file with one broken meta page, and refuses one with a broken record.
func TestRestoreDamaged(t *testing.T) {
	path := filled(t)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	b := bytes.Clone(whole)
	clear(metaOf(b)[:64])
	write(t, path, b)
	saved := filepath.Join(t.TempDir(), "saved.db")
	if err := bolt.Restore(t.Context(), path, saved, begun); err != nil {
		t.Fatal(err)
	}
	if err := bolt.Verify(t.Context(), saved); err != nil {
		t.Fatal(err)
	}
	flipRecord(t, whole, "a/007")
	write(t, path, whole)
	broken := filepath.Join(t.TempDir(), "broken.db")
	if err := bolt.Restore(t.Context(), path, broken, begun); err == nil || !strings.Contains(err.Error(), "a/007") {
		t.Errorf("got %v", err)
	}
	if left, err := os.ReadDir(filepath.Dir(broken)); err != nil || len(left) > 0 {
		t.Errorf("a failed restore left %v, %v", left, err)
	}
}
