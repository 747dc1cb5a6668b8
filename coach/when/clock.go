package when

import (
	"legcoach/coach/day"
	"legcoach/coach/token"
)

func clockMention(hour, minute int, open, weak bool, n int) (Mention, int) {
	return Mention{What: AClock, Clock: Clock{day.At(hour%24, minute), open && 0 < hour && hour <= 12, weak}}, n
}

// clock reads a time of day at token i.
func (s scan) clock(i int) (Mention, int) {
	if v, n := s.at(i, noon); n > 0 {
		return Mention{What: AClock, Clock: Clock{Clock: day.Clock(v)}}, n
	}
	for _, grammar := range [...]func(scan, int) (hour, minute, n int, sure bool){scan.digital, scan.phrase, scan.military, scan.bare} {
		hour, minute, n, sure := grammar(s, i)
		if n == 0 {
			continue
		}
		j := i + n
		if s.text(j) == "ish" || s.text(j) == "sharp" {
			j++
		}
		if half, k := s.meridiem(j); k > 0 && hour <= 12 {
			return clockMention(hour%12+12*half, minute, false, false, j+k-i)
		}
		zeroed := s.tokens[i].Class == token.Number && s.tokens[i].Text[0] == '0'
		if v, k := s.at(j-1, unit); k > 0 && v == 60 && len(s.text(j-1)) > 1 {
			zeroed = true // "10:00 hrs"
		}
		return clockMention(hour, minute, !zeroed, !sure, j-i)
	}
	return Mention{}, 0
}

// meridiem reads "am", "p.m." and the like at token i: 0 before noon, 1 after.
func (s scan) meridiem(i int) (half, n int) {
	v, n := s.at(i, meridiem)
	if n == 0 || len(s.text(i)) == 1 && n == 1 && !s.glued(i) { // "7p", but not "7 a day"
		return 0, 0
	}
	if s.mark(i+n, ".") && n > 1 {
		n++
	}
	if v == morningPart {
		return 0, n
	}
	return 1, n
}

// digital reads 18:30, 6.15, 20h30, 19h, 8 uhr and 6pm.
func (s scan) digital(i int) (hour, minute, n int, sure bool) {
	hour, ok := s.digits(i, 0, 24)
	if !ok || s.mark(i-1, "x×*/.:") && s.glued(i) {
		return 0, 0, 0, false
	}
	divided := s.mark(i+1, ":.") || s.text(i+1) == "h" || s.text(i+1) == "："
	if minute, n := s.spaced(i); n > 0 {
		return hour, minute, n, true
	}
	if s.text(i+1) == "h" && s.leadBefore(i) == In {
		return 0, 0, 0, false // "in 1h30"
	}
	if minute, ok := s.digits(i+2, 0, 59); ok && divided && s.glued(i+1) && s.glued(i+2) && len(s.tokens[i+2].Text) == 2 && (!s.measure(i+3) || s.mark(i+1, ":") && s.hoursBehind(i+3, hour) > 0) {
		if s.mark(i+3, ":") && s.glued(i+3) {
			return 0, 0, 0, false // 6:30:12 is how long a run took
		}
		return hour, minute, 3 + s.hoursBehind(i+3, hour), true
	}
	if _, k := s.meridiem(i + 1); k > 0 && 0 < hour && hour <= 12 && !(s.text(i+1) == "am" && s.text(i) == "i") {
		return hour, 0, 1, true
	}
	if k := s.is(i+1, hourMark); k > 0 {
		if m, ok := s.digits(i+1+k, 0, 59); ok && s.text(i+1) == "uhr" {
			return hour, m, 2 + k, true
		}
		// "2h" is as often a length; what stands before it says which.
		lead := s.leadBefore(i)
		if s.text(i+1) != "h" || hour > 12 || lead == At || lead == To || i > 0 && lead == None && !s.mark(i-1, ",.;") && s.afterDay(i) {
			return hour, 0, 1 + k, true
		}
	}
	return 0, 0, 0, false
}

