package coach

import (
	"slices"

	"legcoach/coach/day"
)

const (
	// usualLogs is how many logs at much the same time of day make it the usual one.
	usualLogs = 3
	// muchTheSame is how far apart they may be, in minutes.
	muchTheSame = 90
	// hourAhead is how long before the usual log a reminder helps, in minutes.
	hourAhead = 40
)

// noteHour remembers at what time of day a session of today was logged, as long
// as a time for reminders may still be offered.
func (t *turn) noteHour(date day.Date) {
	if date != t.today || t.beforeDawn() || !t.mayOfferHour() {
		return
	}
	_, clock := day.Wall(t.now, t.zone)
	hours := append(slices.Clone(t.r.Told.Hours), clock)
	t.r.Told.Hours = hours[max(0, len(hours)-usualLogs):]
}

// mayOfferHour reports whether the runner is reminded, at times that are not of
// their choosing, and was not offered one.
func (t *turn) mayOfferHour() bool {
	s := t.r.Set
	return s.Remind && s.Clock == nil && len(s.Own)+len(s.Times)+len(s.Weekdays) == 0 && !t.r.Told.Timed
}

// offerHour adds, once, the offer to remind shortly before the time at which the
// runner mostly logs. It reports whether it did.
func (t *turn) offerHour(l *Line) bool {
	hours := slices.Sorted(slices.Values(t.r.Told.Hours))
	if !t.mayOfferHour() || len(hours) < usualLogs || hours[usualLogs-1]-hours[0] > muchTheSame {
		return false
	}
	usual := hours[usualLogs/2]
	at := (usual - hourAhead) / 30 * 30
	if at < 0 || at == t.clockFor(day.Easy) || t.quietHours().Holds(at) {
		return false
	}
	t.r.Told.Timed, t.r.Told.Hours = true, nil
	extra := t.phrases.line("hour_offer", vars{"usual": usual.String(), "time": at.String()})
	l.Text, l.Choices = paragraphs(l.Text, extra.Text), append(l.Choices, extra.Choices...)
	return true
}
