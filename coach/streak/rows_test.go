package streak_test

import (
	"errors"
	"math"
	"strings"
	"testing"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// on logs a session at 18:00 on each of the dates.
func (l *life) on(dates ...string) {
	l.t.Helper()
	for _, d := range dates {
		l.did(d + " 18:00")
	}
}

// States of a date.

func TestStateDoneInsideAPauseCountsAndThePauseGoesOn(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	l.must(l.facts.Pause(l.date("2026-03-24"), 0, streak.Travel, l.at("2026-03-24 08:00")))
	l.on("2026-03-25")
	l.want("2026-03-28 10:00", 2, 2, done, excused, done, excused, excused, excused)
	if _, paused := l.facts.Paused(l.date("2026-03-28")); !paused {
		t.Error("the pause ended with the session")
	}
}

func TestStateExcusedHoldsAndAddsNothingAlsoOnARestDay(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	l.must(l.facts.Excuse(l.date("2026-03-24"), l.date("2026-03-25"), streak.Sick, l.at("2026-03-25 20:00")))
	n := l.want("2026-03-26 10:00", 1, 2, done, excused, excused, open)
	if n.Days[1].Reason != streak.Sick {
		t.Errorf("the reason is %s, want sick", n.Days[1].Reason)
	}
}

func TestStateRestAlsoAsRestInsteadBeforeTheDayCloses(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	l.must(l.facts.RestInstead(l.date("2026-03-25"), l.at("2026-03-26 03:59")))
	l.want("2026-03-26 10:00", 3, 2, done, rest, rest, open)
	if _, err := l.facts.RestInstead(l.date("2026-03-25"), l.at("2026-03-26 04:00")); !errors.Is(err, streak.ErrClosed) {
		t.Errorf("rest instead after the close: %v, want ErrClosed", err)
	}
}

func TestStateRestAlsoWhereTheSessionMovedAway(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	l.facts = l.facts.Mark(l.date("2026-03-25"), streak.Moved, true).SetPlan(l.date("2026-03-26"), day.Interval)
	l.on("2026-03-26")
	l.want("2026-03-27 10:00", 4, 2, done, rest, rest, done, open)
}

func TestStateFreeHoldsAndNothingBreaksWithoutAPlan(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, planless)
	l.on("2026-03-23", "2026-03-30")
	l.want("2026-04-20 10:00", 2, 2, free, free, free, open)
}

func TestStateGraceEndsADayAfterTheClose(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 0, weekly)
	l.on("2026-03-23")
	n := l.want("2026-03-27 03:59", 2, 0, done, rest, grace, open)
	if want := l.at("2026-03-27 04:00"); !n.Judged.Equal(want) {
		t.Errorf("judged at %s, want %s", n.Judged, want)
	}
	l.want("2026-03-27 04:00", 0, 0, done, rest, missed, rest, open)
}

func TestStateFrozenUnlessRefused(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	l.facts = l.facts.LetBreak(l.date("2026-03-25"), true)
	l.want("2026-03-27 10:00", 0, 2, done, rest, missed, rest, open)
	l.facts = l.facts.LetBreak(l.date("2026-03-25"), false)
	l.want("2026-03-27 10:00", 3, 1, done, rest, frozen, rest, open)
}

func TestRunningOnARestDayIsDoneAndAddsWhatRestWouldHave(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23", "2026-03-24")
	l.want("2026-03-25 08:00", 2, 2, done, done, open)
}

func TestAnyKindOfSessionKeepsTheDay(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.must(l.facts.Record(l.date("2026-03-23"), streak.Session{Kind: streak.Other}, l.at("2026-03-23 18:00")))
	l.want("2026-03-23 19:00", 1, 2, done)
}

// Streak safety.

func TestST2AGentlerVersionCountsAsDone(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.must(l.facts.Record(l.date("2026-03-23"), streak.Session{Kind: day.Hill, Swapped: true}, l.at("2026-03-23 18:00")))
	l.want("2026-03-23 19:00", 1, 2, done)
}

func TestST3AmberHoldsAndKeptRestStillCounts(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	l.must(l.facts.Pause(l.date("2026-03-24"), l.date("2026-03-28"), streak.Amber, l.at("2026-03-24 08:00")))
	l.want("2026-03-28 10:00", 3, 2, done, rest, excused, rest, excused, excused)
}

