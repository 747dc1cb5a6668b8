package main

import (
	"context"
	"fmt"
	"slices"
	"time"

	"legcoach/coach"
)

// due prints who will be sent what, and when, and why or why not: it lets time
// pass for a copy of every runner, and changes nothing.
func (p program) due(ctx context.Context, args []string) error {
	set := flags("due")
	data := set.String("data", "", "")
	at := set.String("at", "", "")
	span := set.Duration("for", 24*time.Hour, "")
	if _, err := parse(set, args, 0); err != nil {
		return err
	}
	now := time.Now()
	if *at != "" {
		parsed, err := time.Parse(time.RFC3339, *at)
		if err != nil {
			return usagef("due: --at: %q is not a time such as 2026-11-24T18:00:00Z", *at)
		}
		now = parsed
	}
	s, err := openExisting(*data, p.warnings())
	if err != nil {
		return err
	}
	defer s.Close() // nothing was written
	config := defaultConfig()
	config.Reminders = defaultReminders
	c, err := newCoach(config)
	if err != nil {
		return err
	}
	var rows []dueRow
	err = s.Each(ctx, func(r coach.Runner) error {
		rows = append(rows, foresee(c, r, now, now.Add(*span))...)
		return nil
	})
	slices.SortStableFunc(rows, func(a, b dueRow) int { return a.at.Compare(b.at) })
	for _, row := range rows {
		fmt.Fprintf(p.out, "%s\t%s\t%s\t%s\n", row.at.UTC().Format(time.RFC3339), row.runner, row.what, row.why)
	}
	return err
}

// dueRow is one thing that will be said, or will not.
type dueRow struct {
	at        time.Time
	runner    coach.ID
	what, why string
}

// foresee steps a copy of a runner through a span.
func foresee(c *coach.Coach, r coach.Runner, from, until time.Time) []dueRow {
	var rows []dueRow
	for !r.Wake.IsZero() && !r.Wake.After(until) {
		at := r.Wake
		if at.Before(from) {
			at = from
		}
		before := len(r.Told.Drops)
		last := lastDrop(r)
		after, lines := c.Step(r, coach.Woke{}, at)
		for _, l := range lines {
			what := l.Key
			if l.Quiet {
				what = "edit " + l.Replaces
			}
			rows = append(rows, dueRow{at, r.ID, what, "sent"})
		}
		if drop := lastDrop(after); len(after.Told.Drops) > before || drop != last {
			rows = append(rows, dueRow{at, r.ID, drop.Date.String() + "/" + string(drop.Kind), "not sent: " + drop.Why})
		}
		if !after.Wake.After(at) {
			break
		}
		r = after
	}
	return rows
}

func lastDrop(r coach.Runner) coach.Drop {
	if n := len(r.Told.Drops); n > 0 {
		return r.Told.Drops[n-1]
	}
	return coach.Drop{}
}
