package day

import (
	"testing"
	"time"
)

func TestParseMoment(t *testing.T) {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 28, 18, 0, 0, 0, zone)
	for text, want := range map[string]string{
		"+13h":                 "2026-03-29T08:00:00+01:00", // the clocks went forward in between
		"+1d":                  "2026-03-29T18:00:00+01:00",
		"2026-03-29 07:00":     "2026-03-29T07:00:00+01:00",
		"2026-03-29T07:00":     "2026-03-29T07:00:00+01:00",
		"2026-03-29":           "2026-03-29T00:00:00Z",
		"2026-10-25T00:30:00Z": "2026-10-25T01:30:00+01:00",
	} {
		if at, err := ParseMoment(now, text); err != nil || at.Format(time.RFC3339) != want {
			t.Errorf("%q is %s, %v, want %s", text, at.Format(time.RFC3339), err, want)
		}
	}
	for _, text := range []string{"", "soon", "+x", "+-3h", "2026-02-30", "2026-03-29 25:00", "T07:00"} {
		if at, err := ParseMoment(now, text); err == nil {
			t.Errorf("%q is %s, want an error", text, at)
		}
	}
}
