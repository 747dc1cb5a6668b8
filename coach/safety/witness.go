package safety

import (
	"strings"

	"legcoach/coach/rank"
)

// How sure the learned ranking must be, as a sum of likelihoods, to be heard
// where the rules found nothing. Chosen on the messages in testdata and checked on others.
const (
	sureSerious = 0.3
	sureMild    = 0.7
	sureBrief   = 0.5 // of a serious reading in so few words that each weighs much
)

// labels of the ranking that tell of safety begin so; "safety/benign" only sounds like it.
const family = "safety/"

// ReadRanked says what a message reports about its writer, as Read does, with
// the learned ranking of the same message as a second witness. The ranking can
// add a finding that the rules did not make, never take one away, and is not
// heard where the rules saw why it would be mistaken: a negation, another
// person, the past, a question about people in general, a figure of speech.
func (g *Guard) ReadRanked(message string, scores []rank.Score) Finding {
	f, excuse := g.read(message)
	if f.Serious() || excuse != 0 {
		return f
	}
	serious, mild := witness(scores, true), witness(scores, false)
	switch {
	case serious.P >= sureBrief, serious.P >= sureSerious && strings.Count(message, " ") >= brief:
		f.testify(serious)
	case mild.P >= sureMild && f.Intent == "":
		f.testify(mild)
	}
	return f
}

// witness returns the likeliest serious or mild reading among the scores, with the likelihood of all of its sort.
func witness(scores []rank.Score, serious bool) rank.Score {
	var best rank.Score
	sum := 0.0
	for _, s := range scores {
		name, found := strings.CutPrefix(s.Label, family)
		if !found || name == "benign" || finding(name).Serious() != serious {
			continue
		}
		sum += s.P
		if s.P > best.P {
			best = rank.Score{Label: name, P: s.P}
		}
	}
	best.P = sum
	return best
}

func (f *Finding) testify(s rank.Score) {
	found := finding(s.Label)
	f.Intent, f.Level, f.Kind = found.Intent, found.Level, found.Kind
	f.Because = append([]Reason{{Rule: "like known messages of " + s.Label}}, f.Because...)
}

// finding is the reading that a label of the ranking stands for.
func finding(name string) Finding {
	switch name {
	case Distress:
		return Finding{Intent: Distress, Kind: Despair}
	case Ill:
		return Finding{Intent: Ill, Kind: Cold}
	}
	return Finding{Intent: Pain, Level: name}
}
