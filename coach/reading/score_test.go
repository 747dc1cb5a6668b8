package reading_test

import (
	"os"
	"testing"

	"legcoach/coach/reading"
	"legcoach/coach/reading/score"
)

// TestQuestions reads the measuring sets and prints how much of them is
// understood. It fails when a figure is worse than its bound.
func TestQuestions(t *testing.T) {
	reader := newReader(t)
	var table score.Table
	for _, file := range []struct {
		name string
		now  string
	}{
		{"testdata/questions/faq.jsonl", "2026-11-24T19:30:00Z"},
		{"testdata/questions/intents.jsonl", "2026-11-24T19:30:00Z"},
		{"testdata/questions/safety.jsonl", "2026-11-24T19:30:00Z"},
	} {
		f, err := os.Open(file.name)
		if err != nil {
			t.Fatal(err)
		}
		now, _ := score.At(file.now, "Europe/London")
		err = table.Read(f, func(q string, today string) reading.Reading { return reader.Read(q, score.Context(now, today)) })
		f.Close()
		if err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("\n%s", table.String())
	for _, miss := range table.Bounds(nil) {
		t.Error(miss)
	}
}

func newReader(t testing.TB) *reading.Reader {
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}
