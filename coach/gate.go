package coach

import (
	"slices"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// Why a reminder is not said: the names of content/nudges/reasons.yaml.
const (
	dropDone        = "done"
	dropRested      = "rested"
	dropOut         = "out"
	dropPaused      = "paused"
	dropExcused     = "excused"
	dropHeld        = "held"
	dropMoved       = "moved"
	dropStale       = "stale"
	dropQuiet       = "quiet"
	dropCap         = "cap"
	dropBetter      = "better"
	dropHalf        = "half"
	dropIgnored     = "ignored"
	dropGoodbye     = "goodbye"
	dropSilent      = "silent"
	dropUnreachable = "unreachable"
	dropMuted       = "muted"
	dropLater       = "later"
	dropHeard       = "heard"
	dropRestored    = "restored"
	dropTold        = "told"
)

const (
	// life is how long after its time a reminder may still be said, the others the same for others.
	life, snoozedLife, cardLife, goodbyeLife = 4 * time.Hour, 2 * time.Hour, 24 * time.Hour, 48 * time.Hour
	// quietLife is the life of what is said in quiet hours: it must not wait there for a platform.
	quietLife = time.Hour
	// unanswered is how long after the life of a reminder it counts as ignored.
	unanswered = 12 * time.Hour
	// fewerAfter and goodbyeAfter are how many ignored in a row halve reminders, and end them; silentAfter ends them by time.
	fewerAfter, goodbyeAfter = 3, 5
	silentAfter              = 60 * 24 * time.Hour
	// maxPerDay is how many reminders come in a day, and apart how far from one another unless the runner chose them so.
	maxPerDay = 2
	apart     = 2 * time.Hour
	// beyond is how many more sessions are reminded of in a week than it has: those that were moved about.
	beyond = 2
)

// Reason tells an operator, in a few words, why a reminder was not sent.
func (c *Coach) Reason(d Drop) string { return c.book.Reason(d.Why).Log }

// gate says why a reminder is not to be said now; empty if it may be. What is
// asked here is whether it is needed, alive, and outside quiet hours; [turn.spare]
// asks the rest, one reminder after the other.
func (t *turn) gate(o occurrence) string {
	if why := t.needed(o); why != "" {
		return why
	}
	if why := t.refused(o.date, o.kind); o.put == heldBack && why != "" {
		return why
	}
	switch {
	case t.moved(o):
		return dropMoved
	case !t.now.Before(t.lifeEnd(o)):
		return dropStale
	case t.hushed(o):
		return dropQuiet
	}
	return ""
}

// moved reports whether a reminder that was put off does not belong to its date
// any more: its session was moved, or its days were chosen anew.
func (t *turn) moved(o occurrence) bool {
	switch o.put {
	case heldBack:
		return !slices.ContainsFunc(t.dayReminders(o.date), func(r occurrence) bool { return r.kind == o.kind })
	case snoozedByRunner:
		_, _, wanted := t.reminderOf(o.kind, o.date, t.r.Days.PlanOf(o.date))
		_, own := t.r.Set.Own[o.kind]
		return t.hasPlan() && !own && !wanted && t.r.Set.Remind && t.r.Days.PlanOf(o.date) != day.Free
	}
	return false
}

// needed says why a reminder is not needed; empty if it is.
func (t *turn) needed(o occurrence) string {
	e := t.r.Days.Log.At(o.date)
	_, paused := t.r.Days.Paused(o.date)
	switch {
	case t.kept(o.date, o.kind):
		return dropDone
	case e.Has(streak.Rested):
		return dropRested
	case slices.Contains(t.r.Set.Out, o.date):
		return dropOut
	case paused:
		return dropPaused
	case e.Excuse() != streak.None && e.Excuse() != streak.Amber:
		return dropExcused
	case o.kind.Training() && t.hurts(o.date):
		return dropHeld
	}
	return ""
}

// lifeEnd is when a reminder stops being worth saying: hours after its time, at
// the close of its day, or when quiet hours begin.
func (t *turn) lifeEnd(o occurrence) time.Time {
	closes := t.r.Days.Close(o.date, t.now)
	end := o.at.Add(life)
	if o.put == snoozedByRunner {
		end = o.at.Add(snoozedLife)
	} else if !t.quietAt(o.at) {
		end = sooner(end, t.nextAt(t.quietHours().From, o.at))
	}
	return sooner(end, closes)
}

func sooner(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// hushed reports whether a reminder must wait for the end of quiet hours. A time
// that was chosen inside them is kept to the minute, and not later.
func (t *turn) hushed(o occurrence) bool {
	return t.quietAt(t.now) && !(t.loud(o) && t.now.Sub(o.at) <= lateAfter)
}

// loud reports whether a reminder may come inside quiet hours: the runner chose
// its time, or the operator did and the runner chose no quiet hours. Of times
// and quiet hours that the runner chose both, the later choice counts.
func (t *turn) loud(o occurrence) bool {
	switch {
	case o.put == snoozedByRunner:
		return true
	case o.by == byRunner:
		return t.r.Set.Quiet == nil || t.r.Set.Louder
	}
	return o.by == byOperator && t.r.Set.Quiet == nil
}

// saidAt is when a reminder will be said, as far as quiet hours go, and whether it will.
func (t *turn) saidAt(o occurrence) (time.Time, bool) {
	if !t.quietAt(o.at) || t.loud(o) {
		return o.at, true
	}
	edge := t.quietEnd(o.at)
	return edge, edge.Before(t.lifeEnd(o))
}

func (t *turn) quietHours() Span {
	if t.r.Set.Quiet != nil {
		return *t.r.Set.Quiet
	}
	return Span{t.config.QuietFrom, t.config.QuietTo}
}

func (t *turn) quietAt(at time.Time) bool { return t.quietHours().Holds(wallClock(at, t.zone)) }

// quietEnd is when the quiet hours around an instant end.
func (t *turn) quietEnd(at time.Time) time.Time { return t.nextAt(t.quietHours().To, at) }

// nextAt is when a clock next shows c after an instant.
func (t *turn) nextAt(c day.Clock, after time.Time) time.Time {
	d, _ := day.Wall(after, t.zone)
	for ; ; d++ {
		if at, exists := day.Instant(d, c, t.zone); exists && at.After(after) {
			return at
		}
	}
}

// spare says why a reminder that might be said is spared: the day has had
// enough, nothing comes back, or the runner is not to be reached. Empty if it is not.
func (t *turn) spare(o occurrence) string {
	if o.put != snoozedByRunner {
		if t.capped(o) || t.saidBefore(o) {
			return dropCap
		}
		if why := t.ladder(o); why != "" {
			return why
		}
	}
	if t.r.Unreachable {
		return dropUnreachable
	}
	return ""
}

// capped reports whether the day has had enough, or the week.
func (t *turn) capped(o occurrence) bool {
	monday := t.civil().Monday()
	today, sessions := 0, 0
	for _, n := range t.reminded() {
		d, _ := day.Wall(n.At, t.zone)
		if d == t.civil() {
			today++
		}
		if d >= monday && n.Kind.Training() {
			sessions++
		}
		if o.by != byRunner && t.now.Sub(n.At).Abs() < apart {
			return true
		}
	}
	_, own := t.r.Set.Own[o.kind] // whoever names days themselves hears on each of them
	return today >= maxPerDay || o.kind.Training() && !own && sessions >= t.sessionsIn(monday)+beyond
}

// reminded are the reminders that the runner heard: those that were pushed, and
// at their time those that were said with a reply and did not come all the same.
func (t *turn) reminded() []Nudge {
	all := slices.Clone(t.r.Told.Nudges)
	for _, d := range t.r.Told.Drops {
		if o := (occurrence{date: d.Date, kind: d.Kind}); d.Why == dropTold && !t.saidBefore(o) {
			all = append(all, Nudge{Date: d.Date, Kind: d.Kind, At: d.At})
		}
	}
	return all
}

// sessionsIn counts the sessions that are reminded of in a week.
func (t *turn) sessionsIn(monday day.Date) (n int) {
	for d := monday; d < monday+7; d++ {
		for _, o := range t.dayReminders(d) {
			if o.kind.Training() {
				n++
			}
		}
	}
	return n
}

// saidBefore reports whether the runner was reminded of it, here or at another address.
func (t *turn) saidBefore(o occurrence) bool {
	return slices.ContainsFunc(t.r.Told.Nudges, func(n Nudge) bool { return n.Date == o.date && n.Kind == o.kind })
}

// ladder says less as reminders go unanswered; it says goodbye once, and then nothing.
func (t *turn) ladder(o occurrence) string {
	ignored := t.ignored()
	switch {
	case !t.r.Told.Goodbye.IsZero():
		return dropSilent
	case ignored >= goodbyeAfter || t.now.Sub(t.r.Heard) > silentAfter:
		t.goodbye()
		return dropGoodbye
	case ignored >= fewerAfter && !o.kind.Training():
		return dropIgnored
	case (ignored >= fewerAfter || t.r.Set.Half) && o.kind.Training():
		t.r.Told.Skipped = !t.r.Told.Skipped
		if t.r.Told.Skipped {
			return dropHalf
		}
	}
	return ""
}

// goodbye is the last thing that a runner hears who answers nothing.
func (t *turn) goodbye() {
	t.r.Told.Goodbye = t.now
	if t.r.Unreachable {
		return
	}
	l := t.note("goodbye", nil)
	l.Expires = t.now.Add(goodbyeLife)
	l.Choices = t.phrases.line("goodbye_choices", nil).Choices
}

// ignored counts the sessions reminded of in a row, up to the latest, that nothing came back on.
func (t *turn) ignored() int {
	n := 0
	for _, made := range slices.Backward(t.r.Told.Nudges) {
		switch {
		case !made.Kind.Training() || made.Lost:
			continue
		case !t.r.Heard.Before(made.At):
			return n
		case t.now.After(made.At.Add(life + unanswered)):
			n++
		}
	}
	return n
}
