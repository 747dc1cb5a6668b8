package when

// set reads days that are named together or as a habit: "weekdays",
// "mon-fri", "mo mi fr", "every tuesday", "every day except sunday".
func (s scan) set(i int) (Mention, int) {
	if n := s.is(i, others); n > 0 {
		return Mention{What: Days, Week: Daily, Plural: true}, n
	}
	m, n := s.several(i)
	if n == 0 {
		return Mention{}, 0
	}
	m.What = Days
	j := i + n
	if s.mark(j, ",") {
		j++
	}
	if k := s.is(j, except); k > 0 {
		if s.text(j+k) == "on" {
			k++
		}
		out, l := s.several(j + k)
		if l == 0 {
			out.Week, l, _ = s.one(j + k)
		}
		if l > 0 {
			m.Week &^= out.Week
			return m, j + k + l - i
		}
	}
	return m, n
}

// several reads a list or range of days, of two or more, or one that is said as a habit.
func (s scan) several(i int) (Mention, int) {
	if v, n := s.at(i, set); n > 0 {
		w := Week(v)
		return Mention{Week: w & Daily, Every: w == alternate, Plural: true}, n
	}
	j, habit := i, false
	if n := s.is(i, every); n > 0 {
		j, habit = i+n, true
	}
	from := j
	first, n, sort := s.one(j)
	if n == 0 || j == i && (s.text(i) == "on" || s.text(i) == "the") {
		return Mention{}, 0
	}
	firstSaid, lastSaid := s.weekdayAt(from), s.weekdayAt(from)
	week, count, certain := first, 1, boolToInt(sort != short)
	unsure := sort == short && s.small.Alike[s.text(from)]
	habit = habit || sort == plural
	j += n
	for {
		k, ranged := s.between(j)
		more, n, sort := s.one(j + k)
		if n == 0 || k == 0 && s.text(j) == "" {
			break
		}
		if ranged && !s.listed(j, k, n) {
			more = span(last7(week), last7(more))
		}
		if sort == short && s.small.Alike[s.text(j+k)] && certain > 0 {
			break
		}
		week |= more
		lastSaid = s.weekdayAt(j + k)
		certain += boolToInt(sort != short)
		habit = habit || sort == plural
		count, j = count+1, j+k+n
	}
	if s.text(j) == "'s" {
		j++
	}
	if certain == 0 && count < 3 && !s.pairOfShorts(i) || count == 1 && !habit || unsure && certain > 0 {
		return Mention{}, 0
	}
	return Mention{Week: week, Plural: habit, First: firstSaid, Last: lastSaid, Count: count}, j - i
}

// weekdayAt returns the weekday named at token i, behind "on" or "the".
func (s scan) weekdayAt(i int) int {
	for s.text(i) == "on" || s.text(i) == "the" {
		i++
	}
	for _, c := range [...]class{weekday, plural, short} {
		if v, n := s.at(i, c); n > 0 {
			return v
		}
	}
	return -1
}

// pairOfShorts reports whether the two short names at token i cannot be other words.
func (s scan) pairOfShorts(i int) bool {
	return !s.small.Alike[s.text(i)] && (s.glued(i+1) || !s.small.Alike[s.text(i+1)])
}

// one reads one name of a day.
func (s scan) one(i int) (Week, int, class) {
	if s.text(i) == "on" || s.text(i) == "the" {
		if w, n, sort := s.one(i + 1); n > 0 && sort != short {
			return w, n + 1, sort
		}
		return 0, 0, short
	}
	for _, c := range [...]class{weekday, plural, short} {
		if v, n := s.at(i, c); n > 0 && !(c == weekday && n == 1 && s.mistaken(i)) {
			return 1 << v, n, c
		}
	}
	return 0, 0, short
}

// between reads what divides the days of a list at token j, and reports whether it spans those in between.
func (s scan) between(j int) (n int, ranged bool) {
	switch t := s.text(j); {
	case s.small.Joins[t]:
		n = 1
		if t := s.text(j + 1); t == "and" || t == "&" || t == "then" {
			n = 2
		}
	case s.small.Spans[t]:
		return 1, true
	}
	return n, false
}

// listed reports whether the dash at token j, with a day of n tokens behind it,
// is one of several that only divide: "mon-wed-fri".
func (s scan) listed(j, k, n int) bool {
	if !s.mark(j, "-–—") {
		return false
	}
	return s.mark(j-2, "-–—") && s.days(j-1) && s.days(j-3) || s.mark(j+k+n, "-–—") && s.days(j+k+n+1)
}

// days reports whether a day is named at token i.
func (s scan) days(i int) bool {
	_, n, _ := s.one(i)
	return n > 0
}

// last7 returns the last weekday in w, counted from Monday as 0.
func last7(w Week) int {
	at := 0
	for i := range 7 {
		if w&(1<<((i+1)%7)) != 0 {
			at = i
		}
	}
	return at
}

// span returns the days from one weekday to another, counted from Monday as 0.
func span(from, to int) Week {
	var w Week
	for i := from; ; i = (i + 1) % 7 {
		w |= 1 << ((i + 1) % 7)
		if i == to {
			return w
		}
	}
}

func boolToInt(b bool) int {
	if b {
		return 1
	}
	return 0
}
