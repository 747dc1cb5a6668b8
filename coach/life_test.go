package coach_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach"
	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// said are the things that runners of random lives say.
var said = []string{
	"did hills today", "easy run yesterday", "did intervals and strength", "done", "rested today", "undo", "/undo", "how am i doing", "/why", "/why reminders", "/safe",
	"/today", "/next", "/plan", "move hills to saturday", "move today to tomorrow", "/move hill", "/plan turn thu", "/easier", "not today", "/skip", "pause till friday", "i'm back", "stop", "/resume", "too many messages",
	"remind me of hills on tuesdays at 6pm", "remind me daily at 7am", "/remind on", "snooze 30", "snooze 2h", "i'm in tokyo", "landed in new york", "/timezone Australia/Lord_Howe",
	"/timezone Africa/Cairo", "/level regular", "/level new", "/start clear", "/start at 06:45", "/start zone Europe/Lisbon",
	"/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest", "my knee hurts 4/10", "got a cold", "/resume cleared", "/sore 2", "/sore 7",
	"does running tone legs", "why?", "was sick on monday", "forgot to log sunday, did easy", "that wasn't hills it was intervals", "/effort 2026-01-10 7",
	"/calendar", "/history", "/mydata", "/quiet 20:00-09:00", "/tone drill", "/card off", "hi", "thanks", "🏃", "\x00\xff", "/forget", "no",
}

// life is a runner with what was said to them so far.
type life struct {
	c    *coach.Coach
	r    coach.Runner
	now  time.Time
	told []coach.Line
}

func newLife(t testing.TB) *life {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return &life{c: newCoach(t, zone), r: coach.Runner{ID: "console/1"}, now: time.Date(2026, 1, 5, 9, 0, 0, 0, zone)}
}

// step steps the runner as a store keeps them: encoded in between.
func (l *life) step(t fataler, e coach.Event) []coach.Line {
	data, err := l.r.MarshalBinary()
	if err != nil {
		t.Fatalf("encode the runner: %v", err)
	}
	var r coach.Runner
	if err := r.UnmarshalBinary(data); err != nil {
		t.Fatalf("decode the runner: %v", err)
	}
	after, lines := l.c.Step(r, e, l.now)
	again, linesAgain := l.c.Step(l.r, e, l.now)
	if !sameJSON(after, again) || !sameJSON(lines, linesAgain) {
		t.Fatalf("stepped twice with %#v at %v, a runner becomes two:\n%s\n%s", e, l.now, encode(after), encode(again))
	}
	if after.IsZero() {
		after.ID = l.r.ID
	}
	for _, line := range lines {
		if why := l.c.Unwanted(after, line, l.now); why != "" {
			t.Fatalf("not wanted the moment it is decided (%s): %+v", why, line)
		}
	}
	l.r = after
	l.told = append(l.told, lines...)
	return lines
}

type fataler interface{ Fatalf(string, ...any) }

// pass lets time pass, waking the runner whenever they want to be woken.
func (l *life) pass(t fataler, until time.Time) []coach.Line {
	var heard []coach.Line
	for !l.r.Wake.IsZero() && !l.r.Wake.After(until) {
		l.now = l.r.Wake
		heard = append(heard, l.step(t, coach.Woke{})...)
		if !l.r.Wake.IsZero() && !l.r.Wake.After(l.now) {
			t.Fatalf("woken at %v, the runner wants to wake at %v", l.now, l.r.Wake)
		}
	}
	l.now = until
	return heard
}

// TestLives lives random lives and holds them to what is true of every life.
func TestLives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l := newLife(testingTB)
		seen := map[string]bool{}
		for range rapid.IntRange(1, 40).Draw(t, "turns") {
			e := l.does(t)
			l.step(t, e)
			seen["snooze"] = seen["snooze"] || strings.Contains(e.Text, "snooze")
			wait := time.Duration(rapid.IntRange(0, 72*60).Draw(t, "minutes")) * time.Minute
			for _, line := range l.pass(t, l.now.Add(wait)) {
				checkUnasked(t, l, line, seen)
			}
		}
	})
}

