package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"strings"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// news is what an update says: at most one event, and at most one tap to answer.
type news struct {
	heard bot.Heard
	tap   string // the callback query to answer; empty if there is none
	toast string // what to show with that answer
	done  func() // what to remember once it is heard
}

// silent reports whether there is nothing to hear.
func (n news) silent() bool { return n.heard.Event == nil }

// read says what an update says. An error means that it is not one of Telegram's.
func (p *Platform) read(raw json.RawMessage, now time.Time) (news, error) {
	u, err := decode(raw)
	if err != nil {
		return news{}, err
	}
	return p.news(u, now)
}

// news says what a decoded update says.
func (p *Platform) news(u update, now time.Time) (n news, err error) {
	defer func() {
		if r := recover(); r != nil {
			n, err = news{}, errors.New("reading it panicked")
		}
	}()
	key := fmt.Sprintf("%s/%d", name, u.ID)
	switch {
	case u.Message != nil:
		return p.readMessage(u.Message, u.raw, key), nil
	case u.Edited != nil:
		return p.readEdited(u.Edited, key), nil
	case u.Tap != nil:
		return p.readTap(u.Tap, now), nil
	case u.Member != nil:
		return readMember(u.Member, key), nil
	case u.React != nil:
		return readReaction(u.React, key), nil
	}
	return news{}, nil
}

// readMessage hears words, a place, or something without words.
func (p *Platform) readMessage(m *message, raw json.RawMessage, key string) news {
	if m.From == nil || m.From.Bot || m.AsChat != nil && string(m.AsChat) != "null" || m.Chat.ID == 0 || m.From.ID == 0 {
		return news{}
	}
	text, mine := p.addressed(m)
	if !mine {
		return news{}
	}
	n := news{heard: bot.Heard{From: address(m.From.ID), Key: key}}
	where, handle := whereOf(m), placeOfMessage(m, m.From).handle()
	nudge := p.nudgeOf(m.Reply)
	zone := p.zoneOf(m)
	switch {
	case text == "" && zone != "":
		text = "/timezone " + zone
	case text == "" && m.words() != "": // the bot's name and no more
		text = "/help"
	}
	if text != "" {
		text, key := unpack(text)
		if nudge == "" {
			nudge = key
		}
		n.heard.Event = coach.Said{Text: text, Nudge: nudge, Replied: p.repliedTo(m.Reply), Where: where, Handle: handle, Sent: moment(m.Date), Locale: m.From.Locale, Zone: zone}
		n.done = func() { p.texts.put(spot{m.Chat.ID, m.ID}, fingerprint(text)) }
		return n
	}
	if kind := what(raw); kind != "" {
		if m.Album != "" { // several pictures at once are one thing to answer
			n.heard.Key = fmt.Sprintf("%s/album/%d/%s", name, m.Chat.ID, m.Album)
		}
		n.heard.Event = coach.Sent{What: kind, Nudge: nudge, Where: where, Handle: handle}
		return n
	}
	return news{}
}

// editable is how long after a message its correction is taken for what was
// meant. Later, somebody is tidying up, which must not change their log.
const editable = time.Hour

// readEdited hears the new words of a message said in private.
func (p *Platform) readEdited(m *message, key string) news {
	known, ok := p.texts.get(spot{m.Chat.ID, m.ID})
	text, _ := unpack(m.words())
	late := m.EditDate-m.Date > int64(editable/time.Second)
	if m.Chat.group() || m.Location != nil || text == "" || late || ok && known == fingerprint(text) {
		return news{}
	}
	n := p.readMessage(m, nil, key)
	if said, ok := n.heard.Event.(coach.Said); ok {
		said.Sent, said.Was = moment(max(m.EditDate, m.Date)), moment(m.Date)
		n.heard.Event = said
	}
	return n
}

// tapped is one tap, as a person means it: on a button of a message as it stood.
type tapped struct {
	Spot   spot
	Person int64
	Data   string
	Stood  uint64
}

// twice is how soon a second tap on the same button of the same message is the
// same tap: an impatient finger, or a client that repeats after reconnecting.
const twice = 10 * time.Second

