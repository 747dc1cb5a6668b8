package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"time"

	"legcoach/bot"
	"legcoach/coach/day"
	"legcoach/coach/schedule"
)

const nudgesUsage = `usage: legcoach nudges --zone ZONE --from TIME --to TIME [--hill CRON] [--interval CRON] [--strength CRON] [--easy CRON] [--rest CRON]

Prints every reminder instant that the schedules give from --from on and before
--to (2026-03-29T00:00:00Z, or 2026-03-29 07:00 in the zone), a line each: UTC,
local wall time with its offset, and the kind, divided by tabs. Without any schedule, those of the default plan.
`

// nudges prints reminder instants by the same code that schedules runners. It
// returns the exit code: 0, or 2 for wrong usage.
func nudges(args []string, out, errOut io.Writer) int {
	zone, from, to, schedules, err := parseNudges(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Fprint(out, nudgesUsage)
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(errOut, "legcoach nudges: %s; see --help\n", oneLine(err))
		return exitUsage
	}
	for _, n := range nudgesBetween(schedules, zone, from, to) {
		fmt.Fprintf(out, "%s\t%s\t%s\n", n.At.UTC().Format(time.RFC3339), n.At.In(zone).Format("2006-01-02T15:04:05-07:00"), n.kind)
	}
	return exitOK
}

func parseNudges(args []string) (zone *time.Location, from, to time.Time, schedules map[day.Kind]schedule.Schedule, err error) {
	set := flags("nudges")
	zoneName, fromText, toText := set.String("zone", "", ""), set.String("from", "", ""), set.String("to", "", "")
	expressions := map[day.Kind]*string{}
	for _, k := range day.Kinds {
		expressions[k] = set.String(string(k), "", "")
	}
	if err = set.Parse(args); err != nil {
		return
	}
	if set.NArg() > 0 {
		err = fmt.Errorf("%q is not expected", set.Arg(0))
		return
	}
	if zone, err = loadZone(*zoneName); err != nil {
		err = fmt.Errorf("--zone: %w", err)
		return
	}
	now := time.Now().In(zone)
	if from, err = day.ParseMoment(now, *fromText); err != nil {
		err = fmt.Errorf("--from: %w", err)
		return
	}
	if to, err = day.ParseMoment(now, *toText); err != nil {
		err = fmt.Errorf("--to: %w", err)
		return
	}
	schedules, err = parseSchedules(expressions)
	return
}

// parseSchedules reads the expressions that were given, or those of the default plan if none was.
func parseSchedules(expressions map[day.Kind]*string) (map[day.Kind]schedule.Schedule, error) {
	given := map[day.Kind]string{}
	for k, e := range expressions {
		if *e != "" {
			given[k] = *e
		}
	}
	if len(given) == 0 {
		for name, e := range defaultReminders {
			given[day.Kind(name)] = e
		}
	}
	schedules := map[day.Kind]schedule.Schedule{}
	for k, e := range given {
		s, err := bot.ParseCron(e)
		if err != nil {
			return nil, fmt.Errorf("--%s: %w", k, err)
		}
		schedules[k] = s
	}
	return schedules, nil
}

// kindOccurrence is an occurrence with the kind of day that it reminds of.
type kindOccurrence struct {
	schedule.Occurrence
	kind day.Kind
}

// nudgesBetween lists what comes from an instant on and before another, in order.
func nudgesBetween(schedules map[day.Kind]schedule.Schedule, zone *time.Location, from, to time.Time) []kindOccurrence {
	var all []kindOccurrence
	for k, s := range schedules {
		for o := range s.Between(from, to, zone) {
			all = append(all, kindOccurrence{o, k})
		}
	}
	slices.SortFunc(all, func(a, b kindOccurrence) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(slices.Index(day.Kinds, a.kind), slices.Index(day.Kinds, b.kind)))
	})
	return all
}
