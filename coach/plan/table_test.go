package plan

import (
	"sync"
	"testing"
	"time"

	"legcoach/coach/day"
)

// read reads the plan once for all tests.
var read = sync.OnceValues(Load)

func book(t testing.TB) *Book {
	t.Helper()
	b, err := read()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// totals are the week totals of the plan: all minutes, and those of runs, by week.
var totals = map[Level][12][2]int{
	New: {{124, 82}, {136, 92}, {133, 87}, {106, 76}, {145, 91}, {146, 88},
		{164, 102}, {115, 73}, {150, 92}, {167, 105}, {170, 104}, {122, 78}},
	Regular: {{168, 102}, {176, 108}, {188, 116}, {141, 91}, {180, 112}, {194, 122},
		{211, 131}, {154, 102}, {201, 125}, {211, 131}, {221, 137}, {158, 106}},
	Seasoned: {{259, 183}, {274, 194}, {293, 207}, {212, 156}, {278, 200}, {295, 209},
		{312, 226}, {224, 170}, {304, 222}, {317, 231}, {337, 249}, {237, 183}},
}

// sum returns the minutes of a week: all, of runs, and the hard seconds.
func sum(b *Book, level Level, week int, w Week) (all, runs, hard int) {
	for i := range 7 {
		d := day.Date(4 + i) // a Monday and the days after it
		c := b.Session(level, week, w.On(d), w.Long(d), AsPlanned, Scale{})
		all += c.Minutes
		if c.Kind.Training() && c.Kind != day.Strength {
			runs += c.Minutes
		}
		hard += int(c.Hard.Seconds())
	}
	return all, runs, hard
}

func TestWeekTotals(t *testing.T) {
	b := book(t)
	for level, rows := range totals {
		for i, want := range rows {
			for first := time.Sunday; first <= time.Saturday; first++ {
				all, runs, hard := sum(b, level, i+1, b.Default(level, i+1, first))
				if all != want[0] || runs != want[1] {
					t.Errorf("%s week %d from %s: %d / %d min, want %d / %d", level, i+1, first, all, runs, want[0], want[1])
				}
				if hard*100 >= 15*60*runs {
					t.Errorf("%s week %d: %d s hard of %d min running, want under 15%%", level, i+1, hard, runs)
				}
			}
		}
	}
}
