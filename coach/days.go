package coach

import (
	"fmt"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
)

// with and without return a map with or without a key, and leave m as it is.
func with[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	m = maps.Clone(m)
	if m == nil {
		m = map[K]V{}
	}
	m[k] = v
	return m
}

func without[K comparable, V any](m map[K]V, k K) map[K]V {
	m = maps.Clone(m)
	delete(m, k)
	return m
}

// remindedOf reports whether a kind is reminded of in an ordinary week.
func (t *turn) remindedOf(k day.Kind) bool { return len(t.daysOf(k)) > 0 }

// daysOf are the days of next week on which a kind is reminded of, or would be if reminders were on.
func (t *turn) daysOf(k day.Kind) []string {
	var days []string
	for d := t.civil().Monday() + 7; d < t.civil().Monday()+14; d++ {
		if _, _, wanted := t.reminderOf(k, d, t.r.Days.PlanOf(d)); wanted {
			days = append(days, weekdayNames[d.Weekday()])
		}
	}
	return days
}

// usualDays are the days for a kind that no plan gives: the operator's, or those of an ordinary week.
func (t *turn) usualDays(k day.Kind) []string {
	var days []string
	week := t.plans.Default(t.planLevel(), t.planWeek(), time.Tuesday)
	usual, set := t.config.Reminders[k]
	for i, planned := range week {
		d := t.civil().Monday() + day.Date(i)
		if set && usual.On(d) || !set && planned == k {
			days = append(days, weekdayNames[d.Weekday()])
		}
	}
	if len(days) == 0 {
		return []string{weekdayNames[t.civil().Weekday()]}
	}
	return days
}

// reminders are what is set, in words: "hills Tue 17:30, rest Mon and Thu 09:00".
func (t *turn) reminders() string {
	var parts []string
	for _, k := range day.Kinds {
		rows := map[day.Clock][]string{}
		var order []day.Clock
		for d := t.today.Monday() + 7; d < t.today.Monday()+14; d++ {
			for _, o := range t.dayReminders(d) {
				if o.kind == k {
					if rows[o.clock] == nil {
						order = append(order, o.clock)
					}
					rows[o.clock] = append(rows[o.clock], d.Format("Mon"))
				}
			}
		}
		for _, c := range order {
			parts = append(parts, fmt.Sprintf("%s %s %s", t.kind(k), t.list(rows[c]), c))
		}
	}
	return strings.Join(parts, "; ")
}

var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// weekdays is the set of weekdays that names stand for, bit 0 for Sunday.
func weekdays(names []string) uint8 {
	var set uint8
	for _, n := range names {
		if n == "daily" {
			return 1<<7 - 1
		}
		for i, w := range weekdayNames {
			if n == w {
				set |= 1 << i
			}
		}
	}
	return set
}

// dayWords are names of days as a sentence has them.
func (t *turn) dayWords(names []string) string {
	if len(names) == 0 || weekdays(names) == 1<<7-1 {
		return t.phrases.text("remind_every_day", nil)
	}
	switch weekdays(names) {
	case 0b0111110:
		return t.phrases.text("remind_weekdays", nil)
	case 0b1000001:
		return t.phrases.text("remind_weekends", nil)
	}
	if left := (1<<7 - 1) &^ weekdays(names); bits.OnesCount8(left) == 1 {
		return t.phrases.text("remind_but", vars{"weekday": time.Weekday(bits.TrailingZeros8(left)).String()})
	}
	var words []string
	for _, n := range names {
		if w := slices.Index(weekdayNames, n); w >= 0 {
			words = append(words, t.phrases.text("every_weekday", vars{"weekday": time.Weekday(w).String()}))
		}
	}
	return t.list(words)
}

func distinct(words []string) []string {
	var seen []string
	for _, w := range words {
		if !slices.Contains(seen, w) {
			seen = append(seen, w)
		}
	}
	return seen
}
