package coach_test

import (
	"encoding/json"
	"testing"
	"time"

	"legcoach/coach"
)

// BenchmarkWake is one wake of a runner with a plan and its reminders, at the
// minute of a reminder; "stored" decodes the runner before and encodes them after, as a store does.
//
//	go test ./coach -run - -bench Wake
func BenchmarkWake(b *testing.B) {
	l := newLife(b)
	for _, text := range []string{"/start clear", "/start at 18:00", "/start zone Europe/London", "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest"} {
		l.step(b, coach.Said{Text: text})
	}
	for range 60 {
		l.pass(b, l.now.Add(24*time.Hour))
		l.step(b, coach.Said{Text: "/done"})
	}
	r, at := l.r, l.r.Wake
	b.Run("step", func(b *testing.B) {
		for b.Loop() {
			l.c.Step(r, coach.Woke{}, at)
		}
	})
	data := []byte(encode(r))
	b.Run("stored", func(b *testing.B) {
		b.ReportMetric(float64(len(data)), "bytes/record")
		for b.Loop() {
			var r coach.Runner
			if err := json.Unmarshal(data, &r); err != nil {
				b.Fatal(err)
			}
			r, _ = l.c.Step(r, coach.Woke{}, at)
			if _, err := json.Marshal(r); err != nil {
				b.Fatal(err)
			}
		}
	})
}
