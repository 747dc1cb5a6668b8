package streak

import (
	"math"
	"math/bits"
)

// strength is the score of Loop Habit Tracker, 0 to 1: on every date that is
// judged, score = score·m + x·(1−m), with m = 0.5^(√f/13), f the sessions
// planned per date and x the share of them done, both over the last 14 such
// dates. Excused dates and those still open are left out, as if they were not
// there. In the first 14 dates f is that of the first two weeks' plan, so that
// one lucky day does not make a habit.
type strength struct {
	score   float64
	lived   int    // dates so far, up to window
	first   int    // sessions planned in the first window
	planned uint16 // the last dates, a bit each: a session was planned
	trained uint16 // and there was one
}

const (
	window = 14
	full   = 1<<window - 1
)

// move is what one date makes of the score: score·keep + add.
type move struct{ keep, add float64 }

// of rounds after each operation: processors that do both at once would make
// the score depend on where a walk began.
func (m *move) of(score float64) float64 { return float64(score*m.keep) + m.add }

// moves holds the moves for each number of sessions planned and done in a full window.
var moves = func() (all [16][16]move) {
	for target := range window + 1 {
		for done := range window + 1 {
			all[target][done] = moveOf(window, target, done, target)
		}
	}
	return all
}()

// keeps holds m for each number of sessions planned in a window.
var keeps = func() (all [window + 1]float64) {
	for sessions := range all {
		all[sessions] = math.Pow(0.5, math.Sqrt(float64(sessions)/window)/13)
	}
	return all
}()

// moveOf returns the move of a date, when of the last length dates target had
// a session planned and done had one, and per of 14 dates have one altogether.
func moveOf(length, target, done, per int) move {
	if target == 0 {
		target = length / 7 // no plan: a session a week keeps the habit
	}
	if target == 0 && done == 0 {
		return move{1, 0}
	}
	m := keeps[max(per, 2)]
	x := 1.0
	if done < target {
		x = float64(done) / float64(target)
	}
	return move{m, x * (1 - m)}
}

func newStrength(f *Facts) strength {
	s := strength{}
	text := f.Log.text
	for d := f.Log.start; d < f.Log.start+window; d++ {
		var e Entry
		e, text = next(text)
		if f.planOf(e, d).Training() {
			s.first++
		}
	}
	return s
}

// see tells of the next date: whether a session was expected, whether there
// was one, and what the date amounts to.
func (s *strength) see(expected, trained bool, state State) {
	waits := state == Excused || state == Open || state == Grace
	if waits && !trained {
		return
	}
	s.planned = s.planned<<1&full | bit(expected && !waits)
	s.trained = s.trained<<1&full | bit(trained)
	target, done := bits.OnesCount16(s.planned), bits.OnesCount16(s.trained)
	m := moves[target][done]
	if s.lived < window {
		s.lived++
		m = moveOf(s.lived, target, done, s.first)
	}
	s.score = m.of(s.score)
}

func bit(on bool) uint16 {
	if on {
		return 1
	}
	return 0
}
