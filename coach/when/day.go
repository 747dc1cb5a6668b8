package when

import (
	"time"

	"legcoach/coach/day"
)

// Day is a date as somebody says it: counted from today, or by weekday, day of
// the month, month and year, as far as they are said.
type Day struct {
	Counted bool // Offset days from today
	Offset  int
	Weekday int // 0 to 6; -1 if not said
	Which   int // "last" -1, "next" 1, else 0
	InWeek  bool
	Weeks   int  // so many weeks after the coming weekday, or before the past one: "Friday week"
	Near    bool // the Weekday that is nearest to Offset days from today: "a week ago Tuesday"
	Date    int  // day of the month, or lastDate; 0 if not said
	Month   time.Month
	Year    int
	Part    int  // a dayPart; -1 if not said
	Order   bool // written as two numbers of which either may be the month: "3/11"
}

// lastDate stands for the last day of a month.
const lastDate = 32

// MonthFirst returns d as it is meant where the month is written first: "3/11" is 11 March.
func (d Day) MonthFirst() Day {
	if d.Order {
		d.Date, d.Month = int(d.Month), time.Month(d.Date)
	}
	return d
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
	case d.Near:
		return d.nearest(today)
	case d.Weeks > 0:
		return d.Coming(today)
	}
	back := (int(today.Weekday()) - d.Weekday + 7) % 7
	if back == 0 {
		back = 7
	}
	return today - day.Date(back-7*d.Weeks)
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
	case d.Near:
		return d.nearest(today)
	case d.Which < 0, d.Weeks < 0:
		return d.Past(today)
	}
	ahead := (d.Weekday - int(today.Weekday()) + 7) % 7
	if ahead == 0 {
		ahead = 7
	}
	return today + day.Date(ahead+7*d.Weeks)
}

// nearest returns the weekday of d that is nearest to its offset.
func (d Day) nearest(today day.Date) day.Date {
	at := today + day.Date(d.Offset) - 3
	return at + day.Date((d.Weekday-int(at.Weekday())+7)%7)
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
		if _, _, after := (at + 1).Civil(); d.Date == lastDate && after == 1 {
			date = lastDate
		}
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
		scan.iso, scan.numeric, scan.dayMonth, scan.monthDay, scan.nth, scan.counted, scan.distance, scan.weekday, scan.feast, scan.monthsEnd,
	} {
		if d, n := grammar(s, i); n > most {
			best, most = Mention{What: ADay, Day: d}, n
		}
	}
	return best, most
}
