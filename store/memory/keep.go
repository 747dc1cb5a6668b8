package memory

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// Load implements store.Keeper.
func (s *Store) Load(ctx context.Context, at coach.ID) (coach.Runner, bool, error) {
	if err := s.lock(ctx); err != nil {
		return coach.Runner{}, false, err
	}
	defer s.mu.Unlock()
	r, err := s.load(s.resolve(at))
	return r, !r.IsZero(), err
}

// Each implements store.Keeper, in the order of runners' IDs.
func (s *Store) Each(ctx context.Context, visit func(coach.Runner) error) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	ids := slices.Sorted(maps.Keys(s.runners))
	s.mu.Unlock()
	for _, id := range ids {
		if err := s.lock(ctx); err != nil {
			return err
		}
		r, err := s.load(id)
		s.mu.Unlock()
		if err == nil && !r.IsZero() {
			err = visit(r)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Count implements store.Keeper.
func (s *Store) Count(ctx context.Context) (store.Counts, error) {
	if err := s.lock(ctx); err != nil {
		return store.Counts{}, err
	}
	defer s.mu.Unlock()
	c := store.Counts{Runners: int64(len(s.runners)), Queued: int64(len(s.queue))}
	for id := range s.runners {
		r, err := s.load(id)
		if err != nil {
			return c, err
		}
		if !r.Wake.IsZero() {
			c.Waking++
		}
	}
	return c, nil
}

// Backup returns errors.ErrUnsupported: nothing here lasts.
func (s *Store) Backup(context.Context, io.Writer) error {
	return fmt.Errorf("back up a store in memory: %w", errors.ErrUnsupported)
}

// Verify implements store.Keeper.
func (s *Store) Verify(ctx context.Context) error {
	return s.Each(ctx, func(coach.Runner) error { return nil })
}

// Note implements store.Notes.
func (s *Store) Note(ctx context.Context, key string) ([]byte, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	return bytes.Clone(s.notes[key]), nil
}

// SetNote implements store.Notes.
func (s *Store) SetNote(ctx context.Context, key string, value []byte) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	if len(value) == 0 {
		delete(s.notes, key)
		return nil
	}
	s.notes[key] = bytes.Clone(value)
	return nil
}

// Named implements store.Keeper.
func (s *Store) Named(ctx context.Context, at coach.ID, platformRef string) (string, error) {
	if err := s.lock(ctx); err != nil {
		return "", err
	}
	defer s.mu.Unlock()
	id, key, latest := s.resolve(at), "", time.Time{}
	for n, r := range s.refs {
		if n.runner == id && r.ref == platformRef && r.at.After(latest) {
			key, latest = n.key, r.at
		}
	}
	return key, nil
}
