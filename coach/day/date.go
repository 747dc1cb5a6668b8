package day

import (
	"fmt"
	"time"
)

// Date is a civil date: the number of days since 1 January 1970, in no zone.
// The zero Date is that day; no runner lived it, so it also stands for "none".
type Date int32

const secondsPerDay = 24 * 60 * 60

// DateOf returns the civil date with these parts, normalised as time.Date does.
func DateOf(year int, month time.Month, dayOfMonth int) Date {
	return Date(time.Date(year, month, dayOfMonth, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// ParseDate reads a date written as 2006-01-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("read date %q: want the form 2006-01-02", s)
	}
	return Date(t.Unix() / secondsPerDay), nil
}

// Civil returns the parts of d.
func (d Date) Civil() (year int, month time.Month, dayOfMonth int) { return d.midnight().Date() }

// Weekday returns the day of the week of d.
func (d Date) Weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) }

// String returns d as 2006-01-02.
func (d Date) String() string { return d.midnight().Format(time.DateOnly) }

// Format writes d in a layout of package time; only its date fields mean something.
func (d Date) Format(layout string) string { return d.midnight().Format(layout) }

// MarshalText returns d as 2006-01-02; the zero Date is empty.
func (d Date) MarshalText() ([]byte, error) {
	if d == 0 {
		return nil, nil
	}
	return []byte(d.String()), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	parsed, err := ParseDate(string(text))
	*d = parsed
	return err
}

// UTC returns midnight at the start of d in UTC.
func (d Date) UTC() time.Time { return d.midnight() }

// midnight is the wall clock at the start of d written as UTC.
func (d Date) midnight() time.Time { return time.Unix(int64(d)*secondsPerDay, 0).UTC() }

// Monday returns the Monday of the week that holds d.
func (d Date) Monday() Date { return d - Date((int(d.Weekday())+6)%7) }
