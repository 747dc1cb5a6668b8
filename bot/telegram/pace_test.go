package telegram

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// One chat is spoken to once a second, a group 20 times in any minute, and
// nobody waits for anybody else.
func TestPace(t *testing.T) {
	for chat, most := range map[int64]int{42: 60, -100: 20} {
		p, start := newPace(), time.Unix(0, 0)
		var said []time.Time
		for now := start; now.Before(start.Add(5 * time.Minute)); now = now.Add(50 * time.Millisecond) {
			if p.take(chat, now) == 0 {
				said = append(said, now)
			}
		}
		for i, at := range said {
			if i > 0 && at.Sub(said[i-1]) < time.Second {
				t.Fatalf("chat %d was spoken to twice within %v", chat, at.Sub(said[i-1]))
			}
			if i >= most && at.Sub(said[i-most]) < time.Minute {
				t.Fatalf("chat %d was spoken to %d times within %v", chat, most+1, at.Sub(said[i-most]))
			}
		}
		if len(said) < 3*most {
			t.Errorf("chat %d was spoken to only %d times in 5 minutes", chat, len(said))
		}
		if wait := p.take(43, start.Add(time.Hour)); wait != 0 {
			t.Errorf("another chat waits %v", wait)
		}
	}
}

// A message that comes too soon waits a moment by itself; one that would wait
// long is handed back without asking Telegram.
func TestPaceOfSends(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	p.pace.gap = 50 * time.Millisecond
	for i := range 3 {
		if _, err := send(t, p, coach.Line{Text: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	calls := f.called("sendMessage")
	for i := 1; i < 3; i++ {
		if apart := calls[i].at.Sub(calls[i-1].at); apart < 45*time.Millisecond {
			t.Errorf("messages %v apart", apart)
		}
	}
	var last error
	for i := 0; i < 20 && last == nil; i++ {
		_, last = send(t, p, coach.Line{Text: "x"}, to(-100))
	}
	var delay *bot.DelayError
	if !errors.As(last, &delay) || len(f.called("sendMessage")) != 3+groupBurst {
		t.Errorf("the group got %d messages, then %v", len(f.called("sendMessage"))-3, last)
	}
}

// Speaking to 100,000 chats leaves nothing behind but the last seconds.
func TestPaceForgets(t *testing.T) {
	p, now := newPace(), time.Unix(0, 0)
	for i := range 100_000 {
		p.take(int64(i+1), now)
		now = now.Add(40 * time.Millisecond)
	}
	if len(p.chats) > 2048 {
		t.Errorf("%d chats are remembered", len(p.chats))
	}
}

// Pauses double from failure to failure, up to a bound, with chance in them.
func TestPauses(t *testing.T) {
	s := &pauses{first: time.Second, most: 30 * time.Second}
	for _, most := range []time.Duration{1, 2, 4, 8, 16, 30, 30} {
		if d := s.next(); d > most*time.Second || d < most*time.Second/2 {
			t.Errorf("a pause of %v, want %v to %v", d, most*time.Second/2, most*time.Second)
		}
	}
}

// The wait for a chat's pace ends with its context.
func TestPauseEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := reader(t)
		p.pace.take(42, time.Now())
		ctx, stop := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer stop()
		if err := p.pause(ctx, 42); err == nil {
			t.Error("it waited to the end")
		}
	})
}

// What is remembered is bounded, and the latest stays.
func TestRecent(t *testing.T) {
	r := newRecent[int, int](10)
	for i := range 1000 {
		r.put(i, i)
	}
	_, old := r.get(989)
	v, ok := r.get(990)
	if old || !ok || v != 990 || len(r.kept) != 10 {
		t.Errorf("%d kept, the tenth last %v, the one before %v", len(r.kept), ok, old)
	}
}

// From a poll to a committed event, with 100 updates in each poll.
func BenchmarkUpdates(b *testing.B) {
	f := newFake(b)
	p := open(b, f)
	for i := range b.N {
		f.inject(strings.ReplaceAll(said(i, "did hills today"), "42", fmt.Sprint(1000+i%500)))
	}
	ctx, stop := context.WithCancel(b.Context())
	var n atomic.Int64
	b.ResetTimer()
	err := p.Listen(ctx, func(context.Context, bot.Heard) error {
		if n.Add(1) == int64(b.N) {
			stop()
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

// Sends to different chats, 32 in flight.
func BenchmarkSend(b *testing.B) {
	f := newFake(b)
	p := open(b, f)
	slots := make(chan struct{}, p.Limits().Parallel)
	var all sync.WaitGroup
	for i := range b.N {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			m := bot.Message{Seq: uint64(i), To: address(int64(i + 1)), Line: coach.Line{Text: "Hill day."}}
			if _, err := p.Send(b.Context(), m); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "messages/s")
}

// What is remembered, in bytes, after 100,000 chats were heard, tapped and spoken to at the limit of 25/s.
func BenchmarkMemory100kChats(b *testing.B) {
	for range b.N {
		p := reader(b)
		before := heap()
		now := time.Unix(0, 0)
		for i := range 100_000 {
			chat := int64(i + 1)
			p.pace.take(chat, now)
			p.texts.put(spot{chat, 1}, 1)
			p.taps.put(tapped{Spot: spot{chat, 1}, Person: chat, Data: "/done hill 2026-11-24"}, now)
			p.said.put(saying{uint64(i), chat}, progress{1, "42/1000"})
			now = now.Add(40 * time.Millisecond)
		}
		b.ReportMetric(float64(heap()-before), "bytes")
		b.ReportMetric(float64(runtime.NumGoroutine()), "goroutines")
		runtime.KeepAlive(p)
	}
}

func heap() int64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
