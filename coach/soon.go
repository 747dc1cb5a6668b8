package coach

import (
	"slices"
	"time"
)

// talking is for how long after a runner wrote nothing is pushed at them: what
// comes by then is said with the reply. They have the chat open, so a message more
// would tell them nothing new; and unlike a push that waits for them to stop, a reply is never too late.
const talking = 15 * time.Minute

// carryDue says reminders with the reply that would come within a quarter of an
// hour of it, once, and with the choice to hear them at their time all the same.
func (t *turn) carryDue() {
	if t.justChose() {
		return
	}
	fit := t.heldUntil(t.now.Add(talking))
	for _, o := range t.owedUntil(t.now.Add(talking)) {
		if t.sayable(o) {
			fit = append(fit, o)
		}
	}
	for _, o := range t.afterAway(fit) {
		why := dropCap
		if !t.capped(o) {
			why = t.ladder(o)
		}
		if why == "" {
			t.carryReminder(o)
			continue
		}
		t.drop(Drop{o.date, o.kind, why, later(t.now, o.at).UTC()})
	}
}

// justChose reports whether the runner settled something of which they now wait
// to see that it comes at its time: reminders, their plan, or where they are.
func (t *turn) justChose() bool {
	last := t.r.Last
	return t.now.Sub(t.r.Told.From) < talking || last != nil && t.now.Sub(last.At) < talking && (last.Set != nil || last.Life != nil)
}

// sayable reports whether a reminder would be pushed within a quarter of an hour, as far as is known now.
func (t *turn) sayable(o occurrence) bool {
	at, said := t.saidAt(o)
	return said && !at.After(t.now.Add(talking)) && t.needed(o) == "" && t.now.Before(t.lifeEnd(o)) && !t.capped(o) && !t.forgotten(o.at)
}

// heldUntil takes out what was held back until an instant, and is still wanted.
func (t *turn) heldUntil(until time.Time) []occurrence {
	var all []occurrence
	t.r.Told.Snoozed = slices.DeleteFunc(slices.Clone(t.r.Told.Snoozed), func(s Snooze) bool {
		o := t.held(s)
		soon := !s.Due.IsZero() && !s.At.After(until) && t.needed(o) == "" && !t.moved(o) && t.now.Before(t.lifeEnd(o))
		if soon {
			all = append(all, o)
		}
		return soon
	})
	return all
}

// carryReminder says a reminder with the reply.
func (t *turn) carryReminder(o occurrence) {
	t.drop(Drop{o.date, o.kind, dropTold, later(t.now, o.at).UTC()})
	v := vars{"kind": t.kind(o.kind), "when": t.when(o.date), "at": o.at.In(t.zone).Format("15:04"), "key": Nudge{Date: o.date, Kind: o.kind}.Key()}
	name := "carried"
	if !o.at.After(t.now) {
		name = "carried_late"
	}
	extra, l := t.phrases.line(name, v), &t.lines[len(t.lines)-1]
	l.Text = paragraphs(l.Text, extra.Text)
	l.Choices = append(l.Choices, extra.Choices...)
}
