package bottest

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
	"legcoach/coach/coachtest"
	"legcoach/store/memory"
)

// Person is somebody on a platform, through whom conversations are played.
type Person struct {
	// Platform is the one under test, and Address where it speaks to the person.
	Platform bot.Platform
	Address  coach.ID
	// Hear is what the platform hears when they write text in private.
	Hear func(t *testing.T, text string, now time.Time) bot.Heard
	// Shown returns the texts that were shown to them since it was last called.
	Shown func() []string
	// Read is a line as it is read there; empty if nothing of it can be compared.
	Read func(coach.Line) string
}

// PlayTalks plays the coach's conversations of a folder through a platform: what
// is typed arrives as the platform hears it, and what is shown is what the coach
// said, word for word.
func PlayTalks(t *testing.T, folder string, open func(t *testing.T) Person) {
	coachtest.Play(t, folder, func(t *testing.T, zone *time.Location) coachtest.Hold {
		s := memory.New()
		h := &talk{Person: open(t), t: t}
		h.turns = bot.NewTurns(bot.New(coachtest.New(t, zone), s, slog.New(slog.DiscardHandler), h), h, s, console)
		return h
	})
}

// console is the address for which the conversations were written: what a coach
// chooses of several words depends on who is addressed.
const console coach.ID = "console/1"

// talk holds a conversation through a platform, which it is to the bot.
type talk struct {
	Person
	t     *testing.T
	turns *bot.Turns
	said  []coach.Line
}

func (h *talk) Name() string       { return console.Platform() }
func (h *talk) Limits() bot.Limits { return h.Platform.Limits() }
func (h *talk) Listen(ctx context.Context, hear func(context.Context, bot.Heard) error) error {
	return h.Platform.Listen(ctx, hear)
}

func (h *talk) Say(t *testing.T, text string, now time.Time) []coach.Line {
	heard := h.Hear(t, text, now)
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

// Send sends, and compares what a person then sees with what was to be said.
func (h *talk) Send(ctx context.Context, m bot.Message) (string, error) {
	h.Shown()
	m.To, m.Runner = h.Address, h.Address
	ref, err := h.Platform.Send(ctx, m)
	if err != nil {
		return ref, err
	}
	h.said = append(h.said, m.Line)
	seen := h.Shown()
	if want := words(h.Read(m.Line)); want != "" && (len(seen) > 0 || !m.Line.Quiet) {
		if got := words(strings.Join(seen, "\n")); got != want {
			h.t.Errorf("%s shows\n%s\nwant\n%s", h.Platform.Name(), got, want)
		}
	}
	return ref, nil
}

// words leaves out where the lines end.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }
