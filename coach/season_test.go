package coach_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
	"legcoach/coach/streak"

	"pgregory.net/rapid"
)

// week is the plan of the examples: hills, rest, intervals, rest, strength, an easy run, rest.
const week = "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest"

// hear says text and returns what is heard, all in one.
func (l *life) hear(t fataler, text string) string {
	var heard []string
	for _, line := range l.step(t, coach.Said{Text: text}) {
		heard = append(heard, line.Text)
	}
	return strings.Join(heard, "\n")
}

// state is the runner's state now.
func (l *life) state() coach.State { return l.c.State(l.r, l.now) }

// TestExportIsImportableAgain says that the exported JSON decodes to the runner
// that it came from, and goes on as they do.
func TestExportIsImportableAgain(t *testing.T) {
	l := newLife(t)
	for _, text := range []string{"/start clear", week, "/remind on", "did hills", "/effort 2026-01-05 7", "pause till friday", "my knee hurts, 4 out of 10", "/level regular"} {
		l.step(t, coach.Said{Text: text})
	}
	lines := l.step(t, coach.Said{Text: "/export"})
	if len(lines) != 2 || lines[0].File == nil || lines[1].File == nil {
		t.Fatalf("exported %+v, want one JSON and one readable file", lines)
	}
	var again coach.Runner
	if err := json.Unmarshal(lines[0].File.Data, &again); err != nil {
		t.Fatal(err)
	}
	again.Talk, again.Wake = l.r.Talk, l.r.Wake // what the export itself changed
	if !sameJSON(again, l.r) {
		t.Errorf("imported again:\n%s\nwant\n%s", encode(again), encode(l.r))
	}
	if got, want := encode(l.c.State(again, l.now)), encode(l.state()); got != want {
		t.Errorf("state of the import:\n%s\nwant\n%s", got, want)
	}
	if page := string(lines[1].File.Data); !strings.Contains(page, "done, hills") {
		t.Errorf("the readable file does not tell of the hills:\n%s", page)
	}
}

// TestRedIsNotUndone says that no undo of something older starts training that was stopped for safety.
func TestRedIsNotUndone(t *testing.T) {
	for _, report := range []string{"sharp pain in my shin when i land", "i don't want to be here anymore", "my chest feels tight"} {
		for _, earlier := range []string{"did hills", "/level regular", "pause till friday", "/remind on", "i have a cold"} {
			l := newLife(t)
			l.step(t, coach.Said{Text: week})
			l.step(t, coach.Said{Text: earlier})
			l.step(t, coach.Said{Text: report})
			if _, paused := l.r.Days.Paused(l.r.Days.Today(l.now)); !paused {
				t.Errorf("%q: the plan is not paused", report)
			}
			for range 3 {
				l.step(t, coach.Said{Text: "/undo"})
			}
			if _, paused := l.r.Days.Paused(l.r.Days.Today(l.now)); !paused {
				t.Errorf("%q, then %q, then undo: the plan is not paused any more", earlier, report)
			}
		}
	}
}

// TestRedHolds says that nothing but leaving red ends what it paused, and that it costs nothing however long.
func TestRedHolds(t *testing.T) {
	l := newLife(t)
	for _, text := range []string{week, "did hills", "sharp pain in my shin when i land"} {
		l.step(t, coach.Said{Text: text})
	}
	before := l.state()
	for _, text := range []string{"pause till friday", "i have a fever", "/resume", "/resume gone", "legs feel fine", "i feel better", "/start clear", "/remind on", "i don't want to be here anymore"} {
		l.now = l.now.AddDate(0, 0, 20)
		l.step(t, coach.Said{Text: text})
		if s := l.state(); s.Streak != before.Streak || s.Freezes != before.Freezes {
			t.Errorf("%q: streak %d and %d freezes, want %d and %d", text, s.Streak, s.Freezes, before.Streak, before.Freezes)
		}
	}
	l.step(t, coach.Said{Text: "/resume cleared"})
	if _, paused := l.r.Days.Paused(l.r.Days.Today(l.now)); paused {
		t.Error("cleared by a professional: still paused")
	}
}

// TestOpenAmberHolds says that an amber of which nothing more is heard costs neither the streak nor a freeze.
func TestOpenAmberHolds(t *testing.T) {
	l := newLife(t)
	for _, text := range []string{week, "did hills", "my knee hurts, 4 out of 10"} {
		l.step(t, coach.Said{Text: text})
	}
	l.now = l.now.AddDate(0, 0, 24)
	s := l.state()
	if s.Freezes != 2 || s.Streak < 1 {
		t.Errorf("24 days later: streak %d, %d freezes, want the hills still counted and 2", s.Streak, s.Freezes)
	}
}

