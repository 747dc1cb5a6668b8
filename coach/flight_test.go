package coach_test

import "testing"

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
