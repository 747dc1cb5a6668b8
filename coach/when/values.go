package when

import (
	"fmt"
	"strings"
	"time"
)

// Lead says what the words before a date or time make of it.
type Lead uint8

// The leads: "until Friday", "from Friday", "to Friday", "not on Friday" and so on.
const (
	None Lead = iota
	Until
	From
	To
	After
	Before
	Not
	At
	On
	In
)

var leadNames = []string{"", "until", "from", "to", "after", "before", "not", "at", "on", "in"}

// String returns the English word of l.
func (l Lead) String() string { return leadNames[l] }

// Week is a set of weekdays: bit 0 is Sunday, as in time.Weekday.
type Week uint8

// Sets of days.
const (
	Daily     Week = 1<<7 - 1
	Weekends  Week = 1<<time.Saturday | 1<<time.Sunday
	Weekdays       = Daily &^ Weekends
	alternate Week = 1 << 7 // every other day, whichever they are
)

// weekdayNames are the names of the days in output, Sunday first.
var weekdayNames = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// Names returns the days of w from Monday to Sunday, or "daily" alone if w is every day.
func (w Week) Names() []string {
	if w&Daily == Daily {
		return []string{"daily"}
	}
	var names []string
	for i := 1; i <= 7; i++ {
		if w&(1<<(i%7)) != 0 {
			names = append(names, weekdayNames[i%7])
		}
	}
	return names
}

func weekdayValue(name string) (int, error) { return index(weekdayNames[:], name) }
func leadValue(name string) (int, error)    { return index(leadNames, name) }

func index(names []string, name string) (int, error) {
	for i, n := range names {
		if n == name {
			return i, nil
		}
	}
	return 0, fmt.Errorf("want one of %s", strings.Join(names, " "))
}

func setValue(name string) (int, error) {
	sets := map[string]Week{
		"weekdays": Weekdays, "weekends": Weekends, "daily": Daily, "alternate": alternate,
		"mwf": 1<<time.Monday | 1<<time.Wednesday | 1<<time.Friday, "tuth": 1<<time.Tuesday | 1<<time.Thursday,
	}
	w, ok := sets[name]
	if !ok {
		return 0, fmt.Errorf("no such set of days")
	}
	return int(w), nil
}

// A dayPart is the half of the day that a clock is in.
const (
	morningPart = iota
	afternoonPart
	eveningPart
	nightPart
)

func partValue(name string) (int, error) {
	switch name {
	case "am":
		return morningPart, nil
	case "pm":
		return afternoonPart, nil
	}
	return index([]string{"morning", "afternoon", "evening", "night"}, name)
}

// dayUnit marks the value of a unit of days: the rest counts days, not minutes.
const dayUnit = 1 << 20

func unitValue(name string) (int, error) {
	switch name {
	case "minute":
		return 1, nil
	case "hour":
		return 60, nil
	case "day":
		return dayUnit + 1, nil
	case "week":
		return dayUnit + 7, nil
	case "fortnight":
		return dayUnit + 14, nil
	case "month":
		return dayUnit + 30, nil
	}
	return 0, fmt.Errorf("no such unit")
}

func monthValue(name string) (int, error) {
	t, err := time.Parse("January", strings.ToUpper(name[:1])+name[1:])
	return int(t.Month()), err
}

func holidayValue(name string) (int, error) {
	t, err := time.Parse("01-02", name)
	return int(t.Month())*100 + t.Day(), err
}
