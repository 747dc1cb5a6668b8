package bolt_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/store/bolt"
)

// writerEnv makes the test binary a process that writes to the store it names, and is killed.
const writerEnv = "LEGCOACH_TEST_WRITER"

func TestMain(m *testing.M) {
	if path := os.Getenv(writerEnv); path != "" {
		writeUntilKilled(path)
	}
	os.Exit(m.Run())
}

// writers is how many runners are written to at once.
const writers = 8

// writeUntilKilled counts each runner's updates in their wake, says a line with each, and
// reports on standard output what the store acknowledged. It goes on where its predecessor was killed.
func writeUntilKilled(path string) {
	s, err := bolt.Open(path, bolt.Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var out sync.Mutex
	for w := range writers {
		go func() {
			at := coach.ID(fmt.Sprintf("a/%d", w))
			r, _, err := s.Load(context.Background(), at)
			for n := counted(r) + 1; err == nil; n++ {
				// Each is offered twice, as a platform does that was not answered.
				for range 2 {
					_, err = s.Update(context.Background(), at, fmt.Sprintf("%s/%d", at, n), begun, countTo(at, n))
				}
				if err == nil {
					out.Lock()
					fmt.Println(at, n)
					out.Unlock()
				}
			}
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}()
	}
	select {}
}

var begun = time.Date(2026, 11, 24, 7, 0, 0, 0, time.UTC)

// counted is how many updates a runner has had.
func counted(r coach.Runner) int {
	if r.IsZero() {
		return 0
	}
	return int(r.Wake.Sub(begun) / time.Second)
}

// countTo returns a step that counts on by one and says how far it came.
func countTo(at coach.ID, n int) func(coach.Runner) (coach.Runner, []coach.Line) {
	return func(r coach.Runner) (coach.Runner, []coach.Line) {
		now := counted(r) + 1
		r.ID, r.Wake = at, begun.Add(time.Duration(now)*time.Second)
		return r, []coach.Line{{Text: fmt.Sprint(now, " ", n)}}
	}
}

func TestKill(t *testing.T) {
	kills := 50
	if testing.Short() {
		kills = 5
	}
	path := filepath.Join(t.TempDir(), "legcoach.db")
	acked := map[string]int{}
	for i := range kills {
		killWriter(t, path, acked, i == 0)
		if i%10 == 0 {
			if err := bolt.Verify(t.Context(), path); err != nil {
				t.Fatalf("after kill %d: %v", i+1, err)
			}
		}
	}
	if err := bolt.Verify(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	s := open(t, path)
	defer s.Close()
	said := sayAll(t, s)
	total := 0
	for w := range writers {
		at := coach.ID(fmt.Sprintf("a/%d", w))
		r, _, err := s.Load(t.Context(), at)
		if err != nil {
			t.Fatal(err)
		}
		if n := counted(r); n < acked[string(at)] || n != said[at] {
			t.Errorf("%s: %d updates are there, %d lines were queued, %d updates were acknowledged", at, n, said[at], acked[string(at)])
		}
		total += counted(r)
	}
	t.Logf("%d kills, %d updates", kills, total)
}

// killWriter runs a writer, kills it at a random time and adds what it had
// acknowledged. The first is left alone until it has made the store.
func killWriter(t *testing.T, path string, acked map[string]int, first bool) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), writerEnv+"="+path)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	soon := time.Duration(20+rand.IntN(80)) * time.Millisecond
	if !first {
		kill.Reset(soon)
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var at string
		var n int
		if _, err := fmt.Sscan(lines.Text(), &at, &n); err == nil && strings.Count(lines.Text(), " ") == 1 {
			acked[at] = max(acked[at], n)
			if first {
				kill.Reset(soon)
				first = false
			}
		}
	}
	_ = cmd.Wait() // it was killed
	if complaint.Len() > 0 {
		t.Fatal(complaint.String())
	}
}

// sayAll says all that is queued and returns how many lines each address got:
// one for each update, in order, and the n-th cause counted as the n-th.
func sayAll(t *testing.T, s *bolt.Store) map[coach.ID]int {
	t.Helper()
	said := map[coach.ID]int{}
	for {
		got, err := s.Claim(t.Context(), "a", begun, time.Minute, 100)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) == 0 {
			return said
		}
		for _, m := range got {
			said[m.To]++
			if want := fmt.Sprint(said[m.To], " ", said[m.To]); m.Line.Text != want {
				t.Fatalf("got line %q to %s, want %q", m.Line.Text, m.To, want)
			}
			if err := s.Done(t.Context(), m, ""); err != nil {
				t.Fatal(err)
			}
		}
	}
}
