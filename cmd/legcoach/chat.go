package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"legcoach/bot"
	"legcoach/bot/console"
	"legcoach/coach"
	"legcoach/coach/day"
	"legcoach/store/memory"
)

// chat talks in the terminal until its input ends.
func (p program) chat(ctx context.Context, args []string) error {
	set := flags("chat")
	var o chatOptions
	set.StringVar(&o.data, "data", "", "`FILE` that remembers the conversation; without it nothing is kept")
	set.StringVar(&o.at, "at", "", "`TIME` that the conversation begins at, and stands at: +13h, 2026-03-29 07:00 (local) or 2026-10-25T00:30:00Z")
	set.StringVar(&o.zone, "zone", "", "IANA `ZONE` of somebody new (default Europe/London)")
	set.BoolVar(&o.json, "json", false, "speak JSON: for every line of input an object per reply, then one with the state")
	if _, err := parse(set, args, 0); err != nil {
		return err
	}
	t, err := p.terminal(ctx, o)
	if err != nil {
		return err
	}
	return errors.Join(t.talk(ctx, p.in), t.store.Close())
}

// chatOptions are the flags of chat.
type chatOptions struct {
	data, at, zone string
	json           bool
}

// terminal is a conversation whose clock can be moved.
type terminal struct {
	coach   *coach.Coach
	store   kept
	console *console.Console
	turns   *bot.Turns
	out     io.Writer
	json    bool

	zone  *time.Location
	now   time.Time // of the conversation
	read  time.Time // of the wall, when now was set
	fixed bool      // the clock stands still unless it is moved
}

func (p program) terminal(ctx context.Context, o chatOptions) (*terminal, error) {
	config := defaultConfig()
	if o.zone != "" {
		config.Defaults.Zone = o.zone
	}
	location, err := loadZone(config.Defaults.Zone)
	if err != nil {
		return nil, usagef("chat: --zone: %v", err)
	}
	rules, err := config.coach()
	if err != nil {
		return nil, err
	}
	t := &terminal{out: p.out, json: o.json, zone: location, read: time.Now()}
	if t.coach, err = coach.New(rules); err != nil {
		return nil, err
	}
	debug.FreeOSMemory() // of what reading the content left behind: megabytes that nobody needs again
	log := slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	t.store = memory.New()
	if o.data != "" {
		if t.store, err = openBolt(o.data, log); err != nil {
			return nil, err
		}
	}
	t.console = console.New(p.out, o.json)
	t.turns = bot.NewTurns(bot.New(t.coach, t.store, log, t.console), t.console, t.store, console.Runner)
	if err := t.begin(ctx, o); err != nil {
		return nil, errors.Join(err, t.store.Close())
	}
	return t, nil
}

// begin sets the clock, and says so if the zone asked for is not that of the runner in the store.
func (t *terminal) begin(ctx context.Context, o chatOptions) error {
	t.now = t.local(ctx, t.read)
	if o.zone != "" && t.now.Location().String() != o.zone {
		if err := t.remark(fmt.Sprintf("You are in %s already. /timezone changes it; --zone is for somebody new.", t.now.Location())); err != nil {
			return err
		}
	}
	if o.at == "" {
		return nil
	}
	at, err := day.ParseMoment(t.now, o.at)
	if err != nil {
		return usagef("chat: --at: %v", err)
	}
	t.now, t.fixed = at, true
	return nil
}

// talk answers every line of in, and says what becomes due while it waits for one.
func (t *terminal) talk(ctx context.Context, in io.Reader) error {
	lines := typedLines(ctx, in)
	for {
		due, err := t.due(ctx)
		if err != nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-due:
			err = t.turns.Pass(ctx, t.clock(), t.console.At)
		case line, more := <-lines:
			if !more {
				return nil
			}
			if line.err != nil {
				return fmt.Errorf("read the terminal: %w", line.err)
			}
			err = t.answer(ctx, line.text)
		}
		if ctx.Err() != nil {
			return nil // told to stop: what was being said waits in the store
		}
		if err != nil {
			return err
		}
	}
}

// due returns a channel that delivers when the runner is to be woken next; nil
// if that is never, if the clock stands still, and for programs, which are told between two lines.
func (t *terminal) due(ctx context.Context) (<-chan time.Time, error) {
	if t.fixed || t.json {
		return nil, nil
	}
	r, known, err := t.store.Load(ctx, console.Runner)
	if err != nil || !known || r.Wake.IsZero() {
		return nil, err
	}
	return time.After(r.Wake.Sub(t.clock())), nil
}

// answer does what one line says: move the clock, or speak to the coach.
func (t *terminal) answer(ctx context.Context, line string) error {
	said := strings.TrimSpace(line)
	if said == "" {
		return t.state(ctx)
	}
	now := t.clock()
	if err := t.turns.Pass(ctx, now, t.console.At); err != nil {
		return err
	}
	if to, moves := strings.CutPrefix(said, "/at"); moves && (to == "" || to[0] == ' ') {
		if err := t.move(ctx, strings.TrimSpace(to), now); err != nil {
			return err
		}
		return t.state(ctx)
	}
	t.console.At(now)
	heard := t.console.Heard(line, now)
	heard.Key = fmt.Sprintf("%s/%d", heard.Key, t.read.UnixNano()) // the same words at the same --at, said in another run, are said anew
	if err := t.turns.Hear(ctx, heard, now); err != nil {
		return err
	}
	return t.state(ctx)
}

// clock is the conversation's time: the wall's, moved by what /at said.
func (t *terminal) clock() time.Time {
	if t.fixed {
		return t.now
	}
	return t.now.Add(time.Since(t.read))
}

// move moves the clock, which stands still from then on. It never goes back: what was said was said.
func (t *terminal) move(ctx context.Context, to string, now time.Time) error {
	at, err := day.ParseMoment(t.local(ctx, now), to)
	if err == nil && at.Before(now) {
		err = fmt.Errorf("the clock shows %s already and only goes forward", t.local(ctx, now).Format("2006-01-02 15:04"))
	}
	if err != nil {
		return t.remark(fmt.Sprintf("I can't move the clock: %v", err))
	}
	t.fixed, t.now = true, at
	if err := t.turns.Pass(ctx, at, t.console.At); err != nil {
		return err
	}
	return t.remark(t.local(ctx, at).Format("It is Mon 2 Jan 2006, 15:04 now."))
}

// local is now on the runner's own wall clock.
func (t *terminal) local(ctx context.Context, now time.Time) time.Time {
	r, known, err := t.store.Load(ctx, console.Runner)
	if err != nil || !known {
		return now.In(t.zone)
	}
	return now.In(t.coach.Zone(r, now))
}

// remark says something about the terminal itself; programs are not told.
func (t *terminal) remark(text string) error {
	if t.json {
		return nil
	}
	_, err := fmt.Fprintf(t.out, "(%s)\n\n", text)
	return err
}

// state writes the runner's state, for programs.
func (t *terminal) state(ctx context.Context) error {
	if !t.json {
		return nil
	}
	r, _, err := t.store.Load(ctx, console.Runner)
	if err != nil {
		return err
	}
	return t.console.State(t.coach.State(r, t.clock()))
}
