package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// understood runs legcoach understand on a Tuesday evening in Berlin.
func understood(t *testing.T, in string, args ...string) []string {
	t.Helper()
	var out, errOut bytes.Buffer
	args = append([]string{"--now", "2026-11-22T18:00:00+01:00", "--zone", "Europe/Berlin"}, args...)
	if code := understand(args, strings.NewReader(in), &out, &errOut); code != 0 {
		t.Fatalf("understand %q: exit %d, %s", args, code, errOut.String())
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

func TestUnderstand(t *testing.T) {
	got := understood(t, "did 6 hills yesterday, calves are dead\n\r\n\nundo")
	want := []string{
		`{"text":"did 6 hills yesterday, calves are dead","intent":"log","kinds":["hill"],"date":"2026-11-21"}`,
		"", "",
		`{"text":"undo","intent":"undo"}`,
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestUnderstandToday(t *testing.T) {
	got := understood(t, "done", "--today", "interval")
	if want := `{"text":"done","intent":"log","kinds":["interval"],"date":"2026-11-22"}`; got[0] != want {
		t.Errorf("got %s, want %s", got[0], want)
	}
}

// Any bytes are a message: no error, one object a line, 4,096 characters at most.
func TestUnderstandAnything(t *testing.T) {
	long := strings.Repeat("é", 5000)
	got := understood(t, "\xff\xfe\x00\n"+long+"\n"+strings.Repeat("x", 1<<20)+"\n")
	if len(got) != 3 {
		t.Fatalf("got %d lines, want 3", len(got))
	}
	for _, line := range got {
		var object struct{ Text, Intent string }
		if err := json.Unmarshal([]byte(line), &object); err != nil || object.Intent == "" {
			t.Errorf("line %.80s…: %v, intent %q", line, err, object.Intent)
		}
		if n := len([]rune(object.Text)); n > 4096 {
			t.Errorf("a text has %d characters, want at most 4096", n)
		}
	}
}

func TestUnderstandExplains(t *testing.T) {
	got := understood(t, "squatz done", "--explain")
	var object struct {
		Intent  string
		Explain struct {
			Words string
			By    string
			Rules []struct{ Rule string }
		}
	}
	if err := json.Unmarshal([]byte(got[0]), &object); err != nil {
		t.Fatal(err)
	}
	if object.Intent != "log" || object.Explain.By != "rules" || len(object.Explain.Rules) == 0 {
		t.Errorf("got %s, want a log that rules decided", got[0])
	}
}

func TestUnderstandWrongUsage(t *testing.T) {
	for _, args := range [][]string{{"--zone", "Mars"}, {"--now", "yesterday"}, {"--today", "swim"}, {"--what"}, {"hello"}, {"--score"}} {
		var out, errOut bytes.Buffer
		code := understand(args, strings.NewReader(""), &out, &errOut)
		if code != 2 || strings.Count(errOut.String(), "\n") != 1 || out.Len() > 0 {
			t.Errorf("understand %q: exit %d, %q, want exit 2 and one line", args, code, errOut.String())
		}
	}
}
