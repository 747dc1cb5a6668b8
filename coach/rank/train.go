package rank

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"legcoach/coach/words"
)

// How a model is learned. The numbers were chosen by learning from three hands and asking the fourth.
const (
	courses   = 3    // it is learned so often, in another order each time, and the weights are averaged
	epochs    = 8    // of each course
	rate      = 1.0  // of AdaGrad
	decay     = 2e-6 // how much every weight shrinks at each step that touches it
	dropout   = 0.25 // share of features that are hidden at each step, so that none is relied on alone
	smoothing = 0.1  // how much of the truth is spread over all meanings
	faintest  = 0.1  // smaller weights are left out
	rare      = 2    // a run of letters or a couple must be seen this often
)

// example is a phrasing as features.
type example struct {
	label   int
	columns []int32
	values  []float32
}

// Train learns a ranker from phrasings.
func Train(phrasings []Phrasing) *Ranker {
	m, err := readModel(train(phrasings).bytes())
	if err != nil {
		panic(err) // what was just written can be read
	}
	return &Ranker{m}
}

// Bytes returns the weights as they stand in weights.bin.
func (r *Ranker) Bytes() []byte { return r.model.file }

// Digest returns what tells two sets of phrasings apart, as the features of
// all of them: it changes when a phrasing, a word list or the reading of words changes.
func Digest(phrasings []Phrasing) uint64 {
	h := fnv.New64a()
	for _, p := range phrasings {
		var f features
		f.read(words.Parse(p.Text))
		sum := []byte(p.Label)
		for _, have := range f.list[:f.n] {
			sum = append(sum, byte(have.hash), byte(have.hash>>8), byte(have.hash>>16), byte(have.hash>>24))
		}
		h.Write(sum)
	}
	return h.Sum64()
}

// Stale reports whether the ranker was learned from other phrasings, or from other features of them.
func (r *Ranker) Stale(phrasings []Phrasing) bool { return r.model.digest != Digest(phrasings) }

func train(phrasings []Phrasing) *packed {
	m := &packed{digest: Digest(phrasings)}
	for _, p := range phrasings {
		m.labels = append(m.labels, p.Label)
	}
	slices.Sort(m.labels)
	m.labels = slices.Compact(m.labels)
	columns, examples := prepare(phrasings, m)
	learned(examples, len(m.labels), len(columns)).pack(m, columns)
	m.home = homeStems(phrasings)
	return m
}

// homeStems returns the hashes of all stems of questions that are not out of scope.
func homeStems(phrasings []Phrasing) []uint32 {
	var home []uint32
	for _, p := range phrasings {
		if !strings.HasPrefix(p.Label, "topic/") && !strings.HasPrefix(p.Label, "near/") {
			continue
		}
		tokens := words.Parse(p.Text).Tokens
		for i := range tokens {
			home = append(home, tokens[i].Hash)
		}
	}
	slices.Sort(home)
	return slices.Compact(home)
}

// prepare numbers the features that are seen often enough and turns phrasings into examples.
func prepare(phrasings []Phrasing, m *packed) (columns []uint32, examples []example) {
	read := make([]features, len(phrasings))
	seen, sort := map[uint32]int{}, map[uint32]group{}
	for i, p := range phrasings {
		read[i].read(words.Parse(p.Text))
		for _, have := range read[i].list[:read[i].n] {
			seen[have.hash]++
			sort[have.hash] = have.group
		}
	}
	for h, n := range seen {
		if n >= rare || sort[h] == unigram || sort[h] == family {
			columns = append(columns, h)
		}
	}
	slices.Sort(columns)
	number := make(map[uint32]int32, len(columns))
	for i, h := range columns {
		number[h] = int32(i)
	}
	for i, p := range phrasings {
		label, _ := slices.BinarySearch(m.labels, p.Label)
		e := example{label: label}
		for _, have := range read[i].list[:read[i].n] {
			if column, known := number[have.hash]; known {
				e.columns = append(e.columns, column)
				e.values = append(e.values, float32(read[i].value(have.group)))
			}
		}
		examples = append(examples, e)
	}
	return columns, examples
}

