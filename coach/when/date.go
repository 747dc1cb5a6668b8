package when

import (
	"time"

	"legcoach/coach/token"
)

// iso reads 2026-11-14.
func (s scan) iso(i int) (Day, int) {
	if i+4 >= len(s.tokens) || len(s.tokens[i].Text) != 4 || s.tokens[i].Class != token.Number {
		return Day{}, 0
	}
	month, ok := s.digits(i+2, 1, 12)
	date, ok2 := s.digits(i+4, 1, 31)
	if !ok || !ok2 || !s.mark(i+1, "-/.") || !s.mark(i+3, "-/.") {
		return Day{}, 0
	}
	return Day{Weekday: -1, Date: date, Month: time.Month(month), Year: s.tokens[i].Value, Part: -1}, 5
}

// numeric reads 14/11, 14.11. and 14/11/2026: the day first, unless it can only be the month.
func (s scan) numeric(from int) (Day, int) {
	i := s.skipWeekday(from)
	d, n := s.numbers(i)
	if n == 0 || i > from && s.text(i-1) == "the" {
		return Day{}, 0
	}
	return d, i + n - from
}

// numbers reads the numbers of a date that [scan.numeric] reads.
func (s scan) numbers(i int) (Day, int) {
	date, ok := s.digits(i, 1, 31)
	month, ok2 := s.digits(i+2, 1, 31)
	if !ok || !ok2 || !s.glued(i+1) || !s.glued(i+2) {
		return Day{}, 0
	}
	dotted := s.mark(i+1, ".")
	if !dotted && !s.mark(i+1, "/") && !(s.mark(i+1, "-") && s.glued(i+3) && s.mark(i+3, "-")) {
		return Day{}, 0
	}
	if month > 12 && date <= 12 {
		date, month = month, date
	}
	d := Day{Weekday: -1, Date: date, Month: time.Month(month), Part: -1, Order: date <= 12 && s.mark(i+1, "/-")}
	if year, ok := s.year(i + 4); month <= 12 && ok && s.glued(i+3) && s.mark(i+3, "/.-") && s.glued(i+4) {
		d.Year = year
		return d, 5
	}
	lead := s.leadBefore(i)
	closed := s.mark(i+3, ".") && s.glued(i+3) && len(s.tokens[i+2].Text) == 2 && i+4 < len(s.tokens)
	if month > 12 || dotted && !(closed || lead == Until || lead == On) {
		return Day{}, 0
	}
	if !dotted && month == 10 && date <= 10 && lead == None && i > 0 && s.is(i-1, weekday) == 0 {
		return Day{}, 0 // "4/10" says how much it hurts
	}
	return d, 3
}

// year reads a year of four or two digits.
func (s scan) year(i int) (int, bool) {
	if i >= len(s.tokens) || s.tokens[i].Class != token.Number {
		return 0, false
	}
	switch v := s.tokens[i].Value; len(s.tokens[i].Text) {
	case 2:
		return 2000 + v, true
	case 4:
		return v, 1990 < v && v < 2100
	}
	return 0, false
}

// dayOfMonth reads "14", "14th" or "fourteenth", and reports whether it is an ordinal.
func (s scan) dayOfMonth(i int) (date, n int, isOrdinal bool) {
	if v, ok := s.digits(i, 1, 31); ok {
		if m := s.is(i+1, suffix); m > 0 && s.glued(i+1) {
			return v, 1 + m, true
		}
		return v, 1, false
	}
	if v, m := s.at(i, ordinal); m > 0 {
		return v, m, true
	}
	tens, m := s.at(i, number)
	if m > 0 && (tens == 20 || tens == 30) {
		j := i + m
		if s.mark(j, "-") {
			j++
		}
		if v, k := s.at(j, ordinal); k > 0 && v < 10 {
			return tens + v, j + k - i, true
		}
	}
	return 0, 0, false
}

