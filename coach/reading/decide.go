package reading

import (
	"math"
	"slices"
	"sort"
	"strings"

	"legcoach/coach/safety"
)

// candidate is what can win; question stands for the three outcomes that the topics divide.
type candidate struct {
	writes bool
	// settled candidates are not chosen here: safety decides them.
	settled bool
}

const question = "question"

// writes in a rule stands for every intent that changes what is stored.
const writes = "writes"

// candidates are all intents, and whether each changes what is stored.
var candidates = map[string]candidate{
	Pain: {settled: true}, Distress: {settled: true}, Ill: {},
	Log: {writes: true}, Rest: {writes: true}, Undo: {writes: true}, Correct: {writes: true}, Remind: {writes: true},
	Snooze: {writes: true}, Skip: {writes: true}, Move: {writes: true}, Mute: {writes: true}, Fewer: {writes: true},
	Pause: {writes: true}, Resume: {writes: true}, Level: {writes: true}, Zone: {writes: true}, Forget: {writes: true},
	Streak: {}, Why: {}, Safe: {}, Today: {}, Next: {}, Plan: {}, Calendar: {}, Link: {}, Export: {}, MyData: {},
	Source: {}, Help: {}, Greet: {}, Thanks: {}, Bye: {}, About: {}, Complaint: {}, OutOfScope: {},
	question: {},
}

// names are the candidates in the order of their numbers.
var names = func() []string {
	var all []string
	for name := range candidates {
		all = append(all, name)
	}
	sort.Strings(all)
	return all
}()

// outOfScope is the number of what is none of the others.
var outOfScope = slices.Index(names, OutOfScope)

// groupLabels finds the candidate of every label of the ranker.
func (r *Reader) groupLabels() {
	number := map[string]int{}
	for i, name := range names {
		number[name] = i
	}
	for i, label := range r.ranker.Labels() {
		sort, name, _ := strings.Cut(label, "/")
		if sort == "safety" && name != "benign" {
			r.hurts = append(r.hurts, i)
		}
		group := -1
		switch {
		case sort == "topic" || sort == "near":
			group = number[question]
		case sort == "out":
			group = number[OutOfScope]
		case label == "safety/ill":
			group = number[Ill]
		case sort == "intent":
			if n, ok := number[name]; ok {
				group = n
			}
		}
		r.groups = append(r.groups, group)
	}
}

// score is a candidate with what speaks for it.
type score struct {
	name    string
	learned float64 // what the ranker gives it, from 0 to 1
	rules   float64 // the weights of its rules
	logit   float64
}

// decision is what won, and why.
type decision struct {
	intent   string
	topic    string
	choices  []string
	scores   []score // the first of them in order, the best first: see at
	ordered  int     // how many are
	evidence []Evidence
	likely   []float64
	safety   bool
	reason   string
}

// How learned and written evidence are weighed. The numbers were chosen on
// questions/learn with rankers that had not seen the lines they ranked.
const (
	floor       = 0.02 // of what was learned: less says nothing
	trust       = 1.6  // of the logarithm of what was learned
	writeRules  = 1.0  // the weight of rules that a write needs,
	writeAlone  = 0.40 // or else it needs to be learned this surely,
	writeOwn    = 6.0  // and be this many times as likely as that it is out of scope;
	writeAsked  = 0.90 // more surely where it is only asked about,
	askedAbout  = -4.0 // which weighs no less than this
	writeMargin = 0.5  // what a write must be ahead by of what is no write
	outright    = 3.0  // the weight of rules by which something is out of scope, whatever the topics say
)

// decide chooses the intent of a message, of which the sheet says what is likely.
func (r *Reader) decide(m *message, finding safety.Finding, s *sheet) decision {
	r.weigh(m, s)
	d := decision{likely: s.likely, scores: s.scores, evidence: s.evidence}
	if finding.Intent != "" && (finding.Serious() || !r.outweighs(m, d, finding)) {
		d.intent, d.safety = finding.Intent, true
		d.topic = r.book.Beside(r.book.Judge(m.words, d.likely))
		return d
	}
	d.intent = d.best(func(s score) bool { return r.refers(m, s, d.evidence, d.learned(OutOfScope)) })
	if d.intent == question || d.intent == OutOfScope && d.at(0).rules < outright {
		d.ask(r, m)
	}
	return d
}