// does draws what a runner does next: they say something, or tap one of the
// choices of the latest lines, however old these are.
func (l *life) does(t *rapid.T) coach.Said {
	var taps []coach.Said
	for _, line := range l.told[max(0, len(l.told)-20):] {
		for _, c := range line.Choices {
			taps = append(taps, coach.Said{Text: c.Says, Tapped: true, Nudge: line.Key, Handle: "m"})
		}
	}
	if len(taps) > 0 && rapid.IntRange(0, 2).Draw(t, "tap") == 0 {
		return rapid.SampledFrom(taps).Draw(t, "tapped")
	}
	return coach.Said{Text: rapid.SampledFrom(said).Draw(t, "said")}
}

// testingTB stands in where a helper wants a testing.TB and cannot fail.
var testingTB testing.TB = new(testing.T)

func checkUnasked(t *rapid.T, l *life, line coach.Line, seen map[string]bool) {
	if !line.Unasked || !line.Private {
		t.Fatalf("said of its own accord, but not marked so: %+v", line)
	}
	if line.Nudge == "" || line.Replaces != "" {
		return
	}
	if line.Expires.IsZero() {
		t.Fatalf("a reminder never expires: %+v", line)
	}
	if seen[line.Key] && !seen["snooze"] {
		t.Fatalf("reminded twice of %s", line.Key)
	}
	seen[line.Key] = true
}

// TestSilence says that whoever never answers hears five sessions and one goodbye, and nothing after it.
func TestSilence(t *testing.T) {
	l := newLife(t)
	l.step(t, coach.Said{Text: "remind me daily at 6pm"})
	nudges, other := 0, 0
	for _, line := range l.pass(t, l.now.AddDate(0, 6, 0)) {
		switch {
		case line.Nudge != "":
			nudges++
		case !line.Quiet:
			other++
		}
	}
	if nudges != 5 || other != 1 {
		t.Errorf("heard %d reminders and %d other lines, want 5 and the goodbye", nudges, other)
	}
}

// TestIdle says that a silent runner is told before they are forgotten, and then is.
func TestIdle(t *testing.T) {
	l := newLife(t)
	l.step(t, coach.Said{Text: "did hills"})
	lines := slices.DeleteFunc(l.pass(t, l.now.AddDate(1, 2, 0)), func(line coach.Line) bool { return line.Quiet })
	if len(lines) != 1 || !l.r.Since.IsZero() {
		t.Errorf("after fourteen silent months: %d lines, runner %s", len(lines), encode(l.r))
	}
}

// TestUndoTwice says that taking back what was taken back changes nothing.
func TestUndoTwice(t *testing.T) {
	for _, text := range []string{"did hills today", "remind me of hills on tuesdays at 6pm", "pause till friday", "/level regular", "i'm in tokyo",
		"/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest", "did hills and strength yesterday", "too many messages"} {
		l := newLife(t)
		l.step(t, coach.Said{Text: "/remind on"})
		l.step(t, coach.Said{Text: "easy run yesterday"})
		l.now = l.now.Add(time.Hour)
		l.step(t, coach.Said{Text: text})
		before := l.r
		l.step(t, coach.Said{Text: "/undo"})
		if reflect.DeepEqual(before.Set, l.r.Set) && before.Days.Log == l.r.Days.Log && reflect.DeepEqual(before.Days.Pauses, l.r.Days.Pauses) && reflect.DeepEqual(before.Days.Clocks, l.r.Days.Clocks) {
			t.Errorf("%q, undo: nothing changed", text)
		}
		l.step(t, coach.Said{Text: "/undo"})
		if !sameJSON(before.Set, l.r.Set) || before.Days.Log != l.r.Days.Log || !sameJSON(before.Days, l.r.Days) {
			t.Errorf("%q, undo, undo:\n%s\nwant\n%s", text, encode(l.r), encode(before))
		}
	}
}

