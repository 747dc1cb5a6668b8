package streak

import (
	"math/bits"

	"legcoach/coach/day"
)

// What an ordinary letter of the log comes to on a date long past.
const (
	unusual uint8 = iota
	lone          // a session on a free day
	trained       // a session on a day with one planned
	rested
	freed
	due // a session was planned, and there was none
)

var ordinaryDays = func() (all [256]uint8) {
	for letters, what := range map[string]uint8{"vwxyz": lone, "HISE": trained, "rR": rested, "-": freed, "hise": due} {
		for _, c := range []byte(letters) {
			all[c] = what
		}
	}
	return all
}()

// quick walks over ordinary dates, as step does, until one that is not: one
// before until, on which nothing holds, while no repair is possible and two
// weeks have been lived. It returns the first date that it left out
// and the text from there on. Nearly all dates of a long log are of this kind,
// which makes it worth its lines.
func (w *walk) quick(d, until day.Date, text string) (day.Date, string) {
	if w.broken.at != 0 || w.strength.lived < window {
		return d, text
	}
	n, k := &w.n, &w.weeks
	score, planned, done := w.strength.score, w.strength.planned, w.strength.trained
	i := 0
walking:
	for d < until && i < len(text) {
		what, size := ordinaryDays[text[i]], 1
		if what == unusual {
			what, size = ordinaryOf(text[i:])
		}
		var isPlanned, isDone uint16
		switch what {
		case trained:
			isPlanned, isDone = 1, 1
			w.session()
		case lone:
			isDone = 1
			w.session()
		case rested:
			if n.Streak > 0 {
				n.Rests++
			}
		case freed:
		case due:
			if !w.freezable() {
				break walking
			}
			isPlanned = 1
			n.Freezes--
			w.run++
		default:
			break walking
		}
		planned, done = planned<<1&full|isPlanned, done<<1&full|isDone
		m := &moves[bits.OnesCount16(planned)&15][bits.OnesCount16(done)&15]
		score = score*m.keep + m.add
		n.Streak = n.Sessions + n.Rests
		n.Best = max(n.Best, n.Streak)
		n.Total += int(isDone)
		if d >= w.seasonFrom {
			n.Season += int(isDone)
		}
		if d >= k.next {
			k.turn()
		}
		k.planned += int(isPlanned)
		k.done += int(isDone)
		k.lived++
		if d++; d == k.next {
			k.judge()
		}
		i += size
	}
	w.strength.score, w.strength.planned, w.strength.trained = score, planned, done
	return d, text[i:]
}

// ordinaryOf returns what the entry in brackets at the beginning of text comes
// to, if it is a done day like others, and its size.
func ordinaryOf(text string) (what uint8, size int) {
	e, size := decode(text)
	switch {
	case !e.Done() || e.Has(Unearned|Rested|Moved):
		return unusual, 0
	case planKinds[e&planMask].Training():
		return trained, size
	case e&planMask != unset:
		return lone, size
	}
	return unusual, 0
}
