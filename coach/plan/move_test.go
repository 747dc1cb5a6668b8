package plan

import (
	"strings"
	"testing"
	"time"

	"legcoach/coach/day"
)

// fresh is a runner who begins on a Monday, with the first hard day on Tuesday.
func fresh(b *Book, level Level) *life {
	return &life{b: b, today: monday0, state: State{Level: level, Check: Clear, Hard: time.Tuesday}.Start(monday0)}
}

// TestMovesOfTheWeek tells, on a Monday, where each session of the week may go,
// and what it would cost.
func TestMovesOfTheWeek(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		level Level
		from  time.Weekday
		want  string
	}{
		{New, time.Tuesday, "Mon, Wed without strength"},
		{New, time.Wednesday, ""},
		{New, time.Friday, "Thu"},
		{Regular, time.Tuesday, "Mon, Wed without strength"},
		{Regular, time.Friday, "Thu without strength, Sat without strength"},
		{Regular, time.Saturday, "Sun"},
		{Regular, time.Sunday, "Mon, Sat"},
		{Seasoned, time.Thursday, "Mon"},
	} {
		l := fresh(b, test.level)
		var got []string
		for _, m := range b.Moves(l.state, l.past, l.today, on(test.from)) {
			move := m.Date.Format("Mon")
			for _, p := range m.Dropped {
				move += " without " + string(p.Kind)
			}
			got = append(got, move)
		}
		if got := strings.Join(got, ", "); got != test.want {
			t.Errorf("%s: the session of %s may move to %q, want %q", test.level, test.from, got, test.want)
		}
	}
}

// on returns the date of a weekday in the first week.
func on(w time.Weekday) day.Date { return monday0 + day.Date(fromMonday(w)) }

func TestAMoveSwapsTwoDays(t *testing.T) {
	b := book(t)
	l := fresh(b, Regular)
	c := b.Move(l.state, l.past, l.today, on(time.Saturday), on(time.Sunday))
	if len(c.Broken) > 0 || len(c.Dropped) > 0 {
		t.Fatalf("strength to Sunday breaks %v and drops %v, want neither", c.Broken, c.Dropped)
	}
	days := b.Days(c.State, l.past, l.today, l.today, 7)
	if days[5].Kind != day.Easy || days[6].Kind != day.Strength || days[6].From != on(time.Saturday) {
		t.Errorf("after the move Saturday holds %s and Sunday %s from %s", days[5].Kind, days[6].Kind, days[6].From)
	}
}

func TestAMoveMayCostASession(t *testing.T) {
	b := book(t)
	l := fresh(b, Regular)
	c := b.Move(l.state, l.past, l.today, on(time.Tuesday), on(time.Wednesday))
	if len(c.Broken) > 0 || len(c.Dropped) != 1 || c.Dropped[0].Kind != day.Strength {
		t.Fatalf("hills to Wednesday: breaks %v, drops %+v, want strength dropped", c.Broken, c.Dropped)
	}
	if days := b.Days(c.State, l.past, l.today, l.today, 3); days[1].Kind != day.Rest || days[2].Kind != day.Hill {
		t.Errorf("after the move Tuesday holds %s and Wednesday %s, want rest and hills", days[1].Kind, days[2].Kind)
	}
}

func TestAMoveThatCannotBeIsExplained(t *testing.T) {
	b := book(t)
	l := fresh(b, Regular)
	c := b.Move(l.state, l.past, l.today, on(time.Tuesday), on(time.Saturday))
	if len(c.Broken) == 0 || c.Broken[len(c.Broken)-1].Rule != "SP-12" {
		t.Fatalf("hills to Saturday: %v, want SP-12 among the rules", c.Broken)
	}
}

