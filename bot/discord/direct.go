package discord

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// direct knows each person's private channel with the bot. It is learned from
// what they write, kept in the notes, and opened by the bot only where the
// person has just done something: Discord punishes opening many unasked.
type direct struct {
	notes Notes

	mu     sync.Mutex
	recent map[string]channel // two generations bound what is kept in memory
	older  map[string]channel
	quiet  time.Time // until when Discord wants none opened
}

// channel is a private channel and whether it works.
type channel struct {
	id    string
	state byte // working, suspect or closed
}

const (
	working = '='
	suspect = '?' // it was not found once
	closed  = '!' // it cannot be written to

	recentMost = 20000
)

func newDirect(n Notes) *direct {
	return &direct{notes: n, recent: map[string]channel{}}
}

func directNote(who string) string { return "discord/dm/" + who }

// find returns what is known of a person's channel; its id is empty if nothing is.
func (d *direct) find(ctx context.Context, who string) (channel, error) {
	d.mu.Lock()
	c, found := d.recent[who]
	if !found {
		if c, found = d.older[who]; found {
			d.put(who, c)
		}
	}
	d.mu.Unlock()
	if found || d.notes == nil {
		return c, nil
	}
	data, err := d.notes.Note(ctx, directNote(who))
	if err != nil {
		return channel{}, fmt.Errorf("read a private channel: %w", err)
	}
	if len(data) < 2 || !snowflake(string(data[1:])) {
		return channel{}, nil
	}
	c = channel{string(data[1:]), data[0]}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.put(who, c)
	return c, nil
}

// set remembers a person's channel.
func (d *direct) set(ctx context.Context, who string, c channel) error {
	d.mu.Lock()
	d.put(who, c)
	d.mu.Unlock()
	if d.notes == nil {
		return nil
	}
	if err := d.notes.SetNote(ctx, directNote(who), append([]byte{c.state}, c.id...)); err != nil {
		return fmt.Errorf("remember a private channel: %w", err)
	}
	return nil
}

// forget removes what is known of a person's channel.
func (d *direct) forget(ctx context.Context, who string) error {
	d.mu.Lock()
	delete(d.recent, who)
	delete(d.older, who)
	d.mu.Unlock()
	if d.notes == nil {
		return nil
	}
	if err := d.notes.SetNote(ctx, directNote(who), nil); err != nil {
		return fmt.Errorf("forget a private channel: %w", err)
	}
	return nil
}

// put keeps a channel in memory. The lock is held.
func (d *direct) put(who string, c channel) {
	if len(d.recent) >= recentMost {
		d.older, d.recent = d.recent, map[string]channel{}
	}
	d.recent[who] = c
}

// learn takes note that a person used a channel, and reports whether they could not be reached before.
func (d *direct) learn(ctx context.Context, who, id string) (back bool, err error) {
	old, err := d.find(ctx, who)
	if err != nil {
		return false, err
	}
	if old == (channel{id, working}) {
		return false, nil
	}
	return old.state == closed || old.state == suspect, d.set(ctx, who, channel{id, working})
}

// forbid stops opening channels for a time.
func (d *direct) forbid(until time.Time) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.quiet = until
}

// forbidden is how long no channel may be opened.
func (d *direct) forbidden(now time.Time) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return max(0, d.quiet.Sub(now))
}
