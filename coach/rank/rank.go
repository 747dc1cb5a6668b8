// Package rank ranks all meanings that a message may have, by likelihood, as
// learned from the phrasings in content/phrasings.
//
//	phrasing.go  reads the phrasings: one file a meaning, one phrasing a line
//	feature.go   what is looked at in a message: stems, pairs, families of words, letters
//	train.go     softmax regression over those features: the same phrasings give the same weights
//	model.go     the weights, and what they make of a message's features
//	table.go     finding them by hash
//	file.go      the weights as a file, small enough to be part of the program
//	rank.go      the ranking of a message, and what decided it
//	closest.go   the phrasings that a message is most like, to explain
//
// A meaning is named as its file is: "topic/quads", "near/shoes", "intent/log",
// "safety/red", "out/chat". "safety/benign" is what only sounds like pain or distress.
//
// After a change of content/phrasings, content/words, package words or this package run
//
//	go generate ./coach/rank
//
// and commit weights.bin; a test fails until that is done.
package rank

import (
	_ "embed"
	"slices"
	"sync"

	"legcoach/coach/words"
)

//go:generate go run gen.go

//go:embed weights.bin
var weights []byte

// Score is a meaning and how likely it is, from 0 to 1; the scores of all meanings sum to 1.
type Score struct {
	Label string
	P     float64
}

// Why is a part of a message that spoke for or against a meaning.
type Why struct {
	// What is the part: `leg` a stem, `run+leg` two in a row, `run..leg` two with one between,
	// `[hill]` a family, `[hill]&[why]` two families, `~leg~` letters, `?` or `short` a trait.
	What string
	// Weight is how much it added to the meaning's logit.
	Weight float64
}

// Ranker ranks messages. It may be used by many goroutines at once.
type Ranker struct {
	model *model
}

// Default returns the ranker whose weights are part of the program.
var Default = sync.OnceValue(func() *Ranker {
	m, err := readModel(weights)
	if err != nil {
		panic(err) // weights.bin is part of the program, and its tests read it
	}
	return &Ranker{m}
})

// sheets are what messages are read on. They are used again.
var sheets = sync.Pool{New: func() any { return new(features) }}

// Labels returns all meanings, sorted. The slice is shared: do not change it.
func (r *Ranker) Labels() []string { return r.model.labels }

// Rank returns the five likeliest meanings of a message, the likeliest first.
func (r *Ranker) Rank(t words.Text) []Score {
	p := make([]float64, len(r.model.labels))
	r.Likelihoods(t, p)
	return r.Top(p, 5)
}

// Likelihoods fills p, as long as [Ranker.Labels] and in its order, with the
// likelihoods of all meanings.
func (r *Ranker) Likelihoods(t words.Text, p []float64) {
	f := sheets.Get().(*features)
	defer sheets.Put(f)
	f.reset(true)
	f.read(t)
	r.model.logits(f, t.Tokens, p)
	softmax(p)
}

// Strange returns how many words of a message no topic and no near miss is asked
// with, as far as was learned, and how many words it has.
func (r *Ranker) Strange(t words.Text) (strange, all int) {
	for i := range min(len(t.Tokens), maxTokens) {
		if t.Tokens[i].Kind != words.Word {
			continue
		}
		all++
		if !r.model.home.has(t.Tokens[i].Hash) {
			strange++
		}
	}
	return strange, all
}

// Top returns the n likeliest of all meanings, the likeliest first.
func (r *Ranker) Top(p []float64, n int) []Score {
	top := make([]Score, 0, n+1)
	for i, likely := range p {
		if len(top) == n && likely <= top[n-1].P {
			continue
		}
		at := len(top)
		for at > 0 && top[at-1].P < likely {
			at--
		}
		top = slices.Insert(top, at, Score{r.model.labels[i], likely})
		top = top[:min(n, len(top))]
	}
	return top
}

// Explain returns the n parts of a message that spoke most for or against a
// meaning, the weightiest first; nothing for a meaning that it does not know.
func (r *Ranker) Explain(t words.Text, label string, n int) []Why {
	at, found := slices.BinarySearch(r.model.labels, label)
	if !found {
		return nil
	}
	var f features
	f.read(t)
	whys := r.model.explain(&f, at, t)
	slices.SortStableFunc(whys, func(a, b Why) int { return compareSize(b.Weight, a.Weight) })
	return whys[:min(n, len(whys))]
}

func compareSize(a, b float64) int {
	if a, b = max(a, -a), max(b, -b); a < b {
		return -1
	} else if a > b {
		return 1
	}
	return 0
}
