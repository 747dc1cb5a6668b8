package when

import "legcoach/coach/token"

// length reads a duration at token i: "an hour and a half", "2h", "45 mins",
// "10 more minutes", "two weeks".
func (s scan) length(i int) (Mention, int) {
	for _, grammar := range [...]func(scan, int) (Length, int){scan.halves, scan.amount} {
		if l, n := grammar(s, i); n > 0 {
			return Mention{What: ALength, Length: l}, n
		}
	}
	return Mention{}, 0
}

// halves reads "half an hour", "quarter of an hour", "three quarters of an hour".
func (s scan) halves(i int) (Length, int) {
	var minutes, j int
	switch {
	case s.text(i) == "half" || s.text(i) == "1/2":
		minutes, j = 30, i+1
	case s.is(i, quarter) > 0:
		minutes, j = 15, i+s.is(i, quarter)
	case s.text(i) == "three" && s.text(i+1) == "quarters":
		minutes, j = 45, i+2
	default:
		return Length{}, 0
	}
	if s.text(j) == "of" {
		j++
	}
	if s.text(j) == "a" || s.text(j) == "an" {
		j++
	}
	if v, n := s.at(j, unit); n > 0 && v == 60 {
		return Length{Minutes: minutes}, j + n - i
	}
	return Length{}, 0
}

// amount reads a number and its unit, with what is added to it.
func (s scan) amount(i int) (Length, int) {
	v, n := s.cardinal(i)
	j := i + n
	if n == 0 || s.text(i) == "a" && s.rate(i-1) {
		// "hr and a half"
		if u, k := s.at(i, unit); k == 1 && u == 60 && s.andHalf(i+1) > 0 {
			return Length{Minutes: 90}, 1 + s.andHalf(i+1)
		}
		return Length{}, 0
	}
	tenths := v * 10
	if tenth, ok := s.digits(j+1, 0, 9); ok && s.mark(j, ".,") && s.glued(j) && s.glued(j+1) {
		tenths, j = tenths+tenth, j+2
	} else if k := s.andHalf(j); k > 0 {
		tenths, j = tenths+5, j+k
	}
	if t := s.text(j); t == "more" || t == "further" || t == "-" || t == "extra" {
		j++
	}
	u, n := s.at(j, unit)
	if n > 0 && len(s.text(j)) == 1 && u >= dayUnit && !s.glued(j) {
		n = 0 // "10d" is ten days, "ran 5 w the club" no weeks
	}
	if n == 0 && s.mark(j, "'") && s.glued(j) {
		u, n = 1, 1
	}
	if n == 0 || v > 10000 {
		return Length{}, 0
	}
	j += n
	if u >= dayUnit {
		return Length{Days: tenths * (u - dayUnit) / 10}, j - i
	}
	minutes := tenths * u / 10
	if k := s.andHalf(j); k > 0 {
		minutes, j = minutes+u/2, j+k
	} else if rest, ok := s.digits(j, 1, 59); ok && u == 60 && s.glued(j) {
		minutes, j = minutes+rest, j+1
	} else if rest, k := s.restMinutes(j); k > 0 && u == 60 {
		minutes, j = minutes+rest, j+k
	}
	return Length{Minutes: minutes}, j - i
}

// rate reports whether token i says how often, so that "a week" behind it is no length.
func (s scan) rate(i int) bool {
	if i >= 0 && s.tokens[i].Class == token.Number {
		return true
	}
	return s.small.Rates[s.text(i)]
}

// restMinutes reads "and 20 minutes" after hours.
func (s scan) restMinutes(j int) (int, int) {
	from := j
	if s.text(j) == "and" {
		j++
	}
	v, n := s.cardinal(j)
	if u, k := s.at(j+n, unit); n > 0 && k > 0 && u == 1 {
		return v, j + n + k - from
	}
	return 0, 0
}

// andHalf reads "and a half".
func (s scan) andHalf(i int) int {
	if s.text(i) != "and" && s.text(i) != "n" && s.text(i) != "&" {
		return 0
	}
	if s.text(i+1) == "a" && s.text(i+2) == "half" {
		return 3
	}
	if s.text(i+1) == "half" {
		return 2
	}
	return 0
}
