package coach_test

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
	"legcoach/coach/plan"
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
	for _, text := range []string{"/start clear", week, "/remind on", "did hills in 40 minutes", "/effort 2026-01-05 7", "note: windy", "pause till friday", "my knee hurts, 4 out of 10", "/level regular"} {
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
	if page := string(lines[1].File.Data); !strings.Contains(page, "done, hills") || !strings.Contains(page, "“windy”") {
		t.Errorf("the readable file does not tell of the hills, or has not the note:\n%s", page)
	}
	if len(again.Runs) != 1 || again.Runs[0].Minutes != 40 || len(again.Notes) != 1 {
		t.Errorf("imported again, runs are %v and notes %v, want 40 minutes and the one note", again.Runs, again.Notes)
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

// TestWeeksChangeAtAnyTime says that whatever week a runner turns to, on whatever
// day and with whatever done so far, no spacing rule is broken by what is then planned.
func TestWeeksChangeAtAnyTime(t *testing.T) {
	book, err := plan.Load()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(testingTB)
		level := rapid.SampledFrom(plan.Levels).Draw(t, "level")
		for _, text := range []string{"/start clear", "/level " + string(level), "/plan turn tue"} {
			l.step(t, coach.Said{Text: text})
		}
		for range rapid.IntRange(0, 16).Draw(t, "days") {
			if k := l.kindToday(); k.Training() && rapid.IntRange(0, 4).Draw(t, "does") > 0 {
				l.step(t, coach.Said{Text: "/done " + string(k)})
			}
			l.now = l.now.AddDate(0, 0, 1)
		}
		text := "/plan turn " + rapid.SampledFrom([]string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"}).Draw(t, "turn")
		if rapid.Bool().Draw(t, "own") {
			text = rapid.SampledFrom([]string{week, "/plan tue hill, wed rest, fri easy, sun strength", "/plan sat hill, mon easy, wed strength"}).Draw(t, "week")
		}
		l.step(t, coach.Said{Text: text})
		for _, broken := range book.Check(level, l.around(book)) {
			if broken.Date >= l.r.Days.Today(l.now) {
				t.Fatalf("%q on %s: on %s %s: %s", text, l.now, broken.Date, broken.Rule, broken.Words)
			}
		}
	})
}

// kindToday is the kind of day that the runner's plan has today.
func (l *life) kindToday() day.Kind {
	return l.state().Plan[strings.ToLower(l.r.Days.Today(l.now).Format("Mon"))]
}

// around are the last days as they were done, and the next two weeks as they are planned.
func (l *life) around(book *plan.Book) []plan.Planned {
	today, log := l.r.Days.Today(l.now), l.r.Days.Log
	var days []plan.Planned
	var past plan.Past
	for d := log.Start(); d < log.End(); d++ {
		for _, k := range log.At(d).Sessions() {
			past = append(past, plan.Did{Date: d, Kind: k})
			if d < today {
				days = append(days, plan.Planned{Date: d, Did: k, Closed: true})
			}
		}
	}
	return append(days, book.Days(*l.r.Set.Plan, past, today, today, 14)...)
}

// minutesOfWeeks are all minutes of the twelve weeks of each level, as the table of the plan has them.
var minutesOfWeeks = map[plan.Level][12]int{
	plan.New:      {124, 136, 133, 106, 145, 146, 164, 115, 150, 167, 170, 122},
	plan.Regular:  {168, 176, 188, 141, 180, 194, 211, 154, 201, 211, 221, 158},
	plan.Seasoned: {259, 274, 293, 212, 278, 295, 312, 224, 304, 317, 337, 237},
}

// TestSeasonsAreTheTables does all that /today asks, week after week: its minutes
// are those of the table, and after week 12 comes what the rules say.
func TestSeasonsAreTheTables(t *testing.T) {
	for _, level := range plan.Levels {
		l := newLife(t)
		for _, text := range []string{"/start clear", "/level " + string(level), "/plan turn tue"} {
			l.step(t, coach.Said{Text: text})
		}
		for i, want := range minutesOfWeeks[level] {
			if s := l.state(); s.Week != i+1 {
				t.Errorf("%s: week %d comes after week %d", level, s.Week, i)
			}
			if minutes, _ := l.liveWeek(t); minutes != want {
				t.Errorf("%s, week %d: %d minutes, want %d", level, i+1, minutes, want)
			}
		}
		if s := l.state(); s.Week != 9 || string(level) != s.Level {
			t.Errorf("%s: after week 12 comes week %d of %s, want 9", level, s.Week, s.Level)
		}
		if minutes, _ := l.liveWeek(t); minutes != minutesOfWeeks[level][8] {
			t.Errorf("%s, round once more: %d minutes, want those of week 9", level, minutes)
		}
	}
}

// TestTheBridge goes from the twelve weeks of a new runner over the four bridge
// weeks to level regular, by one tap.
func TestTheBridge(t *testing.T) {
	l := newLife(t)
	for _, text := range []string{"/start clear", "/level new", "/plan turn tue"} {
		l.step(t, coach.Said{Text: text})
	}
	for range 12 {
		l.liveWeek(t)
	}
	if heard := l.hear(t, "hi"); !strings.Contains(heard, "Level regular is open to you") {
		t.Errorf("after week 12: %q, want the offer to go up", heard)
	}
	l.step(t, coach.Said{Text: "/level up"})
	for i, want := range []int{38, 40, 35, 38} {
		if minutes, easy := l.liveWeek(t); easy != 2*want {
			t.Errorf("bridge week %d: %d minutes of easy runs in all %d, want twice %d", i+1, easy, minutes, want)
		}
	}
	if s := l.state(); s.Level != "regular" || s.Week != 1 {
		t.Errorf("after the bridge: level %s, week %d, want regular, 1", s.Level, s.Week)
	}
	if minutes, _ := l.liveWeek(t); minutes != minutesOfWeeks[plan.Regular][0] {
		t.Errorf("first week at level regular: %d minutes, want %d", minutes, minutesOfWeeks[plan.Regular][0])
	}
}

// liveWeek does what /today asks for on seven days, and returns how many minutes
// that is in all, and in easy runs.
func (l *life) liveWeek(t fataler) (minutes, easy int) {
	for range 7 {
		card := l.hear(t, "/today")
		if in := inAll.FindStringSubmatch(card); in != nil {
			n, _ := strconv.Atoi(in[1])
			minutes += n
			if strings.HasPrefix(card, "Easy:") {
				easy += n
			}
			l.step(t, coach.Said{Text: "done"})
		}
		l.now = l.now.AddDate(0, 0, 1)
	}
	return minutes, easy
}

var inAll = regexp.MustCompile(`(\d+) min in all`)
