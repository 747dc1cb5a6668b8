package telegram

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// private and group are the beginnings of a message in each.
const (
	inPrivate = `"message_id":5,"date":1700000000,"chat":{"id":42,"type":"private"},"from":{"id":42,"language_code":"de"}`
	inGroup   = `"message_id":5,"date":1700000000,"chat":{"id":-100,"type":"supergroup"},"from":{"id":42}`
	ofBot     = `"message_id":4,"date":1,"from":{"id":666,"is_bot":true}`
)

// reader is a platform that knows its name and a place, and calls nobody.
func reader(t testing.TB) *Platform {
	p, err := Open(Config{Token: token, API: "http://127.0.0.1:1", Words: Words{Foreign: "That one is not yours."},
		Locate: func(lat, lon float64) string {
			if lat == 0 && lon == 0 {
				return ""
			}
			return "Europe/Berlin"
		}})
	if err != nil {
		t.Fatal(err)
	}
	p.me.Store(&self{ID: 666, Username: "legcoach_bot", called: called("legcoach_bot")})
	return p
}

func hear(t testing.TB, p *Platform, update string) bot.Heard {
	t.Helper()
	n, err := p.read([]byte(`{"update_id":7,`+strings.TrimPrefix(update, "{")), time.Now())
	if err != nil {
		t.Fatalf("%s: %v", update, err)
	}
	if n.done != nil {
		n.done()
	}
	return n.heard
}

// What a person does in private, and the words that it is heard as.
func TestPrivate(t *testing.T) {
	for _, c := range []struct{ update, text, zone, nudge string }{
		{`{"message":{` + inPrivate + `,"text":"did hills today"}}`, "did hills today", "", ""},
		{`{"message":{` + inPrivate + `,"text":"/done hill yesterday","entities":[{"type":"bot_command","offset":0,"length":5}]}}`, "/done hill yesterday", "", ""},
		{`{"message":{` + inPrivate + `,"text":"/done@LegCoach_Bot hill"}}`, "/done hill", "", ""},
		{`{"message":{` + inPrivate + `,"text":"/done@legcoach_bot\nhill"}}`, "/done\nhill", "", ""},
		{`{"message":{` + inPrivate + `,"text":"/start"}}`, "/start", "", ""},
		{`{"message":{` + inPrivate + `,"text":"/start link_AB12CDEFGH"}}`, "/start link_AB12CDEFGH", "", ""},
		{`{"message":{` + inPrivate + `,"text":"/start forget"}}`, "/start forget", "", ""},
		{`{"message":{` + inPrivate + `,"text":"/run—5km"}}`, "/run—5km", "", ""},
		{`{"message":{` + inPrivate + `,"photo":[{}],"caption":"did hills"}}`, "did hills", "", ""},
		{`{"message":{` + inPrivate + `,"location":{"latitude":52.5,"longitude":13.4}}}`, "/timezone Europe/Berlin", "Europe/Berlin", ""},
		{`{"message":{` + inPrivate + `,"text":"✅","reply_to_message":{` + ofBot + `,"reply_markup":{"inline_keyboard":[[{"text":"Done","callback_data":"/done hill 2026-11-24\u001f2026-11-24/hill"}]]}}}}`, "✅", "", "2026-11-24/hill"},
		{`{"message":{` + inPrivate + `,"text":"/done hill 2026-11-24\u001f2026-11-24/hill"}}`, "/done hill 2026-11-24", "", "2026-11-24/hill"},
		{`{"edited_message":{` + inPrivate + `,"edit_date":1700000060,"text":"did hills, not intervals"}}`, "did hills, not intervals", "", ""},
		{`{"callback_query":{"id":"q","from":{"id":42,"language_code":"de"},"message":{` + ofBot + `,"chat":{"id":42}},"data":"/done hill 2026-11-24\u001f2026-11-24/hill"}}`, "/done hill 2026-11-24", "", "2026-11-24/hill"},
		{`{"callback_query":{"id":"q","from":{"id":42,"language_code":"de"},"inline_message_id":"x","data":"/streak"}}`, "/streak", "", ""},
	} {
		h := hear(t, reader(t), c.update)
		said, ok := h.Event.(coach.Said)
		if !ok || h.From != address(42) || said.Where != "" || said.Locale != "de" {
			t.Errorf("%s: heard %+v", c.update, h)
		}
		if said.Text != c.text || said.Zone != c.zone || said.Nudge != c.nudge {
			t.Errorf("%s: heard %q in %q about %q", c.update, said.Text, said.Zone, said.Nudge)
		}
	}
}

