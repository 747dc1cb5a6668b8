package reading_test

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"legcoach/coach/reading/score"
)

// TestMessages reads every line of testdata/messages.txt.
func TestMessages(t *testing.T) {
	for _, miss := range misread(t, "testdata/messages.txt") {
		t.Error(miss)
	}
}

// TestVoices reads what runners say in other voices. What is learned anew may
// lose one or the other line, but hardly more.
func TestVoices(t *testing.T) {
	const most = 12 // of nearly 600
	missed := misread(t, "testdata/voices.txt")
	for _, miss := range missed {
		t.Log(miss)
	}
	if len(missed) > most {
		t.Errorf("%d messages in other voices are misread, want at most %d", len(missed), most)
	}
}

// misread reads every line "message = keys" of a file, and returns those that mean something else.
func misread(t *testing.T, name string) (missed []string) {
	reader := newReader(t)
	now, err := score.At("2026-11-24T19:30:00Z", "Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		said, want, ok := strings.Cut(lines.Text(), " = ")
		if !ok {
			continue
		}
		said, today, _ := strings.Cut(strings.TrimSpace(said), " [today ")
		got := reader.Read(strings.TrimSpace(said), score.Context(now, strings.TrimSuffix(today, "]")))
		got.Text = ""
		data, err := json.Marshal(got)
		if err != nil {
			t.Fatal(err)
		}
		if plain := plain(string(data)); plain != strings.TrimSpace(want) {
			missed = append(missed, fmt.Sprintf("%s\n got  %s\n want %s", said, plain, want))
		}
	}
	return missed
}

// plain writes a reading as the testdata does: log kinds:hill date:2026-11-23.
func plain(object string) string {
	object = strings.TrimPrefix(object, `{"text":"","intent":"`)
	object = strings.NewReplacer(`","`, " ", `],"`, " ", `,"`, " ", `":"`, ":", `":[`, ":", `":`, ":", "}", "", "]", "", `"`, "").Replace(strings.ReplaceAll(object, `","`, "\x00"))
	return strings.ReplaceAll(object, "\x00", " ")
}
