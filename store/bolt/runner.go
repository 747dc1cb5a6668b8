package bolt

import (
	"fmt"
	"slices"

	"legcoach/coach"
)

// checkFree reports an address that another runner lists, unless that runner joins as well.
func (t *tx) checkFree(id coach.ID, added []coach.ID) error {
	for _, a := range added {
		owner, err := get(t.in(inAlso), []byte(a))
		if err != nil {
			return err
		}
		if owner != nil && coach.ID(owner) != id && !slices.Contains(added, coach.ID(owner)) {
			return fmt.Errorf("update %s: the address %s belongs to %s", id, a, owner)
		}
	}
	return nil
}

// forget drops the runner r and all that hangs on them.
func (t *tx) forget(r coach.Runner) error {
	mine, err := t.linesOf(r.ID)
	if err != nil {
		return err
	}
	for _, key := range mine {
		if err := t.remove(key); err != nil {
			return err
		}
	}
	return t.drop(r)
}

// absorb gives what is queued for the runner old to id, and forgets the rest of old, if there is any.
func (t *tx) absorb(old, id coach.ID) error {
	mine, err := t.linesOf(old)
	if err != nil {
		return err
	}
	for _, key := range mine {
		if err := t.reassign(key, id); err != nil {
			return err
		}
	}
	if err := t.moveRefs(old, id); err != nil {
		return err
	}
	raw, err := get(t.in(inRunner), []byte(old))
	if err != nil {
		return err
	}
	r, err := snapshot{id: old, runner: raw}.decode()
	if err != nil {
		return err
	}
	if r.IsZero() {
		return t.dropRefs(old)
	}
	return t.drop(r)
}

// drop removes the runner r, their addresses, wake and refs.
func (t *tx) drop(r coach.Runner) error {
	if err := t.wake(r.ID, r.Wake, zero); err != nil {
		return err
	}
	for _, a := range r.Also {
		if err := t.del(t.in(inAlso), []byte(a)); err != nil {
			return err
		}
	}
	if err := t.del(t.in(inRunner), []byte(r.ID)); err != nil {
		return err
	}
	if err := t.count(t.in(inRunner), -1); err != nil {
		return err
	}
	return t.dropRefs(r.ID)
}
