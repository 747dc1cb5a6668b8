package discord

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
)

// Suggestions are never none, never deferred and never late.
func TestSuggestions(t *testing.T) {
	r := newRig(t, func(c *Config) {
		c.Commands = sample
		c.Suggest = func(_ ctx, command, option, typed string) (all []Choice) {
			if command == "timezone" && option == "place" && typed == "Lis" {
				for n := range 40 {
					all = append(all, Choice{Name: fmt.Sprint("Lisbon ", n), Value: "Europe/Lisbon"})
				}
			}
			return all
		}
	})
	for typed, want := range map[string]int{"Lis": 25, "xyz": 1, "": 1} {
		i := r.interact(autocomplete, alice, true, map[string]any{"name": "timezone", "options": []any{map[string]any{"name": "place", "type": 3, "value": typed, "focused": true}}}, nil)
		r.ackOf(i)
		var data struct{ Choices []suggestion }
		_ = json.Unmarshal(i.ack.Data, &data)
		if len(data.Choices) != want {
			t.Errorf("%q: %d suggestions, want %d", typed, len(data.Choices), want)
		}
	}
}

var setUp = Form{Name: "setup", Opens: []string{"/start", "/setup"}, Title: "Your week", Titles: map[string]string{"de": "Deine Woche"}, Fields: []Field{
	{Name: "days", Label: "Days", Placeholder: "mon hill, tue rest", Says: "/plan "},
	{Name: "zone", Label: "Where are you?", Says: "/timezone ", Required: true},
	{Name: "level", Label: "Level", Says: "/level ", Options: []Choice{{Name: "New", Value: "new"}, {Name: "Regular", Value: "regular"}}},
}}

// One form sets everything up; it is read from old rows and new labels alike.
func TestForm(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands, c.Forms = sample, []Form{setUp} })
	i := r.slash(alice, true, "start")
	kind, _ := r.ackOf(i)
	var m modal
	_ = json.Unmarshal(i.ack.Data, &m)
	if kind != answerForm || m.CustomID != "form setup" || m.Title != "Deine Woche" || len(m.Components) != 3 {
		t.Fatalf("answered with type %d, %+v", kind, m)
	}
	for n, fields := range [][]any{
		{map[string]any{"type": 18, "component": map[string]any{"type": 4, "custom_id": "zone", "value": "lisbon"}},
			map[string]any{"type": 18, "component": map[string]any{"type": 3, "custom_id": "level", "values": []string{"new"}}},
			map[string]any{"type": 77, "value": 3}},
		{map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": "zone", "value": "lisbon\n"}}},
			map[string]any{"type": 1, "components": []any{map[string]any{"type": 4, "custom_id": "level", "value": "new"}}}},
	} {
		r.ackOf(r.interact(submit, alice, true, map[string]any{"custom_id": "form setup", "components": fields}, nil))
		if said := r.next(n + 1); said.Text != "/timezone lisbon\n/level new" {
			t.Errorf("heard %q", said.Text)
		}
	}
}

// The menu of a message logs one's own message, whatever else is on it.
func TestContextMenu(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands = sample })
	on := func(author string) *fakeInteraction {
		return r.interact(slash, alice, false, map[string]any{"name": "Log this as a session", "type": 3, "target_id": "600000000000000001",
			"resolved": map[string]any{"messages": map[string]any{"600000000000000001": map[string]any{"id": "600000000000000001",
				"author": map[string]any{"id": author}, "content": "did hills this morning", "components": []any{map[string]any{"type": 20, "id": 1}}}}}}, nil)
	}
	r.ackOf(on(alice))
	if said := r.next(1); said.Text != "did hills this morning" || !said.Sent.Equal(minted("600000000000000001")) {
		t.Errorf("heard %+v", said)
	}
	_, answer := r.ackOf(on(bob))
	if answer.text() != english.NotOwn || len(r.said()) != 1 {
		t.Errorf("answered %q, heard %d", answer.text(), len(r.said()))
	}
}

// A mention in a server is answered there; other talk is not heard.
func TestMention(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	r.say(alice, false, "nobody asked you")
	r.say(alice, false, "<@"+testApp+"> does running tone legs?")
	said := r.next(1)
	if said.Text != "does running tone legs?" || said.Where != "discord/c"+hall {
		t.Errorf("heard %+v", said)
	}
	r.answer = func(coach.Said) []coach.Line { return []coach.Line{{Text: "Yes.", To: "discord/c" + hall}} }
	r.say(alice, false, "<@"+testApp+"> really?")
	r.reads(hall, "Yes.")
}

// What carries no words is heard as what it is.
func TestWithoutWords(t *testing.T) {
	r := newRig(t, nil)
	for _, m := range []map[string]any{
		{"flags": flagVoice, "attachments": []any{map[string]any{"content_type": "audio/ogg"}}},
		{"attachments": []any{map[string]any{"content_type": "image/png"}}},
		{"sticker_items": []any{map[string]any{"id": "1"}}},
		{"attachments": []any{map[string]any{"content_type": "application/pdf"}}},
	} {
		m["id"], m["channel_id"], m["author"], m["content"] = r.mint(), aliceDM, map[string]any{"id": alice}, ""
		r.gate.dispatch("MESSAGE_CREATE", m)
	}
	var got []string
	r.until("hearing", 10*time.Second, func() bool { r.mu.Lock(); defer r.mu.Unlock(); return len(r.heard) == 4 })
	for _, h := range r.heard {
		got = append(got, h.Event.(coach.Sent).What)
	}
	if want := []string{"voice", "photo", "sticker", "other"}; !slices.Equal(got, want) {
		t.Errorf("heard %v, want %v", got, want)
	}
}

