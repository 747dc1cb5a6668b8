package coach

import (
	"fmt"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// calendar draws eight weeks in shapes, with the same in words.
func (t *turn) calendar(_ ask) {
	days := streak.History(t.r.Days, t.now)
	if len(days) == 0 {
		t.say("streak_stranger", nil)
		return
	}
	first := max(days[0].Date, t.today-calendarDays+1).Monday()
	var rows []string
	counts := map[streak.State]int{}
	byDate := map[day.Date]streak.Day{}
	for _, d := range days {
		byDate[d.Date] = d
	}
	for monday := first; monday <= t.today; monday += 7 {
		row := monday.Format("02 Jan ")
		for d := monday; d < monday+7; d++ {
			known, lived := byDate[d]
			if !lived {
				row += " ·"
				continue
			}
			counts[known.State]++
			row += " " + shape(known)
		}
		rows = append(rows, row)
	}
	t.say("calendar", vars{"weeks": strings.Join(rows, "\n"), "summary": t.summary(counts)}).Fixed = true
}

// calendarDays is how many days the calendar shows at most.
const calendarDays = 56

// shape is a day in a letter or a shape that needs no colour.
func shape(d streak.Day) string {
	switch d.State {
	case streak.Done:
		return strings.ToUpper(string(d.Entry.Sessions()[0])[:1])
	case streak.Rest:
		return "▢"
	case streak.Excused:
		return "◇"
	case streak.Frozen:
		return "❄"
	case streak.Open, streak.Grace:
		return "◌"
	case streak.Missed:
		return "×"
	}
	return "·"
}

// summary says in words what the shapes show.
func (t *turn) summary(counts map[streak.State]int) string {
	return t.phrases.text("calendar_summary", vars{"done": t.count(counts[streak.Done], "done"), "rest": fmt.Sprint(counts[streak.Rest]),
		"excused": fmt.Sprint(counts[streak.Excused]), "freezes": t.count(counts[streak.Frozen], "freeze")})
}
