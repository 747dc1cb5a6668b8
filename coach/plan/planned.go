package plan

import "legcoach/coach/day"

// Held is why a plan waits; empty if it does not.
type Held string

// The reasons for which a plan waits. A held day keeps its kind, but its
// session is not suggested.
const (
	HeldCheck  Held = "check"  // the start check was not answered, or is due again
	HeldDoctor Held = "doctor" // the start check came to a doctor first
	HeldRed    Held = "red"    // a red, same-day or emergency sign is open
	HeldIll    Held = "ill"    // fever and the like
)

// Planned is one date of a runner's plan.
type Planned struct {
	Date day.Date
	// Kind is what is to be done; Free if no plan covers the date.
	Kind day.Kind
	// Slot is what the week holds there, before changes on single dates.
	Slot  day.Kind
	Level Level
	Week  int
	Long  bool // the long easy day of the week
	Swap  Swap
	Scale Scale
	Feels int // feels-like temperature in °C; 0 if not told
	// From is the date from which the session was moved; zero if it was not.
	From day.Date
	// Did is the kind that was done on the date; Free if nothing was.
	Did day.Kind
	// Closed says that the date is over.
	Closed bool
	Held   Held
	// Cause says what made it differ from the slot: "changed", "away", "pain", "ill"; empty if nothing did.
	Cause string
}

// counts is the kind that stands on the date for the rules about neighbours:
// what was done, or what is still to be done.
func (p Planned) counts() day.Kind {
	switch {
	case p.Did != day.Free:
		return p.Did
	case p.Closed:
		return day.Rest
	}
	return p.Kind
}

// moved reports whether a session stands here that was moved inside its week,
// and so counts in any 7 days where it stood, as the package comment says.
func (p Planned) moved() bool { return p.From != 0 && p.From.Monday() == p.Date.Monday() }

// Card returns the session of a planned date.
func (b *Book) Card(p Planned) Card {
	scale := p.Scale
	heat := Heat{}
	if p.Feels != 0 {
		heat = b.Heat(p.Feels, p.Kind, false)
		scale = heat.On(scale)
	}
	c := b.Session(p.Level, p.Week, p.Kind, p.Long, p.Swap, scale)
	if c.Note == "" {
		c.Note = heat.Words
	}
	if p.Cause == "ill" && c.Note == "" {
		c.Note = b.care.Illness.Cold.Words
	}
	return c
}

// HeldWords returns why a plan waits, in plain words.
func (b *Book) HeldWords(h Held) string { return b.words.Held[h] }
