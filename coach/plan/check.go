package plan

import (
	"slices"

	"legcoach/coach/day"
)

// sequence is days one after another without a hole: what stands on each, and
// what the counts in any 7 days take.
type sequence struct {
	first   day.Date
	stands  []day.Kind
	counts  []day.Kind
	stacked []Broken
}

// line lays days out one after another and finds those that hold two sessions.
func (b *Book) line(level Level, days []Planned) sequence {
	n := int(days[len(days)-1].Date-days[0].Date) + 1
	s := sequence{first: days[0].Date, stands: slices.Repeat([]day.Kind{day.Rest}, n), counts: slices.Repeat([]day.Kind{day.Rest}, n)}
	for _, p := range days {
		i := int(p.Date - s.first)
		kind := p.counts()
		if s.stands[i].Training() && kind.Training() {
			rule := "SP-11"
			if (s.stands[i] == day.Strength) != (kind == day.Strength) {
				rule = "SP-6"
			}
			s.stacked = append(s.stacked, b.broken(rule, level, p.Date))
			if !kind.Hard() {
				continue
			}
		}
		s.stands[i] = kind
		if !p.moved() {
			s.counts[i] = kind
		}
	}
	for _, p := range days {
		if !p.moved() || p.From < s.first {
			continue
		}
		at := p.From
		left := days[slices.IndexFunc(days, func(q Planned) bool { return q.Date >= at })]
		if changedPlaces := left.From == p.Date; !changedPlaces && (left.Did != day.Free || left.Kind.Training()) {
			at = p.Date // something else stands by now where it stood
		}
		s.counts[at-s.first] = p.counts()
	}
	return s
}

// neighbours checks the rules about two days in a row: SP-1, SP-4, SP-5, SP-9.
func neighbours(b *Book, level Level, s sequence) (found []Broken) {
	for i := 1; i < len(s.stands); i++ {
		was, is := s.stands[i-1], s.stands[i]
		for rule, breaks := range map[string]bool{
			"SP-1": was.Hard() && is.Hard(),
			"SP-4": was == day.Strength && is == day.Strength,
			"SP-5": was == day.Strength && is.Hard(),
			"SP-9": running(was) && running(is),
		} {
			if breaks && b.rules.applies(rule, level) {
				found = append(found, b.broken(rule, level, s.first+day.Date(i)))
			}
		}
	}
	return found
}

// counts checks the rules about any 7 days: SP-2, SP-3, SP-7.
func counts(b *Book, level Level, s sequence) (found []Broken) {
	for i := range s.counts {
		window := s.counts[max(i-6, 0) : i+1]
		at := s.first + day.Date(i)
		if s.counts[i].Hard() && count(window, day.Kind.Hard) > b.rules.most("SP-2", level) {
			found = append(found, b.broken("SP-2", level, at))
		}
		if s.counts[i] == day.Strength && count(window, func(k day.Kind) bool { return k == day.Strength }) > b.rules.most("SP-3", level) {
			found = append(found, b.broken("SP-3", level, at))
		}
		if len(window) == 7 && 7-count(window, day.Kind.Training) < b.rules.most("SP-7", level) {
			found = append(found, b.broken("SP-7", level, at))
		}
	}
	return found
}

// stretches checks the rules about stretches of days: SP-8, and SP-10 after days away.
func stretches(b *Book, level Level, s sequence) (found []Broken) {
	row, last := 0, -1
	for i, kind := range s.stands {
		if !kind.Training() {
			row = 0
			continue
		}
		row++
		if row > b.rules.most("SP-8", level) {
			found = append(found, b.broken("SP-8", level, s.first+day.Date(i)))
		}
		if last >= 0 && i-last-1 >= b.rules.most("SP-10", level) && kind != day.Easy {
			found = append(found, b.broken("SP-10", level, s.first+day.Date(i)))
		}
		last = i
	}
	return found
}

// moved checks SP-12: a hard day moves by one day at most.
func (b *Book) moved(level Level, days []Planned) (found []Broken) {
	for _, p := range days {
		if by := p.Date - p.From; p.From != 0 && p.Kind.Hard() && (by > 1 || by < -1) {
			found = append(found, b.broken("SP-12", level, p.Date))
		}
	}
	return found
}

func count(kinds []day.Kind, wanted func(day.Kind) bool) (n int) {
	for _, k := range kinds {
		if wanted(k) {
			n++
		}
	}
	return n
}

// CheckWeek returns the spacing rules that a week breaks if it is done week
// after week, each rule once. SP-10 is not one of them: rest that a runner plans
// is no time away.
func (b *Book) CheckWeek(level Level, w Week) []Broken {
	const monday = day.Date(4) // any Monday does
	days := make([]Planned, 0, 3*len(w))
	for d := monday; d < monday+day.Date(cap(days)); d++ {
		days = append(days, Planned{Date: d, Kind: w.On(d), Slot: w.On(d)})
	}
	found := slices.DeleteFunc(b.Check(level, days), func(x Broken) bool { return x.Rule == "SP-10" })
	return slices.CompactFunc(found, func(x, y Broken) bool { return x.Rule == y.Rule })
}
