package coachtest

import (
	"time"

	"legcoach/coach/day"
	"legcoach/coach/schedule"
)

// Reminders are the operator's default plan in every conversation.
var Reminders = map[day.Kind]schedule.Schedule{
	day.Hill:     schedule.Weekly(1<<time.Tuesday, day.At(17, 30)),
	day.Interval: schedule.Weekly(1<<time.Friday, day.At(17, 30)),
	day.Strength: schedule.Weekly(1<<time.Wednesday|1<<time.Saturday, day.At(17, 30)),
	day.Easy:     schedule.Weekly(1<<time.Sunday, day.At(17, 30)),
	day.Rest:     schedule.Weekly(1<<time.Monday|1<<time.Thursday, day.At(9, 0)),
}
