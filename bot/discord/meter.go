package discord

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"
)

// meter counts what happened in the last ten minutes, to the minute.
type meter struct {
	mu      sync.Mutex
	minutes [10]struct {
		minute int64
		n      int
	}
}

func (m *meter) add(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	minute := now.Unix() / 60
	slot := &m.minutes[minute%10]
	if slot.minute != minute {
		slot.minute, slot.n = minute, 0
	}
	slot.n++
}

func (m *meter) count(now time.Time) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, slot := range m.minutes {
		if slot.minute > now.Unix()/60-10 {
			n += slot.n
		}
	}
	return n
}

// window lets no more than so many requests into any second of Discord's clock,
// wherever in it a slow network or a busy machine puts them: a request counts
// from when it is sent until a second after it was answered.
type window struct {
	most int

	mu    sync.Mutex
	aloft int         // sent, and not answered yet
	ended []time.Time // answered within the last second, oldest first
	freed chan struct{}
}

func newWindow(most int) *window { return &window{most: most, freed: make(chan struct{}, 1)} }

// enter waits for a place; leave gives it back.
func (w *window) enter(ctx context.Context) error {
	for {
		wait, free := w.try(time.Now())
		if free {
			return nil
		}
		timer := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			timer.Stop()
			return ctx.Err()
		case <-w.freed:
			timer.Stop()
		case <-timer.C:
		}
	}
}

// try takes a place if there is one, or tells when to look again.
func (w *window) try(now time.Time) (wait time.Duration, free bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for len(w.ended) > 0 && now.Sub(w.ended[0]) > second {
		w.ended = w.ended[1:]
	}
	if w.aloft+len(w.ended) < w.most {
		w.aloft++
		return 0, true
	}
	if len(w.ended) == 0 {
		return second, false
	}
	return max(time.Millisecond, second-now.Sub(w.ended[0])), false
}

func (w *window) leave() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.aloft--
	w.ended = append(w.ended, time.Now())
	select {
	case w.freed <- struct{}{}:
	default:
	}
}

// second is a little longer than one of Discord's. The way there and back is
// counted besides, so what is left is how wrong two clocks are in a second.
const second = 1002 * time.Millisecond

// rooms remember until when a channel takes nothing more, so that a request
// that would be turned away is not made.
type rooms struct {
	mu   sync.Mutex
	full map[string]time.Time
}

// note reads how much a path still takes.
func (r *rooms) note(path string, header http.Header) {
	if header.Get("X-RateLimit-Remaining") != "0" || !strings.HasPrefix(path, "/channels/") {
		return
	}
	after := within(number(header.Get("X-RateLimit-Reset-After")), time.Minute)
	if after == 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.full == nil || len(r.full) > 10000 {
		r.full = map[string]time.Time{}
	}
	r.full[path] = time.Now().Add(after)
}

// wait is how long a path takes nothing.
func (r *rooms) wait(path string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	until, found := r.full[path]
	if !found {
		return 0
	}
	d := time.Until(until)
	if d <= 0 {
		delete(r.full, path)
	}
	return max(0, d)
}