// spaced reads the minute of "6 30 pm" and "at 6 30", and how long the clock is without what follows.
func (s scan) spaced(i int) (minute, n int) {
	minute, ok := s.digits(i+1, 0, 59)
	if !ok || len(s.text(i+1)) != 2 || s.glued(i+1) || s.glued(i+2) && s.tokens[min(i+2, len(s.tokens)-1)].Class != token.Word {
		return 0, 0
	}
	if _, k := s.meridiem(i + 2); k > 0 || s.leadBefore(i) == At && minute%5 == 0 && !s.measure(i+2) && s.is(i+2, unit) == 0 && s.is(i+2, counted) == 0 {
		return minute, 2
	}
	return 0, 0
}

// hoursBehind returns 1 if the hours that are said at token i belong to the
// clock before it: "18:30 hours" is none that lasts so long.
func (s scan) hoursBehind(i, hour int) int {
	zeroed := i >= 3 && s.tokens[i-3].Text[0] == '0'
	if u, n := s.at(i, unit); n == 1 && u == 60 && (hour > 5 || zeroed) {
		return 1
	}
	return 0
}

// measure reports whether token i makes the number before it a distance or a weight.
func (s scan) measure(i int) bool {
	return s.small.Measures[s.text(i)]
}

// afterDay reports whether the word before token i names a day or a part of one.
func (s scan) afterDay(i int) bool {
	for _, c := range [...]class{weekday, plural, relative, part, set} {
		if s.is(i-1, c) > 0 {
			return true
		}
	}
	return false
}

// phrase reads "half six", "quarter past 7", "ten to eight", "seven thirty".
func (s scan) phrase(i int) (hour, minute, n int, sure bool) {
	if k := s.is(i, half); k > 0 {
		if h, m := s.hour(i + k); m > 0 && !s.measure(i+k+m) && s.is(i+k+m, unit) == 0 {
			return h, 30, k + m, true
		}
	}
	if k := s.is(i, halb); k > 0 {
		if h, m := s.hour(i + k); m > 0 {
			return (h + 23) % 24, 30, k + m, true
		}
	}
	minutes, k := 15, s.is(i, quarter)
	if k > 0 && s.text(i+k) == "of" {
		if h, m := s.hour(i + k + 1); m > 0 && h > 0 && s.is(i+k+1+m, unit) == 0 {
			return hourBefore(h), 45, k + 1 + m, true
		}
	}
	if k == 0 {
		minutes, k = s.cardinal(i)
	}
	if k > 0 && minutes < 60 {
		j := i + k
		if v, m := s.at(j, unit); m > 0 && v == 1 {
			j += m
		}
		if m := s.is(j, past); m > 0 {
			if h, l := s.hour(j + m); l > 0 {
				return h, minutes, j + m + l - i, true
			}
		}
		if m := s.is(j, toHour); m > 0 && (minutes%5 == 0 || j > i+k) && s.is(i, quarter)+s.fives(minutes) > 0 {
			if h, l := s.hour(j + m); l > 0 && h > 0 {
				return hourBefore(h), 60 - minutes, j + m + l - i, true
			}
		}
	}
	return s.spelled(i)
}

// hourBefore returns the hour before h, as clocks are read: "quarter to one" is in the twelfth.
func hourBefore(h int) int {
	if h == 1 {
		return 12
	}
	return h - 1
}

// fives returns 1 if clocks are read by that many minutes.
func (s scan) fives(minutes int) int {
	if minutes > 0 && minutes%5 == 0 && minutes <= 25 {
		return 1
	}
	return 0
}

// spelled reads "seven thirty", "six fifteen".
func (s scan) spelled(i int) (hour, minute, n int, sure bool) {
	h, k := s.at(i, number)
	if k != 1 || h < 1 || h > 12 || s.text(i) == "a" || s.text(i) == "an" {
		return 0, 0, 0, false
	}
	if s.mark(i+1, "-") {
		k++
	}
	m, l := s.cardinal(i + k)
	if l == 0 || s.tokens[i+k].Class == token.Number || m < 10 || m > 59 || s.is(i+k+l, unit) > 0 {
		return 0, 0, 0, false
	}
	return h, m, k + l, true
}

// hour reads the hour of a clock in words or digits.
func (s scan) hour(i int) (int, int) {
	if s.text(i) == "a" || s.text(i) == "an" {
		return 0, 0
	}
	v, n := s.cardinal(i)
	if n != 1 || v > 24 || s.mark(i+1, ":") && s.glued(i+1) {
		return 0, 0
	}
	if k := s.is(i+1, hourMark); k > 0 {
		n += k
	}
	return v, n
}

