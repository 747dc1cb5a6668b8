package coach

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

const (
	// lateAfter is how late a reminder is when the coach says that it was away.
	lateAfter = 15 * time.Minute
	// keepNudges is for how many days reminders are remembered, keepDrops how many that were not sent, keepOut how many dates left out.
	keepNudges, keepDrops, keepOut = 8, 12, 8
	// idleNotice is how long before forgetting a silent runner is told.
	idleNotice = 30 * 24 * time.Hour
)

// woke does what is due. A wake that somebody else served already does nothing.
func (t *turn) woke() {
	if t.r.Wake.IsZero() || t.r.Wake.After(t.now) {
		return
	}
	if t.idle(); t.r.IsZero() {
		return
	}
	t.closeNudges()
	t.checkIn()
	t.lookIn()
	t.nudges()
	t.card()
}

// reckon sees to what became of clocks since the runner's latest turn: a wake
// that is long past means that the bot was away, a decision in the future that
// its clock went back, and another zone that the day's times come earlier or later.
func (t *turn) reckon() {
	told := &t.r.Told
	if was := t.r.Wake; !was.IsZero() && t.now.Sub(was) > lateAfter && !t.r.Unreachable {
		told.Away = t.absence(was)
		t.r.Days = t.r.Days.Outage(was, t.now)
	}
	t.widen()
	if told.Away.To.After(t.now) || t.now.Sub(told.Away.To) > 24*time.Hour {
		told.Away = Gap{}
	}
	if told.Until.After(t.now) {
		told.Until = t.now
		told.Drops = slices.DeleteFunc(slices.Clone(told.Drops), func(d Drop) bool { return d.At.After(t.now) })
	}
	if told.Idle.After(t.now) {
		told.Idle = time.Time{}
	}
	if told.Looked.After(t.now) {
		told.Looked = time.Time{}
	}
	t.reckonZone()
}

// absence is the time without the bot in which a wake went by: as the bot knows
// it, or from the wake on. Whatever was to come at that wake was due a little before it.
func (t *turn) absence(was time.Time) Gap {
	due := was.Add(-t.jitter())
	for _, g := range t.away {
		if !g.From.After(was) && g.To.After(was) {
			return Gap{sooner(g.From, due), t.now}
		}
	}
	return Gap{due, t.now}
}

// widen keeps days open for longer that nobody could be told of in their last hours.
func (t *turn) widen() {
	for _, g := range append(slices.Clone(t.away), t.lost) {
		if oldest := t.now.Add(-pastDays * 24 * time.Hour); g.From.Before(oldest) {
			g.From = oldest
		}
		t.r.Days = t.r.Days.Outage(g.From, g.To)
	}
}

// reckonZone goes back by what the clock jumped over when the zone has changed, in
// this turn or by itself since the last, and by a reminder's life at most: one that
// was passed over in flight is still to be decided. A flight to the west passes
// over none, and none is decided twice.
func (t *turn) reckonZone() {
	told := &t.r.Told
	if jumped := t.jumped(told.Zone); jumped > 0 {
		back := later(t.r.Days.Clock(t.now).From.Add(-jumped), t.now.Add(-life))
		told.Until = sooner(told.Until, back)
	}
	if told.Zone != "" && told.Zone != t.zone.String() {
		t.holdAnew()
	}
	told.Zone = t.zone.String()
}

// holdAnew lets what quiet hours hold back come at the end of those that are where
// the runner is now, or at once if there are none, and not later than it would have come.
func (t *turn) holdAnew() {
	until := t.now
	if t.quietAt(t.now) {
		until = t.quietEnd(t.now)
	}
	held := slices.Clone(t.r.Told.Snoozed)
	for i, s := range held {
		if !s.Due.IsZero() {
			held[i].At = sooner(s.At, until)
		}
	}
	t.r.Told.Snoozed = held
}

// jumped is by how much the runner's clock is ahead of what it would show in
// another zone; zero if that is not known.
func (t *turn) jumped(from string) time.Duration {
	if from == "" || from == t.zone.String() {
		return 0
	}
	was, err := day.Zone(from)
	if err != nil {
		return 0 // the database does not know it any more
	}
	_, there := t.now.In(was).Zone()
	_, here := t.now.In(t.zone).Zone()
	return time.Duration(here-there) * time.Second
}

// nudges says the reminders that are due, or notes why not.
func (t *turn) nudges() {
	var fit []occurrence
	for _, o := range append(t.due(), t.putOff()...) {
		switch why := t.gate(o); {
		case why == "" && t.forgotten(o.at):
			t.perhaps(o)
		case why == "":
			fit = append(fit, o)
		case why != dropQuiet || !t.holdBack(o):
			t.dropped(o.date, o.kind, why)
		}
	}
	if until := t.now.Add(-t.jitter()); until.After(t.r.Told.Until) {
		t.r.Told.Until = until
	}
	for _, o := range t.afterAway(fit) {
		if t.spreadOut(o) {
			continue
		}
		if why := t.spare(o); why != "" {
			t.dropped(o.date, o.kind, why)
			continue
		}
		t.remindNow(o)
	}
}

