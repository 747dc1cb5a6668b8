package main

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/store/bolt"
)

// The crash table, met by the program itself: it is killed at random instants
// while it hears, wakes and delivers on two platforms that count. Both tests
// take a few seconds; a hundred kills and more are
//
//	LEGCOACH_PROOF=long go test ./cmd/legcoach -run TestProof -v
//
// What must hold: what was heard is applied exactly once. On Discord, which
// recognises a message that is sent again, nothing is lost and nothing doubled. On
// Telegram no reply is lost, and at most one is doubled for each send in flight
// when the process was killed; a reminder is never doubled, and one that may be
// missing is told with the next reply. SIGTERM does none of this.

func TestProofKill(t *testing.T) {
	lives := 16
	if os.Getenv("LEGCOACH_PROOF") == "long" {
		lives = 110
	}
	c := newCrash(t, lives)
	for i := range lives {
		c.live(t, syscall.SIGKILL, rand.N(300*time.Millisecond))
		if i%8 == 0 {
			c.sound(t)
		}
	}
	c.rest(t)
	doubled, missing := c.telegram(t)
	c.discord(t)
	t.Logf("%d kills, %d messages shown: on Telegram %d replies doubled and %d reminders missing; Discord recognised %d repeats",
		lives, c.shown(), doubled, len(missing), c.tally.again)
	if most := lives * inFlight; doubled > most || len(missing) > most {
		t.Errorf("%d doubled and %d missing are more than the %d sends in flight", doubled, len(missing), most)
	}
	c.carries(t, missing)
}

func TestProofTerm(t *testing.T) {
	lives := 4
	if os.Getenv("LEGCOACH_PROOF") == "long" {
		lives = 30
	}
	c := newCrash(t, lives)
	for range lives {
		c.live(t, syscall.SIGTERM, rand.N(300*time.Millisecond))
	}
	c.rest(t)
	doubled, missing := c.telegram(t)
	c.discord(t)
	if doubled > 0 || len(missing) > 0 || c.tally.again > 0 {
		t.Errorf("%d doubled, %d missing, %d repeated; want none", doubled, len(missing), c.tally.again)
	}
}

const (
	// inFlight is the largest number of sends in flight on Telegram.
	inFlight = 32
	// each is how many of each kind of message there are for every life of the process.
	each = 4
)

// crash is a store full of work, a program that does it, and who counts.
type crash struct {
	tally        *tally
	config, data string
	log          *os.File
	each         int // of every kind of work
	said         int
}

// The people: those who write on Telegram, and those who are reminded or replied to.
func writer(i int) int                 { return 5_000_000 + i }
func nudged(on string, i int) coach.ID { return coach.ID(fmt.Sprintf("%s/%d", on, 1_000_000+i)) }
func replied(i int) coach.ID           { return coach.ID(fmt.Sprintf("discord/%d", 2_000_000+i)) }

