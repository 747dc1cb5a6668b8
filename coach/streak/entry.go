package streak

import "legcoach/coach/day"

// Entry is what is known of one training date, packed into bits: the kind
// planned, up to four sessions, an excuse, and some marks. The zero Entry is a
// free day on which nothing happened.
type Entry uint32

// Other is the kind of a session that is none of the plan's: other leg work.
const Other day.Kind = "other"

// Mark is a yes or no about a date.
type Mark Entry

// The marks of a date.
const (
	// Rested says that the runner rested on purpose: on a day with a session
	// planned this is "rest instead", on a rest day only a word about it.
	Rested Mark = 1 << (11 + iota)
	// Moved says that the session planned here was moved to another date.
	Moved
	// Unfrozen says that no freeze may be spent on this date: the runner said
	// "let it break", or a late log would otherwise have moved a freeze here.
	Unfrozen
	// Widened says that an outage of the bot made the grace 24 hours longer.
	Widened
	// Swapped says that the session was done in a gentler version.
	Swapped
	// Unearned says that the session does not count towards the next freeze.
	Unearned
)

const (
	planMask    Entry = 7
	unset       Entry = 7 // as plan: not written down yet
	reasonShift       = 7
	reasonMask  Entry = 15 << reasonShift
	lateBit     Entry = 8
	maxSessions       = 4
	maxEntry    Entry = 1<<29 - 1
)

// sessionShifts are the places of a date's sessions: four bits each, the kind and whether it was late.
var sessionShifts = [maxSessions]uint{3, 17, 21, 25}

// planKinds and sessionKinds number the kinds; 0 as a session is none.
var (
	planKinds    = [8]day.Kind{day.Free, day.Hill, day.Interval, day.Strength, day.Easy, day.Rest, day.Free, day.Free}
	sessionKinds = [8]day.Kind{"", day.Hill, day.Interval, day.Strength, day.Easy, Other, Other, Other}
)

// Plan returns the kind of day that was planned, and whether that was written down.
func (e Entry) Plan() (day.Kind, bool) { return planKinds[e&planMask], e&planMask != unset }

// Done reports whether a session counts for the date: one that was logged in time.
func (e Entry) Done() bool {
	if e&(7<<3) == 0 {
		return false
	}
	for _, shift := range sessionShifts {
		if s := e >> shift; s&7 != 0 && s&lateBit == 0 {
			return true
		}
	}
	return false
}

// Sessions returns the kinds of the sessions of the date, in the order in which they were logged.
func (e Entry) Sessions() []day.Kind {
	var kinds []day.Kind
	for _, shift := range sessionShifts {
		if s := e >> shift & 7; s != 0 {
			kinds = append(kinds, sessionKinds[s])
		}
	}
	return kinds
}

// Trained reports whether any session is known of the date, also one logged too late to count.
func (e Entry) Trained() bool { return e&(7<<3) != 0 }

// Has reports whether the date has mark m.
func (e Entry) Has(m Mark) bool { return e&Entry(m) != 0 }

// Excuse returns the reason for which the date is excused; [None] if it is not.
func (e Entry) Excuse() Reason { return Reason(e & reasonMask >> reasonShift) }

func (e Entry) withPlan(k day.Kind) Entry {
	for i, kind := range planKinds[:6] {
		if kind == k {
			return e&^planMask | Entry(i)
		}
	}
	return e &^ planMask
}

func (e Entry) withExcuse(r Reason) Entry { return e&^reasonMask | Entry(r)<<reasonShift }

// withSession adds a session, or nothing if the date is full.
func (e Entry) withSession(k day.Kind, late bool) Entry {
	bits := sessionNumber(k)
	if late {
		bits |= lateBit
	}
	for _, shift := range sessionShifts {
		if e>>shift&7 == 0 {
			return e&^(15<<shift) | bits<<shift
		}
	}
	return e
}

// withoutSession takes away the last session of kind k, or the last of all if k is empty.
// With the last session, what was said about it goes too.
func (e Entry) withoutSession(k day.Kind) (Entry, bool) {
	for i := maxSessions - 1; i >= 0; i-- {
		s := e >> sessionShifts[i] & 7
		if s == 0 || (k != "" && sessionKinds[s] != k) {
			continue
		}
		for ; i < maxSessions-1; i++ { // close the gap
			next := e >> sessionShifts[i+1] & 15
			e = e&^(15<<sessionShifts[i]) | next<<sessionShifts[i]
		}
		e &^= 15 << sessionShifts[maxSessions-1]
		if !e.Trained() {
			e &^= Entry(Swapped | Unearned)
		}
		return e, true
	}
	return e, false
}

func sessionNumber(k day.Kind) Entry {
	for i, kind := range sessionKinds[1:6] {
		if kind == k {
			return Entry(i + 1)
		}
	}
	return 5
}
