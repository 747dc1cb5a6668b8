package safety

import (
	"slices"
	"strconv"
)

// number returns the worst pain that the message puts a number to, or -1. "4/10"
// is a number of pain by itself, unless it is said of effort; "about a four"
// only beside something that hurts.
func (r *reading) number() int {
	c := &r.guard.cues
	worst := -1
	for _, s := range r.marks[c.number] {
		if s.struck == 0 && !r.live(c.notpain) && r.ofPain() {
			worst = max(worst, r.scale(s))
		}
	}
	for _, s := range r.marks[c.numberpart] {
		if s.struck == 0 && !r.counted(s) {
			worst = max(worst, r.scale(s))
		}
	}
	if !r.live(c.hurt) && worst < 0 {
		return worst
	}
	for _, s := range r.marks[c.numberish] {
		if s.struck == 0 && !r.counted(s) && !r.live(c.notpain) {
			worst = max(worst, r.scale(s))
		}
	}
	return worst
}

// brief is how many words somebody writes who is asked for a number.
const brief = 6

// ofPain is true if a number of ten can be one of pain: something hurts, a part
// of the body is named, or the message says little else and nothing of an effort.
func (r *reading) ofPain() bool {
	c := &r.guard.cues
	return len(r.tokens) <= brief && len(r.marks[c.effort]) == 0 || r.live(c.hurt) || r.live(c.anypart)
}

// counted is true if the number in a span counts things: "6 reps".
func (r *reading) counted(s span) bool {
	return slices.ContainsFunc(r.marks[r.guard.cues.units], func(u span) bool {
		return u.start < s.end && s.start < u.end
	})
}

// scale returns the first number from 0 to 10 in a span, in digits or words, or -1.
func (r *reading) scale(s span) int {
	for i := s.start; i < s.end; i++ {
		text := r.tokens[i].text
		if n, err := strconv.ParseFloat(text, 64); err == nil && n >= 0 && n <= 10 {
			return int(n)
		}
		for n, word := range numbers {
			if text == word {
				return n
			}
		}
	}
	return -1
}

var numbers = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}
