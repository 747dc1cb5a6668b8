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
	lines = slices.Clone(lines)
	for i := range lines {
		if lines[i].To == "" {
			lines[i].To = at
		}
		if err := CheckID(lines[i].To); err != nil {
			return coach.Runner{}, nil, fmt.Errorf("step of %s: %w", id, err)
		}
	}
	return next, lines, nil
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

// CheckID reports why id cannot be an address: one is valid UTF-8 without NUL,
// has a platform, and at most [MaxID] bytes.
func CheckID(id coach.ID) error {
	s := string(id)
	if id.Platform() == "" || len(s) > MaxID || strings.ContainsRune(s, 0) || !utf8.ValidString(s) {
		return fmt.Errorf("%.40q is no address", s)
	}
	return nil
}
