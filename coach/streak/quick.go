package streak

import (
	"math/bits"

	"legcoach/coach/day"
)

// What an ordinary entry comes to on a date long past.
const (
	unusual uint8 = 0
	trained uint8 = 1 // a session on a day with one planned: the odd one
	lone    uint8 = 2 // a session on a free day
	rested  uint8 = 4
	instead uint8 = 6 // rest in place of a session
	freed   uint8 = 8
	due     uint8 = 10 // a session was planned, and there was none
)

// ordinaryDays says of a letter of the log what it comes to.
var ordinaryDays = func() (all [256]uint8) {
	for e, c := range ordinary {
		all[c] = comesTo(e)
	}
	return all
}()

// comesTo returns what e comes to, if it is like most entries.
func comesTo(e Entry) uint8 {
	plan, known := e.Plan()
	switch {
	case !known || e.Excuse() != None || e.Has(Unearned|Moved|Unfrozen):
		return unusual
	case e.Trained():
		switch {
		case !e.Done() || e.Has(Rested):
			return unusual
		case plan.Training():
			return trained
		}
		return lone
	case plan == day.Rest:
		return rested
	case plan.Training() && e.Has(Rested):
		return instead
	case plan.Training():
		return due
	case e.Has(Rested):
		return unusual
	}
	return freed
}

// quick walks over ordinary dates, as step does, until one that is not: one
// before until, on which nothing holds, while no repair is possible and two
// weeks have been lived. It returns the first date that it left out and the
// text from there on. Nearly all dates of a long log are of this kind, which
// makes it worth its lines.
func (w *walk) quick(d, until day.Date, text string) (day.Date, string) {
	if w.broken.at != 0 || w.strength.lived < window {
		return d, text
	}
	k := &w.weeks
	for d < until {
		if d >= k.next {
			k.turn()
		}
		to := min(until, k.next)
		size := w.stretch(int(to-d), text)
		dates := w.walked
		text = text[size:]
		planned := bits.OnesCount16(w.strength.planned & (1<<dates - 1))
		done := bits.OnesCount16(w.strength.trained & (1<<dates - 1))
		k.planned += planned + w.instead
		k.done += done
		k.lived += dates
		w.n.Total += done
		if d += day.Date(dates); d == k.next {
			k.judge()
		}
		if d < to {
			break
		}
	}
	return d, text
}

// stretch walks over at most most ordinary dates of one week. It returns how
// much of the text they take, and leaves in walked how many they were and in
// instead how many of them were rest in place of a session.
func (w *walk) stretch(most int, text string) (size int) {
	sessions, rests, best := w.n.Sessions, w.n.Rests, w.n.Best
	freezes, run, earning := w.n.Freezes, w.run, w.earning
	score, planned, done := w.strength.score, w.strength.planned, w.strength.trained
	dates, swapped := 0, 0
walking:
	for ; dates < most && size < len(text); dates++ {
		what, letters := ordinaryDays[text[size]], 1
		if what == unusual {
			var e Entry
			if e, letters = decode(text[size:]); letters > 0 {
				what = comesTo(e)
			}
		}
		planned, done = planned<<1, done<<1
		switch what {
		case rested, instead:
			if sessions > 0 {
				rests++
			}
			swapped += int(what>>1) & 1
		case trained, lone:
			planned |= uint16(what & 1)
			done |= 1
			sessions++
			run = 0
			freezes, earning = earned(freezes, earning)
		case freed:
		case due:
			if freezes == 0 || sessions == 0 || run == maxRun {
				planned, done = planned>>1, done>>1
				break walking
			}
			planned |= 1
			freezes--
			run++
		default:
			planned, done = planned>>1, done>>1
			break walking
		}
		m := &moves[bits.OnesCount16(planned&full)&15][bits.OnesCount16(done&full)&15]
		score = m.of(score)
		best = max(best, sessions+rests)
		size += letters
	}
	w.n.Sessions, w.n.Rests, w.n.Best, w.n.Streak = sessions, rests, best, sessions+rests
	w.n.Freezes, w.run, w.earning = freezes, run, earning
	w.strength.score, w.strength.planned, w.strength.trained = score, planned&full, done&full
	w.walked, w.instead = dates, swapped
	return size
}
