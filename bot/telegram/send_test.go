package telegram

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

var hillDay = time.Date(2026, 11, 24, 17, 30, 0, 0, time.UTC)

// How a line looks on Telegram.
func TestLooks(t *testing.T) {
	for name, c := range map[string]struct {
		line coach.Line
		want map[string]string
	}{
		"an answer, its sentence and what is worth knowing": {
			coach.Line{Text: "Yes & no.\n\nIt depends.", Quote: "Running can <tone>.", Section: "Introduction", Worth: "One study."},
			map[string]string{"parse_mode": "HTML", "link_preview_options": `{"is_disabled":true}`,
				"text": "Yes &amp; no.\n\nIt depends.\n\n<blockquote expandable>Running can &lt;tone&gt;.</blockquote>\n<i>— Introduction</i>\n\n<i>Worth knowing: One study.</i>"},
		},
		"a label is not said twice": {
			coach.Line{Text: "Yes.", Worth: "Worth knowing: one study."},
			map[string]string{"text": "Yes.\n\n<i>Worth knowing: one study.</i>"},
		},
		"a silent reminder with buttons that carry its key": {
			coach.Line{Text: "Rest day.", Silent: true, Key: "2026-11-24/rest", Choices: []coach.Choice{{Label: "Rested", Says: "/rest 2026-11-24"}}},
			map[string]string{"disable_notification": "true", "reply_markup": `{"inline_keyboard":[[{"text":"Rested","callback_data":"/rest 2026-11-24\u001f2026-11-24/rest"}]]}`},
		},
		"a moment in the reader's own zone": {
			coach.Line{Text: "Next: Tue 24 Nov, 18:30 & easy.", Moments: []coach.Moment{{Shown: "Tue 24 Nov, 18:30", At: hillDay}}},
			map[string]string{"text": `Next: <tg-time unix="1795541400" format="wdt">Tue 24 Nov, 18:30</tg-time> &amp; easy.`},
		},
		"two moments with the same words": {
			coach.Line{Text: "18:30 and 18:30", Moments: []coach.Moment{{Shown: "18:30", At: hillDay}, {Shown: "18:30", At: hillDay.Add(24 * time.Hour)}}},
			map[string]string{"text": `<tg-time unix="1795541400" format="t">18:30</tg-time> and <tg-time unix="1795627800" format="t">18:30</tg-time>`},
		},
		"nothing but buttons": {
			coach.Line{Text: " \n\u200b", Choices: []coach.Choice{{Label: "Go", Says: "/go"}}},
			map[string]string{"text": "…"},
		},
		"buttons that can't be": {
			coach.Line{Text: "x", Choices: []coach.Choice{{Label: "", Says: "/a"}, {Label: "b", Says: ""}, {Label: "c", Says: strings.Repeat("x", 65)}}},
			map[string]string{"reply_markup": ""},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			p := open(t, f, func(c *Config) { c.Words.Worth = "Worth knowing" })
			if _, err := send(t, p, c.line); err != nil {
				t.Fatal(err)
			}
			got := f.seen()[0].params
			for k, want := range c.want {
				if got[k] != want {
					t.Errorf("%s is %q, want %q", k, got[k], want)
				}
			}
		})
	}
}

