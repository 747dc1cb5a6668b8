package coach_test

import (
	"fmt"
	"strings"
	"testing"

	"legcoach/coach"
)

// TestRemarks says what becomes of words that are a reply to a reminder or to a
// receipt: a note, unless they mean something else.
func TestRemarks(t *testing.T) {
	for _, example := range []struct{ text, want string }{
		{"windy, with Anna, lovely morning", "Kept with yesterday: “windy, with Anna, lovely morning”."},
		{"did them on the treadmill", "Kept with yesterday"},
		{"hills were steep", "Kept with yesterday"},
		{"the last one was the best", "Kept with yesterday"},
		{"that wasn't hills, it was intervals", "Changed: intervals"},
		{"undo", "Taken back"},
		{"7", "Noted: 7 of 10"},
		{"why do hills help?", "Yes, hills are its first tip."},
		{"thanks", "Any time."},
		{"sharp pain in my shin when i land", "Please stop for today."},
	} {
		l := newLife(t)
		l.step(t, coach.Said{Text: week})
		receipt := l.step(t, coach.Said{Text: "did hills"})[0]
		l.now = l.now.AddDate(0, 0, 1)
		heard := l.step(t, coach.Said{Text: example.text, Replied: receipt.Choices[0].Says})
		if len(heard) == 0 || !strings.HasPrefix(heard[0].Text, example.want) {
			t.Errorf("%q under the receipt of yesterday is answered with %v, want %q", example.text, heard, example.want)
		}
		if kept := len(l.r.Notes) == 1; kept != strings.HasPrefix(example.want, "Kept") {
			t.Errorf("%q: notes %v", example.text, l.r.Notes)
		}
	}
}

// TestRemarkOnReminder says that words under a reminder go with its day, and a
// tick or a sticker logs its session.
func TestRemarkOnReminder(t *testing.T) {
	reminded := func() (*life, string) {
		l := newLife(t)
		for _, text := range []string{"/start clear", week, "/remind on"} {
			l.step(t, coach.Said{Text: text})
		}
		for _, line := range l.pass(t, l.now.AddDate(0, 0, 1)) {
			if line.Nudge != "" {
				return l, line.Key
			}
		}
		t.Fatal("nobody is reminded within a day")
		return nil, ""
	}
	l, key := reminded()
	l.step(t, coach.Said{Text: "rainy and cold out there", Nudge: key})
	if len(l.r.Notes) != 1 || !strings.HasPrefix(key, l.r.Notes[0].Date.String()) {
		t.Errorf("under %s: notes %v", key, l.r.Notes)
	}
	for _, e := range []coach.Event{coach.Said{Text: "✅", Nudge: key}, coach.Sent{What: "sticker", Nudge: key}} {
		l, key := reminded()
		l.step(t, e)
		if s := l.state(); s.Sessions != 1 || s.Days[l.r.Days.Log.Start()] != "DONE" {
			t.Errorf("%#v under %s: %+v", e, key, s)
		}
	}
}

// TestRemarkElsewhere says that nothing becomes a note that is no remark on a
// day, or was said in a group, or was tapped.
func TestRemarkElsewhere(t *testing.T) {
	for _, e := range []coach.Said{
		{Text: "windy, lovely morning"},
		{Text: "windy, lovely morning", Replied: "/ask does-running-tone-legs"},
		{Text: "windy, lovely morning", Replied: "/undo #3"},
		{Text: "windy, lovely morning", Replied: "/undo 2026-01-05 hill", Where: "console/group"},
		{Text: "windy, lovely morning", Replied: "/undo 2026-01-05 hill", Tapped: true},
	} {
		l := newLife(t)
		l.step(t, coach.Said{Text: "did hills"})
		l.step(t, e)
		if len(l.r.Notes) > 0 {
			t.Errorf("%+v: notes %v, want none", e, l.r.Notes)
		}
	}
}

// TestNotesAreBounded says that notes take little room, whatever is written.
func TestNotesAreBounded(t *testing.T) {
	l := newLife(t)
	for i := range 40 {
		l.step(t, coach.Said{Text: fmt.Sprintf("note: %d %s", i, strings.Repeat("ñandú\n\x01", 200))})
	}
	if n := len(encode(l.r.Notes)); len(l.r.Notes) != 24 || n > 24*320 || !strings.HasPrefix(l.r.Notes[23].Text, "39 ñandú") {
		t.Errorf("%d notes in %d bytes, the last %q", len(l.r.Notes), n, l.r.Notes[len(l.r.Notes)-1].Text)
	}
	before := encode(l.r.Notes)
	for range 2 {
		l.step(t, coach.Said{Text: "/undo"})
	}
	if got := encode(l.r.Notes); got != before {
		t.Errorf("undone and redone: %s, want %s", got, before)
	}
}
