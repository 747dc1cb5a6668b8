package bolt

import (
	"bytes"
	"context"
	"encoding/binary"
	"math"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// Claim implements store.Store. It reads before it asks for a transaction, so
// that asking an empty queue costs no commit.
func (s *Store) Claim(ctx context.Context, platform string, now time.Time, hold time.Duration, max int) ([]store.Message, error) {
	if err := ctx.Err(); err != nil || max <= 0 {
		return nil, err
	}
	idle := false
	err := s.view(func(t *tx) error {
		idle = len(t.turns(platform, stateReady, 1)) == 0 && len(t.expired(platform, now, 1)) == 0
		return nil
	})
	if idle || err != nil {
		return nil, err
	}
	var claimed []store.Message
	var damaged []error
	err = s.do(ctx, true, func(t *tx) (err error) {
		claimed, damaged, err = t.claimAll(platform, now, now.Add(hold), max)
		return err
	})
	if err != nil {
		return nil, err
	}
	for _, err := range damaged {
		s.opts.Log.Error("a queued line cannot be read and is set aside for an hour; legcoach verify tells more",
			"platform", platform, "err", err)
	}
	return claimed, nil
}

// claimAll claims up to max messages. What is damaged is set aside, so that everybody else is served.
func (t *tx) claimAll(platform string, now, until time.Time, max int) (claimed []store.Message, damaged []error, err error) {
	for _, key := range t.expired(platform, now, math.MaxInt) {
		// Each message is made ready once for each time that it was held or put off.
		if err := t.orAside(key, now, &damaged, func() error { return t.reset(addressOf(key), now) }); err != nil {
			return nil, nil, err
		}
	}
	for _, key := range t.turns(platform, stateReady, max) {
		err := t.orAside(key, now, &damaged, func() error {
			m, err := t.claim(addressOf(key), now, until)
			if err == nil {
				claimed = append(claimed, m)
			}
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	return claimed, damaged, nil
}

// asideFor is how long an address is left alone that has a damaged record.
const asideFor = time.Hour

// orAside runs what reads before it writes for the address of a key of the
// index. If it fails to read, the address is set aside and the error noted.
func (t *tx) orAside(key []byte, now time.Time, damaged *[]error, run func() error) error {
	writes := t.writes
	err := run()
	if err == nil || t.writes > writes {
		return err
	}
	*damaged = append(*damaged, err)
	platform, rest, _ := bytes.Cut(key, []byte{0})
	old := turn{state: rest[0], rank: binary.BigEndian.Uint64(rest[1:])}
	next := held(now.Add(asideFor), old.rank&(1<<56-1))
	if addressOf(key).Platform() != string(platform) {
		return t.del(t.in(inTurn), key) // the key itself is damaged
	}
	return t.setTurn(addressOf(key), old, next)
}

// turns returns up to max keys of the index, the most pressing first.
func (t *tx) turns(platform string, state byte, max int) [][]byte {
	p := turn{state: state}.prefix(platform)
	return keys(t.in(inTurn), p, max, under(p))
}

// expired returns keys of the index whose time has come by now, up to max of each sort: held,
// waiting, and waiting for longer than can be, since the clock was put back.
func (t *tx) expired(platform string, now time.Time, max int) [][]byte {
	var found [][]byte
	for _, state := range []byte{stateHeld, stateWaiting} {
		p := turn{state: state}.prefix(platform)
		end := append(bytes.Clone(p), afterDue(now)...)
		found = append(found, keys(t.in(inTurn), p, max, func(key []byte) bool {
			return bytes.HasPrefix(key, p) && bytes.Compare(key, end) < 0
		})...)
	}
	p := turn{state: stateWaiting}.prefix(platform)
	far := append(bytes.Clone(p), afterDue(now.Add(store.RetryFor))...)
	return append(found, keys(t.in(inTurn), far, max, under(p))...)
}

// addressOf returns the address of a key of the index: what follows platform, state and rank.
func addressOf(key []byte) coach.ID {
	_, rest, _ := bytes.Cut(key, []byte{0})
	return coach.ID(rest[1+8:])
}

// reset lets go of an address, whoever holds it.
func (t *tx) reset(to coach.ID, now time.Time) error {
	old, _, err := t.turn(to)
	if err != nil {
		return err
	}
	return t.next(to, old, now)
}

// claim holds the first message of an address, which is ready, and returns it.
func (t *tx) claim(to coach.ID, now, until time.Time) (store.Message, error) {
	old, _, err := t.turn(to)
	if err != nil {
		return store.Message{}, err
	}
	key := lineKey(to, byte(old.rank>>56), old.seq)
	e, _, err := t.entry(key)
	if err != nil {
		return store.Message{}, err
	}
	e.unsure = e.unsure || e.held
	if !e.unsure {
		e.claimed = now
	}
	e.held, e.tries, e.notBefore = true, e.tries+1, zero
	m, err := e.message(key)
	if err != nil {
		return m, err
	}
	if m.Ref, err = t.ref(e.runner, m.Line.Replaces, now); err != nil {
		return m, err
	}
	if err := t.put(t.in(inLine), key, e.encode()); err != nil {
		return m, err
	}
	return m, t.setTurn(to, old, held(until, old.seq))
}

// Done implements store.Store.
func (s *Store) Done(ctx context.Context, m store.Message, ref string) error {
	return s.do(ctx, true, func(t *tx) error {
		key := t.find(m.To, m.Seq)
		if key == nil {
			return nil
		}
		e, _, err := t.entry(key)
		if err != nil {
			return err
		}
		if err := t.setRef(e.runner, m.Line.Key, ref, e.claimed); err != nil {
			return err
		}
		return t.remove(key)
	})
}

// Retry implements store.Store.
func (s *Store) Retry(ctx context.Context, m store.Message, at time.Time) error {
	return s.do(ctx, true, func(t *tx) error {
		key := t.find(m.To, m.Seq)
		if key == nil {
			return nil
		}
		e, _, err := t.entry(key)
		if err != nil || !e.held || int(e.tries) != m.Tries {
			return err
		}
		e.held, e.unsure, e.notBefore = false, e.unsure || m.Unsure, at
		if err := t.put(t.in(inLine), key, e.encode()); err != nil {
			return err
		}
		return t.free(m.To, m.Seq)
	})
}

// releaseAll makes ready what a former process held: the file has one user at
// a time, so nobody is saying it any more.
func releaseAll(t *tx) error {
	index := t.in(inTurn)
	for k, _ := index.Cursor().First(); k != nil; {
		platform, _, _ := bytes.Cut(k, []byte{0})
		name := string(platform)
		var damaged []error // found again, and told, by the next Claim
		for _, key := range t.turns(name, stateHeld, math.MaxInt) {
			if err := t.orAside(key, zero, &damaged, func() error { return t.reset(addressOf(key), zero) }); err != nil {
				return err
			}
		}
		k, _ = index.Cursor().Seek(append([]byte(name), 1)) // the next platform
	}
	return nil
}
