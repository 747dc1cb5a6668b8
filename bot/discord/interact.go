package discord

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// interaction takes a command, a tap, a form or a question for suggestions,
// from the gateway or over HTTP. It must not wait. It reports false if the same
// interaction came before.
func (p *Platform) interaction(i *interaction) bool {
	i.ChannelID = orElse(i.ChannelID, i.Channel.ID)
	if !i.sound() {
		return false
	}
	if i.Type == autocomplete {
		p.suggest(i)
		return true
	}
	if i.Type != slash && i.Type != tap && i.Type != submit {
		return false
	}
	r, first := p.replies.add(i.ID, time.Now())
	if !first {
		return false
	}
	h := i.handle(p.shared(i), p.client.now())
	if kind, data := p.atOnce(i, h); kind != 0 {
		p.aside(r, h, kind, data)
		return true
	}
	text, key := p.text(i)
	said := coach.Said{Text: text, Tapped: i.Type == tap, Nudge: key, Handle: h.String(), Sent: minted(i.ID), Locale: i.Locale}
	if i.Data.Type == contextMessage && i.Type == slash {
		said.Sent = minted(i.Data.TargetID)
	}
	if !h.Direct {
		said.Where = room(i.ChannelID)
	}
	p.heard(i, r, h, bot.Heard{From: address(h.User), Key: Name + "/" + i.ID, Event: said})
	return true
}

// heard queues an interaction, with a watch that acknowledges it in time.
func (p *Platform) heard(i *interaction, r *reply, h handle, e bot.Heard) {
	l := p.hear.Load()
	if l == nil {
		return
	}
	watch := time.AfterFunc(p.config.patch-min(p.config.patch, max(0, p.age(h))), func() { p.guard(func() { p.think(l.ctx, r, h) }) })
	queued := p.queue(h.User, func(ctx context.Context, l *hearing) {
		asks := i.Type == slash && p.command(i.Data.Name).Opens
		if h.Direct && h.Channel != "" {
			p.returned(ctx, l, h.User, h.Channel, i.ID)
		} else if c, err := p.direct.find(ctx, h.User); err == nil && asks && c.state == closed {
			p.returned(ctx, l, h.User, c.id, i.ID) // it is worth another try
		}
		p.offer(ctx, l, e)
		if asks && !h.Direct {
			p.befriend(ctx, h.User)
		}
	})
	if !queued {
		watch.Stop()
		p.aside(r, h, answerMessage, p.note(p.config.Words.Busy))
	}
}

// befriend opens the private channel of somebody who just asked for what will come there.
func (p *Platform) befriend(ctx context.Context, who string) {
	if c, err := p.direct.find(ctx, who); err == nil && c.id == "" {
		if _, err := p.open(ctx, who, working); err != nil {
			p.log.warn("open a private channel", err)
		}
	}
}

// guard keeps a panic to what made it.
func (p *Platform) guard(do func()) {
	p.lanes.run(context.Background(), func(context.Context) { do() })
}

// aside answers an interaction without asking anybody, beside the lanes.
func (p *Platform) aside(r *reply, h handle, kind int, data any) {
	l := p.hear.Load()
	if l == nil {
		return
	}
	go p.guard(func() {
		r.mu.Lock()
		defer r.mu.Unlock()
		if r.state != fresh || p.age(h) > callbackWithin {
			return
		}
		r.state = answered
		if err := p.callback(l.ctx, h, kind, data); err != nil {
			p.log.warn("answer an interaction", err)
		}
	})
}

// note is something that the platform itself says to one person alone.
func (p *Platform) note(text string) message {
	return message{Content: escape(text), Embeds: []embed{}, Components: []any{}, Mentions: mentions{[]string{}}, Flags: flagEphemeral}
}

// atOnce is the answer of an interaction that is none of the coach's business: kind is zero if it is one.
func (p *Platform) atOnce(i *interaction, h handle) (kind int, data any) {
	if form := p.opened(i); form != nil {
		return answerForm, form.modal(i.Locale)
	}
	if i.Type == tap {
		if _, _, owner := unmark(i.Data.CustomID); owner != "" && owner != h.User {
			return answerMessage, p.note(p.config.Words.Foreign)
		}
	}
	if i.Type == slash && i.Data.Type == contextMessage {
		target := i.target()
		if target.Author == nil || target.Author.ID != h.User {
			return answerMessage, p.note(p.config.Words.NotOwn)
		}
	}
	return 0, nil
}

