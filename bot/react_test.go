package bot_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
	"legcoach/coach/coachtest"
	"legcoach/store/memory"
)

// An emoji on a reminder answers that reminder, as if it had been written below
// it; one on anything else says nothing.
func TestReactions(t *testing.T) {
	now := time.Date(2026, 11, 16, 18, 0, 0, 0, time.UTC)
	s, fake := memory.New(), bottest.NewFake("console", bot.Limits{Parallel: 1})
	b := bot.New(coachtest.New(t, time.UTC), s, slog.New(slog.DiscardHandler), fake)
	turns := bot.NewTurns(b, fake, s, fake.ID())
	hear := func(e coach.Event, key string) (said []string) {
		before := len(fake.Seen())
		if err := turns.Hear(t.Context(), bot.Heard{From: fake.ID(), Key: key, Event: e}, now); err != nil {
			t.Fatal(err)
		}
		for _, m := range fake.Seen()[before:] {
			said = append(said, m.Line.Text)
		}
		return said
	}
	hear(coach.Said{Text: "remind me of hills on tuesdays at 6pm"}, "1")
	now = now.Add(24*time.Hour + time.Minute)
	if err := turns.Pass(t.Context(), now, func(time.Time) {}); err != nil {
		t.Fatal(err)
	}
	r, _, err := s.Load(t.Context(), fake.ID())
	if err != nil || len(r.Told.Nudges) != 1 {
		t.Fatalf("reminded of %+v, %v", r.Told.Nudges, err)
	}
	ref := ""
	for i, m := range fake.Seen() {
		if m.Line.Nudge != "" {
			ref = fmt.Sprint(i) // as the fake calls it
		}
	}
	for _, e := range []coach.Reacted{{Emoji: "✅", Ref: "0"}, {Emoji: "✅", Ref: "nothing"}, {Emoji: "✅"}} {
		if said := hear(e, ""); len(said) > 0 {
			t.Errorf("%+v is answered with %q", e, said)
		}
	}
	for _, e := range []string{"🔥", "❤", "👎", "😢", "🎉", "😴", "🤮"} {
		if said := hear(coach.Reacted{Emoji: e, Ref: ref}, e); len(said) > 0 {
			t.Errorf("%s, which shows a mood, is answered with %q", e, said)
		}
	}
	if said := hear(coach.Reacted{Emoji: "✅", Ref: ref}, "2"); len(said) != 1 || !strings.Contains(said[0], "counted") {
		t.Errorf("a tick on the reminder is answered with %q", said)
	}
	if said := hear(coach.Reacted{Emoji: "👍", Ref: ref}, "3"); len(said) > 0 {
		t.Errorf("one more, when that is answered, is answered with %q", said)
	}
}
