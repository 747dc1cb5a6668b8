package plan

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"legcoach/coach/content"
	"legcoach/coach/day"
)

// cards calls f with every session of the plan: level, week, kind, run, swap.
func cards(b *Book, f func(Card, Swap)) {
	for _, level := range Levels {
		for week := 1; week <= b.Last(level); week++ {
			for _, kind := range day.Kinds {
				for _, long := range []bool{true, false} {
					for _, swap := range append([]Swap{AsPlanned}, swaps...) {
						f(b.Session(level, week, kind, long, swap, Scale{}), swap)
					}
				}
			}
		}
	}
}

// TestEveryCardIsWhole makes sure that no session has a hole or an odd number in it.
func TestEveryCardIsWhole(t *testing.T) {
	b := book(t)
	cards(b, func(c Card, swap Swap) {
		text := strings.Join(c.Text(), "\n")
		if strings.ContainsAny(text, "{}") || strings.Contains(text, " 0 min") || c.Main == "" || c.Name == "" || c.Short() == "" {
			t.Errorf("%s week %d %s %s:\n%s\n%s", c.Level, c.Week, c.Kind, swap, text, c.Short())
		}
		if c.Kind.Training() && (c.Minutes < 10 || c.Minutes > 90) {
			t.Errorf("%s week %d %s %s takes %d min", c.Level, c.Week, c.Kind, swap, c.Minutes)
		}
	})
}

// TestTheWordsOfThePlan holds the plan's words against the voice.
func TestTheWordsOfThePlan(t *testing.T) {
	never := regexp.MustCompile(`(?i)\b(fat|weight|slim|skinny|flab|cellulite|burn|earn|lazy|guilt|guilty|excuses?|failed|lost|should have|smash|crush|calories?|cheat|toned?)\b|!|—|–`)
	for _, name := range []string{"levels", "hill", "interval", "strength", "easy", "rest", "rules", "care", "words"} {
		text, err := content.Text("plan/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if found := never.FindAllString(text, -1); found != nil {
			t.Errorf("plan/%s.yaml says %q", name, found)
		}
	}
	cards(book(t), func(c Card, _ Swap) {
		if text := strings.Join(c.Text(), "\n"); strings.Contains(text, "article says") {
			t.Errorf("a session's numbers are called the article's:\n%s", text)
		}
	})
}

func TestTheTipOfEachKindStandsInTheArticle(t *testing.T) {
	b := book(t)
	for kind, want := range map[day.Kind]string{
		day.Hill: "Running uphill increases the intensity", day.Interval: "recovery jogs",
		day.Strength: "squats, lunges, and calf raises", day.Rest: "repair and grow", day.Easy: "activates",
	} {
		if got, locator := b.Tip(kind); !strings.Contains(got, want) || !strings.HasPrefix(got, locator) {
			t.Errorf("the tip for %s is %q, want one with %q", kind, got, want)
		}
	}
}

func TestSwaps(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		level   Level
		week    int
		kind    day.Kind
		swap    Swap
		minutes int
		main    string
	}{
		{New, 1, day.Hill, Sore, 20, "Walk 20 min"},
		{Regular, 1, day.Hill, Sore, 25, "or run easily while pain stays at 0-2"},
		{Seasoned, 9, day.Hill, Sore, 30, "No bursts"},
		{New, 1, day.Hill, NoHill, 22, "4 climbs of 30 s"},
		{Seasoned, 9, day.Hill, Treadmill, 41, "6 climbs of 1 min"},
		{New, 1, day.Interval, Sore, 20, "Walk 20 min"},
		{New, 7, day.Strength, Sore, 15, "Walk 15 min"},
		{New, 7, day.Strength, Achy, 14, "1 x 6 of bodyweight squat"},
		{Regular, 7, day.Strength, Achy, 28, "2 x 10 of squat"},
		{New, 1, day.Easy, Sore, 30, "Walk 20 min, the same minutes"},
		{Regular, 1, day.Easy, Sore, 27, "Walk 20 min"},
		{Regular, 1, day.Easy, Achy, 27, "Run 20 min"},
		{New, 1, day.Strength, NoWeights, 21, "2 x 8 of sit-to-stand"},
	} {
		c := b.Session(test.level, test.week, test.kind, true, test.swap, Scale{})
		if c.Minutes != test.minutes || !strings.Contains(c.Main, test.main) || c.Swap != test.swap {
			t.Errorf("%s week %d %s %s: %d min, %q (%q), want %d min with %q", test.level, test.week, test.kind, test.swap, c.Minutes, c.Main, c.Swap, test.minutes, test.main)
		}
	}
	if c := b.Session(Seasoned, 9, day.Hill, true, Treadmill, Scale{}); c.Bursts != 0 || strings.Contains(c.Main, "burst") {
		t.Errorf("a treadmill has %d bursts: %q", c.Bursts, c.Main)
	}
	if c := b.Session(New, 1, day.Rest, true, Sore, Scale{}); c.Swap != AsPlanned || len(c.Swaps) > 0 {
		t.Errorf("a rest day is swapped for %q", c.Swap)
	}
}

