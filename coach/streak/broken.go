package streak

import "legcoach/coach/day"

// broken follows what a missed date did to a streak, and what two sessions
// within a week would bring back. The dates missed until then are bridged
// together: bridging only the first would give nothing back.
type broken struct {
	at       day.Date // the date that broke the streak; the zero Date if none did lately
	missed   []day.Date
	have     int
	back     int      // the streak as it would be
	comeback day.Date // the last date that was bridged
	since    day.Date // dates before it are too long ago to be bridged
}

// miss tells of a missed date, at which the streak stood at streak.
func (b *broken) miss(d day.Date, streak int) {
	if b.at != 0 && d <= b.at+comebackDays && b.have < comebackSessions {
		b.missed = append(b.missed, d)
		return
	}
	b.at = 0
	if d < b.since || streak == 0 || (b.comeback != 0 && d < b.comeback+comebackEvery) {
		return
	}
	b.at, b.missed, b.have, b.back = d, []day.Date{d}, 0, streak
}

// see tells of any date, after its state is known.
func (b *broken) see(d day.Date, state State, excuse Reason, e Entry) {
	switch {
	case state == Excused && excuse == Comeback:
		b.comeback = d
	case b.at == 0:
	case state == Done:
		b.back++
		if d <= b.at+comebackDays {
			b.have++
		}
	case state == Rest:
		b.back++
	}
}

// offer returns the repair that is possible today.
func (b *broken) offer(today day.Date) Repair {
	by := b.at + comebackDays
	switch {
	case b.at == 0, today > by && b.have < comebackSessions, today > by+comebackDays:
		return Repair{}
	}
	return Repair{Missed: b.missed, By: by, Have: min(b.have, comebackSessions), Back: b.back}
}
