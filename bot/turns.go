package bot

import (
	"context"
	"fmt"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// Turns does what Run does, one turn after another and at times that its caller
// tells: for a terminal whose clock can be moved, and for tests. It serves one
// platform and one runner, and paces nothing.
type Turns struct {
	bot       *Bot
	platforms []Platform
	keeper    store.Keeper
	runner    coach.ID
}

// NewTurns returns the turns of a bot with one runner, on one platform and on
// those on which they are too; keeper is the bot's store.
func NewTurns(b *Bot, p Platform, keeper store.Keeper, runner coach.ID, also ...Platform) *Turns {
	return &Turns{bot: b, platforms: append([]Platform{p}, also...), keeper: keeper, runner: runner}
}

// Hear commits an event at a time and says what follows.
func (t *Turns) Hear(ctx context.Context, h Heard, now time.Time) error {
	if err := t.bot.hear(ctx, h, now); err != nil {
		return err
	}
	return t.deliver(ctx, now)
}

// Pass lets time pass until a time, and says whatever is due on the way, each
// at its own instant. It calls at with every instant before anything is said.
func (t *Turns) Pass(ctx context.Context, until time.Time, at func(time.Time)) error {
	for {
		r, known, err := t.keeper.Load(ctx, t.runner)
		if err != nil {
			return err
		}
		if !known || r.Wake.IsZero() || r.Wake.After(until) {
			at(until)
			return t.deliver(ctx, until)
		}
		at(r.Wake)
		if err := t.bot.wake(ctx, r.ID, r.Wake); err != nil {
			return fmt.Errorf("wake %s: %w", r.ID, err)
		}
		if err := t.deliver(ctx, r.Wake); err != nil {
			return err
		}
	}
}

// Miss lets time pass while the bot is away: at its end it is back, and whoever
// was due on the way is woken then, late.
func (t *Turns) Miss(ctx context.Context, until time.Time, at func(time.Time)) error {
	at(until)
	if err := t.bot.wake(ctx, t.runner, until); err != nil {
		return fmt.Errorf("wake %s: %w", t.runner, err)
	}
	return t.Pass(ctx, until, at)
}

func (t *Turns) deliver(ctx context.Context, now time.Time) error {
	for _, p := range t.platforms {
		if err := t.deliverOn(ctx, p, now); err != nil {
			return err
		}
	}
	return nil
}

func (t *Turns) deliverOn(ctx context.Context, p Platform, now time.Time) error {
	for {
		messages, err := t.bot.store.Claim(ctx, p.Name(), now, hold, 16)
		if err != nil || len(messages) == 0 {
			return err
		}
		for _, m := range messages {
			if err := t.say(ctx, p, m, now); err != nil {
				return err
			}
		}
	}
}

// say says a message, or gives it back to be said next.
func (t *Turns) say(ctx context.Context, p Platform, m Message, now time.Time) error {
	if !m.Line.Expires.IsZero() && now.After(m.Line.Expires) {
		return t.bot.store.Done(ctx, m, "")
	}
	ref, err := p.Send(ctx, m)
	switch {
	case err == nil:
		return t.bot.store.Done(ctx, m, ref)
	case m.Tries > 3:
		return err
	}
	return t.bot.store.Retry(ctx, m, now)
}
