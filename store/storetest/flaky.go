package storetest

import (
	"context"
	"errors"
	"math/rand/v2"
	"sync"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// ErrFlaky is what a Flaky store returns when it fails.
var ErrFlaky = errors.New("the store failed on purpose")

// Flaky is a store that fails on purpose: before it did anything, or after it
// did it all, which is how a process looks from outside that dies between
// the commit and its answer. Only what changes the store and Due can fail.
type Flaky struct {
	Store
	// Before and After return the error of an operation, "Update", "Due",
	// "Claim", "Done", "Retry" or "SetNote"; nil lets it pass. Nil functions let all pass.
	Before, After func(op string) error
}

// Randomly returns a Flaky store whose every nth operation fails on average,
// one half of them after the commit. The same seed gives the same failures.
func Randomly(s Store, seed uint64, n int) *Flaky {
	var mu sync.Mutex
	dice := rand.New(rand.NewPCG(seed, seed))
	fail := func(string) error {
		mu.Lock()
		defer mu.Unlock()
		if dice.IntN(2*n) == 0 {
			return ErrFlaky
		}
		return nil
	}
	return &Flaky{Store: s, Before: fail, After: fail}
}

// try runs an operation between its two failures.
func (f *Flaky) try(op string, run func() error) error {
	if f.Before != nil {
		if err := f.Before(op); err != nil {
			return err
		}
	}
	if err := run(); err != nil {
		return err
	}
	if f.After != nil {
		return f.After(op)
	}
	return nil
}

// Update implements store.Store.
func (f *Flaky) Update(ctx context.Context, at coach.ID, cause string, now time.Time, step store.Step) (applied bool, err error) {
	err = f.try("Update", func() (err error) {
		applied, err = f.Store.Update(ctx, at, cause, now, step)
		return err
	})
	return applied && err == nil, err
}

// UpdateBoth implements store.Store.
func (f *Flaky) UpdateBoth(ctx context.Context, at, other coach.ID, cause string, now time.Time, step store.StepBoth) (applied bool, err error) {
	err = f.try("UpdateBoth", func() (err error) {
		applied, err = f.Store.UpdateBoth(ctx, at, other, cause, now, step)
		return err
	})
	return applied && err == nil, err
}

// Due implements store.Store.
func (f *Flaky) Due(ctx context.Context, now time.Time, max int) (due []coach.ID, err error) {
	err = f.try("Due", func() (err error) {
		due, err = f.Store.Due(ctx, now, max)
		return err
	})
	if err != nil {
		return nil, err
	}
	return due, nil
}

// Claim implements store.Store.
func (f *Flaky) Claim(ctx context.Context, platform string, now time.Time, hold time.Duration, max int) (claimed []store.Message, err error) {
	err = f.try("Claim", func() (err error) {
		claimed, err = f.Store.Claim(ctx, platform, now, hold, max)
		return err
	})
	if err != nil {
		return nil, err
	}
	return claimed, nil
}

// Done implements store.Store.
func (f *Flaky) Done(ctx context.Context, m store.Message, ref string) error {
	return f.try("Done", func() error { return f.Store.Done(ctx, m, ref) })
}

// Retry implements store.Store.
func (f *Flaky) Retry(ctx context.Context, m store.Message, at time.Time) error {
	return f.try("Retry", func() error { return f.Store.Retry(ctx, m, at) })
}

// SetNote implements store.Notes.
func (f *Flaky) SetNote(ctx context.Context, key string, value []byte) error {
	return f.try("SetNote", func() error { return f.Store.SetNote(ctx, key, value) })
}
