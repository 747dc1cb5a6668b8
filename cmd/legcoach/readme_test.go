package main

import (
	"bytes"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"legcoach/coach"
)

const readme = "../../README.md"

var conversation = regexp.MustCompile("(?s)```text\n(.*?)```")

// TestREADMEConversation plays the conversation of the README: what it shows is what is heard.
func TestREADMEConversation(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	shown := conversation.FindSubmatch(data)
	if shown == nil {
		t.Fatal("the README shows no conversation")
	}
	var said []string
	for line := range strings.Lines(string(shown[1])) {
		if typed, is := strings.CutPrefix(line, "> "); is {
			said = append(said, typed)
		}
	}
	var got strings.Builder
	for n, typed := range said {
		got.WriteString("> " + typed + answerAfter(t, said[:n], typed))
	}
	if heard := strings.TrimSpace(got.String()) + "\n"; heard != string(shown[1]) {
		if os.Getenv("LEGCOACH_REWRITE") == "" {
			t.Fatalf("the README does not show what is heard; run this test with LEGCOACH_REWRITE=1. Heard:\n%s", heard)
		}
		data = bytes.Replace(data, shown[1], []byte(heard), 1)
		if err := os.WriteFile(readme, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// answerAfter returns what is heard of a line, once the lines before it were typed.
func answerAfter(t *testing.T, before []string, typed string) string {
	return strings.TrimPrefix(talked(t, strings.Join(before, "")+typed), talked(t, strings.Join(before, "")))
}

func talked(t *testing.T, input string) string {
	var out bytes.Buffer
	if code := (program{strings.NewReader(input), &out, io.Discard}).run(t.Context(), []string{"chat", "--at", "2026-11-22 18:00"}); code != exitOK {
		t.Fatalf("chat: exit %d", code)
	}
	return out.String()
}

// TestREADMEListsEveryCommand finds each in a table, with the words that the platforms show.
func TestREADMEListsEveryCommand(t *testing.T) {
	data, err := os.ReadFile(readme)
	if err != nil {
		t.Fatal(err)
	}
	rules, err := defaultConfig().coach()
	if err != nil {
		t.Fatal(err)
	}
	c, err := coach.New(rules)
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(string(data), "\n")
	for _, command := range c.Commands() {
		if row := "| `/" + command.Name + "` | " + command.Description + " |"; !slices.Contains(rows, row) {
			t.Errorf("the README lacks: %s", row)
		}
	}
	for _, s := range subcommands() {
		if !strings.Contains(string(data), "`"+s.name) && !strings.Contains(string(data), "legcoach "+s.name) {
			t.Errorf("the README does not name legcoach %s", s.name)
		}
	}
}
