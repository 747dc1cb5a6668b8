package plan

import (
	"slices"
	"testing"
	"time"

	"legcoach/coach/day"
)

// TestReturnTable holds the boundaries of the return table.
func TestReturnTable(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		days, week int
		level      Level
		want       Return
	}{
		{0, 6, New, Return{Week: 6, Level: New}},
		{1, 6, New, Return{Week: 6, Level: New}},
		{3, 6, New, Return{Week: 6, Level: New}},
		{4, 6, Regular, Return{Row: 1, Week: 6, Level: Regular, Easy: 1, Hard: 80, Caps: []int{90}}},
		{7, 6, New, Return{Row: 1, Week: 6, Level: New, Easy: 1, Hard: 80, Caps: []int{90}}},
		{8, 6, New, Return{Row: 2, Week: 5, Level: New, Easy: 2, Hard: 70, Caps: []int{75, 90}}},
		{14, 8, New, Return{Row: 2, Week: 7, Level: New, Easy: 2, Hard: 70, Caps: []int{75, 90}}},
		{14, 9, New, Return{Row: 2, Week: 7, Level: New, Easy: 2, Hard: 70, Caps: []int{75, 90}}},
		{8, 1, New, Return{Row: 2, Week: 1, Level: New, Easy: 2, Hard: 70, Caps: []int{75, 90}}},
		{15, 8, Seasoned, Return{Row: 3, Week: 1, Level: Seasoned, Easy: 3, Days: 7, Hard: 60, First: 67, Caps: []int{60, 80}}},
		{28, 9, Regular, Return{Row: 3, Week: 5, Level: Regular, Easy: 3, Days: 7, Hard: 60, First: 67, Caps: []int{60, 80}}},
		{28, 12, Regular, Return{Row: 3, Week: 5, Level: Regular, Easy: 3, Days: 7, Hard: 60, First: 67, Caps: []int{60, 80}}},
		{29, 12, Seasoned, Return{Row: 4, Week: 1, Level: Regular, Easy: 1, Check: true}},
		{400, 12, New, Return{Row: 4, Week: 1, Level: New, Easy: 1, Check: true}},
	} {
		got := b.Return(test.days, test.week, test.level)
		if got.Words == "" {
			t.Errorf("after %d days nothing is said", test.days)
		}
		if got.Words = ""; !slices.Equal(got.Caps, test.want.Caps) {
			t.Errorf("after %d days the caps are %v, want %v", test.days, got.Caps, test.want.Caps)
		}
		got.Caps, test.want.Caps = nil, nil
		if g, w := got, test.want; g.Row != w.Row || g.Week != w.Week || g.Level != w.Level || g.Easy != w.Easy ||
			g.Days != w.Days || g.Hard != w.Hard || g.First != w.First || g.Check != w.Check {
			t.Errorf("%d days away in week %d of %s: %+v, want %+v", test.days, test.week, test.level, g, w)
		}
	}
}

// returned is a regular runner in week 6 whose last session was so many whole
// days before today, a Monday.
func returned(b *Book, days int) *life {
	l := &life{b: b, today: monday0}
	l.state = State{Level: Regular, Check: Clear, Week: 6, Since: monday0 - 7, Hard: time.Tuesday}
	for d := monday0 - day.Date(days) - 40; d < monday0-day.Date(days); d++ {
		l.past = append(l.past, Did{Date: d, Kind: day.Easy, Minutes: 40})
	}
	l.state, _ = b.Advance(l.state, l.past, l.today)
	return l
}

// kinds lives days on which everything planned is done and tells what was done.
func (l *life) kinds(n int) (cards []Card) {
	for range n {
		p := l.b.On(l.state, l.past, l.today, l.today)
		cards = append(cards, l.b.Card(p))
		l.live(true, 5)
	}
	return cards
}

func TestAfterFourDaysOneEasySessionThenHillsAt80Percent(t *testing.T) {
	b := book(t)
	l := returned(b, 5)
	cards := l.kinds(5) // Monday rest, Tuesday hills, Wednesday strength, Thursday rest, Friday intervals
	if l.state.Week != 6 || cards[1].Kind != day.Easy {
		t.Errorf("back in week %d with %s, want week 6 with an easy run", l.state.Week, cards[1].Kind)
	}
	if full := b.Session(Regular, 6, day.Strength, true, AsPlanned, Scale{}); cards[2].RIR != full.RIR+2 {
		t.Errorf("strength leaves %d reps in reserve, want %d", cards[2].RIR, full.RIR+2)
	}
	if cards[4].Kind != day.Interval || cards[4].Reps != 4 { // 80% of 5
		t.Errorf("the first hard day is %d of %s, want 4 of intervals", cards[4].Reps, cards[4].Kind)
	}
}