// target is the message that a context menu was opened on.
func (i *interaction) target() post { return i.Data.Resolved.Messages[i.Data.TargetID] }

// shared reports whether everybody may see the answer, as the person asked.
func (p *Platform) shared(i *interaction) bool {
	if i.private() || p.config.Share.Name == "" {
		return false
	}
	for _, o := range i.Data.Options {
		if o.Name == p.config.Share.Name {
			return o.text() == "true"
		}
	}
	return false
}

// text is what an interaction says, as it could be typed, and the name of the line it answers.
func (p *Platform) text(i *interaction) (text, key string) {
	switch {
	case i.Type == tap && len(i.Data.Values) > 0:
		_, key, _ = unmark(i.Data.CustomID)
		return strings.Join(i.Data.Values, "\n"), key
	case i.Type == tap:
		text, key, _ = unmark(i.Data.CustomID)
		return text, key
	case i.Type == submit:
		return p.filled(i), ""
	case i.Data.Type == contextMessage:
		if text, _ = p.spoken(i.target()); text != "" {
			return text, ""
		}
		return p.command(i.Data.Name).Says, ""
	}
	command := p.command(i.Data.Name)
	words := []string{"/" + i.Data.Name}
	for _, o := range command.Options { // in the command's order, whatever the person's
		words = append(words, values(i.Data.Options, o.Name)...)
	}
	if command.Name == "" { // registered by somebody else, or before
		words = append(words, values(i.Data.Options, "")...)
	}
	return strings.TrimSpace(strings.Join(words, " ")), ""
}

// values are what was given for an option; for all of them if name is empty.
func values(all []given, name string) (words []string) {
	for _, g := range all {
		if len(g.Options) > 0 {
			words = append(words, g.Name)
			words = append(words, values(g.Options, name)...)
		} else if text := g.text(); (name == "" || g.Name == name) && text != "" && text != "null" {
			words = append(words, text)
		}
	}
	return words
}

const (
	// suggestWithin is how old a question for suggestions may be, and suggestFor how long answering may take.
	suggestWithin = 2500 * time.Millisecond
	suggestFor    = 1500 * time.Millisecond
	suggestMost   = 25
)

// suggest answers while a person types. It is never deferred and waits for nobody's lane.
func (p *Platform) suggest(i *interaction) {
	l := p.hear.Load()
	if l == nil {
		return
	}
	go p.guard(func() {
		h := i.handle(false, p.client.now())
		if p.age(h) > suggestWithin {
			return
		}
		ctx, cancel := context.WithTimeout(l.ctx, suggestFor)
		defer cancel()
		data := struct {
			Choices []suggestion `json:"choices"`
		}{p.suggestions(ctx, i)}
		var f *fault
		err := p.callback(ctx, h, answerSuggest, data)
		if err != nil && !(errors.As(err, &f) && f.status == http.StatusNotFound) { // they typed on
			p.log.warn("suggest while typing", err)
		}
	})
}

type suggestion struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// suggestions are never none: Discord shows an error then.
func (p *Platform) suggestions(ctx context.Context, i *interaction) []suggestion {
	typed, found := focused(i.Data.Options)
	var all []suggestion
	if p.config.Suggest != nil {
		for _, c := range p.config.Suggest(ctx, i.Data.Name, found, typed) {
			if len(all) < suggestMost && c.Name != "" && c.Value != "" {
				all = append(all, suggestion{clip(c.Name, maxOption), clip(c.Value, maxOption)})
			}
		}
	}
	if len(all) == 0 {
		words := orElse(clip(typed, maxOption), p.config.Words.Nothing)
		all = append(all, suggestion{words, words})
	}
	return all
}

// focused is the option that is being typed.
func focused(all []given) (typed, name string) {
	for _, g := range all {
		if g.Focused {
			return g.text(), g.Name
		}
		if typed, name = focused(g.Options); name != "" {
			return typed, name
		}
	}
	return "", ""
}

// String names an interaction without its token.
func (i *interaction) String() string { return fmt.Sprintf("interaction %s", i.ID) }
