package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	bolt "go.etcd.io/bbolt"
)

// perCopy is how many bytes a restore commits at a time.
const perCopy = 16 << 20

// staleAfter is how old a queued line may be to survive a restore: what
// is older was most likely said after the backup was made.
const staleAfter = 10 * time.Minute

// Restore makes a store at to of the one at from, a backup or a file whose last
// commit was damaged. It refuses to overwrite, copies every record only after all were verified,
// and leaves out queued lines that are older than ten minutes at now: they were most
// likely said after the backup was made. The new file has no free space in it.
func Restore(ctx context.Context, from, to string, now time.Time) error {
	if err := restore(ctx, from, to, now); err != nil {
		return fmt.Errorf("restore %s to %s: %w", from, to, err)
	}
	return nil
}

func restore(ctx context.Context, from, to string, now time.Time) error {
	if _, err := os.Lstat(to); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(err, errors.New("there is a file already; move it aside"))
	}
	src, err := openOnly(from, lenient)
	if err != nil {
		return err
	}
	defer src.db.Close() // only read: nothing is lost if it fails
	if err := errors.Join(src.Verify(ctx), src.view(checkCounts)); err != nil {
		return err
	}
	err = create(to, func(dst *bolt.DB) error {
		if err := bolt.Compact(dst, src.db, perCopy); err != nil {
			return err
		}
		return dst.Update(func(t *bolt.Tx) error { return newTx(t).dropStale(now) })
	})
	if err != nil {
		return err
	}
	return mark(to)
}

// dropStale takes lines out of the queue that were queued too long ago.
func (t *tx) dropStale(now time.Time) error {
	var stale [][]byte
	c := t.in(inLine).Cursor()
	for k, _ := c.First(); k != nil; k, _ = c.Next() {
		if _, lane, _ := splitLine(k); lane == 0 {
			continue
		}
		key := append([]byte(nil), k...)
		e, _, err := t.entry(key)
		if err != nil {
			return err
		}
		if e.queued.Before(now.Add(-staleAfter)) {
			stale = append(stale, key)
		}
	}
	for _, key := range stale {
		if err := t.remove(key); err != nil {
			return err
		}
	}
	return nil
}
