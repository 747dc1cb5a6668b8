package coach

import (
	"hash/fnv"
	"slices"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// occurrence is a reminder that the runner's plan and settings ask for.
type occurrence struct {
	at    time.Time
	date  day.Date // on the calendar; with the kind it is the reminder's identity
	kind  day.Kind
	clock day.Clock
	by    author
	put   putOff // not said at its time, or not for the first time
}

// putOff is why a reminder comes later than at its time.
type putOff int8

const (
	notPutOff putOff = iota
	snoozedByRunner
	heldBack
)

// author is who chose the time of a reminder. It decides what quiet hours mean for it.
type author int8

const (
	byNobody author = iota
	byOperator
	byRunner
)

const (
	// horizon is how many days ahead a reminder is looked for.
	horizon = 60
	// sessionTime and restTime are when a day is reminded of if nobody chose a time.
	sessionTime, restTime = day.Clock(17*60 + 30), day.Clock(9 * 60)
)

// dayReminders are the reminders of a calendar date, in order. A kind that the
// runner gave days of its own follows these; every other kind follows the plan,
// or where there is no plan the operator's default.
func (t *turn) dayReminders(d day.Date) []occurrence {
	if !t.r.Set.Remind || t.r.Set.Never&(1<<d.Weekday()) != 0 {
		return nil
	}
	var all []occurrence
	planned := t.r.Days.PlanOf(d)
	for _, k := range day.Kinds {
		if k == day.Rest && t.r.Set.NoRest {
			continue
		}
		clock, by, wanted := t.reminderOf(k, d, planned)
		if !wanted {
			continue
		}
		if at, exists := day.Instant(d, clock, t.zone); exists {
			all = append(all, occurrence{at: at, date: d, kind: k, clock: clock, by: by})
		}
	}
	slices.SortStableFunc(all, earlier)
	return all
}

func earlier(a, b occurrence) int { return a.at.Compare(b.at) }

// reminderOf says when a kind of day is reminded of on a date, who chose that
// time, and whether it is reminded of at all.
func (t *turn) reminderOf(k day.Kind, d day.Date, planned day.Kind) (day.Clock, author, bool) {
	if own, set := t.r.Set.Own[k]; set {
		clock, wanted := own.ClockOn(d)
		if c, apart := t.r.Set.Apart[k][d.Weekday()]; apart {
			clock = c
		}
		return clock, byRunner, wanted
	}
	if t.hasPlan() {
		clock, by := t.clockOn(k, d)
		return clock, by, planned == k
	}
	usual, set := t.config.Reminders[k]
	if !set || t.hasOwnDays() {
		return 0, byNobody, false
	}
	_, wanted := usual.ClockOn(d)
	clock, by := t.clockOn(k, d)
	return clock, by, wanted
}

// hasOwnDays reports whether the runner gave any kind days of its own, so that
// without a plan nothing else is asked for.
func (t *turn) hasOwnDays() bool {
	for _, own := range t.r.Set.Own {
		if !own.IsZero() {
			return true
		}
	}
	return false
}

// clockOn is the time of day at which a kind without days of its own is
// reminded of on a date, and who chose it. An operator's schedule with several
// times on a date counts with its first: a date has one reminder of a kind.
func (t *turn) clockOn(k day.Kind, d day.Date) (day.Clock, author) {
	if c, chosen := t.r.Set.Times[k]; chosen {
		return c, byRunner
	}
	if c, chosen := t.r.Set.Weekdays[d.Weekday()]; chosen && k != day.Rest {
		return c, byRunner
	}
	if t.r.Set.Clock != nil && k != day.Rest {
		return *t.r.Set.Clock, byRunner
	}
	if usual, set := t.config.Reminders[k]; set {
		return usual.Clock(), byOperator
	}
	if k == day.Rest {
		return restTime, byNobody
	}
	return sessionTime, byNobody
}

// clockFor is the time of day at which a kind is reminded of as a rule.
func (t *turn) clockFor(k day.Kind) day.Clock {
	if own, set := t.r.Set.Own[k]; set && !own.IsZero() {
		return own.Clock()
	}
	c, _ := t.clockOn(k, t.civil())
	return c
}

func (t *turn) hasPlan() bool { return t.r.Set.Plan != nil && t.r.Set.Plan.Week > 0 }

// upcoming are the next reminders that are not held back for a reason known
// today, each with the instant at which it will be said: what was put off, too.
func (t *turn) upcoming(most int) []occurrence {
	var all []occurrence
	for _, s := range t.r.Told.Snoozed {
		o := occurrence{at: s.At, date: s.Date, kind: s.Kind, put: snoozedByRunner}
		if !s.Due.IsZero() {
			o.put = heldBack
		}
		if s.At.After(t.now) && t.needed(o) == "" && !t.moved(o) && (s.Due.IsZero() || t.refused(s.Date, s.Kind) == "") {
			all = append(all, o)
		}
	}
	first := t.civil()
	for d := first - 1; d <= first+horizon && len(all) < most; d++ {
		for _, o := range t.dayReminders(d) {
			at, said := t.saidAt(o)
			if o.at = at; said && at.After(t.now) && !t.decided(o) && t.needed(o) == "" {
				all = append(all, o)
			}
		}
	}
	slices.SortStableFunc(all, earlier)
	return all[:min(len(all), most)]
}

// owed are the reminders from which on the next one is looked for: everything
// that came since the last were decided, as far as it is remembered.
func (t *turn) owed() time.Time {
	from := t.r.Told.Until
	if t.r.Told.From.After(from) {
		from = t.r.Told.From
	}
	if oldest := t.now.AddDate(0, 0, -keepNudges); from.Before(oldest) {
		return oldest
	}
	return from
}

// due are the reminders that have come and are not decided.
func (t *turn) due() []occurrence { return t.owedUntil(t.now.Add(-t.jitter())) }

// owedUntil are the reminders up to an instant that are not decided.
func (t *turn) owedUntil(until time.Time) []occurrence {
	var all []occurrence
	after := t.owed()
	first, _ := day.Wall(after, t.zone)
	last, _ := day.Wall(until, t.zone)
	for d := first - 1; d <= last+1; d++ {
		for _, o := range t.dayReminders(d) {
			if o.at.After(after) && !o.at.After(until) && !t.decided(o) {
				all = append(all, o)
			}
		}
	}
	slices.SortStableFunc(all, earlier)
	return all
}

// decided reports whether a reminder was said, put off or dropped before: the
// date and the kind are what it is known by, whatever became of plans and clocks.
// What was dropped is owed again if its time comes once more: after a flight to
// the west, or since it was asked for anew.
func (t *turn) decided(o occurrence) bool {
	return slices.ContainsFunc(t.r.Told.Nudges, func(n Nudge) bool { return n.Date == o.date && n.Kind == o.kind }) ||
		slices.ContainsFunc(t.r.Told.Snoozed, func(s Snooze) bool { return s.Date == o.date && s.Kind == o.kind }) ||
		slices.ContainsFunc(t.r.Told.Drops, func(d Drop) bool { return d.Date == o.date && d.Kind == o.kind && !o.at.After(d.At) })
}

// kept reports whether a day needs no reminder of a kind any more: any session
// keeps it, but what the runner asked for by its kind is only kept by that kind.
func (t *turn) kept(d day.Date, k day.Kind) bool {
	e := t.r.Days.Log.At(d)
	if _, own := t.r.Set.Own[k]; own {
		return slices.Contains(e.Sessions(), k)
	}
	return e.Done()
}

// jitter spreads the reminders of one minute.
func (t *turn) jitter() time.Duration { return t.share(t.config.Jitter) }

// share is a part of a time that is fixed for a runner, and spread evenly over all of them.
func (t *turn) share(of time.Duration) time.Duration {
	if of <= 0 {
		return 0
	}
	h := fnv.New64a()
	_, _ = h.Write([]byte(t.r.ID)) // never fails
	return time.Duration(h.Sum64() % uint64(of))
}

// nextWake is when something is next to be done about the runner, after now;
// zero if never. What is due and was not seen to yet is done at once, a second from now.
func (t *turn) nextWake() time.Time {
	var wake time.Time
	soonest := func(at time.Time) {
		if at.IsZero() {
			return
		}
		if !at.After(t.now) {
			at = t.now.Add(time.Second)
		}
		if wake.IsZero() || at.Before(wake) {
			wake = at
		}
	}
	soonest(t.reminderAt())
	for _, s := range t.r.Told.Snoozed {
		soonest(s.At)
	}
	for _, n := range t.r.Told.Nudges {
		if !n.Closed {
			soonest(t.r.Days.Close(n.Date, t.now))
		}
	}
	soonest(t.cardAt())
	soonest(t.checkInAt())
	soonest(t.lookAt())
	soonest(t.idleAt())
	soonest(t.clockAt())
	return wake
}

// clockAt is when the runner's clock is known to change, as after a journey; zero if it is not.
func (t *turn) clockAt() time.Time {
	for _, c := range t.r.Days.Clocks {
		if c.From.After(t.now) {
			return c.From
		}
	}
	return time.Time{}
}

// reminderAt is when the first reminder that is not decided comes, whatever the
// gate will say of it.
func (t *turn) reminderAt() time.Time {
	if t.asleep() {
		return time.Time{}
	}
	after := t.owed()
	first, _ := day.Wall(after, t.zone)
	for d := first - 1; d <= max(first, t.civil())+horizon; d++ {
		for _, o := range t.dayReminders(d) {
			if o.at.After(after) && !t.decided(o) {
				return o.at.Add(t.jitter())
			}
		}
	}
	return time.Time{}
}

// asleep reports whether there is nobody to remind: nobody asked, the goodbye
// was said, or the runner was neither reached nor heard for long.
func (t *turn) asleep() bool {
	return !t.r.Set.Remind || !t.r.Told.Goodbye.IsZero() || t.r.Unreachable && t.now.Sub(t.r.Heard) > silentAfter
}

// cardAt is when the next weekly card is to be said: when it is due, or a little
// later if the bot was away then.
func (t *turn) cardAt() time.Time {
	at := t.cardDue()
	if t.whileAway(at) {
		return later(at, t.backAt())
	}
	return at
}

// cardDue is when the next weekly card is due: Sunday at six in the evening.
func (t *turn) cardDue() time.Time {
	if t.asleep() || t.r.Set.NoCard || !t.hasPlan() || t.r.Unreachable {
		return time.Time{}
	}
	monday := t.civil().Monday()
	for _, sunday := range []day.Date{monday + 6, monday + 13} {
		at, exists := day.Instant(sunday, cardTime, t.zone)
		if exists && sunday.Monday() > t.r.Told.Card && at.After(t.r.Told.From) {
			return at
		}
	}
	return time.Time{}
}

const (
	cardTime    = day.Clock(18 * 60)
	checkInTime = day.Clock(10 * 60)
	checkInDays = 14
)

// checkInAt is when to ask how it goes in a pause: on its last day, or every
// two weeks of an open one; zero if that was asked, or its day is over.
func (t *turn) checkInAt() time.Time {
	p, paused := t.r.Days.Paused(t.today)
	if !paused || t.asleep() || t.r.Unreachable || p.Reason == streak.Red {
		return time.Time{}
	}
	d := p.Until
	if d == 0 {
		d = p.From + checkInDays*((t.today-p.From+checkInDays-1)/checkInDays)
		if d == p.From {
			d += checkInDays
		}
	}
	for ; ; d += checkInDays {
		at, exists := day.Instant(d, checkInTime, t.zone)
		asked := !t.r.Told.CheckIn.Before(at) || !t.now.Before(at.Add(life))
		switch {
		case exists && !asked:
			return at
		case p.Until != 0:
			return time.Time{}
		}
	}
}

// idleAt is when a silent runner is told, and a month later forgotten.
func (t *turn) idleAt() time.Time {
	if t.config.IdleMonths == 0 {
		return time.Time{}
	}
	if t.r.Told.Idle.After(t.r.Heard) {
		return t.r.Told.Idle.Add(idleNotice)
	}
	return t.r.Heard.AddDate(0, t.config.IdleMonths, 0)
}
