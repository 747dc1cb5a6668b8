package telegram

import "sync"

// recent remembers the latest things only, so that its size is bounded whatever happens.
type recent[K comparable, V any] struct {
	mu   sync.Mutex
	kept map[K]V
	ring []K
	next int
}

func newRecent[K comparable, V any](size int) *recent[K, V] {
	return &recent[K, V]{kept: map[K]V{}, ring: make([]K, 0, size)}
}

// put remembers v under k, and forgets the oldest if there is no room.
func (r *recent[K, V]) put(k K, v V) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, old := r.kept[k]; !old {
		if len(r.ring) < cap(r.ring) {
			r.ring = append(r.ring, k)
		} else {
			delete(r.kept, r.ring[r.next])
			r.ring[r.next] = k
			r.next = (r.next + 1) % len(r.ring)
		}
	}
	r.kept[k] = v
}

func (r *recent[K, V]) get(k K) (V, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	v, ok := r.kept[k]
	return v, ok
}