// A server older than the times is asked once, and the words are said all the same.
func TestTimesAreDecoration(t *testing.T) {
	f := newFake(t)
	f.oldTags = true
	p := open(t, f)
	line := coach.Line{Text: "At 18:30", Quote: "q", Moments: []coach.Moment{{Shown: "18:30", At: hillDay}}}
	for range 2 {
		if _, err := send(t, p, line); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(f.called("sendMessage")); n != 3 {
		t.Errorf("%d calls for two messages, want 3", n)
	}
	if text := f.seen()[1].params["text"]; !strings.Contains(text, "<blockquote") || strings.Contains(text, "tg-time") {
		t.Errorf("said %q", text)
	}
}

// However a message's looks are refused, its words are said.
func TestLooksNeverKeepWordsBack(t *testing.T) {
	for _, why := range []string{"can't parse entities: unexpected", "message thread not found", "TOPIC_CLOSED", "message to be replied not found", "BUTTON_DATA_INVALID", "something new"} {
		f := newFake(t)
		f.break_(flaw{Method: "sendMessage", Code: 400, Description: "Bad Request: " + why})
		line := coach.Line{Text: "12 < 13", Choices: []coach.Choice{{Label: "Why", Says: "/why"}}, Handle: place{Chat: -100, Message: 5, Topic: 7, Person: me}.handle()}
		if _, err := send(t, open(t, f), line, to(-100)); err != nil || len(f.seen()) != 1 {
			t.Errorf("%s: Send returned %v, %d messages", why, err, len(f.seen()))
		} else if s := f.seen()[0]; s.text() != "12 < 13" {
			t.Errorf("%s: said %q", why, s.text())
		}
	}
}

// What is refused for good is refused, after a few tries with less.
func TestRefused(t *testing.T) {
	f := newFake(t)
	f.break_(flaw{Method: "sendMessage", Times: 100, Code: 400, Description: "Bad Request: something new"})
	_, err := send(t, open(t, f), coach.Line{Text: "x", Choices: []coach.Choice{{Label: "Why", Says: "/why"}}})
	if !errors.Is(err, bot.ErrRefused) || len(f.called("sendMessage")) > 4 {
		t.Errorf("Send returned %v after %d calls", err, len(f.called("sendMessage")))
	}
	for _, to := range []coach.ID{"telegram/abc", "discord/42", "telegram/0", ""} {
		if _, err := open(t, f).Send(t.Context(), bot.Message{To: to, Line: coach.Line{Text: "x"}}); !errors.Is(err, bot.ErrRefused) {
			t.Errorf("to %q: Send returned %v, want ErrRefused", to, err)
		}
	}
}

// A plain log is answered by a reaction; a server that refuses it gets words, and is not asked again.
func TestReaction(t *testing.T) {
	for _, x := range []*flaw{nil, {Code: 400, Description: "Bad Request: REACTION_INVALID"}, {Code: 404, Description: "Not Found: method not found"}} {
		f := newFake(t)
		p := open(t, f)
		if x != nil {
			x.Method, x.Times = "setMessageReaction", 9
			f.break_(*x)
		}
		line := coach.Line{Text: "Logged.", Reaction: "🔥", Handle: place{Chat: me, Message: 5, Person: me}.handle()}
		for range 2 {
			if _, err := send(t, p, line); err != nil {
				t.Fatal(err)
			}
		}
		reactions, words := len(f.called("setMessageReaction")), len(f.seen())
		if x == nil && (reactions != 2 || words != 0) || x != nil && (reactions != 1 || words != 2) {
			t.Errorf("%v: %d reactions tried, %d messages", x, reactions, words)
		}
	}
}

// A message that can't be changed any more is said anew, unless it is quiet.
func TestEditsThatCantBe(t *testing.T) {
	for _, why := range []string{"message to edit not found", "message can't be edited", "there is no text in the message to edit"} {
		for _, quiet := range []bool{false, true} {
			f := newFake(t)
			f.break_(flaw{Method: "editMessageText", Code: 400, Description: "Bad Request: " + why})
			_, err := send(t, open(t, f), coach.Line{Text: "Kept.", Replaces: "k", Quiet: quiet}, func(m *bot.Message) { m.Ref = "42/1000" })
			if err != nil || len(f.seen()) != map[bool]int{false: 1, true: 0}[quiet] {
				t.Errorf("%s, quiet %v: %v, %d messages", why, quiet, err, len(f.seen()))
			}
		}
	}
}

// A group that became a supergroup is followed, and from then on at once.
func TestMigration(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	f.break_(flaw{Method: "*", Chat: -100, Times: 2, Code: 400, Description: "Bad Request: group chat was upgraded to a supergroup chat", Moved: -1001})
	for range 2 {
		if _, err := send(t, p, coach.Line{Text: "x"}, to(-100)); err != nil {
			t.Fatal(err)
		}
	}
	if calls := f.called("sendMessage"); len(calls) != 3 || f.seen()[1].chat != -1001 {
		t.Errorf("%d calls, the last message in %d", len(calls), f.seen()[1].chat)
	}
}

// What is private goes to the private chat, and the group is told so once.
func TestPrivateLineInGroup(t *testing.T) {
	handle := place{Chat: -100, Message: 5, Topic: 7, Person: me}.handle()
	for name, addressee := range map[string]int64{"addressed to the group": -100, "addressed to the person": me} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			p := open(t, f, func(c *Config) { c.Words = Words{Private: "I wrote to you.", Open: "Write to me first"} })
			for _, text := range []string{"Your calf needs rest.", "Your streak is safe."} {
				if _, err := send(t, p, coach.Line{Text: text, Private: true, Handle: handle}, to(addressee)); err != nil {
					t.Fatal(err)
				}
			}
			var group, private []string
			for _, s := range f.seen() {
				if s.chat == -100 {
					group = append(group, s.text()+" in "+s.params["message_thread_id"])
				} else {
					private = append(private, s.text())
				}
			}
			if fmt.Sprint(group) != "[I wrote to you. in 7]" || len(private) != 2 {
				t.Errorf("the group sees %q, the person %q", group, private)
			}
		})
	}
}

