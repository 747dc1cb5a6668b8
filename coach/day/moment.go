package day

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// ParseMoment reads a time as people write it down for a clock that can be
// moved: an instant ("2026-10-25T00:30:00Z"), a time on the wall clock of now's
// zone ("2026-03-29 07:00", or "2026-03-29" for its midnight), or how much passes after now ("+13h", "+3d"). A
// number of days keeps the wall clock.
func ParseMoment(now time.Time, text string) (time.Time, error) {
	zone := now.Location()
	if days, found := strings.CutPrefix(strings.TrimSuffix(text, "d"), "+"); found && strings.HasSuffix(text, "d") {
		n, err := strconv.Atoi(days)
		if err != nil || n > 100_000 || n < 0 {
			return now, fmt.Errorf("read time %q: want a number of days such as +3d", text)
		}
		return afterDays(now, Date(n)), nil
	}
	if span, found := strings.CutPrefix(text, "+"); found {
		d, err := time.ParseDuration(span)
		if err != nil || d < 0 {
			return now, fmt.Errorf("read time %q: want a span such as +13h or +30m", text)
		}
		return now.Add(d), nil
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.In(zone), nil
	}
	date, clock, timed := strings.Cut(strings.Replace(text, "T", " ", 1), " ")
	if !timed {
		clock = "00:00"
	}
	d, err := ParseDate(date)
	if err != nil {
		return now, fmt.Errorf("read time %q: want +13h, +3d, 2026-03-29 07:00 or 2026-10-25T00:30:00Z", text)
	}
	c, err := ParseClock(strings.TrimSpace(clock))
	if err != nil {
		return now, fmt.Errorf("read time %q: want +13h, +3d, 2026-03-29 07:00 or 2026-10-25T00:30:00Z", text)
	}
	at, exists := Instant(d, c, zone)
	if !exists {
		return now, fmt.Errorf("read time %q: that date never existed in %s", text, zone)
	}
	return at, nil
}

func afterDays(now time.Time, n Date) time.Time {
	d, c := Wall(now, now.Location())
	seconds := time.Duration(now.Second())*time.Second + time.Duration(now.Nanosecond())
	if at, exists := Instant(d+n, c, now.Location()); exists {
		return at.Add(seconds)
	}
	return now.Add(time.Duration(n) * 24 * time.Hour)
}
