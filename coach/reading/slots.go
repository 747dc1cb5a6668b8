package reading

import (
	"slices"

	"legcoach/coach/day"
	"legcoach/coach/when"
)

// fill gives the reading the keys of its intent.
func (s *slots) fill(reading *Reading) {
	switch reading.Intent {
	case Log:
		s.log(reading)
	case Rest, Skip:
		s.spare(reading)
	case Correct:
		reading.Kinds = s.corrected()
		if d, ok := s.correctedDate(); ok {
			reading.Date = d
		}
	case Remind:
		s.remind(reading)
	case Snooze:
		s.snooze(reading)
	case Move:
		s.move(reading)
	case Fewer:
		if clocks := s.clocks(); len(clocks) > 0 {
			s.setTime(reading, s.chosen(clocks), true)
		}
	case Pause:
		reading.Until = s.until()
	case Zone:
		s.zone(reading, s.r.atlas)
		reading.ZoneUntil = s.until()
	}
}

func (r *Reader) slotsOf(m *message, c Context) *slots {
	s := slots{r: r, m: m, c: c}
	s.civil, s.clock = day.Wall(c.Now, c.Zone)
	s.today = day.Training(c.Now, c.Zone, c.DayStarts)
	return &s
}

// slots are what the mentions of a message come to, at one time in one zone.
type slots struct {
	r     *Reader
	m     *message
	c     Context
	civil day.Date  // the date on the wall
	clock day.Clock // and the clock
	today day.Date  // the training date
}

// past returns the date of a mention to somebody who tells of it.
func (s *slots) past(m when.Mention) day.Date {
	if m.Day.Counted && m.Day.Offset == 0 {
		return s.today
	}
	return s.written(m.Day).Past(s.civil)
}

func (s *slots) coming(m when.Mention) day.Date {
	if m.Day.Counted && m.Day.Offset == 0 {
		return s.today
	}
	return s.written(m.Day).Coming(s.civil)
}

// written returns a date of two numbers as it is written where they are: the month first in the United States.
func (s *slots) written(d when.Day) when.Day {
	if d.Order && s.r.atlas.MonthFirst(s.c.Zone.String()) {
		return d.MonthFirst()
	}
	return d
}

// days returns the mentions of dates.
func (s *slots) days() []when.Mention {
	var found []when.Mention
	for _, t := range s.m.times {
		if t.What == when.ADay {
			found = append(found, t)
		}
	}
	return found
}

// log fills what was done and when.
func (s *slots) log(reading *Reading) {
	reading.Kinds = settle(s.m.kinds, false)
	if len(reading.Kinds) == 0 && s.c.Today.Training() {
		reading.Kinds = []day.Kind{s.c.Today}
	}
	reading.Date = s.logDate(reading)
	reading.Lasted = s.lasted()
}

// lasted returns how many minutes a session took, as it is told: a length that
// is no part of a set ("6x1min") and no "ago"; 0 if none is, or several are.
func (s *slots) lasted() int {
	const least, most = 10, 600
	minutes := 0
	for _, t := range s.m.times {
		if t.What != when.ALength || t.Length.Minutes < least || t.Length.Minutes > most {
			continue
		}
		if t.From > 0 && s.r.particles.Parts[s.m.tokens[t.From-1].Text] || t.To < len(s.m.tokens) && s.r.particles.Beside[s.m.tokens[t.To].Text] {
			continue
		}
		if minutes != 0 {
			return 0
		}
		minutes = t.Length.Minutes
	}
	return minutes
}

// logDate returns the date of a log: the one that is said, the last if it is
// put right ("tonight, yesterday I mean"), else today. What was done before
// the training day began belongs to the day before.
func (s *slots) logDate(reading *Reading) day.Date {
	date, said := s.today, false
	for _, t := range s.days() {
		d := s.past(t)
		if t.Lead == when.Not || t.Lead == when.Until && !s.backOn(t) || d > s.today || t.Day.Counted && t.Day.Offset > 0 {
			continue
		}
		if t.Day.Counted && t.Day.Offset == 0 && said {
			continue
		}
		if !slices.Contains(reading.Dates, d) {
			reading.Dates = append(reading.Dates, d)
		}
		if !said || s.corrects(t) || date == s.today {
			date = d
		}
		said = true
	}
	if len(reading.Dates) > 1 {
		date = s.nearKind(date)
	}
	for _, t := range s.m.times {
		if t.What == when.Days && !t.Plural {
			reading.Dates = s.lastDays(t.Week)
			date = reading.Dates[len(reading.Dates)-1]
		}
	}
	if before, ok := s.dayBefore(); ok {
		reading.Dates, date = nil, before
	}
	if ahead, ok := s.ahead(); ok && !said {
		return ahead
	}
	if date == s.today && s.early() {
		date--
	}
	return date
}

// backOn reports whether "back on" stands before a date: "back on thursday I
// did the intervals" tells of it, though a pause ends with the same words.
func (s *slots) backOn(t when.Mention) bool {
	return t.From >= 2 && s.m.tokens[t.From-1].Text == "on" && s.m.tokens[t.From-2].Text == "back"
}

// dayBefore returns the day before the one that was said: "didn't run
// yesterday but did hills the day before".
func (s *slots) dayBefore() (day.Date, bool) {
	days := s.days()
	for i := 0; i+2 < len(s.m.tokens); i++ {
		if s.m.tokens[i].Text != "the" || s.m.tokens[i+1].Text != "day" || s.m.tokens[i+2].Text != "before" {
			continue
		}
		for j := len(days) - 1; j >= 0; j-- {
			if days[j].To <= i {
				return s.past(days[j]) - 1, true
			}
		}
	}
	return 0, false
}

