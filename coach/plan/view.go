package plan

import "legcoach/coach/day"

// view walks over the days from today on and adjusts each to what has gone
// before: a return from days away, pain, illness, the longest run.
type view struct {
	book  *Book
	state State
	today day.Date
	// Of a return:
	row      returnRow
	back     bool
	first    day.Date // date of the first session back; 0 if it has not been
	easy     int      // easy sessions since
	hard     int      // hard sessions since
	strength int      // strength sessions since
	// Of an amber that was closed:
	ease bool
	// For PR-4: runs of the last 30 days in minutes, oldest first.
	runs   []Did
	usual  map[day.Kind]int // minutes of a run of which they are not known
	before day.Kind         // what the day before holds
	last   day.Date         // date of the last session; 0 if there was none
	began  day.Date         // date of the first session that is known of
}

// look returns the view from the start of today.
func (b *Book) look(s State, past Past, today day.Date) *view {
	v := &view{book: b, state: s, today: today, usual: map[day.Kind]int{}}
	for _, d := range past.between(today-day.Date(b.rules.Progress["PR-4"].Days), today) {
		v.ran(d)
	}
	if yesterday := past.on(today - 1); len(yesterday) > 0 {
		v.before = hardest(yesterday)
	}
	v.last, _ = past.Last(today)
	if v.began = today; len(past) > 0 {
		v.began = past[0].Date
	}
	if s.Away != nil {
		v.back, v.row = true, b.returnRow(s.Away, past, today)
		for _, d := range past.between(s.Away.Last+1, today) {
			v.did(d.Date, d.Kind, d.Gentle)
		}
	}
	if s.Pain.Ease != 0 {
		v.ease = true
		for _, d := range past.between(s.Pain.Ease, today) {
			v.ease = v.ease && !d.Kind.Hard()
		}
	}
	return v
}

// step adjusts one day to those before it.
func (v *view) step(p Planned) Planned {
	if p.Did != day.Free || p.Kind == day.Free {
		return p
	}
	v.goneBy(p.Date)
	p = v.returning(p)
	p = v.ailing(p)
	if p.Kind.Hard() && v.ease && p.Swap == AsPlanned {
		p.Scale.Reps, p.Cause = tighter(p.Scale.Reps, v.book.care.Pain.Hard), pain
	}
	p.Scale.Longest = v.longest(p)
	return p
}

// pass takes note that a day that was adjusted is done, before the next one is.
func (v *view) pass(p Planned) {
	v.before = p.counts()
	if p.Did != day.Free || !p.Kind.Training() || p.Held != "" && p.Held != HeldCheck {
		return
	}
	v.did(p.Date, p.Kind, p.Swap.Gentle())
	v.ease = v.ease && !p.Kind.Hard()
	if running(p.Kind) {
		v.ran(Did{Date: p.Date, Kind: p.Kind, Minutes: v.book.Card(p).Running})
	}
}

// goneBy begins a return if the days up to d make one (SP-10).
func (v *view) goneBy(d day.Date) {
	days := int(d-v.last) - 1
	if v.last == 0 || days < v.state.patience(v.book.care.Return[1].Away) || v.back && v.first == 0 {
		return
	}
	v.back, v.row = true, v.book.care.Return[v.book.Return(days, v.state.Week, New).Row]
	v.first, v.easy, v.hard, v.strength = 0, 0, 0, 0
}

// did takes note of a session for the return.
func (v *view) did(d day.Date, kind day.Kind, gentle bool) {
	if v.first == 0 {
		v.first = d
	}
	v.last = d
	switch {
	case kind == day.Easy || gentle:
		v.easy++
	case kind.Hard():
		v.hard++
	case kind == day.Strength:
		v.strength++
	}
}

// ailing adjusts a day to open pain and illness.
func (v *view) ailing(p Planned) Planned {
	if !p.Kind.Training() {
		return p
	}
	// Pain and illness are about now: later days are told as they will be.
	if v.state.Pain.Colour == Amber && p.Date <= v.today+1 {
		p.Swap, p.Cause = Sore, pain
	}
	if v.state.Ill == Cold && p.Date <= v.today+1 {
		if p.Kind != day.Easy {
			p.Kind = day.Easy
		}
		p.Scale.Volume, p.Cause = tighter(p.Scale.Volume, v.book.care.Illness.Cold.Volume), ill
	}
	return p
}

// ran takes note of a run for PR-4.
func (v *view) ran(d Did) {
	if !running(d.Kind) || d.Minutes == 0 && d.Gentle {
		return // strength, or walked
	}
	if d.Minutes == 0 {
		if v.usual[d.Kind] == 0 {
			v.usual[d.Kind] = v.book.Session(v.state.Level, v.state.Week, d.Kind, false, AsPlanned, Scale{}).Running
		}
		d.Minutes = v.usual[d.Kind]
	}
	v.runs = append(v.runs, d)
}

// longest returns the longest run of the 30 days before a day in minutes. For
// somebody who began less than 30 days ago, the run of the level's entry row is
// one of them; it also stands in if there was none.
func (v *view) longest(p Planned) int {
	longest, days := 0, day.Date(v.book.rules.Progress["PR-4"].Days)
	for _, r := range v.runs {
		if p.Date-r.Date <= days {
			longest = max(longest, r.Minutes)
		}
	}
	if longest == 0 || p.Date-v.began <= days {
		longest = max(longest, v.book.row(v.state.Level).Longest)
	}
	return longest
}

// tighter returns the smaller of two percentages of which 0 means all.
func tighter(a, b int) int {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}
