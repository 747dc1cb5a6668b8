package when_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach/day"
	"legcoach/coach/token"
	"legcoach/coach/when"
)

var hours = []string{"twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"}

// clockSayings are ways to say a time of day for which nobody has to guess the half of the day.
var clockSayings = []func(hour, minute int) string{
	func(h, m int) string { return fmt.Sprintf("%02d:%02d hrs", h, m) },
	func(h, m int) string { return fmt.Sprintf("%02d%02d hrs", h, m) },
	func(h, m int) string { return fmt.Sprintf("%02d%02d hours", h, m) },
	func(h, m int) string { return fmt.Sprintf("%d:%02d%s", twelve(h), m, half(h)) },
	func(h, m int) string { return fmt.Sprintf("%d.%02d %s", twelve(h), m, half(h)) },
	func(h, m int) string { return fmt.Sprintf("at %d %02d %s", twelve(h), m, half(h)) },
	func(h, m int) string { return fmt.Sprintf("%d:%02d %c.m.", twelve(h), m, half(h)[0]) },
	func(h, m int) string { return fmt.Sprintf("%d:%02d%c", twelve(h), m, half(h)[0]) },
	func(h, m int) string { return fmt.Sprintf("%d:%02d in the %s", twelve(h), m, part(h)) },
	func(h, m int) string { return spokenClock(h, m) + " " + half(h) },
	func(h, m int) string { return "a " + spokenClock(h, m) + " in the " + part(h) },
	func(h, m int) string { return spokenClock(h, m) + " in the " + half(h) },
	func(h, m int) string { return fmt.Sprintf("%s, %s", part(h), spokenClock(h, m)) },
	func(h, m int) string { return "round about " + spokenClock(h, m) + " ish " + half(h) },
}

func twelve(h int) int { return (h+11)%12 + 1 }

func half(h int) string {
	if h < 12 {
		return "am"
	}
	return "pm"
}

func part(h int) string {
	switch {
	case h < 12:
		return "morning"
	case h < 18:
		return "afternoon"
	}
	return "evening"
}

// spokenClock says a time as people do: "quarter to seven", "five and twenty past six", "six forty three".
func spokenClock(h, m int) string {
	this, next := hours[h%12], hours[(h+1)%12]
	switch {
	case m == 0:
		return this + " o'clock"
	case m == 15:
		return "quarter past " + this
	case m == 30:
		return "half past " + this
	case m == 45:
		return "quarter to " + next
	case m == 25:
		return "five and twenty past " + this
	case m == 35:
		return "twenty five minutes to " + next
	case m == 20:
		return "twenty past " + this
	case m == 40:
		return "twenty to " + next
	}
	return fmt.Sprintf("%d minutes past %s", m, this)
}

// TestClockSayings says every time of the day in every way, and reads it back.
func TestClockSayings(t *testing.T) {
	reader := newReader(t)
	rapid.Check(t, func(t *rapid.T) {
		h, m := rapid.IntRange(5, 22).Draw(t, "hour"), rapid.IntRange(0, 59).Draw(t, "minute")
		if h%12 == 11 && m > 30 { // "quarter to twelve pm" is said of two times
			m = 0
		}
		said := rapid.SampledFrom(clockSayings).Draw(t, "saying")(h, m)
		for _, found := range reader.Read(token.Split(said)) {
			if found.What == when.AClock && !found.Clock.Open && found.Clock.Clock == day.At(h, m) {
				return
			}
		}
		t.Fatalf("%q was read as %s, want %s", said, show(reader.Read(token.Split(said))), day.At(h, m))
	})
}

// pastSayings and comingSayings are ways to say a date from 0 to 13 days away; "" where there is none.
var (
	pastSayings = []func(d day.Date) string{
		func(d day.Date) string { return fmt.Sprintf("%d days ago", today-d) },
		func(d day.Date) string { return d.Format("2006-01-02") },
		func(d day.Date) string { return d.Format("2 Jan") },
		func(d day.Date) string { return d.Format("Monday 2 January") },
		func(d day.Date) string { return d.Format("January 2, 2006") },
		func(d day.Date) string { return d.Format("02/01/2006") },
		func(d day.Date) string { return d.Format("on 2.1.06") },
		func(d day.Date) string { return d.Format("Mon 2/1") },
		func(d day.Date) string { return d.Format("the ") + nth(d) + d.Format(" of Jan") },
		func(d day.Date) string { return d.Format("on the ") + nth(d) },
		func(d day.Date) string { return within(today-d, 1, 7, "last "+d.Format("Monday")) },
		func(d day.Date) string { return within(today-d, 1, 7, strings.ToLower(d.Format("Mon"))+" just gone") },
		func(d day.Date) string { return within(today-d, 1, 7, "this past "+d.Format("Mon")) },
		func(d day.Date) string { return within(today-d, 8, 13, d.Format("Monday")+" before last") },
		func(d day.Date) string { return within(today-d, 8, 13, "a week last "+d.Format("Monday")) },
		func(d day.Date) string { return within(today-d, 2, 2, "the day b4 yesterday") },
		func(d day.Date) string { return within(today-d, 1, 13, fmt.Sprintf("%d nights ago", today-d)) },
		func(d day.Date) string { return within(today-d, 7, 7, "a week ago") },
		func(d day.Date) string {
			return within(today.Monday()-d, 1, 7, "last week "+d.Format("Monday"))
		},
	}
	comingSayings = []func(d day.Date) string{
		func(d day.Date) string { return fmt.Sprintf("in %d days", d-today) },
		func(d day.Date) string { return fmt.Sprintf("%d days from now", d-today) },
		func(d day.Date) string { return within(d-today, 1, 7, "this coming "+d.Format("Monday")) },
		func(d day.Date) string { return within(d-today, 1, 7, d.Format("Mon")+" coming") },
		func(d day.Date) string { return within(d-today, 8, 13, d.Format("Monday")+" week") },
		func(d day.Date) string { return within(d-today, 8, 13, "a week on "+d.Format("Mon")) },
		func(d day.Date) string { return within(d-today, 7, 7, "a week today") },
		func(d day.Date) string { return within(d-today, 8, 8, "a week tomorrow") },
		func(d day.Date) string { return within(d-today, 1, 1, "tmrw") },
		func(d day.Date) string { return within(d-today, 1, 1, "2moro morning") },
		func(d day.Date) string {
			return within(d-today.Monday(), 7, 13, "next week "+d.Format("Monday"))
		},
		func(d day.Date) string { return d.Format("till Monday 2 January") },
		func(d day.Date) string { return "until the day " + d.Format("2") },
	}
)

