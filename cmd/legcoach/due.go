package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"legcoach/bot"
	"legcoach/coach"
	"legcoach/coach/day"
)

// due prints who will be sent what, and when, and why or why not: it lets time
// pass for a copy of every runner, and changes nothing.
func (p program) due(ctx context.Context, args []string) error {
	set := flags("due")
	data := set.String("data", "", "`FILE` of the store; it is not changed")
	path := set.String("config", "", "`FILE` whose defaults the bot runs with (default: the defaults of the program)")
	at := set.String("at", "", "`TIME` to begin at: +13h, 2026-11-24T18:00:00Z, or by this machine's clock 2026-11-24 18:00 (default: now)")
	span := set.Duration("for", 24*time.Hour, "how far to look ahead, as a `SPAN` such as 24h")
	if _, err := parse(set, args, 0); err != nil {
		return err
	}
	now := time.Now()
	if *at != "" {
		parsed, err := day.ParseMoment(now, *at)
		if err != nil {
			return usagef("due: --at: %v", err)
		}
		now = parsed
	}
	config := defaultConfig()
	if *path != "" {
		var err error
		if config, err = readConfig(*path); err != nil {
			return err
		}
	}
	c, err := newCoach(config)
	if err != nil {
		return err
	}
	s, err := openExisting(*data, p.warnings())
	if err != nil {
		return err
	}
	var rows []dueRow
	woke, err := bot.Absences(ctx, s, now)
	if err != nil {
		return errors.Join(err, s.Close())
	}
	woke.Event = coach.Woke{}
	err = s.Each(ctx, func(r coach.Runner) error {
		rows = append(rows, foresee(c, r, woke, now, now.Add(*span))...)
		return nil
	})
	slices.SortStableFunc(rows, func(a, b dueRow) int { return a.at.Compare(b.at) })
	for _, row := range rows {
		fmt.Fprintf(p.out, "%s\t%s\t%s\t%s\n", row.at.UTC().Format(time.RFC3339), row.runner, row.key, row.fate)
	}
	return errors.Join(err, s.Close())
}

// dueRow is one thing that will be said, or will not.
type dueRow struct {
	at     time.Time
	runner coach.ID
	key    string // of the line: "2026-11-24/hill"
	fate   string // "sent", or "not sent: " and why
}

// foresee steps a copy of a runner through a span. Lines that only change what
// was sent before are left out.
func foresee(c *coach.Coach, r coach.Runner, woke coach.Event, from, until time.Time) []dueRow {
	var rows []dueRow
	for _, d := range r.Told.Drops {
		if !d.At.Before(from) && d.At.Before(until) { // decided before its time
			rows = append(rows, dueRow{d.At, r.ID, d.Date.String() + "/" + string(d.Kind), "not sent: " + c.Reason(d)})
		}
	}
	for !r.Wake.IsZero() && !r.Wake.After(until) {
		at := r.Wake
		if at.Before(from) {
			at = from
		}
		after, lines := c.Step(r, woke, at)
		for _, l := range lines {
			if !l.Quiet {
				rows = append(rows, dueRow{at, r.ID, l.Key, "sent"})
			}
		}
		for _, d := range after.Told.Drops {
			if !slices.Contains(r.Told.Drops, d) {
				rows = append(rows, dueRow{at, r.ID, d.Date.String() + "/" + string(d.Kind), "not sent: " + c.Reason(d)})
			}
		}
		if !after.Wake.After(at) {
			break
		}
		r = after
	}
	return rows
}