func TestST3ARedPauseHoldsWithoutLimitAndCostsNoFreeze(t *testing.T) {
	l := join(t, "Europe/London", "2026-01-05", 2, weekly)
	l.on("2026-01-05")
	l.must(l.facts.Pause(l.date("2026-01-06"), 0, streak.Red, l.at("2026-01-06 08:00")))
	l.want("2026-11-22 10:00", 1, 2, excused, excused, excused)
	l.facts = l.facts.Resume(l.at("2026-11-22 10:00"))
	l.want("2026-11-22 10:00", 1, 2, excused, excused, open)
}

// Weeks on target.

func TestWeeksAreKeptBySessionsAndJudgedADayAfterTheirClose(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23", "2026-03-24", "2026-03-27", "2026-03-28")
	if n := streak.Derive(l.facts, l.at("2026-03-31 03:59")); n.Weeks != 0 {
		t.Errorf("in grace: %d weeks, want 0", n.Weeks)
	}
	if n := streak.Derive(l.facts, l.at("2026-03-31 04:00")); n.Weeks != 1 || n.Week.Target != 4 || n.Week.Done != 0 {
		t.Errorf("judged: %d weeks, this one %+v; want 1, and 0 of 4", n.Weeks, n.Week)
	}
	if n := streak.Derive(l.facts, l.at("2026-04-07 04:00")); n.Weeks != 0 {
		t.Errorf("after a week without sessions: %d weeks, want 0", n.Weeks)
	}
}

func TestWeeksShrinkByExcusedDaysAndHoldIfFullyExcused(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23", "2026-03-25", "2026-03-27", "2026-03-28", "2026-03-30", "2026-04-01")
	// Four sessions are planned; three of seven days excused leave ceil(4·4/7) = 3, four leave 2.
	l.must(l.facts.Excuse(l.date("2026-04-02"), l.date("2026-04-05"), streak.Sick, l.at("2026-04-05 10:00")))
	if n := streak.Derive(l.facts, l.at("2026-04-07 10:00")); n.Weeks != 2 {
		t.Errorf("%d weeks, want 2", n.Weeks)
	}
	l.must(l.facts.Pause(l.date("2026-04-06"), l.date("2026-04-12"), streak.Travel, l.at("2026-04-06 10:00")))
	if n := streak.Derive(l.facts, l.at("2026-04-14 10:00")); n.Weeks != 2 {
		t.Errorf("after a week that is excused altogether: %d weeks, want 2", n.Weeks)
	}
}

func TestWeeksCountTheFirstProRata(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-26", 2, weekly) // a Thursday: four of seven days, ceil(4·4/7) = 3
	l.on("2026-03-26", "2026-03-27", "2026-03-28")
	if n := streak.Derive(l.facts, l.at("2026-03-31 10:00")); n.Weeks != 1 {
		t.Errorf("%d weeks, want 1", n.Weeks)
	}
}

func TestWeeksMayStartOnSunday(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-22", 2, weekly) // a Sunday
	l.facts.Sundays = true
	l.on("2026-03-23", "2026-03-25", "2026-03-27", "2026-03-28")
	if n := streak.Derive(l.facts, l.at("2026-03-30 04:00")); n.Weeks != 1 || n.Week.From != l.date("2026-03-29") {
		t.Errorf("%d weeks, this one from %s; want 1, from 29 March", n.Weeks, n.Week.From)
	}
}

func TestWeeksHoldWithoutAPlan(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, planless)
	l.on("2026-03-23")
	if n := streak.Derive(l.facts, l.at("2026-04-20 10:00")); n.Weeks != 0 || n.Week.Target != 0 {
		t.Errorf("%d weeks, this one %+v; want none", n.Weeks, n.Week)
	}
}

// Freezes, repair, pause.

func TestFreezesComeBackWithALateLogOrAnExcuse(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	l.want("2026-03-27 10:00", 3, 1)
	l.must(l.facts.Excuse(l.date("2026-03-25"), l.date("2026-03-25"), streak.Life, l.at("2026-03-27 10:00")))
	l.want("2026-03-27 10:00", 3, 2)
}

func TestFreezesAreNotSpentOnNothing(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.want("2026-04-20 10:00", 0, 2)
}

func TestPauseLimits(t *testing.T) {
	l := join(t, "Europe/London", "2026-01-05", 2, weekly)
	now := l.at("2026-03-25 10:00")
	for _, c := range []struct {
		first, last string
		reason      streak.Reason
		want        error
	}{
		{"2026-03-18", "2026-03-20", streak.Sick, nil},
		{"2026-03-17", "2026-03-20", streak.Sick, streak.ErrTooOld},
		{"2026-03-25", "2026-06-22", streak.Travel, nil},
		{"2026-03-25", "2026-06-23", streak.Travel, streak.ErrLong},
		{"2026-03-25", "2026-12-31", streak.Red, nil},
		{"2026-03-25", "2026-03-24", streak.Life, streak.ErrOrder},
	} {
		if _, err := l.facts.Pause(l.date(c.first), l.date(c.last), c.reason, now); !errors.Is(err, c.want) {
			t.Errorf("pause from %s to %s: %v, want %v", c.first, c.last, err, c.want)
		}
	}
}

