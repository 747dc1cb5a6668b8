package safety

import (
	"math"
	"strings"

	"legcoach/coach/rank"
)

// How sure the learned ranking must be to be heard where the rules found
// nothing serious: the log odds of all serious meanings together, and what is
// asked for on top of it. TestFitWitness works them out on phrasings that the
// ranking has not seen; they are never chosen on a measuring set.
const (
	sureSerious = -1.3
	sureBrief   = 1.0 // more in so few words that each weighs much
	sureAmber   = 2.1 // more where the rules found what is less serious: they know how it is said
	sureGreen   = 0.7 // more where they found plain soreness, which is asked for beyond the fit
	sureMild    = 0.7 // of all mild meanings, as a likelihood
)

// doubts are what is asked for on top where the rules saw why a message may
// only sound like a report. Somebody else and figures of speech are asked for
// more than the fit would: most alarms that nobody needs are of these.
var doubts = []struct {
	of   why
	more float64
}{{others, 1.0}, {past, 0.8}, {general, 0.8}, {figure, 1.4}}

// labels of the ranking that tell of safety begin so; "safety/benign" only sounds like it.
const family = "safety/"

// ReadRanked says what a message reports about its writer, as Read does, with
// the learned ranking of the same message as a second witness. The ranking can
// add a finding that the rules did not make, never take one away. It must be
// surer where the rules saw why it may be mistaken: another person, the past, a
// question about people in general, a figure of speech; and is not heard at all
// where somebody who knows has looked at it.
func (g *Guard) ReadRanked(message string, scores []rank.Score) Finding {
	f, excuse := g.read(message)
	if f.Serious() || excuse&checked != 0 {
		return f
	}
	serious, mild := witness(scores, true), witness(scores, false)
	switch {
	case odds(serious.P) >= f.sure(message, excuse):
		f.testify(serious)
	case mild.P >= sureMild && f.Intent == "" && excuse == 0:
		f.testify(mild)
	}
	return f
}

// sure returns the log odds that a serious reading of a message needs beside the finding of the rules.
func (f *Finding) sure(message string, excuse why) float64 {
	need := sureSerious
	if strings.Count(message, " ") < brief {
		need += sureBrief
	}
	switch {
	case f.Level == Amber || f.Intent == Ill:
		need += sureAmber
	case f.Level == Green:
		need += sureGreen
	}
	for _, doubt := range doubts {
		if excuse&doubt.of != 0 {
			need += doubt.more
		}
	}
	return need
}

// odds returns the logarithm of how much likelier something is than not.
func odds(p float64) float64 {
	const least = 1e-4 // which keeps it finite
	return math.Log(max(p, least) / max(1-p, least))
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
