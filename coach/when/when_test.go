package when_test

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"

	"legcoach/coach/day"
	"legcoach/coach/token"
	"legcoach/coach/when"
)

// today is Wednesday 2 December 2026.
var today = day.DateOf(2026, 12, 2)

// TestPhrases reads every line "phrase → meaning" of testdata/phrases.txt.
func TestPhrases(t *testing.T) {
	reader := newReader(t)
	file, err := os.Open("testdata/phrases.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		phrase, want, ok := strings.Cut(lines.Text(), " = ")
		if !ok {
			continue
		}
		if got := show(reader.Read(token.Split(strings.TrimSpace(phrase)))); got != strings.TrimSpace(want) {
			t.Errorf("%s\n got  %s\n want %s", strings.TrimSpace(phrase), got, want)
		}
	}
}

func newReader(t testing.TB) *when.Reader {
	reader, err := when.New()
	if err != nil {
		t.Fatal(err)
	}
	return reader
}

// show writes mentions as the testdata does.
func show(found []when.Mention) string {
	var out []string
	for _, m := range found {
		s := ""
		if m.Lead != when.None {
			s = m.Lead.String() + ":"
		}
		switch m.What {
		case when.ADay:
			s += fmt.Sprintf("day %s|%s", m.Day.Past(today).Format("01-02"), m.Day.Coming(today).Format("01-02"))
		case when.AClock:
			s += "at " + m.Clock.Clock.String()
			if m.Clock.Open {
				s += "?"
			}
			if m.Clock.Weak {
				s += "~"
			}
		case when.ALength:
			s += fmt.Sprintf("for %dd%dm", m.Length.Days, m.Length.Minutes)
		case when.Days:
			s += "on " + strings.Join(m.Week.Names(), ",")
			if m.Every {
				s += "every other day"
			}
		}
		out = append(out, s)
	}
	return strings.Join(out, "; ")
}
