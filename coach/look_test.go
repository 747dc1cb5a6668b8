package coach_test

import (
	"slices"
	"strings"
	"testing"

	"legcoach/coach"
)

// looked are the dates on which a runner was looked in on in half a year of silence.
func looked(t *testing.T, l *life) []string {
	t.Helper()
	var dates []string
	for _, line := range l.pass(t, l.now.AddDate(0, 6, 0)) {
		if date, found := strings.CutSuffix(line.Key, "/look"); found {
			dates = append(dates, date)
			if !line.Silent || !line.Private || line.Expires.IsZero() || len(line.Choices) == 0 {
				t.Errorf("it says %+v", line)
			}
		}
	}
	return dates
}

// TestLookIn says that who asked for it, and nobody else, is looked in on after 30
// days of silence, each fortnight, and after 60 days never again.
func TestLookIn(t *testing.T) {
	begins := []string{"/start clear", "/start at 17:30", "/start zone Europe/London"}
	for _, c := range []struct {
		says []string
		want []string
	}{
		{nil, nil},
		{[]string{"/look on"}, []string{"2026-02-04", "2026-02-18", "2026-03-04"}},
		{[]string{"/look on", "/undo"}, nil},
		{[]string{"/look on", "/look off"}, nil},
		{[]string{"/look on", "/mute"}, nil},
	} {
		l := newLife(t)
		l.say(t, append(begins, c.says...)...)
		if got := looked(t, l); !slices.Equal(got, c.want) {
			t.Errorf("%v: looked in on %v, want %v", c.says, got, c.want)
		}
	}
}

// TestLookInNoMore says that one word begins the silence anew, and unsays what waits.
func TestLookInNoMore(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London", "/look on")
	var line coach.Line
	for _, said := range l.at(t, "2026-02-04 10:05") {
		if strings.HasSuffix(said.Key, "/look") {
			line = said
		}
	}
	l.say(t, "hi")
	if got := l.c.Unwanted(l.r, line, l.now); got != "heard" || line.Key == "" {
		t.Errorf("%+v is not wanted for %q", line, got)
	}
	l.say(t, "/look off")
	if got := looked(t, l); len(got) > 0 {
		t.Errorf("looked in on %v", got)
	}
}