// TestTwelveWeeks says that the plan goes on week by week as it is done, that the
// next block is offered after three good weeks, and the next level after week 12.
func TestTwelveWeeks(t *testing.T) {
	l := newLife(t)
	for _, text := range []string{"/start clear", week, "/level regular"} {
		l.step(t, coach.Said{Text: text})
	}
	said := map[time.Weekday]string{time.Monday: "did hills", time.Wednesday: "did intervals", time.Friday: "did strength", time.Saturday: "did an easy run"}
	var heard strings.Builder
	for range 14 * 7 {
		if text := said[l.now.Weekday()]; text != "" {
			heard.WriteString(l.hear(t, text) + "\n")
		}
		l.now = l.now.AddDate(0, 0, 1)
	}
	for _, want := range []string{"Next is week 2", "Week 4 is a lighter week", "go on to week 9", "Level seasoned is open to you"} {
		if !strings.Contains(heard.String(), want) {
			t.Errorf("in fourteen weeks nobody said %q", want)
		}
	}
	before := l.state()
	l.step(t, coach.Said{Text: "/level up"})
	if s := l.state(); s.Level != "seasoned" || s.Week != 1 || s.Streak != before.Streak {
		t.Errorf("gone up: level %s, week %d, streak %d, want seasoned, 1, %d", s.Level, s.Week, s.Streak, before.Streak)
	}
	l.step(t, coach.Said{Text: "/undo"})
	if s := l.state(); s.Level != before.Level || s.Week != before.Week {
		t.Errorf("taken back: level %s, week %d, want %s, %d", s.Level, s.Week, before.Level, before.Week)
	}
}

// TestSeasons lives random months and holds them to what numbers promise.
func TestSeasons(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(testingTB)
		l.step(t, coach.Said{Text: week})
		for range rapid.IntRange(5, 40).Draw(t, "turns") {
			l.now = l.now.Add(time.Duration(rapid.IntRange(1, 60).Draw(t, "hours")) * time.Hour)
			season(t, l)
		}
	})
}

// logged and changed are what is said in a season: logs, and everything that can be taken back.
var (
	logged  = []string{"/done hill", "/done interval", "/done strength", "/done easy", "/rest"}
	changed = []string{"/pause sick", "/resume", "/level regular", "/level new", "/plan turn thu", "/skip", "/move", "/easier", "/sore 4", "/sore 1", "i have a cold", "i have a fever", week}
)

// season is one turn of a random life.
func season(t *rapid.T, l *life) {
	today := l.r.Days.Today(l.now)
	late := today - day.Date(rapid.IntRange(0, 7).Draw(t, "back"))
	before := l.state() // with the days that passed lived through
	switch rapid.IntRange(0, 2).Draw(t, "what") {
	case 0:
		text := rapid.SampledFrom(logged).Draw(t, "log")
		if text != "/rest" {
			text += " " + late.String()
		}
		l.step(t, coach.Said{Text: text})
		if after := l.state(); after.Streak < before.Streak {
			t.Fatalf("%q on %v lowers the streak from %d to %d", text, l.now, before.Streak, after.Streak)
		}
	case 1:
		l.step(t, coach.Said{Text: rapid.SampledFrom(changed).Draw(t, "change")})
		if after := l.state(); after.Streak < before.Streak {
			t.Fatalf("a change on %v lowers the streak from %d to %d", l.now, before.Streak, after.Streak)
		}
	default:
		if l.r.Last == nil {
			return
		}
		l.step(t, coach.Said{Text: "/undo"})
		l.step(t, coach.Said{Text: "/undo"})
		if after := l.state(); encode(after) != encode(before) {
			t.Fatalf("undo and undo:\n%s\nwant\n%s", encode(after), encode(before))
		}
	}
	checkSplit(t, l)
}

// checkSplit says that the number is its sessions and its kept rest, and the same at every look.
func checkSplit(t *rapid.T, l *life) {
	s := l.state()
	if s.Streak != s.Sessions+s.Rests || s.Best < s.Streak || s.Freezes < 0 || s.Freezes > streak.MaxFreezes {
		t.Fatalf("streak %d = %d + %d, best %d, %d freezes", s.Streak, s.Sessions, s.Rests, s.Best, s.Freezes)
	}
	if again := l.state(); encode(again) != encode(s) {
		t.Fatalf("looked at twice:\n%s\nand\n%s", encode(s), encode(again))
	}
}