func within(n day.Date, low, high day.Date, said string) string {
	if n < low || n > high {
		return ""
	}
	return said
}

func nth(d day.Date) string {
	_, _, n := d.Civil()
	suffix := "th"
	if s := map[int]string{1: "st", 2: "nd", 3: "rd", 21: "st", 22: "nd", 23: "rd", 31: "st"}[n]; s != "" {
		suffix = s
	}
	return fmt.Sprint(n, suffix)
}

// TestDateSayings says every date of a fortnight in every way, and reads it back.
func TestDateSayings(t *testing.T) {
	reader := newReader(t)
	rapid.Check(t, func(t *rapid.T) {
		n := day.Date(rapid.IntRange(1, 13).Draw(t, "days"))
		past := rapid.Bool().Draw(t, "past")
		sayings, date := comingSayings, today+n
		if past {
			sayings, date = pastSayings, today-n
		}
		said := rapid.SampledFrom(sayings).Draw(t, "saying")(date)
		if said == "" {
			return
		}
		var got []day.Date
		for _, m := range reader.Read(token.Split(said)) {
			if m.What != when.ADay {
				continue
			}
			if past {
				got = append(got, m.Day.Past(today))
			} else {
				got = append(got, m.Day.Coming(today))
			}
		}
		if !slices.Equal(got, []day.Date{date}) {
			t.Fatalf("%q was read as %v, want %v", said, got, date)
		}
	})
}

// TestMonthFirst reads a date that is two numbers as the other half of the world writes it.
func TestMonthFirst(t *testing.T) {
	reader := newReader(t)
	rapid.Check(t, func(t *rapid.T) {
		month, date := rapid.IntRange(1, 12).Draw(t, "month"), rapid.IntRange(1, 12).Draw(t, "date")
		found := reader.Read(token.Split(fmt.Sprintf("on %d/%d/2026", month, date)))
		if len(found) != 1 || found[0].Day.MonthFirst().Past(today) != day.DateOf(2026, time.Month(month), date) {
			t.Fatalf("got %v", found)
		}
	})
}

// weekdays in the languages of those who write to the coach, from Sunday on.
var weekdays = []string{
	"sunday monday tuesday wednesday thursday friday saturday",
	"sun mon tue wed thu fri sat",
	"so mo di mi do fr sa",
	"sonntag montag dienstag mittwoch donnerstag freitag samstag",
	"dim lun mar mer jeu ven sam",
	"dimanche lundi mardi mercredi jeudi vendredi samedi",
	"dom lun mar mie jue vie sab",
	"domingo lunes martes miercoles jueves viernes sabado",
	"dom seg ter qua qui sex sab",
	"su mo tu we th fr sa",
}

// TestDaySayings names three or more days in every language and with whatever divides them, and reads them back.
func TestDaySayings(t *testing.T) {
	reader := newReader(t)
	rapid.Check(t, func(t *rapid.T) {
		names := strings.Fields(rapid.SampledFrom(weekdays).Draw(t, "language"))
		chosen := rapid.Permutation([]int{0, 1, 2, 3, 4, 5, 6}).Draw(t, "days")[:rapid.IntRange(3, 6).Draw(t, "how many")]
		divider := rapid.SampledFrom([]string{" ", ", ", "/", " & ", "-", "+"}).Draw(t, "divider")
		var said []string
		var want when.Week
		for _, d := range chosen {
			said = append(said, names[d])
			want |= 1 << d
		}
		text := strings.Join(said, divider)
		var got when.Week
		for _, m := range reader.Read(token.Split(text)) {
			if m.What == when.Days {
				got |= m.Week
			}
		}
		if got != want {
			t.Fatalf("%q was read as %v, want %v", text, got.Names(), want.Names())
		}
	})
}