// spreadOut keeps a reminder that comes late since the bot was away for a few
// minutes more: everybody's would come in the same second. It is kept once.
func (t *turn) spreadOut(o occurrence) bool {
	at := t.backAt()
	if o.put != notPutOff || !t.whileAway(o.at) || !at.After(t.now) || !at.Before(t.lifeEnd(o)) || t.quietAt(at) {
		return false
	}
	t.r.Told.Snoozed = append(slices.Clone(t.r.Told.Snoozed), Snooze{o.date, o.kind, at, o.at})
	return true
}

// backAt is when the runner's turn comes after the bot was away.
func (t *turn) backAt() time.Time { return t.r.Told.Away.To.Add(t.share(t.config.Spread)) }

// forgotten reports whether an instant lies in a time that was lived and is forgotten.
func (t *turn) forgotten(at time.Time) bool { return at.After(t.lost.From) && !at.After(t.lost.To) }

// perhaps treats a reminder as one that may have been said: not again, and the next line carries it.
func (t *turn) perhaps(o occurrence) {
	n := Nudge{Date: o.date, Kind: o.kind, At: o.at, Lost: true}
	t.r.Told.Nudges = append(slices.Clone(t.r.Told.Nudges), n)
	t.r.Told.Lost = n.Key()
	t.dropped(o.date, o.kind, dropRestored)
}

// putOff takes out what was snoozed or held until now.
func (t *turn) putOff() []occurrence {
	var later []Snooze
	var all []occurrence
	for _, s := range t.r.Told.Snoozed {
		switch {
		case s.At.After(t.now):
			later = append(later, s)
		case s.Due.IsZero():
			all = append(all, occurrence{at: s.At, date: s.Date, kind: s.Kind, by: byRunner, put: snoozedByRunner})
		default:
			all = append(all, t.held(s))
		}
	}
	t.r.Told.Snoozed = later
	return all
}

// held is the reminder that was held back as s.
func (t *turn) held(s Snooze) occurrence {
	_, by, _ := t.reminderOf(s.Kind, s.Date, s.Kind)
	return occurrence{at: s.Due, date: s.Date, kind: s.Kind, by: by, put: heldBack}
}

// afterAway leaves one thing to say of all that came while the bot was away,
// the most useful: a session, else the weekly card, else a day of rest.
func (t *turn) afterAway(fit []occurrence) []occurrence {
	var missed, kept []occurrence
	for _, o := range fit {
		if t.whileAway(o.at) {
			missed = append(missed, o)
		} else {
			kept = append(kept, o)
		}
	}
	if len(missed) == 0 {
		return kept
	}
	best := mostUseful(missed)
	card := t.whileAway(t.cardDue()) && t.cardWanted() == ""
	if card && best.kind.Training() {
		t.noCard(dropBetter)
	}
	for _, o := range missed {
		if o == best && (o.kind.Training() || !card) {
			kept = append(kept, o)
			continue
		}
		t.dropped(o.date, o.kind, dropBetter)
	}
	return kept
}

// whileAway reports whether an instant passed while the bot was away.
func (t *turn) whileAway(at time.Time) bool {
	away := t.r.Told.Away
	return !at.IsZero() && !away.To.IsZero() && !at.Before(away.From) && !at.After(away.To)
}

// mostUseful is the latest session, or the latest rest day if there is none.
func mostUseful(all []occurrence) occurrence {
	best := all[len(all)-1]
	for _, o := range all {
		if o.kind.Training() {
			best = o
		}
	}
	return best
}

// holdBack keeps a reminder until the quiet hours end, if it still helps then. It is held once.
func (t *turn) holdBack(o occurrence) bool {
	edge := t.quietEnd(t.now)
	if o.put == heldBack || !edge.Before(t.lifeEnd(o)) {
		return false
	}
	t.r.Told.Snoozed = append(slices.Clone(t.r.Told.Snoozed), Snooze{o.date, o.kind, edge, o.at})
	return true
}

// letGo forgets what was held back of a reminder whose time was chosen anew, or
// lies ahead once more after a flight to the west: it comes at that time, or if
// that went by, on its next date.
func (t *turn) letGo() {
	t.r.Told.Snoozed = slices.DeleteFunc(slices.Clone(t.r.Told.Snoozed), func(s Snooze) bool {
		clock, _, wanted := t.reminderOf(s.Kind, s.Date, t.r.Days.PlanOf(s.Date))
		here, exists := day.Instant(s.Date, clock, t.zone)
		there, existed := day.Instant(s.Date, clock, t.zoneAt(s.Due))
		if s.Due.IsZero() || !wanted || !exists || !existed {
			return false
		}
		// What went by in flight was due by the clock of where they landed, and by no other.
		return here.After(t.now) || !here.Equal(s.Due) && !there.Equal(s.Due)
	})
}

