package when

import (
	"time"

	"legcoach/coach/day"
	"legcoach/coach/token"
)

// Day is a date as somebody says it: counted from today, or by weekday, day of
// the month, month and year, as far as they are said.
type Day struct {
	Counted bool // Offset days from today
	Offset  int
	Weekday int // 0 to 6; -1 if not said
	Which   int // "last" -1, "next" 1, else 0
	InWeek  bool
	Date    int // day of the month; 0 if not said
	Month   time.Month
	Year    int
	Part    int // a dayPart; -1 if not said
}

// Past returns the date that d means to somebody who speaks of the past: today
// if it is called so, else the latest one before today that fits.
func (d Day) Past(today day.Date) day.Date {
	switch {
	case d.Counted:
		return today + day.Date(d.Offset)
	case d.Year != 0:
		return day.DateOf(d.Year, d.Month, d.Date)
	case d.Date != 0:
		return d.seek(today, -1)
	case d.InWeek:
		return d.inWeek(today)
	}
	back := (int(today.Weekday()) - d.Weekday + 7) % 7
	if back == 0 {
		back = 7
	}
	return today - day.Date(back)
}

// Coming returns the date that d means to somebody who speaks of the future:
// today if it is called so, else the next one that fits.
func (d Day) Coming(today day.Date) day.Date {
	switch {
	case d.Counted:
		return today + day.Date(d.Offset)
	case d.Year != 0:
		return day.DateOf(d.Year, d.Month, d.Date)
	case d.Date != 0:
		return d.seek(today, 1)
	case d.InWeek:
		return d.inWeek(today)
	case d.Which < 0:
		return d.Past(today)
	}
	ahead := (d.Weekday - int(today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return today + day.Date(ahead)
}

// inWeek returns the weekday of d in the week before or after that of today.
func (d Day) inWeek(today day.Date) day.Date {
	return today.Monday() + day.Date(7*d.Which+(d.Weekday+6)%7)
}

// seek returns the first date from today in the direction step that has the
// day, the month and the weekday of d, as far as it has them.
func (d Day) seek(today day.Date, step day.Date) day.Date {
	const years = 8 * 366 // 29 February comes at least that often
	for n, at := 0, today; n < years; n, at = n+1, at+step {
		_, month, date := at.Civil()
		if date == d.Date && (d.Month == 0 || d.Month == month) {
			return at
		}
	}
	return today
}

// day reads a date at token i.
func (s scan) day(i int) (Mention, int) {
	best, most := Mention{}, 0
	for _, grammar := range [...]func(scan, int) (Day, int){
		scan.iso, scan.numeric, scan.dayMonth, scan.monthDay, scan.nth, scan.counted, scan.distance, scan.weekday, scan.feast,
	} {
		if d, n := grammar(s, i); n > most {
			best, most = Mention{What: ADay, Day: d}, n
		}
	}
	return best, most
}

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
func (s scan) numeric(i int) (Day, int) {
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
	d := Day{Weekday: -1, Date: date, Month: time.Month(month), Part: -1}
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
	u, m := s.at(j+n, unit)
	if n == 0 || m == 0 || u < dayUnit || v > 366 {
		return Day{}, 0
	}
	days, j := v*(u-dayUnit), j+n+m
	if k := s.is(j, ago); k > 0 && !ahead {
		j += k
		if _, k := s.at(j, relative); k > 0 && s.text(j) != "yesterday" {
			j += k
		}
		return Day{Counted: true, Offset: -days, Weekday: -1, Part: -1}, j - i
	}
	if k := s.is(j, hence); ahead || k > 0 {
		return Day{Counted: true, Offset: days, Weekday: -1, Part: -1}, j + k - i
	}
	return Day{}, 0
}

// weekday reads "tues", "last friday", "friday just gone", "thursday last week", "sunday arvo".
func (s scan) weekday(i int) (Day, int) {
	d, j := Day{Part: -1}, i
	switch n := 0; {
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
	}
	return d, j - i
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

// feast reads "boxing day".
func (s scan) feast(i int) (Day, int) {
	v, n := s.at(i, holiday)
	if n == 0 {
		return Day{}, 0
	}
	return Day{Weekday: -1, Date: v % 100, Month: time.Month(v / 100), Part: -1}, n
}
