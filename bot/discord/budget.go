package discord

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"
	"time"
)

// budget counts how often the bot identified itself, on disk: a thousand in a
// day and Discord ends every session and resets the token.
// https://docs.discord.com/developers/events/gateway#rate-limiting
type budget struct {
	notes Notes
	gate  time.Duration // least time between two

	mu     sync.Mutex
	times  []int64 // Unix ms, oldest first, of the last day
	loaded bool
}

const identifiesNote = "discord/identifies"

// The more often the bot identified itself, the longer it waits between two:
// a crash loop slows down by itself and stays far below a thousand.
var spacing = []struct {
	within time.Duration
	over   int
	wait   time.Duration
}{
	{time.Hour, 200, 15 * time.Second},
	{24 * time.Hour, 500, time.Minute},
	{24 * time.Hour, 800, 5 * time.Minute},
	{24 * time.Hour, 950, time.Hour},
}

// wait is how long the next identify must wait.
func (b *budget) wait(ctx context.Context, now time.Time) (time.Duration, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.load(ctx); err != nil {
		return 0, err
	}
	if len(b.times) == 0 {
		return 0, nil
	}
	least := b.gate
	for _, s := range spacing {
		if b.within(now, s.within) > s.over {
			least = max(least, s.wait)
		}
	}
	last := time.UnixMilli(b.times[len(b.times)-1])
	if last.After(now) { // the clock went back
		last = now
	}
	return max(0, last.Add(least).Sub(now)), nil
}

// spend counts an identify before it is made.
func (b *budget) spend(ctx context.Context, now time.Time) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err := b.load(ctx); err != nil {
		return err
	}
	b.times = append(b.times, now.UnixMilli())
	for len(b.times) > 1000 || len(b.times) > 0 && time.UnixMilli(b.times[0]).Before(now.Add(-24*time.Hour)) {
		b.times = b.times[1:]
	}
	if b.notes == nil {
		return nil
	}
	data, err := json.Marshal(b.times)
	if err != nil {
		return err
	}
	if err := b.notes.SetNote(ctx, identifiesNote, data); err != nil {
		return fmt.Errorf("count an identify: %w", err)
	}
	return nil
}

// within counts the identifies of the latest time.
func (b *budget) within(now time.Time, d time.Duration) (n int) {
	for _, at := range b.times {
		if time.UnixMilli(at).After(now.Add(-d)) {
			n++
		}
	}
	return n
}

func (b *budget) load(ctx context.Context) error {
	if b.loaded || b.notes == nil {
		return nil
	}
	data, err := b.notes.Note(ctx, identifiesNote)
	if err != nil {
		return fmt.Errorf("read how often discord was greeted: %w", err)
	}
	if len(data) > 0 && json.Unmarshal(data, &b.times) != nil {
		b.times = nil // not ours; it is counted anew
	}
	b.loaded = true
	return nil
}
