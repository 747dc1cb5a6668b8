package coach_test

import (
	"slices"
	"testing"
	"time"

	"legcoach/coach"
)

// TestRemindersOfTheOtherChatAreClosed says that a reminder which was said before its chat
// joined another is edited there at its day's close, and not where both had one of the same name.
func TestRemindersOfTheOtherChatAreClosed(t *testing.T) {
	p := newPair(t)
	p.now = time.Date(2026, 11, 16, 9, 0, 0, 0, time.UTC)
	p.say(here, "/remind easy daily 11:00")
	p.say(here, "/remind hill daily 14:00")
	p.say(there, "/remind easy daily 11:30")
	if came := p.pass(13 * time.Hour); !slices.Equal(came, []string{"easy", "easy"}) {
		t.Fatalf("came %v", came)
	}
	p.now = p.now.Add(time.Minute)
	p.say(there, "/remind strength daily 13:10")
	p.pass(14 * time.Hour)
	p.say(there, "/link "+p.code(t, here))
	var edits []string
	r := p.at(here)
	for !r.Wake.After(p.now.Add(24 * time.Hour)) {
		p.now = r.Wake
		for _, l := range p.hear(r.ID, coach.Woke{}) {
			if l.Replaces != "" && l.Quiet {
				edits = append(edits, l.Replaces+" at "+string(l.To))
			}
		}
		r = p.at(here)
	}
	for want, times := range map[string]int{"2026-11-16/easy at discord/1": 1, "2026-11-16/easy at telegram/2": 0, "2026-11-16/hill at discord/1": 1, "2026-11-16/strength at telegram/2": 1} {
		n := 0
		for _, e := range edits {
			if e == want {
				n++
			}
		}
		if n != times {
			t.Errorf("%s is edited %d times, want %d: %v", want, n, times, edits)
		}
	}
}

// TestNothingIsPutOffWhileMuted says that who turned reminders off and asks for one later is
// offered to have them on again, and is promised nothing that would not come.
func TestNothingIsPutOffWhileMuted(t *testing.T) {
	l := newLife(t)
	l.say(t, week, "/remind on", "/mute")
	heard := l.say(t, "snooze 30")
	if len(heard[0].Choices) == 0 || heard[0].Choices[0].Says != "/remind on" || len(l.r.Told.Snoozed) > 0 {
		t.Errorf("the answer is %q %v, and %v is put off", heard[0].Text, heard[0].Choices, l.r.Told.Snoozed)
	}
	l.say(t, "did an easy run yesterday")
	wantNudges(t, "while muted", l.at(t, "2026-01-05 23:00"))
}

// TestWhatWasPutOffIsRefused says that what was put off does not come on a day on which its
// runner has said since that they want none, and that it is noted why.
func TestWhatWasPutOffIsRefused(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-05 23:00")
	wantNudges(t, "at its time", l.at(t, "2026-01-06 18:00"), "2026-01-06/hill")
	l.say(t, "/snooze 30", "no reminders on tuesdays")
	wantNudges(t, "half an hour later", l.at(t, "2026-01-06 23:00"))
	if got := dropped(l.r, "2026-01-06/hill"); got != "out" {
		t.Errorf("it was dropped as %q", got)
	}
	wantNudges(t, "the next day", l.at(t, "2026-01-07 18:00"), "2026-01-07/hill")
}
