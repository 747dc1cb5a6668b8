package discord

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// Send says one message: as the answer of the interaction in its handle while
// that can be answered, else in its channel.
func (p *Platform) Send(ctx context.Context, m bot.Message) (string, error) {
	h := readHandle(m.Line.Handle)
	if h.ID != "" {
		return p.answer(ctx, m, h)
	}
	return p.say(ctx, m, h)
}

// say says a message of its own, or changes an earlier one. Its ref is "channel/message".
func (p *Platform) say(ctx context.Context, m bot.Message, h handle) (string, error) {
	if target := changes(m, h); target != "" {
		changed, err := p.edit(ctx, m, target, h)
		if changed || err != nil {
			return target, err
		}
	}
	if m.Line.Quiet || p.react(ctx, m, h) {
		return "", nil
	}
	channel, who, err := p.channel(ctx, m, h)
	if err != nil {
		return "", err
	}
	var ref string
	for i, part := range p.render(m.Line, publicOwner(who, h), who == "") {
		if i == 0 && h.ID == "" && who == "" && h.Channel == channel && h.Message != "" {
			part.Reference = &reference{Message: h.Message}
		}
		id, err := p.post(ctx, channel, who, part, nonce(m, i))
		if err != nil {
			return "", err
		}
		ref = channel + "/" + id
	}
	return ref, nil
}

// react puts a line's emoji on the message that it answers in private, instead of
// saying the line; false if there is none, or Discord did not take it.
func (p *Platform) react(ctx context.Context, m bot.Message, h handle) bool {
	if m.Line.Reaction == "" || h.ID != "" || !h.Direct || h.Message == "" {
		return false
	}
	k := call{method: http.MethodPut, repeatable: true,
		path: "/channels/" + h.Channel + "/messages/" + h.Message + "/reactions/" + url.PathEscape(m.Line.Reaction) + "/@me"}
	return p.full(k) == nil && p.client.do(ctx, k, nil) == nil
}

// publicOwner is whose choices a message's are if it is not said in private.
func publicOwner(who string, h handle) string {
	if who != "" {
		return ""
	}
	return h.User
}

// changes is the message that a line is put in place of; empty if it is said anew.
func changes(m bot.Message, h handle) string {
	switch {
	case m.Line.Replaces != "" && m.Ref != "":
		return m.Ref
	case h.replaces(m.Line, m.Ref) && !h.Hidden:
		return h.Channel + "/" + h.Message
	}
	return ""
}

// edit puts a line in place of a message; false if that message cannot be changed any more.
func (p *Platform) edit(ctx context.Context, m bot.Message, target string, h handle) (bool, error) {
	channel, id, _ := strings.Cut(target, "/")
	if !snowflake(channel) || !snowflake(id) {
		return false, nil
	}
	parts := p.render(m.Line, h.owner(m.Line), h.Plain || inRoom(m.To))
	part := parts[0]
	part.Flags = 0
	if len(parts) > 1 || len(part.files) > 0 {
		return false, nil // it no longer fits into one message
	}
	k := call{method: http.MethodPatch, path: "/channels/" + channel + "/messages/" + id, body: part, repeatable: true}
	if err := p.full(k); err != nil {
		return false, err
	}
	err := p.client.do(ctx, k, nil)
	var f *fault
	if errors.As(err, &f) && (f.status == http.StatusNotFound || f.status == http.StatusForbidden || f.code == 30046) && !f.strange {
		return false, nil // deleted, not ours to change, or changed too often for its age
	}
	return err == nil, p.fate(ctx, err, "")
}

// inRoom reports whether an address is a channel of a server.
func inRoom(to coach.ID) bool { return strings.HasPrefix(to.Local(), "c") }

// channel finds where a message goes. Who is the person, if it goes to their private channel.
func (p *Platform) channel(ctx context.Context, m bot.Message, h handle) (id, who string, err error) {
	local := m.To.Local()
	hidden := m.Line.Private || h.ID != "" && !h.Open // an answer that was for one person alone stays so
	if c, found := strings.CutPrefix(local, "c"); found && snowflake(c) && !hidden {
		return c, "", nil
	}
	for _, candidate := range []string{local, h.User, m.Runner.Local()} {
		if snowflake(candidate) {
			who = candidate
			break
		}
	}
	if who == "" {
		return "", "", fmt.Errorf("%q is no address on discord: %w", m.To, bot.ErrRefused)
	}
	if h.Direct && h.User == who && h.Channel != "" {
		return h.Channel, who, nil
	}
	c, err := p.direct.find(ctx, who)
	if err != nil {
		return "", "", err
	}
	if c.id == "" {
		c.id, err = p.open(ctx, who, working)
	}
	return c.id, who, err
}

