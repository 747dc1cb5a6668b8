package discord

import (
	"context"
	"strconv"
	"strings"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// message hears what a person wrote: in private, or in a server if it was to the bot.
func (p *Platform) message(m post) {
	heard, ok := p.private(m)
	if m.GuildID != "" {
		heard, ok = p.mention(m)
	}
	if !ok {
		return
	}
	queued := p.queue(m.Author.ID, func(ctx context.Context, l *hearing) {
		if m.GuildID == "" {
			p.offerPrivate(ctx, l, m, heard)
			return
		}
		p.offer(ctx, l, heard)
	})
	if !queued {
		p.log.log.Error("too much waits already; a message is set aside", "runner", heard.From)
	}
}

// human reports whether a message is a person's own words, and no pin, call or join.
func human(m post) bool {
	return m.Author != nil && !m.Author.Bot && m.WebhookID == "" && snowflake(m.Author.ID) && snowflake(m.ID) && snowflake(m.ChannelID) &&
		(m.Type == 0 || m.Type == 19)
}

// private is what a message in a private chat says; false if it is nobody's.
func (p *Platform) private(m post) (bot.Heard, bool) {
	if !human(m) {
		return bot.Heard{}, false
	}
	text, _ := p.spoken(m)
	e := said(m, text, handle{Channel: m.ChannelID, User: m.Author.ID, Message: m.ID, Direct: true})
	return bot.Heard{From: address(m.Author.ID), Key: Name + "/" + m.ID, Event: e}, true
}

// editable is how long after a message its correction is taken for what was
// meant. Later, somebody is tidying up, which must not change their log.
const editable = time.Hour

// edited hears the new words of a message that was said in private. Discord
// reports the same edit again when it has looked at a link; the time of the edit tells.
func (p *Platform) edited(m post) {
	heard, ok := p.private(m)
	e, text := heard.Event.(coach.Said)
	at, err := time.Parse(time.RFC3339, m.Edited)
	if !ok || !text || m.GuildID != "" || err != nil || at.Sub(minted(m.ID)) > editable {
		return
	}
	e.Was, e.Sent = e.Sent, at
	heard.Event, heard.Key = e, heard.Key+"/"+strconv.FormatInt(at.UnixMilli(), 36)
	if !p.queue(m.Author.ID, func(ctx context.Context, l *hearing) { p.offer(ctx, l, heard) }) {
		p.log.log.Error("too much waits already; an edit is set aside", "runner", heard.From)
	}
}

// mention is what a message in a server says to the bot; false if it is not to the bot.
func (p *Platform) mention(m post) (bot.Heard, bool) {
	if !human(m) {
		return bot.Heard{}, false
	}
	text, mentioned := p.spoken(m)
	e := said(m, text, handle{Channel: m.ChannelID, User: m.Author.ID, Message: m.ID})
	return bot.Heard{From: address(m.Author.ID), Key: Name + "/" + m.ID, Event: e}, mentioned
}

// offerPrivate hears a private message, with the news that its person can be reached again, if that is news.
func (p *Platform) offerPrivate(ctx context.Context, l *hearing, m post, heard bot.Heard) {
	p.returned(ctx, l, m.Author.ID, m.ChannelID, m.ID)
	if p.offer(ctx, l, heard) {
		p.missed.heard(heardIn{m.Author.ID, m.ChannelID, m.ID})
	}
}

// spoken is the text of a message without the bot's own name, and whether it named the bot.
func (p *Platform) spoken(m post) (text string, mentioned bool) {
	text = m.Content
	self := p.self.Load()
	if self == nil {
		return strings.TrimSpace(text), false
	}
	for _, name := range []string{"<@" + *self + ">", "<@!" + *self + ">"} {
		if strings.Contains(text, name) {
			text, mentioned = strings.ReplaceAll(text, name, " "), true
		}
	}
	for _, u := range m.Mentions {
		mentioned = mentioned || u.ID == *self
	}
	return strings.TrimSpace(text), mentioned
}

// said is the event of a message.
func said(m post, text string, h handle) coach.Event {
	nudge, replied := "", ""
	if m.Replied != nil {
		nudge, replied = keyOf(m.Replied.Components, 0), firstOf(m.Replied.Components, 0)
	}
	where := coach.ID("")
	if !h.Direct {
		where = room(h.Channel)
	}
	if text != "" {
		return coach.Said{Text: text, Nudge: nudge, Replied: replied, Where: where, Handle: h.String(), Sent: minted(m.ID)}
	}
	what := ""
	switch {
	case m.Flags&flagVoice != 0:
		what = "voice"
	case len(m.Stickers) > 0:
		what = "sticker"
	case len(m.Attachments) > 0 && strings.HasPrefix(m.Attachments[0].ContentType, "image/"):
		what = "photo"
	case len(m.Attachments) > 0:
		what = "other"
	case h.Direct:
		what = "other"
	default: // named, and no more: that is a greeting
		return coach.Said{Text: "/start", Where: where, Handle: h.String(), Sent: minted(m.ID)}
	}
	return coach.Sent{What: what, Nudge: nudge, Where: where, Handle: h.String()}
}

// keyOf finds the name of a line in the components of its message.
func keyOf(all []component, depth int) string {
	if depth > 5 {
		return ""
	}
	for _, c := range all {
		if _, key, _ := unmark(c.CustomID); key != "" {
			return key
		}
		if key := keyOf(c.Components, depth+1); key != "" {
			return key
		}
	}
	return ""
}

// firstOf is what the first button of a message says.
func firstOf(all []component, depth int) string {
	for _, c := range all {
		if c.Type == 2 && c.CustomID != "" {
			says, _, _ := unmark(c.CustomID)
			return says
		}
		if depth < 5 {
			if says := firstOf(c.Components, depth+1); says != "" {
				return says
			}
		}
	}
	return ""
}

// reaction hears an emoji that somebody put on a message of the bot in private.
func (p *Platform) reaction(r reaction) {
	self := p.self.Load()
	if r.GuildID != "" || r.Emoji.ID != "" || r.Emoji.Name == "" || !snowflake(r.UserID) || !snowflake(r.ChannelID) || !snowflake(r.MessageID) ||
		self != nil && r.UserID == *self {
		return
	}
	h := handle{Channel: r.ChannelID, User: r.UserID, Direct: true}
	e := bot.Heard{From: address(r.UserID), Key: Name + "/" + r.MessageID + "/" + clip(r.Emoji.Name, 20),
		Event: coach.Reacted{Emoji: r.Emoji.Name, Ref: r.ChannelID + "/" + r.MessageID, Handle: h.String()}}
	if !p.queue(r.UserID, func(ctx context.Context, l *hearing) { p.offer(ctx, l, e) }) {
		p.log.log.Error("too much waits already; a reaction is set aside", "runner", e.From)
	}
}

// queue puts a job into its person's lane; false if the lane is full or nobody listens.
func (p *Platform) queue(who string, job func(context.Context, *hearing)) bool {
	l := p.hear.Load()
	if l == nil {
		return false
	}
	return p.lanes.push(l.ctx, who, func(ctx context.Context) { job(ctx, l) })
}

const (
	// offerFor is how long an event is offered that could not be remembered: as
	// long as an interaction can be answered. Discord itself never repeats it.
	offerFor   = 15 * time.Minute
	offerPause = 50 * time.Millisecond
	offerMost  = 5 * time.Second
)

// offer hears an event, again and again until it is remembered; false if it never was.
func (p *Platform) offer(ctx context.Context, l *hearing, h bot.Heard) bool {
	began, wait := time.Now(), offerPause
	for {
		err := l.hear(ctx, h)
		if err == nil {
			return true
		}
		if time.Since(began) > offerFor || !pause(ctx, wait) {
			p.log.log.Error("an event was not remembered and is lost", "runner", h.From, "error", err)
			return false
		}
		wait = min(2*wait, offerMost)
	}
}

// returned learns a person's private channel, and reports that they can be
// reached again if they could not.
func (p *Platform) returned(ctx context.Context, l *hearing, who, channel, id string) {
	back, err := p.direct.learn(ctx, who, channel)
	if err != nil {
		p.log.warn("remember a private channel", err)
	}
	if back {
		p.offer(ctx, l, bot.Heard{From: address(who), Key: Name + "/" + id + "/back", Event: coach.Returned{At: address(who)}})
	}
}
