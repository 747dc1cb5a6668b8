package safety_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"legcoach/coach/safety"
)

// line is one line of a test file: what is wanted, and the message.
type line struct{ want, message string }

func lines(t *testing.T, name string) []line {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all []line
	for text := range strings.Lines(string(data)) {
		want, message, found := strings.Cut(strings.TrimSpace(text), " | ")
		if found && !strings.HasPrefix(want, "#") {
			all = append(all, line{want, message})
		}
	}
	return all
}

// label is a finding in one word, as the test files have it.
func label(f safety.Finding) string {
	switch f.Intent {
	case "":
		return "none"
	case safety.Pain:
		return f.Level
	}
	return f.Intent
}

func guard(t testing.TB) *safety.Guard {
	t.Helper()
	g, err := safety.New()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestReports(t *testing.T) {
	g := guard(t)
	for _, l := range lines(t, "reports.txt") {
		f := g.Read(l.message)
		if got := label(f); !slices.Contains(strings.Split(l.want, ", "), got) {
			t.Errorf("%q is read as %s, want %s, because %v", l.message, got, l.want, f.Because)
		}
	}
}

func TestLookAlikes(t *testing.T) {
	g := guard(t)
	for _, l := range lines(t, "lookalikes.txt") {
		f := g.Read(l.message)
		if got := label(f); got != "none" && got != safety.Green {
			t.Errorf("%q only sounds like %s and is read as %s, because %v", l.message, l.want, got, f.Because)
		}
	}
}
