package memory

import (
	"context"
	"fmt"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// UpdateBoth implements store.Store.
func (s *Store) UpdateBoth(ctx context.Context, at, other coach.ID, cause string, now time.Time, step store.StepBoth) (bool, error) {
	if err := store.CheckIDs("update both", at, other); err != nil {
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
	before, err := s.loadBoth(at, other)
	if err != nil {
		return false, err
	}
	mine, err := s.loadBoth(at, other) // step may change in place what before is compared with
	if err != nil {
		return false, err
	}
	next, err := store.DecideBoth(mine, at, step)
	if err != nil {
		return false, err
	}
	var encoded [2][]byte
	for i, id := range next.IDs {
		if err := s.checkFree(id, without(next.Runners[i].Also, before.Runners[i].Also)); err != nil {
			return false, err
		}
		if encoded[i], err = next.Runners[i].MarshalBinary(); err != nil {
			return false, fmt.Errorf("encode runner %s: %w", id, err)
		}
	}
	bodies, err := encode(next.Lines)
	if err != nil {
		return false, err
	}
	if cause != "" {
		s.seen[cause] = now
	}
	for i := range next.Runners {
		if !next.Joined(i) {
			s.replace(before.Runners[i], next.Runners[i], encoded[i])
		}
	}
	for i, line := range next.Lines {
		s.say(next.Of(line), line, bodies[i], now)
	}
	return true, nil
}

// loadBoth returns the runners at two addresses.
func (s *Store) loadBoth(at, other coach.ID) (b store.Both, err error) {
	b.IDs = [2]coach.ID{s.resolve(at), s.resolve(other)}
	if b.Runners[0], err = s.load(b.IDs[0]); err != nil {
		return b, err
	}
	if b.IDs[0] == b.IDs[1] {
		b.IDs[1] = other
		return b, nil
	}
	b.Runners[1], err = s.load(b.IDs[1])
	return b, err
}
