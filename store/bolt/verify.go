package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	bolt "go.etcd.io/bbolt"

	"legcoach/coach"
)

// Verify reads every record of the store in the file at path, which no other
// process may use meanwhile, and returns the first that is damaged or contradicts another.
func Verify(ctx context.Context, path string) error {
	s, err := openOnly(path, strict)
	if err != nil {
		return fmt.Errorf("verify store %s: %w", path, err)
	}
	defer s.db.Close() // only read: nothing is lost if it fails
	if err := s.Verify(ctx); err != nil {
		return err
	}
	return s.view(checkCounts)
}

// openOnly opens a file for reading, after examining it.
func openOnly(path string, strictly bool) (*Store, error) {
	if err := present(path); err != nil {
		return nil, err
	}
	opts := Options{}.withDefaults()
	if err := examine(path, opts.Timeout, strictly); err != nil {
		return nil, err
	}
	db, file, err := openFile(path, &bolt.Options{ReadOnly: true, Timeout: opts.Timeout})
	if err != nil {
		return nil, err
	}
	return &Store{path: path, opts: opts, db: db, file: file}, nil
}

// checks says for each bucket what must be true of a record, seen in one transaction.
var checks = []struct {
	bucket []byte
	check  func(t *tx, key, payload []byte) error
}{
	{inRunner, checkRunner},
	{inAlso, checkAlso},
	{inDue, checkDue},
	{inLine, checkLine},
	{inTurn, checkTurn},
	{inAway, checkAway},
	{inNote, func(*tx, []byte, []byte) error { return nil }},
	{inMeta, func(*tx, []byte, []byte) error { return nil }},
	{inSeen, nil},
	{inRef, nil},
}

// Verify implements store.Keeper. It reads some records at a time, so it may run
// beside all else, and some beside some others.
func (s *Store) Verify(ctx context.Context) error {
	var all []span
	for _, c := range checks {
		some, err := s.spans(c.bucket)
		if err != nil {
			return fmt.Errorf("verify store %s: in %s: %w", s.path, c.bucket, err)
		}
		for _, one := range some {
			one.check = c.check
			all = append(all, one)
		}
	}
	return beside(len(all), func() func(int) error {
		return func(i int) error {
			err := ctx.Err()
			if err == nil {
				err = s.view(all[i].verify)
			}
			if err != nil {
				return fmt.Errorf("verify store %s: in %s: %w", s.path, all[i].bucket, err)
			}
			return nil
		}
	})
}

// span is some records of a bucket: from a key on, and before another unless that is nil.
type span struct {
	bucket       []byte
	from, before []byte
	check        func(t *tx, key, payload []byte) error
}

