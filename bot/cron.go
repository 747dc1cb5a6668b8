package bot

import (
	"errors"
	"fmt"
	"strings"

	"github.com/robfig/cron/v3"

	"legcoach/coach/schedule"
)

// ParseCron reads a cron expression of five fields: minute, hour, day of the
// month, month, day of the week. The pinned library parses it; what it says is
// then kept as data, since its own way to the next instant loses or doubles
// reminders where clocks change (https://github.com/robfig/cron/issues/541).
//
// What makes the library panic or loop is refused before it is asked:
// time zones (https://github.com/robfig/cron/issues/554) and empty list items.
func ParseCron(expression string) (schedule.Schedule, error) {
	fields := strings.Fields(expression)
	if len(expression) > maxCron || len(fields) != 5 {
		return schedule.Schedule{}, fmt.Errorf("cron expression %q: want five fields such as \"30 17 * * TUE\"", clip(expression))
	}
	for _, f := range fields {
		for _, item := range strings.Split(f, ",") {
			if item == "" || strings.Contains(f, "=") {
				return schedule.Schedule{}, fmt.Errorf("cron expression %q: %q is not a field; write a number, a name, a range or a list", clip(expression), f)
			}
		}
	}
	parsed, err := cron.ParseStandard(strings.Join(fields, " "))
	if err != nil {
		return schedule.Schedule{}, fmt.Errorf("cron expression %q: %w", clip(expression), err)
	}
	spec, ok := parsed.(*cron.SpecSchedule)
	if !ok {
		return schedule.Schedule{}, fmt.Errorf("cron expression %q: only the five fields are read", clip(expression))
	}
	s := fromSpec(spec)
	if !s.Possible() {
		return s, fmt.Errorf("cron expression %q: %w", clip(expression), errNever)
	}
	return s, nil
}

// maxCron is the longest expression that is read, in bytes.
const maxCron = 256

var errNever = errors.New("no such date ever comes")

// star is the bit with which the library marks a field that was "*".
const star = 1 << 63

func fromSpec(spec *cron.SpecSchedule) schedule.Schedule {
	s := schedule.Schedule{Minutes: spec.Minute &^ star, Hours: uint32(spec.Hour &^ star)}
	if spec.Dom&star == 0 {
		s.Dates = uint32(spec.Dom)
	}
	if spec.Month&star == 0 {
		s.Months = uint16(spec.Month)
	}
	if spec.Dow&star == 0 {
		s.Weekdays = uint8(spec.Dow)
	}
	return s
}

func clip(s string) string {
	if len(s) > 60 {
		return strings.ToValidUTF8(s[:60], "") + "…"
	}
	return s
}
