package safety

import (
	"strings"
	"sync"
)

// maxMarks is how many different marks there can be.
const maxMarks = 192

// maxSpans is how often one mark is noted in a message; a message that says
// "pain" more often says nothing new by it.
const maxSpans = 12

// span is where a pattern was found: tokens[start:end].
type span struct {
	start, end int
	struck     why // why it does not count; 0 if it does
}

// why says why something that was found does not count.
type why uint8

const (
	negated why = 1 << iota
	others      // it is about somebody or something else
	past
	general // it asks or supposes something about people in general
	figure  // it is a figure of speech
	checked // somebody who knows has looked at it
)

// covers is true if the other span lies wholly inside this one.
func (s span) covers(o span) bool { return s.start <= o.start && o.end <= s.end }

// within is true if one of the spans lies wholly inside the other.
func (s span) within(o span) bool { return s.covers(o) || o.covers(s) }

// apart returns how many words lie between two spans; 0 or less if they touch.
func apart(a, b span) int { return max(a.start-b.end, b.start-a.end) }

// reading is one message while it is read.
type reading struct {
	guard  *Guard
	tokens []token
	marks  [maxMarks][]span
	found  []int  // the marks that have spans
	masked []bool // tokens that belong to a figure of speech
	room   [96]token
	hitAt  [64]hit
}

// readings keeps the room that readings need from one message to the next.
var readings = sync.Pool{New: func() any { return new(reading) }}

// release forgets the message and gives the room back.
func (r *reading) release() {
	for _, mark := range r.found {
		r.marks[mark] = r.marks[mark][:0]
	}
	clear(r.room[:])
	clear(r.hitAt[:])
	r.guard, r.tokens, r.found, r.masked = nil, nil, r.found[:0], r.masked[:0]
	readings.Put(r)
}

// hit is a pattern that stands at tokens[start:end].
type hit struct {
	mark, start, end int
}

// find leaves a mark wherever a pattern stands, except inside a figure of
// speech; a word of time is none: the "back in" of "back in 2016".
func (r *reading) find() {
	hits := r.hits(r.hitAt[:0])
	figure, past := r.guard.cues.figure, r.guard.cues.past
	for range r.tokens {
		r.masked = append(r.masked, false)
	}
	for _, h := range hits {
		if h.mark == figure {
			for i := h.start; i < h.end; i++ {
				r.masked[i] = true
			}
		}
	}
	for _, h := range hits {
		if h.mark != figure && (h.mark == past || !r.hidden(h.start, h.end)) && len(r.marks[h.mark]) < maxSpans {
			if len(r.marks[h.mark]) == 0 {
				r.found = append(r.found, h.mark)
			}
			r.marks[h.mark] = append(r.marks[h.mark], span{start: h.start, end: h.end})
		}
	}
}

// hits appends every pattern that stands somewhere, in the order of the
// message. A figure of speech is said in one breath: "can't walk, the leg" is none.
func (r *reading) hits(all []hit) []hit {
	figure, book := r.guard.cues.figure, r.guard.patterns
	var said sketch
	for _, t := range r.tokens {
		said.add(t.word)
	}
	for at := range r.tokens {
		var next sketch
		if at+1 < len(r.tokens) {
			next.add(r.tokens[at+1].word)
		}
		for _, n := range book.beginning(r.tokens[at].word) {
			p := &book.patterns[n]
			if p.beside && !p.needs.meets(next) || !p.needs.meets(said) {
				continue
			}
			end := book.match(p, r.tokens, at)
			if end > at && (int(p.mark) != figure || p.gapped || r.tokens[at].clause == r.tokens[end-1].clause) {
				all = append(all, hit{int(p.mark), at, end})
			}
		}
	}
	return all
}

// hidden is true if what a pattern begins or ends with belongs to a figure of speech.
func (r *reading) hidden(start, end int) bool { return r.masked[start] || r.masked[end-1] }

// said returns the words of a span as they were typed, but for case and apostrophes.
func (r *reading) said(s span) string {
	var b strings.Builder
	for i := s.start; i < s.end; i++ {
		if i > s.start {
			b.WriteByte(' ')
		}
		b.WriteString(r.tokens[i].text)
	}
	return b.String()
}
