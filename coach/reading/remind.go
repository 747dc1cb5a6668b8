package reading

import (
	"slices"

	"legcoach/coach/content"
	"legcoach/coach/day"
	"legcoach/coach/when"
)

// remind fills what to be reminded of, on which days and when.
func (s *slots) remind(reading *Reading) {
	reading.Clauses = s.clauses()
	reading.Times = s.wavering()
	reading.Kinds = settle(plainLegs(s.m.kinds), false)
	if weakOnly(s.m.kinds) && !slices.Contains(reading.Kinds, day.Strength) {
		reading.Kinds = nil
	}
	if week, clock, ok := s.firstOfMany(); ok {
		reading.Days = week.Names()
		s.setTime(reading, clock, true)
		return
	}
	week := s.week(reading)
	if week != 0 {
		reading.Days = week.Names()
	}
	if clocks := s.clocks(); len(clocks) == 1 {
		s.setTime(reading, clocks[0], week != 0)
	} else if len(clocks) > 1 {
		s.setTime(reading, s.chosen(clocks), week != 0)
	}
}

// firstOfMany returns the first days and their time of those who name several
// times for different days, "weekdays at 7, weekends at 9": one is set at a time.
func (s *slots) firstOfMany() (week when.Week, clock when.Mention, ok bool) {
	var weeks, clocks []when.Mention
	for _, t := range s.m.times {
		switch {
		case t.What == when.Days && t.Week != 0 && len(weeks) == len(clocks):
			weeks = append(weeks, t)
		case t.What == when.AClock && len(clocks) < len(weeks):
			clocks = append(clocks, t)
		default:
			return 0, clock, false
		}
	}
	if len(clocks) < 2 || len(weeks) != len(clocks) || weeks[0].Week == weeks[1].Week {
		return 0, clock, false
	}
	return weeks[0].Week, clocks[0], true
}

// wavering returns the two times of day between which somebody cannot choose: "at 6 or 7pm".
func (s *slots) wavering() []string {
	for i := 1; i+1 < len(s.m.tokens); i++ {
		if s.m.tokens[i].Text != "or" {
			continue
		}
		first, found := s.clockBeside(i-1, i)
		second, also := s.clockBeside(i+1, i+1)
		if !found || !also {
			continue
		}
		a, b := first.Clock, second.Clock
		if a.Open && !b.Open && a.Clock < 12*60 && b.Clock >= 12*60 {
			a.Clock += 12 * 60 // "6 or 7pm"
		}
		var times []string
		for _, c := range []when.Clock{a, b} {
			var r Reading
			s.setTime(&r, when.Mention{Clock: when.Clock{Clock: c.Clock, Open: a.Open && b.Open}}, true)
			times = append(times, r.Time)
		}
		return times
	}
	return nil
}

// clockBeside returns the time of day that lies on token i, or begins at token from behind an "at".
func (s *slots) clockBeside(i, from int) (when.Mention, bool) {
	if from < len(s.m.tokens)-1 && s.m.tokens[from].Text == "at" {
		i = from + 1
	}
	for _, t := range s.m.times {
		if t.What == when.AClock && t.From <= i && i < t.To {
			return t, true
		}
	}
	return s.hourAt(i)
}

// plainLegs returns kinds with "legs" taken for leg day: who asks to be reminded of them means no soreness.
func plainLegs(found []named) []named {
	found = slices.Clone(found)
	for i := range found {
		found[i].weak = found[i].weak && found[i].kind != day.Strength
	}
	return found
}

// week returns the days that are asked for. Beside a habit ("weekdays",
// "each tuesday") a single weekday is something else that they tell.
func (s *slots) week(reading *Reading) when.Week {
	var week, out when.Week
	habit := slices.ContainsFunc(s.m.times, func(t when.Mention) bool { return t.What == when.Days && t.Plural })
	for _, t := range s.asked() {
		w := s.weekOf(t, habit)
		reading.EveryOther = reading.EveryOther || t.What == when.Days && t.Every
		if t.Lead == when.Not || t.Lead == when.From && t.What == when.ADay || s.free(t) {
			out |= w
		} else {
			week |= w
		}
	}
	if out != 0 && week == 0 {
		reading.Except = true
		return out
	}
	if out != 0 {
		reading.NotOn = out.Names()
	}
	return week &^ out
}

