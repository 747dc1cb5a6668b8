package plan

import (
	"strings"
	"testing"

	"legcoach/coach/day"
)

// held are the facts of a week that was done, and short of one that was not.
var (
	held  = Facts{Planned: 5, PlannedHard: 1, Training: 4, Hard: 1, Over: []int{0, 1, 2}}
	short = Facts{Planned: 5, PlannedHard: 1, Training: 3, Hard: 1}
)

func TestPR1OneStepAWeek(t *testing.T) {
	b := book(t)
	for week := 1; week < weeks; week++ {
		if got := b.Progress(State{Level: Regular, Week: week}, held); got.Week != week+1 || got.Words == "" {
			t.Errorf("after week %d: %+v, want week %d and words", week, got, week+1)
		}
	}
}

func TestPR2WhatMakesAWeekHold(t *testing.T) {
	b := book(t)
	for name, test := range map[string]struct {
		facts Facts
		want  bool
	}{
		"four training days, one hard":      {held, true},
		"three training days":               {short, false},
		"no hard day as planned":            {Facts{Planned: 5, PlannedHard: 1, Training: 5}, false},
		"an amber or a red is open":         {Facts{Planned: 5, PlannedHard: 1, Training: 5, Hard: 1, Open: true}, false},
		"a median effort of 1 above target": {Facts{Planned: 5, PlannedHard: 1, Training: 5, Hard: 1, Over: []int{1, 1, 3}}, true},
		"a median effort of 2 above target": {Facts{Planned: 5, PlannedHard: 1, Training: 5, Hard: 1, Over: []int{0, 2, 3}}, false},
		"a week of one's own with two days": {Facts{Planned: 2, Training: 2}, true},
	} {
		if got := b.Held(test.facts); got != test.want {
			t.Errorf("%s: held is %t, want %t", name, got, test.want)
		}
	}
	if got := b.Progress(State{Level: New, Week: 3}, short); got.Week != 3 || got.Repeats != 1 || got.Rule != "PR-2" {
		t.Errorf("after a week that did not hold: %+v, want week 3 once more", got)
	}
}

func TestPR3TwoRepeatsThenBack(t *testing.T) {
	b := book(t)
	s := State{Level: New, Week: 3}
	for i, want := range []struct{ week, repeats int }{{3, 1}, {3, 2}, {2, 0}, {2, 1}, {2, 2}, {1, 0}, {1, 1}, {1, 2}, {1, 3}} {
		step := b.Progress(s, short)
		if s.Week, s.Repeats = step.Week, step.Repeats; s.Week != want.week || s.Repeats != want.repeats {
			t.Errorf("after %d weeks that did not hold: week %d, %d repeats, want %+v", i+1, s.Week, s.Repeats, want)
		}
	}
}

func TestPR4TrimsALongRun(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		level         Level
		kind          day.Kind
		longest, want int // running minutes
	}{
		{Regular, day.Easy, 46, 50},  // 50 is within 110% of 46
		{Regular, day.Easy, 40, 44},  // 44 is 110% of 40
		{Regular, day.Easy, 30, 33},  //
		{Seasoned, day.Easy, 60, 66}, //
		{New, day.Easy, 36, 39},      // whole minutes, walking included
		{New, day.Easy, 30, 29},      // a repeat less: 3 become 2
	} {
		c := b.Session(test.level, 11, test.kind, true, AsPlanned, Scale{Longest: test.longest})
		if c.Running != test.want {
			t.Errorf("%s %s after %d min: %d min of running, want %d", test.level, test.kind, test.longest, c.Running, test.want)
		}
	}
	c := b.Session(Regular, 11, day.Hill, true, AsPlanned, Scale{Longest: 30})
	if c.Reps != 6 || c.Trim == "" {
		t.Errorf("hills after 30 min: %d climbs and %q, want 6 and the reason", c.Reps, c.Trim)
	}
	if c = b.Session(Regular, 11, day.Hill, true, AsPlanned, Scale{Longest: 15}); c.Kind != day.Easy || c.Running > 16 {
		t.Errorf("hills after 15 min: %s of %d min, want an easy run of at most 16", c.Kind, c.Running)
	}
}

func TestPR5TheOrderOfChange(t *testing.T) {
	if got := book(t).RuleWords("PR-5"); !strings.Contains(got, "first more reps, then longer reps") {
		t.Errorf("PR-5 is said as %q", got)
	}
}

func TestPR6RisesInRunning(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		before, after int
		warns, refuse bool
	}{{100, 90, false, false}, {100, 119, false, false}, {100, 120, true, false}, {100, 129, true, false}, {100, 130, true, true}, {0, 50, false, false}} {
		_, refuse, words := b.Rise(test.before, test.after)
		if refuse != test.refuse || (words != "") != test.warns {
			t.Errorf("from %d to %d min: refuse %t, %q, want refuse %t, warn %t", test.before, test.after, refuse, words, test.refuse, test.warns)
		}
	}
	for level, rows := range totals {
		last := rows[0][1]
		for week := 2; week <= weeks; week++ {
			if b.Deload(week) {
				continue
			}
			if percent, _, _ := b.Rise(last, rows[week-1][1]); percent > 16 {
				t.Errorf("%s week %d rises by %d%%, want at most 16%%", level, week, percent)
			}
			last = rows[week-1][1]
		}
	}
}