func TestPauseWithoutEndLastsNinetyDays(t *testing.T) {
	l := join(t, "Europe/London", "2026-01-05", 0, daily)
	l.on("2026-01-05")
	l.must(l.facts.Pause(l.date("2026-01-06"), 0, streak.Injured, l.at("2026-01-06 10:00")))
	l.want("2026-04-06 10:00", 1, 0, excused, excused, open) // 6 January to 5 April
}

func TestComebackBridgesAMissedDateByTwoSessionsWithinAWeek(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 0, weekly)
	l.on("2026-03-23", "2026-03-27")
	n := l.want("2026-03-28 10:00", 1, 0, done, rest, missed, rest, done, open)
	if r := n.Repair; r.Have != 1 || r.Back != 4 || r.By != l.date("2026-04-01") || r.Ready() {
		t.Errorf("the offer is %+v", r)
	}
	l.on("2026-03-28")
	after, ok := l.facts.Mend(l.at("2026-03-28 19:00"))
	if !ok {
		t.Fatal("two sessions are no comeback")
	}
	l.facts = after
	n = l.want("2026-03-28 19:00", 5, 0, done, rest, excused, rest, done, done)
	if n.Days[2].Reason != streak.Comeback {
		t.Errorf("the missed date is excused as %s", n.Days[2].Reason)
	}
}

func TestComebackOnlyOnceInThirtyDays(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 0, weekly)
	l.on("2026-03-23", "2026-03-27", "2026-03-28")
	l.facts, _ = l.facts.Mend(l.at("2026-03-28 19:00"))
	l.on("2026-04-01", "2026-04-03") // Monday 30 March is missed
	n := streak.Derive(l.facts, l.at("2026-04-03 19:00"))
	if len(n.Repair.Missed) > 0 {
		t.Errorf("a second offer within 30 days: %+v", n.Repair)
	}
}

func TestComebackNotAfterAWeek(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 0, weekly)
	l.on("2026-03-23", "2026-04-02", "2026-04-03")
	if n := streak.Derive(l.facts, l.at("2026-04-03 19:00")); n.Repair.Ready() {
		t.Errorf("a comeback after ten days: %+v", n.Repair)
	}
}

func TestLateLogsCountForSevenDaysAndThenOnlyForHistory(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-02", 0, weekly)
	l.on("2026-03-23")
	l.didOn("2026-03-16", "2026-03-23 20:00")
	if e := l.facts.Log.At(l.date("2026-03-16")); !e.Done() {
		t.Error("a session of seven days ago does not count")
	}
	before := streak.Derive(l.facts, l.at("2026-03-23 20:00"))
	l.didOn("2026-03-11", "2026-03-23 20:00")
	after := streak.Derive(l.facts, l.at("2026-03-23 20:00"))
	if e := l.facts.Log.At(l.date("2026-03-11")); e.Done() || !e.Trained() {
		t.Errorf("a session of twelve days ago: done %v, trained %v", e.Done(), e.Trained())
	}
	if after.Streak != before.Streak || after.Total != before.Total+1 || after.Strength <= before.Strength {
		t.Errorf("streak %d, total %d, strength %.1f; before %d, %d, %.1f", after.Streak, after.Total, after.Strength, before.Streak, before.Total, before.Strength)
	}
}

// TestALateLogNeverLowersTheStreak is the case in which spending the oldest
// freeze first would: the session starts a streak on a date that had none, a
// freeze goes to the next date, and is missing two dates later.
func TestALateLogNeverLowersTheStreak(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 1, daily)
	l.on("2026-03-25")
	l.want("2026-03-28 10:00", 1, 0, missed, missed, done, frozen, grace, open)
	l.didOn("2026-03-23", "2026-03-28 10:00")
	l.want("2026-03-28 10:00", 1, 0, done, missed, done, frozen, grace, open)
}

func TestUndoAndRedoAreExact(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	before := l.facts.Log
	l.didOn("2026-03-20", "2026-03-23 10:00") // before the runner began
	after := l.facts.Log
	changes := streak.Diff(before, after)
	if undone := after.Undo(changes); undone != before {
		t.Errorf("undone: %s, want %s", text(undone), text(before))
	}
	if redone := before.Redo(changes); redone != after {
		t.Errorf("redone: %s, want %s", text(redone), text(after))
	}
}