func TestClosedDaysDoNotMove(t *testing.T) {
	b := book(t)
	l := fresh(b, Regular)
	l.kinds(4) // Monday to Thursday
	for _, test := range [][2]time.Weekday{{time.Tuesday, time.Sunday}, {time.Saturday, time.Monday}} {
		if c := b.Move(l.state, l.past, l.today, on(test[0]), on(test[1])); text(t, c.State) != text(t, l.state) {
			t.Errorf("a session moved from %s to %s on %s", test[0], test[1], l.today.Weekday())
		}
	}
	if c := b.Put(l.state, l.past, l.today, Change{Date: on(time.Tuesday), Kind: day.Rest}); text(t, c.State) != text(t, l.state) {
		t.Error("a day that is over was changed")
	}
	if got := b.Moves(l.state, l.past, l.today, on(time.Tuesday)); got != nil {
		t.Errorf("hills that were done are offered %v", got)
	}
}

func TestRestInsteadBreaksNothing(t *testing.T) {
	b := book(t)
	for _, level := range Levels {
		l := fresh(b, level)
		for d := l.today; d < l.today+7; d++ {
			if c := b.Put(l.state, l.past, l.today, Change{Date: d, Kind: day.Rest}); len(c.Broken) > 0 {
				t.Errorf("%s: rest on %s breaks %v, want nothing", level, d.Weekday(), c.Broken)
			}
		}
	}
}

func TestPuttingHillsBesideIntervalsIsRefused(t *testing.T) {
	b := book(t)
	l := fresh(b, Regular)
	c := b.Put(l.state, l.past, l.today, Change{Date: on(time.Thursday), Kind: day.Hill})
	if len(c.Broken) == 0 || c.Broken[0].Rule != "SP-1" || Allowed(c.Broken) {
		t.Errorf("hills the day before intervals: %v, want SP-1, and no way round it", c.Broken)
	}
}

func TestASwapBreaksNothing(t *testing.T) {
	b := book(t)
	l := fresh(b, New)
	c := b.Put(l.state, l.past, l.today, Change{Date: on(time.Tuesday), Swap: Treadmill})
	p := b.On(c.State, l.past, l.today, on(time.Tuesday))
	if len(c.Broken) > 0 || b.Card(p).Swap != Treadmill || p.Kind != day.Hill {
		t.Errorf("hills on a treadmill: %v, %+v", c.Broken, p)
	}
}

// TestTurningTheWeekSettles turns the week on every day of it to every weekday.
func TestTurningTheWeekSettles(t *testing.T) {
	b := book(t)
	for _, level := range Levels {
		for done := range 14 {
			l := fresh(b, level)
			l.kinds(done)
			for _, hard := range weekdays {
				c := b.Turn(l.state, l.past, l.today, hard)
				if len(c.Broken) > 0 {
					t.Errorf("%s, after %d days, hills turned to %s: %v, want all settled", level, done, hard, c.Broken)
				}
			}
		}
	}
}

func TestOneWeekOfOnesOwn(t *testing.T) {
	b := book(t)
	own := Week{h, r, i, r, s, e, r}
	if c := b.Own(State{Level: Regular, Week: 1, Since: monday0}, own); len(c.Broken) > 0 {
		t.Errorf("for a regular it breaks %v, want nothing", c.Broken)
	}
	c := b.Own(State{Level: New, Week: 1, Since: monday0}, own)
	if len(c.Broken) == 0 || c.Broken[0].Rule != "SP-2" {
		t.Errorf("for a new runner it breaks %v, want SP-2", c.Broken)
	}
	if p := b.On(c.State, nil, monday0, monday0+4); p.Kind != day.Strength {
		t.Errorf("Friday holds %s, want strength", p.Kind)
	}
}

func TestNoPlanIsFree(t *testing.T) {
	b := book(t)
	s, news := b.Advance(State{}, Past{{Date: monday0, Kind: day.Hill}}, monday0+40)
	if p := b.On(s, nil, monday0, monday0); p.Kind != day.Free || p.Week != 0 || news != nil {
		t.Errorf("without a plan the day is %+v with news %v, want it free", p, news)
	}
}
