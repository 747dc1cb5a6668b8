package bot_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/robfig/cron/v3"
	"pgregory.net/rapid"

	"legcoach/bot"
)

func TestParseCronRefusesWhatWouldHurt(t *testing.T) {
	for _, expr := range []string{
		"", "   ", "TZ=", "TZ=UTC", "CRON_TZ=Europe/Berlin", "TZ=UTC 0 9 * * *", "TZ= * * * * *",
		", * * * *", "0 , * * *", "1,,2 * * * *", "0 9 * * MON,", "0 0 31 2 *", "0 0 30 2 *", "0 0 31 4,6 *", "* * * * 7", "@every -5h", "@every 1h",
		"60 * * * *", "* 24 * * *", "0 9 * *", "0 9 * * * *", "0 9 * * FOO", "5-1 * * * *", "*/0 * * * *",
		strings.Repeat("1,", 200) + "1 * * * *",
	} {
		if s, err := bot.ParseCron(expr); err == nil {
			t.Errorf("%q is read as %+v", expr, s)
		} else if strings.Contains(err.Error(), "\n") || len(err.Error()) > 400 {
			t.Errorf("%q is refused with %q", expr, err)
		}
	}
}

func TestParseCronReadsTheStandardForms(t *testing.T) {
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for expr, want := range map[string]string{
		"30 17 * * TUE":     "2026-11-24 17:30",
		"30 17 * * tue,Sat": "2026-11-24 17:30",
		"0 9 29 2 *":        "2028-02-29 09:00",
		"*/20 6-8 * * ?":    "2026-11-23 06:00",
		"0 9 25 * MON":      "2026-11-23 09:00", // either the day of the month or the weekday
		"0 9 */2 * WED":     "2026-11-23 09:00", // a step is no star
		"15 14 1 DEC *":     "2026-12-01 14:15",
	} {
		s, err := bot.ParseCron(expr)
		if err != nil {
			t.Errorf("%q: %v", expr, err)
			continue
		}
		if next, _ := s.Next(monday, time.UTC); next.At.Format("2006-01-02 15:04") != want {
			t.Errorf("%q comes next at %s, want %s", expr, next.At, want)
		}
	}
}

// TestSchedulesAgreeWithCronWhereClocksNeverChange compares random expressions
// with the library's own evaluation in UTC, where it makes no mistakes.
func TestSchedulesAgreeWithCronWhereClocksNeverChange(t *testing.T) {
	field := func(low, high int) *rapid.Generator[string] {
		return rapid.Custom(func(t *rapid.T) string {
			a := rapid.IntRange(low, high).Draw(t, "a")
			b := rapid.IntRange(a, high).Draw(t, "b")
			switch rapid.IntRange(0, 5).Draw(t, "form") {
			case 0:
				return fmt.Sprint(a)
			case 1:
				return fmt.Sprintf("%d-%d", a, b)
			case 2:
				return fmt.Sprintf("%d,%d", a, b)
			case 3:
				return fmt.Sprintf("*/%d", rapid.IntRange(1, high).Draw(t, "step"))
			}
			return "*"
		})
	}
	rapid.Check(t, func(t *rapid.T) {
		expr := strings.Join([]string{field(0, 59).Draw(t, "minute"), field(0, 23).Draw(t, "hour"), field(1, 31).Draw(t, "day"),
			field(1, 12).Draw(t, "month"), field(0, 6).Draw(t, "weekday")}, " ")
		s, err := bot.ParseCron(expr)
		if err != nil {
			t.Skip(err)
		}
		theirs, err := cron.ParseStandard(expr)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Unix(rapid.Int64Range(1_500_000_000, 1_900_000_000).Draw(t, "now"), 0).UTC()
		for range 20 {
			want := theirs.Next(now)
			got, ok := s.Next(now, time.UTC)
			if want.IsZero() { // the library looks five years ahead
				return
			}
			if !ok || !got.At.Equal(want) {
				t.Fatalf("%q after %s: %s, want %s", expr, now, got.At, want)
			}
			now = want
		}
	})
}

func FuzzParseCron(f *testing.F) {
	for _, expr := range []string{"30 17 * * TUE", "TZ=", "CRON_TZ=Europe/Berlin", ", * * * *", "*/99999999999999999999 * * * *", "@daily", "1-2-3 * * * *", "0 9 * * \x00"} {
		f.Add(expr)
	}
	f.Fuzz(func(t *testing.T, expr string) {
		s, err := bot.ParseCron(expr)
		if err == nil && (s.IsZero() || !s.Possible()) {
			t.Errorf("%q is read as a schedule that never comes", expr)
		}
	})
}
