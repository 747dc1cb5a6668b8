package discord

import (
	"net/http"
	"strconv"
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
	seconds, err := strconv.ParseFloat(header.Get("X-RateLimit-Reset-After"), 64)
	if err != nil || seconds <= 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.full == nil || len(r.full) > 10000 {
		r.full = map[string]time.Time{}
	}
	r.full[path] = time.Now().Add(time.Duration(min(seconds, 60) * float64(time.Second)))
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
