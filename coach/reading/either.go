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
	k, t, ok := s.m.kindAndDay()
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

// kindAndDay returns the kind and the day of a message that says no more than these.
func (m *message) kindAndDay() (named, when.Mention, bool) {
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
		if token.Text != "." && !mere[token.Text] || token.Text == "." && i+1 < len(m.tokens) {
			return k, t, false
		}
	}
	return k, t, true
}

// mere are the words that may stand beside a kind and a day and say nothing more.
var mere = map[string]bool{"on": true, "the": true, "for": true, "my": true, ",": true}
