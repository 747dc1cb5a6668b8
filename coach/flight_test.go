package coach_test

import (
	"slices"
	"testing"
	"time"

	"legcoach/coach/day"
)

// landed checks that what was passed over in flight comes after landing, unless it is night.
func (v *virtual) landed() {
	at := v.now
	_, there := at.In(v.from).Zone()
	_, here := at.In(v.zone).Zone()
	jumped := min(time.Duration(here-there)*time.Second, 4*time.Hour)
	if jumped <= 0 || night(at, v.zone) {
		return
	}
	if v.pass(at.Add(time.Second)); v.now.Sub(at) > time.Minute {
		return // the bot was not there
	}
	for _, kind := range day.Kinds {
		own, asked := v.own[kind]
		for d := civil(at, v.zone) - 1; d <= civil(at, v.zone); d++ {
			due, exists := wall(d, own.clock, v.zone)
			k := key{d, kind}
			_, sent := v.sent[k]
			_, told := v.told[k]
			switch passed := due.After(at.Add(-jumped)) && !due.After(at); {
			case !asked || !exists || !passed || own.days&(1<<d.Weekday()) == 0:
				continue // nobody asked for it, or it was not passed over
			case sent || told || v.done[k] || v.came(at) >= 2 || v.missed(due) || v.settledIn(due, at):
				continue
			}
			v.fail("%v was due at %s, in flight, and did not come: %v", k, shows(due, v.zone), v.r.Told.Drops)
		}
	}
}

// missed reports whether the bot was away at an instant: of all that it missed it says one thing.
func (v *virtual) missed(at time.Time) bool {
	return slices.ContainsFunc(v.away, func(gap [2]time.Time) bool { return !at.Before(gap[0]) && !at.After(gap[1]) })
}

// settledIn reports whether something was chosen between two instants, by which what was due at the first is not owed.
func (v *virtual) settledIn(from, to time.Time) bool {
	return slices.ContainsFunc(v.chose, func(c time.Time) bool { return from.Before(c) && c.Before(to) })
}

// TestHeldOverAFlightWest says that a reminder which quiet hours hold back, and whose time lies ahead
// again where its runner landed, comes at that time and not at the end of the night that they left.
func TestHeldOverAFlightWest(t *testing.T) {
	l := newLife(t)
	l.say(t, "/timezone Pacific/Auckland", "/remind hill daily 04:30")
	wantNudges(t, "in Auckland", l.at(t, "2026-01-06 05:00"), "2026-01-06/hill")
	l.back(t, "2026-01-07 05:15") // too late to be said at night: it is held until seven
	l.say(t, "/timezone America/Havana")
	wantNudges(t, "the day before, there", l.at(t, "2026-01-07 04:29"))
	wantNudges(t, "at its time there", l.at(t, "2026-01-07 04:30"), "2026-01-07/hill")
	wantNudges(t, "once", l.at(t, "2026-01-08 04:29"))
}

// TestHeldAfterAFlight says that a reminder whose time went by in flight, and that quiet hours
// hold back after landing, comes in the morning.
func TestHeldAfterAFlight(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 06:00")
	l.at(t, "2026-01-06 03:45")
	l.say(t, "/timezone Europe/Moscow") // 06:45 there
	wantNudges(t, "at night", l.at(t, "2026-01-06 06:59"))
	wantNudges(t, "in the morning", l.at(t, "2026-01-06 07:00"), "2026-01-06/hill")
}

// TestHeldOverAFlightEast says that a reminder which quiet hours hold back does not wait for the
// end of the night that its runner left: where they landed it is day, and it comes.
func TestHeldOverAFlightEast(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 06:30", "/quiet 22:00-09:00")
	l.at(t, "2026-01-06 06:45")
	l.say(t, "/timezone Europe/Moscow") // 09:45 there
	wantNudges(t, "at once", l.at(t, "2026-01-06 09:46"), "2026-01-06/hill")
	wantNudges(t, "once", l.at(t, "2026-01-06 23:00"))
}

// TestPassedOverInFlight says that a reminder whose time went by in flight comes after
// landing, though another was said since.
func TestPassedOverInFlight(t *testing.T) {
	l := newLife(t)
	l.say(t, "/remind hill daily 18:00", "/remind easy daily 16:55")
	l.at(t, "2026-01-06 16:00")
	wantNudges(t, "before", l.at(t, "2026-01-06 17:00"), "2026-01-06/easy")
	l.say(t, "/timezone Europe/Athens") // 19:00 there
	wantNudges(t, "after landing", l.at(t, "2026-01-06 19:05"), "2026-01-06/hill")
}

// TestLandedWhileTalking says that whoever was talking before they said where they
// are hears at once, with its buttons, what went by in flight: they wait to see what comes there.
func TestLandedWhileTalking(t *testing.T) {
	l := newLife(t)
	l.say(t, "/timezone America/Tijuana", "/remind hill daily 09:09")
	l.at(t, "2026-01-07 03:44")
	l.say(t, "/ok")
	l.at(t, "2026-01-07 03:50")
	l.say(t, "/timezone Atlantic/Reykjavik") // 11:50 there
	wantNudges(t, "after landing", l.at(t, "2026-01-07 11:51"), "2026-01-07/hill")
}