// TestStranger says that nothing is made of somebody who did nothing.
func TestStranger(t *testing.T) {
	l := newLife(t)
	for _, e := range []coach.Event{coach.Woke{}, coach.Left{}, coach.Returned{}, coach.Unsent{Key: "2026-01-05/hill"}} {
		if r, lines := l.c.Step(coach.Runner{ID: "console/1"}, e, l.now); !r.IsZero() || len(lines) > 0 {
			t.Errorf("%T makes %s of a stranger, and says %v", e, encode(r), lines)
		}
	}
}

// TestGroup says that nothing private is said in a group.
func TestGroup(t *testing.T) {
	l := newLife(t)
	for _, text := range said {
		for _, line := range l.step(t, coach.Said{Text: text, Where: "console/group"}) {
			if line.Private && line.To == "console/group" || !line.Private && line.To != "console/group" {
				t.Errorf("%q in a group: %+v", text, line)
			}
		}
	}
}

// tenYears is a runner who logged something on every day of ten years.
func tenYears(t testing.TB) *life {
	l := newLife(t)
	l.step(t.(fataler), coach.Said{Text: "did hills today"})
	first := l.r.Days.Today(l.now)
	log := l.r.Days
	l.now = l.now.AddDate(10, 0, 0)
	kinds := []day.Kind{day.Hill, day.Interval, day.Strength, day.Easy}
	for d := first; d < log.Today(l.now); d++ {
		var err error
		evening, _ := day.Instant(d, day.At(18, 0), time.UTC)
		if log, err = log.Record(d, session(kinds[int(d)%len(kinds)]), evening); err != nil {
			t.Fatal(err)
		}
	}
	l.r.Days = log
	l.r.Heard = l.now
	l.r.Wake = l.now.AddDate(1, 0, 0) // as if they had been woken all the while
	return l
}

// TestRecord says that ten years of days stay under 16 KB, as they are kept and as they are exported.
func TestRecord(t *testing.T) {
	l := tenYears(t)
	if n := len(kept(t, l.r)); n > 6<<10 {
		t.Errorf("a runner of ten years takes %d bytes", n)
	}
	if n := len(encode(l.r)); n > 16<<10 {
		t.Errorf("a runner of ten years is exported in %d bytes", n)
	}
}

// kept is r as a store keeps them.
func kept(t testing.TB, r coach.Runner) []byte {
	t.Helper()
	record, err := r.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	return record
}

func encode(v any) string {
	data, err := json.Marshal(v)
	if err != nil {
		return fmt.Sprint(err)
	}
	return string(data)
}

func sameJSON(a, b any) bool { return encode(a) == encode(b) }

// BenchmarkStep is one step of a new runner, and of one with ten years of daily
// logs, read before and written after as a store does, in turns. What one costs
// is the median, so that whatever else the machine does falls on both alike.
func BenchmarkStep(b *testing.B) {
	fresh, old := newLife(b), tenYears(b)
	fresh.step(b, coach.Said{Text: "did hills today"})
	old.step(b, coach.Said{Text: "did hills today"})
	lives := []*life{fresh, old}
	records := [][]byte{kept(b, fresh.r), kept(b, old.r)}
	var took [2][]time.Duration
	for b.Loop() {
		for i, l := range lives {
			began := time.Now()
			var r coach.Runner
			if err := r.UnmarshalBinary(records[i]); err != nil {
				b.Fatal(err)
			}
			r, _ = l.c.Step(r, coach.Said{Text: "easy run today, 30 minutes"}, l.now)
			if _, err := r.MarshalBinary(); err != nil {
				b.Fatal(err)
			}
			took[i] = append(took[i], time.Since(began))
		}
	}
	slices.Sort(took[0])
	slices.Sort(took[1])
	young, aged := took[0][len(took[0])/2], took[1][len(took[1])/2]
	b.ReportMetric(float64(young.Nanoseconds())/1e3, "µs-new")
	b.ReportMetric(float64(aged.Nanoseconds())/1e3, "µs-ten-years")
	b.ReportMetric(float64(aged)/float64(young), "x-new")
	b.ReportMetric(float64(len(records[0])), "bytes-new")
	b.ReportMetric(float64(len(records[1])), "bytes-ten-years")
	b.ReportMetric(0, "ns/op")
}

func session(k day.Kind) streak.Session { return streak.Session{Kind: k} }