// Somebody who never opened the private chat is shown how, and nothing private is said.
func TestPrivateChatNotOpen(t *testing.T) {
	f := newFake(t)
	p := open(t, f, func(c *Config) { c.Words.Open = "Write to me first" })
	f.break_(flaw{Method: "sendMessage", Chat: me, Code: 403, Description: "Forbidden: bot can't initiate conversation with a user"})
	_, err := send(t, p, coach.Line{Text: "Your calf needs rest.", Private: true, Handle: place{Chat: -100, Message: 5, Person: me}.handle()}, to(-100))
	if !errors.Is(err, bot.ErrRefused) {
		t.Errorf("Send returned %v, want ErrRefused", err)
	}
	if s := f.seen(); len(s) != 1 || s[0].chat != -100 || !strings.Contains(s[0].params["reply_markup"], "https://t.me/") || strings.Contains(s[0].text(), "calf") {
		t.Errorf("the group sees %+v", s)
	}
}

// A file is a picture or a document; a long text goes before it.
func TestFile(t *testing.T) {
	for name, want := range map[string]string{"weeks.png": "sendPhoto", "data.json": "sendDocument"} {
		f := newFake(t)
		line := coach.Line{Text: "Your data.", File: &coach.File{Name: name, Data: []byte("bytes")}, Choices: []coach.Choice{{Label: "Undo", Says: "/undo"}}}
		if _, err := send(t, open(t, f), line); err != nil {
			t.Fatal(err)
		}
		if s := f.seen(); len(s) != 1 || s[0].file != "bytes" || s[0].text() != "Your data." || len(s[0].keys()) != 1 || len(f.called(want)) != 1 {
			t.Errorf("%s: seen %+v", name, s)
		}
		line.Text = strings.Repeat("Words. ", 300)
		if _, err := send(t, open(t, f), line); err != nil {
			t.Fatal(err)
		}
		if s := f.seen(); len(s) != 3 || s[2].file != "bytes" || len(s[1].keys()) != 0 || len(s[2].keys()) != 1 {
			t.Errorf("%s with a long text: %d messages", name, len(s))
		}
	}
}

// A server that takes no documents is given a readable one as text.
func TestFileAsText(t *testing.T) {
	for data, want := range map[string]int{`{"streak":12}`: 1, "\xff\xfe": 0, strings.Repeat("x", maxData+1): 0} {
		f := newFake(t)
		f.lacks["sendDocument"] = true
		_, err := send(t, open(t, f), coach.Line{Text: "Your data.", File: &coach.File{Name: "data.json", Data: []byte(data)}})
		if errors.Is(err, bot.ErrRefused) == (want == 1) || len(f.seen()) != want {
			t.Errorf("%.20q: %v, %d messages", data, err, len(f.seen()))
		}
		if want == 1 && f.seen()[0].text() != "Your data.\n\n"+data {
			t.Errorf("said %q", f.seen()[0].text())
		}
	}
}

// A long text that breaks off goes on where it broke off.
func TestLongTextGoesOn(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	var text strings.Builder
	for i := range 400 {
		fmt.Fprintf(&text, "Day %03d: hills, eight times, and it felt fine.\n\n", i)
	}
	line := coach.Line{Text: text.String(), Choices: []coach.Choice{{Label: "More", Says: "/history"}}}
	again := func(m *bot.Message) { m.Seq = 1 << 40 }
	f.limit = 2 // the third is refused with a 429
	_, err := send(t, p, line, again)
	var delay *bot.DelayError
	if !errors.As(err, &delay) {
		t.Fatalf("Send returned %v, want a delay", err)
	}
	p.pace.mu.Lock()
	clear(p.pace.chats)
	p.pace.mu.Unlock()
	if _, err := send(t, p, line, again); err != nil {
		t.Fatal(err)
	}
	all := ""
	for i, s := range f.seen() {
		all += s.text()
		if last := i == len(f.seen())-1; (len(s.keys()) == 1) != last {
			t.Errorf("message %d has %d rows of buttons", i, len(s.keys()))
		}
	}
	for i := range 400 {
		if n := strings.Count(all, fmt.Sprintf("Day %03d:", i)); n != 1 {
			t.Fatalf("day %d is there %d times", i, n)
		}
	}
}