// dayMonth reads "14 Nov", "the 14th of November 2026", "Friday 27th November".
func (s scan) dayMonth(i int) (Day, int) {
	j := s.skipWeekday(i)
	date, n, _ := s.dayOfMonth(j)
	if n == 0 {
		return Day{}, 0
	}
	j += n
	if t := s.text(j); t == "of" || t == "de" || t == "." {
		j++
	}
	m, n := s.at(j, month)
	if n == 0 {
		return Day{}, 0
	}
	return s.withYear(Day{Weekday: -1, Date: date, Month: time.Month(m), Part: -1}, i, j+n)
}

// monthDay reads "Nov 14", "November the 14th, 2026".
func (s scan) monthDay(i int) (Day, int) {
	j := s.skipWeekday(i)
	m, n := s.at(j, month)
	if n == 0 {
		return Day{}, 0
	}
	j += n
	if s.text(j) == "the" {
		j++
	}
	date, n, _ := s.dayOfMonth(j)
	if n == 0 || s.mark(j+1, ":") {
		return Day{}, 0
	}
	return s.withYear(Day{Weekday: -1, Date: date, Month: time.Month(m), Part: -1}, i, j+n)
}

func (s scan) withYear(d Day, from, j int) (Day, int) {
	k := j
	if s.mark(k, ",") {
		k++
	}
	if k < len(s.tokens) && len(s.tokens[k].Text) == 4 {
		if year, ok := s.year(k); ok {
			d.Year, j = year, k+1
		}
	}
	return d, j - from
}

// skipWeekday returns i behind a weekday and an article at token i.
func (s scan) skipWeekday(i int) int {
	if n := s.is(i, weekday); n > 0 {
		i += n
		if s.mark(i, ",") {
			i++
		}
	}
	if s.text(i) == "the" {
		i++
	}
	return i
}

// nth reads "the 14th" and "fri 27th", but not "the third rep".
func (s scan) nth(i int) (Day, int) {
	j := s.skipWeekday(i)
	if n := s.theDay(j, i); n > 0 {
		return Day{Weekday: -1, Date: s.tokens[j+1].Value, Part: -1}, n
	}
	date, n, isOrdinal := s.dayOfMonth(j)
	if n == 0 || s.is(j+n, counted) > 0 {
		return Day{}, 0
	}
	weekdayBefore := s.is(i, weekday) > 0
	led := s.leadBefore(i)
	switch {
	case isOrdinal && (weekdayBefore || j > i || led == Until || led == On || led == To || led == From || led == Not):
	case isOrdinal && n > 1 && len(s.tokens) <= 4:
	case !isOrdinal && s.mark(j+1, ".") && led == Until:
	default:
		return Day{}, 0
	}
	return Day{Weekday: -1, Date: date, Part: -1}, j + n - i
}

// theDay returns the length of "the day 15" and "el dia 15", of which token j is the day.
func (s scan) theDay(j, from int) int {
	v, n := s.at(j, unit)
	if _, ok := s.digits(j+1, 1, 31); !ok || n != 1 || v != dayUnit+1 || j == from && s.leadBefore(j) != Until && s.leadBefore(j) != On {
		return 0
	}
	return j + 2 - from
}

// monthsEnd reads "the end of the month" and "end of november".
func (s scan) monthsEnd(i int) (Day, int) {
	d := Day{Weekday: -1, Date: lastDate, Part: -1}
	if n := s.is(i, monthEnd); n > 0 {
		return d, n
	}
	n := s.is(i, endOf)
	if n == 0 {
		return Day{}, 0
	}
	m, k := s.at(i+n, month)
	if k == 0 {
		return Day{}, 0
	}
	d.Month = time.Month(m)
	return d, n + k
}

// feast reads "boxing day".
func (s scan) feast(i int) (Day, int) {
	v, n := s.at(i, holiday)
	if n == 0 {
		return Day{}, 0
	}
	return Day{Weekday: -1, Date: v % 100, Month: time.Month(v / 100), Part: -1}, n
}
