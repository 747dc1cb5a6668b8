package reading

import (
	"slices"

	"legcoach/coach/day"
	"legcoach/coach/token"
	"legcoach/coach/when"
)

// Clause is one of several wishes that a message has: "weekdays at 7, weekends at 9".
type Clause struct {
	Kinds []day.Kind
	Days  []string // mon to sun, or daily; of its kinds' own days if none is named
	Time  string   // 24 hours, HH:MM
	// OpenClock says that Time may as well be twelve hours later or earlier.
	OpenClock bool

	week when.Week
}

// item is a kind, a clock or some days, where it is said.
type item struct {
	from, to int
	kind     day.Kind
	week     when.Week
	clock    *when.Mention
}

// clauses returns the wishes of those who name a time of day for each of
// several days or kinds; none if a message has only one.
func (s *slots) clauses() []Clause {
	items, plain := s.items()
	if !plain {
		return nil
	}
	var all []Clause
	for _, group := range s.groups(items) {
		c, whole := s.clause(group)
		if !whole {
			return nil
		}
		if len(c.Kinds) == 0 && len(all) > 0 {
			c.Kinds = all[len(all)-1].Kinds
		}
		all = append(all, c)
	}
	if len(all) < 2 || all[0].same(all[1]) {
		return nil
	}
	return s.later(all)
}

// later leaves a day that several clauses have for the same kinds to the last of them.
func (s *slots) later(all []Clause) []Clause {
	for i := range all {
		for _, c := range all[i+1:] {
			if slices.Equal(c.Kinds, all[i].Kinds) && all[i].week&^c.week != 0 {
				all[i].week &^= c.week
				all[i].Days = all[i].week.Names()
			}
		}
	}
	return all
}

// same reports whether two clauses are about the same, so that one of their times is meant.
func (c Clause) same(other Clause) bool {
	return slices.Equal(c.Kinds, other.Kinds) && slices.Equal(c.Days, other.Days)
}

// items returns what clauses are made of, in order, and false if something is
// said that belongs in none: a date, or hours from one time to another.
func (s *slots) items() ([]item, bool) {
	var items []item
	for _, k := range plainLegs(s.m.kinds) {
		if !k.denied && !k.weak {
			items = append(items, item{from: k.from, to: k.to, kind: k.kind})
		}
	}
	for i, t := range s.m.times {
		in := item{from: t.From, to: t.To}
		if (t.What == when.Days || t.What == when.ADay) && s.free(t) {
			continue
		}
		switch {
		case t.What == when.AClock && (t.Lead == when.None || t.Lead == when.At || t.Lead == when.On):
			in.clock = &s.m.times[i]
		case t.What == when.Days && !t.Every:
			in.week = t.Week
		case t.What == when.ADay && !t.Day.Counted && t.Day.Date == 0:
			in.week = 1 << t.Day.Weekday
		default:
			return nil, false
		}
		items = append(items, in)
	}
	numbers := s.loose()
	if hasClock(items) || len(items) > 1 && len(numbers) > 1 {
		items = append(items, numbers...)
	}
	slices.SortFunc(items, func(a, b item) int { return a.from - b.from })
	return items, true
}

// loose returns the numbers that are times of day beside others that surely are:
// the second of "7am on weekdays and 9 on weekends".
func (s *slots) loose() []item {
	var items []item
	for i := range s.m.tokens {
		if m, ok := s.hourAt(i); ok && (!s.kindAt(i+1) || i > 0 && s.m.tokens[i-1].Text == "at") {
			items = append(items, item{from: i, to: i + 1, clock: &m})
		}
	}
	return items
}

// hourAt returns the bare number at token i as an hour, if it can be one and is nothing else.
func (s *slots) hourAt(i int) (when.Mention, bool) {
	t := s.m.tokens[i]
	glued := t.Glued || i+1 < len(s.m.tokens) && s.m.tokens[i+1].Glued && s.m.tokens[i+1].Class != token.Mark
	if t.Class != token.Number || t.Value <= 0 || t.Value >= 24 || glued {
		return when.Mention{}, false
	}
	for _, m := range s.m.times {
		if m.From <= i && i < m.To {
			return when.Mention{}, false
		}
	}
	clock := when.Clock{Clock: day.Clock(t.Value * 60), Open: t.Value <= 12}
	return when.Mention{What: when.AClock, From: i, To: i + 1, Clock: clock}, true
}

// kindAt reports whether a kind of session is named at token i: "6 hills".
func (s *slots) kindAt(i int) bool {
	return slices.ContainsFunc(s.m.kinds, func(k named) bool { return k.from == i })
}

// groups parts items into clauses: where a word parts them behind a clock, or
// without one so that every clause has its own clock.
func (s *slots) groups(items []item) [][]item {
	var groups [][]item
	var group []item
	for i, in := range items {
		if i > 0 && hasClock(group) && s.parted(items[i-1].to, in.from) {
			groups, group = append(groups, splitGroup(group)...), nil
		}
		group = append(group, in)
	}
	return append(groups, splitGroup(group)...)
}

func hasClock(group []item) bool {
	return slices.ContainsFunc(group, func(in item) bool { return in.clock != nil })
}

// parted reports whether a word that parts two wishes stands among tokens from to to-1.
func (s *slots) parted(from, to int) bool {
	return slices.ContainsFunc(s.m.tokens[from:max(from, to)], func(t mended) bool { return s.r.particles.Wishes[t.Text] })
}

// splitGroup parts what no word parts, behind each clock or before each: "tue 6pm thu 7pm".
func splitGroup(group []item) [][]item {
	if len(group) == 0 {
		return nil
	}
	behind := group[len(group)-1].clock != nil
	var groups [][]item
	first := 0
	for i := range group {
		switch {
		case behind && group[i].clock != nil:
			groups, first = append(groups, group[first:i+1]), i+1
		case !behind && group[i].clock != nil && hasClock(group[first:i]):
			groups, first = append(groups, group[first:i]), i
		}
	}
	if first < len(group) {
		groups = append(groups, group[first:])
	}
	return groups
}

// clause makes a clause of a group, and reports whether it is a whole one: a
// clock, and what for.
func (s *slots) clause(group []item) (c Clause, whole bool) {
	clocks := 0
	for _, in := range group {
		switch {
		case in.clock != nil:
			var r Reading
			s.setTime(&r, *in.clock, true)
			c.Time, c.OpenClock = r.Time, r.OpenClock
			clocks++
		case in.kind != day.Free && !slices.Contains(c.Kinds, in.kind):
			c.Kinds = append(c.Kinds, in.kind)
		default:
			c.week |= in.week
		}
	}
	if c.week != 0 {
		c.Days = c.week.Names()
	}
	return c, clocks == 1 && (len(c.Kinds) > 0 || len(c.Days) > 0)
}
