// Package store says what a store promises, and nothing about how.
//
// A store keeps runners and the queue of lines to say to them. It commits both
// together: whatever a runner was told follows from a state that is on disk.
// Runners are reached by address ([coach.ID]); the store finds the runner of
// an address inside the transaction, so that several addresses can belong to one runner.
//
// The implementations are in the folders below; storetest holds each to this contract.
package store

import (
	"context"
	"errors"
	"io"
	"time"

	"legcoach/coach"
)

// Step makes of a runner what becomes of them, and what to say about it. It
// may be called more than once for one update, so it has no effects.
type Step func(coach.Runner) (coach.Runner, []coach.Line)

// StepBoth is a Step of two runners.
type StepBoth func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line)

// Store keeps runners and the queue of lines to say to them.
type Store interface {
	// Update replaces the runner at an address by what step makes of them and
	// queues the lines that step says, in one transaction. A stranger is given
	// to step as the zero Runner, and may stay one. A known runner that becomes
	// zero is forgotten, with whatever was queued for them and remembered about
	// them, except the lines of this very update.
	//
	// An address in Runner.Also leads to that runner for as long as it is listed.
	// One that joins gives up the runner it was before: what is queued for them
	// goes to the new one, and what platforms called its lines unless the new one has a line with
	// the same Key; the rest is forgotten. It is an error if it is listed
	// by somebody else already, or if step gives the runner another ID.
	//
	// Cause, unless empty, names what made it happen: the same cause counts once
	// for 48 hours, and applied is false when it came before.
	// Updates of one runner happen one after another.
	// ErrBusy means that nothing happened and the caller may offer it again;
	// any other error that nothing was applied. A step that panics is a *PanicError.
	Update(ctx context.Context, at coach.ID, cause string, now time.Time, step Step) (applied bool, err error)

	// UpdateBoth is Update for two runners in one transaction: it replaces those at
	// two addresses by what step makes of each. It serves to join two runners,
	// where one becomes zero and the other lists its addresses, and to take one
	// apart: if both addresses lead to the same runner, step is given a stranger as
	// the second, who is named by the address other, and whom the first then lists no more.
	UpdateBoth(ctx context.Context, at, other coach.ID, cause string, now time.Time, step StepBoth) (applied bool, err error)

	// Due returns up to max runners whose Wake is at or before now, the longest
	// due first. It costs O(due), never O(runners). Those that it could read come
	// with the error about one that it could not.
	Due(ctx context.Context, now time.Time, max int) ([]coach.ID, error)

	// Claim returns up to max messages for one platform that are ready at now,
	// at most one per address: its oldest reply, or its oldest unasked line if no
	// reply waits. Replies come before unasked lines, and among equals the oldest
	// first. A claimed message is hidden, and holds back its address, until it is
	// done or retried, or until hold has passed. One that comes back after hold, or
	// after a restart, is Unsure. It costs O(max), however much is queued.
	Claim(ctx context.Context, platform string, now time.Time, hold time.Duration, max int) ([]Message, error)

	// Done removes a message that was said or given up. Ref is what the platform
	// called it, kept for eight days from its claim if the line has a Key; empty if it was not said.
	Done(ctx context.Context, m Message, ref string) error

	// Retry gives back a message that surely was not said, to be claimed at or
	// after a time, RetryFor away at most; one that the caller has made Unsure stays so. It has no effect
	// if it was claimed again since.
	Retry(ctx context.Context, m Message, at time.Time) error

	// Close waits for what is being committed and gives up everything held.
	// Whatever is asked of a closed store is fs.ErrClosed, but Close itself.
	Close() error
}

// Message is a queued line.
type Message struct {
	// Seq rises in the order in which lines were queued and never changes, so it can serve as a nonce.
	Seq uint64
	// Runner is who it is for and To where it is said; To is never empty, and the same as Line.To.
	Runner, To coach.ID
	Line       coach.Line
	// Ref is what the platform called the line with the Key Line.Replaces; empty if that is not known.
	Ref string
	// Queued is when the line was committed.
	Queued time.Time
	// Tries counts how often it was claimed, this time included; it tells an outdated claim.
	Tries int
	// Unsure is true if an earlier attempt may have said it, and First is when the
	// first such attempt was claimed; if there was none, when it was claimed now.
	Unsure bool
	First  time.Time
}

// Keeper is what an operator asks of a store: reading, never changing.
type Keeper interface {
	// Load returns the runner at an address, and whether there is one.
	Load(ctx context.Context, at coach.ID) (coach.Runner, bool, error)
	// Each calls visit with every runner until it fails. It holds no
	// transaction while visit runs, so a runner that changes meanwhile is seen once, before or after.
	Each(ctx context.Context, visit func(coach.Runner) error) error
	// Named returns the Key of the line of the runner at an address that a
	// platform calls ref, as it was given to Done; empty if none is known.
	Named(ctx context.Context, at coach.ID, ref string) (key string, err error)
	// Count returns how much the store holds.
	Count(ctx context.Context) (Counts, error)
	// Backup writes a consistent copy that opens as a store. It is
	// errors.ErrUnsupported where nothing lasts.
	Backup(ctx context.Context, w io.Writer) error
	// Verify reads every record and returns the first that is damaged.
	Verify(ctx context.Context) error
}

// Counts says how much a store holds.
type Counts struct {
	Runners int64 `json:"runners"` // people
	Queued  int64 `json:"queued"`  // lines not yet said
	Waking  int64 `json:"waking"`  // runners with a Wake
	Bytes   int64 `json:"bytes"`   // on disk; zero in memory
}

// Notes keeps the few small things that a platform must remember across a
// restart: a connection's place, how often it has identified itself today.
type Notes interface {
	// Note returns what was kept under key, nil if nothing was.
	Note(ctx context.Context, key string) ([]byte, error)
	// SetNote keeps value under key; an empty value forgets it.
	SetNote(ctx context.Context, key string, value []byte) error
}

// Witness keeps one word beside a store, which does not go back with it when an
// older copy is put in its place. Only stores that are files have it.
type Witness interface {
	// Witness returns the word, nil if there is none.
	Witness(ctx context.Context) ([]byte, error)
	// SetWitness replaces the word. A crash may leave the earlier one.
	SetWitness(ctx context.Context, word []byte) error
}

// ErrBusy means that the store has more to do than it can queue; nothing happened.
var ErrBusy = errors.New("the store is busy")

// ErrFull means that the disk or the quota is full; nothing happened, and reading still works.
var ErrFull = errors.New("no space is left for the store")
