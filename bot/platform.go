package bot

import (
	"context"
	"errors"
	"fmt"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// Platform is a place where runners are heard and spoken to.
//
// What only some can do is found by type assertion: Ready() bool says whether
// it is listened to at this moment; Forget(ctx, coach.ID) error deletes what the
// platform itself keeps about a person; Unanswered(ctx, Heard) is told of an
// event to which nothing will be said.
type Platform interface {
	// Name is the first part of every ID that the platform makes.
	Name() string

	// Listen hears until ctx is done, and returns nil then. One runner's events
	// reach hear one after another, in order. If hear fails, nothing was
	// remembered: the platform offers the event again, if its network lets it.
	// Any other return is final: the platform cannot work without the operator.
	Listen(ctx context.Context, hear func(context.Context, Heard) error) error

	// Send says one message and returns what the platform calls it, so that it
	// can be replaced later. It does not retry. ErrGone, ErrRefused, *DelayError
	// and ErrUnknown say what became of it; any other error means that it surely
	// was not said and that trying again later may help.
	Send(ctx context.Context, m Message) (ref string, err error)

	// Limits are what the platform accepts; the bot stays inside them.
	Limits() Limits
}

// Message is a line on its way to an address.
type Message = store.Message

// Heard is one thing that a platform reports.
type Heard struct {
	// From is the runner's own address: who, not where.
	From coach.ID
	// Key is the same each time the same thing is reported, for as long as the
	// platform may repeat it: "telegram/728812".
	Key string
	// Event is what happened.
	Event coach.Event
}

// Limits are what a platform accepts in messages, in all and per address.
type Limits struct {
	// PerSecond is how many messages the platform accepts in any second over all
	// addresses, and Burst how many at once. Zero means no limit.
	PerSecond float64
	Burst     int
	// Parallel is how many sends may be in flight; at least 1.
	Parallel int
	// Exactly is true if a message that is sent again with the same Seq within
	// ExactFor of its first attempt is shown once.
	Exactly  bool
	ExactFor time.Duration
	// Free reports whether the platform does not count a message against PerSecond; nil if it counts all.
	Free func(Message) bool
}

// ErrGone means that the address cannot be reached any more: blocked, closed, left.
var ErrGone = errors.New("the address cannot be reached any more")

// ErrRefused means that the platform will never accept this message.
var ErrRefused = errors.New("the platform refuses the message")

// ErrUnknown means that the message may or may not have been said.
var ErrUnknown = errors.New("the message may have been said")

// DelayError means that the message was not said and may be said after a time.
type DelayError struct {
	After time.Duration
	// All is true if the whole platform asks for the delay, and not one address.
	All bool
}

// Error says how long the platform asked to wait.
func (e *DelayError) Error() string { return fmt.Sprintf("the platform asks to wait %v", e.After) }
