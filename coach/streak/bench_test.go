package streak_test

import (
	"encoding/json"
	"testing"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// tenYears is a faithful runner: four sessions a week, some missed, a cold
// every winter, a second session now and then, and a move every other year.
func tenYears(t testing.TB) (streak.Facts, time.Time) {
	t.Helper()
	l := join(t, "Europe/London", "2016-03-07", 2, weekly)
	start := l.date("2016-03-07")
	zones := []string{"Europe/Paris", "America/New_York", "Asia/Tokyo", "Europe/London"}
	for d := start; d < start+3653; d++ {
		now := d.UTC().Add(20 * time.Hour)
		l.facts = l.facts.Seal(d)
		n := int(d - start)
		switch {
		case n%730 == 700:
			l.facts = l.facts.WithClock(now, zones[n/730%len(zones)], day.At(4, 0))
		case n%365 == 300:
			l.must(l.facts.Pause(d, d+6, streak.Sick, now))
		case !weekly(d).Training() || n%11 == 5:
		default:
			l.facts, _ = l.facts.Record(d, streak.Session{Kind: weekly(d)}, now)
			if n%9 == 0 {
				l.facts, _ = l.facts.Record(d, streak.Session{Kind: streak.Other}, now)
			}
		}
	}
	return l.facts, (start + 3653).UTC().Add(9 * time.Hour)
}

func TestTenYearsFitInTenKilobytes(t *testing.T) {
	f, _ := tenYears(t)
	data, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if len(data) > 10_000 {
		t.Errorf("the facts of ten years take %d bytes", len(data))
	}
	t.Logf("%d bytes", len(data))
}

func BenchmarkDeriveTenYears(b *testing.B) {
	f, now := tenYears(b)
	derived(b, f, now)
}

// BenchmarkDeriveTenYearsSettled is the same where the years behind are settled, as they are for a runner in a store.
func BenchmarkDeriveTenYearsSettled(b *testing.B) {
	f, now := tenYears(b)
	derived(b, f.Settle(now), now)
}

func BenchmarkDeriveNew(b *testing.B) {
	l := join(b, "Europe/London", "2026-03-23", 2, weekly)
	derived(b, l.facts, l.at("2026-03-25 08:00"))
}

// derived also reports the fastest derivation, which is what it costs where
// other programs keep the machine busy.
func derived(b *testing.B, f streak.Facts, now time.Time) {
	b.ReportAllocs()
	fastest := time.Hour
	for b.Loop() {
		begun := time.Now()
		streak.Derive(f, now)
		fastest = min(fastest, time.Since(begun))
	}
	b.ReportMetric(float64(fastest), "fastest-ns")
}

func BenchmarkRecordTenYears(b *testing.B) {
	f, now := tenYears(b)
	d := f.Today(now)
	for b.Loop() {
		if _, err := f.Record(d, streak.Session{Kind: day.Hill}, now); err != nil {
			b.Fatal(err)
		}
	}
}
