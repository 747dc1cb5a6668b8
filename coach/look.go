package coach

import (
	"time"

	"legcoach/coach/day"
)

const (
	// lookAfter is after how many days of silence a runner is looked in on who
	// asked for it, lookAgain how many days later once more; after silentAfter never again.
	lookAfter, lookAgain = 30, 14
)

// lookOrder has a runner looked in on who falls silent, or not.
func (t *turn) lookOrder(words string) {
	was := t.mark()
	t.r.Set.LookIn = words != "off"
	name := "look_off"
	if t.r.Set.LookIn {
		name = "look_on"
	}
	t.instead(t.say(name, vars{"change": t.changed(was, t.phrases.text("look_name", nil))}))
}

// lookAt is when a runner who fell silent is next to be looked in on, at ten in
// the morning; zero if they did not ask for it, or are past it.
func (t *turn) lookAt() time.Time {
	_, paused := t.r.Days.Paused(t.today)
	if !t.r.Set.LookIn || t.r.Set.Muted || t.r.Unreachable || paused {
		return time.Time{}
	}
	heard, _ := day.Wall(t.r.Heard, t.zone)
	for d := heard + lookAfter; ; d += lookAgain {
		at, exists := day.Instant(d, checkInTime, t.zone)
		switch {
		case at.Sub(t.r.Heard) > silentAfter:
			return time.Time{}
		case exists && at.After(t.r.Told.Looked) && t.now.Before(at.Add(life)):
			return at
		}
	}
}

// lookIn says one word to a runner who fell silent and asked to be looked in on.
func (t *turn) lookIn() {
	at := t.lookAt()
	if at.IsZero() || t.now.Before(at) {
		return
	}
	t.r.Told.Looked = t.now
	if t.quietAt(t.now) {
		return
	}
	l := t.note("look", nil)
	l.Expires = at.Add(cardLife)
	l.Choices = t.phrases.line("look_choices", nil).Choices
}