func TestAfterEightDaysTwoEasySessions(t *testing.T) {
	l := returned(book(t), 8)
	if l.state.Week != 5 {
		t.Errorf("back in week %d, want 5", l.state.Week)
	}
	var easy, before int
	for _, c := range l.kinds(21) {
		if c.Kind == day.Easy {
			easy++
		}
		if c.Kind.Hard() {
			before = easy
			if c.Reps != 4 { // 70% of 6
				t.Errorf("the first hard day has %d reps, want 4", c.Reps)
			}
			break
		}
	}
	if before < 2 {
		t.Errorf("%d easy sessions before the first hard one, want 2", before)
	}
}

func TestAfterFifteenDaysSevenDaysWithoutHardOnes(t *testing.T) {
	l := returned(book(t), 20)
	if l.state.Week != 1 {
		t.Errorf("back in week %d, want 1", l.state.Week)
	}
	cards := l.kinds(21)
	if first := cards[1]; first.Kind != day.Easy || first.Running != 18 { // 60% of 30
		t.Errorf("the first session is %s of %d min, want easy of 18", first.Kind, first.Running)
	}
	for i, c := range cards[:8] {
		if c.Kind.Hard() {
			t.Errorf("day %d holds %s, want nothing hard for 7 days", i, c.Kind)
		}
	}
}

func TestAfterTwentyNineDaysTheStartCheckIsDue(t *testing.T) {
	b := book(t)
	l := returned(b, 29)
	if l.state.Check != NotAsked || l.state.Week != 1 || l.state.Level != New {
		t.Errorf("back as %s in week %d with the check %q, want new, week 1, not asked", l.state.Level, l.state.Week, l.state.Check)
	}
	if got := b.On(l.state, l.past, l.today, l.today+1); got.Held != HeldCheck {
		t.Errorf("tomorrow is held by %q, want the check", got.Held)
	}
	l.state.Check = Clear
	if again, _ := b.Advance(l.state, l.past, l.today+1); again.Check != Clear {
		t.Errorf("the answered check is asked once more the day after")
	}
}

// TestAGapIsJudgedByItsLength goes row by row through one long gap: the week
// counts from where it was before, and not from where the last row put it.
func TestAGapIsJudgedByItsLength(t *testing.T) {
	b := book(t)
	l := &life{b: b, today: monday0, state: State{Level: Regular, Check: Clear, Week: 10, Since: monday0, Hard: time.Tuesday}}
	l.past = Past{{Date: monday0 - 1, Kind: day.Easy, Minutes: 46}}
	want := map[int]int{3: 10, 4: 10, 7: 10, 8: 8, 14: 8, 15: 5, 28: 5, 29: 1}
	for days := 1; days <= 29; days++ {
		l.state, _ = b.Advance(l.state, l.past, monday0+day.Date(days))
		if week, ok := want[days]; ok && l.state.Week != week {
			t.Errorf("after %d days the week is %d, want %d", days, l.state.Week, week)
		}
	}
}

func TestOrdinaryWeeksAreNoGap(t *testing.T) {
	b := book(t)
	for _, level := range Levels {
		l := &life{b: b, today: monday0, state: State{Level: level, Check: Clear, Hard: time.Tuesday}.Start(monday0)}
		l.kinds(84)
		if l.state.Away != nil || l.state.Week != 12 {
			t.Errorf("%s: twelve weeks done end in week %d with %+v, want 12 and no gap", level, l.state.Week, l.state.Away)
		}
	}
}

func TestAnOldLogIsNoGapInANewPlan(t *testing.T) {
	b := book(t)
	past := Past{{Date: monday0 - 60, Kind: day.Easy}}
	s := State{Level: Regular, Check: Clear, Hard: time.Tuesday}.Start(monday0)
	s, news := b.Advance(s, past, monday0)
	if s.Check != Clear || s.Level != Regular || len(news) > 0 {
		t.Errorf("a plan that starts today is %s with the check %q and news %v, want it untouched", s.Level, s.Check, news)
	}
	if p := b.On(s, past, monday0, monday0+1); p.Kind != day.Easy {
		t.Errorf("the first session after all that time is %s, want easy", p.Kind)
	}
}

func TestPlannedRestIsNoGap(t *testing.T) {
	b := book(t)
	l := fresh(b, Regular)
	l.state.Set = Week{r, h, r, r, r, r, r}
	if broken := b.CheckWeek(Regular, l.state.Set); len(broken) > 0 {
		t.Errorf("hills once a week break %v, want nothing", broken)
	}
	for i, c := range l.kinds(28) {
		if want := l.state.Set[i%7]; c.Kind != want {
			t.Errorf("day %d holds %s, want %s", i, c.Kind, want)
		}
	}
	if l.state.Away != nil || l.state.Week != 4 {
		t.Errorf("after four weeks: week %d, gap %+v, want week 4 and none", l.state.Week, l.state.Away)
	}
}