// open opens a person's private channel.
func (p *Platform) open(ctx context.Context, who string, state byte) (string, error) {
	if wait := p.direct.forbidden(time.Now()); wait > 0 {
		return "", &bot.DelayError{After: wait}
	}
	var c struct{ ID string }
	k := call{method: http.MethodPost, path: "/users/@me/channels", body: map[string]string{"recipient_id": who}, repeatable: true}
	if err := p.full(k); err != nil {
		return "", err
	}
	switch err := p.client.do(ctx, k, &c); {
	case refusedWith(err, 40003): // opening too fast: https://docs.discord.com/developers/topics/opcodes-and-status-codes
		p.log.log.Error("discord wants no more private channels opened for now; waiting an hour")
		p.direct.forbid(time.Now().Add(time.Hour))
		return "", &bot.DelayError{After: time.Hour}
	case refusedWith(err, 50007, 50278, 50033, 10013):
		return "", fmt.Errorf("%w: %w", bot.ErrGone, err)
	case err != nil:
		return "", p.fate(ctx, err, "")
	case !snowflake(c.ID):
		return "", errors.New("open a private channel: discord names none")
	}
	return c.ID, p.direct.set(ctx, who, channel{c.ID, state})
}

// post creates a message in a channel. Who is the person, if the channel is their private one.
func (p *Platform) post(ctx context.Context, channel, who string, part message, nonce string) (id string, err error) {
	part.Nonce, part.Enforce = nonce, true
	k := call{method: http.MethodPost, path: "/channels/" + channel + "/messages", body: part, files: part.attachments(), nonced: true}
	if err := p.full(k); err != nil {
		return "", err
	}
	var made struct{ ID string }
	err = p.client.do(ctx, k, &made)
	if who != "" && refusedWith(err, 10003) {
		return p.reopen(ctx, channel, who, part, nonce, err)
	}
	if err == nil && who != "" {
		_, err = p.direct.learn(ctx, who, channel) // what works is open
		return made.ID, err
	}
	return made.ID, p.fate(ctx, err, who)
}

// reopen says a message in a person's new channel after the old one went away, once.
func (p *Platform) reopen(ctx context.Context, old, who string, part message, nonce string, reason error) (string, error) {
	known, err := p.direct.find(ctx, who)
	if err != nil {
		return "", err
	}
	if known.state == suspect {
		return "", p.gone(ctx, who, known, reason)
	}
	renewed, err := p.open(ctx, who, suspect)
	if err != nil {
		return "", err
	}
	if renewed == old {
		return "", p.gone(ctx, who, channel{renewed, suspect}, reason)
	}
	return p.post(ctx, renewed, who, part, nonce)
}

// full is the delay that a call's channel asks for; nil if it takes more.
func (p *Platform) full(k call) error {
	if d := p.client.rooms.wait(k.path); d > 0 {
		return &bot.DelayError{After: d}
	}
	return nil
}

// missing is how long a person is left alone whose channel was not accessible once.
const missing = 10 * time.Minute

// fate turns what became of a call into what the bot understands. Who is the
// person whose private channel it was for, if it was for one.
func (p *Platform) fate(ctx context.Context, err error, who string) error {
	var f *fault
	if err == nil || !errors.As(err, &f) {
		return err
	}
	switch {
	case f.strange && f.status < 500, f.status == http.StatusTooManyRequests && f.global:
		return &bot.DelayError{After: max(f.after, time.Second), All: true}
	case f.status == http.StatusTooManyRequests:
		return &bot.DelayError{After: f.after + rand.N(250*time.Millisecond)}
	case f.status == http.StatusUnauthorized:
		return &bot.DelayError{After: time.Minute, All: true}
	case f.reached && !f.repeatable:
		return fmt.Errorf("%w: %w", bot.ErrUnknown, err)
	case f.status == 0, f.status >= 500:
		return err
	case f.status == http.StatusForbidden, f.code == 10003, f.code == 50007:
		return p.unreachable(ctx, who, f)
	}
	return fmt.Errorf("%w: %w", bot.ErrRefused, err)
}

// unreachable is what becomes of somebody whose channel is closed to the bot.
// A channel that is merely not accessible gets a second chance: Discord says so now and then of one that is.
func (p *Platform) unreachable(ctx context.Context, who string, f *fault) error {
	if who == "" { // a channel that is closed to the bot says nothing about the person
		return fmt.Errorf("%w: %w", bot.ErrRefused, f)
	}
	known, err := p.direct.find(ctx, who)
	if err != nil {
		return err
	}
	if f.code != 50001 || known.state == suspect || known.state == closed {
		return p.gone(ctx, who, known, f)
	}
	if _, err := p.open(ctx, who, suspect); err != nil {
		return err
	}
	return &bot.DelayError{After: missing}
}

// gone remembers that a person cannot be written to.
func (p *Platform) gone(ctx context.Context, who string, known channel, reason error) error {
	if known.id != "" {
		if err := p.direct.set(ctx, who, channel{known.id, closed}); err != nil {
			p.log.warn("remember that somebody cannot be reached", err)
		}
	}
	return fmt.Errorf("%w: %w", bot.ErrGone, reason)
}

// nonce is the same for every attempt to say a part of a message, and for no
// other message, even of another store. Discord takes up to 25 characters.
func nonce(m bot.Message, part int) string {
	n := strconv.FormatUint(m.Seq, 36) + "-" + strconv.FormatInt(m.Queued.UnixMilli(), 36)
	if part > 0 {
		n += "." + strconv.Itoa(part)
	}
	return n
}