// dropped notes why a reminder was not said.
func (t *turn) dropped(d day.Date, k day.Kind, why string) { t.drop(Drop{d, k, why, t.now}) }

func (t *turn) drop(d Drop) {
	drops := append(slices.Clone(t.r.Told.Drops), d)
	t.r.Told.Drops = drops[max(0, len(drops)-keepDrops):]
}

// closeNudges edits reminders of days that are over to their last state, and
// forgets old ones. The latest sessions are kept for longer, to count the ignored.
func (t *turn) closeNudges() {
	var kept []Nudge
	sessions := 0
	for _, n := range slices.Backward(t.r.Told.Nudges) {
		if !n.Closed && !t.now.Before(t.r.Days.Close(n.Date, t.now)) {
			t.closeNudge(&n)
		}
		if n.Kind.Training() {
			sessions++
		}
		if t.now.Sub(n.At) < keepNudges*24*time.Hour || n.Kind.Training() && sessions <= goodbyeAfter && n.At.After(t.r.Heard) {
			kept = append(kept, n)
		}
	}
	slices.Reverse(kept)
	t.r.Told.Nudges = kept
}

// closeNudge edits one reminder to what became of its day.
func (t *turn) closeNudge(n *Nudge) {
	name := "nudge_closed"
	if e := t.r.Days.Log.At(n.Date); e.Done() || e.Has(streak.Rested) || n.Kind == day.Rest {
		name = "nudge_done"
	}
	n.Closed = true
	l := t.add(t.phrases.line(name, vars{"kind": capital(t.kind(n.Kind)), "when": t.long(n.Date)}))
	l.Replaces, l.Quiet, l.Unasked, l.Silent, l.Handle = n.Key(), true, true, true, ""
	l.To = cmp.Or(n.To, t.r.ID) // where it was said, wherever the runner is now
}

// settleNudges edits the reminders of what was kept in this turn in another way
// than by tapping them, and takes back what was put off of it.
func (t *turn) settleNudges() {
	nudges := slices.Clone(t.r.Told.Nudges)
	for i, n := range nudges {
		tapped := t.tapped && n.Key() == t.nudge
		if !n.Closed && !tapped && t.settled(n.Date, n.Kind) {
			t.closeNudge(&nudges[i])
		}
	}
	t.r.Told.Nudges = nudges
	t.r.Told.Snoozed = slices.DeleteFunc(slices.Clone(t.r.Told.Snoozed), func(s Snooze) bool { return t.settled(s.Date, s.Kind) })
}

// settled reports whether a day was kept: its session done, or rest taken.
func (t *turn) settled(d day.Date, k day.Kind) bool {
	return t.kept(d, k) || t.r.Days.Log.At(d).Has(streak.Rested)
}

// idle tells a silent runner that they will be forgotten, and forgets them.
func (t *turn) idle() {
	due := t.idleAt()
	switch {
	case due.IsZero() || t.now.Before(due):
	case !t.r.Told.Idle.After(t.r.Heard):
		t.r.Told.Idle = t.now
		if !t.r.Unreachable {
			l := t.add(t.phrases.line("idle", vars{"on": t.onDay(t.today + 30)}))
			l.Unasked, l.Silent, l.Key = true, true, t.today.String()+"/idle"
		}
	default:
		for _, a := range t.addresses() {
			t.add(Line{To: a, Quiet: true, Unasked: true, Private: true, Last: true})
		}
		t.r = Runner{}
	}
}

// unsent remembers a reminder that may not have arrived, for the next line to
// carry; it does not count as ignored. One that was not wanted any more was never made.
func (t *turn) unsent(e Unsent) {
	if _, name, _ := strings.Cut(e.Key, "/"); strings.HasPrefix(name, string(weekKind)) {
		t.dropped(t.r.Told.Card+6, weekKind, e.Why)
	}
	nudges := slices.Clone(t.r.Told.Nudges)
	i := slices.IndexFunc(nudges, func(n Nudge) bool { return n.Key() == e.Key })
	if i < 0 {
		return
	}
	t.dropped(nudges[i].Date, nudges[i].Kind, e.Why)
	switch e.Why {
	case UnsentExpired, UnsentUnknown, UnsentRefused:
		nudges[i].Lost = true
		t.r.Told.Lost = e.Key
	default:
		nudges = slices.Delete(nudges, i, i+1)
	}
	t.r.Told.Nudges = nudges
}