// An id that does not tell when it was made makes nothing late: the interaction is as old as it is known.
func TestIDsThatTellNoTime(t *testing.T) {
	p, err := Open(Config{Token: testToken, API: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	for id, told := range map[string]bool{"1": false, "18446744073709551615": false, fmt.Sprint(uint64(now.UnixMilli()-1420070400000-1500) << 22): true} {
		i := &interaction{ID: id, App: "1", Token: "t", User: &user{ID: "4"}}
		h := i.handle(false, now)
		if age := p.age(h); !told && age.Abs() > time.Second || told && age < time.Second {
			t.Errorf("the interaction %s is %v old", id, age)
		}
		if again := readHandle(h.String()); again != h {
			t.Errorf("the handle %+v comes back as %+v", h, again)
		}
	}
}

// The new words of a message are heard as put in place of the old ones: once for
// each edit, and only while they are a correction.
func TestEdits(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	r.answer = nil
	id := r.mint()
	edit := func(text string, change map[string]any) {
		m := map[string]any{"id": id, "channel_id": aliceDM, "author": map[string]any{"id": alice}, "content": text, "edited_timestamp": minted(id).Add(time.Minute)}
		maps.Copy(m, change)
		r.gate.dispatch("MESSAGE_UPDATE", m)
	}
	edit("a link was looked at", map[string]any{"edited_timestamp": nil})
	edit("in a server", map[string]any{"guild_id": guild})
	edit("much later", map[string]any{"edited_timestamp": minted(id).Add(2 * time.Hour)})
	edit("", nil)
	edit("by a bot", map[string]any{"author": map[string]any{"id": alice, "bot": true}})
	edit("did intervals", nil)
	if s := r.next(1); s.Text != "did intervals" || !s.Was.Equal(minted(id)) || !s.Sent.Equal(minted(id).Add(time.Minute)) {
		t.Errorf("heard %+v", s)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.heard) != 1 || !strings.HasPrefix(r.heard[0].Key, Name+"/"+id+"/") {
		t.Errorf("heard %+v, want one edit with a key of its own", r.heard)
	}
}

// A thank-you gets an emoji in private, and words wherever that fails.
func TestReactsOrSays(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	h := handle{Channel: aliceDM, User: alice, Message: r.mint(), Direct: true}
	line := coach.Line{Text: "You're welcome.", Reaction: "👍", Handle: h.String()}
	ref, err := r.send(line)
	if err != nil || ref != "" || len(r.posts) != 0 {
		t.Errorf("the reaction is %q, %v, with %d messages", ref, err, len(r.posts))
	}
	r.fault(fakeFault{match: "PUT /channels/.*", times: 1, status: 403, body: `{"code":50013,"message":"Missing Permissions"}`})
	if ref, err = r.send(line); err != nil || ref == "" || len(r.posts) != 1 {
		t.Errorf("without permission it is %q, %v, with %d messages, want words", ref, err, len(r.posts))
	}
}

// An emoji on a message of the bot, and a reply to it, say which message they are about.
func TestReactionsAndReplies(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	r.answer = nil
	emoji := func(id any, name string) map[string]any { return map[string]any{"id": id, "name": name} }
	r.gate.dispatch("MESSAGE_REACTION_ADD", map[string]any{"user_id": alice, "channel_id": aliceDM, "message_id": "77", "emoji": emoji("5", "own")})
	r.gate.dispatch("MESSAGE_REACTION_ADD", map[string]any{"user_id": alice, "channel_id": hall, "guild_id": guild, "message_id": "77", "emoji": emoji(nil, "✅")})
	r.gate.dispatch("MESSAGE_REACTION_ADD", map[string]any{"user_id": testApp, "channel_id": aliceDM, "message_id": "77", "emoji": emoji(nil, "✅")})
	r.gate.dispatch("MESSAGE_REACTION_ADD", map[string]any{"user_id": alice, "channel_id": aliceDM, "message_id": "77", "emoji": emoji(nil, "✅")})
	receipt := map[string]any{"id": "78", "components": []any{map[string]any{"type": 1, "components": []any{
		map[string]any{"type": 2, "label": "Undo", "custom_id": mark("/undo 2026-11-24 hill", "2026-11-24/hill", "")}}}}}
	r.gate.dispatch("MESSAGE_CREATE", map[string]any{"id": r.mint(), "channel_id": aliceDM, "author": map[string]any{"id": alice}, "content": "legs like jelly",
		"type": 19, "referenced_message": receipt})
	if s := r.next(1); s.Text != "legs like jelly" || s.Nudge != "2026-11-24/hill" || s.Replied != "/undo 2026-11-24 hill" {
		t.Errorf("heard %+v", s)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.heard) != 2 {
		t.Fatalf("heard %d events, want a reaction and a reply: %+v", len(r.heard), r.heard)
	}
	if e, is := r.heard[0].Event.(coach.Reacted); !is || e.Emoji != "✅" || e.Ref != aliceDM+"/77" || r.heard[0].From != address(alice) {
		t.Errorf("heard %+v", r.heard[0])
	}
}
