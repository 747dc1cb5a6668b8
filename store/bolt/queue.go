package bolt

import (
	"bytes"
	"math"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// enqueue adds a line to an address.
func (t *tx) enqueue(to coach.ID, unasked bool, e entry) error {
	lines := t.in(inLine)
	seq, err := lines.NextSequence()
	if err != nil {
		return err
	}
	lane := byte(laneReply)
	if unasked {
		lane = laneUnasked
	}
	key := lineKey(to, lane, seq)
	if err := t.put(lines, key, e.encode()); err != nil {
		return err
	}
	if to != e.runner {
		if err := t.put(t.in(inAway), awayKey(e.runner, seq), key); err != nil {
			return err
		}
	}
	if err := t.count(t.in(inTurn), 1); err != nil {
		return err
	}
	return t.settle(to, zero)
}

// entry returns the queued line under key, and whether there is one; it is gone with the transaction.
func (t *tx) entry(key []byte) (entry, bool, error) {
	b, err := get(t.in(inLine), key)
	if b == nil || err != nil {
		return entry{}, false, err
	}
	e, err := decodeEntry(key, b)
	return e, err == nil, err
}

// find returns the key of message seq to an address, nil if it is not queued.
func (t *tx) find(to coach.ID, seq uint64) []byte {
	for _, lane := range []byte{laneReply, laneUnasked} {
		key := lineKey(to, lane, seq)
		if t.in(inLine).Get(key) != nil {
			return key
		}
	}
	return nil
}

// remove takes a line out of the queue and gives its address to the next.
func (t *tx) remove(key []byte) error {
	e, ok, err := t.entry(key)
	if !ok || err != nil {
		return err
	}
	to, _, seq := splitLine(key)
	if to != e.runner {
		if err := t.del(t.in(inAway), awayKey(e.runner, seq)); err != nil {
			return err
		}
	}
	if err := t.del(t.in(inLine), key); err != nil {
		return err
	}
	if err := t.count(t.in(inTurn), -1); err != nil {
		return err
	}
	return t.free(to, seq)
}

// reassign makes a queued line one of the runner id.
func (t *tx) reassign(key []byte, id coach.ID) error {
	e, ok, err := t.entry(key)
	if !ok || err != nil {
		return err
	}
	to, _, seq := splitLine(key)
	if err := t.del(t.in(inAway), awayKey(e.runner, seq)); err != nil {
		return err
	}
	e.runner = id
	if to != id {
		if err := t.put(t.in(inAway), awayKey(id, seq), key); err != nil {
			return err
		}
	}
	return t.put(t.in(inLine), key, e.encode())
}

// linesOf returns the keys of everything queued for the runner id.
func (t *tx) linesOf(id coach.ID) ([][]byte, error) {
	var mine [][]byte
	home := prefix(string(id))
	for _, key := range keys(t.in(inLine), home, math.MaxInt, under(home)) {
		if len(key) == len(home) {
			continue // the turn
		}
		e, ok, err := t.entry(key)
		if err != nil {
			return nil, err
		}
		if ok && e.runner == id {
			mine = append(mine, key)
		}
	}
	for _, key := range keys(t.in(inAway), home, math.MaxInt, under(home)) {
		line, err := get(t.in(inAway), key)
		if err != nil {
			return nil, err
		}
		mine = append(mine, bytes.Clone(line))
	}
	return mine, nil
}

// turn returns where an address stands, and whether anything is queued there.
func (t *tx) turn(to coach.ID) (turn, bool, error) {
	key := prefix(string(to))
	b, err := get(t.in(inLine), key)
	if b == nil || err != nil {
		return turn{}, false, err
	}
	n, err := decodeTurn(key, b)
	return n, err == nil, err
}

// setTurn moves an address in the index from old, if it had a turn, to next, if it has one.
func (t *tx) setTurn(to coach.ID, old, next turn) error {
	if old == next {
		return nil
	}
	if old.state != 0 {
		if err := t.del(t.in(inTurn), old.key(to)); err != nil {
			return err
		}
	}
	if next.state == 0 {
		return t.del(t.in(inLine), prefix(string(to)))
	}
	if err := t.put(t.in(inTurn), next.key(to), nil); err != nil {
		return err
	}
	return t.put(t.in(inLine), prefix(string(to)), next.encode())
}

// settle gives an address the turn of its first message, unless one is held.
func (t *tx) settle(to coach.ID, now time.Time) error {
	old, ok, err := t.turn(to)
	if err != nil || ok && old.state == stateHeld {
		return err
	}
	return t.next(to, old, now)
}

// free lets go of an address if message seq holds it, and settles it.
func (t *tx) free(to coach.ID, seq uint64) error {
	old, ok, err := t.turn(to)
	if err != nil || ok && old.state == stateHeld && old.seq != seq {
		return err
	}
	return t.next(to, old, zero)
}

// next gives an address the turn of its first message in place of the old one.
func (t *tx) next(to coach.ID, old turn, now time.Time) error {
	home := prefix(string(to))
	c := t.in(inLine).Cursor()
	k, _ := c.Seek(append(home, 0)) // past the turn itself
	if k == nil || !bytes.HasPrefix(k, home) {
		return t.setTurn(to, old, turn{})
	}
	e, _, err := t.entry(k)
	if err != nil {
		return err
	}
	_, lane, seq := splitLine(k)
	if wait := e.notBefore.Sub(now); wait > 0 && (now.IsZero() || wait <= store.RetryFor) {
		return t.setTurn(to, old, waiting(e.notBefore, seq))
	}
	return t.setTurn(to, old, ready(lane, seq))
}
