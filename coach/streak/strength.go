package streak

import (
	"math"
	"math/bits"

	"legcoach/coach/day"
)

// strength is the score of Loop Habit Tracker, 0 to 1: on every date that is
// judged, score = score·m + x·(1−m), with m = 0.5^(√f/13), f the sessions
// planned per date and x the share of them done, both over the last 14 dates.
// Excused dates and those still open leave it as it is and are not in the 14
// dates' target. In the first 14 dates f is that of the first two weeks' plan,
// so that one lucky day does not make a habit.
type strength struct {
	score   float64
	lived   uint // dates so far, up to window
	first   int  // sessions planned in the first window
	planned uint16
	trained uint16
	counted uint16 // dates that are in the target
}

const window = 14

// keeps holds m for each number of sessions planned in a window of each length.
var keeps = func() (m [window + 1][window + 1]float64) {
	for length := 1; length <= window; length++ {
		for sessions := range m[length] {
			f := float64(min(sessions, length)) / float64(length)
			m[length][sessions] = math.Pow(0.5, math.Sqrt(f)/13)
		}
	}
	return m
}()

func newStrength(f *Facts) strength {
	s := strength{}
	for d := f.Log.start; d < f.Log.start+window; d++ {
		if f.planFromStart(d).Training() {
			s.first++
		}
	}
	return s
}

// see tells of the next date: whether a session was expected, whether there
// was one, and what the date amounts to.
func (s *strength) see(expected, trained bool, state State) {
	waits := state == Excused || state == Open || state == Grace
	push(&s.planned, expected && !waits)
	push(&s.trained, trained)
	push(&s.counted, !waits)
	s.lived = min(s.lived+1, window)
	if waits && !trained {
		return
	}
	length := max(1, bits.OnesCount16(s.counted))
	target := bits.OnesCount16(s.planned)
	if target == 0 {
		target = length / 7 // no plan: a session a week keeps the habit
	}
	done := bits.OnesCount16(s.trained)
	if target == 0 && done == 0 {
		return
	}
	m := keeps[length][min(max(target, 1), window)]
	if s.lived < window && s.first > 0 {
		m = keeps[window][s.first]
	}
	x := 1.0
	if done < target {
		x = float64(done) / float64(target)
	}
	s.score = s.score*m + x*(1-m)
}

// push moves a window of 14 dates on by one.
func push(dates *uint16, on bool) {
	*dates = *dates << 1 & (1<<window - 1)
	if on {
		*dates |= 1
	}
}

// planFromStart is PlanOf for the first dates of the log, which it reads from the front.
func (f *Facts) planFromStart(d day.Date) day.Kind {
	text := f.Log.text
	for at := f.Log.start; text != ""; at++ {
		e, size := decode(text)
		if at == d {
			return f.planOf(e, d)
		}
		text = text[size:]
	}
	return f.planOf(unset, d)
}
