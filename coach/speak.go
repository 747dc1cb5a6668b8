package coach

import (
	"fmt"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"legcoach/coach/day"
)

// when names a date as people do: today, yesterday, a weekday, or in full.
func (t *turn) when(d day.Date) string {
	switch ago := t.today - d; {
	case ago == 0:
		return t.phrases.text("today", nil)
	case ago == 1:
		return t.phrases.text("yesterday", nil)
	case ago == -1:
		return t.phrases.text("tomorrow", nil)
	case ago > 1 && ago < 7, ago < -1 && ago > -7:
		return d.Format("Monday")
	}
	return t.long(d)
}

// dated puts the names that dates have today in place of the dates of a text.
func (t *turn) dated(text string) string {
	return isoDate.ReplaceAllStringFunc(text, func(s string) string {
		if d, err := day.ParseDate(s); err == nil {
			return t.when(d)
		}
		return s
	})
}

var isoDate = regexp.MustCompile(`\d{4}-\d{2}-\d{2}`)

// on is when with its preposition: "on Thursday", but "today".
func (t *turn) onDay(d day.Date) string {
	if ago := t.today - d; ago >= -1 && ago <= 1 {
		return t.when(d)
	}
	return t.phrases.text("on_day", vars{"when": t.when(d)})
}

// long names a date in full, with its year if that is not this one.
func (t *turn) long(d day.Date) string {
	year, _, _ := d.Civil()
	if now, _, _ := t.today.Civil(); year != now {
		return d.Format("Mon 2 Jan 2006")
	}
	return d.Format("Mon 2 Jan")
}

// moment names an instant by day and clock: "Tue 24 Nov, 17:30".
func (t *turn) moment(at time.Time) string { return at.In(t.zone).Format("Mon 2 Jan, 15:04") }

// in says how far away an instant is: "in 2 days", "in 3 hours", "in 20 minutes".
func (t *turn) in(at time.Time) string {
	away := at.Sub(t.now)
	switch d, _ := day.Wall(at, t.zone); {
	case away < 2*time.Minute:
		return t.phrases.text("in_a_minute", nil)
	case away < 2*time.Hour:
		return t.phrases.text("in_minutes", vars{"n": fmt.Sprint(int(away.Round(time.Minute).Minutes()))})
	case d == t.civil():
		return t.phrases.text("in_hours", vars{"n": fmt.Sprint(int(away.Round(time.Hour).Hours()))})
	case d == t.civil()+1:
		return t.phrases.text("tomorrow", nil)
	default:
		return t.phrases.text("in_days", vars{"n": fmt.Sprint(int(d - t.civil()))})
	}
}

// kind names a kind of day in a sentence.
func (t *turn) kind(k day.Kind) string {
	if k == day.Free {
		return t.phrases.text("kind_free", nil)
	}
	return t.phrases.text("kind_"+string(k), nil)
}

// kinds names several: "hills and strength".
func (t *turn) kinds(kinds []day.Kind) string {
	names := make([]string, len(kinds))
	for i, k := range kinds {
		names[i] = t.kind(k)
	}
	return t.list(names)
}

// list joins words as a sentence does.
func (t *turn) list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return t.phrases.text("list", vars{"first": strings.Join(words[:len(words)-1], ", "), "last": words[len(words)-1]})
}

func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	if size == 0 {
		return s
	}
	return string(unicode.ToUpper(r)) + s[size:]
}

func (t *turn) kindChoices(d day.Date) []Choice {
	return t.phrases.line("which_kind", vars{"date": d.String()}).Choices
}
