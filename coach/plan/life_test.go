package plan

import (
	"encoding/json"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach/day"
)

// life is a runner made up day by day.
type life struct {
	b     *Book
	state State
	past  Past
	today day.Date
}

// begin begins a life at a level and a weekday drawn at random.
func begin(r *rapid.T, b *Book) *life {
	l := &life{b: b, today: day.Date(rapid.IntRange(20000, 20006).Draw(r, "begins"))}
	l.state = State{Level: rapid.SampledFrom(Levels).Draw(r, "level"), Check: Clear,
		Hard: time.Weekday(rapid.IntRange(0, 6).Draw(r, "hard"))}.Start(l.today)
	l.state.Week = rapid.IntRange(1, b.Last(l.state.Level)).Draw(r, "week")
	l.state.Bridge = l.state.Week > weeks || rapid.Bool().Draw(r, "bridge")
	return l
}

// live lives a day: the plan is brought to it, and the session is done or not.
func (l *life) live(does bool, effort int) {
	l.state, _ = l.b.Advance(l.state, l.past, l.today)
	p := l.b.On(l.state, l.past, l.today, l.today)
	if does && p.Kind.Training() && p.Held == "" {
		c := l.b.Card(p)
		l.past = append(l.past, Did{Date: l.today, Kind: c.Kind, Effort: effort, Gentle: p.Swap.Gentle(), Minutes: c.Running})
	}
	if l.state.Check == NotAsked {
		l.state.Check = Clear
	}
	l.today++
}

// overlong reports whether yesterday's session is a run of more than 110% of the
// longest of the 30 days before it, the run of the entry row among them for a
// beginner.
func (l *life) overlong() bool {
	if len(l.past) == 0 || l.past[len(l.past)-1].Date != l.today-1 {
		return false
	}
	last := l.past[len(l.past)-1]
	longest := 0
	for _, d := range l.past[:len(l.past)-1] {
		if last.Date-d.Date <= 30 && d.Kind != day.Strength {
			longest = max(longest, d.Minutes)
		}
	}
	if longest == 0 || last.Date-l.past[0].Date <= 30 {
		longest = max(longest, map[Level]int{New: 30, Regular: 28, Seasoned: 45}[l.state.Level])
	}
	return last.Kind != day.Strength && !last.Gentle && last.Minutes*100 > longest*110 // a gentle version is walked
}

// ahead returns the days two weeks back and two weeks ahead.
func (l *life) ahead() []Planned { return l.b.Days(l.state, l.past, l.today, l.today-14, 28) }

// TestNoGeneratedPlanBreaksASpacingRule lives random lives of half a year with
// days left out, weeks away, pain and moves, and looks two weeks ahead every day.
func TestNoGeneratedPlanBreaksASpacingRule(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(r *rapid.T) {
		l := begin(r, b)
		keen := rapid.IntRange(50, 100).Draw(r, "keen")
		for range rapid.IntRange(20, 90).Draw(r, "days") {
			switch {
			case rapid.IntRange(0, 99).Draw(r, "away") == 0:
				for range rapid.IntRange(1, 40).Draw(r, "long") {
					l.live(false, 0)
				}
			case rapid.IntRange(0, 29).Draw(r, "hurts") == 0:
				l.state, _ = b.Hurt(l.state, l.today, Amber, false)
			case rapid.IntRange(0, 9).Draw(r, "moves") == 0:
				from := l.today + day.Date(rapid.IntRange(0, 6).Draw(r, "from"))
				if moves := b.Moves(l.state, l.past, l.today, from); len(moves) > 0 {
					l.state = rapid.SampledFrom(moves).Draw(r, "to").State()
				}
			case rapid.IntRange(0, 29).Draw(r, "turns") == 0:
				hard := time.Weekday(rapid.IntRange(0, 6).Draw(r, "hard"))
				if c := b.Turn(l.state, l.past, l.today, hard); len(c.Broken) == 0 {
					l.state = c.State
				}
			}
			l.state, _ = b.Morning(l.state, l.today, rapid.IntRange(0, 2).Draw(r, "green") > 0)
			l.live(rapid.IntRange(0, 99).Draw(r, "does") < keen, 5)
			if l.overlong() {
				r.Fatalf("on %s: a run of %d min breaks PR-4: %s %v", l.today-1, l.past[len(l.past)-1].Minutes, text(r, l.state), l.past[max(0, len(l.past)-20):])
			}
			for _, broken := range b.Check(l.state.Level, l.ahead()) {
				if broken.Date >= l.today { // what was done before was planned, and checked, before
					r.Fatalf("on %s in week %d of %s: %v\n%v", l.today, l.state.Week, l.state.Level, broken, week(l.ahead()))
				}
			}
		}
	})
}