// newCrash makes a store in which reminders are due now and replies wait.
func newCrash(t *testing.T, lives int) *crash {
	folder := t.TempDir()
	c := &crash{tally: newTally(t), config: filepath.Join(folder, "config.yaml"), data: filepath.Join(folder, "legs.db"), each: each * lives}
	c.tally.late = 16 * time.Millisecond
	text := fmt.Sprintf("store: bolt:%s\ntelegram: {token: %q, api: %q}\ndiscord: {token: test.token, api: %q}\ndefaults: {zone: %s, quiet: \"22:00-06:00\"}\n",
		c.data, tallyToken, c.tally.URL, c.tally.URL, noon(time.Now()))
	if err := os.WriteFile(c.config, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	var err error
	if c.log, err = os.Create(filepath.Join(folder, "log")); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.log.Close() })
	s := c.open(t)
	for i := range c.each {
		for _, on := range []string{"telegram", "discord"} {
			remindNow(t, c.config, s, nudged(on, i))
		}
		_, err := s.Update(t.Context(), replied(i), "", time.Now(), func(r coach.Runner) (coach.Runner, []coach.Line) {
			r.ID, r.Since = replied(i), time.Now()
			return r, []coach.Line{{Text: "a reply"}}
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return c
}

// noon is a zone in which it is about noon, far from anybody's quiet hours.
func noon(now time.Time) string {
	switch ahead := 12 - now.UTC().Hour(); {
	case ahead > 0:
		return fmt.Sprintf("Etc/GMT-%d", ahead) // signs are turned around in these names
	case ahead < 0:
		return fmt.Sprintf("Etc/GMT+%d", -ahead)
	}
	return "UTC"
}

// remindNow makes somebody who is to be reminded now, by the coach itself.
func remindNow(t testing.TB, config string, s *bolt.Store, id coach.ID) {
	t.Helper()
	loaded, err := loadConfig(config)
	if err != nil {
		t.Fatal(err)
	}
	if proofCoach == nil {
		if proofCoach, err = newCoach(loaded); err != nil {
			t.Fatal(err)
		}
	}
	zone, err := time.LoadLocation(noon(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now().Add(-jitter - time.Minute).In(zone)
	asked := at.Add(-20 * time.Hour)
	text := fmt.Sprintf("/remind hill on %s at %s", strings.ToLower(at.Weekday().String()), at.Format("15:04"))
	_, err = s.Update(context.Background(), id, "", asked, func(r coach.Runner) (coach.Runner, []coach.Line) {
		r.ID = id
		r, _ = proofCoach.Step(r, coach.Said{Text: text, Zone: zone.String()}, asked)
		return r, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if r, _, err := s.Load(context.Background(), id); err != nil || r.Wake.IsZero() || r.Wake.After(time.Now()) {
		t.Fatalf("%q makes a runner that wakes at %v, %v; want now", text, r.Wake, err)
	}
}

var proofCoach *coach.Coach

func (c *crash) open(t *testing.T) *bolt.Store {
	t.Helper()
	s, err := bolt.Open(c.data, bolt.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// live lets the program do its work for a while, and ends it.
func (c *crash) live(t *testing.T, end syscall.Signal, after time.Duration) {
	t.Helper()
	for range each {
		if c.said < c.each {
			c.tally.says(writer(c.said), "did hills today")
			c.said++
		}
	}
	_, _, before := c.tally.total()
	run := command(t, "run", "--config", c.config)
	run.Stdout, run.Stderr = c.log, c.log
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	atOnce := end == syscall.SIGKILL && rand.N(3) == 0 // one in three is killed while it starts, perhaps
	for began := time.Now(); !atOnce && time.Since(began) < 20*time.Second; time.Sleep(time.Millisecond) {
		if _, _, calls := c.tally.total(); calls > before {
			break
		}
	}
	time.Sleep(after)
	if err := run.Process.Signal(end); err != nil {
		t.Fatal(err)
	}
	if err := run.Wait(); end == syscall.SIGTERM && err != nil {
		t.Errorf("told to stop, it ended with %v", err)
	}
}

// rest lets the program finish, and ends it well.
func (c *crash) rest(t *testing.T) {
	t.Helper()
	for c.said < c.each {
		c.tally.says(writer(c.said), "did hills today")
		c.said++
	}
	run := command(t, "run", "--config", c.config)
	run.Stdout, run.Stderr = c.log, c.log
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	c.tally.settles(t, 2500*time.Millisecond)
	if err := run.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := run.Wait(); err != nil {
		log, _ := os.ReadFile(c.log.Name())
		t.Errorf("told to stop, it ended with %v\n%s", err, log)
	}
	c.sound(t)
}

// sound verifies the store as the last process left it.
func (c *crash) sound(t *testing.T) {
	t.Helper()
	if err := bolt.Verify(t.Context(), c.data); err != nil {
		t.Fatal(err)
	}
}

func (c *crash) shown() int {
	n, _, _ := c.tally.total()
	return n
}

// telegram looks at what was shown on Telegram: how many replies more than once,
// and whose reminder never.
func (c *crash) telegram(t *testing.T) (doubled int, missing []coach.ID) {
	t.Helper()
	s := c.open(t)
	defer s.Close()
	for i := range c.each {
		to := coach.ID(fmt.Sprintf("telegram/%d", writer(i)))
		r, _, err := s.Load(t.Context(), to)
		if err != nil || r.Talk.Changes != 1 {
			t.Errorf("%s: %d changes, %v; want the log applied once", to, r.Talk.Changes, err)
		}
		seen := c.tally.seen(string(to))
		if len(seen) == 0 {
			t.Errorf("%s: the reply is lost", to)
		}
		for _, m := range seen {
			if !strings.Contains(m.text, "Hills today: counted") || m.text != seen[0].text {
				t.Errorf("%s: was told %q", to, m.text)
			}
		}
		doubled += max(0, len(seen)-1)
	}
	for i := range c.each {
		to := nudged("telegram", i)
		r, _, err := s.Load(t.Context(), to)
		seen := c.tally.seen(string(to))
		switch {
		case err != nil || len(seen) > 1:
			t.Errorf("%s: reminded %d times, %v", to, len(seen), err)
		case len(seen) == 0 && r.Told.Lost == "":
			t.Errorf("%s: not reminded, and nobody knows: %+v", to, r.Told)
		case len(seen) == 0:
			missing = append(missing, to)
		}
	}
	if counts, err := s.Count(t.Context()); err != nil || counts.Queued != 0 {
		t.Errorf("left in the queue: %+v, %v", counts, err)
	}
	return doubled, missing
}

// discord wants everything shown exactly once.
func (c *crash) discord(t *testing.T) {
	t.Helper()
	for i := range c.each {
		for _, to := range []coach.ID{nudged("discord", i), replied(i)} {
			if seen := c.tally.seen(string(to)); len(seen) != 1 {
				t.Errorf("%s: shown %d times", to, len(seen))
			}
		}
	}
}

// carries has everybody whose reminder is missing write, and wants them told.
func (c *crash) carries(t *testing.T, missing []coach.ID) {
	t.Helper()
	for _, id := range missing {
		var person int
		if _, err := fmt.Sscan(id.Local(), &person); err != nil {
			t.Fatal(err)
		}
		c.tally.says(person, "/streak")
	}
	c.rest(t)
	for _, id := range missing {
		seen := c.tally.seen(string(id))
		if len(seen) != 1 || !strings.Contains(seen[0].text, "hill") {
			t.Errorf("%s: the next reply does not tell of the reminder: %+v", id, seen)
		}
	}
}
