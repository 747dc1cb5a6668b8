package reading_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"legcoach/coach/reading"
	"legcoach/coach/reading/score"
)

// said are messages of every sort, for measuring.
var said = []string{
	"did 6 hills yesterday, calves are dead",
	"can u remind me tues n thurs half six",
	"will i get bulky",
	"my chest felt tight on the last rep",
	"move today's to tomorrow",
	"so um yeah i was wondering if you could maybe tell me why hills are supposed to be so good for your legs because my mate says flat is fine",
	"im in lisbn",
	"not today, the boiler man is coming",
	"what's next",
	"thanks coach",
	"who won the match on saturday",
	"udno taht plz",
}

func context(t testing.TB) reading.Context {
	now, err := score.At("2026-11-24T19:30:00Z", "Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return score.Context(now, "")
}

func BenchmarkRead(b *testing.B) {
	reader, c := newReader(b), context(b)
	var took []time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		reader.Read(said[i%len(said)], c)
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "msgs/s")
}

// BenchmarkReadLongest reads messages of the most characters that are read:
// of words, of nonsense, of questions without end.
func BenchmarkReadLongest(b *testing.B) {
	for name, text := range map[string]string{
		"words": strings.Repeat("did my hills on tuesday and then ", 150), "nonsense": strings.Repeat("zxqv wopl ", 500),
		"marks": strings.Repeat("?!", 2100), "numbers": strings.Repeat("8x400 ", 700), "one word": strings.Repeat("a", 4096),
	} {
		b.Run(name, func(b *testing.B) {
			reader, c := newReader(b), context(b)
			b.ResetTimer()
			for b.Loop() {
				reader.Read(text, c)
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		newReader(b)
	}
}

// FuzzRead reads anything: never a panic, always one of the intents, never more text than is read.
func FuzzRead(f *testing.F) {
	for _, s := range said {
		f.Add(s)
	}
	f.Add("\xff\x00🏃‍♀️ 今日は坂 \u202e did hills 31/02 at 25:99")
	reader, c := newReader(f), context(f)
	f.Fuzz(func(t *testing.T, text string) {
		r, why := reader.Explain(text, c)
		if r.Intent == "" || why.Words == "" && strings.TrimFunc(text, func(r rune) bool { return r < '0' }) == text && text != "" && utf8.ValidString(text) {
			t.Logf("%q: %+v %+v", text, r, why)
		}
		if r.Intent == "" {
			t.Fatalf("Read(%q) has no intent", text)
		}
		if utf8.RuneCountInString(r.Text) > reading.MaxChars {
			t.Fatalf("Read kept %d characters", utf8.RuneCountInString(r.Text))
		}
	})
}
