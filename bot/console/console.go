// Package console is a platform that is a terminal: it writes what the coach
// says as text, or as JSON for programs.
//
// It reads nothing by itself: the program gives it lines with [Console.Heard], since in
// a terminal the clock can be moved between two of them.
package console

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// Runner is the address of the person at the terminal.
const Runner coach.ID = "console/1"

// Console is a terminal.
type Console struct {
	out  io.Writer
	json bool

	mu   sync.Mutex
	now  time.Time
	said int
	refs int
}

var _ bot.Platform = (*Console)(nil)

// New returns a console that writes to out, as JSON objects if asJSON is true.
func New(out io.Writer, asJSON bool) *Console { return &Console{out: out, json: asJSON} }

// Name returns "console".
func (c *Console) Name() string { return "console" }

// Limits says that a terminal takes whatever it is given, one at a time.
func (c *Console) Limits() bot.Limits { return bot.Limits{Parallel: 1} }

// Listen waits for ctx: lines are given, not read.
func (c *Console) Listen(ctx context.Context, _ func(context.Context, bot.Heard) error) error {
	<-ctx.Done()
	return nil
}

// At sets the instant that what is said from now on is said at.
func (c *Console) At(now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = now
}

// Heard returns what typing text reports. Every call is a new event: the same
// words may be typed twice.
func (c *Console) Heard(text string, now time.Time) bot.Heard {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said++
	return bot.Heard{From: Runner, Key: fmt.Sprintf("console/%d/%d", now.UnixNano(), c.said), Event: coach.Said{Text: text}}
}

// Send writes a line. A line that only changes an earlier one is not written anew.
func (c *Console) Send(_ context.Context, m bot.Message) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.refs++
	ref := fmt.Sprint(c.refs)
	if m.Line.Quiet {
		return ref, nil
	}
	write := c.writeText
	if c.json {
		write = c.writeJSON
	}
	if err := write(m.Line); err != nil {
		return "", fmt.Errorf("write to the terminal: %w", err)
	}
	return ref, nil
}

func (c *Console) writeText(l coach.Line) error {
	_, err := fmt.Fprintf(c.out, "%s\n\n", Text(l))
	return err
}

// reply is a line as programs read it.
type reply struct {
	At      time.Time      `json:"at"`
	Say     string         `json:"say"`
	Quote   string         `json:"quote,omitempty"`
	Section string         `json:"section,omitempty"`
	Worth   string         `json:"worth,omitempty"`
	Choices []coach.Choice `json:"choices,omitempty"`
	Nudge   string         `json:"nudge,omitempty"`
	Private bool           `json:"private,omitempty"`
	File    *coach.File    `json:"file,omitempty"`
}

func (c *Console) writeJSON(l coach.Line) error {
	return writeJSON(c.out, reply{At: c.now.UTC().Truncate(time.Second), Say: l.Text, Quote: l.Quote, Section: l.Section, Worth: l.Worth,
		Choices: l.Choices, Nudge: string(l.Nudge), Private: l.Private, File: l.File})
}

// State writes what a program wants to know of the runner after each line.
func (c *Console) State(state any) error {
	return writeJSON(c.out, struct {
		State any `json:"state"`
	}{state})
}

func writeJSON(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

// Text is a line as a terminal shows it: what is said, the quote with its
// section, what is worth knowing, and the choices in brackets.
func Text(l coach.Line) string {
	parts := []string{l.Text}
	if l.Quote != "" {
		parts = append(parts, fmt.Sprintf("  “%s”\n  (the article, %s)", l.Quote, l.Section))
	}
	if l.Worth != "" {
		parts = append(parts, "  Worth knowing: "+l.Worth)
	}
	if l.File != nil {
		parts = append(parts, string(l.File.Data))
	}
	if len(l.Choices) > 0 {
		labels := make([]string, len(l.Choices))
		for i, choice := range l.Choices {
			labels[i] = "[" + choice.Label + "]"
		}
		parts = append(parts, "  "+strings.Join(labels, " "))
	}
	return strings.Join(parts, "\n")
}
