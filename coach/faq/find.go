package faq

import (
	"math"
	"slices"
	"strings"

	"legcoach/coach/rank"
	"legcoach/coach/words"
)

// Kind says how a question came out.
type Kind uint8

// The outcomes.
const (
	OutOfScope Kind = iota // not about legs or running
	Answer                 // the article answers it: ID is a topic
	NotCovered             // the article does not answer it: ID is a near miss
	DidYouMean             // it could be any of Choices
)

// String returns the outcome as the vocabulary names it.
func (k Kind) String() string {
	return [...]string{"out_of_scope", "answer", "not_covered", "did_you_mean"}[k]
}

// Outcome is what a question is about.
type Outcome struct {
	Kind Kind
	// ID is the topic or near miss; empty if there is not one.
	ID string
	// Choices are two or three topics or near misses, the likeliest first; empty unless DidYouMean.
	Choices []string
	// InScope is how likely it is that the question is about legs or running, 0 to 1.
	InScope float64
	// Best are the likeliest topics and near misses; their likelihoods sum to at most 1.
	Best []rank.Score
}

// tuning is content/gate.yaml: what decides, learned from questions of one hand after
// learning from the others.
type tuning struct {
	Bias, Inside, Chatter, Benign, Best, Anchors, Strange, Short, Strangers float64
	Open                                                                    float64
	Certain, Sure, Admit, Margin, Offer, Ride                               float64
}

// Find reads a question.
func (b *Book) Find(t words.Text) Outcome {
	p := make([]float64, len(b.ranker.Labels()))
	b.ranker.Likelihoods(t, p)
	return b.Judge(t, p)
}

// place is where a topic or near miss stands among the ranker's labels, and what it is.
type place struct {
	id   string
	kind byte // 't'opic, 'n'ear miss, 'o'ut of scope, 'i'ntent, 's'afety, 'b'enign
}

// locate finds the places of all labels.
func (b *Book) locate() {
	for _, label := range b.ranker.Labels() {
		sort, id, _ := strings.Cut(label, "/")
		kind := sort[0]
		if label == "safety/benign" {
			kind = 'b'
		}
		b.places = append(b.places, place{id, kind})
	}
}

// masses is how the likelihood of a message is spread.
type masses struct{ asked, out, intent, safety, benign float64 }

// Judge is [Book.Find] for a message that has been ranked: p is what [rank.Ranker.Likelihoods] gives.
func (b *Book) Judge(t words.Text, p []float64) Outcome {
	m, best := b.weigh(p)
	o := Outcome{Best: best}
	o.InScope = logistic(dot(b.tuning.weights(), b.clues(t, m, best[0].P)))
	b.decide(&o)
	return o
}

// weigh adds up likelihoods by sort and returns the best topics and near misses, as shares of all of them.
func (b *Book) weigh(p []float64) (masses, []rank.Score) {
	var m masses
	best := make([]rank.Score, 5)
	for i, at := range b.places {
		switch at.kind {
		case 't', 'n':
			m.asked += p[i]
			if p[i] > best[len(best)-1].P {
				insert(best, rank.Score{Label: at.id, P: p[i]})
			}
		case 'o':
			m.out += p[i]
		case 'i':
			m.intent += p[i]
		case 's':
			m.safety += p[i]
		case 'b':
			m.benign += p[i]
		}
	}
	for i := range best {
		best[i].P /= max(m.asked, 1e-9)
	}
	return m, best
}

// decide answers if one topic is sure enough, and else offers the best.
func (b *Book) decide(o *Outcome) {
	first, second := o.Best[0], o.Best[1]
	share := first.P
	if b.either[[2]string{first.Label, second.Label}] {
		share += second.P
		second = o.Best[2]
	}
	kind, sure := Answer, b.tuning.Sure
	if _, near := b.Near(first.Label); near {
		kind, sure = NotCovered, b.tuning.Admit
	}
	switch {
	case o.InScope < b.tuning.Open:
		o.Kind = OutOfScope
	case o.InScope >= b.tuning.Certain && share*o.InScope >= sure && share-second.P >= b.tuning.Margin:
		o.Kind, o.ID = kind, first.Label
	default:
		o.Kind = DidYouMean
		for i, s := range o.Best[:3] {
			if i < 2 || s.P >= b.tuning.Offer {
				o.Choices = append(o.Choices, s.Label)
			}
		}
	}
}

// Beside returns the near miss that may ride along where a message reports pain, illness or distress
// of its writer's own: the likeliest that is no plain question; "" if none is likely.
func (b *Book) Beside(o Outcome) string {
	if o.Kind == NotCovered {
		return o.ID
	}
	for _, s := range o.Best {
		if near, is := b.Near(s.Label); is && near.Kind != "plain" && s.P >= b.tuning.Ride {
			return near.ID
		}
	}
	return ""
}

// insert puts a score that is better than the last of the best in its place among them; they stay as many.
func insert(best []rank.Score, s rank.Score) {
	last := len(best) - 1
	at := slices.IndexFunc(best, func(b rank.Score) bool { return s.P > b.P })
	copy(best[at+1:], best[at:last])
	best[at] = s
}

// clueCount is how many clues the gate weighs.
const clueCount = 9

// clues are what the gate weighs, in the order of [tuning.weights].
func (b *Book) clues(t words.Text, m masses, best float64) [clueCount]float64 {
	strange, all := b.ranker.Strange(t)
	c := [clueCount]float64{
		0: 1,
		1: logit(m.asked / (m.asked + m.out + 1e-6)),
		2: m.intent / (m.asked + m.out + m.intent + 1e-6),
		3: m.benign + m.safety,
		4: best,
		5: min(float64(t.Anchors()), 3) / 3,
		6: float64(strange) / float64(max(all, 1)),
		8: float64(min(strange, 5)) / 5,
	}
	if all <= 2 {
		c[7] = 1
	}
	return c
}

func (t tuning) weights() [clueCount]float64 {
	return [clueCount]float64{t.Bias, t.Inside, t.Chatter, t.Benign, t.Best, t.Anchors, t.Strange, t.Short, t.Strangers}
}

func dot(a, b [clueCount]float64) float64 {
	sum := 0.0
	for i := range a {
		sum += float64(a[i] * b[i])
	}
	return sum
}

func logit(p float64) float64 {
	p = min(max(p, 1e-4), 1-1e-4)
	return math.Log(p / (1 - p))
}

func logistic(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
