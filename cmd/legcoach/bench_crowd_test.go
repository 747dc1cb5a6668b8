package main

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	"legcoach/coach"
)

// ages are how many days ago the runners of a crowd began: most lately, some
// years ago. Those who left are still there, for a year.
var ages = []int{0, 0, 1, 3, 7, 7, 14, 14, 30, 30, 60, 60, 90, 120, 180, 270, 365, 540, 730, 1095}

// crowd are runners of all ages, who have lived with the coach since they began.
func (p *proven) crowd(b *testing.B, now time.Time) []coach.Runner {
	b.Helper()
	if len(p.crowded) == 0 {
		for i, days := range ages {
			p.crowded = append(p.crowded, p.lived(b, i, days, now))
		}
	}
	return p.crowded
}

// lived is the i-th runner, who began some days ago with a plan and reminders,
// and since then trains, rests, lets a day go by, is ill, travels and takes things back.
func (p *proven) lived(b *testing.B, i, days int, now time.Time) coach.Runner {
	b.Helper()
	var r coach.Runner
	r.ID = coach.ID(fmt.Sprint("telegram/", i+1))
	at := now.AddDate(0, 0, -days).Add(-time.Duration(i%9) * time.Hour)
	say := func(text string) {
		r, _ = p.coach.Step(r, coach.Said{Text: text}, at)
		at = at.Add(time.Minute)
	}
	for _, text := range []string{"/start clear", "/level regular", "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest",
		fmt.Sprintf("/remind hill on monday at 1%d:15", i%10), "/remind on"} {
		say(text)
	}
	for d := range days {
		at = now.AddDate(0, 0, d-days)
		for n := 0; !r.Wake.IsZero() && r.Wake.Before(at) && n < 9; n++ {
			r, _ = p.coach.Step(r, coach.Woke{}, r.Wake)
		}
		for _, text := range habits(i, d) {
			say(text)
		}
	}
	if r.IsZero() || r.Set.Plan == nil || r.Days.Log.End() == 0 {
		b.Fatalf("number %d is no runner: %+v", i, r)
	}
	return r
}

// habits is what the i-th runner says on their d-th day.
func habits(i, d int) []string {
	switch n := d*7919 + i*31; {
	case d%200 == 150:
		return []string{"pause till friday"}
	case d%330 == 300:
		return []string{"i'm in tokyo"}
	case d%330 == 310:
		return []string{"i'm in london"}
	case d%90 == 40:
		return []string{"was sick yesterday"}
	case n%13 < 7:
		return []string{"/done", "/effort 5"}
	case n%13 == 8:
		return []string{"did hills today, 30 minutes", "/undo"}
	case n%13 < 11:
		return []string{"/rest"}
	}
	return nil
}

// BenchmarkKept measures what runners take: the records of a crowd and of one
// with ten years behind them, the steps of that one against those of a new one in
// turns, and a bbolt file of LEGCOACH_RUNNERS, or 100,000:
//
//	go test ./cmd/legcoach -run '^$' -bench Kept -benchtime 1x
func BenchmarkKept(b *testing.B) {
	n := 100_000
	if os.Getenv("LEGCOACH_RUNNERS") != "" {
		n = runners(b)
	}
	p, now := newProgram(b, b.TempDir()), time.Now()
	old, fresh := p.lived(b, 1, 3650, now), p.lived(b, 2, 1, now)
	p.fill(b, n)
	for range max(b.N, 1) {
		p.steps(b, fresh, old, now)
	}
	sum := 0
	for _, r := range p.crowd(b, now) {
		sum += len(recordOf(b, r))
	}
	b.ReportMetric(float64(sum)/float64(len(ages)), "B/record")
	b.ReportMetric(float64(len(recordOf(b, old))), "B/record-ten-years")
	p.size(b, n)
	b.ReportMetric(0, "ns/op")
}

func recordOf(b *testing.B, r coach.Runner) []byte {
	b.Helper()
	record, err := r.MarshalBinary()
	if err != nil {
		b.Fatal(err)
	}
	return record
}

// steps steps two runners in turns, read before and written after, and reports the medians.
func (p *proven) steps(b *testing.B, fresh, old coach.Runner, now time.Time) {
	b.Helper()
	records := [][]byte{recordOf(b, fresh), recordOf(b, old)}
	took := make([][]float64, len(records))
	for range 3000 {
		for i, record := range records {
			began := time.Now()
			var r coach.Runner
			if err := r.UnmarshalBinary(record); err != nil {
				b.Fatal(err)
			}
			r, _ = p.coach.Step(r, coach.Said{Text: "easy run today, 30 minutes"}, now)
			if _, err := r.MarshalBinary(); err != nil {
				b.Fatal(err)
			}
			took[i] = append(took[i], float64(time.Since(began).Nanoseconds())/1000)
		}
	}
	slices.Sort(took[0])
	slices.Sort(took[1])
	middle := len(took[0]) / 2
	b.ReportMetric(took[0][middle], "µs-step-new")
	b.ReportMetric(took[1][middle], "µs-step-ten-years")
	b.ReportMetric(took[1][middle]/took[0][middle], "x-step-ten-years")
}
