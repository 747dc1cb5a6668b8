package reading

import (
	"math"
	"slices"

	"legcoach/coach/rank"
	"legcoach/coach/safety"
	"legcoach/coach/words"
)

// Explanation is what decided a reading.
type Explanation struct {
	// Words are the words as they were read, typing errors put right.
	Words string `json:"words"`
	// By is "safety", "rules" if one speaks for what was read, or "learned".
	By string `json:"by"`
	// Rules are those that held, the heaviest first.
	Rules []Evidence `json:"rules,omitempty"`
	// Safety are the safety rules that held.
	Safety []Heard `json:"safety,omitempty"`
	// Likely are the meanings that were learned to be likeliest.
	Likely []Likely `json:"likely,omitempty"`
	// Closest are the phrasings of the likeliest meaning that the message is most
	// like, and how much: 1 is the same words.
	Closest []Likely `json:"closest,omitempty"`
	// Parts of the message that spoke most for or against the likeliest.
	Parts []Likely `json:"parts,omitempty"`
	// RunnerUp is the next intent, and how far behind it is, in logits.
	RunnerUp *Likely `json:"runner_up,omitempty"`
	// Because says why the best was not taken, if it was not.
	Because string `json:"because,omitempty"`
}

// Heard is a safety rule that held, and for which words.
type Heard struct {
	Rule  string   `json:"rule"`
	Words []string `json:"words"`
}

// Likely is a meaning, an intent or a part of a message, with its weight.
type Likely struct {
	What   string  `json:"what"`
	Weight float64 `json:"weight"`
}

func (r *Reader) explanation(m *message, d decision, finding safety.Finding) Explanation {
	e := Explanation{Words: m.said(0, len(m.tokens)), By: "learned", Rules: d.evidence, Because: d.reason}
	slices.SortStableFunc(e.Rules, func(a, b Evidence) int { return int(100 * (math.Abs(b.Weight) - math.Abs(a.Weight))) })
	for i := range e.Rules {
		e.Rules[i].Words = m.said(e.Rules[i].from, e.Rules[i].to)
	}
	for _, rule := range e.Rules {
		if rule.Weight > 0 && (rule.Intent == d.intent || rule.Intent == question && (d.topic != "" || d.choices != nil)) {
			e.By = "rules"
		}
	}
	if d.safety {
		e.By = "safety"
	}
	for _, because := range finding.Because {
		e.Safety = append(e.Safety, Heard{because.Rule, because.Words})
	}
	top := r.ranker.Top(d.likely, 3)
	for _, s := range top {
		e.Likely = append(e.Likely, Likely{s.Label, round(s.P)})
	}
	e.Closest = closest(m.words, top[0].Label)
	e.Parts = parts(r.ranker.Explain(m.words, top[0].Label, 5))
	e.RunnerUp = runnerUp(d)
	return e
}

// closest returns the phrasings that a message is most like; a meaning without any is like none.
func closest(t words.Text, label string) []Likely {
	likes, err := rank.Closest(t, label, 3)
	if err != nil {
		return nil // of learned meanings all have phrasings, which the tests of rank read
	}
	var out []Likely
	for _, l := range likes {
		out = append(out, Likely{l.Text, round(l.Like)})
	}
	return out
}

func parts(whys []rank.Why) []Likely {
	var out []Likely
	for _, w := range whys {
		out = append(out, Likely{w.What, round(w.Weight)})
	}
	return out
}

// runnerUp returns the best intent that did not win.
func runnerUp(d decision) *Likely {
	for i := range d.scores {
		s := d.at(i)
		if s.name != d.intent && !(s.name == question && (d.topic != "" || d.choices != nil)) {
			return &Likely{s.name, round(s.logit - d.at(0).logit)}
		}
	}
	return nil
}

func round(x float64) float64 { return math.Round(x*1000) / 1000 }
