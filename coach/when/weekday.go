package when

import "legcoach/coach/token"

// counted reads "yesterday", "last night", "tomorrow morning".
func (s scan) counted(i int) (Day, int) {
	offset, n := s.at(i, relative)
	if n == 0 {
		return Day{}, 0
	}
	d := Day{Counted: true, Offset: offset, Weekday: -1, Part: -1}
	if p, _ := s.at(i, part); s.is(i, part) == n {
		d.Part = p
	}
	return s.withPart(d, i, i+n)
}

// withPart takes the part of the day that follows a date along.
func (s scan) withPart(d Day, from, j int) (Day, int) {
	if t := s.text(j); t == "in" || t == "late" || t == "early" || t == "at" || t == "'s" {
		if p, n := s.at(j+1, part); n > 0 {
			d.Part, j = p, j+1+n
			return d, j - from
		}
	}
	if p, n := s.at(j, part); n > 0 {
		d.Part, j = p, j+n
	}
	return d, j - from
}

// distance reads "two days ago", "a week ago today", "this day last week", "in 3 days".
func (s scan) distance(i int) (Day, int) {
	if n := s.is(i, this); n > 0 && s.text(i+n) == "day" && s.is(i+n+1, lastWeek) > 0 {
		return Day{Counted: true, Offset: -7, Weekday: -1, Part: -1}, n + 1 + s.is(i+n+1, lastWeek)
	}
	j := i
	ahead := s.text(i) == "in"
	if ahead {
		j++
	}
	v, n := s.cardinal(j)
	if k := s.is(j+n, nightsAgo); n > 0 && k > 0 {
		return Day{Counted: true, Offset: -v, Weekday: -1, Part: nightPart}, j + n + k - i
	}
	u, m := s.at(j+n, unit)
	if n == 0 || m == 0 || u < dayUnit || v > 366 {
		return Day{}, 0
	}
	days, j := v*(u-dayUnit), j+n+m
	if d, k := s.weeksFrom(days, j, i); k > 0 && !ahead {
		return d, j + k - i
	}
	if k := s.is(j, ago); k > 0 && !ahead {
		j += k
		if _, k := s.at(j, relative); k > 0 && s.text(j) != "yesterday" {
			j += k
		}
		return Day{Counted: true, Offset: -days, Weekday: -1, Part: -1}, j - i
	}
	if offset, k := s.at(j, relative); k > 0 && days%7 == 0 && (offset == 0 || offset == 1) && s.leadBefore(i) != To {
		return Day{Counted: true, Offset: days + offset, Weekday: -1, Part: -1}, j + k - i
	}
	if k := s.is(j, hence); ahead || k > 0 {
		return Day{Counted: true, Offset: days, Weekday: -1, Part: -1}, j + k - i
	}
	return Day{}, 0
}

// weeksFrom reads what follows "a week" at token j, which days are and which
// begins at token from: "on friday", "from friday", "ago tuesday", "last tuesday".
func (s scan) weeksFrom(days, j, from int) (Day, int) {
	if days%7 != 0 || s.leadBefore(from) == To {
		return Day{}, 0
	}
	d, i := Day{Weeks: days / 7, Part: -1}, j
	switch k := s.is(j, ago); {
	case k > 0:
		d = Day{Near: true, Offset: -days, Part: -1}
		if i += k; s.text(i) == "on" {
			i++
		}
	case s.text(j) == "on", s.text(j) == "from" && days == 7:
		i++
	case s.is(j, last) > 0:
		i, d.Weeks = i+s.is(j, last), -d.Weeks
	default:
		return Day{}, 0
	}
	v, n := s.at(i, weekday)
	if n == 0 {
		return Day{}, 0
	}
	d.Weekday = v
	return d, i + n - j
}

// weekday reads "tues", "last friday", "friday just gone", "thursday last week", "sunday arvo".
func (s scan) weekday(i int) (Day, int) {
	d, j := Day{Part: -1}, i
	switch n := 0; {
	case s.weekOf(j) > 0:
		if s.is(j, nextWeek) > 0 {
			d.Which = 1
		} else {
			d.Which = -1
		}
		d.InWeek = true
		j += s.weekOf(j)
	case s.is(j, last) > 0:
		d.Which, n = -1, s.is(j, last)
		j += n
	case s.is(j, next) > 0:
		d.Which, d.InWeek, n = 1, true, s.is(j, next)
		j += n
	case s.is(j, this) > 0:
		j += s.is(j, this)
	}
	v, n := s.at(j, weekday)
	if n == 0 {
		v, n = s.at(j, plural)
		if n == 0 || !s.possessive(j) {
			return Day{}, 0
		}
	}
	if n == 1 && s.mistaken(j) {
		return Day{}, 0
	}
	d.Weekday, j = v, j+n
	if s.text(j) == "'s" {
		j++
	}
	d, n = s.withPart(d, i, j)
	j = i + n
	if m := s.is(j, lastWeek); m > 0 {
		d.Which, d.InWeek, j = -1, true, j+m
	} else if m := s.is(j, nextWeek); m > 0 {
		d.Which, d.InWeek, j = 1, true, j+m
	} else if m := s.is(j, gone); m > 0 {
		d.Which, j = -1, j+m
	} else if s.text(j) == "past" && (j+1 >= len(s.tokens) || s.tokens[j+1].Class != token.Number) {
		d.Which, j = -1, j+1
	} else if m := s.is(j, beforeLast); m > 0 {
		d.Weeks, j = -1, j+m
	} else if u, m := s.at(j, unit); m > 0 && s.singleWeeks(j, u) {
		d.Weeks, j = (u-dayUnit)/7, j+m
	} else if s.text(j) == "coming" {
		j++
	}
	return d, j - i
}

// weekOf returns how many tokens are "last week" or "next week" at token i, said before its weekday.
func (s scan) weekOf(i int) int {
	n := max(s.is(i, lastWeek), s.is(i, nextWeek))
	if n == 0 {
		return 0
	}
	if t := s.text(i + n); t == "on" || t == "'s" {
		n++
	}
	if s.is(i+n, weekday) == 0 {
		return 0
	}
	return n
}

// singleWeeks reports whether token j is the week of "friday week" or the fortnight of "monday fortnight".
func (s scan) singleWeeks(j, value int) bool {
	t := s.text(j)
	return (value == dayUnit+7 || value == dayUnit+14) && t != "" && t[len(t)-1] != 's' && (j+1 >= len(s.tokens) || s.tokens[j+1].Class == token.Mark)
}

// possessive reports whether a plural at token i is a possessive without its
// apostrophe: "thursdays session", "mondays hills", after which a thing follows.
func (s scan) possessive(i int) bool {
	return s.is(i+1, counted) > 0 || s.is(i+1, owned) > 0
}

// mistaken reports whether the short name of a weekday at token i is another word: "I sat", "the sun".
func (s scan) mistaken(i int) bool {
	switch s.text(i) {
	case "sat":
		before := s.text(i - 1)
		return before == "i" || before == "someone" || before == "and" && s.text(i+1) == "down" || before == "just" || before == "have" || before == "'s" ||
			s.text(i+1) == "on" || s.text(i+1) == "down" || s.text(i+1) == "in" || s.text(i+1) == "at" && s.text(i+2) == "my"
	case "sun":
		return s.text(i-1) == "the" || s.text(i-1) == "in" && s.text(i+1) == ""
	}
	return false
}
