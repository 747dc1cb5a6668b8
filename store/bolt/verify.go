package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"slices"

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

// Verify implements store.Keeper. It reads some records at a time, so it may run beside all else.
func (s *Store) Verify(ctx context.Context) error {
	for _, c := range checks {
		for next := []byte(nil); ; {
			err := ctx.Err()
			if err == nil {
				err = s.view(func(t *tx) (err error) {
					if c.check == nil {
						return t.checkDays(c.bucket)
					}
					next, err = t.checkSome(c.bucket, next, c.check)
					return err
				})
			}
			if err != nil {
				return fmt.Errorf("verify store %s: in %s: %w", s.path, c.bucket, err)
			}
			if next == nil {
				break
			}
		}
	}
	return nil
}

// checkSome checks some records from a key on and returns the key to go on from.
func (t *tx) checkSome(name, from []byte, check func(t *tx, key, payload []byte) error) ([]byte, error) {
	c := t.in(name).Cursor()
	n := 0
	for k, v := c.Seek(from); k != nil; k, v = c.Next() {
		if n++; n > perRead {
			return bytes.Clone(k), nil
		}
		payload, err := unseal(k, v)
		if err != nil {
			return nil, err
		}
		if err := check(t, k, payload); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// checkDays checks the records of what is kept by day.
func (t *tx) checkDays(name []byte) error {
	for _, day := range t.days(name) {
		err := t.in(name).Bucket(day).ForEach(func(k, v []byte) error {
			_, err := unseal(k, v)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
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
	r, err := t.runner(coach.ID(key[8:]))
	if err == nil && (r.Wake.IsZero() || !bytes.Equal(dueKey(r.Wake, r.ID), key)) {
		err = wrong(key, "runner %s wakes at another time", key[8:])
	}
	return err
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
