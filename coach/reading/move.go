package reading

import (
	"slices"

	"legcoach/coach/day"
	"legcoach/coach/place"
	"legcoach/coach/when"
)

// move fills from which day to which.
func (s *slots) move(reading *Reading) {
	reading.Kinds = settle(plainLegs(s.m.kinds), true)
	if weakOnly(plainLegs(s.m.kinds)) {
		reading.Kinds = nil
	}
	var said []when.Mention
	for _, t := range s.m.times {
		if t.What == when.Days && t.Count == 2 && !t.Plural {
			for _, weekday := range []int{t.First, t.Last} {
				said = append(said, when.Mention{What: when.ADay, Day: when.Day{Weekday: weekday, Part: -1}, Lead: t.Lead})
				t.Lead = when.To
			}
		}
		if t.What == when.Days && t.Plural && t.Count == 1 && len(said) == 0 { // "fridays weights on sunday"
			said = append(said, when.Mention{What: when.ADay, Day: when.Day{Weekday: t.First, Part: -1}, From: t.From, To: t.To, Lead: t.Lead})
		}
		if t.What == when.ADay && t.Lead != when.Until || t.What == when.ADay && len(said) > 0 {
			said = append(said, t)
		}
	}
	if len(said) == 0 {
		for _, t := range s.m.times {
			if t.What == when.ADay {
				said = append(said, t)
			}
		}
	}
	from, to := s.split(said)
	if from == nil && to != nil && to.Lead != when.To && s.toSeveral(to.To) {
		from, to = to, nil
	}
	if from != nil {
		reading.Date = s.coming(*from)
	}
	if to != nil {
		reading.To = s.coming(*to)
	}
}

// toSeveral reports whether something is moved to several days behind token i: "thursday's to the weekend".
func (s *slots) toSeveral(i int) bool {
	return slices.ContainsFunc(s.m.times, func(t when.Mention) bool {
		return t.What == when.Days && t.From >= i && (t.Lead == when.To || t.Lead == when.Until)
	})
}

// split tells the day that is moved from, from the one that is moved to.
func (s *slots) split(said []when.Mention) (from, to *when.Mention) {
	switch len(said) {
	case 0:
		return nil, nil
	case 1:
		if said[0].Lead == when.From {
			return &said[0], nil
		}
		return nil, &said[0]
	}
	first, second := &said[0], &said[1]
	switch {
	case second.Lead == when.Not, second.Lead == when.From, s.ruledOut(*second), first.Lead == when.To && second.Lead != when.To:
		return second, first
	}
	return first, second
}

// ruledOut reports whether a date is followed by why it will not do: "tomorrow's no good".
func (s *slots) ruledOut(t when.Mention) bool {
	i := t.To
	if i < len(s.m.tokens) && (s.m.tokens[i].Text == "'s" || s.m.tokens[i].Text == "is") {
		i++
	}
	return i < len(s.m.tokens) && s.r.particles.Unfit[s.m.tokens[i].Text]
}

// until returns the date at which a pause ends, or none.
func (s *slots) until() day.Date {
	var last *when.Mention
	start, days := s.today, day.Date(0)
	for i, t := range s.m.times {
		switch {
		case t.What == when.ADay && t.Lead == when.From:
			start = s.coming(t)
		case t.What == when.ADay && (t.Lead == when.Until || t.Lead == when.To || s.endsPause(t)):
			last = &s.m.times[i]
		case t.What == when.ALength && t.Length.Days > 0 && t.Length.Days != 30 && days == 0:
			days = day.Date(t.Length.Days)
		}
	}
	switch {
	case last != nil:
		return s.coming(*last)
	case days != 0:
		return start + days
	}
	return 0
}

// endsPause reports whether a date is when they are back, though no "until" stands right before it.
func (s *slots) endsPause(t when.Mention) bool {
	return t.Lead != when.From && t.Lead != when.After && s.shortlyBefore(t, s.r.particles.Returns)
}

// zone fills where they are, or the candidates.
func (s *slots) zone(reading *Reading, atlas *place.Atlas) {
	places := place.Zone(s.m.places)
	reading.Zones = s.shown(place.Namesakes(s.m.places))
	if len(reading.Zones) == 1 {
		reading.Zone, reading.Zones = reading.Zones[0].Zone, nil
		return
	}
	if len(places) == 1 {
		reading.Zone = places[0].Zone
	}
	if len(places) == 1 || len(reading.Zones) > 0 {
		return
	}
	reading.Zones = places
	if clocks := s.clocks(); len(places) == 0 && len(clocks) > 0 {
		reading.ByClock = true
		const most = 8
		shown := clocks[0].Clock
		reading.Zones = atlas.Clocks(shown.Clock, s.c.Now, most)
		if shown.Open {
			reading.Zones = append(reading.Zones, atlas.Clocks((shown.Clock+12*60)%(24*60), s.c.Now, most-len(reading.Zones))...)
		}
	}
}

// shown returns those of places whose clocks show the time that is said to be
// there, if any do: "springfield, it's 13:05 here".
func (s *slots) shown(places []place.Place) []place.Place {
	clocks := s.clocks()
	if len(clocks) == 0 {
		return places
	}
	var there []place.Place
	for _, p := range places {
		if zone, err := day.Zone(p.Zone); err == nil {
			_, wall := day.Wall(s.c.Now, zone)
			round := day.Clock(24 * 60)
			if clocks[0].Clock.Open {
				round /= 2
			}
			off := (wall - clocks[0].Clock.Clock + 24*60) % round
			if min(off, round-off) <= shownSlack {
				there = append(there, p)
			}
		}
	}
	if len(there) == 0 {
		return places
	}
	return there
}

// shownSlack is how far a clock that is told may be off, in minutes.
const shownSlack = 10