// free reports whether a day is named that is left out: "sat 8, sun off".
func (s *slots) free(t when.Mention) bool {
	return t.To < len(s.m.tokens) && s.r.particles.Free[s.m.tokens[t.To].Text]
}

func (s *slots) weekOf(t when.Mention, habit bool) when.Week {
	switch {
	case t.What == when.Days:
		return t.Week
	case t.What == when.ADay && !t.Day.Counted && t.Day.Date == 0 && (!habit || t.Lead == when.Not):
		return 1 << t.Day.Weekday
	}
	return 0
}

// asked returns the mentions of the sentences that speak of reminding, if
// those mention anything; else all.
func (s *slots) asked() []when.Mention {
	var asked []when.Mention
	for _, t := range s.m.times {
		from, to := s.sentence(t.From)
		if s.m.hasIn(s.r.numbers["remindword"], from, to) {
			asked = append(asked, t)
		}
	}
	if len(asked) == 0 || !slices.ContainsFunc(asked, func(t when.Mention) bool { return s.weekOf(t, false) != 0 }) {
		return s.m.times
	}
	return asked
}

// sentence returns where the sentence around token i begins and ends.
func (s *slots) sentence(i int) (from, to int) {
	for from = i; from > 0 && !s.stops(from-1); from-- {
	}
	for to = i; to < len(s.m.tokens) && !s.stops(to); to++ {
	}
	return from, to
}

// stops reports whether a sentence ends at token i: at a full stop before a space.
func (s *slots) stops(i int) bool {
	switch s.m.tokens[i].Text {
	case ".", "!", "?":
		return i+1 == len(s.m.tokens) || !s.m.tokens[i+1].Glued
	}
	return false
}

// clocks returns the times of day that are said, strong ones before weak ones.
func (s *slots) clocks() []when.Mention {
	var strong, weak []when.Mention
	for _, t := range s.m.times {
		switch {
		case t.What != when.AClock || t.Lead == when.Not:
		case t.Clock.Weak:
			weak = append(weak, t)
		default:
			strong = append(strong, t)
		}
	}
	if len(strong) > 0 {
		return strong
	}
	return weak
}

// chosen returns the clock that is wanted of several: the last, but not one
// that says why or when something else is ("because the handover is at seven"),
// nor the one that it is changed from.
func (s *slots) chosen(clocks []when.Mention) when.Mention {
	for _, t := range clocks {
		if t.Lead == when.To {
			return t
		}
	}
	for i := len(clocks) - 1; i >= 0; i-- {
		if clocks[i].Lead != when.From && clocks[i].Lead != when.Before && !s.beside(clocks[i]) {
			return clocks[i]
		}
	}
	return clocks[len(clocks)-1]
}

// beside reports whether a clock is that of something else: "bus leaves 7.40".
func (s *slots) beside(t when.Mention) bool {
	return s.shortlyBefore(t, s.r.particles.Events)
}

// shortlyBefore reports whether one of some small words stands at most five words before a mention.
func (s *slots) shortlyBefore(t when.Mention, some content.Set) bool {
	return slices.ContainsFunc(s.m.tokens[max(0, t.From-5):t.From], func(t mended) bool { return some[t.Text] })
}

// setTime sets the time of day. An open one is the next that comes; of a habit
// it is the one at which people train.
func (s *slots) setTime(reading *Reading, t when.Mention, habit bool) {
	c := t.Clock
	reading.OpenClock = c.Open
	clock := c.Near(s.clock)
	if habit && c.Open {
		clock = c.Clock
		if c.Clock.Hour() < 5 || c.Clock.Hour() == 6 && c.Clock.Minute() == 30 {
			clock += 12 * 60
		}
	}
	reading.Time = clock.String()
}

// snooze fills when to come back: minutes, or a time of today.
func (s *slots) snooze(reading *Reading) {
	if clocks := s.clocks(); len(clocks) > 0 {
		s.setTime(reading, clocks[len(clocks)-1], false)
	}
	for _, t := range s.m.times {
		if t.What == when.ALength && t.Length.Minutes > 0 {
			reading.Minutes, reading.Time = t.Length.Minutes, ""
			return
		}
	}
	if reading.Time == "" || s.clocks()[0].Clock.Weak && s.clocks()[0].Lead == when.In {
		for _, t := range s.m.tokens {
			if t.Value > 0 && t.Value <= 600 {
				reading.Minutes, reading.Time = t.Value, ""
			}
		}
	}
}