// learned goes through all courses and averages what they come to.
func learned(examples []example, labels, columns int) *regression {
	sum := &regression{labels: labels}
	sum.learn(examples, columns, 0)
	for course := range uint64(courses - 1) {
		other := &regression{labels: labels}
		other.learn(examples, columns, course+1)
		add(sum.weights, other.weights)
		add(sum.biases, other.biases)
	}
	scale(sum.weights, 1.0/courses)
	scale(sum.biases, 1.0/courses)
	return sum
}

func add(to, from []float32) {
	for i, x := range from {
		to[i] += x
	}
}

func scale(all []float32, by float32) {
	for i := range all {
		all[i] *= by
	}
}

// regression is a model while it is learned: all weights, and AdaGrad's sums of squares.
type regression struct {
	labels  int
	weights []float32
	squares []float32
	biases  []float32
	logits  []float64
	hidden  []bool
}

// learn goes through the examples again and again, in a random order that is always the same.
func (r *regression) learn(examples []example, columns int, course uint64) {
	r.weights = make([]float32, columns*r.labels)
	r.squares = make([]float32, columns)
	r.biases = make([]float32, r.labels)
	r.logits = make([]float64, r.labels)
	r.hidden = make([]bool, maxFeatures)
	random := rand.New(rand.NewPCG(1, 2+course))
	order := random.Perm(len(examples))
	for epoch := range epochs {
		pace := rate * (1 - float64(epoch)/float64(epochs))
		for _, i := range order {
			r.step(&examples[i], float32(pace), random)
		}
		random.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	}
}

// step moves the weights towards one example.
func (r *regression) step(e *example, pace float32, random *rand.Rand) {
	for i := range r.logits {
		r.logits[i] = float64(r.biases[i])
	}
	sums := make([]float32, r.labels)
	for k, column := range e.columns {
		r.hidden[k] = random.Float32() < dropout
		if r.hidden[k] {
			continue
		}
		value := e.values[k]
		row := r.weights[int(column)*r.labels:][:r.labels]
		for i, w := range row {
			sums[i] += float32(value * w)
		}
	}
	for i, sum := range sums {
		r.logits[i] += float64(sum)
	}
	softmax(r.logits)
	gradient, size := sums, float32(0)
	for i, p := range r.logits {
		want := smoothing / float64(r.labels)
		if i == e.label {
			want += 1 - smoothing
		}
		gradient[i] = float32(p - want)
		size += float32(gradient[i] * gradient[i])
		r.biases[i] -= float32(0.01 * pace * gradient[i])
	}
	for k, column := range e.columns {
		if r.hidden[k] {
			continue
		}
		value := e.values[k]
		r.squares[column] += float32(float32(value*value) * size)
		move := float32(pace*value) / (0.05 + float32(math.Sqrt(float64(r.squares[column]))))
		row := r.weights[int(column)*r.labels:][:r.labels]
		for i := range row {
			row[i] -= float32(move*gradient[i]) + float32(decay*row[i])
		}
	}
}

// pack keeps the weights that matter, as small numbers.
func (r *regression) pack(m *packed, columns []uint32) {
	largest := float32(0)
	for _, w := range r.weights {
		largest = max(largest, w, -w)
	}
	m.scale = largest / 127
	m.biases = r.biases
	for c, h := range columns {
		var weights []byte
		for label, w := range r.weights[c*r.labels:][:r.labels] {
			if max(w, -w) < faintest {
				continue
			}
			if small := int8(math.Round(float64(w / m.scale))); small != 0 {
				weights = append(weights, byte(label), byte(small))
			}
		}
		if len(weights) > 0 {
			m.features = appendFeature(m.features, h, weights)
		}
	}
}