// spans divides a bucket into spans of [perRead] records.
func (s *Store) spans(bucket []byte) ([]span, error) {
	all := []span{{bucket: bucket}}
	for more := true; more; {
		err := s.view(func(t *tx) error {
			last := &all[len(all)-1]
			n, c := 0, t.in(bucket).Cursor()
			k, _ := c.Seek(last.from)
			for ; k != nil && n < perRead; n++ {
				k, _ = c.Next()
			}
			if more = k != nil; more {
				last.before = bytes.Clone(k)
				all = append(all, span{bucket: bucket, from: last.before})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// verify checks the records of a span.
func (p span) verify(t *tx) error {
	c := t.in(p.bucket).Cursor()
	for k, v := c.Seek(p.from); k != nil && (p.before == nil || bytes.Compare(k, p.before) < 0); k, v = c.Next() {
		if p.check == nil {
			if err := checkDay(t.in(p.bucket).Bucket(k)); err != nil {
				return err
			}
			continue
		}
		payload, err := unseal(k, v)
		if err != nil {
			return err
		}
		if err := p.check(t, k, payload); err != nil {
			return err
		}
	}
	return nil
}

// checkDay checks the records of a day of what is kept by day.
func checkDay(b *bolt.Bucket) error {
	return b.ForEach(func(k, v []byte) error {
		_, err := unseal(k, v)
		return err
	})
}

func wrong(key []byte, format string, args ...any) error {
	return fmt.Errorf("record %.60q is wrong: "+format, append([]any{key}, args...)...)
}

func checkRunner(t *tx, key, payload []byte) error {
	r, err := snapshot{id: coach.ID(key), runner: payload}.decode()
	if err != nil {
		return err
	}
	if r.ID != coach.ID(key) {
		return wrong(key, "it holds %s", r.ID)
	}
	if err := r.Days.Check(); err != nil {
		return wrong(key, "%w", err)
	}
	if !r.Wake.IsZero() && t.in(inDue).Get(dueKey(r.Wake, r.ID)) == nil {
		return wrong(key, "it is missing in the due index")
	}
	for _, a := range r.Also {
		owner, err := get(t.in(inAlso), []byte(a))
		if err != nil {
			return err
		}
		if coach.ID(owner) != r.ID {
			return wrong(key, "its address %s leads to %q", a, owner)
		}
	}
	return nil
}

// runner returns the runner id, zero if there is none.
func (t *tx) runner(id coach.ID) (coach.Runner, error) {
	raw, err := get(t.in(inRunner), []byte(id))
	if err != nil {
		return coach.Runner{}, err
	}
	return snapshot{id: id, runner: raw}.decode()
}

func checkAlso(t *tx, key, payload []byte) error {
	r, err := t.runner(coach.ID(payload))
	if err == nil && !slices.Contains(r.Also, coach.ID(key)) {
		err = wrong(key, "runner %s does not list it", payload)
	}
	return err
}

func checkDue(t *tx, key, _ []byte) error {
	if len(key) <= 8 {
		return wrong(key, "it is too short")
	}
	raw, err := get(t.in(inRunner), key[8:])
	if err != nil {
		return err
	}
	var wake time.Time
	if raw != nil {
		if wake, err = coach.WakeOf(raw); err != nil {
			return err
		}
	}
	if wake.IsZero() || !bytes.Equal(dueKey(wake, coach.ID(key[8:])), key) {
		return wrong(key, "runner %s wakes at another time", key[8:])
	}
	return nil
}

func checkLine(t *tx, key, payload []byte) error {
	to, lane, seq := splitLine(key)
	if lane == 0 {
		n, err := decodeTurn(key, payload)
		if err == nil && (t.in(inTurn).Get(n.key(to)) == nil || t.find(to, n.seq) == nil) {
			err = wrong(key, "the turn of the address is missing")
		}
		return err
	}
	e, err := decodeEntry(key, payload)
	if err != nil {
		return err
	}
	switch {
	case !json.Valid(e.line):
		return wrong(key, "its line is no JSON")
	case to != e.runner && t.in(inAway).Get(awayKey(e.runner, seq)) == nil:
		return wrong(key, "it is missing in away")
	case t.in(inLine).Get(prefix(string(to))) == nil:
		return wrong(key, "its address has no turn")
	}
	return nil
}

func checkTurn(t *tx, key, _ []byte) error {
	platform, rest, _ := bytes.Cut(key, []byte{0})
	if len(rest) <= 9 {
		return wrong(key, "it is too short")
	}
	n, ok, err := t.turn(addressOf(key))
	if err != nil {
		return err
	}
	if !ok || addressOf(key).Platform() != string(platform) || n.state != rest[0] || n.rank != binary.BigEndian.Uint64(rest[1:]) {
		return wrong(key, "the address has another turn")
	}
	return nil
}

func checkAway(t *tx, key, payload []byte) error {
	if t.in(inLine).Get(payload) == nil {
		return wrong(key, "it leads to no line")
	}
	return nil
}

// checkCounts compares what the sequences of buckets count with what is there.
func checkCounts(t *tx) error {
	lines := 0
	err := t.in(inLine).ForEach(func(k, _ []byte) error {
		if _, lane, _ := splitLine(k); lane != 0 {
			lines++
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, c := range []struct {
		bucket []byte
		there  int
	}{
		{inRunner, t.in(inRunner).Stats().KeyN},
		{inDue, t.in(inDue).Stats().KeyN},
		{inTurn, lines},
	} {
		if counted := t.in(c.bucket).Sequence(); counted != uint64(c.there) {
			return fmt.Errorf("%d records of %s are there and %d were counted", c.there, c.bucket, counted)
		}
	}
	return nil
}
