package reading

import (
	"slices"

	"legcoach/coach/day"
	"legcoach/coach/place"
	"legcoach/coach/when"
)

// fill gives the reading the keys of its intent.
func (r *Reader) fill(reading *Reading, m *message, c Context) {
	s := slots{r: r, m: m, c: c}
	s.civil, s.clock = day.Wall(c.Now, c.Zone)
	s.today = day.Training(c.Now, c.Zone, c.DayStarts)
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
		s.zone(reading, r.atlas)
		reading.ZoneUntil = s.until()
	}
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
	return m.Day.Past(s.civil)
}

func (s *slots) coming(m when.Mention) day.Date {
	if m.Day.Counted && m.Day.Offset == 0 {
		return s.today
	}
	return m.Day.Coming(s.civil)
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
}

// logDate returns the date of a log: the one that is said, the last if it is
// put right ("tonight, yesterday I mean"), else today. What was done before
// the training day began belongs to the day before.
func (s *slots) logDate(reading *Reading) day.Date {
	date, said := s.today, false
	for _, t := range s.days() {
		d := s.past(t)
		if t.Lead == when.Not || t.Lead == when.Until || d > s.today || t.Day.Counted && t.Day.Offset > 0 {
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
	if date == s.today && s.early() {
		date--
	}
	return date
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
	if reading.Date == 0 && !s.has("days", "long", "week") {
		reading.Date = s.today
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
	for _, w := range []string{"rested", "was", "took", "missed", "skipped", "didnt", "did", "gone", "never", "had", "couldnt", "wasnt", "mark", "been", "slept", "log", "failed"} {
		if s.has(w) {
			return true
		}
	}
	return false
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

// remind fills what to be reminded of, on which days and when.
func (s *slots) remind(reading *Reading) {
	reading.Kinds = settle(plainLegs(s.m.kinds), false)
	if weakOnly(s.m.kinds) && !slices.Contains(reading.Kinds, day.Strength) {
		reading.Kinds = nil
	}
	week := s.week(reading)
	if week != 0 {
		reading.Days = week.Names()
	}
	if clocks := s.clocks(); len(clocks) == 1 {
		s.setTime(reading, clocks[0], week != 0)
	} else if len(clocks) > 1 {
		s.setTime(reading, s.chosen(clocks), week != 0)
	}
}

// plainLegs returns kinds with "legs" taken for leg day: who asks to be reminded of them means no soreness.
func plainLegs(found []named) []named {
	found = slices.Clone(found)
	for i := range found {
		found[i].weak = found[i].weak && found[i].kind != day.Strength
	}
	return found
}

// week returns the days that are asked for. Beside a habit ("weekdays",
// "each tuesday") a single weekday is something else that they tell.
func (s *slots) week(reading *Reading) when.Week {
	var week, out when.Week
	habit := slices.ContainsFunc(s.m.times, func(t when.Mention) bool { return t.What == when.Days && t.Plural })
	for _, t := range s.asked() {
		w := s.weekOf(t, habit)
		reading.EveryOther = reading.EveryOther || t.What == when.Days && t.Every
		if t.Lead == when.Not || t.Lead == when.From && t.What == when.ADay {
			out |= w
		} else {
			week |= w
		}
	}
	if out != 0 && week == 0 {
		reading.Except = true
		return out
	}
	return week &^ out
}

func (s *slots) weekOf(t when.Mention, habit bool) when.Week {
	switch {
	case t.What == when.Days:
		return t.Week
	case t.What == when.ADay && !t.Day.Counted && t.Day.Date == 0 && (!habit || t.Lead == when.Not):
		return 1 << t.Day.Weekday
	}
	return 0
}

// asked returns the mentions of the sentences that speak of reminding, if
// those mention anything; else all.
func (s *slots) asked() []when.Mention {
	var asked []when.Mention
	for _, t := range s.m.times {
		from, to := s.sentence(t.From)
		if s.m.hasIn(s.r.numbers["remindword"], from, to) {
			asked = append(asked, t)
		}
	}
	if len(asked) == 0 || !slices.ContainsFunc(asked, func(t when.Mention) bool { return s.weekOf(t, false) != 0 }) {
		return s.m.times
	}
	return asked
}

// sentence returns where the sentence around token i begins and ends.
func (s *slots) sentence(i int) (from, to int) {
	for from = i; from > 0 && !s.stops(from-1); from-- {
	}
	for to = i; to < len(s.m.tokens) && !s.stops(to); to++ {
	}
	return from, to
}

// stops reports whether a sentence ends at token i: at a full stop before a space.
func (s *slots) stops(i int) bool {
	switch s.m.tokens[i].Text {
	case ".", "!", "?":
		return i+1 == len(s.m.tokens) || !s.m.tokens[i+1].Glued
	}
	return false
}

// clocks returns the times of day that are said, strong ones before weak ones.
func (s *slots) clocks() []when.Mention {
	var strong, weak []when.Mention
	for _, t := range s.m.times {
		switch {
		case t.What != when.AClock || t.Lead == when.Not:
		case t.Clock.Weak:
			weak = append(weak, t)
		default:
			strong = append(strong, t)
		}
	}
	if len(strong) > 0 {
		return strong
	}
	return weak
}

// chosen returns the clock that is wanted of several: the last, but not one
// that says why or when something else is ("because the handover is at seven"),
// nor the one that it is changed from.
func (s *slots) chosen(clocks []when.Mention) when.Mention {
	for _, t := range clocks {
		if t.Lead == when.To {
			return t
		}
	}
	for i := len(clocks) - 1; i >= 0; i-- {
		if clocks[i].Lead != when.From && clocks[i].Lead != when.Before && !s.beside(clocks[i]) {
			return clocks[i]
		}
	}
	return clocks[len(clocks)-1]
}

// beside reports whether a clock is that of something else: "bus leaves 7.40".
func (s *slots) beside(t when.Mention) bool {
	for i := max(0, t.From-5); i < t.From; i++ {
		switch s.m.tokens[i].Text {
		case "because", "cos", "coz", "since", "leaves", "finish", "finishes", "ends", "starts", "start", "handover", "comes", "came", "class", "opens", "closes", "see":
			return true
		}
	}
	return false
}

// setTime sets the time of day. An open one is the next that comes; of a habit
// it is the one at which people train.
func (s *slots) setTime(reading *Reading, t when.Mention, habit bool) {
	c := t.Clock
	reading.OpenClock = c.Open
	clock := c.Near(s.clock)
	if habit && c.Open {
		clock = c.Clock
		if c.Clock.Hour() < 5 || c.Clock.Hour() == 6 && c.Clock.Minute() == 30 {
			clock += 12 * 60
		}
	}
	reading.Time = clock.String()
}

// snooze fills when to come back: minutes, or a time of today.
func (s *slots) snooze(reading *Reading) {
	if clocks := s.clocks(); len(clocks) > 0 {
		s.setTime(reading, clocks[len(clocks)-1], false)
	}
	for _, t := range s.m.times {
		if t.What == when.ALength && t.Length.Minutes > 0 {
			reading.Minutes, reading.Time = t.Length.Minutes, ""
			return
		}
	}
	if reading.Time == "" || s.clocks()[0].Clock.Weak && s.clocks()[0].Lead == when.In {
		for _, t := range s.m.tokens {
			if t.Value > 0 && t.Value <= 600 {
				reading.Minutes, reading.Time = t.Value, ""
			}
		}
	}
}

// move fills from which day to which.
func (s *slots) move(reading *Reading) {
	reading.Kinds = settle(s.m.kinds, true)
	if weakOnly(s.m.kinds) {
		reading.Kinds = nil
	}
	var said []when.Mention
	for _, t := range s.m.times {
		if t.What == when.Days && t.Count == 2 && !t.Plural {
			for _, weekday := range []int{t.First, t.Last} {
				said = append(said, when.Mention{What: when.ADay, Day: when.Day{Weekday: weekday, Part: -1}, Lead: t.Lead})
				t.Lead = when.To
			}
		}
		if t.What == when.ADay && t.Lead != when.Until || t.What == when.ADay && len(said) > 0 {
			said = append(said, t)
		}
	}
	if len(said) == 0 {
		for _, t := range s.m.times {
			if t.What == when.ADay {
				said = append(said, t)
			}
		}
	}
	from, to := s.split(said)
	if from != nil {
		reading.Date = s.coming(*from)
	}
	if to != nil {
		reading.To = s.coming(*to)
	}
}

// split tells the day that is moved from, from the one that is moved to.
func (s *slots) split(said []when.Mention) (from, to *when.Mention) {
	switch len(said) {
	case 0:
		return nil, nil
	case 1:
		if said[0].Lead == when.From {
			return &said[0], nil
		}
		return nil, &said[0]
	}
	first, second := &said[0], &said[1]
	switch {
	case second.Lead == when.Not, second.Lead == when.From, s.ruledOut(*second), first.Lead == when.To && second.Lead != when.To:
		return second, first
	}
	return first, second
}

// ruledOut reports whether a date is followed by why it will not do: "tomorrow's no good".
func (s *slots) ruledOut(t when.Mention) bool {
	i := t.To
	if i < len(s.m.tokens) && (s.m.tokens[i].Text == "'s" || s.m.tokens[i].Text == "is") {
		i++
	}
	if i >= len(s.m.tokens) {
		return false
	}
	switch s.m.tokens[i].Text {
	case "no", "not", "off", "out", "bad", "wont", "doesnt", "isnt", "shut", "closed", "impossible", "busy":
		return true
	}
	return false
}

// until returns the date at which a pause ends, or none.
func (s *slots) until() day.Date {
	var last *when.Mention
	for i, t := range s.m.times {
		switch {
		case t.What == when.ADay && (t.Lead == when.Until || t.Lead == when.To || s.endsPause(t)):
			last = &s.m.times[i]
		case t.What == when.ALength && t.Length.Days > 0 && t.Length.Days != 30 && last == nil:
			return s.today + day.Date(t.Length.Days)
		}
	}
	if last == nil {
		return 0
	}
	return s.coming(*last)
}

// endsPause reports whether a date is when they are back, though no "until" stands right before it.
func (s *slots) endsPause(t when.Mention) bool {
	for i := max(0, t.From-5); i < t.From; i++ {
		switch s.m.tokens[i].Text {
		case "back", "until", "till", "til", "home", "again", "resume", "return":
			return t.Lead != when.From && t.Lead != when.After
		}
	}
	return false
}

// zone fills where they are, or the candidates.
func (s *slots) zone(reading *Reading, atlas *place.Atlas) {
	places := place.Zone(s.m.places)
	if len(places) == 1 {
		reading.Zone = places[0].Zone
		return
	}
	reading.Zones = places
	if clocks := s.clocks(); len(places) == 0 && len(clocks) > 0 {
		reading.Zones = atlas.Clocks(clocks[0].Clock.Clock, s.c.Now, 8)
	}
}