// military reads 0630 and 1830.
func (s scan) military(i int) (hour, minute, n int, sure bool) {
	t := s.tokens[i]
	if t.Class != token.Number || t.Value < 0 || t.Value/100 > 23 || t.Value%100 > 59 {
		return 0, 0, 0, false
	}
	if len(t.Text) == 4 && s.hoursBehind(i+1, 24) > 0 {
		return t.Value / 100, t.Value % 100, 2, true
	}
	if s.measure(i+1) || s.is(i+1, unit) > 0 {
		return 0, 0, 0, false
	}
	switch len(t.Text) {
	case 4:
		return t.Value / 100, t.Value % 100, 1, t.Text[0] == '0' || s.leadBefore(i) == At
	case 3:
		if _, k := s.meridiem(i + 1); k > 0 || s.leadBefore(i) == At && t.Value%5 == 0 {
			return t.Value / 100, t.Value % 100, 1, true
		}
	}
	return 0, 0, 0, false
}

// bare reads the hour in "at 8", "around six", "6 in the evening", "till 3".
func (s scan) bare(i int) (hour, minute, n int, sure bool) {
	if h, k := s.at(i, about); k > 0 {
		return h, 0, k, true
	}
	h, k := s.cardinal(i)
	if k != 1 || h > 24 || h == 0 || s.text(i-1) == "x" && s.tokens[i].Glued || s.text(i) == "a" || s.text(i) == "an" || s.text(i) == "once" {
		return 0, 0, 0, false
	}
	if _, m := s.meridiem(i + 1); m > 0 {
		return h, 0, 1, true
	}
	if m := s.andHalf(i + 1); m > 0 && h <= 12 && s.is(i+1+m, unit) == 0 {
		return h, 30, 1 + m, s.leadBefore(i) == At
	}
	next := s.tokens[i:]
	if len(next) > 1 && (next[1].Glued && (next[1].Class == token.Number || next[1].Class == token.Word && next[1].Text != "ish" || s.mark(i+1, "/:-x×%"))) {
		return 0, 0, 0, false
	}
	if s.is(i+1, part) > 1 || s.text(i+1) == "tonight" || s.text(i+1) == "this" && s.is(i+1, part) > 0 {
		return h, 0, 1, true
	}
	if m := s.is(i+1, hourMark); m > 0 {
		return h, 0, 1 + m, true
	}
	if s.is(i+1, counted) > 0 || s.is(i+1, unit) > 0 || s.measure(i+1) {
		return 0, 0, 0, false
	}
	switch s.leadBefore(i) {
	case At:
		return h, 0, 1, true
	case Until, To, From, After, Before, Not:
		return h, 0, 1, false
	}
	if _, m := s.at(i+1, part); m > 0 || s.text(i+1) == "ish" {
		return h, 0, 1, true
	}
	return 0, 0, 0, false
}

// settleParts closes open clocks that a part of the day stands by: "sunday
// mornings at nine", "8 tonight". The nearest part within a few words decides.
func (s scan) settleParts(found []Mention) {
	const reach = 6
	for m := range found {
		c := &found[m]
		if c.What != AClock || !c.Clock.Open {
			continue
		}
		for d := 0; d < reach; d++ {
			p, ok := s.partAt(c.To+d, found)
			if !ok {
				p, ok = s.partAt(c.From-1-d, found)
			}
			if ok {
				c.Clock = settle(c.Clock, p)
				break
			}
		}
	}
}

// partAt returns the part of the day that is said at token i.
func (s scan) partAt(i int, _ []Mention) (int, bool) {
	if i < 0 || i >= len(s.tokens) {
		return 0, false
	}
	p, n := s.at(i, part)
	return p, n > 0
}

// settle returns c in that part of the day.
func settle(c Clock, part int) Clock {
	hour := c.Clock.Hour()
	late := part == afternoonPart || part == eveningPart || part == nightPart && hour >= 5
	c.Open = false
	switch {
	case late && hour < 12:
		c.Clock += 12 * 60
	case !late && hour == 12, part == nightPart && hour == 12:
		c.Clock -= 12 * 60
	}
	return c
}
