package coach_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
)

// TestVirtualPlans lets runners follow a week of the plan by the operator's times, and
// turn it to other days now and then: every date has one reminder, of its kind and at its instant, unless it was done before.
func TestVirtualPlans(t *testing.T) {
	days := 250
	if *perZone > 0 {
		days = 800
	}
	if testing.Short() {
		days = 40
	}
	c := newCoach(t, location(t, "Europe/London"))
	for i, name := range zones {
		if testing.Short() && i%6 != 1 {
			continue
		}
		t.Run(name, func(t *testing.T) { followPlan(t, c, name, uint64(i), days) })
	}
}

// turned is a week by weekday, Sunday first, and the words that set it.
type turned struct {
	kinds [7]day.Kind
	words string
}

// turn is a week with one hard day, begun some days later.
func turn(by int) (w turned) {
	var said []string
	for i, k := range []day.Kind{day.Rest, day.Hill, day.Rest, day.Easy, day.Rest, day.Strength, day.Rest} {
		weekday := time.Weekday((i + by) % 7)
		w.kinds[weekday] = k
		said = append(said, strings.ToLower(weekday.String()[:3])+" "+string(k))
	}
	w.words = "/plan " + strings.Join(said, ", ")
	return w
}

func followPlan(t *testing.T, c *coach.Coach, name string, seed uint64, days int) {
	zone, random := location(t, name), rand.New(rand.NewPCG(seed, 2))
	l := &life{c: c, r: coach.Runner{ID: "console/1"}, now: time.Date(2025, 2, 24, 12, 0, 0, 0, time.UTC)}
	w := turn(0)
	l.say(t, "/start clear", "/start at 17:30", "/start zone "+name, w.words)
	first := civil(l.now, zone) + 1
	turns, settled := 0, first // from then on the week is as it was set; before, what was done lately may move it
	for d := first; d < first+day.Date(days); d++ {
		if random.IntN(30) == 0 {
			next := turn(random.IntN(7))
			if told := l.hear(t, next.words); strings.Contains(told, "Your week from now on") {
				w, settled = next, d+9
				turns++
			}
		}
		if d < settled {
			checkOne(t, l, d, zone)
			continue
		}
		kind := w.kinds[d.Weekday()]
		at, exists := wall(d, clockOf(kind), zone)
		if !exists {
			continue
		}
		early := random.IntN(3) == 0 && kind != day.Rest
		if early {
			l.pass(t, at.Add(-time.Hour))
			l.say(t, "/done "+string(kind))
		}
		l.pass(t, at.Add(-time.Second))
		came := nudges(l.pass(t, at))
		if want := d.String() + "/" + string(kind); !early && !slices.Equal(came, []string{want}) || early && len(came) > 0 {
			t.Fatalf("at %s came %v, want %s: done %v, %v", shows(at, zone), came, want, early, l.r.Told.Drops)
		}
		if !early && kind != day.Rest {
			l.say(t, "/done "+string(kind))
		}
	}
	if turns < days/100 {
		t.Errorf("the week was turned %d times in %d days", turns, days)
	}
}

func clockOf(k day.Kind) day.Clock {
	if k == day.Rest {
		return day.At(9, 0)
	}
	return day.At(17, 30)
}

// checkOne lives through a date of which it is only known that it has one reminder at most, at the instant of its kind.
func checkOne(t *testing.T, l *life, d day.Date, zone *time.Location) {
	t.Helper()
	var came []string
	for end, _ := wall(d, day.At(20, 0), zone); !l.r.Wake.IsZero() && !l.r.Wake.After(end); {
		l.now = l.r.Wake
		for _, key := range nudges(l.step(t, coach.Woke{})) {
			date, kind, _ := strings.Cut(key, "/")
			if at, exists := wall(d, clockOf(day.Kind(kind)), zone); !exists || !l.now.Equal(at) || date != d.String() {
				t.Fatalf("%s comes at %s", key, shows(l.now, zone))
			}
			came = append(came, key)
			if day.Kind(kind).Training() {
				l.say(t, "/done "+kind)
			}
		}
	}
	if len(came) > 1 {
		t.Fatalf("on %s came %s", d, fmt.Sprint(came))
	}
}
