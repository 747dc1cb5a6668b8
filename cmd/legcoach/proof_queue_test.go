package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
)

// The program is killed again and again while Telegram has many updates queued
// for it: each is applied exactly once, and one person's in their order. 200 kills
// under 3,000 updates are
//
//	LEGCOACH_PROOF=long go test ./cmd/legcoach -run TestProofQueue -v
func TestProofQueue(t *testing.T) {
	kills, updates := 5, 200
	if os.Getenv("LEGCOACH_PROOF") == "long" {
		kills, updates = 200, 3000
	}
	folder := t.TempDir()
	c := &crash{tally: newTally(t), config: filepath.Join(folder, "config.yaml"), data: filepath.Join(folder, "legs.db")}
	c.tally.batch = 4 // so that there is no end of them too soon
	text := fmt.Sprintf("store: bolt:%s\ntelegram: {token: %q, api: %q}\n", c.data, tallyToken, c.tally.URL)
	if err := os.WriteFile(c.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if c.log, err = os.Create(filepath.Join(folder, "log")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.log.Close() })

	kinds := []day.Kind{day.Hill, day.Strength, day.Interval, day.Easy}
	for i := range updates {
		c.tally.says(writer(i/len(kinds)), "/done "+string(kinds[i%len(kinds)]))
	}
	under := 0
	for range kills {
		if _, waiting, _ := c.tally.total(); waiting > 0 {
			under++
		}
		c.live(t, syscall.SIGKILL, rand.N(40*time.Millisecond))
	}
	run := command(t, "run", "--config", c.config)
	run.Stdout, run.Stderr = c.log, c.log
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	for began := time.Now(); time.Since(began) < 2*time.Minute; time.Sleep(5 * time.Millisecond) {
		if _, waiting, _ := c.tally.total(); waiting == 0 {
			break
		}
	}
	if err := run.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := run.Wait(); err != nil {
		t.Errorf("told to stop, it ended with %v", err)
	}
	c.sound(t)
	s := c.open(t)
	defer s.Close()
	for i := range updates / len(kinds) {
		id := coach.ID(fmt.Sprintf("telegram/%d", writer(i)))
		r, _, err := s.Load(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Days.Log.At(r.Days.Log.Start()).Sessions(); !slices.Equal(got, kinds) {
			t.Errorf("%s did %v, want %v", id, got, kinds)
		}
	}
	t.Logf("%d kills, %d of them while updates were queued; each of %d updates counts once", kills, under, updates)
}
