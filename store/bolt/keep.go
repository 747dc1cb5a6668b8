package bolt

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"legcoach/coach"
	"legcoach/store"
)

// perRead is how many records are copied in one read transaction: bbolt
// cannot reuse a page while a reader might still need it.
const perRead = 1000

// Load implements store.Keeper.
func (s *Store) Load(ctx context.Context, at coach.ID) (r coach.Runner, ok bool, err error) {
	if err := ctx.Err(); err != nil {
		return r, false, err
	}
	err = s.view(func(t *tx) error {
		on, err := t.snapshot(at)
		if err != nil {
			return err
		}
		r, err = on.decode()
		return err
	})
	return r, err == nil && !r.IsZero(), err
}

// Each implements store.Keeper, in the order of runners' IDs.
func (s *Store) Each(ctx context.Context, visit func(coach.Runner) error) error {
	for next := []byte(nil); ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		var some []coach.Runner
		err := s.view(func(t *tx) (err error) {
			some, next, err = t.runners(next)
			return err
		})
		if err != nil {
			return err
		}
		for _, r := range some {
			if err := visit(r); err != nil {
				return err
			}
		}
		if next == nil {
			return nil
		}
	}
}

// runners returns some runners from a key on, and the key to go on from, nil at the end.
func (t *tx) runners(from []byte) (some []coach.Runner, next []byte, err error) {
	c := t.in(inRunner).Cursor()
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		if len(some) == perRead {
			return some, bytes.Clone(k), nil
		}
		raw, err := unseal(k, v)
		if err != nil {
			return nil, nil, err
		}
		r, err := snapshot{id: coach.ID(k), runner: raw}.decode()
		if err != nil {
			return nil, nil, err
		}
		some = append(some, r)
	}
	return some, nil, nil
}

// Count implements store.Keeper. It costs the same however much there is.
func (s *Store) Count(ctx context.Context) (c store.Counts, err error) {
	if err := ctx.Err(); err != nil {
		return c, err
	}
	err = s.view(func(t *tx) error {
		c.Runners = int64(t.in(inRunner).Sequence())
		c.Queued = int64(t.in(inTurn).Sequence())
		c.Waking = int64(t.in(inDue).Sequence())
		return nil
	})
	if err != nil {
		return c, err
	}
	info, err := os.Stat(s.path)
	if err != nil {
		return c, fmt.Errorf("count store %s: %w", s.path, err)
	}
	c.Bytes = info.Size()
	return c, nil
}

// Backup implements store.Keeper: hot, while the store is used. If w is not
// a file, the copy is first made in a file beside the store, because w may be slow
// and bbolt could not reuse any page in the meantime.
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	if f, ok := w.(*os.File); ok {
		return s.copyTo(ctx, f)
	}
	f, err := os.CreateTemp(filepath.Dir(s.path), "."+filepath.Base(s.path)+".*.backup")
	if err != nil {
		return fmt.Errorf("back up store %s: %w", s.path, err)
	}
	err = s.copyTo(ctx, f)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err == nil {
		_, err = io.Copy(w, &patient{ctx, f})
	}
	return errors.Join(err, f.Close(), os.Remove(f.Name()))
}

func (s *Store) copyTo(ctx context.Context, f *os.File) error {
	err := s.view(func(t *tx) error {
		_, err := t.WriteTo(&patientWriter{ctx, f})
		return err
	})
	if err != nil {
		return fmt.Errorf("back up store %s: %w", s.path, err)
	}
	return nil
}

// patient reads until its context ends.
type patient struct {
	ctx context.Context
	r   io.Reader
}

func (p *patient) Read(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.r.Read(b)
}

// patientWriter writes until its context ends.
type patientWriter struct {
	ctx context.Context
	w   io.Writer
}

func (p *patientWriter) Write(b []byte) (int, error) {
	if err := p.ctx.Err(); err != nil {
		return 0, err
	}
	return p.w.Write(b)
}
