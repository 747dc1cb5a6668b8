package plan

import (
	"slices"

	"legcoach/coach/day"
)

// Colour is how serious a pain is, as the plan sees it.
type Colour string

// The colours, mildest first. The empty Colour is nothing open.
const (
	Green     Colour = "green"
	Amber     Colour = "amber"
	Red       Colour = "red"
	SameDay   Colour = "same_day"
	Emergency Colour = "emergency"
)

// stops reports whether a colour pauses the plan.
func (c Colour) stops() bool { return c == Red || c == SameDay || c == Emergency }

// rank orders colours by seriousness.
func (c Colour) rank() int {
	return slices.Index([]Colour{"", Green, Amber, Red, SameDay, Emergency}, c)
}

type painTable struct {
	Hard     int    `yaml:"hard"`
	Mornings int    `yaml:"mornings"`
	Long     int    `yaml:"long"`
	Ambers   int    `yaml:"ambers"`
	Within   int    `yaml:"within"`
	LeaveRed int    `yaml:"leave_red"`
	Leave    string `yaml:"leave"`
	Cleared  string `yaml:"leave_cleared"`
	Gone     string `yaml:"leave_gone"`
}

// Hurt takes note of pain reported today. Cleared says that a red sign is one
// that only a professional can end: anything but pain of 6 to 10 or a changed
// stride. What is open and more serious stays open. Advise says that it is time
// to suggest a physio or doctor: the third amber in 14 days.
func (b *Book) Hurt(s State, today day.Date, c Colour, cleared bool) (_ State, advise bool) {
	switch {
	case c == Amber && s.Pain.Colour == Amber:
		s.Pain.Green, s.Pain.Morning = 0, 0
	case c == Amber && s.Pain.Colour.rank() < c.rank():
		within := today - day.Date(b.care.Pain.Within)
		ambers := slices.DeleteFunc(slices.Clone(s.Pain.Ambers), func(d day.Date) bool { return d <= within || d == today })
		s.Pain = Pain{Colour: Amber, Since: today, Ambers: append(ambers, today)}
	case c.stops() && s.Pain.Colour.rank() < c.rank():
		s.Pain = Pain{Colour: c, Since: today, Ambers: s.Pain.Ambers, Cleared: cleared || c != Red || s.Pain.Cleared}
	}
	return s, b.Advise(s, today)
}

// Advise reports whether an open amber has come to the point at which a physio
// or doctor is suggested: the third in 14 days, or 7 days long.
func (b *Book) Advise(s State, today day.Date) bool {
	pain := b.care.Pain
	return s.Pain.Colour == Amber && (len(s.Pain.Ambers) >= pain.Ambers || int(today-s.Pain.Since) >= pain.Long)
}

// Morning takes note of this morning's answer while an amber is open; no answer
// is not green and is not noted. Two green mornings running close it, and the
// first hard day after that is eased.
func (b *Book) Morning(s State, today day.Date, green bool) (_ State, closed bool) {
	if s.Pain.Colour != Amber || s.Pain.Morning == today && green || today <= s.Pain.Since {
		return s, false
	}
	if !green {
		s.Pain.Green, s.Pain.Morning = 0, 0
		return s, false
	}
	if s.Pain.Morning != today-1 {
		s.Pain.Green = 0
	}
	s.Pain.Green, s.Pain.Morning = s.Pain.Green+1, today
	if s.Pain.Green < b.care.Pain.Mornings {
		return s, false
	}
	s.Pain = Pain{Ambers: s.Pain.Ambers, Ease: today}
	return s, true
}

// Leave ends a red, same-day or emergency pause, if it may end: they walk
// briskly for 30 minutes without trouble, and either a professional has cleared
// them or the sign was mild and has been gone for 7 days (gone is since when; 0
// if it is not). If not, words say what is still needed.
func (b *Book) Leave(s State, past Past, today day.Date, walks, cleared bool, gone day.Date) (_ State, ok bool, words string) {
	if !s.Pain.Colour.stops() {
		return s, true, ""
	}
	long := gone != 0 && int(today-gone) >= b.care.Pain.LeaveRed
	if !walks || !cleared && (s.Pain.Cleared || !long) {
		how := b.care.Pain.Gone
		if s.Pain.Cleared {
			how = b.care.Pain.Cleared
		}
		return s, false, fill(b.care.Pain.Leave, map[string]string{"how": how})
	}
	s.Pain = Pain{Ambers: s.Pain.Ambers}
	return b.resume(s, past, today, Gap{Hurt: true}), true, ""
}

// Recover ends an illness. The first session back is an easy one at half the minutes.
func (b *Book) Recover(s State, past Past, today day.Date) State {
	if s.Ill == Fever || s.Ill == Virus {
		s = b.resume(s, past, today, Gap{Ill: true})
	}
	s.Ill = Well
	return s
}

// resume begins a return of a certain nature.
func (b *Book) resume(s State, past Past, today day.Date, g Gap) State {
	last, ever := s.last(past, today)
	if s.Week == 0 || !ever {
		return s
	}
	g.Last, g.Week = last, s.Week
	if s.Away != nil && s.Away.Last == last {
		g.Week = s.Away.Week
	}
	r := b.Return(g.days(past, today, b), g.Week, s.Level)
	g.Row, s = r.Row, s.unchanged(today)
	s.Away, s.Week, s.Since, s.Repeats, s.Good = &g, r.Week, monday(today), 0, 0
	return s
}