// readTap hears the words of a choice.
func (p *Platform) readTap(t *tap, now time.Time) news {
	if t.From == nil || t.From.ID == 0 || t.ID == "" {
		return news{}
	}
	n := news{tap: t.ID}
	says, key := unpack(t.Data)
	if says == "" {
		return n
	}
	said := coach.Said{Text: says, Tapped: true, Nudge: key, Locale: t.From.Locale}
	at := place{Chat: t.From.ID, Person: t.From.ID, Tapped: true}
	if m := t.Message; m != nil && m.Chat.ID != 0 {
		if m.Chat.group() && m.Reply != nil && m.Reply.From != nil && m.Reply.From.ID != t.From.ID {
			n.toast = p.config.Words.Foreign
			return n
		}
		at = placeOfMessage(m, t.From)
		at.Tapped = true
		said.Where = whereOf(m)
		if m.Date == 0 { // not accessible any more: it can't be edited
			at.Message = 0
		}
		one := tapped{spot{m.Chat.ID, m.ID}, t.From.ID, t.Data, m.stood()}
		last, again := p.taps.get(one)
		if changed, _ := p.changed.get(one.Spot); again && now.Sub(last) < twice && !changed.After(last) {
			return n
		}
		n.done = func() { p.taps.put(one, now) }
	}
	said.Handle = at.handle()
	n.heard = bot.Heard{From: address(t.From.ID), Key: fmt.Sprintf("%s/tap/%s", name, t.ID), Event: said}
	return n
}

// readReaction hears an emoji that was added to a message in private.
func readReaction(r *react, key string) news {
	if r.From == nil || r.From.ID == 0 || r.Chat.ID != r.From.ID || r.Message == 0 {
		return news{}
	}
	for _, e := range r.New {
		if e.Emoji != "" && !slices.Contains(r.Old, e) {
			at := place{Chat: r.Chat.ID, Message: r.Message, Person: r.From.ID, Tapped: true} // the message is the bot's
			event := coach.Reacted{Emoji: e.Emoji, Ref: spot{r.Chat.ID, r.Message}.ref(), Handle: at.handle()}
			return news{heard: bot.Heard{From: address(r.From.ID), Key: key, Event: event}}
		}
	}
	return news{}
}

// readMember hears that somebody can or can't be reached any more. Groups are no runners.
func readMember(m *member, key string) news {
	if m.Chat.Type != "private" {
		return news{}
	}
	at := address(m.Chat.ID)
	switch m.New.Status {
	case "kicked", "left":
		return news{heard: bot.Heard{From: at, Key: key, Event: coach.Left{At: at}}}
	case "member":
		return news{heard: bot.Heard{From: at, Key: key, Event: coach.Returned{At: at}}}
	}
	return news{}
}

// zoneOf returns the IANA zone of a place that was shared; empty if none was.
func (p *Platform) zoneOf(m *message) string {
	if m.Location == nil || p.config.Locate == nil {
		return ""
	}
	return p.config.Locate(m.Location.Lat, m.Location.Lon)
}

// nudgeOf returns the key of the line that a reply answers, which its buttons carry.
func (p *Platform) nudgeOf(m *message) string {
	if m == nil {
		return ""
	}
	for _, row := range m.Keyboard.Rows {
		for _, b := range row {
			if _, key := unpack(b.Data); key != "" {
				return key
			}
		}
	}
	return ""
}

// repliedTo is what the first button says of a message of the bot's.
func (p *Platform) repliedTo(m *message) string {
	if m == nil || len(m.Keyboard.Rows) == 0 || len(m.Keyboard.Rows[0]) == 0 {
		return ""
	}
	if me := p.me.Load(); m.From == nil || me == nil || m.From.ID != me.ID {
		return ""
	}
	says, _ := unpack(m.Keyboard.Rows[0][0].Data)
	return says
}

func whereOf(m *message) coach.ID {
	if m.Chat.group() {
		return address(m.Chat.ID)
	}
	return ""
}

// words are what a person wrote, under a picture too.
func (m *message) words() string {
	if m.Text != "" {
		return strings.TrimSpace(m.Text)
	}
	return strings.TrimSpace(m.Caption)
}

var seed = maphash.MakeSeed()

func fingerprint(s string) uint64 { return maphash.String(seed, s) }

// stood tells a message apart from what it is after an edit.
func (m *message) stood() uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	fmt.Fprint(&h, m.Date, m.EditDate, m.Text, m.Caption, m.Keyboard)
	return h.Sum64()
}

func moment(unix int64) time.Time {
	if unix <= 0 {
		return time.Time{}
	}
	return time.Unix(unix, 0)
}
