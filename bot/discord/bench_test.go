package discord

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
)

// From an interaction's event to its acknowledged reply, people in parallel, over loopback.
func BenchmarkInteractions(b *testing.B) {
	r := newRig(b, nil)
	r.connected()
	b.ResetTimer()
	window := make(chan struct{}, 64)
	for n := range b.N {
		window <- struct{}{}
		i := r.slash(fmt.Sprint(400000000000000000+n%1000), true, "streak")
		go func() { <-i.done; <-window }()
	}
	for range cap(window) {
		window <- struct{}{}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "replies/s")
}

// How long Discord waits for each acknowledgement when 500 people act in the same moment.
func BenchmarkBurst(b *testing.B) {
	r := newRig(b, nil)
	r.connected()
	var waits []time.Duration
	for range b.N {
		var all []*fakeInteraction
		for n := range 500 {
			all = append(all, r.slash(fmt.Sprint(400000000000000000+n), true, "streak"))
		}
		for _, i := range all {
			<-i.done
			waits = append(waits, i.latency)
		}
		r.sends.Wait()
	}
	slices.Sort(waits)
	b.ReportMetric(float64(waits[len(waits)/2].Milliseconds()), "p50-ms")
	b.ReportMetric(float64(waits[len(waits)*99/100].Milliseconds()), "p99-ms")
	b.ReportMetric(float64(waits[len(waits)-1].Milliseconds()), "max-ms")
}

// What the platform keeps in memory when so many people have used it.
func BenchmarkMemory100kPeople(b *testing.B) {
	for range b.N {
		p, err := Open(Config{Token: testToken, API: "http://127.0.0.1:1", times: quick})
		if err != nil {
			b.Fatal(err)
		}
		ctx, cancel := context.WithCancel(context.Background())
		p.hear.Store(&hearing{ctx, func(context.Context, bot.Heard) error { return nil }})
		before := heap()
		for n := range 100_000 {
			p.event("INTERACTION_CREATE", fmt.Appendf(nil, `{"id":"%d","application_id":"1","type":3,"token":"aW50ZXJhY3Rpb246%s","channel_id":"%d","context":1,"user":{"id":"%d"},"data":{"custom_id":"/done"}}`,
				1574060041261023728+n, strings.Repeat("x", 80), 500000000000000000+n, 400000000000000000+n))
			if n%1000 == 0 {
				p.lanes.wait()
			}
		}
		p.lanes.wait()
		b.ReportMetric(float64(heap()-before)/(1<<20), "MiB")
		cancel()
		runtime.KeepAlive(p)
	}
}

func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// Memory does not grow with what was heard: what is remembered of interactions turns over.
func TestMemoryIsFlat(t *testing.T) {
	now := time.Now()
	s := newReplies()
	grown := 0
	for n := range 300_000 {
		now = now.Add(2 * time.Millisecond) // 500 a second for ten minutes
		s.add(fmt.Sprint(n), now)
		grown = max(grown, len(s.recent)+len(s.older))
	}
	if grown > 2*repliesMost {
		t.Errorf("%d replies are remembered at once", grown)
	}
	d := newDirect(nil)
	for n := range 300_000 {
		if _, err := d.learn(t.Context(), fmt.Sprint(n), "5"); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(d.recent) + len(d.older); got > 2*recentMost {
		t.Errorf("%d channels are kept in memory", got)
	}
}