// Edge cases.

func TestEdgeDateLineEastADateCutShortIsExcused(t *testing.T) {
	l := join(t, "Pacific/Honolulu", "2026-06-01", 0, daily)
	l.on("2026-06-01", "2026-06-02")
	// Leaves on Tuesday at 20:00 and lands in Auckland on Thursday: Wednesday was never there.
	l.moves("2026-06-02T20:00:00-10:00", "Pacific/Auckland")
	n := l.want("2026-06-05 10:00", 2, 0, done, done, excused, grace, open)
	if r := n.Days[2].Reason; r != streak.Abroad {
		t.Errorf("Wednesday is excused as %s", r)
	}
}

func TestEdgeADateThatNeverExistedIsExcused(t *testing.T) {
	l := join(t, "Pacific/Apia", "2011-12-28", 0, daily)
	l.on("2011-12-28", "2011-12-29", "2011-12-31")
	l.want("2012-01-01 10:00", 3, 0, done, done, excused, done, open)
}

func TestEdgeAZoneThatWasWrongForMonths(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-02", 2, daily)
	for d := l.date("2026-03-02"); d < l.date("2026-05-30"); d++ {
		l.did(d.String() + " 18:00")
	}
	before := l.want("2026-05-30 10:00", 89, 2)
	l.moves("2026-05-30 10:00", "Asia/Tokyo")
	after := streak.Derive(l.facts, l.at("2026-05-30T10:01:00+01:00"))
	if after.Streak != before.Streak || after.Best != before.Best {
		t.Errorf("the streak went from %d to %d", before.Streak, after.Streak)
	}
}

func TestEdgeAPlanChangedLeavesClosedDatesAndToday(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	now := l.at("2026-03-25 08:00")
	l.facts = l.facts.Seal(l.facts.Today(now))
	l.facts.Plan = daily
	n := streak.Derive(l.facts, now)
	if n.Streak != 2 || n.Days[2].Plan != day.Interval || l.facts.PlanOf(l.date("2026-03-26")) != day.Easy {
		t.Errorf("streak %d, today %s, tomorrow %s", n.Streak, n.Days[2].Plan, l.facts.PlanOf(l.date("2026-03-26")))
	}
}

func TestEdgeTheBotWasDownAcrossADeadline(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 0, weekly)
	l.on("2026-03-23")
	l.facts = l.facts.Seal(l.date("2026-03-25"))
	// Wednesday would be judged on Friday at 04:00.
	if f := l.facts.Outage(l.at("2026-03-27 01:00"), l.at("2026-03-27 01:29")); f.Log != l.facts.Log {
		t.Error("29 minutes changed something")
	}
	if f := l.facts.Outage(l.at("2026-03-26 10:00"), l.at("2026-03-26 22:00")); f.Log.At(l.date("2026-03-25")).Has(streak.Widened) {
		t.Error("an outage before the last six hours changed something")
	}
	l.facts = l.facts.Outage(l.at("2026-03-27 01:00"), l.at("2026-03-27 01:30"))
	l.want("2026-03-28 03:59", 3, 0, done, rest, grace, rest, open)
	l.want("2026-03-28 04:00", 0, 0, done, rest, missed, rest, grace, open)
}

func TestEdgeTwoLogsBecomeOne(t *testing.T) {
	a := join(t, "Europe/London", "2026-03-23", 2, weekly)
	a.on("2026-03-23")
	b := join(t, "Europe/London", "2026-03-16", 2, weekly)
	b.on("2026-03-16", "2026-03-23", "2026-03-25")
	both, differ := a.facts.Join(b.facts, a.at("2026-03-26 12:00"))
	if both.Log.Start() != a.date("2026-03-16") || !both.Log.At(a.date("2026-03-25")).Done() || len(both.Log.At(a.date("2026-03-23")).Sessions()) != 1 || len(differ) != 0 {
		t.Errorf("together they are %s, and differ on %v", text(both.Log), differ)
	}
}

func TestEdgeTheFutureIsRefused(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	if _, err := l.facts.Record(l.date("2026-03-24"), streak.Session{Kind: day.Easy}, l.at("2026-03-23 18:00")); !errors.Is(err, streak.ErrFuture) {
		t.Errorf("a session of tomorrow: %v, want ErrFuture", err)
	}
}

// What is said about the numbers.

