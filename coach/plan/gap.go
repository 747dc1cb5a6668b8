package plan

import "legcoach/coach/day"

type returnRow struct {
	Away  int    `yaml:"away"`  // days away at least
	Back  string `yaml:"back"`  // where to: repeat, one, block, start
	Easy  int    `yaml:"easy"`  // easy sessions before a hard one
	Days  int    `yaml:"days"`  // days before a hard one
	Hard  int    `yaml:"hard"`  // percent of the reps of the first hard one
	First int    `yaml:"first"` // percent of the minutes of the first session
	Caps  []int  `yaml:"caps"`  // percent of easy minutes and strength sets, week by week
	Check bool   `yaml:"check"`
	Words string `yaml:"words"`
}

// Return is what becomes of a plan after days away.
type Return struct {
	// Row is the row of the return table, from 0: carry on.
	Row   int
	Week  int // the training week to do
	Easy  int // easy sessions before the first hard day
	Days  int // days before the first hard day
	Hard  int // percent of the reps of the first hard day; 0 is all
	First int // percent of the first session's minutes; 0 is all
	Caps  []int
	Check bool  // the start check comes first
	Level Level // the level to begin at
	Words string
}

// Return returns what becomes of a plan in week of level after so many whole
// days without a session. The days are never mentioned to the runner.
func (b *Book) Return(days, week int, level Level) Return {
	at := 0
	for i, row := range b.care.Return {
		if days >= row.Away {
			at = i
		}
	}
	row := b.care.Return[at]
	r := Return{Row: at, Week: b.stepBack(row.Back, week), Level: known(level), Easy: row.Easy,
		Days: row.Days, Hard: row.Hard, First: row.First, Caps: row.Caps, Check: row.Check}
	if row.Check {
		// Weeks of regular running lie in every higher entry row; nobody has them now.
		r.Level = r.Level.Lower()
	}
	r.Words = fill(row.Words, map[string]string{"week": b.WeekName(r.Week)})
	return r
}

// stepBack returns the week that a return begins at.
func (b *Book) stepBack(how string, week int) int {
	switch how {
	case "one":
		if week >= b.care.TwoWeeksFrom {
			return week - 2
		}
		return max(week-1, 1)
	case "block":
		back := 1
		for i, first := range b.levels.Blocks {
			if i > 0 && first <= week {
				back = b.levels.Blocks[i-1]
			}
		}
		return back
	case "start":
		return 1
	}
	return week
}

// returnRow returns the row of the return table that a gap has come to.
func (b *Book) returnRow(g *Gap, past Past, today day.Date) returnRow {
	row := b.care.Return[b.Return(g.days(past, today, b), g.Week, New).Row]
	if g.Ill {
		row.First = b.care.Illness.First
	}
	return row
}

// days returns how many whole days a gap was, or is so far.
func (g *Gap) days(past Past, today day.Date, b *Book) int {
	end := today
	if back := past.between(g.Last+1, today); len(back) > 0 {
		end = back[0].Date
	}
	days := int(end-g.Last) - 1
	if g.Hurt {
		// Leaving red is never less than the row of 8 to 14 days.
		days = max(days, b.care.Return[2].Away)
	}
	return days
}

// returning adjusts a day to a return from days away.
func (v *view) returning(p Planned) Planned {
	if !v.back || !p.Kind.Training() {
		return p
	}
	slot := p.Kind
	switch {
	case v.first == 0:
		p.Kind = day.Easy
		p.Scale.Volume = v.row.First
	case p.Kind.Hard() && (v.easy < v.row.Easy || int(p.Date-v.first) < v.row.Days):
		p.Kind = day.Easy
	case p.Kind.Hard() && v.hard == 0:
		p.Scale.Reps = tighter(p.Scale.Reps, v.row.Hard)
	case p.Kind == day.Strength && v.strength < v.book.care.StrengthSessions:
		p.Scale.RIR += v.book.care.StrengthRIR
	}
	p.Scale.Volume = tighter(p.Scale.Volume, v.cap(p.Date))
	if p.Kind != slot || p.Scale != (Scale{}) {
		p.Cause = away
	}
	if v.beside(p) {
		p.Kind, p.Cause = day.Rest, away
	}
	return p
}

// beside reports whether a run would break SP-9 beside an easy day that was put in.
func (v *view) beside(p Planned) bool {
	return v.book.rules.applies("SP-9", p.Level) && running(p.Kind) && running(v.before)
}

// cap returns the percentage of the week of the return that d is in; 0 is all.
func (v *view) cap(d day.Date) int {
	week := 0
	if v.first != 0 {
		week = int(d-v.first) / 7
	}
	if week < len(v.row.Caps) {
		return v.row.Caps[week]
	}
	return 0
}
