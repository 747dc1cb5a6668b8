package day

import (
	"fmt"
	"time"
)

// Clock is a time on a wall clock: minutes after midnight, 0 to 1439.
type Clock int16

// At returns the clock that shows hour and minute.
func At(hour, minute int) Clock { return Clock(hour*60 + minute) }

// ParseClock reads a clock written as 15:04.
func ParseClock(s string) (Clock, error) {
	t, err := time.Parse("15:04", s)
	if err != nil {
		return 0, fmt.Errorf("read time of day %q: want the form 17:30", s)
	}
	return At(t.Hour(), t.Minute()), nil
}

// Hour returns the hour that c shows.
func (c Clock) Hour() int { return int(c) / 60 }

// Minute returns the minute that c shows.
func (c Clock) Minute() int { return int(c) % 60 }

// String returns c as 15:04.
func (c Clock) String() string { return fmt.Sprintf("%02d:%02d", c.Hour(), c.Minute()) }

// MarshalText returns c as 15:04.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (c *Clock) UnmarshalText(text []byte) error {
	parsed, err := ParseClock(string(text))
	*c = parsed
	return err
}
