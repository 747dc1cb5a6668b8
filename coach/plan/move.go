package plan

import "legcoach/coach/day"

// Move is a date to which a session may move without breaking a rule.
type Move struct {
	Date day.Date
	// Instead is what comes to the date from which it moves: rest, or the session
	// that stood on Date.
	Instead day.Kind
	// Dropped are the sessions that give way; empty if none.
	Dropped []Planned
	// Beside says that a hard day is two days before or after.
	Beside bool
	state  State
}

// choices is how many moves are offered.
const choices = 3

// Moves returns the next dates, at most three, to which the session of from may
// move so that no spacing rule is broken. A move stays inside its week. Moves
// that drop nothing come first.
func (b *Book) Moves(s State, past Past, today, from day.Date) []Move {
	p := b.On(s, past, today, from)
	if !p.Kind.Training() || closed(past, today, from) {
		return nil
	}
	var clean, costly []Move
	for d := max(today, from.Monday()); d < from.Monday()+7; d++ {
		if d == from || closed(past, today, d) || b.On(s, past, today, d).Kind == p.Kind {
			continue
		}
		if c := b.Move(s, past, today, from, d); len(c.Broken) == 0 {
			m := Move{Date: d, Instead: b.On(c.State, past, today, from).Kind, Dropped: c.Dropped, state: c.State}
			m.Beside = b.beside(c.State, past, today, d)
			if len(m.Dropped) == 0 {
				clean = append(clean, m)
			} else {
				costly = append(costly, m)
			}
		}
	}
	moves := append(clean, costly...)
	return moves[:min(len(moves), choices)]
}

// Move moves the session of one date to another. If the rules let the two dates
// change places, they do; if not, what stands in the way gives way. Only if
// nothing helps are rules broken.
func (b *Book) Move(s State, past Past, today, from, to day.Date) Changed {
	p, q := b.On(s, past, today, from), b.On(s, past, today, to)
	if from == to || !p.Kind.Training() || q.Kind == p.Kind || closed(past, today, from) || closed(past, today, to) {
		return Changed{State: s}
	}
	swapped := s.with(Change{Date: to, Kind: p.Kind, Swap: p.Swap, From: p.origin(to)})
	other := q.Kind
	if !other.Training() {
		other = day.Rest
	}
	replaced := swapped.with(Change{Date: from, Kind: day.Rest})
	back := Change{Date: from, Kind: other}
	if other.Training() {
		back.From = q.origin(from)
	}
	first := b.changed(s, swapped.with(back), past, today)
	if len(first.Broken) == 0 {
		return first
	}
	if outweighs(p.Kind, other) {
		c := b.changed(s, replaced, past, today)
		if c.Dropped = []Planned{q}; len(c.Broken) == 0 {
			return c
		}
	}
	if !other.Training() || outweighs(p.Kind, other) {
		if c, ok := b.giveWay(s, replaced, p, q, past, today); ok {
			return c
		}
	}
	return first
}

// origin returns the date from which a session counts as moved if it moves to a
// date: the one on which its week has it, however often it moved; 0 if it comes home.
func (p Planned) origin(to day.Date) day.Date {
	home := p.Date
	if p.From != 0 {
		home = p.From
	}
	if home == to {
		return 0
	}
	return home
}

// outweighs reports whether a session of one kind may make one of another give
// way: a hard one strength and easy ones, strength easy ones, easy ones nothing.
func outweighs(a, b day.Kind) bool {
	return a.Hard() && (b == day.Strength || b == day.Easy) || a == day.Strength && b == day.Easy
}

// giveWay drops one further session of the week, in the order of repair, if that
// makes a move break no rule.
func (b *Book) giveWay(s, moved State, from, to Planned, past Past, today day.Date) (Changed, bool) {
	for _, kind := range b.rules.Repair {
		for _, p := range b.Days(moved, past, today, to.Date.Monday(), 7) {
			if p.Kind != kind || p.Date == to.Date || !outweighs(from.Kind, kind) || closed(past, today, p.Date) {
				continue
			}
			c := b.changed(s, moved.with(Change{Date: p.Date, Kind: day.Rest}), past, today)
			if len(c.Broken) > 0 {
				continue
			}
			if c.Dropped = []Planned{p}; to.Kind.Training() {
				c.Dropped = []Planned{to, p}
			}
			return c, true
		}
	}
	return Changed{}, false
}

// State returns the plan with the move in it.
func (m Move) State() State { return m.state }

// beside reports whether a hard day is two days before or after d.
func (b *Book) beside(s State, past Past, today, d day.Date) bool {
	days := b.Days(s, past, today, d-2, 5)
	return days[0].counts().Hard() || days[4].counts().Hard()
}
