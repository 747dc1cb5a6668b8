package safety

// cues are the marks that say who, when and whether, by number.
type cues struct {
	figure  int // a figure of speech: the words in it mean nothing else
	not     int // "no", "never", "doesn't"
	breaks  int // "but", "only": what comes after it is not negated any more
	me      int // the writer as subject: "I", "my knee"
	other   int // somebody or something else as subject: "my wife", "the dog", "phone"
	past    int // "in 2019", "years ago"
	healed  int // "all healed", "long gone"
	now     int // "since", "again", "today"
	general int // "what causes", "is … common in runners"
	suppose int // "what if", "if I said"
	asks    int // a question
}

// table gives the cues their names in content/safety/words.yaml.
func (c *cues) table() map[string]*int {
	return map[string]*int{
		"figure": &c.figure, "not": &c.not, "breaks": &c.breaks, "me": &c.me, "other": &c.other,
		"past": &c.past, "healed": &c.healed, "now": &c.now, "general": &c.general,
		"suppose": &c.suppose, "asks": &c.asks,
	}
}

// How far cues reach, in words.
const (
	reachNot   = 6
	reachOther = 14
)

// strike takes out of account what is not about the writer, or not so, or not now.
func (r *reading) strike() {
	for mark := range r.guard.names {
		spans := r.marks[mark]
		for i := range spans {
			spans[i].struck = r.negated(spans[i]) || r.others(spans[i]) || r.unreal(spans[i])
		}
	}
}

// negated is true if a negation stands shortly before the span in its clause:
// "no pain", "didn't get dizzy". A negation inside the span is part of its sense: "can't walk".
func (r *reading) negated(s span) bool {
	c := &r.guard.cues
	at, found := r.last(c.not, s.start, reachNot)
	if !found || r.tokens[at.start].clause != r.tokens[s.start].clause {
		return false
	}
	broken, found := r.last(c.breaks, s.start, reachNot)
	return !found || broken.start < at.start
}

// others is true if the nearest subject before the span, in its sentence, is
// not the writer. Without a subject it is the writer who speaks of themselves.
func (r *reading) others(s span) bool {
	c := &r.guard.cues
	other, found := r.last(c.other, s.start, reachOther)
	if !found {
		return false
	}
	me, found := r.last(c.me, s.end, reachOther+s.end-s.start)
	return !found || me.start <= other.start
}

// unreal is true if the span's sentence is about the past, or asks or supposes in general.
func (r *reading) unreal(s span) bool {
	c := &r.guard.cues
	sentence := r.tokens[s.start].sentence
	if r.in(c.general, sentence) || r.in(c.suppose, sentence) {
		return true
	}
	return r.in(c.past, sentence) && !r.in(c.now, sentence)
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
