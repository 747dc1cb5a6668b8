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
	// chosen is true if the runner chose the time themselves.
	chosen bool
}

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
		clock, chosen, wanted := t.reminderOf(k, d, planned)
		if !wanted {
			continue
		}
		if at, exists := day.Instant(d, clock, t.zone); exists {
			all = append(all, occurrence{at, d, k, clock, chosen})
		}
	}
	slices.SortStableFunc(all, func(a, b occurrence) int { return a.at.Compare(b.at) })
	return all
}

// reminderOf says when a kind of day is reminded of on a date, and whether it is.
func (t *turn) reminderOf(k day.Kind, d day.Date, planned day.Kind) (clock day.Clock, chosen, wanted bool) {
	if own, set := t.r.Set.Own[k]; set {
		clock, wanted = own.ClockOn(d)
		return clock, true, wanted
	}
	if t.hasPlan() {
		return t.clockFor(k), t.r.Set.Clock != nil && k != day.Rest, planned == k
	}
	if len(t.r.Set.Own) > 0 {
		return 0, false, false
	}
	usual, set := t.config.Reminders[k]
	if !set {
		return 0, false, false
	}
	clock, wanted = usual.ClockOn(d)
	if t.r.Set.Clock != nil && k != day.Rest {
		clock = *t.r.Set.Clock
	}
	return clock, true, wanted
}

// clockFor is the time of day at which a kind is reminded of.
func (t *turn) clockFor(k day.Kind) day.Clock {
	if own, set := t.r.Set.Own[k]; set {
		return own.Clock()
	}
	if t.r.Set.Clock != nil && k != day.Rest {
		return *t.r.Set.Clock
	}
	if usual, set := t.config.Reminders[k]; set {
		return usual.Clock()
	}
	if k == day.Rest {
		return restTime
	}
	return sessionTime
}

func (t *turn) hasPlan() bool { return t.r.Set.Plan != nil && t.r.Set.Plan.Week > 0 }

// occurrences are the reminders after one instant and up to another.
func (t *turn) occurrences(after, until time.Time) []occurrence {
	var all []occurrence
	first, _ := day.Wall(after, t.zone)
	last, _ := day.Wall(until, t.zone)
	for d := first - 1; d <= last+1; d++ {
		for _, o := range t.dayReminders(d) {
			if o.at.After(after) && !o.at.After(until) {
				all = append(all, o)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b occurrence) int { return a.at.Compare(b.at) })
	return all
}

// upcoming are the next reminders that are not held back for a reason known today.
func (t *turn) upcoming(most int) []occurrence {
	var all []occurrence
	after := t.now
	first, _ := day.Wall(after, t.zone)
	for d := first - 1; d <= first+horizon && len(all) < most; d++ {
		for _, o := range t.dayReminders(d) {
			if _, paused := t.r.Days.Paused(o.date); o.at.After(after) && !paused && !t.satisfied(o) && len(all) < most {
				all = append(all, o)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b occurrence) int { return a.at.Compare(b.at) })
	return all
}

// satisfied reports whether a reminder is not needed any more.
func (t *turn) satisfied(o occurrence) bool {
	return t.kept(o.date, o.kind) || t.r.Days.Log.At(o.date).Has(streak.Rested) || t.isDropped(o.date, o.kind)
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

// jitter spreads the reminders of one minute; it is fixed for a runner.
func (t *turn) jitter() time.Duration {
	if t.config.Jitter <= 0 {
		return 0
	}
	h := fnv.New32a()
	_, _ = h.Write([]byte(t.r.ID)) // never fails
	return time.Duration(h.Sum32()) % t.config.Jitter
}

// nextWake is when something is next to be done about the runner, after now; zero if never.
func (t *turn) nextWake() time.Time {
	var wake time.Time
	soonest := func(at time.Time) {
		if at.After(t.now) && (wake.IsZero() || at.Before(wake)) {
			wake = at
		}
	}
	if !t.r.Unreachable {
		for _, o := range t.upcomingRaw() {
			soonest(o.at.Add(t.jitter()))
		}
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
	}
	soonest(t.idleAt())
	return wake
}

// upcomingRaw is the first reminder after those that were decided, whatever the gate will say of it.
func (t *turn) upcomingRaw() []occurrence {
	if !t.r.Set.Remind || !t.r.Told.Goodbye.IsZero() {
		return nil
	}
	first := t.civil()
	for d := first - 1; d <= first+horizon; d++ {
		for _, o := range t.dayReminders(d) {
			if o.at.Add(t.jitter()).After(t.now) && o.at.After(t.r.Told.Until) {
				return []occurrence{o}
			}
		}
	}
	return nil
}

// cardAt is when the next weekly card is due: Sunday at six in the evening.
func (t *turn) cardAt() time.Time {
	if !t.r.Set.Remind || t.r.Set.NoCard || !t.hasPlan() || !t.r.Told.Goodbye.IsZero() {
		return time.Time{}
	}
	monday := t.civil().Monday()
	for _, sunday := range []day.Date{monday + 6, monday + 13} {
		at, exists := day.Instant(sunday, cardTime, t.zone)
		if exists && sunday.Monday() > t.r.Told.Card && at.After(t.now) {
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

// checkInAt is when to ask how it goes in a pause: on its last day, or every two weeks.
func (t *turn) checkInAt() time.Time {
	p, paused := t.r.Days.Paused(t.today)
	if !paused || !t.r.Set.Remind {
		return time.Time{}
	}
	d := p.Until
	if d == 0 {
		d = p.From + checkInDays
		for d <= t.today {
			at, _ := day.Instant(d, checkInTime, t.zone)
			if at.After(t.now) {
				break
			}
			d += checkInDays
		}
	}
	at, _ := day.Instant(d, checkInTime, t.zone)
	return at
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
