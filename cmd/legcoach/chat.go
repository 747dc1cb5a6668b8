package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"legcoach/bot"
	"legcoach/bot/console"
	"legcoach/coach"
	"legcoach/coach/day"
	"legcoach/store/memory"
)

// maxTyped is how much of one input line is read, in bytes; the rest is skipped.
const maxTyped = 16 << 10

// chat talks in the terminal until its input ends.
func (p program) chat(ctx context.Context, args []string) error {
	set := flags("chat")
	data := set.String("data", "", "")
	at := set.String("at", "", "")
	zone := set.String("zone", "", "")
	asJSON := set.Bool("json", false, "")
	if _, err := parse(set, args, 0); err != nil {
		return err
	}
	t, err := p.terminal(*data, *at, *zone, *asJSON)
	if err != nil {
		return err
	}
	return errors.Join(t.talk(ctx, p.in), t.store.Close())
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

func (p program) terminal(data, at, zone string, asJSON bool) (*terminal, error) {
	config := defaultConfig()
	config.Reminders = defaultReminders
	if zone == "" {
		zone = config.Defaults.Zone
	}
	config.Defaults.Zone = zone
	location, err := loadZone(zone)
	if err != nil {
		return nil, usagef("chat: --zone: %v", err)
	}
	t := &terminal{out: p.out, json: asJSON, zone: location, read: time.Now(), now: time.Now().In(location)}
	if at != "" {
		if t.now, err = day.ParseMoment(t.now, at); err != nil {
			return nil, usagef("chat: --at: %v", err)
		}
		t.fixed = true
	}
	rules, err := config.coach()
	if err != nil {
		return nil, err
	}
	if t.coach, err = coach.New(rules); err != nil {
		return nil, err
	}
	log := slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	t.store = memory.New()
	if data != "" {
		if t.store, err = openBolt(data, log); err != nil {
			return nil, err
		}
	}
	t.console = console.New(p.out, asJSON)
	t.turns = bot.NewTurns(bot.New(t.coach, t.store, log, t.console), t.console, t.store, console.Runner)
	return t, nil
}

// talk answers every line of in.
func (t *terminal) talk(ctx context.Context, in io.Reader) error {
	lines := bufio.NewReaderSize(in, maxTyped)
	for ctx.Err() == nil {
		line, err := readLine(ctx, lines)
		if line != "" || err == nil {
			if failed := t.answer(ctx, line); failed != nil {
				return failed
			}
		}
		if errors.Is(err, io.EOF) || ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read the terminal: %w", err)
		}
	}
	return nil
}

// readLine returns the next line without its end, at most maxTyped bytes of it, or gives up when ctx ends.
func readLine(ctx context.Context, in *bufio.Reader) (string, error) {
	type result struct {
		line string
		err  error
	}
	done := make(chan result, 1)
	go func() {
		line, err := in.ReadSlice('\n')
		kept := string(bytes.TrimRight(line, "\r\n"))
		for errors.Is(err, bufio.ErrBufferFull) {
			_, err = in.ReadSlice('\n')
		}
		done <- result{strings.ToValidUTF8(kept, "\uFFFD"), err}
	}()
	select {
	case <-ctx.Done():
		return "", ctx.Err()
	case r := <-done:
		return r.line, r.err
	}
}

// answer does what one line says: move the clock, or speak to the coach.
func (t *terminal) answer(ctx context.Context, line string) error {
	if strings.TrimSpace(line) == "" {
		return nil
	}
	now := t.clock()
	if err := t.turns.Pass(ctx, now, t.console.At); err != nil {
		return err
	}
	if to, moves := strings.CutPrefix(strings.TrimSpace(line), "/at"); moves && (to == "" || to[0] == ' ') {
		if err := t.move(ctx, strings.TrimSpace(to), now); err != nil {
			return err
		}
		return t.state(ctx)
	}
	t.console.At(now)
	if err := t.turns.Hear(ctx, t.console.Heard(line, now), now); err != nil {
		return err
	}
	return t.state(ctx)
}

// clock is the conversation's time: the wall's, moved by what /at said.
func (t *terminal) clock() time.Time {
	if t.fixed {
		return t.now
	}
	return t.now.Add(time.Since(t.read)).In(t.zone)
}

// move moves the clock, which stands still from then on. It never goes back: what was said was said.
func (t *terminal) move(ctx context.Context, to string, now time.Time) error {
	at, err := day.ParseMoment(t.local(ctx, now), to)
	if err == nil && at.Before(now) {
		err = fmt.Errorf("the clock shows %s already and only goes forward", t.local(ctx, now).Format("2006-01-02 15:04"))
	}
	if err != nil {
		return t.remark(fmt.Sprintf("I can't move the clock: %v", err), now)
	}
	t.fixed, t.now = true, at
	if err := t.turns.Pass(ctx, at, t.console.At); err != nil {
		return err
	}
	return t.remark(t.local(ctx, at).Format("It is Mon 2 Jan 2006, 15:04 now."), at)
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
func (t *terminal) remark(text string, _ time.Time) error {
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
