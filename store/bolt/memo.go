package bolt

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"legcoach/coach"
	"legcoach/store"
)

// What is remembered for a time, causes and refs, is kept in a bucket per
// day, and dropped with its day: nothing has to be looked for to be forgotten.

// seen reports whether cause came in the last 48 hours.
func (t *tx) seen(cause string, now time.Time) (bool, error) {
	if cause == "" {
		return false, nil
	}
	key := causeKey(cause)
	for _, day := range t.days(inSeen) {
		b, err := get(t.in(inSeen).Bucket(day), key)
		if err != nil {
			return false, err
		}
		if b != nil && now.Before(timeIn(b).Add(store.CauseFor)) {
			return true, nil
		}
	}
	return false, nil
}

func (t *tx) markSeen(cause string, now time.Time) error {
	if cause == "" {
		return nil
	}
	b, err := t.today(inSeen, now, store.CauseFor)
	if err != nil {
		return err
	}
	return t.put(b, causeKey(cause), be(nil, uint64(instant(now))))
}

// causeKey is cause itself, so that causes that come in order lie together, unless it is too long for a key.
func causeKey(cause string) []byte {
	if len(cause) <= store.MaxID {
		return []byte(cause)
	}
	sum := sha256.Sum256([]byte(cause))
	return append([]byte{0}, sum[:]...)
}

// timeIn reads the time that a payload begins with.
func timeIn(b []byte) time.Time {
	if len(b) < 8 {
		return zero
	}
	return moment(int64(binary.BigEndian.Uint64(b)))
}

// ref returns what a platform called the runner's line with key, empty if that is not known at now.
func (t *tx) ref(runner coach.ID, key string, now time.Time) (string, error) {
	at, name, err := t.lastRef(runner, key)
	if err != nil || !now.Before(at.Add(store.RefFor)) {
		return "", err
	}
	return name, nil
}

// lastRef returns the latest ref of the runner's line with key, and when it was claimed.
func (t *tx) lastRef(runner coach.ID, key string) (latest time.Time, name string, err error) {
	if key == "" {
		return zero, "", nil
	}
	for _, day := range t.days(inRef) {
		b, err := get(t.in(inRef).Bucket(day), refKey(runner, key))
		if err != nil {
			return zero, "", err
		}
		if at := timeIn(b); b != nil && !at.Before(latest) {
			latest, name = at, string(b[8:])
		}
	}
	return latest, name, nil
}

// setRef remembers what a platform called a line that was claimed at a time.
func (t *tx) setRef(runner coach.ID, key, ref string, at time.Time) error {
	if key == "" || ref == "" {
		return nil
	}
	if latest, _, err := t.lastRef(runner, key); err != nil || at.Before(latest) {
		return err
	}
	b, err := t.today(inRef, at, store.RefFor)
	if err != nil {
		return err
	}
	return t.put(b, refKey(runner, key), append(be(nil, uint64(instant(at))), ref...))
}

// moveRefs has the runner id know what platforms called the lines of old, but for keys that id has itself.
func (t *tx) moveRefs(old, id coach.ID) error {
	home := prefix(string(old))
	for _, day := range slices.Backward(t.days(inRef)) { // the latest of a key counts
		b := t.in(inRef).Bucket(day)
		for _, k := range keys(b, home, math.MaxInt, under(home)) {
			key := string(k[len(home):])
			if at, _, err := t.lastRef(id, key); err != nil || !at.IsZero() {
				if err != nil {
					return err
				}
				continue
			}
			v, err := get(b, k)
			if err != nil {
				return err
			}
			if err := t.put(b, refKey(id, key), bytes.Clone(v)); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropRefs forgets what platforms called the lines of a runner.
func (t *tx) dropRefs(runner coach.ID) error {
	home := prefix(string(runner))
	for _, day := range t.days(inRef) {
		b := t.in(inRef).Bucket(day)
		for _, key := range keys(b, home, math.MaxInt, under(home)) {
			if err := t.del(b, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// days returns the names of the day buckets in a bucket, oldest first.
func (t *tx) days(name []byte) [][]byte {
	return keys(t.in(name), nil, math.MaxInt, func([]byte) bool { return true })
}

// today returns the bucket of the day of now, and drops those that are older than keep when it makes one.
func (t *tx) today(name []byte, now time.Time, keep time.Duration) (*bolt.Bucket, error) {
	top, day := t.in(name), dayKey(now)
	if b := top.Bucket(day); b != nil {
		return b, nil
	}
	t.writes++
	oldest := dayKey(now.Add(-keep))
	for _, old := range t.days(name) {
		if bytes.Compare(old, oldest) < 0 {
			if err := top.DeleteBucket(old); err != nil {
				return nil, fmt.Errorf("drop %s/%s: %w", name, old, err)
			}
		}
	}
	return top.CreateBucket(day)
}

// Note implements store.Notes.
func (s *Store) Note(ctx context.Context, key string) (value []byte, err error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	err = s.view(func(t *tx) error {
		b, err := get(t.in(inNote), []byte(key))
		value = bytes.Clone(b)
		return err
	})
	return value, err
}

// SetNote implements store.Notes.
func (s *Store) SetNote(ctx context.Context, key string, value []byte) error {
	return s.do(ctx, true, func(t *tx) error {
		if len(value) == 0 {
			return t.del(t.in(inNote), []byte(key))
		}
		return t.put(t.in(inNote), []byte(key), value)
	})
}

// Named implements store.Keeper. It reads the few refs of one runner.
func (s *Store) Named(ctx context.Context, at coach.ID, ref string) (key string, err error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	err = s.view(func(t *tx) error {
		on, err := t.snapshot(at)
		if err != nil {
			return err
		}
		home, latest := prefix(string(on.id)), zero
		for _, day := range t.days(inRef) {
			b := t.in(inRef).Bucket(day)
			for _, k := range keys(b, home, math.MaxInt, under(home)) {
				v, err := get(b, k)
				if err != nil {
					return err
				}
				if made := timeIn(v); string(v[8:]) == ref && !made.Before(latest) {
					key, latest = string(k[len(home):]), made
				}
			}
		}
		return nil
	})
	return key, err
}
