package main

import (
	"fmt"
	"os"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/robfig/cron/v3"
)

// loaded is for how long the load is watched: as LEGCOACH_LOAD says, or half a minute.
func loaded(b *testing.B) time.Duration {
	if os.Getenv("LEGCOACH_LOAD") == "" {
		return 30 * time.Second
	}
	long, err := time.ParseDuration(os.Getenv("LEGCOACH_LOAD"))
	if err != nil || long < 10*time.Second {
		b.Fatal("LEGCOACH_LOAD is no duration of ten seconds or more")
	}
	return long
}

// benchLoad has many of all runners due at once, on both platforms, which
// turn away what is over their limits. It measures for a while how near
// to the limits the program comes, and how long somebody who writes waits
// meanwhile. Beside it, as many entries of robfig/cron, which say nothing at all.
func (p *proven) benchLoad(b *testing.B, n, due int) {
	s := p.open(b)
	p.due(b, s, n, due)
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	p.configure(b, true)
	p.tally.limit = map[string]int{"telegram": 30, "discord": 50}
	p.tally.late = 4 * time.Millisecond
	long := loaded(b)
	b.ResetTimer()
	run := p.start(b)
	for _, _, calls := p.tally.total(); calls == 0; _, _, calls = p.tally.total() {
		time.Sleep(time.Millisecond)
	}
	began := time.Now()
	asked := 0
	for ; time.Since(began) < long; asked++ {
		p.tally.says(writer(1000+asked), "does running tone legs?")
		time.Sleep(200 * time.Millisecond)
	}
	p.memory(b, run)
	time.Sleep(2 * time.Second)
	p.stop(b, run)
	b.ReportMetric(100*(run.ProcessState.UserTime()+run.ProcessState.SystemTime()).Seconds()/time.Since(began).Seconds(), "%cpu")
	p.judge(b, began, asked)
	cronBeside(b, due)
	b.ReportMetric(0, "ns/op")
}

// judge reports how near to the limits the program came, and how long those who wrote waited.
func (p *proven) judge(b *testing.B, began time.Time, asked int) {
	p.tally.mu.Lock()
	defer p.tally.mu.Unlock()
	for platform, limit := range p.tally.limit {
		all := p.tally.times[platform]
		all = slices.DeleteFunc(all, func(at time.Time) bool { return at.Sub(began) < 3*time.Second }) // until somebody was woken
		if len(all) < 2 {
			b.Errorf("nothing was said on %s:\n%.4000s", platform, p.log)
			continue
		}
		rate := float64(len(all)-1) / all[len(all)-1].Sub(all[0]).Seconds()
		b.ReportMetric(100*rate/float64(limit), "%limit-"+platform)
	}
	b.ReportMetric(float64(p.tally.refused), "429s")
	var waits []float64
	for i := range asked {
		seen := p.tally.shown[fmt.Sprint("telegram/", writer(1000+i))]
		if len(seen) == 0 {
			b.Errorf("person %d of %d was not answered", i, asked)
			continue
		}
		waits = append(waits, float64(seen[0].at.Sub(p.tally.asked[writer(1000+i)]).Microseconds())/1000)
	}
	slices.Sort(waits)
	if len(waits) > 0 {
		b.ReportMetric(waits[len(waits)/2], "ms-reply-p50")
		b.ReportMetric(waits[len(waits)*99/100], "ms-reply-p99")
	}
}

// cronBeside keeps as many reminders as entries of robfig/cron, due in the same
// second, and reports how late they come, what they cost and hold.
func cronBeside(b *testing.B, n int) {
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	began, cpu := time.Now(), cpuTime()
	c := cron.New(cron.WithSeconds())
	at := time.Now().Add(time.Duration(n)*20*time.Microsecond + 3*time.Second).Truncate(time.Second)
	late := make([]float64, n)
	var all sync.WaitGroup
	all.Add(n)
	expression := at.Format("5 4 15 2 1 ") + "*"
	for i := range n {
		var once sync.Once
		_, err := c.AddFunc(expression, func() {
			once.Do(func() { late[i] = float64(time.Since(at).Milliseconds()); all.Done() })
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	c.Start()
	runtime.GC()
	runtime.ReadMemStats(&after)
	all.Wait()
	<-c.Stop().Done()
	slices.Sort(late)
	b.ReportMetric(late[len(late)*99/100], "ms-cron-late-p99")
	b.ReportMetric((cpuTime() - cpu).Seconds(), "s-cron-cpu")
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/(1<<20), "MB-cron")
	b.ReportMetric(time.Since(began).Seconds(), "s-cron")
}
