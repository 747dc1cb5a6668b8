package discord

import (
	"context"
	"encoding/json"
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

// The coach's conversations, played through Discord: what is typed arrives as a
// message of the gateway, and what is shown is what the coach said, word for word.
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
		p, err := Open(Config{Token: testToken, API: f.web.URL})
		if err != nil {
			t.Fatal(err)
		}
		p.client.window.most = 1 << 30
		h := &talk{Platform: p, t: t, fake: f}
		h.turns = bot.NewTurns(bot.New(c, s, slog.New(slog.DiscardHandler), h), h, s, console)
		return h
	})
}

// console is the address for which the conversations were written: what a coach
// chooses of several words depends on who is addressed.
const console coach.ID = "console/1"

// talk holds a conversation with a bot on Discord.
type talk struct {
	*Platform
	t     *testing.T
	fake  *fake
	turns *bot.Turns
	said  []coach.Line
}

func (h *talk) Name() string { return console.Platform() }

func (h *talk) Say(t *testing.T, text string, now time.Time) []coach.Line {
	data, _ := json.Marshal(map[string]any{"id": h.fake.mint(), "channel_id": aliceDM, "author": map[string]any{"id": alice}, "content": text})
	var m post
	if err := decode(data, &m); err != nil {
		t.Fatal(err)
	}
	heard, ok := h.private(m)
	if !ok {
		t.Fatalf("%q is not heard", text)
	}
	if s, is := heard.Event.(coach.Said); is {
		s.Sent = time.Time{} // the conversation has a clock of its own
		heard.Event = s
	}
	h.said, heard.From = nil, console
	if err := h.turns.Hear(t.Context(), heard, now); err != nil {
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

// Send sends on Discord, and compares what a person then sees with what was to be said.
func (h *talk) Send(ctx context.Context, m bot.Message) (string, error) {
	before := len(h.fake.seen(aliceDM))
	m.To, m.Runner = address(alice), address(alice)
	ref, err := h.Platform.Send(ctx, m)
	if err != nil {
		return ref, err
	}
	h.said = append(h.said, m.Line)
	if m.Line.Replaces != "" || m.Line.Quiet {
		return ref, nil
	}
	var seen []string
	for _, p := range h.fake.seen(aliceDM)[before:] {
		p.files = nil
		seen = append(seen, p.text())
	}
	if got, want := words1(strings.Join(seen, "\n")), words1(asRead(m.Line)); got != want {
		h.t.Errorf("Discord shows\n%s\nwant\n%s", got, want)
	}
	return ref, nil
}

// asRead is a line as a person reads it on Discord. A card's title has no colon at its end.
func asRead(l coach.Line) string {
	text := l.Text
	if title, rest, more := strings.Cut(text, "\n"); l.Card != "" && more {
		text = strings.TrimSuffix(title, ":") + "\n" + rest
	}
	if l.Quote != "" {
		text += "\n" + l.Quote + "\n" + l.Section
	}
	if l.Worth != "" {
		text += "\nWorth knowing: " + strings.TrimPrefix(l.Worth, "Worth knowing: ")
	}
	return text
}

// words1 leaves out where the lines end.
func words1(s string) string { return strings.Join(strings.Fields(s), " ") }
