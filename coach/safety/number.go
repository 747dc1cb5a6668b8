package safety

import "strconv"

// number returns the worst pain that the message puts a number to, or -1. A
// number counts if a pattern of the mark "number" says that it is pain on the scale.
func (r *reading) number() int {
	mark, err := r.guard.mark("number")
	if err != nil {
		return -1
	}
	worst := -1
	for _, s := range r.marks[mark] {
		if s.struck {
			continue
		}
		worst = max(worst, r.scale(s))
	}
	return worst
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
