package schedule_test

import (
	"encoding/json"
	"testing"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/schedule"
)

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := day.Zone(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

// times are the next n occurrences after a time, in UTC.
func times(s schedule.Schedule, after string, z *time.Location, n int) []string {
	at, err := time.Parse(time.RFC3339, after)
	if err != nil {
		panic(err)
	}
	var all []string
	for range n {
		o, found := s.Next(at, z)
		if !found {
			return all
		}
		at = o.At
		all = append(all, at.UTC().Format(time.RFC3339))
	}
	return all
}

func same(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

func TestOccurrences(t *testing.T) {
	const tuesday = 1 << time.Tuesday
	friday := day.DateOf(2026, 3, 27)
	for _, c := range []struct {
		name  string
		s     schedule.Schedule
		zone  string
		after string
		want  []string
	}{
		{"own days keep their time when the clock changes", schedule.Weekly(tuesday, day.At(18, 0)), "Europe/London", "2026-03-24T17:59:59Z",
			[]string{"2026-03-24T18:00:00Z", "2026-03-31T17:00:00Z"}},
		{"strictly after", schedule.Weekly(tuesday, day.At(18, 0)), "Europe/London", "2026-03-24T18:00:00Z",
			[]string{"2026-03-31T17:00:00Z"}},
		{"every second date from one on", schedule.Alternate(friday, day.At(7, 0)), "Europe/London", "2026-01-01T00:00:00Z",
			[]string{"2026-03-27T07:00:00Z", "2026-03-29T06:00:00Z", "2026-03-31T06:00:00Z"}},
		{"skipped comes after the gap, once", schedule.Schedule{Hours: 1 << 1, Minutes: 1<<0 | 1<<30}, "Europe/London", "2026-03-28T12:00:00Z",
			[]string{"2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T00:30:00Z"}},
		{"repeated comes first", schedule.Weekly(0, day.At(1, 30)), "Europe/London", "2026-10-24T12:00:00Z",
			[]string{"2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z"}},
		{"a gap that touches midnight", schedule.Weekly(0, day.At(23, 30)), "America/Nuuk", "2026-03-28T12:00:00Z",
			[]string{"2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z"}},
		{"29 February over a century that is no leap year", schedule.Schedule{Hours: 1, Minutes: 1, Dates: 1 << 29, Months: 1 << 2}, "UTC", "2096-03-01T00:00:00Z",
			[]string{"2104-02-29T00:00:00Z"}},
	} {
		if got := times(c.s, c.after, zone(t, c.zone), len(c.want)); !same(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func TestApiaHasNoThirtiethOfDecember(t *testing.T) {
	var dates []string
	s := schedule.Weekly(0, day.At(7, 0))
	from := time.Date(2011, 12, 28, 12, 0, 0, 0, time.UTC)
	for o := range s.Between(from, from.AddDate(0, 0, 4), zone(t, "Pacific/Apia")) {
		dates = append(dates, o.Date.String())
	}
	if want := []string{"2011-12-28", "2011-12-29", "2011-12-31", "2012-01-01"}; !same(dates, want) {
		t.Errorf("%v, want %v", dates, want)
	}
}

func TestWhatNeverComesIsSaid(t *testing.T) {
	for _, s := range []schedule.Schedule{{}, {Hours: 1}, {Hours: 1, Minutes: 1, Dates: 1 << 31, Months: 1<<2 | 1<<4}} {
		if o, found := s.Next(time.Unix(0, 0), time.UTC); found || s.Possible() {
			t.Errorf("%+v comes at %s", s, o.At)
		}
	}
}

func TestASchedulesStoredFormIsSmall(t *testing.T) {
	s := schedule.Weekly(1<<time.Tuesday|1<<time.Saturday, day.At(17, 30))
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var read schedule.Schedule
	if err := json.Unmarshal(data, &read); err != nil || read != s || len(data) > 60 {
		t.Errorf("stored as %s, read as %+v, %v", data, read, err)
	}
}

func BenchmarkNext(b *testing.B) {
	s, z := schedule.Weekly(1<<time.Tuesday, day.At(17, 30)), zone(b, "Europe/London")
	now := time.Date(2026, 7, 1, 0, 0, 0, 0, time.UTC)
	for b.Loop() {
		s.Next(now, z)
	}
}
