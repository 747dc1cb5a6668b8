package discord

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
)

// The coach's conversations, played through Discord: what is typed arrives as a
// message of the gateway.
func TestTalk(t *testing.T) {
	bottest.PlayTalks(t, "../../coach/testdata/talk", func(t *testing.T) bottest.Person {
		f := newFake(t)
		p, err := Open(Config{Token: testToken, API: f.web.URL})
		if err != nil {
			t.Fatal(err)
		}
		p.client.window.most = 1 << 30
		before := 0
		return bottest.Person{Platform: p, Address: address(alice), Read: asRead,
			Hear: func(t *testing.T, text string, _ time.Time) bot.Heard {
				data, _ := json.Marshal(map[string]any{"id": f.mint(), "channel_id": aliceDM, "author": map[string]any{"id": alice}, "content": text})
				var m post
				if err := decode(data, &m); err != nil {
					t.Fatal(err)
				}
				heard, ok := p.private(m)
				if !ok {
					t.Fatalf("%q is not heard", text)
				}
				if s, is := heard.Event.(coach.Said); is {
					s.Sent = time.Time{} // the conversation has a clock of its own
					heard.Event = s
				}
				return heard
			},
			Shown: func() (seen []string) {
				all := f.seen(aliceDM)
				for _, p := range all[before:] {
					p.files = nil
					seen = append(seen, p.text())
				}
				before = len(all)
				return seen
			}}
	})
}

// asRead is a line as a person reads it on Discord. A card's title has no colon at its end,
// a reaction has no words, and what replaces or changes another line is not compared.
func asRead(l coach.Line) string {
	if l.Replaces != "" || l.Quiet || l.Reaction != "" {
		return ""
	}
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
