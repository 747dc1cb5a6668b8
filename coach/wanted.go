package coach

import (
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
)

// Unwanted says why a line that was decided earlier is not to be said at now,
// by the name that [Unsent] carries back; empty if it is. Where many wait for a
// platform an hour may pass between the two, in which a runner trains, pauses,
// asks for silence or goes to bed. What answers somebody, and what changes a line that stands, is always wanted.
func (c *Coach) Unwanted(r Runner, l Line, now time.Time) string {
	if !l.Unasked || l.Quiet || l.Key == "" || r.Since.IsZero() {
		return ""
	}
	t := &turn{Coach: c, r: r, now: now}
	t.relocate()
	if r.Unreachable {
		return dropUnreachable
	}
	n, found := t.nudgeNamed(l.Key)
	if !found {
		return t.overtaken(l.Key)
	}
	switch {
	case n.Snoozes == 0 && t.quietAt(now) && !t.quietAt(n.At):
		return dropQuiet
	case !r.Heard.After(n.At):
		return "" // they did nothing meanwhile
	}
	t.begin()
	return t.unwanted(n, t.occurred(n))
}

// occurred is the occurrence that a reminder was made of.
func (t *turn) occurred(n Nudge) occurrence {
	clock, by, _ := t.reminderOf(n.Kind, n.Date, n.Kind)
	o := occurrence{at: n.At, date: n.Date, kind: n.Kind, clock: clock, by: by}
	if n.Snoozes > 0 {
		o.put = snoozedByRunner
	}
	return o
}

// unwanted says why a reminder that was made is not wanted any more, after its runner did something.
func (t *turn) unwanted(n Nudge, o occurrence) string {
	if why := t.needed(o); why != "" {
		return why
	}
	if why := t.refused(n.Date, n.Kind); why != "" {
		return why
	}
	_, _, due := t.reminderOf(n.Kind, n.Date, t.r.Days.PlanOf(n.Date))
	switch {
	case slices.ContainsFunc(t.r.Told.Snoozed, func(s Snooze) bool { return s.Date == n.Date && s.Kind == n.Kind }):
		return dropLater
	case o.put == snoozedByRunner && t.moved(o), o.put == notPutOff && t.r.Set.Remind && !due:
		return dropMoved
	case o.put == notPutOff && t.hushed(o):
		return dropQuiet
	}
	return ""
}

// refused says why a reminder is not wanted though it was put off: its runner wants
// none, none of its kind, or none on its day of the week. Empty if they do.
func (t *turn) refused(d day.Date, k day.Kind) string {
	own, chosen := t.r.Set.Own[k]
	switch {
	case t.r.Set.Muted && !t.r.Set.Remind, chosen && own.IsZero():
		return dropMuted
	case t.r.Set.Never&(1<<d.Weekday()) != 0:
		return dropOut
	}
	return ""
}

// overtaken says why a line that is no reminder is not wanted any more.
func (t *turn) overtaken(key string) string {
	_, name, _ := strings.Cut(key, "/")
	_, paused := t.r.Days.Paused(t.today)
	switch {
	case strings.HasPrefix(name, string(weekKind)):
		if t.asleep() || t.r.Set.NoCard {
			return dropMuted
		}
	case strings.HasPrefix(name, "checkin") && !paused, name == "goodbye" && t.r.Told.Goodbye.IsZero(), name == "look" && t.r.Heard.After(t.r.Told.Looked), name == "idle" && !t.r.Told.Idle.After(t.r.Heard):
		return dropHeard
	}
	return ""
}