// What has no words is heard too: nothing is met with silence.
func TestWithoutWords(t *testing.T) {
	for field, want := range map[string]string{
		`"photo":[{"file_id":"x"}]`: "photo", `"voice":{"duration":12}`: "voice", `"video_note":{}`: "voice", `"sticker":{"emoji":"🏃"}`: "sticker",
		`"video":{}`: "other", `"document":{}`: "other", `"contact":{}`: "other", `"dice":{}`: "other", `"poll":{}`: "other",
		`"location":{"latitude":0,"longitude":0}`: "other",
	} {
		h := hear(t, reader(t), `{"message":{`+inPrivate+`,`+field+`,"reply_to_message":{`+ofBot+`,"reply_markup":{"inline_keyboard":[[{"text":"Done","callback_data":"/done\u001fk"}]]}}}}`)
		sent, ok := h.Event.(coach.Sent)
		if !ok || sent.What != want || sent.Nudge != "k" {
			t.Errorf("%s: heard %+v, want %q about k", field, h.Event, want)
		}
	}
	for _, service := range []string{`"pinned_message":{}`, `"new_chat_title":"x"`, `"photo":null`, `"message_auto_delete_timer_changed":{}`} {
		if h := hear(t, reader(t), `{"message":{`+inPrivate+`,`+service+`}}`); h.Event != nil {
			t.Errorf("%s: heard %+v, want nothing", service, h.Event)
		}
	}
}

// An emoji that is put on a message of the bot's is heard with the message; one
// that is taken away, made of a picture, or put on a message in a group, is not.
func TestReacted(t *testing.T) {
	reacted := func(chat, was, is string) string {
		return `{"message_reaction":{"chat":{"id":` + chat + `},"message_id":7,"user":{"id":42},"date":1,"old_reaction":` + was + `,"new_reaction":` + is + `}}`
	}
	thumb, heart := `{"type":"emoji","emoji":"👍"}`, `{"type":"emoji","emoji":"❤"}`
	for update, want := range map[string]string{
		reacted("42", `[]`, `[`+thumb+`]`):                                                                                 "👍",
		reacted("42", `[`+heart+`]`, `[`+heart+`,`+thumb+`]`):                                                              "👍",
		reacted("42", `null`, `[{"type":"custom_emoji"},`+heart+`]`):                                                       "❤",
		reacted("42", `[`+thumb+`]`, `[]`):                                                                                 "",
		reacted("42", `[]`, `[{"type":"custom_emoji","custom_emoji_id":"1"}]`):                                             "",
		reacted("-100", `[]`, `[`+thumb+`]`):                                                                               "",
		`{"message_reaction":{"chat":{"id":-100},"actor_chat":{"id":-100},"message_id":7,"new_reaction":[` + thumb + `]}}`: "",
	} {
		h := hear(t, reader(t), update)
		e, ok := h.Event.(coach.Reacted)
		if ok != (want != "") || e.Emoji != want || ok && (e.Ref != "42/7" || h.From != address(42)) {
			t.Errorf("%s: heard %+v, want %q", update, h, want)
		}
	}
}

// What was replied to is known by its first button, if the bot said it.
func TestReplied(t *testing.T) {
	receipt := `"reply_markup":{"inline_keyboard":[[{"text":"Undo","callback_data":"/undo 2026-11-24 hill"}]]}`
	for by, want := range map[string]string{ofBot: "/undo 2026-11-24 hill", `"message_id":5,"from":{"id":7}`: ""} {
		h := hear(t, reader(t), `{"message":{`+inPrivate+`,"text":"legs felt great","reply_to_message":{`+by+`,`+receipt+`}}}`)
		if said, ok := h.Event.(coach.Said); !ok || said.Replied != want {
			t.Errorf("replying to %s, heard %+v, want %q", by, h.Event, want)
		}
	}
}

// Pictures sent together are one thing.
func TestAlbum(t *testing.T) {
	p := reader(t)
	a := hear(t, p, `{"message":{`+inPrivate+`,"photo":[{}],"media_group_id":"9"}}`)
	b := hear(t, p, strings.Replace(`{"message":{`+inPrivate+`,"photo":[{}],"media_group_id":"9"}}`, `"message_id":5`, `"message_id":6`, 1))
	if a.Key != b.Key {
		t.Errorf("two pictures of one album have the keys %q and %q", a.Key, b.Key)
	}
}

// A correction counts if it changes the words and comes soon.
func TestEdited(t *testing.T) {
	for update, want := range map[string]bool{
		`{"edited_message":{` + inPrivate + `,"edit_date":1700000060,"text":"did hils"}}`:              false, // something else about it changed
		`{"edited_message":{` + inPrivate + `,"edit_date":1700000060,"text":"did hills"}}`:             true,
		`{"edited_message":{` + inPrivate + `,"edit_date":1700090000,"text":"did intervals"}}`:         false, // tidying up
		`{"edited_message":{` + inGroup + `,"edit_date":1700000060,"text":"@legcoach_bot did hills"}}`: false,
		`{"edited_message":{` + inPrivate + `,"edit_date":1700000060,"location":{"latitude":1}}}`:      false, // a live location moves
	} {
		p := reader(t)
		hear(t, p, `{"message":{`+inPrivate+`,"text":"did hils"}}`)
		if h := hear(t, p, update); (h.Event != nil) != want {
			t.Errorf("%s: heard %+v", update, h.Event)
		}
	}
}

