package coach_test

import (
	"strings"
	"testing"
	"time"

	"legcoach/coach"
)

// TestQueuedMeanwhile lets a reminder of 18:00 wait for its platform while
// something happens, and asks whether it is still to be said.
func TestQueuedMeanwhile(t *testing.T) {
	for _, c := range []struct {
		name  string
		does  []string
		after time.Duration // since it was due
		want  string
	}{
		{"nothing happens", nil, 40 * time.Minute, ""},
		{"something is asked", []string{"does running tone legs?", "/streak", "/next"}, 40 * time.Minute, ""},
		{"the session is logged", []string{"did hills"}, 40 * time.Minute, "done"},
		{"it is logged and taken back", []string{"did hills", "/undo"}, 40 * time.Minute, ""},
		{"rest instead", []string{"/rest"}, 40 * time.Minute, "rested"},
		{"the plan is paused", []string{"/pause 3 days"}, 40 * time.Minute, "paused"},
		{"ill", []string{"got a cold"}, 40 * time.Minute, "excused"},
		{"all reminders are muted", []string{"/mute"}, 40 * time.Minute, "muted"},
		{"muted, and on again", []string{"/mute", "/remind on"}, 40 * time.Minute, ""},
		{"its kind is muted", []string{"/mute hill"}, 40 * time.Minute, "muted"},
		{"today is muted", []string{"/mute today"}, 40 * time.Minute, "out"},
		{"it is moved", []string{"move hills to tomorrow"}, 40 * time.Minute, "moved"},
		{"it is skipped", []string{"/skip"}, 40 * time.Minute, "out"},
		{"it is put off", []string{"snooze 2h"}, 40 * time.Minute, "later"},
		{"tuesdays are left out", []string{"no reminders on tuesdays"}, 40 * time.Minute, "out"},
		{"quiet hours are chosen", []string{"/quiet 18:15-07:00"}, 40 * time.Minute, "quiet"}, // later than the time
		{"they fly into the night", []string{"/timezone Asia/Tokyo"}, 40 * time.Minute, "quiet"},
	} {
		l := newLife(t)
		l.say(t, "/start clear", "/start at 18:00", "/start zone Europe/London")
		var line coach.Line
		for _, made := range l.at(t, "2026-01-06 18:00") {
			if made.Nudge != "" {
				line = made
			}
		}
		if line.Key != "2026-01-06/hill" {
			t.Fatalf("no reminder at 18:00: %+v", line)
		}
		l.now = l.now.Add(time.Minute)
		l.say(t, c.does...)
		now := l.now.Add(c.after)
		if got := l.c.Unwanted(l.r, line, now); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		if c.want == "" {
			continue
		}
		l.now = now
		l.step(t, coach.Unsent{Key: line.Key, Why: c.want})
		if got := dropped(l.r, line.Key); got != c.want {
			t.Errorf("%s: recorded as %q, want %q", c.name, got, c.want)
		}
		if heard := l.say(t, "/why reminders"); !strings.Contains(heard[0].Text, "Hills, Tue 6 Jan: ") {
			t.Errorf("%s: /why says %q", c.name, heard[0].Text)
		}
		for _, later := range l.pass(t, l.moment(t, "2026-01-06 19:30")) {
			if later.Nudge == "hill" {
				t.Errorf("%s: it comes all the same: %+v", c.name, later)
			}
		}
	}
}

// TestQueuedNight says that what was decided by day is not said at night.
func TestQueuedNight(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill mon 21:00")
	line := l.at(t, "2026-01-05 21:00")[0]
	for at, want := range map[string]string{"2026-01-05 21:29": "", "2026-01-05 21:30": "quiet"} {
		if got := l.c.Unwanted(l.r, line, l.moment(t, at)); got != want {
			t.Errorf("at %s: %q, want %q", at, got, want)
		}
	}
}

// TestQueuedGoodbye says that nobody hears a goodbye after they wrote.
func TestQueuedGoodbye(t *testing.T) {
	l := newLife(t)
	l.say(t, "remind me daily at 6pm")
	var bye coach.Line
	for _, line := range l.pass(t, l.now.AddDate(0, 2, 0)) {
		if strings.HasSuffix(line.Key, "/goodbye") {
			bye = line
		}
	}
	if got := l.c.Unwanted(l.r, bye, l.now); got != "" || bye.Key == "" {
		t.Errorf("the goodbye %+v is not wanted: %q", bye, got)
	}
	l.say(t, "hi")
	if got := l.c.Unwanted(l.r, bye, l.now); got != "heard" {
		t.Errorf("after they wrote it is not wanted for %q", got)
	}
}

// TestQueuedCard says that a card is not said to somebody who turned it off meanwhile.
func TestQueuedCard(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London")
	l.at(t, "2026-01-11 12:00")
	l.say(t, "/ok")
	var card coach.Line
	for _, line := range l.at(t, "2026-01-11 18:05") {
		if strings.Contains(line.Key, "/week") {
			card = line
		}
	}
	if got := l.c.Unwanted(l.r, card, l.now); got != "" || card.Key == "" {
		t.Fatalf("the card %+v is not wanted: %q", card, got)
	}
	l.say(t, "/card off")
	if got := l.c.Unwanted(l.r, card, l.now); got != "muted" {
		t.Errorf("after /card off it is not wanted for %q", got)
	}
	l.step(t, coach.Unsent{Key: card.Key, Why: "muted"})
	if got := dropped(l.r, "2026-01-11/week"); got != "muted" {
		t.Errorf("recorded as %q", got)
	}
}
