package discord

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// callback gives an interaction's first answer.
func (p *Platform) callback(ctx context.Context, h handle, kind int, data any) error {
	body := struct {
		Type int `json:"type"`
		Data any `json:"data,omitempty"`
	}{kind, data}
	k := call{method: http.MethodPost, path: "/interactions/" + h.ID + "/" + url.PathEscape(h.Token) + "/callback", body: body, limit: max(time.Second, answerUntil-max(0, p.age(h))), free: true, repeatable: true}
	if m, is := data.(message); is {
		k.files = m.attachments()
	}
	return p.client.do(ctx, k, nil)
}

// hook is an interaction's webhook, where its answers are changed and added to.
func hook(h handle, rest string) string {
	return "/webhooks/" + h.App + "/" + url.PathEscape(h.Token) + rest
}

const original = "/messages/@original"

// think defers an answer that takes long, in time.
func (p *Platform) think(ctx context.Context, r *reply, h handle) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.state != fresh {
		return
	}
	if p.age(h) > callbackWithin {
		r.state = late
		return
	}
	kind, next, data := answerDefer, thinking, any(nil)
	if h.Kind == tap {
		kind, next = answerSilently, waved
	} else if !h.Direct && !h.Open {
		data = map[string]int{"flags": flagEphemeral}
	}
	switch err := p.callback(ctx, h, kind, data); {
	case err == nil:
		r.state = next
	case refusedWith(err, 10062):
		r.state = late
	case maybeDone(err):
		r.state = unsure
	default:
		p.log.warn("tell that an answer is coming", err)
	}
}

// age is how old an interaction is by Discord's own clock.
func (p *Platform) age(h handle) time.Duration {
	if h.Heard != 0 {
		return time.Since(time.UnixMilli(h.Heard))
	}
	return p.client.now().Sub(minted(h.ID))
}

// answer says a line as the answer of an interaction, or, when that is not
// possible any more, as a message of its own.
func (p *Platform) answer(ctx context.Context, m bot.Message, h handle) (string, error) {
	r := p.replies.find(h.ID)
	r.mu.Lock()
	defer r.mu.Unlock()
	if p.age(h) > answerable {
		r.state = late
	}
	if done, ref, err := p.replaceElsewhere(ctx, m, h, r); done {
		return ref, err
	}
	parts := p.render(m.Line, h.owner(m.Line), h.Plain)
	if r.state != answered || r.seq != m.Seq {
		if err := p.put(ctx, m, h, r, parts[0]); err != nil {
			return "", err
		}
		if r.state == late {
			return p.say(ctx, m, h)
		}
		r.state, r.seq = answered, m.Seq
	}
	for i, part := range parts[1:] {
		if err := p.add(ctx, m, h, part, i+1); err != nil {
			return "", err
		}
	}
	return refOf(m, h), nil
}

// refOf is what a line can be found by later: only a message that was tapped is known by name.
func refOf(m bot.Message, h handle) string {
	if h.replaces(m.Line, m.Ref) && !h.Hidden {
		return h.Channel + "/" + h.Message
	}
	return ""
}

// put says the first part of a line where the interaction stands. Afterwards
// the state is late if it cannot be said there.
func (p *Platform) put(ctx context.Context, m bot.Message, h handle, r *reply, part message) error {
	if r.state == fresh && p.age(h) > callbackWithin {
		r.state = late
	}
	inPlace := h.replaces(m.Line, m.Ref)
	switch r.state {
	case fresh:
		kind := answerMessage
		if inPlace {
			kind = answerInPlace
		} else {
			part.Flags |= h.flags(m.Line)
		}
		return p.first(ctx, m, h, r, kind, part)
	case thinking:
		return p.fill(ctx, m, h, r, part)
	case waved:
		if inPlace || !h.Direct && !h.leaks(m.Line) {
			return p.patch(ctx, h, r, part)
		}
		return p.add(ctx, m, h, part, 0)
	case answered:
		return p.append(ctx, m, h, r, part)
	case unsure:
		return p.recover(ctx, m, h, r, part)
	}
	return nil
}

// first gives the first answer.
func (p *Platform) first(ctx context.Context, m bot.Message, h handle, r *reply, kind int, part message) error {
	err := p.callback(ctx, h, kind, part)
	if (lost(err) || maybeDone(err)) && p.age(h) < 2*time.Second {
		err = p.callback(ctx, h, kind, part)
		if refusedWith(err, 40060) { // it was the lost one
			return nil
		}
	}
	switch {
	case kind == answerInPlace && refusedWith(err, 10008): // the tapped message is gone
		part.Flags |= h.flags(m.Line)
		return p.first(ctx, m, h, r, answerMessage, part)
	case refusedWith(err, 10062):
		r.state = late
		return nil
	case refusedWith(err, 40060):
		return p.recover(ctx, m, h, r, part)
	case maybeDone(err):
		r.state = unsure
	}
	return p.fate(ctx, err, "")
}

// fill puts the answer where the person was shown that one is coming.
func (p *Platform) fill(ctx context.Context, m bot.Message, h handle, r *reply, part message) error {
	if !h.leaks(m.Line) {
		return p.patch(ctx, h, r, part)
	}
	err := p.client.do(ctx, call{method: http.MethodDelete, path: hook(h, original), free: true, repeatable: true}, nil)
	if err != nil && !refusedWith(err, 10008) {
		return p.fate(ctx, err, "")
	}
	return p.add(ctx, m, h, part, 0)
}

