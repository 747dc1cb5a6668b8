package coach_test

import (
	"strings"
	"testing"

	"legcoach/coach"
)

// TestWhoeverIsTalkingIsNotPushed says that a reminder which would come within a
// quarter of an hour of a message is said with the answer to it, and not again.
func TestWhoeverIsTalkingIsNotPushed(t *testing.T) {
	for _, c := range []struct {
		name, at, says string
		carried        string // what the answer says of it
		comes          bool   // whether it comes at 18:00 all the same
	}{
		{"a question", "17:50", "does running tone legs?", "your 18:00 reminder: hills today", false},
		{"a question in good time", "17:44", "does running tone legs?", "", true},
		{"another day is logged", "17:50", "did an easy run yesterday", "your 18:00 reminder: hills today", false},
		{"the session is logged", "17:50", "did hills", "", false},
		{"it is put off", "17:50", "/snooze 18:10", "", false},
		{"its time was just chosen", "17:50", "/remind hill daily 18:00", "", true},
		{"they just said where they are", "17:50", "/timezone Europe/Dublin", "", true},
		{"their plan was just changed", "17:50", "/level regular", "", true},
		{"a pain that stops everything else", "17:50", "sharp pain in my shin when i land", "", false},
	} {
		l := newLife(t)
		l.say(t, "/remind hill daily 18:00")
		l.at(t, "2026-01-06 "+c.at)
		heard := l.say(t, c.says)
		if got := strings.Contains(heard[0].Text, "reminder:"); got != (c.carried != "") || !strings.Contains(heard[0].Text, c.carried) {
			t.Errorf("%s: the answer is %q, want %q in it", c.name, heard[0].Text, c.carried)
		}
		if came := len(nudges(l.at(t, "2026-01-06 18:05"))) == 1; came != c.comes {
			t.Errorf("%s: it comes at 18:00: %v, want %v; %v", c.name, came, c.comes, l.r.Told.Drops)
		}
		if c.carried == "" {
			continue
		}
		if got := dropped(l.r, "2026-01-06/hill"); got != "told" {
			t.Errorf("%s: recorded as %q", c.name, got)
		}
		if why := l.say(t, "/why reminders"); !strings.Contains(why[0].Text, "Hills, Tue 6 Jan: you had just written, so I said it with my answer.") {
			t.Errorf("%s: /why says %q", c.name, why[0].Text)
		}
		wantNudges(t, c.name+": the next day", l.at(t, "2026-01-07 18:05"), "2026-01-07/hill")
	}
}

// TestSentAllTheSame says that one tap below such an answer brings the reminder at its time.
func TestSentAllTheSame(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-06 17:50")
	heard := l.say(t, "does running tone legs?")
	choices := heard[0].Choices
	last := choices[len(choices)-1]
	if last.Label != "Send it all the same" || len(last.Says) > coach.MaxSays {
		t.Fatalf("the last choice is %+v", last)
	}
	l.step(t, coach.Said{Text: last.Says, Tapped: true, Handle: "m"})
	wantNudges(t, "at 17:59", l.at(t, "2026-01-06 17:59"))
	wantNudges(t, "at 18:00", l.at(t, "2026-01-06 18:00"), "2026-01-06/hill")
}

// TestNoEmojiStandsForAReminder says that a thank-you is answered with an emoji, unless a reminder is said with it.
func TestNoEmojiStandsForAReminder(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	for _, c := range []struct {
		at    string
		words bool
	}{{"17:40", false}, {"17:50", true}} {
		l.at(t, "2026-01-06 "+c.at)
		heard := l.say(t, "thanks")
		if got := strings.Contains(heard[0].Text, "your 18:00 reminder"); got != c.words || (heard[0].Reaction == "") != c.words {
			t.Errorf("at %s the answer is %q or %q", c.at, heard[0].Text, heard[0].Reaction)
		}
	}
}

// TestTalkInAGroupIsPushed says that an answer in a group carries nothing of a reminder, which then comes.
func TestTalkInAGroupIsPushed(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-06 17:50")
	if heard := l.step(t, coach.Said{Text: "does running tone legs?", Where: "console/group"}); strings.Contains(heard[0].Text, "reminder") {
		t.Errorf("in a group it says %q", heard[0].Text)
	}
	wantNudges(t, "at 18:00", l.at(t, "2026-01-06 18:00"), "2026-01-06/hill")
}

// TestFewerAreEveryOther says that whoever asked for fewer hears of every other session, however often they write.
func TestFewerAreEveryOther(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00", "too many messages")
	var came []string
	for range 8 {
		came = append(came, nudges(l.pass(t, l.now.AddDate(0, 0, 1)))...)
		l.say(t, "/streak")
	}
	if len(came) != 4 {
		t.Errorf("in eight days came %v, want every other", came)
	}
}
