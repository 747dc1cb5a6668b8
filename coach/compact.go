package coach

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"legcoach/coach/day"
)

// Reminders are kept in a few letters each, since every runner keeps the latest
// of them: "gg5.easy.lt0x3k8o.c", a date and a time in base 36, and marks.

const base = 36

// MarshalText returns n in a few letters.
func (n Nudge) MarshalText() ([]byte, error) {
	text := compact(n.Date, string(n.Kind), n.At)
	if n.Closed {
		text += ".c"
	}
	if n.Lost {
		text += ".l"
	}
	if n.Snoozes > 0 {
		text += ".s" + strconv.Itoa(n.Snoozes)
	}
	if n.To != "" {
		text += "@" + string(n.To)
	}
	return []byte(text), nil
}

// UnmarshalText reads what MarshalText wrote.
func (n *Nudge) UnmarshalText(text []byte) error {
	said, to, _ := strings.Cut(string(text), "@")
	parts := strings.Split(said, ".")
	date, kind, at, err := expand(parts)
	if err != nil {
		return err
	}
	*n = Nudge{Date: date, Kind: day.Kind(kind), At: at, To: ID(to)}
	for _, mark := range parts[3:] {
		switch {
		case mark == "c":
			n.Closed = true
		case mark == "l":
			n.Lost = true
		case strings.HasPrefix(mark, "s"):
			if n.Snoozes, err = strconv.Atoi(mark[1:]); err != nil {
				return fmt.Errorf("read reminder %q: %w", text, err)
			}
		}
	}
	return nil
}

// MarshalText returns d in a few letters.
func (d Drop) MarshalText() ([]byte, error) {
	return []byte(compact(d.Date, string(d.Kind), d.At) + "." + d.Why), nil
}

// UnmarshalText reads what MarshalText wrote.
func (d *Drop) UnmarshalText(text []byte) error {
	parts := strings.SplitN(string(text), ".", 4)
	date, kind, at, err := expand(parts)
	if err != nil || len(parts) < 4 {
		return fmt.Errorf("read reminder that was not sent %q: want a date, a kind, a time and a reason", text)
	}
	*d = Drop{Date: date, Kind: day.Kind(kind), At: at, Why: parts[3]}
	return nil
}

func compact(d day.Date, kind string, at time.Time) string {
	when := ""
	if !at.IsZero() {
		when = strconv.FormatInt(at.UnixMilli(), base)
	}
	return strconv.FormatInt(int64(d), base) + "." + kind + "." + when
}

func expand(parts []string) (d day.Date, kind string, at time.Time, err error) {
	if len(parts) < 3 {
		return 0, "", time.Time{}, fmt.Errorf("read reminder %q: want a date, a kind and a time", strings.Join(parts, "."))
	}
	date, err := strconv.ParseInt(parts[0], base, 32)
	if err != nil {
		return 0, "", time.Time{}, fmt.Errorf("read the date of a reminder: %w", err)
	}
	if parts[2] != "" {
		ms, err := strconv.ParseInt(parts[2], base, 64)
		if err != nil {
			return 0, "", time.Time{}, fmt.Errorf("read the time of a reminder: %w", err)
		}
		at = time.UnixMilli(ms).UTC()
	}
	return day.Date(date), parts[1], at, nil
}
