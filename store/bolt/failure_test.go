package bolt

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

func say(text string) store.Step {
	return func(r coach.Runner) (coach.Runner, []coach.Line) { return r, []coach.Line{{Text: text}} }
}

// TestFull fills the store to its MaxSize: what does not fit is refused, reading and small writes go on.
func TestFull(t *testing.T) {
	fatal := func(err error) { t.Error(err) }
	path := filepath.Join(t.TempDir(), "legcoach.db")
	s, err := Open(path, Options{MaxSize: 24 << 20, Fatal: fatal})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Update(t.Context(), "a/1", "", start, say("first")); err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("legs ", 200_000)
	for i := 0; err == nil; i++ {
		if i > 100 {
			t.Fatal("it never got full")
		}
		_, err = s.Update(t.Context(), "a/1", "", start, say(text))
	}
	if !errors.Is(err, store.ErrFull) {
		t.Fatalf("got %v, want store.ErrFull", err)
	}
	got, err := s.Claim(t.Context(), "a", start, time.Minute, 1)
	if err != nil || len(got) != 1 || got[0].Line.Text != "first" {
		t.Fatalf("a full store gave %d messages and %v", len(got), err)
	}
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestUnknown makes a commit fail in a way that leaves its outcome open: Fatal is called once, and nothing is done after it.
func TestUnknown(t *testing.T) {
	var fatal []error
	s, err := Open(filepath.Join(t.TempDir(), "legcoach.db"), Options{Fatal: func(err error) { fatal = append(fatal, err) }})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Update(t.Context(), "a/1", "", start, say("first")); err != nil {
		t.Fatal(err)
	}
	if err := s.file.Close(); err != nil { // under bbolt, so that the next write fails
		t.Fatal(err)
	}
	for range 2 {
		if _, err := s.Update(t.Context(), "a/1", "", start, say("second")); err == nil {
			t.Error("an update was acknowledged")
		}
	}
	if got, err := s.Claim(t.Context(), "a", start, time.Minute, 1); err == nil {
		t.Errorf("%d messages were claimed", len(got))
	}
	if err := s.Check(); err == nil {
		t.Error("check finds nothing")
	}
	if len(fatal) != 1 {
		t.Errorf("fatal was called %d times: %v", len(fatal), fatal)
	}
	_ = s.Close() // fails: its file was closed already
}

// TestPoison commits jobs together of which some fail after they wrote, and some panic: the others stand.
func TestPoison(t *testing.T) {
	s := seeded(t, 10, 0)
	s.turn.Lock() // so that all wait and are committed together
	var wg sync.WaitGroup
	errs := make([]error, 30)
	for i := range errs {
		wg.Go(func() {
			errs[i] = s.do(context.Background(), true, func(t *tx) error {
				if err := t.put(t.in(inNote), []byte(fmt.Sprint(i)), []byte("x")); err != nil {
					return err
				}
				switch i % 10 {
				case 3:
					return errors.New("spoilt")
				case 7:
					panic("ouch")
				}
				return nil
			})
		})
	}
	for len(s.jobs) < len(errs)-1 { // the writer has taken one
		runtime.Gosched()
	}
	s.turn.Unlock()
	wg.Wait()
	for i, err := range errs {
		note, noteErr := s.Note(t.Context(), fmt.Sprint(i))
		if bad := i%10 == 3 || i%10 == 7; noteErr != nil || (err != nil) != bad || (note == nil) != bad {
			t.Errorf("job %d: %v, note %q, %v", i, err, note, noteErr)
		}
	}
}

// TestBusy fills the queue of writes: an update is refused at once, Done waits, and a context ends the waiting.
func TestBusy(t *testing.T) {
	s, err := Open(filepath.Join(t.TempDir(), "legcoach.db"), Options{Queue: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	s.turn.Lock()
	var wg sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wg.Go(func() { errs[i] = s.Done(ctx, store.Message{To: "a/1", Seq: 1}, "") })
	}
	for len(s.jobs) < 1 {
		runtime.Gosched()
	}
	for err == nil { // until the writer, too, holds one
		_, err = s.Update(contextSoon(t), "a/1", "", start, say("x"))
		if errors.Is(err, context.DeadlineExceeded) {
			err = nil
		}
	}
	if !errors.Is(err, store.ErrBusy) {
		t.Errorf("got %v, want store.ErrBusy", err)
	}
	cancel()
	s.turn.Unlock()
	wg.Wait()
	for _, err := range errs {
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
	if c, err := s.Count(t.Context()); err != nil || c.Queued != 0 {
		t.Errorf("%+v, %v: what was refused or given up was applied", c, err)
	}
}

func contextSoon(t *testing.T) context.Context {
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Millisecond)
	t.Cleanup(cancel)
	return ctx
}