// week shows planned days in short, for messages.
func week(days []Planned) (text string) {
	for _, p := range days {
		text += p.Date.Format("Mon 2006-01-02 ") + string(p.Kind) + " slot " + string(p.Slot) + " did " + string(p.Did) + " " + p.Cause + "\n"
	}
	return text
}

// TestAPerfectRunnerGetsTheTables lives twelve weeks in which everything is done:
// no rule, limit or adjustment may take a minute from the tables.
func TestAPerfectRunnerGetsTheTables(t *testing.T) {
	b := book(t)
	for level, rows := range totals {
		for hard := time.Sunday; hard <= time.Saturday; hard++ {
			l := &life{b: b, today: 20003} // a Monday
			l.state = State{Level: level, Check: Clear, Hard: hard}.Start(l.today)
			for i, want := range rows {
				all, runs := 0, 0
				for range 7 {
					done := len(l.past)
					l.live(true, 5)
					if len(l.past) > done {
						c := b.Card(b.On(l.state, l.past[:done], l.today-1, l.today-1))
						if all += c.Minutes; c.Kind != day.Strength {
							runs += c.Minutes
						}
					}
				}
				if all != want[0] || runs != want[1] || l.state.Week != i+1 {
					t.Fatalf("%s from %s, week %d: %d / %d min, want %d / %d", level, hard, l.state.Week, all, runs, want[0], want[1])
				}
			}
		}
	}
}

// TestAdvanceTwiceIsAdvanceOnce makes sure that a repeated step changes nothing.
func TestAdvanceTwiceIsAdvanceOnce(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(r *rapid.T) {
		l := begin(r, b)
		for range rapid.IntRange(1, 120).Draw(r, "days") {
			l.live(rapid.IntRange(0, 3).Draw(r, "does") > 0, rapid.IntRange(0, 10).Draw(r, "effort"))
			once, _ := b.Advance(l.state, l.past, l.today)
			twice, news := b.Advance(once, l.past, l.today)
			if got, want := text(r, twice), text(r, once); got != want || len(news) > 0 {
				r.Fatalf("advanced twice: %s with news %v, want %s and none", got, news, want)
			}
		}
	})
}

// TestAStateIsSmall holds the size of what is kept of a plan.
func TestAStateIsSmall(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(r *rapid.T) {
		l := begin(r, b)
		for range rapid.IntRange(1, 90).Draw(r, "days") {
			l.live(rapid.IntRange(0, 3).Draw(r, "does") > 0, 5)
			if rapid.IntRange(0, 9).Draw(r, "moves") == 0 {
				if moves := b.Moves(l.state, l.past, l.today, l.today); len(moves) > 0 {
					l.state = moves[0].State()
				}
			}
			kept := text(r, l.state)
			if len(kept) > 800 {
				r.Fatalf("a plan is kept in %d bytes, want at most 800: %s", len(kept), kept)
			}
			var back State
			if err := json.Unmarshal([]byte(kept), &back); err != nil {
				r.Fatal(err)
			}
			if again := text(r, back); again != kept {
				r.Fatalf("read back as %s, want %s", again, kept)
			}
		}
	})
}

func text(r interface{ Fatal(...any) }, s State) string {
	data, err := json.Marshal(s)
	if err != nil {
		r.Fatal(err)
	}
	return string(data)
}
