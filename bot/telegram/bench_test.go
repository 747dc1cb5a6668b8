package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach/coachtest"
	"legcoach/store/bolt"
)

// From a poll to a reply that is committed to disk, by the coach itself.
func BenchmarkCommitted(b *testing.B) {
	f := newFake(b)
	p := open(b, f)
	s, err := bolt.Open(filepath.Join(b.TempDir(), "legs.db"), bolt.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	hears := bot.New(coachtest.New(b, time.UTC), s, slog.New(slog.DiscardHandler), p)
	for i := range b.N {
		f.inject(strings.ReplaceAll(said(i, "did hills today"), fmt.Sprint(me), fmt.Sprint(1000+i%500)))
	}
	ctx, stop := context.WithCancel(b.Context())
	var n atomic.Int64
	b.ResetTimer()
	err = p.Listen(ctx, func(ctx context.Context, h bot.Heard) error {
		err := hears.Hear(ctx, h)
		if err == nil && n.Add(1) == int64(b.N) {
			stop()
		}
		return err
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "updates/s")
}

// Being told to stop in the middle of a poll that waits for 50 s.
func BenchmarkStop(b *testing.B) {
	for range b.N {
		b.StopTimer()
		f := newFake(b)
		e := listen(b, open(b, f), nil)
		await(b, "a poll", func() bool { return len(f.called("getUpdates")) > 0 })
		b.StartTimer()
		e.stop()
		if err := <-e.ended; err != nil {
			b.Fatal(err)
		}
	}
}
