package coach_test

import (
	"testing"
	"time"

	"legcoach/coach/day"
)

// The oracle of the virtual years: it knows of clocks what can be seen on them.

// wall finds, by looking at what clocks show and in no other way, the first
// instant at which the clock of zone shows c on date d; where it never does, the
// first that shows something later; and false if the date never was.
func wall(d day.Date, c day.Clock, zone *time.Location) (time.Time, bool) {
	sought := onWall{d, c, zone.String()}
	at, known := walls[sought]
	if !known {
		at = look(int64(d)*24*60+int64(c), zone)
		walls[sought] = at
	}
	return at, !at.IsZero()
}

// onWall is a time on the clock of a zone.
type onWall struct {
	date  day.Date
	clock day.Clock
	zone  string
}

// walls are what was looked for before; the zero time for what never was.
var walls = map[onWall]time.Time{}

// look looks for a time on the wall, in minutes since 1970.
func look(want int64, zone *time.Location) time.Time {
	var best, after int64
	seen := false
	for probe := want - 30*60; probe < want+30*60; probe += 15 {
		is := shown(probe, zone)
		at := probe + want - is // if the clock went on from here as it goes here
		if shown(at, zone) == want && (best == 0 || at < best) {
			best = at
		}
		if after == 0 && is > want {
			after = probe
		}
		seen = seen || is/(24*60) == want/(24*60)
	}
	if best == 0 && seen {
		for best = after; shown(best-1, zone) > want; best-- {
		}
	}
	if best == 0 {
		return time.Time{}
	}
	return time.Unix(best*60, 0)
}

// shown is what the clock of zone shows at a minute since 1970, in minutes since then.
func shown(minute int64, zone *time.Location) int64 {
	_, offset := time.Unix(minute*60, 0).In(zone).Zone()
	return minute + int64(offset)/60
}

func shows(at time.Time, zone *time.Location) string { return at.In(zone).Format("2006-01-02 15:04") }

// TestOracle holds the oracle to the cases that are known.
func TestOracle(t *testing.T) {
	for _, c := range []struct{ zone, date, clock, want string }{
		{"Europe/London", "2026-03-29", "01:30", "2026-03-29T01:00:00Z"},
		{"Europe/London", "2026-10-25", "01:30", "2026-10-25T00:30:00Z"},
		{"America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00:00Z"},
		{"Africa/Cairo", "2026-04-24", "00:15", "2026-04-23T22:00:00Z"},
		{"Pacific/Apia", "2011-12-30", "07:00", ""},
	} {
		zone, date, clock := location(t, c.zone), parse(t, day.ParseDate, c.date), parse(t, day.ParseClock, c.clock)
		got := ""
		if at, exists := wall(date, clock, zone); exists {
			got = at.UTC().Format(time.RFC3339)
		}
		if got != c.want {
			t.Errorf("%s in %s on %s: %q, want %q", c.clock, c.zone, c.date, got, c.want)
		}
	}
}
