package reading

import (
	"legcoach/coach/day"
	"legcoach/coach/when"
)

// soon is how many days off a date is at most that somebody may speak of without a verb.
const soon = 60

// either reads a kind and a day and nothing else, "hills on saturday": they
// may have been done, or be wanted. It is asked about, and never guessed.
func (s *slots) either(reading *Reading) bool {
	if s.oneOfTwo(reading) {
		return true
	}
	k, t, ok := s.kindAndDay()
	if !ok {
		return false
	}
	past, coming := s.past(t), s.coming(t)
	if past >= coming || s.today-past > soon || coming-s.today > soon {
		return false
	}
	*reading = Reading{
		Text: reading.Text, Intent: DidYouMean, Finding: reading.Finding,
		Kinds: []day.Kind{k.kind}, Date: past, To: coming,
		Choices: []string{Log + ":" + string(k.kind), Move + ":" + string(k.kind)},
	}
	return true
}

// otherOrder settles of a log whose date is written "11/12" which of the numbers
// is the month: by what is near, or it is left open.
func (s *slots) otherOrder(reading *Reading) {
	if reading.Intent != Log || len(reading.Dates) > 1 {
		return
	}
	for _, t := range s.days() {
		if !t.Day.Order || reading.Date != s.past(t) {
			continue
		}
		one, other := reading.Date, t.Day.MonthFirst().Past(s.civil)
		if other == one {
			other = t.Day.Past(s.civil)
		}
		switch {
		case other == one || s.today-other > soon:
		case s.today-one > soon:
			reading.Date = other
		default:
			reading.Other = other
		}
	}
}

// oneOfTwo reads two kinds between which somebody cannot choose and their day,
// "strength or hills tomorrow", and nothing else.
func (s *slots) oneOfTwo(reading *Reading) bool {
	m := s.m
	if len(m.kinds) != 2 || len(m.times) != 1 || m.times[0].What != when.ADay || m.kinds[0].kind == m.kinds[1].kind {
		return false
	}
	a, b, t, or := m.kinds[0], m.kinds[1], m.times[0], false
	for i, token := range m.tokens {
		switch {
		case i >= a.from && i < a.to || i >= b.from && i < b.to || i >= t.From && i < t.To || s.r.particles.Mere[token.Text]:
		case token.Text == "or" && i >= a.to && i < b.from:
			or = true
		case token.Text != "?" && token.Text != ".":
			return false
		}
	}
	past := t.Day.Counted && t.Day.Offset < 0 || t.Day.Which < 0
	if !or || a.weak && b.weak {
		return false
	}
	*reading = Reading{Text: reading.Text, Intent: DidYouMean, Finding: reading.Finding, Kinds: []day.Kind{a.kind, b.kind}}
	intent := Move
	if past {
		intent, reading.Date = Log, s.past(t)
	} else {
		reading.To = s.coming(t)
	}
	for _, k := range reading.Kinds {
		reading.Choices = append(reading.Choices, intent+":"+string(k))
	}
	return true
}

// kindAndDay returns the kind and the day of a message that says no more than these.
func (s *slots) kindAndDay() (named, when.Mention, bool) {
	m := s.m
	if len(m.kinds) != 1 || len(m.times) != 1 || m.kinds[0].weak || m.kinds[0].denied {
		return named{}, when.Mention{}, false
	}
	k, t := m.kinds[0], m.times[0]
	if t.What != when.ADay || t.Day.Counted || t.Day.Which != 0 || k.from < t.To && t.From < k.to {
		return k, t, false
	}
	for i, token := range m.tokens {
		if i >= k.from && i < k.to || i >= t.From && i < t.To {
			continue
		}
		if token.Text != "." && !s.r.particles.Mere[token.Text] || token.Text == "." && i+1 < len(m.tokens) {
			return k, t, false
		}
	}
	return k, t, true
}
