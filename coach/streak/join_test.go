package streak_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// drawLife is what became of somebody until now, who began some weeks before.
func drawLife(t *rapid.T, name string, now time.Time) streak.Facts {
	draw := func(what string, high int) int { return rapid.IntRange(0, high).Draw(t, name+" "+what) }
	at := now.Add(-time.Duration(1+draw("days", 60))*24*time.Hour + time.Duration(draw("hours", 23))*time.Hour)
	f := streak.New(at, streak.Span{Zone: []string{"Europe/London", "Asia/Tokyo", "America/New_York"}[draw("zone", 2)], Starts: day.At(4, 0)})
	plan := plans[draw("plan", len(plans)-1)]
	for ; !at.After(now); at = at.Add(24 * time.Hour) {
		f.Plan = plan
		f = f.Seal(f.Today(at))
		today := f.Today(at)
		after, err := f, error(nil)
		switch does := draw("does", 19); {
		case does < 11:
			after, err = f.Record(today, streak.Session{Kind: []day.Kind{day.Easy, day.Hill, streak.Other}[does%3]}, at)
		case does == 11:
			after, err = f.Record(today-day.Date(draw("back", 9)), streak.Session{Kind: day.Easy}, at)
		case does == 12:
			after, err = f.RestInstead(today, at)
		case does == 13:
			after, err = f.Excuse(today-day.Date(draw("back", 3)), today, streak.Sick, at)
		case does == 14:
			after, err = f.Pause(today, today+day.Date(draw("until", 9)), streak.Travel, at)
		case does == 15:
			after = f.Resume(at)
		}
		if err == nil {
			f = after
		}
	}
	f.Plan = plan
	f = f.Seal(f.Today(now))
	f.Plan = nil
	return f
}

// Joining two never takes anything from either: not a session, not a day of
// rest, not the streak, not the best one.
func TestJoinLowersNothing(t *testing.T) {
	now := time.Date(2026, 11, 24, 19, 30, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		one, two := drawLife(t, "one", now), drawLife(t, "two", now)
		both, differ := one.Join(two, now)
		n := streak.Derive(both, now)
		for name, f := range map[string]streak.Facts{"first": one, "second": two} {
			was := streak.Derive(f, now)
			if n.Streak < was.Streak || n.Best < was.Best || n.Total < was.Total {
				t.Fatalf("the %s had streak %d, best %d, total %d; together %d, %d, %d\n%s\n%s\n%s", name,
					was.Streak, was.Best, was.Total, n.Streak, n.Best, n.Total, text(one.Log), text(two.Log), text(both.Log))
			}
			for _, d := range streak.History(f, now) {
				for _, kind := range d.Entry.Sessions() {
					if !slices.Contains(both.Log.At(d.Date).Sessions(), kind) {
						t.Fatalf("the %s did %s on %s, and it is gone", name, kind, d.Date)
					}
				}
				if d.State == streak.Done && !both.Log.At(d.Date).Done() {
					t.Fatalf("the %s did something on %s that does not count any more", name, d.Date)
				}
			}
		}
		again, _ := one.Join(two, now)
		if text(again.Log) != text(both.Log) {
			t.Fatal("joining them again makes something else")
		}
		for _, d := range differ {
			if one.Log.At(d) == two.Log.At(d) {
				t.Fatalf("they agree on %s", d)
			}
		}
	})
}

// Who joins somebody who never logged anything keeps everything as it was.
func TestJoinNobody(t *testing.T) {
	l := join(t, "Europe/London", "2026-03-16", 2, weekly)
	l.on("2026-03-16", "2026-03-18", "2026-03-20")
	l.facts = l.facts.Seal(l.date("2026-03-22"))
	now := l.at("2026-03-22 12:00")
	for _, c := range [][2]streak.Facts{{l.facts, streak.New(now, streak.Span{Zone: "UTC", Starts: day.At(4, 0)})}, {streak.New(now, streak.Span{Zone: "Europe/London", Starts: day.At(4, 0)}), l.facts}} {
		both, differ := c[0].Join(c[1].Seal(l.date("2026-03-22")), now)
		if len(differ) != 0 || both.Log.At(l.date("2026-03-18")) != l.facts.Log.At(l.date("2026-03-18")) || streak.Derive(both, now).Streak != streak.Derive(l.facts, now).Streak {
			t.Errorf("joined: %s; they differ on %v", text(both.Log), differ)
		}
	}
}