func TestPR7Deloads(t *testing.T) {
	b := book(t)
	within := func(got, of int, low, high float64) bool {
		return float64(got) >= low*float64(of) && float64(got) <= high*float64(of)
	}
	for _, level := range Levels {
		for _, week := range []int{4, 8, 12} {
			for _, kind := range []day.Kind{day.Hill, day.Interval} {
				was, is := b.Session(level, week-1, kind, true, AsPlanned, Scale{}), b.Session(level, week, kind, true, AsPlanned, Scale{})
				if !within(int(is.Hard), int(was.Hard), 0.55, 0.70) {
					t.Errorf("%s %s: %s hard in week %d after %s, want 55-70%%", level, kind, is.Hard, week, was.Hard)
				}
				if is.RPE[1] > was.RPE[1] {
					t.Errorf("%s %s: effort rises to %d in week %d", level, kind, is.RPE[1], week)
				}
			}
			was, is := b.Session(level, week-1, day.Strength, true, AsPlanned, Scale{}), b.Session(level, week, day.Strength, true, AsPlanned, Scale{})
			if is.RIR != was.RIR+2 {
				t.Errorf("%s: %d reps in reserve in week %d after %d, want 2 more", level, is.RIR, week, was.RIR)
			}
			for _, set := range is.Sets {
				if set.Sets > 2 {
					t.Errorf("%s: %d sets of %s in week %d, want at most 2", level, set.Sets, set.Name, week)
				}
			}
		}
	}
	if got := b.Progress(State{Level: New, Week: 3}, held); !strings.Contains(got.Lighter, "Week 4 is a lighter week") {
		t.Errorf("before a deload it says %q", got.Lighter)
	}
}

func TestPR8AfterWeekTwelve(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		state State
		level Level
		week  int
		up    Level
	}{
		{State{Level: New, Week: 12}, New, 9, Regular},
		{State{Level: Regular, Week: 12}, Regular, 9, Seasoned},
		{State{Level: Seasoned, Week: 12}, Seasoned, 9, ""},
		{State{Level: New, Week: 12, Bridge: true}, New, 13, ""},
		{State{Level: New, Week: 15, Bridge: true}, New, 16, ""},
		{State{Level: New, Week: 16, Bridge: true}, Regular, 1, ""},
	} {
		got := b.Progress(test.state, held)
		if got.Level != test.level || got.Week != test.week || got.Up != test.up {
			t.Errorf("after %s week %d: %s week %d, offering %q, want %s week %d, offering %q",
				test.state.Level, test.state.Week, got.Level, got.Week, got.Up, test.level, test.week, test.up)
		}
	}
}

func TestPR9SkippingAhead(t *testing.T) {
	b := book(t)
	for _, test := range []struct{ week, good, want int }{
		{5, 3, 9}, {5, 2, 0}, {4, 9, 0}, {6, 9, 0}, {9, 9, 0}, {1, 9, 0},
	} {
		if got := b.Ahead(test.week, test.good); got != test.want {
			t.Errorf("at week %d after %d good weeks the offer is week %d, want %d", test.week, test.good, got, test.want)
		}
	}
	if s, ok := b.GoAhead(State{Level: New, Week: 5, Good: 3}); !ok || s.Week != 9 {
		t.Errorf("going ahead: week %d, %t, want 9", s.Week, ok)
	}
}

func TestChangingTheLevel(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		from, to Level
		week     int
		want     int
	}{
		{New, Regular, 7, 1}, {New, Seasoned, 7, 1}, {Regular, Seasoned, 12, 1},
		{Seasoned, Regular, 7, 7}, {Regular, New, 10, 10}, {Regular, Regular, 5, 5},
	} {
		s := b.SetLevel(State{Level: test.from, Week: test.week, Since: monday0}, monday0+3, test.to)
		if s.Level != test.to || s.Week != test.want {
			t.Errorf("from %s week %d to %s: %s week %d, want week %d", test.from, test.week, test.to, s.Level, s.Week, test.want)
		}
	}
	if s := b.Raise(State{Level: New, Week: 9, Since: monday0}, monday0+2); s.Week != 13 || !s.Bridge {
		t.Errorf("a new runner who moves up is in week %d, want the first bridge week", s.Week)
	}
	if got := b.Minutes(Regular, 1, b.Default(Regular, 1, 2)); got != totals[Regular][0][1] {
		t.Errorf("week 1 has %d min of running, want %d", got, totals[Regular][0][1])
	}
}
