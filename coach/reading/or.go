package reading

import (
	"slices"

	"legcoach/coach/day"
	"legcoach/coach/when"
)

// Dated are kinds of session with the date that they are told of.
type Dated struct {
	Date  day.Date
	Kinds []day.Kind
}

// wavers notes an "or" between two kinds or between two days, of which one is meant.
func (s *slots) wavers(reading *Reading) {
	for i, t := range s.m.tokens {
		if t.Text != "or" {
			continue
		}
		beside := func(from, to int) bool { return from <= i && i < to }
		for _, m := range s.m.times {
			reading.OrDays = reading.OrDays || (m.What == when.Days && m.Count == 2 || m.What == when.ADay) && beside(m.From, m.To)
		}
		reading.OrDays = reading.OrDays || s.dayEnds(i) && s.dayBegins(i+1)
		kindEnds := slices.ContainsFunc(s.m.kinds, func(k named) bool { return k.to == i })
		reading.OrKinds = reading.OrKinds || kindEnds && s.kindAt(i+1)
	}
}

func (s *slots) dayEnds(i int) bool {
	return slices.ContainsFunc(s.days(), func(m when.Mention) bool { return m.To == i })
}

// dayBegins reports whether a day begins at token i, or behind the "on" that stands there.
func (s *slots) dayBegins(i int) bool {
	return slices.ContainsFunc(s.days(), func(m when.Mention) bool { return m.From == i || m.From == i+1 && s.m.tokens[i].Text == "on" })
}

// paired returns the kinds of each date of a log that names them in turn, "hills
// tuesday and intervals thursday"; none if it is not one after another.
func (s *slots) paired() []Dated {
	type at struct {
		from int
		date day.Date
		kind day.Kind
	}
	var all []at
	for _, k := range s.m.kinds {
		if !k.denied && !k.weak {
			all = append(all, at{from: k.from, kind: k.kind})
		}
	}
	for _, d := range s.days() {
		all = append(all, at{from: d.From, date: s.past(d)})
	}
	slices.SortFunc(all, func(a, b at) int { return a.from - b.from })
	var pairs []Dated
	if len(all) < 4 || len(all)%2 != 0 {
		return nil
	}
	for i := 0; i < len(all); i += 2 {
		dated, named := all[i], all[i+1]
		if dated.date == 0 {
			dated, named = named, dated
		}
		if dated.date == 0 || named.date != 0 || dated.date > s.today {
			return nil
		}
		pairs = append(pairs, Dated{dated.date, []day.Kind{named.kind}})
	}
	return pairs
}
