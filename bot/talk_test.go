package bot_test

import (
	"context"
	"fmt"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
	"legcoach/coach/coachtest"
	"legcoach/store"
	"legcoach/store/bolt"
	"legcoach/store/memory"
)

const talks, twoChats, away = "../coach/testdata/talk", "../coach/testdata/link", "../coach/testdata/away"

// TestTalkOnMemory plays the coach's conversations on a bot with the memory store.
func TestTalkOnMemory(t *testing.T) {
	coachtest.Play(t, talks, func(t *testing.T, zone *time.Location) coachtest.Hold {
		s := memory.New()
		return newHold(t, zone, func() keeping { return s }, 1)
	})
}

// TestTalkOnBolt plays them on a bot with bbolt whose file is closed and
// reopened before every line, that hears every event twice, and half of whose
// sends fail. The words must not change.
func TestTalkOnBolt(t *testing.T) {
	coachtest.Play(t, talks, onBolt)
}

func onBolt(t *testing.T, zone *time.Location) coachtest.Hold {
	path := filepath.Join(t.TempDir(), "legcoach.db")
	var open *bolt.Store
	reopen := func() keeping {
		if open != nil {
			if err := open.Close(); err != nil {
				t.Fatal(err)
			}
		}
		s, err := bolt.Open(path, bolt.Options{Log: slog.New(slog.DiscardHandler), MapSize: 1 << 24})
		if err != nil {
			t.Fatal(err)
		}
		open = s
		return s
	}
	t.Cleanup(func() { _ = open.Close() })
	return newHold(t, zone, reopen, 2)
}

// TestTwoChats plays the conversations of people who have two chats, on both stores.
func TestTwoChats(t *testing.T) {
	coachtest.Play(t, twoChats, func(t *testing.T, zone *time.Location) coachtest.Hold {
		s := memory.New()
		return newHold(t, zone, func() keeping { return s }, 1)
	})
	if !t.Failed() {
		coachtest.Play(t, twoChats, onBolt)
	}
}

// TestAway plays the conversations in which the bot was away, on both stores.
func TestAway(t *testing.T) {
	coachtest.Play(t, away, func(t *testing.T, zone *time.Location) coachtest.Hold {
		s := memory.New()
		return newHold(t, zone, func() keeping { return s }, 1)
	})
	if !t.Failed() {
		coachtest.Play(t, away, onBolt)
	}
}

// keeping is a store that can be looked into.
type keeping interface {
	store.Store
	store.Keeper
}

// hold holds a conversation with a bot on a store.
type hold struct {
	t      *testing.T
	coach  *coach.Coach
	reopen func() keeping
	times  int // how often every event is heard
	fake   *bottest.Fake
	other  *bottest.Fake // the other chat of who has two
	heard  int
	said   []coach.Line
	flip   bool
}

func newHold(t *testing.T, zone *time.Location, reopen func() keeping, times int) *hold {
	return &hold{t: t, coach: coachtest.New(t, zone), reopen: reopen, times: times,
		fake: bottest.NewFake("console", bot.Limits{Parallel: 1}), other: bottest.NewFake(coachtest.Elsewhere.Platform(), bot.Limits{Parallel: 1})}
}

func (h *hold) turns() *bot.Turns {
	s := h.reopen()
	b := bot.New(h.coach, s, slog.New(slog.DiscardHandler), h.fake, h.other)
	return bot.NewTurns(b, &half{h.fake, h}, s, h.fake.ID(), &half{h.other, h})
}

func (h *hold) Say(t *testing.T, text string, now time.Time) []coach.Line {
	return h.sayAt(t, h.fake.ID(), text, now)
}

func (h *hold) SayElsewhere(t *testing.T, text string, now time.Time) []coach.Line {
	return h.sayAt(t, coachtest.Elsewhere, text, now)
}

func (h *hold) sayAt(t *testing.T, at coach.ID, text string, now time.Time) []coach.Line {
	h.heard++
	event := bot.Heard{From: at, Key: fmt.Sprintf("console/%d", h.heard), Event: coach.Said{Text: text}}
	return h.during(func(ctx context.Context) {
		for range h.times {
			if err := h.turns().Hear(ctx, event, now); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func (h *hold) Pass(t *testing.T, until time.Time) []coach.Line {
	return h.during(func(ctx context.Context) {
		for range h.times {
			if err := h.turns().Pass(ctx, until, func(time.Time) {}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func (h *hold) Miss(t *testing.T, until time.Time) []coach.Line {
	return h.during(func(ctx context.Context) {
		for range h.times {
			if err := h.turns().Miss(ctx, until, func(time.Time) {}); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// during returns what is said while do runs.
func (h *hold) during(do func(context.Context)) []coach.Line {
	h.said = nil
	do(h.t.Context())
	return h.said
}

// half is a platform of which, where events are heard twice, every other send fails at first.
type half struct {
	*bottest.Fake
	h *hold
}

func (p *half) Send(ctx context.Context, m bot.Message) (string, error) {
	p.h.flip = !p.h.flip
	if p.h.times > 1 && p.h.flip {
		return "", fmt.Errorf("the network is down for a moment")
	}
	p.h.said = append(p.h.said, m.Line)
	return p.Fake.Send(ctx, m)
}
