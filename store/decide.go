package store

import (
	"fmt"
	"runtime/debug"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"legcoach/coach"
)

// How long a store remembers, at least.
const (
	CauseFor = 48 * time.Hour     // that a cause was seen
	RefFor   = 8 * 24 * time.Hour // what a platform called a line
)

// RetryFor is how long a message can be put off at most. What seems to be put off
// for longer was so by a clock that has been put back since, and is ready.
const RetryFor = time.Hour

// MaxID is the length limit of an address in bytes.
const MaxID = 255

// PanicError is a step that panicked. Only its own update failed.
type PanicError struct {
	Runner coach.ID
	Value  any
	Stack  []byte
}

// Error names the runner and what the step panicked with, without the stack.
func (e *PanicError) Error() string {
	return fmt.Sprintf("step of %s panicked: %v", e.Runner, e.Value)
}

// Decide runs step for the runner id, heard at an address, and holds what it
// makes to the contract of Update. Every line that it returns has a To. The
// implementations share it, so that they refuse the same.
func Decide(id, at coach.ID, r coach.Runner, step Step) (next coach.Runner, lines []coach.Line, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{Runner: id, Value: p, Stack: debug.Stack()}
		}
	}()
	next, lines = step(r)
	if err := CheckRunner(id, next); err != nil {
		return coach.Runner{}, nil, err
	}
	if lines, err = addressed(id, at, lines); err != nil {
		return coach.Runner{}, nil, err
	}
	return next, lines, nil
}

// addressed returns the lines of a step, each with an address.
func addressed(id, at coach.ID, lines []coach.Line) ([]coach.Line, error) {
	lines = slices.Clone(lines)
	for i := range lines {
		if lines[i].To == "" {
			lines[i].To = at
		}
		if err := CheckID(lines[i].To); err != nil {
			return nil, fmt.Errorf("step of %s: %w", id, err)
		}
	}
	return lines, nil
}

// Both are two runners by their names, before or after a step.
type Both struct {
	IDs     [2]coach.ID
	Runners [2]coach.Runner
	Lines   []coach.Line // after it; each has a To
}

// DecideBoth is Decide for UpdateBoth.
func DecideBoth(b Both, at coach.ID, step StepBoth) (next Both, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = &PanicError{Runner: b.IDs[0], Value: p, Stack: debug.Stack()}
		}
	}()
	next.IDs = b.IDs
	one, two, lines := step(b.Runners[0], b.Runners[1])
	next.Runners = [2]coach.Runner{one, two}
	for i, r := range next.Runners {
		if err := CheckRunner(b.IDs[i], r); err != nil {
			return Both{}, err
		}
		if r.IsZero() {
			next.Runners[i] = coach.Runner{}
		}
	}
	if err := next.apart(); err != nil {
		return Both{}, err
	}
	next.Lines, err = addressed(b.IDs[0], at, lines)
	return next, err
}

// apart reports an address that both have.
func (b Both) apart() error {
	one, two := b.Runners[0], b.Runners[1]
	if one.IsZero() || two.IsZero() {
		return nil
	}
	all := append([]coach.ID{one.ID}, one.Also...)
	for _, a := range append([]coach.ID{two.ID}, two.Also...) {
		if slices.Contains(all, a) {
			return fmt.Errorf("step of %s and %s gives both the address %s", one.ID, two.ID, a)
		}
	}
	return nil
}

// Joined reports whether one of the two took the i-th in.
func (b Both) Joined(i int) bool { return slices.Contains(b.Runners[1-i].Also, b.IDs[i]) }

// Of returns which of the two a line belongs to: whose address it goes to, or
// else the first who is left.
func (b Both) Of(line coach.Line) coach.ID {
	two := b.Runners[1]
	if line.To == b.IDs[1] && !b.Joined(1) || slices.Contains(two.Also, line.To) || b.Joined(0) {
		return b.IDs[1]
	}
	return b.IDs[0]
}

// CheckRunner reports why next cannot be what becomes of the runner id.
func CheckRunner(id coach.ID, next coach.Runner) error {
	if next.IsZero() {
		return nil
	}
	if next.ID != id {
		return fmt.Errorf("step of %s made runner %s of them", id, next.ID)
	}
	for i, a := range next.Also {
		if err := CheckID(a); err != nil {
			return fmt.Errorf("step of %s: %w", id, err)
		}
		if a == id || slices.Contains(next.Also[:i], a) {
			return fmt.Errorf("step of %s lists the address %s twice", id, a)
		}
	}
	return nil
}

// CheckIDs reports, with what was being done, which of some addresses cannot be one.
func CheckIDs(doing string, ids ...coach.ID) error {
	for _, id := range ids {
		if err := CheckID(id); err != nil {
			return fmt.Errorf("%s: %w", doing, err)
		}
	}
	return nil
}

// CheckID reports why id cannot be an address: one is valid UTF-8 without NUL,
// has a platform, and at most [MaxID] bytes.
func CheckID(id coach.ID) error {
	s := string(id)
	if id.Platform() == "" || len(s) > MaxID || strings.ContainsRune(s, 0) || !utf8.ValidString(s) {
		return fmt.Errorf("%.40q is no address", s)
	}
	return nil
}
