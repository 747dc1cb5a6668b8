package discord

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
)

// seen are the messages that stand in a channel.
func (f *fake) seen(channel string) (all []fakePost) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, p := range f.posts {
		if p.Channel == channel && !p.deleted && p.Flags&flagLoading == 0 {
			all = append(all, *p)
		}
	}
	return all
}

// asked counts the requests that a pattern matches.
func (f *fake) asked(pattern string) (n int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, line := range f.requests {
		if ok, _ := regexp.MatchString("^"+pattern+"$", line); ok {
			n++
		}
	}
	return n
}

// text is what a person reads, without Discord's decoration.
func (p fakePost) text() string {
	all := p.Content
	for _, e := range p.Embeds {
		all += "\n\n" + e.Title + "\n" + strings.ReplaceAll(e.Description, "**", "")
		for _, f := range e.Fields {
			all += "\n" + f.Name + ": " + f.Value
		}
		if e.Footer != nil {
			all += "\n" + escape(e.Footer.Text)
		}
	}
	all = strings.TrimSpace(all)
	for _, file := range p.files {
		all += "\n\n" + file
	}
	all = regexp.MustCompile(`(?m)^(> )?(-# )?`).ReplaceAllString(all, "")
	all = regexp.MustCompile(` \(<t:\d+:R>\)`).ReplaceAllString(all, "")
	return regexp.MustCompile(`\\([^\sA-Za-z0-9])`).ReplaceAllString(all, "$1")
}

// buttons are a message's labels and custom ids.
func (p fakePost) buttons() (labels, ids []string) {
	for _, raw := range p.Components {
		var r struct {
			Components []struct {
				Label    string `json:"label"`
				CustomID string `json:"custom_id"`
			} `json:"components"`
		}
		_ = json.Unmarshal(raw, &r)
		for _, c := range r.Components {
			labels, ids = append(labels, c.Label), append(ids, c.CustomID)
		}
	}
	return labels, ids
}

// interact plays a person's interaction. Change may set what the test needs.
func (f *fake) interact(kind int, who string, direct bool, data any, change func(map[string]any)) *fakeInteraction {
	f.mu.Lock()
	i := &fakeInteraction{id: f.id(), kind: kind, channel: hall, done: make(chan struct{})}
	i.token = "aW50ZXJhY3Rpb246" + i.id + "secret"
	if direct {
		i.channel = aliceDM
	}
	e := map[string]any{"id": i.id, "application_id": testApp, "type": kind, "token": i.token, "channel_id": i.channel,
		"data": data, "locale": "de", "version": 1}
	if direct {
		e["context"], e["user"] = 1, map[string]any{"id": who}
	} else {
		e["context"], e["guild_id"], e["member"] = 0, guild, map[string]any{"user": map[string]any{"id": who}}
	}
	if change != nil {
		change(e)
	}
	f.interactions[i.id], f.tokens[i.token] = i, i
	f.mu.Unlock()
	f.gate.dispatch("INTERACTION_CREATE", e)
	return i
}

// tap plays somebody tapping a button of a message.
func (f *fake) tap(who string, direct bool, p fakePost, customID string) *fakeInteraction {
	var i *fakeInteraction
	f.mu.Lock()
	original := f.post(p.ID)
	f.mu.Unlock()
	i = f.interact(tap, who, direct, map[string]any{"custom_id": customID, "component_type": 2}, func(e map[string]any) {
		m := original.api()
		m["interaction_metadata"] = map[string]any{"user": map[string]any{"id": who}}
		e["message"] = m
	})
	f.mu.Lock()
	defer f.mu.Unlock()
	i.message = original
	return i
}

// slash plays a command.
func (f *fake) slash(who string, direct bool, name string, options ...map[string]any) *fakeInteraction {
	return f.interact(slash, who, direct, map[string]any{"id": "1", "name": name, "type": 1, "options": options}, nil)
}

func opt(name string, value any) map[string]any {
	return map[string]any{"name": name, "type": 3, "value": value}
}

// say plays a person writing.
func (f *fake) say(who string, direct bool, text string) map[string]any {
	m := map[string]any{"id": f.mint(), "channel_id": aliceDM, "author": map[string]any{"id": who}, "content": text, "type": 0}
	if !direct {
		m["channel_id"], m["guild_id"] = hall, guild
	}
	f.mu.Lock()
	f.written = append(f.written, m)
	f.mu.Unlock()
	f.gate.dispatch("MESSAGE_CREATE", m)
	return m
}

func (i *fakeInteraction) String() string { return fmt.Sprintf("interaction %s", i.id) }
