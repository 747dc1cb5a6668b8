package bolt

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// UpdateBoth implements store.Store. It is rare, so it is decided inside its transaction.
func (s *Store) UpdateBoth(ctx context.Context, at, other coach.ID, cause string, now time.Time, step store.StepBoth) (bool, error) {
	if err := store.CheckIDs("update both", at, other); err != nil {
		return false, err
	}
	applied := false
	err := s.do(ctx, false, func(t *tx) (err error) {
		applied, err = t.both(at, other, cause, now, step)
		return err
	})
	return applied && err == nil, err
}

// both replaces the runners at two addresses.
func (t *tx) both(at, other coach.ID, cause string, now time.Time, step store.StepBoth) (applied bool, err error) {
	if seen, err := t.seen(cause, now); seen || err != nil {
		return false, err
	}
	plans, next, err := t.decideBoth(at, other, step)
	if err != nil {
		return false, err
	}
	if err := t.markSeen(cause, now); err != nil {
		return false, err
	}
	for i, p := range plans {
		if next.Joined(i) {
			continue // replacing the other one takes this one in
		}
		if err := t.replace(p, without(p.next.Also, p.old.Also)); err != nil {
			return false, err
		}
	}
	for _, line := range next.Lines {
		if err := t.enqueueOf(next.Of(line), line, now); err != nil {
			return false, err
		}
	}
	return true, nil
}

// decideBoth makes the plans for two runners, and checks them before anything is written.
func (t *tx) decideBoth(at, other coach.ID, step store.StepBoth) (plans [2]*plan, next store.Both, err error) {
	before, mine := store.Both{}, [2]coach.Runner{}
	for i, id := range []coach.ID{at, other} {
		on, err := t.snapshot(id)
		if err != nil {
			return plans, next, err
		}
		if i == 1 && on.id == before.IDs[0] {
			on = snapshot{id: other}
		}
		old, err := on.decode()
		if err != nil {
			return plans, next, err
		}
		if mine[i], err = on.decode(); err != nil {
			return plans, next, err
		}
		plans[i] = &plan{on: on, old: old}
		before.IDs[i] = on.id
	}
	before.Runners = mine // step may change in place what old is compared with
	if next, err = store.DecideBoth(before, at, step); err != nil {
		return plans, next, err
	}
	for i, p := range plans {
		p.next = next.Runners[i]
		if p.runner, err = p.next.MarshalBinary(); err != nil {
			return plans, next, fmt.Errorf("encode runner %s: %w", p.on.id, err)
		}
	}
	for _, p := range plans {
		if err := t.checkFree(p.on.id, without(p.next.Also, p.old.Also)); err != nil {
			return plans, next, err
		}
	}
	return plans, next, nil
}

// enqueueOf adds a line of a runner to its address.
func (t *tx) enqueueOf(runner coach.ID, line coach.Line, now time.Time) error {
	to := line.To
	line.To = "" // it is in the key
	body, err := json.Marshal(line)
	if err != nil {
		return fmt.Errorf("encode a line of %s: %w", runner, err)
	}
	return t.enqueue(to, line.Unasked, entry{runner: runner, queued: now, line: body})
}
