package place_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"time"

	"legcoach/coach/content"
	"legcoach/coach/day"
	"legcoach/coach/place"
	"legcoach/coach/token"
)

func newAtlas(t testing.TB) *place.Atlas {
	atlas, err := place.New()
	if err != nil {
		t.Fatal(err)
	}
	return atlas
}

// TestPlaces reads every line "words = zone or zones" of testdata/places.txt.
func TestPlaces(t *testing.T) {
	atlas := newAtlas(t)
	file, err := os.Open("testdata/places.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		said, want, ok := strings.Cut(lines.Text(), " = ")
		if !ok {
			continue
		}
		said = strings.TrimSpace(said)
		var zones []string
		for _, p := range place.Zone(atlas.Read(said, token.Split(said))) {
			zones = append(zones, p.Zone)
		}
		if got := strings.Join(zones, " "); got != strings.TrimSpace(want) {
			t.Errorf("%s\n got  %s\n want %s", said, got, want)
		}
	}
}

// Every zone of the files loads, so that no answer names a zone that cannot be used.
func TestZonesLoad(t *testing.T) {
	for _, file := range []string{"places/cities.txt", "places/regions.txt", "places/zones.txt"} {
		text, err := content.Text(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(text, "\n") {
			head, _, _ := strings.Cut(line, ": ")
			for _, field := range strings.Fields(head) {
				if strings.HasPrefix(line, "#") || !strings.Contains(field, "/") {
					continue
				}
				if _, err := time.LoadLocation(field); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
		}
	}
}

func TestSuggest(t *testing.T) {
	now := time.Date(2026, 11, 24, 19, 30, 0, 0, time.UTC)
	got := newAtlas(t).Suggest("lis", now)
	if len(got) == 0 || got[0].Label != "Lisbon · Tue 19:30 (Europe/Lisbon)" {
		t.Errorf("Suggest(lis) = %v, want Lisbon first with its time", got)
	}
	if got := newAtlas(t).Suggest("", now); len(got) != place.MaxSuggestions {
		t.Errorf("Suggest of nothing gives %d places, want %d", len(got), place.MaxSuggestions)
	}
}

func TestClocks(t *testing.T) {
	now := time.Date(2026, 11, 24, 19, 30, 0, 0, time.UTC)
	got := newAtlas(t).Clocks(day.At(20, 30), now, 3)
	if len(got) != 3 || got[0].Zone != "Europe/Berlin" {
		t.Errorf("where it is 20:30 when London has 19:30: got %v, want Berlin first of three", got)
	}
}

func TestFind(t *testing.T) {
	for said, want := range map[string]string{
		"lisbn": "Europe/Lisbon", "lis": "Europe/Lisbon", "PST": "America/Los_Angeles", "america/new_york": "America/New_York", "portugal": "Europe/Lisbon",
	} {
		if got := newAtlas(t).Find(said); len(got) == 0 || got[0].Zone != want {
			t.Errorf("Find(%q) = %v, want %s", said, got, want)
		}
	}
	if got := newAtlas(t).Find("qwzx"); got != nil {
		t.Errorf("Find(qwzx) = %v, want nothing", got)
	}
}

func TestAt(t *testing.T) {
	for _, where := range []struct {
		latitude, longitude float64
		want                string
	}{
		{38.72, -9.14, "Europe/Lisbon"}, {43.36, -8.41, "Europe/Madrid"}, {35.68, 139.69, "Asia/Tokyo"}, {32.87, -96.77, "America/Chicago"},
	} {
		if got, err := place.At(where.latitude, where.longitude); got != where.want || err != nil {
			t.Errorf("At(%g, %g) = %q, %v, want %s", where.latitude, where.longitude, got, err, where.want)
		}
	}
	if got, err := place.At(91, 0); err == nil {
		t.Errorf("At(91, 0) = %q, want an error", got)
	}
}
