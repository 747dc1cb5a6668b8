package coach_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
)

// TestNeverTwoWithinTwoHours says that a reminder whose time nobody chose stays two
// hours away from any other; only what the runner put off, or set so themselves, comes closer.
func TestNeverTwoWithinTwoHours(t *testing.T) {
	for _, c := range []struct {
		name, other string
		want        []string
	}{
		{"an hour before the plan's", "/remind strength daily 16:30", []string{"2026-01-06/strength"}},
		{"two hours before it", "/remind strength daily 15:30", []string{"2026-01-06/strength", "2026-01-06/hill"}},
	} {
		l := newLife(t)
		l.say(t, "/plan tue hill, thu easy, sat easy", "/remind on", c.other)
		l.at(t, "2026-01-05 23:00")
		wantNudges(t, c.name, l.at(t, "2026-01-06 22:00"), c.want...)
	}
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	wantNudges(t, "at its time", l.at(t, "2026-01-05 18:00"), "2026-01-05/hill")
	l.say(t, "/snooze 30")
	wantNudges(t, "put off", l.at(t, "2026-01-05 18:30"), "2026-01-05/hill")
}

// TestCapsCountWhatIsSaidWithAnAnswer says that whoever writes hears as many
// reminders of a day as whoever does not: two, of which some come with an answer.
func TestCapsCountWhatIsSaidWithAnAnswer(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 08:00", "/remind strength daily 12:00", "/remind easy daily 18:00")
	l.at(t, "2026-01-06 07:50")
	if heard := l.say(t, "does running tone legs?"); !strings.Contains(heard[0].Text, "hills today") {
		t.Fatalf("the answer is %q, want the reminder of 08:00 in it", heard[0].Text)
	}
	wantNudges(t, "the second", l.at(t, "2026-01-06 13:00"), "2026-01-06/strength")
	wantNudges(t, "a third", l.at(t, "2026-01-06 22:00"))
	if got := dropped(l.r, "2026-01-06/easy"); got != "cap" {
		t.Errorf("the third was dropped as %q, want cap", got)
	}
	l.at(t, "2026-01-07 17:50") // two came
	if heard := l.say(t, "does running tone legs?"); strings.Contains(heard[0].Text, "reminder") {
		t.Errorf("after two of a day the answer is %q, want no third in it", heard[0].Text)
	}
}

// TestHeldCountsToo says that a reminder which quiet hours held back is no third one of a day either, with an answer or without.
func TestHeldCountsToo(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 04:30", "/remind strength daily 06:50", "/remind easy daily 07:05", "/quiet 04:00-07:00")
	l.at(t, "2026-01-06 06:55")
	heard := l.say(t, "does running tone legs?")
	came := len(nudges(l.at(t, "2026-01-06 12:00")))
	if told := strings.Count(heard[0].Text, "reminder"); told+came != 2 {
		t.Errorf("with the answer came %d and by themselves %d, want two in all: %q; %v", told, came, heard[0].Text, l.r.Told.Drops)
	}
}

// TestCapsCountBothChats says that what was said in one chat counts in the other once they are one runner's.
func TestCapsCountBothChats(t *testing.T) {
	p := newPair(t)
	p.now = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	p.say(there, "/remind hill daily 12:00")
	p.say(there, "/remind strength daily 15:00")
	p.say(here, "/remind easy daily 18:00")
	if came := p.pass(16 * time.Hour); !slices.Equal(came, []string{"hill", "strength"}) {
		t.Fatalf("in the first chat came %v", came)
	}
	p.say(here, "/link "+p.code(t, there))
	if came := p.pass(23 * time.Hour); len(came) > 0 {
		t.Errorf("after both chats became one came %v, want no third of the day", came)
	}
}

// pass wakes everybody until an hour of the day, and returns the kinds of the reminders that came.
func (p *pair) pass(hour time.Duration) (came []string) {
	end := p.now.Truncate(24 * time.Hour).Add(hour)
	for {
		var next coach.Runner
		for _, r := range p.all {
			if !r.Wake.IsZero() && !r.Wake.After(end) && (next.IsZero() || r.Wake.Before(next.Wake)) {
				next = r
			}
		}
		if next.IsZero() {
			p.now = end
			return came
		}
		p.now = later(p.now, next.Wake)
		for _, l := range p.hear(next.ID, coach.Woke{}) {
			if l.Nudge != "" {
				came = append(came, string(l.Nudge))
			}
		}
	}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// TestTwoMoreThanTheWeekHas says that a session which is moved from day to day is
// reminded of on each, but no more than twice beyond what the week has in all.
func TestTwoMoreThanTheWeekHas(t *testing.T) {
	l := newLife(t)
	l.say(t, "/plan mon hill", "/remind on")
	var came []string
	for day := 5; day < 11; day++ {
		came = append(came, nudges(l.at(t, fmt.Sprintf("2026-01-%02d 20:00", day)))...)
		for _, c := range l.say(t, "move hills to tomorrow")[0].Choices {
			if c.Label == "Move it anyway" {
				l.say(t, c.Says)
			}
		}
	}
	came = slices.DeleteFunc(came, func(key string) bool { return strings.HasSuffix(key, "/rest") })
	if want := []string{"2026-01-05/hill", "2026-01-06/hill", "2026-01-07/hill"}; !slices.Equal(came, want) {
		t.Errorf("reminded of %v, want %v", came, want)
	}
	if got := dropped(l.r, "2026-01-08/hill"); got != "cap" {
		t.Errorf("the fourth was dropped as %q", got)
	}
	if why := l.say(t, "/why reminders"); !strings.Contains(why[0].Text, "Hills, Thu 8 Jan: you had heard from me often enough") {
		t.Errorf("/why says %q", why[0].Text)
	}
}

// TestWhyTellsTheClockOfThatDay says that a reminder of before a flight is explained by the clock that it came by.
func TestWhyTellsTheClockOfThatDay(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-05 18:30")
	l.say(t, "/timezone Asia/Tokyo")
	if heard := l.say(t, "/why 2026-01-05/hill"); !strings.Contains(heard[0].Text, "18:00") || !strings.Contains(heard[0].Text, "Europe/London") {
		t.Errorf("in Tokyo it says %q", heard[0].Text)
	}
}
