package streak_test

import (
	"math"
	"slices"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// slow is the second implementation of the numbers: date by date and straight
// from the rules, with maps for facts and everything looked up from the start
// each time. It shares nothing with the package but the facts it is told, the
// calendar of package day, and the marks that the package itself puts on dates.
type slow struct {
	start    day.Date
	plan     func(day.Date) day.Kind
	planned  map[day.Date]day.Kind
	sessions map[day.Date][]bool // late or not, in order
	excuses  map[day.Date]streak.Reason
	pauses   []streak.Pause
	clocks   []streak.Span
	rested   map[day.Date]bool
	freezes  int
	marks    func(day.Date) streak.Entry
}

func (s *slow) clockAt(t time.Time) streak.Span {
	clock := s.clocks[0]
	for _, c := range s.clocks[1:] {
		if !c.From.After(t) {
			clock = c
		}
	}
	return clock
}

func zoneOf(c streak.Span) *time.Location {
	zone, err := day.Zone(c.Zone)
	if err != nil {
		panic(err)
	}
	return zone
}

func (s *slow) dateOf(t time.Time) day.Date {
	c := s.clockAt(t)
	return day.Training(t, zoneOf(c), c.Starts)
}

// judged returns when d is judged: a change of clock moves the close of a date
// that is still open or in grace, to the later of both if it is within 48 hours.
func (s *slow) judged(d day.Date, now time.Time) time.Time {
	hours := 24 * time.Hour
	if s.marks(d).Has(streak.Widened) {
		hours = 48 * time.Hour
	}
	closes := day.Close(d, zoneOf(s.clocks[0]), s.clocks[0].Starts)
	for _, c := range s.clocks[1:] {
		if c.From.After(now) || !c.From.Before(closes.Add(hours)) {
			continue
		}
		moved := day.Close(d, zoneOf(c), c.Starts)
		within := moved.Sub(c.From).Abs() < 48*time.Hour || closes.Sub(c.From).Abs() < 48*time.Hour
		if !within || moved.After(closes) {
			closes = moved
		}
	}
	return closes.Add(hours)
}

// short reports whether the runner lived less than 12 hours of d, by looking at
// the clock every ten minutes, and every minute if it is about that.
func (s *slow) short(d day.Date, now time.Time) bool {
	near := slices.ContainsFunc(s.clocks[1:], func(c streak.Span) bool { return d.UTC().Sub(c.From).Abs() < 96*time.Hour })
	if !near && d.Format("2006-01") != "2011-12" {
		return false
	}
	known := *s
	known.clocks = slices.DeleteFunc(slices.Clone(s.clocks), func(c streak.Span) bool { return c.From.After(now) })
	lived := known.lived(d, 10*time.Minute)
	if (lived - 12*time.Hour).Abs() < time.Hour {
		lived = known.lived(d, time.Minute)
	}
	return lived < 12*time.Hour
}

func (s *slow) lived(d day.Date, every time.Duration) (sum time.Duration) {
	for t := d.UTC().Add(-48 * time.Hour); t.Before(d.UTC().Add(96 * time.Hour)); t = t.Add(every) {
		if s.dateOf(t) == d {
			sum += every
		}
	}
	return sum
}

func (s *slow) planOf(d day.Date) day.Kind {
	if k, ok := s.planned[d]; ok {
		return k
	}
	return s.plan(d)
}

func (s *slow) done(d day.Date) bool { return slices.Contains(s.sessions[d], false) }

func (s *slow) excuse(d day.Date, now time.Time) streak.Reason {
	for _, p := range s.pauses {
		last := p.Until
		if last == 0 {
			last = 1 << 30
		}
		if p.Reason != streak.Red {
			last = min(last, p.From+89)
		}
		if p.From <= d && d <= last {
			return p.Reason
		}
	}
	if s.short(d, now) {
		return streak.Abroad
	}
	return s.excuses[d]
}

// slowNumbers are those that both implementations give.
type slowNumbers struct {
	streak, sessions, rests, best, freezes, weeks, total int
	strength                                             float64
	states                                               map[day.Date]streak.State
}

func (s *slow) derive(now time.Time) slowNumbers {
	today, reached := s.dateOf(now), s.dateOf(now)
	for i, c := range s.clocks {
		if i > 0 && !c.From.After(now) && now.Sub(c.From) <= 72*time.Hour {
			before := s.clocks[i-1]
			reached = max(reached, day.Training(c.From, zoneOf(before), before.Starts))
		}
	}
	end := reached
	for d := range s.sessions {
		if len(s.sessions[d]) > 0 {
			end = max(end, d)
		}
	}
	n := slowNumbers{freezes: s.freezes, states: map[day.Date]streak.State{}}
	earning, frozen := 0, 0
	for d := s.start; d <= end; d++ {
		excuse, plan, marks := s.excuse(d, now), s.planOf(d), s.marks(d)
		rest := plan == day.Rest || s.rested[d]
		var state streak.State
		switch {
		case s.done(d):
			state = done
		case excuse == streak.Amber && rest && d < today:
			state = rest_
		case excuse == streak.Amber && rest && d >= today && d < reached:
			state = rest_
		case excuse != streak.None && !(excuse == streak.Amber && rest):
			state = excused
		case d >= today && !(rest && d < reached):
			state = open
		case rest:
			state = rest_
		case plan == day.Free:
			state = free
		case now.Before(s.judged(d, now)):
			state = grace
		case n.freezes > 0 && n.streak > 0 && frozen < 2 && !marks.Has(streak.Unfrozen):
			state = streak.Frozen
		default:
			state = missed
		}
		n.states[d] = state
		if len(s.sessions[d]) > 0 {
			n.total++
		}
		switch state {
		case done:
			n.sessions++
			frozen = 0
			if !marks.Has(streak.Unearned) {
				if earning++; earning%10 == 0 && n.freezes < 2 {
					n.freezes++
				}
			}
		case rest_:
			if n.streak >= 1 {
				n.rests++
			}
		case streak.Frozen:
			n.freezes--
			frozen++
		case missed:
			n.sessions, n.rests = 0, 0
		}
		n.streak = n.sessions + n.rests
		n.best = max(n.best, n.streak)
	}
	n.weeks = s.weeks(now, n.states)
	n.strength = s.strength(n.states, end)
	return n
}

const rest_ = streak.Rest

func (s *slow) weeks(now time.Time, states map[day.Date]streak.State) int {
	kept := 0
	for monday := s.start.Monday(); ; monday += 7 {
		if _, lived := states[monday+6]; !lived || now.Before(s.judged(monday+6, now)) {
			return kept
		}
		target, sessions, out := 0, 0, 0
		for d := monday; d < monday+7; d++ {
			if d < s.start {
				out++
				if s.planOf(d + 7).Training() {
					target++
				}
				continue
			}
			if s.planOf(d).Training() {
				target++
			}
			switch states[d] {
			case done:
				sessions++
			case excused:
				out++
			}
		}
		need := int(math.Ceil(float64(target*(7-out)) / 7))
		switch {
		case need == 0:
		case sessions >= need:
			kept++
		default:
			kept = 0
		}
	}
}

func (s *slow) strength(states map[day.Date]streak.State, end day.Date) float64 {
	first := 0
	for d := s.start; d < s.start+14; d++ {
		if s.planOf(d).Training() {
			first++
		}
	}
	score := 0.0
	var planned, trained []float64
	for d := s.start; d <= end; d++ {
		waits := states[d] == excused || states[d] == open || states[d] == grace
		if waits && len(s.sessions[d]) == 0 {
			continue
		}
		p, t := 0.0, 0.0
		if s.planOf(d).Training() && !s.rested[d] && !waits {
			p = 1
		}
		if len(s.sessions[d]) > 0 {
			t = 1
		}
		planned, trained = append(planned, p), append(trained, t)
		from := max(0, len(planned)-14)
		target, did := sum(planned[from:]), sum(trained[from:])
		length := len(planned) - from
		per := float64(first)
		if len(planned) > 14 {
			per = target
			if per == 0 {
				per = 2
			}
		}
		if target == 0 {
			target = float64(length / 7)
		}
		if target == 0 && did == 0 {
			continue
		}
		m := math.Pow(0.5, math.Sqrt(max(per, 2)/14)/13)
		score = score*m + min(1, did/max(target, 1e-9))*(1-m)
	}
	return 100 * score
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}
