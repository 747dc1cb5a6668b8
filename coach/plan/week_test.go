package plan

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach/day"
)

var weekdays = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

const (
	h = day.Hill
	i = day.Interval
	s = day.Strength
	e = day.Easy
	r = day.Rest
)

func TestParseWeek(t *testing.T) {
	b := book(t)
	for text, want := range map[string]Week{
		"mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest": {h, r, i, r, s, e, r},
		"Wed Intervals; MON hills":                         {h, r, i, r, r, r, r},
		"hills on monday, strength thursdays":              {h, r, r, s, r, r, r},
		"tue & thu easy, sat hill":                         {r, e, r, e, r, h, r},
		"mon: hill\ntue: off\nfri: gym":                    {h, r, r, r, s, r, r},
		"mon h, wed i, fri s, sun e":                       {h, r, i, r, s, r, e},
		"easy on sunday and wednesday, hill fri, rest sat": {r, r, e, r, h, r, e},
	} {
		if got, err := b.ParseWeek(text); err != nil || got != want {
			t.Errorf("%q is read as %v, %v, want %v", text, got, err, want)
		}
	}
}

func TestParseWeekRefuses(t *testing.T) {
	b := book(t)
	for _, text := range []string{"", "mon", "hill", "mon swim", "mon rest", "mon hill, mon easy", "mon hill tue rest", "xyz hill"} {
		if got, err := b.ParseWeek(text); err == nil {
			t.Errorf("%q is read as %v, want an error", text, got)
		}
	}
}

func FuzzParseWeek(f *testing.F) {
	b := book(f)
	f.Add("mon hill, tue rest")
	f.Add("hills on monday; \xff")
	f.Fuzz(func(t *testing.T, text string) {
		w, err := b.ParseWeek(text)
		if err == nil && w.Count(day.Kind.Training) == 0 {
			t.Errorf("%q is a week without a session", text)
		}
	})
}

func TestAWeekIsKeptInSevenLetters(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		var w, back Week
		for i := range w {
			w[i] = rapid.SampledFrom(lettered).Draw(r, "kind")
		}
		text, err := json.Marshal(w)
		if err != nil || len(text) != 9 {
			r.Fatalf("kept as %s, %v", text, err)
		}
		if err := json.Unmarshal(text, &back); err != nil || back != w {
			r.Fatalf("read back as %v, %v, want %v", back, err, w)
		}
	})
}

func TestTheHardDayTurnsTheWeek(t *testing.T) {
	b := book(t)
	for hard, want := range map[time.Weekday]Week{
		time.Tuesday: {r, h, s, r, i, s, e},
		time.Monday:  {h, s, r, i, s, e, r},
		time.Sunday:  {s, r, i, s, e, r, h},
	} {
		if got := b.Default(Regular, 1, hard); got != want {
			t.Errorf("with hills on %s: %v, want %v", hard, got, want)
		}
	}
}

func TestTheLongRunComesBeforeRest(t *testing.T) {
	b := book(t)
	for _, hard := range weekdays {
		w := b.Default(Seasoned, 1, hard)
		for d := monday0; d < monday0+7; d++ {
			if got, want := w.Long(d), w.On(d) == day.Easy && w.On(d+1) == day.Rest; got != want {
				t.Errorf("from %s, %s: long is %t, want %t", hard, d.Weekday(), got, want)
			}
		}
	}
	own := Week{e, e, r, h, r, s, r}
	if !own.Long(monday0+1) || own.Long(monday0) {
		t.Errorf("of two easy days before rest the second is the long one")
	}
}

func TestNewRunnersAlternateHillsAndIntervals(t *testing.T) {
	b := book(t)
	want := []day.Kind{h, i, h, i, i, h, i, h, h, i, h, i, h, h, h, i} // four bridge weeks last
	for n, kind := range want {
		if got := b.Default(New, n+1, time.Tuesday)[1]; got != kind {
			t.Errorf("%s: slot 2 holds %s, want %s", b.WeekName(n+1), got, kind)
		}
	}
}

// TestMendedWeeksHold mends random weeks: they hold, lose only sessions, and
// never gain any.
func TestMendedWeeksHold(t *testing.T) {
	b := book(t)
	rapid.Check(t, func(r *rapid.T) {
		level := rapid.SampledFrom(Levels).Draw(r, "level")
		var w Week
		for i := range w {
			w[i] = rapid.SampledFrom(day.Kinds).Draw(r, "kind")
		}
		mended, dropped := b.Mend(level, w)
		if broken := b.CheckWeek(level, mended); len(broken) > 0 {
			r.Fatalf("%v is mended to %v, which breaks %v", w, mended, broken)
		}
		lost := 0
		for i := range w {
			if mended[i] != w[i] {
				lost++
				if mended[i] != day.Rest {
					r.Fatalf("%v is mended to %v: %s became %s", w, mended, w[i], mended[i])
				}
			}
		}
		if lost != len(dropped) {
			r.Fatalf("%v is mended to %v and says that it dropped %v", w, mended, dropped)
		}
	})
}

func TestMendDropsIntervalsFirst(t *testing.T) {
	b := book(t)
	got, dropped := b.Mend(New, Week{h, r, i, r, s, r, r})
	if want := (Week{h, r, r, r, s, r, r}); got != want || !slices.Equal(dropped, []day.Kind{i}) {
		t.Errorf("mended to %v without %v, want %v without intervals", got, dropped, want)
	}
}
