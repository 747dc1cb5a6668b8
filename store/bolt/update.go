package bolt

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// update is one call of Update on its way.
type update struct {
	at    coach.ID
	cause string
	now   time.Time
	step  store.Step
}

// snapshot is what an update is decided on.
type snapshot struct {
	id     coach.ID // whose address it is
	runner []byte   // as coach.Runner.MarshalBinary wrote them, nil for a stranger
}

// plan is what was decided on a snapshot.
type plan struct {
	on     snapshot
	old    coach.Runner // of whom it is known where they are reached and when they wake
	next   coach.Runner
	runner []byte // next, as it is kept
	lines  []coach.Line
	bodies [][]byte // JSON of lines
}

// Update implements store.Store.
func (s *Store) Update(ctx context.Context, at coach.ID, cause string, now time.Time, step store.Step) (bool, error) {
	if err := store.CheckIDs("update", at); err != nil {
		return false, err
	}
	u := &update{at, cause, now, step}
	p, seen, err := &plan{}, false, error(nil)
	if s.busy() {
		if p, seen, err = s.prepare(ctx, u); seen || err != nil {
			return false, err
		}
	}
	applied := false
	err = s.do(ctx, false, func(t *tx) (err error) {
		applied, err = u.apply(t, p)
		return err
	})
	return applied && err == nil, err
}

// busy reports whether somebody commits, so that there is time to prepare.
func (s *Store) busy() bool {
	if s.turn.TryLock() {
		s.turn.Unlock()
		return false
	}
	return true
}

// prepare decides u on what is committed, in the goroutine of its caller. It holds no transaction while step runs.
func (s *Store) prepare(ctx context.Context, u *update) (p *plan, seen bool, err error) {
	if err := ctx.Err(); err != nil {
		return nil, false, err
	}
	var on snapshot
	err = s.view(func(t *tx) (err error) {
		if seen, err = t.seen(u.cause, u.now); seen || err != nil {
			return err
		}
		on, err = t.snapshot(u.at)
		on.runner = bytes.Clone(on.runner)
		return err
	})
	if seen || err != nil {
		return nil, seen, err
	}
	p, err = u.decide(on)
	return p, false, err
}

// snapshot finds the runner at an address; it is gone with the transaction.
func (t *tx) snapshot(at coach.ID) (snapshot, error) {
	owner, err := get(t.in(inAlso), []byte(at))
	if err != nil {
		return snapshot{}, err
	}
	on := snapshot{id: at}
	if owner != nil {
		on.id = coach.ID(owner)
	}
	on.runner, err = get(t.in(inRunner), []byte(on.id))
	return on, err
}

// decode returns the runner of on, zero for a stranger.
func (on snapshot) decode() (r coach.Runner, err error) {
	if on.runner == nil {
		return r, nil
	}
	if err := r.UnmarshalBinary(on.runner); err != nil {
		return coach.Runner{}, fmt.Errorf("decode runner %s: %w", on.id, err)
	}
	return r, nil
}

// decide runs the step and encodes what it makes.
func (u *update) decide(on snapshot) (*plan, error) {
	r, err := on.decode()
	if err != nil {
		return nil, err
	}
	// Step may change in place what it is given.
	p := &plan{on: on, old: coach.Runner{ID: r.ID, Wake: r.Wake, Also: slices.Clone(r.Also)}}
	if p.next, p.lines, err = store.Decide(on.id, u.at, r, u.step); err != nil {
		return nil, err
	}
	if p.runner, err = p.next.MarshalBinary(); err != nil {
		return nil, fmt.Errorf("encode runner %s: %w", on.id, err)
	}
	for _, line := range p.lines {
		line.To = "" // it is in the key
		b, err := json.Marshal(line)
		if err != nil {
			return nil, fmt.Errorf("encode a line of %s: %w", on.id, err)
		}
		p.bodies = append(p.bodies, b)
	}
	return p, nil
}

// apply writes u, as it was planned if the plan still stands.
func (u *update) apply(t *tx, p *plan) (applied bool, err error) {
	if seen, err := t.seen(u.cause, u.now); seen || err != nil {
		return false, err
	}
	on, err := t.snapshot(u.at)
	if err != nil {
		return false, err
	}
	if on.id != p.on.id || !bytes.Equal(on.runner, p.on.runner) {
		if p, err = u.decide(on); err != nil {
			return false, err
		}
	}
	added := without(p.next.Also, p.old.Also)
	if err := t.checkFree(p.on.id, added); err != nil {
		return false, err
	}
	if err := t.markSeen(u.cause, u.now); err != nil {
		return false, err
	}
	if err := t.replace(p, added); err != nil {
		return false, err
	}
	for i, line := range p.lines {
		e := entry{runner: p.on.id, queued: u.now, line: p.bodies[i]}
		if err := t.enqueue(line.To, line.Unasked, e); err != nil {
			return false, err
		}
	}
	return true, nil
}

// replace puts the runner of p in place of the old one, with addresses and wake.
func (t *tx) replace(p *plan, added []coach.ID) error {
	for _, a := range without(p.old.Also, p.next.Also) {
		if err := t.del(t.in(inAlso), []byte(a)); err != nil {
			return err
		}
	}
	if p.next.IsZero() {
		if p.old.IsZero() {
			return nil
		}
		return t.forget(p.old)
	}
	for _, a := range added {
		if err := t.absorb(a, p.on.id); err != nil {
			return err
		}
	}
	for _, a := range added {
		if err := t.put(t.in(inAlso), []byte(a), []byte(p.on.id)); err != nil {
			return err
		}
	}
	if err := t.wake(p.on.id, p.old.Wake, p.next.Wake); err != nil {
		return err
	}
	return t.putRunner(p)
}

func (t *tx) putRunner(p *plan) error {
	if p.on.runner == nil {
		if err := t.count(t.in(inRunner), 1); err != nil {
			return err
		}
	}
	if bytes.Equal(p.on.runner, p.runner) {
		return nil
	}
	return t.put(t.in(inRunner), []byte(p.on.id), p.runner)
}

// wake moves the runner id in the due index; the zero time is nowhere.
func (t *tx) wake(id coach.ID, from, to time.Time) error {
	if instant(from) == instant(to) {
		return nil
	}
	due := t.in(inDue)
	change := 0
	if !from.IsZero() {
		change--
		if err := t.del(due, dueKey(from, id)); err != nil {
			return err
		}
	}
	if !to.IsZero() {
		change++
		if err := t.put(due, dueKey(to, id), nil); err != nil {
			return err
		}
	}
	if change == 0 {
		return nil
	}
	return t.count(due, change)
}

// Due implements store.Store.
func (s *Store) Due(ctx context.Context, now time.Time, max int) ([]coach.ID, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	var due []coach.ID
	var damaged error // the first, so that the rest is served
	end := afterDue(now)
	err := s.view(func(t *tx) error {
		c := t.in(inDue).Cursor()
		for k, v := c.First(); k != nil && len(due) < max && bytes.Compare(k, end) < 0; k, v = c.Next() {
			if _, err := unseal(k, v); err != nil {
				damaged = cmp.Or(damaged, err)
				continue
			}
			due = append(due, coach.ID(k[8:]))
		}
		return nil
	})
	return due, cmp.Or(err, damaged)
}
