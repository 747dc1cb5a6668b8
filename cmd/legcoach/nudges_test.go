package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/coach/day"
)

// wish is a reminder as a person would say it: the oracle knows no cron.
type wish struct {
	kind, expression string
	hour, minute     int
	on               func(date time.Time) bool
}

var wishes = []wish{
	{"hill", "30 17 * * TUE", 17, 30, func(d time.Time) bool { return d.Weekday() == time.Tuesday }},
	{"interval", "15 1 * * *", 1, 15, func(time.Time) bool { return true }},
	{"strength", "30 2 * * SUN,FRI", 2, 30, func(d time.Time) bool { return d.Weekday() == time.Sunday || d.Weekday() == time.Friday }},
	{"easy", "0 0 * * *", 0, 0, func(time.Time) bool { return true }},
	{"rest", "45 23 1-7 * SAT", 23, 45, func(d time.Time) bool { return d.Day() <= 7 || d.Weekday() == time.Saturday }},
}

// TestNudgesOfEveryZoneForAYear holds what the command prints against a walk
// over the instants of a year that looks at the clock every quarter of an hour.
func TestNudgesOfEveryZoneForAYear(t *testing.T) {
	from := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	to := time.Date(2027, 1, 1, 12, 0, 0, 0, time.UTC)
	known := map[string][]string{} // zones with the same clock are walked once
	for _, name := range day.ZoneNames() {
		zone, err := day.Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		clock := signature(zone, from, to)
		if known[clock] == nil {
			known[clock] = expected(zone, from, to)
		}
		checkNudges(t, name, from, to, known[clock])
	}
}

func TestNudgesWhereADateNeverExisted(t *testing.T) {
	from := time.Date(2011, 12, 20, 0, 0, 0, 0, time.UTC)
	to := time.Date(2012, 1, 10, 0, 0, 0, 0, time.UTC)
	for _, name := range []string{"Pacific/Apia", "Pacific/Fakaofo", "Europe/London"} {
		zone, err := day.Zone(name)
		if err != nil {
			t.Fatal(err)
		}
		checkNudges(t, name, from, to, expected(zone, from, to))
	}
}

func checkNudges(t *testing.T, zone string, from, to time.Time, want []string) {
	t.Helper()
	args := []string{"--zone", zone, "--from", from.Format(time.RFC3339), "--to", to.Format(time.RFC3339)}
	for _, w := range wishes {
		args = append(args, "--"+w.kind, w.expression)
	}
	var out, errOut bytes.Buffer
	if code := nudges(args, &out, &errOut); code != 0 || errOut.Len() > 0 {
		t.Fatalf("%s: exit %d: %s", zone, code, errOut.String())
	}
	got := strings.Split(strings.TrimSpace(out.String()), "\n")
	for i := range max(len(got), len(want)) {
		if i >= len(got) || i >= len(want) || got[i] != want[i] {
			t.Fatalf("%s: line %d of %d is %q, want %q of %d", zone, i+1, len(got), at(got, i), at(want, i), len(want))
		}
	}
}

func at(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return ""
}

// expected walks from from to to. A wish comes when the clock first shows its
// time or later on its date; one on a date that the clock never shows does not come.
func expected(zone *time.Location, from, to time.Time) []string {
	const step = 15 * time.Minute
	type line struct {
		at   time.Time
		text string
	}
	var lines []line
	come := make([]time.Time, len(wishes)) // the last date on which each came
	before := shownBy(from.Add(-72*time.Hour), zone)
	for now := from.Add(-72 * time.Hour); now.Before(to); now = now.Add(step) {
		shown := shownBy(now, zone)
		for i, w := range wishes {
			for _, date := range []time.Time{midnight(before), midnight(shown)} { // a jump may end a date before its wish came
				due := date.Add(time.Duration(w.hour)*time.Hour + time.Duration(w.minute)*time.Minute)
				if !date.After(come[i]) || shown.Before(due) || !w.on(date) {
					continue
				}
				come[i] = date
				if !now.Before(from) {
					lines = append(lines, line{now, fmt.Sprintf("%s\t%s\t%s", now.UTC().Format(time.RFC3339), now.In(zone).Format("2006-01-02T15:04:05-07:00"), w.kind)})
				}
			}
		}
		before = shown
	}
	slices.SortStableFunc(lines, func(a, b line) int { return a.at.Compare(b.at) })
	texts := make([]string, len(lines))
	for i, l := range lines {
		texts[i] = l.text
	}
	return texts
}

// shownBy returns what the clock shows, written as UTC.
func shownBy(t time.Time, zone *time.Location) time.Time {
	_, offset := t.In(zone).Zone()
	return t.UTC().Add(time.Duration(offset) * time.Second)
}

func midnight(t time.Time) time.Time { return t.Truncate(24 * time.Hour) }

// signature tells clocks apart by their offsets, hour by hour.
func signature(zone *time.Location, from, to time.Time) string {
	var s strings.Builder
	last := 1 << 30
	for now := from.Add(-96 * time.Hour); now.Before(to); now = now.Add(time.Hour) {
		if _, offset := now.In(zone).Zone(); offset != last {
			fmt.Fprint(&s, now.Unix(), offset, " ")
			last = offset
		}
	}
	return s.String()
}

func TestNudgesFallBackToTheDefaultPlan(t *testing.T) {
	var out, errOut bytes.Buffer
	code := nudges([]string{"--zone", "Europe/London", "--from", "2026-11-23T00:00:00Z", "--to", "2026-11-30T00:00:00Z"}, &out, &errOut)
	if code != 0 {
		t.Fatalf("exit %d: %s", code, errOut.String())
	}
	var kinds []string
	for line := range strings.Lines(out.String()) {
		kinds = append(kinds, strings.TrimSpace(line[strings.LastIndex(line, "\t")+1:]))
	}
	if got, want := strings.Join(kinds, " "), "rest hill strength rest interval strength easy"; got != want {
		t.Errorf("the default week is %s, want %s", got, want)
	}
}

func TestNudgesIncludeFromAndExcludeTo(t *testing.T) {
	var out, errOut bytes.Buffer
	nudges([]string{"--zone", "UTC", "--from", "2026-11-23T09:00:00Z", "--to", "2026-11-24T09:00:00Z", "--rest", "0 9 * * *"}, &out, &errOut)
	if got, want := out.String(), "2026-11-23T09:00:00Z\t2026-11-23T09:00:00+00:00\trest\n"; got != want {
		t.Errorf("printed %q, want %q", got, want)
	}
}

func TestNudgesRefuseWrongUsage(t *testing.T) {
	good := []string{"--zone", "UTC", "--from", "2026-11-23T09:00:00Z", "--to", "2026-11-24T09:00:00Z"}
	for _, bad := range [][]string{
		{"--zone", "Nowhere/Here"}, {"--zone", "Local"}, {"--from", "today"}, {"--to", ""}, {"--hill", "0 0 31 2 *"},
		{"--hill", "TZ="}, {"--hill", "CRON_TZ=UTC 0 9 * * *"}, {"--rest", "0 9 * *"}, {"--swim", "0 9 * * *"}, {"more"},
	} {
		var out, errOut bytes.Buffer
		code := nudges(append(slices.Clone(good), bad...), &out, &errOut)
		if code != 2 || out.Len() > 0 || strings.Count(errOut.String(), "\n") != 1 {
			t.Errorf("%v: exit %d, printed %q, complained %q; want exit 2 and one line", bad, code, out.String(), errOut.String())
		}
	}
}
