package streak

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"legcoach/coach/day"
)

// Clocks and pauses are kept as a line of text each, since years bring many:
// "2026-11-21T15:57:48Z Asia/Tokyo 04:00" and "2026-10-23 2026-10-30 sick". A
// dash stands for a time or a date that is not there.

const absent = "-"

// MarshalText returns s as a line.
func (s Span) MarshalText() ([]byte, error) {
	from := []byte(absent)
	if !s.From.IsZero() {
		var err error
		if from, err = s.From.MarshalText(); err != nil {
			return nil, fmt.Errorf("write a clock: %w", err)
		}
	}
	return fmt.Appendf(from, " %s %s", s.Zone, s.Starts), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *Span) UnmarshalText(text []byte) error {
	from, rest, _ := strings.Cut(string(text), " ")
	at := strings.LastIndexByte(rest, ' ')
	if at < 0 {
		return fmt.Errorf("read clock %q: want when it begins, a zone, and when days begin", text)
	}
	*s = Span{Zone: rest[:at]}
	if from != absent {
		var err error
		if s.From, err = time.Parse(time.RFC3339, from); err != nil {
			return fmt.Errorf("read clock %q: %w", text, err)
		}
	}
	return s.Starts.UnmarshalText([]byte(rest[at+1:]))
}

// UnmarshalJSON reads the text, and the object that it was before.
func (s *Span) UnmarshalJSON(data []byte) error {
	type before Span
	return textOr(data, s.UnmarshalText, (*before)(s))
}

// MarshalText returns p as a line.
func (p Pause) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s %s %s", dateText(p.From), dateText(p.Until), p.Reason), nil
}

// UnmarshalText reads what MarshalText wrote.
func (p *Pause) UnmarshalText(text []byte) error {
	parts := strings.SplitN(string(text), " ", 3)
	if len(parts) < 3 {
		return fmt.Errorf("read pause %q: want its first date, its last, and a reason", text)
	}
	*p = Pause{}
	for i, d := range []*day.Date{&p.From, &p.Until} {
		if parts[i] == absent {
			continue
		}
		if err := d.UnmarshalText([]byte(parts[i])); err != nil {
			return fmt.Errorf("read pause %q: %w", text, err)
		}
	}
	return p.Reason.UnmarshalText([]byte(parts[2]))
}

// UnmarshalJSON reads the text, and the object that it was before.
func (p *Pause) UnmarshalJSON(data []byte) error {
	type before Pause
	return textOr(data, p.UnmarshalText, (*before)(p))
}

func dateText(d day.Date) string {
	if d == 0 {
		return absent
	}
	return d.String()
}

// textOr reads JSON that is text, or into an object that it was before.
func textOr(data []byte, read func([]byte) error, before any) error {
	if len(data) > 0 && data[0] == '{' {
		return json.Unmarshal(data, before)
	}
	var text string
	if err := json.Unmarshal(data, &text); err != nil {
		return err
	}
	return read([]byte(text))
}
