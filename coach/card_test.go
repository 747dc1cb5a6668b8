package coach_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
)

func TestTheWeeklyCard(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London")
	l.at(t, "2026-01-06 12:00")
	l.say(t, "did hills today")
	l.at(t, "2026-01-10 12:00")
	l.say(t, "/ok")
	var card *coach.Line
	for _, line := range l.at(t, "2026-01-11 18:00") {
		if strings.HasSuffix(line.Key, "/week") {
			card = &line
		}
	}
	if card == nil {
		t.Fatal("no card on Sunday evening")
	}
	if !card.Silent || !card.Unasked || card.Expires.IsZero() || !strings.Contains(card.Text, "Next week: Tue ") {
		t.Errorf("the card is %+v", card)
	}
	l.say(t, "/card off")
	for _, line := range l.at(t, "2026-01-19 12:00") {
		if strings.HasSuffix(line.Key, "/week") {
			t.Errorf("a card comes after it was turned off: %q", line.Text)
		}
	}
}

// TestWhyThereWasNoCard says that the reason is told.
func TestWhyThereWasNoCard(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London")
	l.at(t, "2026-01-11 20:00") // a week of silence
	if got := dropped(l.r, "2026-01-11/week"); got != "ignored" {
		t.Fatalf("the card was dropped as %q", got)
	}
	if heard := l.say(t, "/why reminders"); !strings.Contains(heard[0].Text, "I send less while nothing comes back.") {
		t.Errorf("it says %q", heard[0].Text)
	}
}

// TestALighterWeekIsToldOnTheCard says that the card before a lighter week says so, and no other.
func TestALighterWeekIsToldOnTheCard(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London", "/level regular", week)
	says := map[time.Weekday]string{time.Monday: "did hills", time.Wednesday: "did intervals", time.Friday: "did strength", time.Saturday: "did an easy run"}
	told := map[int]bool{}
	for range 5 * 7 {
		if text := says[l.now.Weekday()]; text != "" {
			l.say(t, text)
		}
		for _, line := range l.pass(t, l.now.AddDate(0, 0, 1)) {
			if strings.HasSuffix(line.Key, "/week") {
				told[l.c.State(l.r, l.now).Week] = strings.Contains(line.Text, "Next week is a lighter one")
			}
		}
	}
	if want := map[int]bool{2: false, 3: false, 4: true, 5: false, 6: false}; !maps.Equal(told, want) {
		t.Errorf("told of a lighter week to come on the evening before week: %v, want %v", told, want)
	}
}

func TestFewerAndNeverOnSundays(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London", "never remind me on sundays")
	for _, line := range l.at(t, "2026-01-12 03:00") {
		if !line.Quiet && strings.HasPrefix(line.Key, "2026-01-11") {
			t.Errorf("on Sunday it says %q", line.Text)
		}
	}
}

// TestEveryNoteOfYesterday sees each of the lines that speak of what went before.
func TestEveryNoteOfYesterday(t *testing.T) {
	week := "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest"
	for _, c := range []struct {
		name  string
		live  func(l *life)
		until string
		want  string
	}{
		{"a session was not done", func(l *life) {
			l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London")
			l.at(t, "2026-01-07 12:00")
		}, "2026-01-07 17:30", "and that's fine|nothing to make up"},
		{"a freeze was used", func(l *life) {
			l.say(t, week, "/remind on", "did hills today")
			l.at(t, "2026-01-09 12:00")
		}, "2026-01-09 18:00", "I used a freeze for Wednesday, so your streak stands at"},
		{"three days are kept", func(l *life) {
			l.say(t, week, "/remind on", "did hills today")
			l.at(t, "2026-01-07 12:00")
			l.say(t, "did intervals today")
			l.at(t, "2026-01-08 08:00")
		}, "2026-01-08 09:00", "3 days kept, rest days included"},
		{"it hurt", func(l *life) {
			l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London", "my knee hurts 4/10")
			l.at(t, "2026-01-06 12:00")
		}, "2026-01-06 17:30", "from 0 to 10?"},
	} {
		l := newLife(t)
		c.live(l)
		heard := ""
		for _, line := range l.at(t, c.until) {
			if line.Nudge != "" {
				heard = line.Text
			}
		}
		found := false
		for _, want := range strings.Split(c.want, "|") {
			found = found || strings.Contains(heard, want)
		}
		if !found {
			t.Errorf("%s: %q, want %q in it", c.name, heard, c.want)
		}
	}
}