// weigh scores every candidate.
func (r *Reader) weigh(m *message, s *sheet) {
	scores := s.scores
	for i, name := range names {
		scores[i] = score{name: name}
	}
	sum := 0.0
	for i, p := range s.likely {
		if g := r.groups[i]; g >= 0 {
			scores[g].learned += p
			sum += p
		}
	}
	for i := range scores { // what only sounds like pain says nothing of what it is
		scores[i].learned /= max(sum, 0.05)
	}
	s.evidence = r.hold(m, s.evidence[:0], false)
	for _, e := range s.evidence {
		for _, n := range r.rules[e.rule].speaksFor {
			scores[n].rules += r.heeded(m, e, &scores[n], scores[outOfScope].learned, s.evidence) * e.Weight
		}
	}
	for i := range scores {
		of := &scores[i]
		of.logit = trust*math.Log(of.learned+floor) + of.rules
	}
}

// at returns the candidate with the most weight but for i others. Few are asked
// for, so only those are put in order.
func (d *decision) at(i int) score {
	for ; d.ordered <= i; d.ordered++ {
		rest := d.scores[d.ordered:]
		first := 0
		for j := range rest {
			if rest[j].logit > rest[first].logit || rest[j].logit == rest[first].logit && rest[j].name < rest[first].name {
				first = j
			}
		}
		rest[0], rest[first] = rest[first], rest[0]
	}
	return d.scores[i]
}

// best returns the candidate with the most weight. A write wins only with a
// rule for it or much learned, and clearly, and if it refers to what is ours.
func (d *decision) best(refers func(score) bool) string {
	for i := range d.scores {
		s := d.at(i)
		c := candidates[s.name]
		if c.settled {
			continue
		}
		if !c.writes {
			return s.name
		}
		if s.rules < writeRules && !d.alone(s) {
			continue
		}
		if !refers(s) {
			d.reason = s.name + " of something else"
			continue
		}
		if next := d.nextRead(i); next >= 0 && s.logit-d.at(next).logit < writeMargin && d.at(next).logit > -2 {
			d.reason = "too close to " + d.at(next).name
			return d.at(next).name
		}
		return s.name
	}
	return OutOfScope
}

// alone reports whether a write may win by what was learned alone.
func (d *decision) alone(s score) bool {
	need := writeAlone
	if s.rules < 0 {
		need = writeAsked
	}
	return s.learned >= max(need, writeOwn*d.learned(OutOfScope)) && s.rules >= askedAbout
}

// learned returns what the ranker gives a candidate.
func (d *decision) learned(name string) float64 {
	return d.scores[slices.IndexFunc(d.scores, func(s score) bool { return s.name == name })].learned
}

// nextRead returns the best candidate after i that is no write.
func (d *decision) nextRead(i int) int {
	for j := i + 1; j < len(d.scores); j++ {
		if c := candidates[d.at(j).name]; !c.writes && !c.settled {
			return j
		}
	}
	return -1
}

// outweighs reports whether what else a message says is stronger than soreness
// that is not serious: a log of hills with tired calves, rest for them, a question about sore legs.
func (r *Reader) outweighs(m *message, d decision, f safety.Finding) bool {
	if f.Intent == safety.Pain && f.Asks && f.Number < 0 {
		return true
	}
	best := d.at(0)
	return f.Intent == safety.Pain && f.Level == safety.Green && (best.name == Log || best.name == Rest) && best.rules >= 3
}

// ask divides a question: one topic, a near miss, several, or none.
func (d *decision) ask(r *Reader, m *message) {
	outcome := r.book.Judge(m.words, d.likely)
	d.intent, d.topic, d.choices = outcome.Kind.String(), outcome.ID, outcome.Choices
}