func TestEasing(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		level Level
		week  int
		kind  day.Kind
		scale Scale
		reps  int
	}{
		{Regular, 1, day.Hill, Scale{Reps: 80}, 4}, // of 6, rounded down
		{Regular, 1, day.Hill, Scale{Reps: 60}, 3}, // of 6, at least 3
		{New, 12, day.Hill, Scale{Reps: 60}, 3},    // of 3: never fewer than the row has
		{New, 3, day.Interval, Scale{Reps: 70}, 5}, // of 8
	} {
		if c := b.Session(test.level, test.week, test.kind, true, AsPlanned, test.scale); c.Reps != test.reps {
			t.Errorf("%s week %d %s at %d%%: %d reps, want %d", test.level, test.week, test.kind, test.scale.Reps, c.Reps, test.reps)
		}
	}
	c := b.Session(New, 5, day.Strength, true, AsPlanned, Scale{Volume: 60, RIR: 2})
	if c.Sets[0].Sets != 2 || c.RIR != 6 { // 60% of 3, rounded up
		t.Errorf("strength at 60%%: %d sets with %d in reserve, want 2 with 6", c.Sets[0].Sets, c.RIR)
	}
}

// TestGrowth repeats the checks on how the tables grow.
func TestGrowth(t *testing.T) {
	b := book(t)
	hard := func(level Level, week int, kind day.Kind) time.Duration {
		return b.Session(level, week, kind, true, AsPlanned, Scale{}).Hard
	}
	for _, level := range Levels {
		for _, kind := range []day.Kind{day.Hill, day.Interval} {
			top := time.Duration(0)
			for week := 1; week <= weeks; week++ {
				is := hard(level, week, kind)
				if first := level == New && kind == day.Hill && week <= 4; !b.Deload(week) && top > 0 && !first && is*4 > top*5 {
					t.Errorf("%s %s week %d: %s hard after at most %s, want at most 25%% more", level, kind, week, is, top)
				}
				if !b.Deload(week) {
					top = max(top, is)
				}
			}
		}
		for week := 1; week <= weeks; week++ {
			for _, set := range b.Session(level, week, day.Strength, true, AsPlanned, Scale{}).Sets {
				if set.Sets < 1 || set.Sets > 4 || set.Reps < 6 || set.Reps > 15 {
					t.Errorf("%s week %d: %d x %d of %s", level, week, set.Sets, set.Reps, set.Name)
				}
			}
		}
	}
	run := func(week int) int { r := b.easy.Levels[New].Runs[week-1]; return r.Reps * r.Run }
	last := run(1)
	for week := 2; week <= b.Last(New); week++ {
		limit := 120
		if week > weeks {
			limit = 110
		}
		if b.Deload(week) && week <= weeks {
			if share := run(week) * 100 / run(week-1); share < 55 || share > 75 {
				t.Errorf("the easy run of week %d is %d%% of the week before", week, share)
			}
			continue
		}
		if run(week)*100 > last*limit {
			t.Errorf("new runners run %d s in %s after %d, want at most %d%%", run(week), b.WeekName(week), last, limit)
		}
		last = max(last, run(week))
	}
	if got := b.easy.Levels[New].Runs[15].Run / 60; got != b.levels.Levels[Regular].Longest {
		t.Errorf("the bridge ends at %d min, want the regular entry of %d", got, b.levels.Levels[Regular].Longest)
	}
	if got := b.easy.Levels[Regular].Long[10]; got < b.levels.Levels[Seasoned].Longest {
		t.Errorf("regular runners reach %d min, want the seasoned entry of %d", got, b.levels.Levels[Seasoned].Longest)
	}
}

func BenchmarkOn(bench *testing.B) {
	b := book(bench)
	l := &life{b: b, today: monday0, state: State{Level: Seasoned, Check: Clear, Hard: time.Tuesday}.Start(monday0)}
	l.kinds(60)
	for bench.Loop() {
		b.On(l.state, l.past, l.today, l.today)
	}
}

func BenchmarkAdvance(bench *testing.B) {
	b := book(bench)
	l := &life{b: b, today: monday0, state: State{Level: Seasoned, Check: Clear, Hard: time.Tuesday}.Start(monday0)}
	l.kinds(60)
	for bench.Loop() {
		b.Advance(l.state, l.past, l.today)
	}
}
