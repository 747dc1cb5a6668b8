package safety

import (
	"flag"
	"math"
	"strings"
	"sync"
	"testing"

	"legcoach/coach/rank"
	"legcoach/coach/words"
)

// TestFitWitness is how the numbers of witness.go were chosen. It learns the
// ranking five times without a fifth of the phrasings, asks it about that fifth,
// and fits by logistic regression what odds a serious reading needs where the
// rules are silent. It takes minutes:
//
//	go test ./coach/safety -run TestFitWitness -fit -v -timeout 30m
var fit = flag.Bool("fit", false, "fit how sure the learned witness must be")

// opinion is what a ranking says of a phrasing that it has not seen.
type opinion struct {
	serious bool // what the phrasing is
	seen    bool // by the rules alone
	similar bool // it only sounds like danger
	aspects [1 + 1 + 1 + 5]float64
}

// aspectNames are what an opinion is weighed by.
var aspectNames = []string{"always", "log odds", "brief", "negated", "others", "past", "general", "figure"}

func TestFitWitness(t *testing.T) {
	if !*fit {
		t.Skip("takes minutes; asked for with -fit")
	}
	opinions := heldOut(t)
	weights := logistic(opinions)
	for i, name := range aspectNames {
		t.Logf("%-8s %+.2f, in log odds %+.2f", name, weights[i], -weights[i]/weights[1])
	}
	for _, least := range []float64{-2.8, -2.6, -2.4, -2.2, -2.0, -1.8, -1.6, -1.2} {
		var serious, seen, similar, alarms, plain, plainAlarms int
		for _, o := range opinions {
			heard := o.seen || dot(weights, o.aspects) >= least
			switch {
			case o.serious:
				serious, seen = serious+1, seen+count(heard)
			case o.similar:
				similar, alarms = similar+1, alarms+count(heard)
			default:
				plain, plainAlarms = plain+1, plainAlarms+count(heard)
			}
		}
		t.Logf("at %+.1f (%+.2f in log odds): serious seen %d of %d, alarms at look-alikes %d of %d, at others %d of %d",
			least, (least-weights[0])/weights[1], seen, serious, alarms, similar, plainAlarms, plain)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// heldOut asks rankings about phrasings that they have not learned. Neighbours
// are held out together, for they are alike.
func heldOut(t *testing.T) []opinion {
	t.Helper()
	const folds, neighbours = 5, 7
	all, err := rank.Phrasings()
	if err != nil {
		t.Fatal(err)
	}
	opinions := make([]opinion, len(all))
	var learning sync.WaitGroup
	for fold := range folds {
		out := func(i int) bool { return i/neighbours%folds == fold }
		var others []rank.Phrasing
		for i, p := range all {
			if !out(i) {
				others = append(others, p)
			}
		}
		learning.Go(func() {
			ranker := rank.Train(others)
			for i, p := range all {
				if out(i) {
					opinions[i] = opinionOf(ranker, p)
				}
			}
		})
	}
	learning.Wait()
	return opinions
}

func opinionOf(ranker *rank.Ranker, p rank.Phrasing) opinion {
	g, err := New()
	if err != nil {
		panic(err) // other tests say so
	}
	likely := make([]float64, len(ranker.Labels()))
	ranker.Likelihoods(words.Parse(p.Text), likely)
	f, excuse := g.read(p.Text)
	name, ours := strings.CutPrefix(p.Label, family)
	o := opinion{serious: ours && name != "benign" && finding(name).Serious(), seen: f.Serious(), similar: name == "benign"}
	o.aspects[0], o.aspects[1] = 1, odds(witness(ranker.Top(likely, len(likely)), true).P)
	o.aspects[2] = float64(count(strings.Count(p.Text, " ") < brief))
	for i, of := range []why{negated, others, past, general, figure} {
		o.aspects[3+i] = float64(count(excuse&of != 0))
	}
	return o
}

// logistic weighs the aspects of what the rules do not see, by gradient descent.
func logistic(opinions []opinion) (w [8]float64) {
	const rounds, pace, shrink = 400, 0.5, 0.5
	var squares [8]float64
	for range rounds {
		var slope [8]float64
		for _, o := range opinions {
			if o.seen {
				continue
			}
			miss := 1/(1+math.Exp(-dot(w, o.aspects))) - float64(count(o.serious))
			for i, x := range o.aspects {
				slope[i] += miss * x
			}
		}
		for i := range w {
			slope[i] += shrink * w[i]
			squares[i] += slope[i] * slope[i]
			w[i] -= pace * slope[i] / (math.Sqrt(squares[i]) + 1e-9)
		}
	}
	return w
}

func dot(a, b [8]float64) (sum float64) {
	for i := range a {
		sum += a[i] * b[i]
	}
	return sum
}