func TestStrengthGrowsAsLoopSays(t *testing.T) {
	for _, c := range []struct {
		plan func(day.Date) day.Kind
		days int
		want float64
	}{{weekly, 17, 50}, {weekly, 40, 80}, {weekly, 57, 90}, {daily, 13, 50}, {daily, 30, 80}, {daily, 43, 90}} {
		l := join(t, "Europe/London", "2026-01-05", 2, c.plan)
		start := l.date("2026-01-05")
		for d := start; d < start+day.Date(c.days); d++ {
			if c.plan(d).Training() {
				l.did(d.String() + " 18:00")
			}
		}
		now := (start + day.Date(c.days)).UTC().Add(6 * time.Hour)
		if got := streak.Derive(l.facts, now).Strength; math.Abs(got-c.want) > 1 {
			t.Errorf("after %d days: %.1f, want %.0f", c.days, got, c.want)
		}
	}
}

func TestExplainNamesTheDatesThatCountDifferently(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 0, weekly)
	l.on("2026-03-23", "2026-03-27")
	now := l.at("2026-03-28 10:00")
	before := streak.Derive(l.facts, now)
	l.must(l.facts.Excuse(l.date("2026-03-25"), l.date("2026-03-25"), streak.Sick, now))
	causes := streak.Explain(before, streak.Derive(l.facts, now))
	if len(causes) != 1 || causes[0].Date != l.date("2026-03-25") || causes[0].Was != missed || causes[0].Is != excused || causes[0].Reason != streak.Sick {
		t.Errorf("the causes are %+v", causes)
	}
}

func TestSafeSaysWhatMayBeMissedAndUntilWhen(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-23", 2, weekly)
	l.on("2026-03-23")
	s := streak.Safe(l.facts, l.at("2026-03-23 20:00"))
	if len(s.Covered) != 2 || s.Covered[0] != l.date("2026-03-25") || s.Covered[1] != l.date("2026-03-27") ||
		s.Breaks != l.date("2026-03-28") || !s.By.Equal(l.at("2026-03-30 04:00")) {
		t.Errorf("safe: %+v", s)
	}
}

func TestLogsAreReadStrictly(t *testing.T) {
	for _, bad := range []string{"2026-03-23", "2026-03-23 ", "23 March hIr", "2026-03-23 h?r", "2026-03-23 h(", "2026-03-23 h()", "2026-03-23 h(zzzzzzzz)", "2026-03-23 (01)", "2026-03-23 (-1)", strings.Repeat("x", 100)} {
		var log streak.Log
		if err := log.UnmarshalText([]byte(bad)); err == nil {
			t.Errorf("%q is read as %s", bad, text(log))
		}
	}
}

// TestLogsBeforeLettersAreRead says that an entry written as a number is read as the letter that it has by now.
func TestLogsBeforeLettersAreRead(t *testing.T) {
	var log streak.Log
	if err := log.UnmarshalText([]byte("2026-11-08 r(1kx)(19)(1ky)r(1l0)(sj)")); err != nil {
		t.Fatal(err)
	}
	if got, want := text(log), "2026-11-08 raZbrd(sj)"; got != want {
		t.Errorf("read %s, want %s", got, want)
	}
}

// TestEveryLetterIsItsOwn says that each letter is read as it was written, and that there are as many as are promised.
func TestEveryLetterIsItsOwn(t *testing.T) {
	const all = "-hiserHISEabcdRvwxyzVWXYZABCDFGJKLMNOPQTUfgjklmnop"
	var log streak.Log
	if err := log.UnmarshalText([]byte("2026-11-08 " + all)); err != nil {
		t.Fatal(err)
	}
	seen := map[streak.Entry]bool{}
	for d := log.Start(); d < log.End(); d++ {
		seen[log.At(d)] = true
	}
	if len(seen) != len(all) || text(log) != "2026-11-08 "+all {
		t.Errorf("%d letters are %d entries: %s", len(all), len(seen), text(log))
	}
}

func FuzzLog(f *testing.F) {
	f.Add("2026-03-23 HrIrSer")
	f.Add("2026-03-23 h(1z)_")
	f.Fuzz(func(t *testing.T, s string) {
		var log streak.Log
		if err := log.UnmarshalText([]byte(s)); err != nil {
			return
		}
		var again streak.Log
		if err := again.UnmarshalText([]byte(text(log))); err != nil || again != log || len(text(log)) > len(s) {
			t.Errorf("%q is written as %q (%v)", s, text(log), err)
		}
		f := streak.Facts{Log: log}
		streak.Derive(f, (log.End() + 2).UTC())
	})
}