// patch changes the first answer, or the tapped message.
func (p *Platform) patch(ctx context.Context, h handle, r *reply, part message) error {
	part.Flags = 0
	k := call{method: http.MethodPatch, path: hook(h, original), body: part, files: part.attachments(), free: true, repeatable: true}
	err := p.client.do(ctx, k, nil)
	if over(err) {
		r.state = late
		return nil
	}
	return p.fate(ctx, err, "")
}

// add says something after the first answer: in private as a message with a
// nonce, so that it is said once whatever happens; in a server as a follow-up.
func (p *Platform) add(ctx context.Context, m bot.Message, h handle, part message, n int) error {
	if h.Direct {
		part.Flags &^= flagEphemeral
		_, err := p.post(ctx, h.Channel, h.User, part, nonce(m, n))
		return err
	}
	part.Flags |= h.flags(m.Line)
	k := call{method: http.MethodPost, path: hook(h, ""), body: part, files: part.attachments(), free: true}
	return p.fate(ctx, p.client.do(ctx, k, nil), "")
}

// append says a further line of the same answer. In a server the answer grows,
// which can be repeated without harm, as a follow-up could not.
func (p *Platform) append(ctx context.Context, m bot.Message, h handle, r *reply, part message) error {
	if h.Direct || h.leaks(m.Line) {
		return p.add(ctx, m, h, part, 0)
	}
	before, err := p.original(ctx, h)
	if err != nil {
		if over(err) {
			r.state = late
			return nil
		}
		return p.fate(ctx, err, "")
	}
	return p.grow(ctx, m, h, r, before, part)
}

func (p *Platform) grow(ctx context.Context, m bot.Message, h handle, r *reply, before standing, part message) error {
	if before.has(part) {
		return nil
	}
	if whole, fits := before.with(part); fits {
		return p.patch(ctx, h, r, whole)
	}
	return p.add(ctx, m, h, part, 0)
}

// recover answers an interaction of which it is not known what was answered.
func (p *Platform) recover(ctx context.Context, m bot.Message, h handle, r *reply, part message) error {
	before, err := p.original(ctx, h)
	own := err == nil && before.ID == h.Message
	switch {
	case over(err) && p.age(h) < callbackWithin && !r.again:
		r.state, r.again = fresh, true
		return p.put(ctx, m, h, r, part)
	case over(err):
		r.state = late
		return nil
	case err != nil:
		return p.fate(ctx, err, "")
	case before.Flags&flagLoading != 0:
		return p.fill(ctx, m, h, r, part)
	case own && h.replaces(m.Line, m.Ref):
		return p.patch(ctx, h, r, part)
	case own || h.Direct && !before.has(part):
		return p.add(ctx, m, h, part, 0)
	}
	return p.grow(ctx, m, h, r, before, part)
}

// replaceElsewhere serves a line that changes an earlier message, or nothing:
// the interaction is then only acknowledged. Done is false if the line has still to be said.
func (p *Platform) replaceElsewhere(ctx context.Context, m bot.Message, h handle, r *reply) (done bool, ref string, err error) {
	if h.replaces(m.Line, m.Ref) {
		return false, "", nil
	}
	if m.Line.Replaces != "" && m.Ref != "" {
		changed, err := p.edit(ctx, m, m.Ref, h)
		if err != nil {
			return true, "", err
		}
		if changed {
			return true, m.Ref, p.close(ctx, h, r)
		}
	}
	if m.Line.Quiet {
		return true, "", p.close(ctx, h, r)
	}
	return false, "", nil
}

// Unanswered ends the waiting of somebody to whose interaction nothing will be
// said: they said more than anybody can mean.
func (p *Platform) Unanswered(ctx context.Context, e bot.Heard) {
	said, is := e.Event.(coach.Said)
	h := readHandle(said.Handle)
	if !is || h.ID == "" || p.age(h) > answerable {
		return
	}
	r := p.replies.find(h.ID)
	r.mu.Lock()
	defer r.mu.Unlock()
	busy, err := p.note(p.config.Words.Busy), error(nil)
	switch {
	case r.state == fresh && p.age(h) < callbackWithin:
		err = p.callback(ctx, h, answerMessage, busy)
	case r.state == thinking:
		err = p.patch(ctx, h, r, busy)
	}
	r.state = answered
	if err != nil {
		p.log.warn("end the waiting for an answer", err)
	}
}

// close acknowledges an interaction that nothing more is said to.
func (p *Platform) close(ctx context.Context, h handle, r *reply) error {
	done := message{Content: escape(p.config.Words.Done), Embeds: []embed{}, Components: []any{}, Mentions: mentions{[]string{}}}
	var err error
	switch {
	case r.state == fresh && p.age(h) > callbackWithin:
		return nil
	case r.state == fresh && h.Kind == tap:
		err = p.callback(ctx, h, answerSilently, nil)
	case r.state == fresh:
		done.Flags = flagEphemeral
		err = p.callback(ctx, h, answerMessage, done)
	case r.state == thinking:
		return p.patch(ctx, h, r, done)
	default:
		return nil
	}
	if err == nil || refusedWith(err, 40060, 10062) {
		r.state = answered
		return nil
	}
	return p.fate(ctx, err, "")
}
