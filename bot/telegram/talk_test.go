package telegram

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
)

// The coach's conversations, played through Telegram.
func TestTalk(t *testing.T) {
	bottest.PlayTalks(t, "../../coach/testdata/talk", func(t *testing.T) bottest.Person {
		f := newFake(t)
		p := open(t, f, func(c *Config) { c.Words.Worth = "Worth knowing" })
		p.me.Store(&self{ID: 666, Username: "legcoach_bot", called: called("legcoach_bot")})
		n, calls := 0, 0
		return bottest.Person{Platform: p, Address: address(me), Read: asRead,
			Hear: func(t *testing.T, text string, now time.Time) bot.Heard {
				n++
				said, err := p.read(fmt.Appendf(nil, `{"update_id":%d,%s`, n, said(n, text)[1:]), now)
				if err != nil || said.silent() {
					t.Fatalf("%q is not heard: %v", text, err)
				}
				return said.heard
			},
			Shown: func() (seen []string) {
				for _, c := range f.calls[calls:] {
					if strings.HasPrefix(c.method, "send") || strings.HasPrefix(c.method, "edit") {
						s := shown{params: c.params}
						seen = append(seen, s.text())
					}
				}
				calls = len(f.calls)
				return seen
			}}
	})
}

// asRead is a line as a person reads it on Telegram; a reaction has no words.
func asRead(l coach.Line) string {
	if l.Reaction != "" {
		return ""
	}
	text := l.Text
	if l.Quote != "" {
		text += "\n" + l.Quote + "\n— " + l.Section
	}
	if l.Worth != "" {
		text += "\nWorth knowing: " + strings.TrimPrefix(l.Worth, "Worth knowing: ")
	}
	return text
}
