package bolt

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"syscall"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"legcoach/store"
)

// maxBatch is how many jobs are committed together at most: enough to make the
// fsync cheap, few enough that a batch lasts some ten milliseconds.
const maxBatch = 512

// job is a write on its way through the writer. Run may be called again after
// its transaction was rolled back; an error before its first write leaves the others be.
type job struct {
	run   func(*tx) error
	err   error
	done  chan struct{}
	taken atomic.Bool // by the writer, or back by a caller who would not wait
}

// do has run committed. If it fails, nothing of it was written.
// Unless wait, a full queue is store.ErrBusy. A context that ends before the
// commit began takes the job back; after that the outcome is waited for.
func (s *Store) do(ctx context.Context, wait bool, run func(*tx) error) error {
	j := &job{run: run, done: make(chan struct{})}
	if led, err := s.lead(ctx, j); led || err != nil {
		return err
	}
	if err := s.send(ctx, wait, j); err != nil {
		return err
	}
	select {
	case <-j.done:
		return j.err
	case <-ctx.Done():
		if j.taken.CompareAndSwap(false, true) {
			return ctx.Err()
		}
		<-j.done
		return j.err
	}
}

// lead commits j, and whatever waits, in the goroutine of its caller if nobody
// commits just now: an idle store then costs no change of goroutine.
func (s *Store) lead(ctx context.Context, j *job) (led bool, err error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	s.mu.RLock() // Close waits
	defer s.mu.RUnlock()
	if err := s.refusal(); err != nil {
		return false, err
	}
	if !s.turn.TryLock() {
		return false, nil
	}
	defer s.turn.Unlock()
	s.commit(s.fill([]*job{j}))
	return true, j.err
}

func (s *Store) send(ctx context.Context, wait bool, j *job) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.refusal(); err != nil {
		return err
	}
	select {
	case s.jobs <- j:
		return nil
	default:
	}
	if !wait {
		return fmt.Errorf("store %s: %w", s.path, store.ErrBusy)
	}
	select {
	case s.jobs <- j:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// write commits what waits, together, whenever it is its turn.
func (s *Store) write() {
	defer close(s.ended)
	for first := range s.jobs {
		s.turn.Lock()
		// Callers whose last update was just committed get in before the batch is closed.
		runtime.Gosched()
		s.commit(s.fill([]*job{first}))
		s.turn.Unlock()
	}
}

// fill adds what waits to a batch, and leaves out what was taken back.
func (s *Store) fill(batch []*job) []*job {
	if !batch[0].taken.CompareAndSwap(false, true) {
		batch = batch[:0]
	}
	for len(batch) < maxBatch {
		select {
		case j, ok := <-s.jobs:
			if !ok {
				return batch
			}
			if j.taken.CompareAndSwap(false, true) {
				batch = append(batch, j)
			}
		default:
			return batch
		}
	}
	return batch
}

// commit runs a batch in one transaction or, if one of its jobs spoils that, each in its own.
func (s *Store) commit(batch []*job) {
	if len(batch) == 0 {
		return
	}
	err := s.attempt(batch)
	for _, j := range batch {
		if err != nil && len(batch) > 1 {
			if alone := s.attempt([]*job{j}); alone != nil {
				j.err = alone
			}
		} else if err != nil {
			j.err = err
		}
		close(j.done)
	}
}

// attempt runs jobs in one transaction and gives each its result. An error
// means that the transaction was rolled back because of one of them.
func (s *Store) attempt(jobs []*job) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // a page that cannot be read panics
	if dead := s.dead.Load(); dead != nil {
		return all(jobs, *dead)
	}
	bt, err := s.db.Begin(true)
	if err != nil {
		return all(jobs, fmt.Errorf("write store %s: %w", s.path, err))
	}
	t := newTx(bt)
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("write store %s: %w", s.path, errors.Join(panicked(p), bt.Rollback()))
		}
	}()
	for _, j := range jobs {
		before := t.writes
		if j.err = j.run(t); j.err != nil && t.writes > before {
			return fmt.Errorf("write store %s: %w", s.path, errors.Join(j.err, bt.Rollback()))
		}
	}
	if t.writes == 0 {
		return bt.Rollback()
	}
	id := bt.ID()
	if err := bt.Commit(); err != nil {
		return all(jobs, s.explain(id, err))
	}
	return nil
}

// all gives jobs one error, where they have none of their own.
func all(jobs []*job, err error) error {
	for _, j := range jobs {
		if j.err == nil {
			j.err = err
		}
	}
	return nil
}

// explain says what a commit that failed means. That space is lacking shows before
// bbolt touches its meta page, so the old state stands and the store goes on. After
// any other error the new state may be on disk, or be seen and yet be lost.
func (s *Store) explain(id int, err error) error {
	if isFull(err) && !s.visible(id) {
		return fmt.Errorf("write store %s: %w: %w", s.path, store.ErrFull, err)
	}
	err = fmt.Errorf("store %s: it is not known what a commit left on disk: %w", s.path, err)
	s.dead.Store(&err)
	s.opts.Fatal(err)
	return err
}

func isFull(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) || errors.Is(err, berrors.ErrMaxSizeReached) ||
		strings.HasPrefix(err.Error(), "file resize error") // bbolt hides what it wraps here
}

// visible reports whether readers see transaction id, or cannot tell.
func (s *Store) visible(id int) bool {
	seen := true
	err := s.db.View(func(t *bolt.Tx) error {
		seen = t.ID() >= id
		return nil
	})
	return seen || err != nil
}
