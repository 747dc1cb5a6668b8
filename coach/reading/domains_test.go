package reading_test

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"legcoach/coach/reading"
)

// TestOtherDomains reads what people say to banks, calendars and speakers: it
// may hardly ever be taken for a write, nor be answered from the article.
func TestOtherDomains(t *testing.T) {
	reader, c := newReader(t), context(t)
	file, err := os.Open("testdata/other-domains.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	all, writes, answers := 0, 0, 0
	for lines := bufio.NewScanner(file); lines.Scan(); {
		text := lines.Text()
		if text == "" || strings.HasPrefix(text, "#") {
			continue
		}
		all++
		got := reader.Read(text, c)
		switch {
		case got.Writes():
			writes++
		case got.Intent == reading.Answer:
			answers++
		default:
			continue
		}
		t.Logf("%s: %s %s", text, got.Intent, got.Topic)
	}
	if 100*writes > all {
		t.Errorf("%d of %d messages for others were read as writes, want at most 1 %%", writes, all)
	}
	if 50*answers > all {
		t.Errorf("%d of %d messages for others were answered, want at most 2 %%", answers, all)
	}
}
