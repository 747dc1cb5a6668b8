package day_test

import (
	"flag"
	"fmt"
	"testing"
	"time"

	"legcoach/coach/day"
)

// reading is what a calendar and a clock show, as package time says it.
type reading struct {
	date day.Date
	at   day.Clock
}

func (r reading) before(other reading) bool {
	return r.date < other.date || r.date == other.date && r.at < other.at
}

func read(t time.Time, zone *time.Location) reading {
	t = t.In(zone)
	year, month, dom := t.Date()
	return reading{day.DateOf(year, month, dom), day.At(t.Hour(), t.Minute())}
}

// years is how many years of changes are walked minute by minute; 66 reach from 1993 to 2059.
var years = flag.Int("years", 6, "years of clock changes to walk")

// eachClock runs check for every zone of the IANA database whose clock differs in 2026 from those before.
func eachClock(t *testing.T, check func(t *testing.T, zone *time.Location)) {
	t.Helper()
	seen := map[string]bool{}
	eachZone(t, func(t *testing.T, zone *time.Location) {
		_, offset := time.Date(2025, 12, 1, 0, 0, 0, 0, time.UTC).In(zone).Zone()
		if clock := fmt.Sprint(offset, changes(zone, 2025, 2028)); !seen[clock] {
			seen[clock] = true
			check(t, zone)
		}
	})
}

// eachZone runs check for every zone of the IANA database.
func eachZone(t *testing.T, check func(t *testing.T, zone *time.Location)) {
	t.Helper()
	for _, name := range day.ZoneNames() {
		zone, err := day.Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		check(t, zone)
		if t.Failed() {
			t.Fatalf("zone %s", name)
		}
	}
}

// walk goes over the instants from from to to, step by step, and notes the
// first at which each reading of the clock is shown, or has been jumped over.
// It is the rule of the package, by brute force.
func walk(t *testing.T, zone *time.Location, from, to time.Time, step time.Duration) {
	t.Helper()
	minutes := day.Clock(step / time.Minute)
	next := read(from, zone) // the earliest reading that was neither shown nor skipped yet
	lived := map[day.Date]bool{}
	for now := from; now.Before(to); now = now.Add(step) {
		shown := read(now, zone)
		lived[shown.date] = true
		if d, c := day.Wall(now, zone); d != shown.date || c != shown.at {
			t.Errorf("wall at %s: %s %s, want %s %s", now, d, c, shown.date, shown.at)
			return
		}
		for !shown.before(next) {
			got, ok := day.Instant(next.date, next.at, zone)
			if next.date == shown.date && next.date > read(from, zone).date && (!ok || !got.Equal(now)) {
				t.Errorf("%s %s: %s, %v; want %s", next.date, next.at, got, ok, now)
				return
			}
			if next.date < shown.date && !lived[next.date] && ok {
				t.Errorf("%s %s: %s, but the date was never lived", next.date, next.at, got)
				return
			}
			if next.at += minutes; next.at >= day.At(24, 0) {
				next = reading{next.date + 1, 0}
			}
		}
	}
}

// TestEveryZoneForAYear holds the instants of every quarter of an hour of 2026,
// by every clock, against a walk over that year.
func TestEveryZoneForAYear(t *testing.T) {
	from := time.Date(2025, 12, 31, 0, 0, 0, 0, time.UTC)
	eachClock(t, func(t *testing.T, zone *time.Location) {
		walk(t, zone, from, from.AddDate(1, 0, 4), 15*time.Minute)
	})
}

// TestEveryChangeOfAClock holds every minute around every change of a clock
// against a walk, but the few before 1980 that were set to the second.
func TestEveryChangeOfAClock(t *testing.T) {
	seen := map[change]bool{}
	eachZone(t, func(t *testing.T, zone *time.Location) {
		for _, c := range changes(zone, 2026-*years/2, 2026+*years/2) {
			if !seen[c] && c.at%60 == 0 && c.east%60 == 0 && c.was%60 == 0 {
				seen[c] = true
				at := time.Unix(c.at, 0)
				walk(t, zone, at.Add(-30*time.Hour), at.Add(30*time.Hour), time.Minute)
			}
		}
	})
	t.Logf("%d different changes", len(seen))
}

type change struct {
	at        int64
	was, east int
}

// changes finds the changes of a clock by looking at it every quarter of an hour of a day on which it changed.
func changes(zone *time.Location, fromYear, toYear int) []change {
	var found []change
	offset := func(t time.Time) int { _, o := t.In(zone).Zone(); return o }
	to := time.Date(toYear, 1, 1, 0, 0, 0, 0, time.UTC)
	for t := time.Date(fromYear, 1, 1, 0, 0, 0, 0, time.UTC); t.Before(to); t = t.Add(24 * time.Hour) {
		end := t.Add(24 * time.Hour)
		if offset(t) == offset(end) {
			continue
		}
		low, high := t, end
		for high.Sub(low) > time.Second {
			if mid := low.Add(high.Sub(low) / 2).Truncate(time.Second); offset(mid) == offset(t) {
				low = mid
			} else {
				high = mid
			}
		}
		found = append(found, change{high.Unix(), offset(t), offset(high)})
	}
	return found
}