// In a group the bot hears what is said to it, and nothing else.
func TestGroups(t *testing.T) {
	for _, c := range []struct{ message, text string }{
		{`"text":"did hills today"`, ""},
		{`"text":"/streak"`, ""},
		{`"text":"/streak@other_bot"`, ""},
		{`"text":"/streak@legcoach_bot2"`, ""},
		{`"text":"/streak@LEGCOACH_bot please"`, "/streak please"},
		{`"text":"@legcoach_bot does running tone legs?"`, "does running tone legs?"},
		{`"text":"hey @Legcoach_Bot, does running tone legs?"`, "hey does running tone legs?"},
		{`"text":"does running tone legs @legcoach_bot"`, "does running tone legs"},
		{`"text":"write to me@legcoach_bot.org or @legcoach_bot2"`, ""},
		{`"text":"@legcoach_bot"`, "/help"},
		{`"text":"does it?","reply_to_message":{` + ofBot + `}`, "does it?"},
		{`"text":"does it?","reply_to_message":{"message_id":4,"from":{"id":7}}`, ""},
		{`"text":"hello","reply_to_message":{` + ofBot + `,"forum_topic_created":{"name":"x"}}`, ""},
		{`"text":"Coach, does it?","entities":[{"type":"text_mention","offset":0,"length":5,"user":{"id":666}}]`, "Coach, does it?"},
		{`"text":"/streak@legcoach_bot","sender_chat":{"id":-100}`, ""},
		{`"photo":[{}]`, ""},
		{`"new_chat_members":[{"id":666}]`, ""},
		{`"migrate_to_chat_id":-200`, ""},
	} {
		h := hear(t, reader(t), `{"message":{`+inGroup+`,`+c.message+`}}`)
		said, _ := h.Event.(coach.Said)
		if said.Text != c.text || h.Event != nil && (h.From != address(42) || said.Where != address(-100)) {
			t.Errorf("%s: heard %+v, want %q", c.message, h, c.text)
		}
	}
}

// Whoever taps what was said to somebody else is told so, and nothing happens.
func TestForeignTap(t *testing.T) {
	p := reader(t)
	for who, want := range map[int]bool{42: true, 43: false} {
		n, err := p.read(fmt.Appendf(nil, `{"update_id":1,"callback_query":{"id":"q%d","from":{"id":%d},"data":"/undo","message":{"message_id":9,"date":5,"chat":{"id":-100,"type":"group"},"reply_to_message":{"message_id":8,"from":{"id":42}}}}}`, who, who), time.Now())
		if err != nil || (n.heard.Event != nil) != want || (n.toast == "") != want || n.tap == "" {
			t.Errorf("person %d: %+v, %v", who, n, err)
		}
	}
}

// Blocking and unblocking in private are heard; groups come and go in silence.
func TestMember(t *testing.T) {
	p := reader(t)
	for update, want := range map[string]coach.Event{
		`{"my_chat_member":{"chat":{"id":42,"type":"private"},"new_chat_member":{"status":"kicked"}}}`:   coach.Left{At: address(42)},
		`{"my_chat_member":{"chat":{"id":42,"type":"private"},"new_chat_member":{"status":"member"}}}`:   coach.Returned{At: address(42)},
		`{"my_chat_member":{"chat":{"id":-1,"type":"group"},"new_chat_member":{"status":"member"}}}`:     nil,
		`{"my_chat_member":{"chat":{"id":-1,"type":"group"},"new_chat_member":{"status":"kicked"}}}`:     nil,
		`{"message_reaction":{"chat":{"id":42,"type":"private"},"message_id":5}}`:                        nil,
		`{"message":{"message_id":5,"date":1,"chat":{"id":-7,"type":"channel"},"text":"news"}}`:          nil,
		`{"message":{"message_id":5,"date":1,"chat":{"id":42},"from":{"id":9,"is_bot":true},"text":""}}`: nil,
	} {
		if h := hear(t, p, update); !reflect.DeepEqual(h.Event, want) {
			t.Errorf("%s: heard %+v, want %+v", update, h.Event, want)
		}
	}
}

// Whatever arrives is read, refused or passed over, and never a panic.
func FuzzUpdate(f *testing.F) {
	for _, s := range []string{
		`{"update_id":1,"message":{` + inPrivate + `,"text":"/start@ x"}}`, `{"update_id":1,"message":{` + inGroup + `,"caption":"@legcoach_bot"}}`,
		`{"update_id":1,"callback_query":{"id":"1","from":{"id":1},"data":"\u001f"}}`, `{"update_id":1,"message":{"reply_to_message":{}}}`, `null`, `[]`, `{"update_id":1e99}`,
	} {
		f.Add([]byte(s))
	}
	p := reader(f)
	f.Fuzz(func(t *testing.T, raw []byte) {
		n, err := p.read(raw, time.Unix(1, 0))
		if err != nil && strings.Contains(err.Error(), "panicked") {
			t.Fatal(err)
		}
		if n.heard.Event != nil && (n.heard.From == "" || n.heard.Key == "") {
			t.Errorf("heard %+v of nobody", n.heard)
		}
		shape(raw)
	})
}
