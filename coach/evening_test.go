package coach_test

import "testing"

// TestAFirstEveningIsFree says that whoever sets up after the time of the day's session
// has a free day, which costs nothing; whoever does it before then has a session to do.
func TestAFirstEveningIsFree(t *testing.T) {
	for _, c := range []struct {
		clock, next string
		freezes     int
	}{
		{"2026-01-09 08:00", "GRACE", 1},
		{"2026-01-09 18:00", "FREE", 2},
	} {
		l := newLife(t)
		l.say(t, "did an easy run")
		l.at(t, c.clock)
		l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London")
		friday := l.r.Days.Today(l.now)
		l.at(t, "2026-01-10 12:00")
		if got := string(l.state().Days[friday]); got != c.next {
			t.Errorf("set up at %s, the next day it is %s, want %s", c.clock, got, c.next)
		}
		l.at(t, "2026-01-11 12:00")
		if s := l.state(); s.Streak != 1 || s.Freezes != c.freezes {
			t.Errorf("set up at %s: streak %d and %d freezes, want 1 and %d: %v", c.clock, s.Streak, s.Freezes, c.freezes, s.Days)
		}
	}
}