// TestTrainingDatesFollowOneAnother walks through a year in every zone, for
// every beginning of a day: dates never go back, each ends at its close, and on
// an ordinary day the clock alone decides.
func TestTrainingDatesFollowOneAnother(t *testing.T) {
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	eachClock(t, func(t *testing.T, zone *time.Location) {
		for starts := day.Clock(0); starts <= day.At(6, 0); starts += 120 {
			last := day.Training(from, zone, starts)
			for now := from; now.Before(from.AddDate(1, 0, 0)); now = now.Add(time.Hour) {
				d := day.Training(now, zone, starts)
				if d < last || now.Before(day.Close(d-1, zone, starts)) || !now.Before(day.Close(d, zone, starts)) {
					t.Errorf("at %s, days starting at %s: training date %s", now, starts, d)
					return
				}
				last = d
			}
		}
	})
}

func TestSomeDatesNeverExisted(t *testing.T) {
	for name, want := range map[string]string{
		"Pacific/Apia":       "2011-12-30",
		"Pacific/Fakaofo":    "2011-12-30",
		"Pacific/Kwajalein":  "1993-08-21",
		"Pacific/Kiritimati": "1994-12-31",
	} {
		zone, err := day.Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		got := day.Skipped(zone)
		if len(got) != 1 || got[0].String() != want {
			t.Errorf("%s skipped %v, want %s", name, got, want)
			continue
		}
		if _, ok := day.Instant(got[0], day.At(7, 0), zone); ok || day.Exists(got[0], zone) || !day.Exists(got[0]+1, zone) {
			t.Errorf("%s: %s exists", name, want)
		}
	}
}

// TestTheTableOfHardTimes is the table of reference rules: wall times that do not exist, or exist twice.
func TestTheTableOfHardTimes(t *testing.T) {
	for _, c := range []struct{ zone, date, clock, want string }{
		{"Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00:00Z"},
		{"Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00Z"},
		{"Europe/London", "2026-03-29", "07:00", "2026-03-29T06:00:00Z"},
		{"Europe/Berlin", "2026-03-29", "02:30", "2026-03-29T01:00:00Z"},
		{"Europe/Berlin", "2026-10-25", "02:30", "2026-10-25T00:30:00Z"},
		{"America/New_York", "2026-03-08", "02:30", "2026-03-08T07:00:00Z"},
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T05:30:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00:00Z"},
		{"Africa/Cairo", "2026-04-24", "00:15", "2026-04-23T22:00:00Z"},
		{"Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03T15:30:00Z"},
		{"Antarctica/Troll", "2026-03-29", "02:00", "2026-03-29T01:00:00Z"},
		{"America/Nuuk", "2026-03-28", "23:30", "2026-03-29T01:00:00Z"},
		{"Pacific/Apia", "2011-12-31", "00:00", "2011-12-30T10:00:00Z"},
	} {
		zone, err := day.Zone(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		d, err := day.ParseDate(c.date)
		if err != nil {
			t.Fatal(err)
		}
		at, err := day.ParseClock(c.clock)
		if err != nil {
			t.Fatal(err)
		}
		got, ok := day.Instant(d, at, zone)
		if !ok || got.UTC().Format(time.RFC3339) != c.want {
			t.Errorf("%s %s %s: %s, %v; want %s", c.zone, c.date, c.clock, got.UTC().Format(time.RFC3339), ok, c.want)
		}
	}
}

func TestZonesAreThoseOfTheDatabase(t *testing.T) {
	if n := len(day.ZoneNames()); n < 590 {
		t.Errorf("%d zones", n)
	}
	for _, name := range []string{"", "Local", "europe/london", "Europe/Nowhere", "../etc/passwd", "America/"} {
		if _, err := day.Zone(name); err == nil {
			t.Errorf("zone %q was found", name)
		}
	}
	first, _ := day.Zone("Europe/Kyiv")
	second, err := day.Zone("Europe/Kyiv")
	if err != nil || first != second {
		t.Errorf("the same zone twice: %p, %p, %v", first, second, err)
	}
}

func BenchmarkInstant(b *testing.B) {
	zone, _ := day.Zone("Europe/London")
	d := day.DateOf(2026, 7, 1)
	for b.Loop() {
		day.Instant(d, day.At(17, 30), zone)
	}
}

func BenchmarkTraining(b *testing.B) {
	zone, _ := day.Zone("Europe/London")
	now := time.Date(2026, 7, 1, 17, 30, 0, 0, time.UTC)
	for b.Loop() {
		day.Training(now, zone, day.At(4, 0))
	}
}
