package safety

import "slices"

// cues are the marks that say who, when and whether, by number.
type cues struct {
	figure   int // a figure of speech: the words in it mean nothing else
	not      int // "no", "never", "doesn't"
	breaks   int // "but", "only": what comes after it is not negated any more
	me       int // the writer as subject: "I", "my knee"
	other    int // somebody or something else as subject: "my wife", "the dog", "phone"
	theirs   int // "his" among the words of a report: "broke his ankle"
	past     int // "in 2019", "years ago"
	healed   int // "all healed", "long gone"
	now      int // "since", "again", "today"
	general  int // "what causes", "is … common in runners"
	suppose  int // "what if", "if I said"
	asks     int // a question
	question int // the words a question begins with

	mine       int // "my knee", "one calf": makes a question the writer's own
	number     int // "4/10", "pain is 4"
	numberish  int // "about a four": a number of pain if something hurts
	numberpart int // "my knee is a 4"
	units      int // "6 reps": never a number of pain
	notpain    int // "effort": makes numbers something else
	effort     int // "hills", "did": a number in a few words is of these
	hurt       int
	anypart    int
	heat       int
	cleared    int // "my physio cleared me"
}

// table gives the cues their names in content/safety/marks.txt.
func (c *cues) table() map[string]*int {
	return map[string]*int{
		"figure": &c.figure, "not": &c.not, "breaks": &c.breaks, "me": &c.me, "other": &c.other,
		"theirs": &c.theirs, "past": &c.past, "healed": &c.healed, "now": &c.now, "general": &c.general,
		"suppose": &c.suppose, "asks": &c.asks, "question": &c.question, "mine": &c.mine, "number": &c.number, "numberpart": &c.numberpart, "numberish": &c.numberish,
		"units": &c.units, "effort": &c.effort, "notpain": &c.notpain, "hurt": &c.hurt, "anypart": &c.anypart, "heat": &c.heat, "cleared": &c.cleared,
	}
}

// places are the marks that only say where and amid what.
var places = []string{"anypart", "part", "jointpart", "heelcalf", "calf", "muscle", "trunk", "heat", "exert"}

// How far cues reach, in words.
const (
	reachNot   = 6
	reachOther = 14
	reachPast  = 3
)

// strike takes out of account what is not about the writer, or not so, or not
// now. A part of the body is not denied by what is said of it, and heat is nobody's own.
func (r *reading) strike() {
	for _, mark := range r.found {
		spans := r.marks[mark]
		for i := range spans {
			spans[i].struck = r.subject(spans[i]) | r.time(spans[i])
			if !r.guard.places[mark] {
				spans[i].struck |= r.negation(spans[i])
			}
			if mark == r.guard.cues.heat {
				spans[i].struck &^= others
			}
		}
	}
}

// excuse returns why anything was struck out or does not count.
func (r *reading) excuse() (all why) {
	if r.live(r.guard.cues.cleared) {
		all = checked
	}
	if slices.Contains(r.masked, true) {
		all |= figure
	}
	for _, mark := range r.found {
		if !r.guard.used[mark] {
			continue
		}
		for _, s := range r.marks[mark] {
			all |= s.struck
		}
	}
	return all
}

// negation strikes a span if a negation stands shortly before it in its clause:
// "no pain", "didn't get dizzy". A negation inside the span is part of its sense: "can't walk".
func (r *reading) negation(s span) why {
	c := &r.guard.cues
	at, found := r.last(c.not, s.start, reachNot)
	if !found || r.tokens[at.start].clause != r.tokens[s.start].clause {
		return 0
	}
	if broken, found := r.last(c.breaks, s.start, reachNot); found && broken.start >= at.start {
		return 0
	}
	return negated
}

// subject strikes a span if the nearest subject before it, in its sentence, is
// not the writer. Without a subject it is the writer who speaks of themselves.
func (r *reading) subject(s span) why {
	c := &r.guard.cues
	if slices.ContainsFunc(r.marks[c.theirs], s.covers) && !slices.ContainsFunc(r.marks[c.me], s.covers) {
		return others
	}
	other, found := r.last(c.other, s.start, reachOther)
	if !found {
		return 0
	}
	if me, found := r.last(c.me, s.end, reachOther+s.end-s.start); found && me.end > other.start && !other.covers(me) {
		return 0
	}
	return others
}

// time strikes a span if it is said to be past in its clause, or close by, or
// if its sentence asks or supposes something in general.
func (r *reading) time(s span) why {
	c := &r.guard.cues
	sentence := r.tokens[s.start].sentence
	switch {
	case r.beyond(s):
		return past
	case r.in(c.suppose, sentence):
		return general
	case r.in(c.mine, sentence) || r.in(c.now, sentence):
		return 0
	case r.in(c.general, sentence) || r.asked(sentence):
		return general
	}
	return 0
}

// beyond is true if a span is said to be past in its clause or close by, and not nearer to it that it is now.
func (r *reading) beyond(s span) bool {
	c := &r.guard.cues
	past, found := r.nearest(c.past, s)
	if !found {
		return false
	}
	now, found := r.nearest(c.now, s)
	return !found || now > max(past, 0)+near
}

// nearest returns how many words lie between a span and the nearest of a mark that is close to it.
func (r *reading) nearest(mark int, s span) (words int, found bool) {
	for _, o := range r.marks[mark] {
		if r.close(o, s) && (!found || apart(o, s) < words) {
			words, found = apart(o, s), true
		}
	}
	return words, found
}

// asked is true if a sentence begins as a question does and says nothing of the writer.
func (r *reading) asked(sentence int) bool {
	c := &r.guard.cues
	if r.in(c.me, sentence) {
		return false
	}
	for _, s := range r.marks[c.question] {
		if r.tokens[s.start].sentence == sentence {
			return s.start == 0 || r.tokens[s.start-1].sentence != sentence
		}
	}
	return false
}

// close is true if two spans share a clause, or a sentence with next to nothing between them.
func (r *reading) close(a, b span) bool {
	x, y := r.tokens[a.start], r.tokens[b.start]
	return x.clause == y.clause || x.sentence == y.sentence && apart(a, b) <= reachPast
}

// last returns the last span of a mark that ends at or before a token, in the
// same sentence and at most reach words away.
func (r *reading) last(mark, before, reach int) (span, bool) {
	spans := r.marks[mark]
	for i := len(spans) - 1; i >= 0; i-- {
		if s := spans[i]; s.end <= before {
			same := r.tokens[s.start].sentence == r.tokens[before-1].sentence
			return s, same && before-s.end <= reach
		}
	}
	return span{}, false
}

// in is true if a sentence has the mark.
func (r *reading) in(mark, sentence int) bool {
	for _, s := range r.marks[mark] {
		if r.tokens[s.start].sentence == sentence {
			return true
		}
	}
	return false
}
