package reading_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"legcoach/coach/reading/score"
)

// TestMessages reads every line "message = keys" of testdata/messages.txt.
func TestMessages(t *testing.T) {
	reader := newReader(t)
	now, err := score.At("2026-11-24T19:30:00Z", "Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open("testdata/messages.txt")
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
			t.Errorf("%s\n got  %s\n want %s", said, plain, want)
		}
	}
}

// plain writes a reading as the testdata does: log kinds:hill date:2026-11-23.
func plain(object string) string {
	object = strings.TrimPrefix(object, `{"text":"","intent":"`)
	object = strings.NewReplacer(`","`, " ", `],"`, " ", `,"`, " ", `":"`, ":", `":[`, ":", `":`, ":", "}", "", "]", "", `"`, "").Replace(strings.ReplaceAll(object, `","`, "\x00"))
	return strings.ReplaceAll(object, "\x00", " ")
}
