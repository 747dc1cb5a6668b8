package reading_test

import (
	"bufio"
	"encoding/json"
	"os"
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

// asked are all messages of the measuring sets.
func asked(b *testing.B) []string {
	var all []string
	for _, set := range []string{"faq", "intents", "safety"} {
		file, err := os.Open("testdata/questions/" + set + ".jsonl")
		if err != nil {
			b.Fatal(err)
		}
		defer file.Close()
		for lines := bufio.NewScanner(file); lines.Scan(); {
			var line struct{ Q string }
			if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
				b.Fatal(err)
			}
			all = append(all, line.Q)
		}
	}
	return all
}

// BenchmarkRead reads messages again and again: those of every sort above, and the measuring sets.
func BenchmarkRead(b *testing.B) {
	b.Run("said", func(b *testing.B) { benchRead(b, said) })
	b.Run("sets", func(b *testing.B) { benchRead(b, asked(b)) })
}

func benchRead(b *testing.B, messages []string) {
	reader, c := newReader(b), context(b)
	var took []time.Duration
	i := 0
	for b.Loop() {
		start := time.Now()
		reader.Read(messages[i%len(messages)], c)
		took = append(took, time.Since(start))
		i++
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
	b.ReportMetric(float64(len(took))/b.Elapsed().Seconds(), "msgs/s")
}

// longest are messages of the most characters that are read, by what they are of.
var longest = map[string]string{
	"words": strings.Repeat("did my hills on tuesday and then ", 150), "nonsense": strings.Repeat("zxqv wopl ", 500),
	"marks": strings.Repeat("?!", 2100), "numbers": strings.Repeat("8x400 ", 700), "one word": strings.Repeat("a", 4096),
	"different words": different(), "kanji": strings.Repeat("今日は坂を", 900), "emoji": strings.Repeat("🏃‍♀️ ", 1000),
}

// different returns 4,096 characters of misspelt words that are all different.
func different() string {
	var b strings.Builder
	for i := 0; b.Len() < 4096; i++ {
		b.WriteString([]string{"hamstr", "runni", "upphi", "toniin", "recove"}[i%5])
		b.WriteByte(byte('a' + i%26))
		b.WriteByte(byte('a' + i/26%26))
		b.WriteByte(' ')
	}
	return b.String()
}

// BenchmarkReadLongest reads messages of the most characters, and says how
// many times as long as a short one each takes.
func BenchmarkReadLongest(b *testing.B) {
	reader, c := newReader(b), context(b)
	for name, text := range longest {
		b.Run(name, func(b *testing.B) {
			short, rounds := time.Duration(0), 0
			for b.Loop() {
				reader.Read(text, c)
				b.StopTimer()
				start := time.Now()
				for range said {
					reader.Read(said[rounds%len(said)], c)
					rounds++
				}
				short += time.Since(start)
				b.StartTimer()
			}
			b.ReportMetric(float64(b.Elapsed())/float64(b.N)/(float64(short)/float64(rounds)), "times-a-short-one")
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
