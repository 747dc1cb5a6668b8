package coach_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
)

// at moves a life to a time on its wall clock, with a bot that is there all the while.
func (l *life) at(t *testing.T, clock string) []coach.Line {
	t.Helper()
	return l.pass(t, l.moment(t, clock))
}

func (l *life) moment(t *testing.T, clock string) time.Time {
	t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", clock, l.c.Zone(l.r, l.now))
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// back moves a life to a time at which the bot is back, after it was away.
func (l *life) back(t *testing.T, clock string) []coach.Line {
	t.Helper()
	l.now = l.moment(t, clock)
	return l.step(t, coach.Woke{})
}

func (l *life) say(t *testing.T, texts ...string) []coach.Line {
	t.Helper()
	var heard []coach.Line
	for _, text := range texts {
		heard = l.step(t, coach.Said{Text: text})
	}
	return heard
}

// nudges are the reminders among lines, by their keys.
func nudges(lines []coach.Line) []string {
	var keys []string
	for _, l := range lines {
		if l.Nudge != "" {
			keys = append(keys, l.Key)
		}
	}
	return keys
}

func dropped(r coach.Runner, key string) string {
	for _, d := range slices.Backward(r.Told.Drops) {
		if d.Date.String()+"/"+string(d.Kind) == key {
			return d.Why
		}
	}
	return ""
}

func wantNudges(t *testing.T, what string, got []coach.Line, want ...string) {
	t.Helper()
	if !slices.Equal(nudges(got), want) {
		t.Errorf("%s: reminded of %v, want %v", what, nudges(got), want)
	}
}

// The lives below begin on Monday 5 January 2026 at 09:00 in London.

func TestAwayForAnHour(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill mon 18:00")
	lines := l.back(t, "2026-01-05 19:00")
	wantNudges(t, "an hour later", lines, "2026-01-05/hill")
	if !strings.Contains(lines[0].Text, "offline from 18:00 to 19:00") {
		t.Errorf("it does not say that the bot was away: %q", lines[0].Text)
	}
}

func TestTenMinutesLateSaysNothingOfIt(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill mon 18:00")
	if lines := l.back(t, "2026-01-05 18:10"); len(lines) != 1 || strings.Contains(lines[0].Text, "offline") {
		t.Errorf("ten minutes late: %v", lines)
	}
}

func TestAwayForAWeekOneComes(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00", "/remind strength daily 17:00")
	lines := l.back(t, "2026-01-12 19:00")
	wantNudges(t, "a week later", lines, "2026-01-12/hill")
	for key, want := range map[string]string{"2026-01-12/strength": "better", "2026-01-11/hill": "stale", "2026-01-11/strength": "stale"} {
		if got := dropped(l.r, key); got != want {
			t.Errorf("%s was dropped as %q, want %q", key, got, want)
		}
	}
	wantNudges(t, "and goes on", l.at(t, "2026-01-13 20:00"), "2026-01-13/strength", "2026-01-13/hill")
}

func TestAwayOverSundayTheSessionIsMoreUsefulThanTheCard(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London")
	l.at(t, "2026-01-11 17:00")
	l.say(t, "/ok")
	lines := l.back(t, "2026-01-11 19:00")
	if len(lines) != 1 || len(nudges(lines)) != 1 {
		t.Errorf("back on Sunday evening it says %d things: %+v", len(lines), lines)
	}
	if got := dropped(l.r, "2026-01-11/week"); got != "better" {
		t.Errorf("the card was dropped as %q", got)
	}
}

func TestSomebodyWritesFirstAfterTheBotWasAway(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00", "/remind strength daily 18:30")
	l.now = l.moment(t, "2026-01-05 19:00")
	lines := l.say(t, "/ok")
	wantNudges(t, "right after", l.at(t, "2026-01-05 19:01"))
	if !strings.Contains(lines[0].Text, "your 18:30 reminder: strength today") || strings.Contains(lines[0].Text, "hills") {
		t.Errorf("the reply carries %q, want the more useful one alone", lines[0].Text)
	}
	for key, want := range map[string]string{"2026-01-05/hill": "better", "2026-01-05/strength": "told"} {
		if got := dropped(l.r, key); got != want {
			t.Errorf("%s was dropped as %q, want %q", key, got, want)
		}
	}
}

func TestSomebodyWritesTheVerySecond(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.now = l.moment(t, "2026-01-05 18:00")
	l.say(t, "/remind easy tue 07:00")
	wantNudges(t, "the reminder", l.at(t, "2026-01-05 18:01"), "2026-01-05/hill")
}

func TestAnOutageWidensTheDeadline(t *testing.T) {
	l := newLife(t)
	l.say(t, "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest", "/remind on")
	l.at(t, "2026-01-05 20:00")
	l.back(t, "2026-01-07 09:00") // Monday could be logged until Wednesday 04:00
	if got := string(l.c.State(l.r, l.now).Days[l.r.Days.Today(l.moment(t, "2026-01-05 12:00"))]); got != "GRACE" {
		t.Errorf("Monday is %s after the bot was away over its deadline, want GRACE", got)
	}
}

func TestNobodyUnreachableHadAnOutage(t *testing.T) {
	l := newLife(t)
	l.say(t, "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest", "/remind on")
	l.step(t, coach.Left{})
	l.back(t, "2026-01-07 09:00")
	if got := string(l.c.State(l.r, l.now).Days[l.r.Days.Today(l.moment(t, "2026-01-05 12:00"))]); got != "MISSED" {
		t.Errorf("Monday is %s, want MISSED", got)
	}
	if got := dropped(l.r, "2026-01-07/interval"); got != "" {
		t.Errorf("it was decided before its time: %q", got)
	}
	wantNudges(t, "nothing is said to who cannot hear", l.at(t, "2026-01-08 09:00"))
	if got := dropped(l.r, "2026-01-07/interval"); got != "unreachable" {
		t.Errorf("Wednesday was dropped as %q", got)
	}
}

func TestFlyWest(t *testing.T) {
	l := newLife(t)
	l.say(t, "/timezone Pacific/Auckland", "/remind hill daily 18:00")
	wantNudges(t, "in Auckland", l.at(t, "2026-01-06 18:00"), "2026-01-06/hill")
	l.say(t, "/timezone Pacific/Honolulu") // Monday evening there
	wantNudges(t, "the same date once more", l.at(t, "2026-01-06 23:00"))
	wantNudges(t, "the date after", l.at(t, "2026-01-07 23:00"), "2026-01-07/hill")
}

func TestFlyEastOverItsTime(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-06 17:00")
	l.say(t, "/timezone Europe/Athens") // 19:00 there
	lines := l.at(t, "2026-01-06 19:05")
	wantNudges(t, "after landing", lines, "2026-01-06/hill")
	if strings.Contains(lines[0].Text, "offline") {
		t.Errorf("the bot was there: %q", lines[0].Text)
	}
	wantNudges(t, "once", l.at(t, "2026-01-07 17:00"))
}

func TestClockJumps(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.now = l.moment(t, "2026-01-09 18:30") // the clock is wrong
	wantNudges(t, "forward", l.step(t, coach.Woke{}), "2026-01-09/hill")
	l.now = l.moment(t, "2026-01-05 10:00") // and is put right
	var came []coach.Line
	for range 7 {
		l.say(t, "/ok")
		came = append(came, l.pass(t, l.now.Add(24*time.Hour))...)
	}
	wantNudges(t, "back", came, "2026-01-05/hill", "2026-01-06/hill", "2026-01-07/hill", "2026-01-08/hill", "2026-01-10/hill", "2026-01-11/hill")
}

func TestRestoredFromYesterday(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-06 12:00")
	backup := l.r
	wantNudges(t, "before", l.at(t, "2026-01-06 18:00"), "2026-01-06/hill")
	l.r = backup
	wantNudges(t, "restored the next morning", l.back(t, "2026-01-07 09:00"))
	if got := dropped(l.r, "2026-01-06/hill"); got != "stale" {
		t.Errorf("yesterday was dropped as %q", got)
	}
	wantNudges(t, "then", l.at(t, "2026-01-07 18:00"), "2026-01-07/hill")
}

func TestQuietHours(t *testing.T) {
	for _, c := range []struct {
		name string
		says []string
		want string // when Tuesday's reminder comes
	}{
		{"a time that was chosen inside the default ones", []string{"/remind hill tue 05:30"}, "05:30"},
		{"quiet hours that were chosen after the time", []string{"/remind hill tue 05:30", "/quiet 22:00-08:00"}, "08:00"},
		{"a time that was chosen after the quiet hours", []string{"/quiet 22:00-08:00", "/remind hill tue 05:30"}, "05:30"},
		{"too far from their end", []string{"/remind hill tue 03:30", "/quiet 22:00-08:00"}, ""},
		{"the operator's time", []string{"/quiet 17:00-19:00", "/remind on"}, "19:00"},
	} {
		l := newLife(t)
		l.say(t, c.says...)
		came := ""
		l.at(t, "2026-01-05 23:59")
		for end := l.moment(t, "2026-01-06 23:59"); l.r.Wake.Before(end); {
			l.now = l.r.Wake
			if len(nudges(l.step(t, coach.Woke{}))) > 0 {
				came = l.now.Format("15:04")
			}
		}
		if came != c.want {
			t.Errorf("%s: it came at %q, want %q; %v", c.name, came, c.want, l.r.Told.Drops)
		}
	}
}

func TestNoMoreThanTwoADay(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 12:00", "/remind strength daily 15:00", "/remind easy daily 18:00")
	wantNudges(t, "three kinds", l.at(t, "2026-01-05 20:00"), "2026-01-05/hill", "2026-01-05/strength")
	if got := dropped(l.r, "2026-01-05/easy"); got != "cap" {
		t.Errorf("the third was dropped as %q", got)
	}
}

func TestWhyTellsTheReason(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00", "did hills today")
	l.at(t, "2026-01-05 19:00")
	lines := l.say(t, "/why reminders")
	if want := "Hills, Mon 5 Jan: you had done it already."; !strings.Contains(lines[0].Text, want) {
		t.Errorf("why: %q, want %q in it", lines[0].Text, want)
	}
}

func TestAReminderIsSettledByWords(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-05 18:05")
	edits := 0
	for _, line := range l.say(t, "did my hills") {
		if line.Replaces == "2026-01-05/hill" && line.Quiet && len(line.Choices) == 0 {
			edits++
		}
	}
	if edits != 1 {
		t.Errorf("%d edits of the reminder, want 1", edits)
	}
}

func TestAReminderLosesItsButtonsAtTheClose(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-05 18:05")
	for _, line := range l.at(t, "2026-01-06 04:00") {
		if line.Replaces == "2026-01-05/hill" && line.Quiet && len(line.Choices) == 0 {
			return
		}
	}
	t.Error("nothing closes it")
}

func TestEveryTapWorksAWeekLater(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London")
	var taps []coach.Choice
	for _, line := range l.at(t, "2026-01-06 18:00") {
		if line.Nudge != "" {
			taps = append(taps, line.Choices...)
		}
	}
	if len(taps) < 6 {
		t.Fatalf("%d choices: %v", len(taps), taps)
	}
	for _, c := range []coach.Line{l.say(t, "/more 2026-01-06/hill")[0], l.say(t, "/snooze 2026-01-06/hill")[0]} {
		taps = append(taps, c.Choices...)
	}
	later := l.moment(t, "2026-01-13 12:00")
	for _, c := range taps {
		if len(c.Says) > coach.MaxSays {
			t.Errorf("%q says %d bytes", c.Label, len(c.Says))
		}
		week := *l
		week.pass(t, later)
		if heard := week.step(t, coach.Said{Text: c.Says, Tapped: true, Nudge: "2026-01-06/hill", Handle: "m"}); len(heard) == 0 {
			t.Errorf("a week later %q (%s) says nothing", c.Label, c.Says)
		}
	}
}

// TestATapAfterAWeekAsks says that what is too old for the count is kept only if that is wanted.
func TestATapAfterAWeekAsks(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-05 18:05")
	tap := coach.Said{Text: "/done hill 2026-01-05", Tapped: true, Nudge: "2026-01-05/hill", Handle: "m"}
	l.now = l.moment(t, "2026-01-13 12:00") // eight days later
	asked := l.step(t, tap)
	if len(asked) == 0 || !strings.Contains(asked[0].Text, "too old to change the day count") || len(asked[0].Choices) == 0 {
		t.Fatalf("it says %+v", asked)
	}
	if got := l.c.State(l.r, l.now); got.Sessions != 0 || got.Streak != 0 {
		t.Errorf("before it was said to, %d sessions and %d days count", got.Sessions, got.Streak)
	}
	kept := l.step(t, coach.Said{Text: asked[0].Choices[0].Says, Tapped: true, Handle: "m"})
	if !strings.Contains(kept[0].Text, "saved to your history") {
		t.Errorf("then it says %q", kept[0].Text)
	}
	if history := l.say(t, "/history"); !strings.Contains(history[0].Text, "5 Jan") {
		t.Errorf("the history is %q", history[0].Text)
	}
	if again := l.step(t, tap); len(again) == 0 {
		t.Error("a second tap says nothing")
	}
}

func TestASecondTapCountsOnce(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-05 18:05")
	tap := coach.Said{Text: "/done hill 2026-01-05", Tapped: true, Nudge: "2026-01-05/hill", Handle: "m"}
	if lines := l.step(t, tap); !lines[0].InPlace || len(lines[0].Choices) < 5 {
		t.Errorf("the reminder does not become the receipt: %+v", lines[0])
	}
	l.step(t, tap)
	if got := l.c.State(l.r, l.now).Sessions; got != 1 {
		t.Errorf("two taps count %d", got)
	}
}

func TestWhatMayNotHaveArrivedIsCarried(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00")
	l.at(t, "2026-01-05 18:05")
	l.step(t, coach.Unsent{Key: "2026-01-05/hill", Why: "unknown"})
	if lines := l.say(t, "/ok"); !strings.Contains(lines[0].Text, "remind you of hills") {
		t.Errorf("the next message says %q", lines[0].Text)
	}
	if lines := l.say(t, "/ok"); strings.Contains(lines[0].Text, "remind you of hills") {
		t.Errorf("it is said twice: %q", lines[0].Text)
	}
}

func TestUndoOfASkipRemindsAfterAll(t *testing.T) {
	l := newLife(t)
	l.say(t, "/start clear", "/start at 17:30", "/start zone Europe/London")
	l.at(t, "2026-01-06 12:00")
	l.say(t, "/skip 2026-01-06 leave", "/undo")
	wantNudges(t, "after the undo", l.at(t, "2026-01-06 18:00"), "2026-01-06/hill")
}

// TestATimeChosenAnewCounts says that a reminder which quiet hours hold back comes at the time that is chosen meanwhile.
func TestATimeChosenAnewCounts(t *testing.T) {
	for clock, want := range map[string][]string{"05:45": {"2026-01-06/hill"}, "09:35": {"2026-01-06/hill"}, "04:00": nil} {
		l := newLife(t)
		l.say(t, "/remind hill daily 03:30")
		l.at(t, "2026-01-05 22:00")
		l.back(t, "2026-01-06 04:30") // too late to be said at night: it is held until seven
		l.say(t, "/remind hill daily "+clock)
		wantNudges(t, "before "+clock, l.pass(t, l.moment(t, "2026-01-06 "+clock).Add(-time.Minute)))
		wantNudges(t, "after "+clock, l.at(t, "2026-01-06 23:00"), want...)
	}
}