// ahead returns the day to come that somebody says they trained on: "did
// hills tomorrow". It ends the message, right behind the kind.
func (s *slots) ahead() (day.Date, bool) {
	for _, t := range s.days() {
		comes := t.Day.Counted && t.Day.Offset > 0 || t.Day.Which > 0
		if !comes || !slices.ContainsFunc(s.m.kinds, func(k named) bool { return k.to == t.From && k.from <= 3 }) {
			continue
		}
		if !slices.ContainsFunc(s.m.tokens[t.To:], func(t mended) bool { return !t.idle() }) {
			return s.coming(t), true
		}
	}
	return 0, false
}

// nearKind returns the date that is said nearest to a kind of session:
// "rested sunday, did hills monday". Without one it is the one given.
func (s *slots) nearKind(date day.Date) day.Date {
	best := len(s.m.tokens)
	for _, t := range s.days() {
		if s.corrects(t) {
			return s.past(t)
		}
		for _, k := range s.m.kinds {
			off := max(t.From-k.to, k.from-t.To)
			if !k.denied && off < best && s.past(t) <= s.today {
				best, date = off, s.past(t)
			}
		}
	}
	return date
}

// corrects reports whether "I mean" or the like stands after a date.
func (s *slots) corrects(t when.Mention) bool {
	rest := s.m.tokens[t.To:]
	return len(rest) >= 2 && rest[0].Text == "i" && (rest[1].Text == "mean" || rest[1].Text == "meant")
}

// lastDays returns the latest past date of each day of w, the earliest first.
func (s *slots) lastDays(w when.Week) []day.Date {
	var dates []day.Date
	for d := s.today - 6; d <= s.today; d++ {
		if w&(1<<d.Weekday()) != 0 {
			dates = append(dates, d)
		}
	}
	return dates
}

// early reports whether a clock before the start of the training day is said: "at 3am before I slept".
func (s *slots) early() bool {
	for _, t := range s.m.times {
		if t.What == when.AClock && !t.Clock.Open && !t.Clock.Weak && t.Clock.Clock < s.c.DayStarts && t.Clock.Clock > 0 {
			return s.clock >= s.c.DayStarts
		}
	}
	return false
}

// spare fills the day that is rested or skipped: a past one if it is told as past.
func (s *slots) spare(reading *Reading) {
	if reading.Intent == Skip {
		reading.Kinds = settle(s.m.kinds, true)
		if weakOnly(s.m.kinds) {
			reading.Kinds = nil
		}
	}
	for _, t := range s.days() {
		if reading.Date == 0 || s.feast(reading.Date) {
			reading.Date = s.near(t, s.toldAsPast())
		}
	}
	if week := s.named(); reading.Date == 0 && week != 0 {
		reading.Date = s.first(week, s.toldAsPast())
	}
	if reading.Date == 0 && !s.has("days", "long", "week") {
		reading.Date = s.today
	}
}

// named returns the days that are named one by one, as in "thursday and friday" or "thursdays intervals".
func (s *slots) named() when.Week {
	var week when.Week
	for _, t := range s.m.times {
		if t.What == when.Days && t.Count > 0 && !t.Every {
			week |= t.Week
		}
	}
	return week
}

// first returns the first of the days of a week that somebody tells of, or has before them.
func (s *slots) first(week when.Week, past bool) day.Date {
	if past {
		return s.lastDays(week)[0]
	}
	for d := s.today + 1; ; d++ {
		if week&(1<<d.Weekday()) != 0 {
			return d
		}
	}
}

// near returns the date of a mention to somebody who tells of the past or of
// the future; a date of the calendar is never taken for one half a year away.
func (s *slots) near(t when.Mention, past bool) day.Date {
	const far = 180
	before, after := s.past(t), s.coming(t)
	if past && s.today-before < far || after-s.today > far {
		return before
	}
	return after
}

// feast reports whether d is a holiday that was named, as in "work christmas do on the 11th".
func (s *slots) feast(d day.Date) bool {
	_, month, date := d.Civil()
	return month == 12 && date == 25
}

// weakOnly reports whether kinds are only hinted at, as in "no run today".
func weakOnly(found []named) bool {
	for _, n := range found {
		if !n.weak {
			return false
		}
	}
	return true
}

// toldAsPast reports whether the words are of the past: "rested", "missed", "never got round to".
func (s *slots) toldAsPast() bool {
	return slices.ContainsFunc(s.m.tokens, func(t mended) bool { return s.r.particles.Told[t.Text] })
}

// has reports whether one of these words stands in the message.
func (s *slots) has(words ...string) bool {
	for _, t := range s.m.tokens {
		if slices.Contains(words, t.Text) {
			return true
		}
	}
	return false
}

// corrected returns the kinds that it should have been.
func (s *slots) corrected() []day.Kind {
	found := slices.Clone(s.m.kinds)
	open := slices.DeleteFunc(slices.Clone(found), func(n named) bool { return n.denied || n.written })
	if len(open) == 0 {
		open = slices.DeleteFunc(slices.Clone(found), func(n named) bool { return n.denied })
	}
	if len(open) > 1 && !s.has("both", "and", "n", "&") {
		open = open[len(open)-1:]
		if at := s.m.kinds[0]; !at.denied && slices.ContainsFunc(s.m.kinds, func(n named) bool { return n.denied }) {
			open = []named{at}
		}
	}
	return settle(open, false)
}

// correctedDate returns the date that it should have been.
func (s *slots) correctedDate() (day.Date, bool) {
	for _, t := range s.days() {
		if t.Lead == when.Not || t.Day.Counted && t.Day.Offset == 0 {
			continue
		}
		return s.past(t), true
	}
	for _, t := range s.days() {
		if t.Lead != when.Not {
			return s.past(t), true
		}
	}
	return 0, false
}
