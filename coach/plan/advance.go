package plan

import (
	"slices"

	"legcoach/coach/day"
)

// News is something that became of a plan as time went by.
type News struct {
	// Date is when: a Monday for a step, today for a return.
	Date day.Date
	// Step is the step to another week; nil if it is a return.
	Step *Step
	// Return is the return after days away; nil if it is a step.
	Return *Return
}

// Words say the news in plain words.
func (n News) Words() string {
	if n.Return != nil {
		return n.Return.Words
	}
	if n.Step.Lighter != "" {
		return n.Step.Lighter
	}
	return n.Step.Words
}

// keep is for how many days a change stays in the State after its date: as long
// as the rules look back.
const keep = around + 1

// Advance brings a plan to today: it goes back after days away, steps from week
// to week, and forgets changes of days long gone. It does nothing the second
// time on one date. A paused plan is not advanced; after the pause, days away decide.
func (b *Book) Advance(s State, past Past, today day.Date) (State, []News) {
	if s.Week == 0 {
		return s, nil
	}
	var news []News
	last, ever := s.last(past, today)
	if ever && int(today-last)-1 >= s.patience(b.care.Return[1].Away) {
		s, news = b.wentAway(s, past, today, last)
	} else {
		s, news = b.steps(s, past, today)
		s = b.arrived(s, past, today)
	}
	if i := slices.IndexFunc(s.Changes, func(c Change) bool { return c.Date > today-keep }); i != 0 && len(s.Changes) > 0 {
		s.Changes = slices.Clone(s.Changes[max(i, 0):])
		if i < 0 {
			s.Changes = nil
		}
	}
	return s, news
}

// wentAway applies the return table while a runner is away, row by row.
func (b *Book) wentAway(s State, past Past, today, last day.Date) (State, []News) {
	gap := Gap{Last: last, Week: s.Week}
	if s.Away != nil && s.Away.Last == last {
		gap = *s.Away
	} else if s.Away != nil && s.Away.Last > last {
		return s, nil
	}
	r := b.Return(gap.days(past, today, b), gap.Week, s.Level)
	s.Since = monday(today)
	if r.Row == gap.Row {
		s.Away = &gap
		return s, nil
	}
	gap.Row, s = r.Row, s.unchanged(today)
	s.Away, s.Week, s.Level, s.Repeats, s.Good = &gap, r.Week, r.Level, 0, 0
	if r.Check {
		s.Check = NotAsked
	}
	return s, []News{{Date: today, Return: &r}}
}

// arrived ends a return once nothing of it is in force any more.
func (b *Book) arrived(s State, past Past, today day.Date) State {
	if s.Away == nil {
		return s
	}
	back := past.between(s.Away.Last+1, today)
	if len(back) == 0 {
		return s
	}
	row := b.returnRow(s.Away, past, today)
	hard := slices.ContainsFunc(back, func(d Did) bool { return d.Kind.Hard() && !d.Gentle })
	weeks := day.Date(7 * max(len(row.Caps), 1))
	if today >= back[0].Date+weeks && (hard || today >= back[0].Date+2*weeks) {
		s.Away = nil
	}
	return s
}

// steps takes a step for every week that is over.
func (b *Book) steps(s State, past Past, today day.Date) (State, []News) {
	var news []News
	for today >= s.Since+7 {
		step := b.Progress(s, b.facts(s, past))
		s.Since += 7
		s.Level, s.Week, s.Repeats, s.Good = step.Level, step.Week, step.Repeats, step.Good
		if step.Level == Regular && step.Week == 1 {
			s.Bridge = false
		}
		news = append(news, News{Date: s.Since, Step: &step})
	}
	return s, news
}

// facts returns what the week that s is in came to.
func (b *Book) facts(s State, past Past) Facts {
	f := Facts{Open: s.Pain.Colour != ""}
	week := s.Set
	if week == (Week{}) {
		week = b.Default(s.Level, s.Week, s.Hard)
	}
	f.Planned, f.PlannedHard = week.Count(day.Kind.Training), week.Count(day.Kind.Hard)
	seen := day.Date(-1)
	for _, d := range past.between(s.Since, s.Since+6) {
		if d.Date != seen {
			f.Training++
			seen = d.Date
		}
		if d.Kind.Hard() && !d.Gentle {
			f.Hard++
		}
		if d.Effort > 0 && !d.Gentle {
			f.Over = append(f.Over, d.Effort-b.Target(s.Level, s.Week, d.Kind))
		}
	}
	return f
}

// Target returns the highest effort, 0 to 10, that the plan asks of a kind of day.
func (b *Book) Target(level Level, week int, kind day.Kind) int {
	if kind == day.Strength {
		return 10 - b.Session(level, week, kind, true, AsPlanned, Scale{}).RIR
	}
	return b.Session(level, week, kind, true, AsPlanned, Scale{}).RPE[1]
}

// GoAhead goes on to the next block by the runner's wish (PR-9), if it is offered.
func (b *Book) GoAhead(s State) (State, bool) {
	next := b.Ahead(s.Week, s.Good)
	if next == 0 {
		return s, false
	}
	s.Week, s.Good, s.Repeats = next, 0, 0
	return s, true
}
