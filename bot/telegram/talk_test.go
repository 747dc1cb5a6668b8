package telegram

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
	"legcoach/coach/coachtest"
	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/store/memory"
)

// The coach's conversations, played through Telegram: what is typed arrives as
// an update, and what is shown is what the coach said, word for word.
func TestTalk(t *testing.T) {
	coaches := map[string]*coach.Coach{}
	coachtest.Play(t, "../../coach/testdata/talk", func(t *testing.T, zone *time.Location) coachtest.Hold {
		c := coaches[zone.String()]
		if c == nil {
			var err error
			c, err = coach.New(coach.Config{Zone: zone.String(), QuietFrom: day.At(21, 30), QuietTo: day.At(7, 0), DayStarts: day.At(4, 0),
				Level: plan.New, Reminders: coachtest.Reminders, IdleMonths: 12})
			if err != nil {
				t.Fatal(err)
			}
			coaches[zone.String()] = c
		}
		f, s := newFake(t), memory.New()
		p := open(t, f, func(c *Config) { c.Words.Worth = "Worth knowing" })
		p.me.Store(&self{ID: 666, Username: "legcoach_bot", called: called("legcoach_bot")})
		h := &talk{t: t, f: f, p: p}
		h.turns = bot.NewTurns(bot.New(c, s, slog.New(slog.DiscardHandler), h), h, s, console)
		return h
	})
}

// console is the address for which the conversations were written: what a coach
// chooses of several words depends on who is addressed.
const console coach.ID = "console/1"

// talk holds a conversation with a bot on Telegram.
type talk struct {
	t     *testing.T
	f     *fake
	p     *Platform
	turns *bot.Turns
	n     int
	said  []coach.Line
}

func (h *talk) Name() string       { return console.Platform() }
func (h *talk) Limits() bot.Limits { return h.p.Limits() }
func (h *talk) Listen(ctx context.Context, hear func(context.Context, bot.Heard) error) error {
	return h.p.Listen(ctx, hear)
}

func (h *talk) Say(t *testing.T, text string, now time.Time) []coach.Line {
	h.n++
	n, err := h.p.read(fmt.Appendf(nil, `{"update_id":%d,%s`, h.n, said(h.n, text)[1:]), now)
	if err != nil || n.silent() {
		t.Fatalf("%q is not heard: %v", text, err)
	}
	h.said, n.heard.From = nil, console
	if err := h.turns.Hear(t.Context(), n.heard, now); err != nil {
		t.Fatal(err)
	}
	return h.said
}

func (h *talk) Pass(t *testing.T, until time.Time) []coach.Line {
	h.said = nil
	if err := h.turns.Pass(t.Context(), until, func(time.Time) {}); err != nil {
		t.Fatal(err)
	}
	return h.said
}

// Send sends on Telegram, and compares what a person then sees with what was to be said.
func (h *talk) Send(ctx context.Context, m bot.Message) (string, error) {
	calls := len(h.f.calls)
	m.To = address(me)
	ref, err := h.p.Send(ctx, m)
	if err != nil {
		return ref, err
	}
	h.said = append(h.said, m.Line)
	var seen []string
	for _, c := range h.f.calls[calls:] {
		if strings.HasPrefix(c.method, "send") || strings.HasPrefix(c.method, "edit") {
			s := shown{params: c.params}
			seen = append(seen, s.text())
		}
	}
	dropped := m.Line.Quiet && len(seen) == 0
	if got, want := words(strings.Join(seen, "\n")), words(asRead(m.Line)); got != want && !dropped && m.Line.Reaction == "" {
		h.t.Errorf("Telegram shows\n%s\nwant\n%s", got, want)
	}
	return ref, err
}

// asRead is a line as a person reads it on Telegram.
func asRead(l coach.Line) string {
	text := l.Text
	if l.Quote != "" {
		text += "\n" + l.Quote + "\n— " + l.Section
	}
	if l.Worth != "" {
		text += "\nWorth knowing: " + strings.TrimPrefix(l.Worth, "Worth knowing: ")
	}
	return text
}

// words leaves out where the lines end.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }
