// Package memory keeps runners and their lines in maps, and forgets them when
// the program ends. It is the model that every other store is compared with,
// so it prefers being obvious to being fast: maps, a mutex, and a scan of the
// queue at each Claim. What it holds is kept encoded, so that nobody shares memory with it.
//
// The queue is in queue.go, what an operator asks in keep.go.
package memory

import (
	"context"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// Store is a store.Store, a store.Keeper and a store.Notes in memory.
type Store struct {
	mu sync.Mutex
	data
}

type data struct {
	closed  bool
	runners map[coach.ID][]byte   // JSON, by runner
	also    map[coach.ID]coach.ID // runner, by further address
	seen    map[string]time.Time  // when a cause came, by cause
	queue   map[uint64]*entry     // by Seq
	holds   map[coach.ID]hold     // by address
	refs    map[name]ref
	notes   map[string][]byte
	seq     uint64
	pruned  time.Time
}

// name is a line as its runner knows it, and ref what its platform calls it.
type name struct {
	runner coach.ID
	key    string
}
type ref struct {
	ref string
	at  time.Time
}

var _ interface {
	store.Store
	store.Keeper
	store.Notes
} = (*Store)(nil)

// New returns an empty store.
func New() *Store {
	return &Store{data: data{
		runners: map[coach.ID][]byte{},
		also:    map[coach.ID]coach.ID{},
		seen:    map[string]time.Time{},
		queue:   map[uint64]*entry{},
		holds:   map[coach.ID]hold{},
		refs:    map[name]ref{},
		notes:   map[string][]byte{},
	}}
}

// Reopen closes s and returns a store that holds the same, as one on disk does
// after a restart: what was claimed comes back at once.
func (s *Store) Reopen() *Store {
	s.mu.Lock()
	defer s.mu.Unlock()
	next := &Store{data: s.data}
	next.closed = false
	next.holds = map[coach.ID]hold{}
	s.data = data{closed: true}
	return next
}

// lock takes the mutex, or reports why nothing can be done.
func (s *Store) lock(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return fmt.Errorf("store in memory: %w", fs.ErrClosed)
	}
	return nil
}

// Update implements store.Store.
func (s *Store) Update(ctx context.Context, at coach.ID, cause string, now time.Time, step store.Step) (bool, error) {
	if err := store.CheckIDs("update", at); err != nil {
		return false, err
	}
	if err := s.lock(ctx); err != nil {
		return false, err
	}
	defer s.mu.Unlock()
	s.prune(now)
	if t, ok := s.seen[cause]; ok && now.Before(t.Add(store.CauseFor)) {
		return false, nil
	}
	id := s.resolve(at)
	old, err := s.load(id)
	if err != nil {
		return false, err
	}
	mine, err := s.load(id) // step may change in place what old is compared with
	if err != nil {
		return false, err
	}
	next, lines, err := store.Decide(id, at, mine, step)
	if err != nil {
		return false, err
	}
	added := without(next.Also, old.Also)
	if err := s.checkFree(id, added); err != nil {
		return false, err
	}
	encoded, err := next.MarshalBinary()
	if err != nil {
		return false, fmt.Errorf("encode runner %s: %w", id, err)
	}
	bodies, err := encode(lines)
	if err != nil {
		return false, err
	}
	if cause != "" {
		s.seen[cause] = now
	}
	s.replace(old, next, encoded)
	for i, line := range lines {
		s.say(id, line, bodies[i], now)
	}
	return true, nil
}

// replace puts next in place of old, with addresses.
func (s *Store) replace(old, next coach.Runner, encoded []byte) {
	for _, a := range without(old.Also, next.Also) {
		delete(s.also, a)
	}
	if next.IsZero() && !old.IsZero() {
		s.forget(old.ID)
	}
	for _, a := range without(next.Also, old.Also) {
		s.absorb(a, next.ID)
	}
	for _, a := range next.Also {
		s.also[a] = next.ID
	}
	if !next.IsZero() {
		s.runners[next.ID] = encoded
	}
}

// Due implements store.Store.
func (s *Store) Due(ctx context.Context, now time.Time, max int) ([]coach.ID, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	var due []coach.Runner
	for id := range s.runners {
		r, err := s.load(id)
		if err != nil {
			return nil, err
		}
		if !r.Wake.IsZero() && !r.Wake.After(now) {
			due = append(due, r)
		}
	}
	slices.SortFunc(due, func(a, b coach.Runner) int {
		if c := a.Wake.Compare(b.Wake); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	var ids []coach.ID
	for _, r := range due {
		if len(ids) < max {
			ids = append(ids, r.ID)
		}
	}
	return ids, nil
}

// Close implements store.Store; what was kept is gone.
func (s *Store) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.data = data{closed: true}
	return nil
}

// resolve returns the runner that an address leads to.
func (s *Store) resolve(at coach.ID) coach.ID {
	if id, ok := s.also[at]; ok {
		return id
	}
	return at
}

// load returns the runner id, zero if there is none.
func (s *Store) load(id coach.ID) (r coach.Runner, err error) {
	b, ok := s.runners[id]
	if !ok {
		return r, nil
	}
	if err := r.UnmarshalBinary(b); err != nil {
		return coach.Runner{}, fmt.Errorf("decode runner %s: %w", id, err)
	}
	return r, nil
}

// checkFree reports an address that another runner lists, unless that runner
// joins as well.
func (s *Store) checkFree(id coach.ID, added []coach.ID) error {
	for _, a := range added {
		owner, ok := s.also[a]
		if ok && owner != id && !slices.Contains(added, owner) {
			return fmt.Errorf("update %s: the address %s belongs to %s", id, a, owner)
		}
	}
	return nil
}

// forget drops the runner id and all that hangs on them.
func (s *Store) forget(id coach.ID) {
	for seq, e := range s.queue {
		if e.runner == id {
			s.remove(seq)
		}
	}
	s.drop(id)
}

// absorb gives what is queued for the runner old, if there is one, to id, with
// what platforms called its lines unless id has the like, and forgets the rest.
func (s *Store) absorb(old, id coach.ID) {
	for n, r := range maps.Clone(s.refs) {
		if _, has := s.refs[name{id, n.key}]; n.runner == old && !has {
			s.refs[name{id, n.key}] = r
		}
	}
	for _, e := range s.queue {
		if e.runner == old {
			e.runner = id
		}
	}
	s.drop(old)
}

// drop removes the runner id, their addresses and their refs.
func (s *Store) drop(id coach.ID) {
	delete(s.runners, id)
	for a, owner := range s.also {
		if owner == id {
			delete(s.also, a)
		}
	}
	for n := range s.refs {
		if n.runner == id {
			delete(s.refs, n)
		}
	}
}

// prune lets go of what is too old to matter, once a day.
func (s *Store) prune(now time.Time) {
	if now.Before(s.pruned.Add(24 * time.Hour)) {
		return
	}
	s.pruned = now
	for cause, t := range s.seen {
		if !now.Before(t.Add(store.CauseFor)) {
			delete(s.seen, cause)
		}
	}
	for n, r := range s.refs {
		if !now.Before(r.at.Add(store.RefFor)) {
			delete(s.refs, n)
		}
	}
}

// without returns the addresses of a that are not in b.
func without(a, b []coach.ID) []coach.ID {
	var rest []coach.ID
	for _, id := range a {
		if !slices.Contains(b, id) {
			rest = append(rest, id)
		}
	}
	return rest
}
