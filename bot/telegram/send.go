package telegram

import (
	"context"
	"errors"
	"fmt"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// Send says one message, as package bot asks of a platform. A long text is
// several messages of Telegram; if it breaks off, the same message goes on where it broke off.
func (p *Platform) Send(ctx context.Context, m bot.Message) (string, error) {
	to, ok := chatOf(m.To)
	if !ok {
		return "", fmt.Errorf("telegram: %w: %q is no address of Telegram", bot.ErrRefused, m.To.Platform())
	}
	at := placeOf(m.Line.Handle)
	if m.Line.Private && to < 0 {
		if to = private(at, m.Runner); to == 0 {
			return "", fmt.Errorf("telegram: %w: a private line has no private chat", bot.ErrRefused)
		}
	}
	ref, err := p.deliver(ctx, speech{Platform: p, seq: m.Seq, line: m.Line, to: to, at: at, ref: m.Ref})
	if at.Chat < 0 && to > 0 && m.Line.Private {
		p.point(ctx, at, err)
	}
	if errors.Is(err, bot.ErrGone) && m.To != address(to) { // the group is there, only the private chat is not
		return "", fmt.Errorf("telegram: %w: its private chat is not open", bot.ErrRefused)
	}
	return ref, err
}

// private returns the private chat of whoever was heard at a place, or else of the runner; 0 if there is none.
func private(at place, runner coach.ID) int64 {
	if at.Person > 0 {
		return at.Person
	}
	if chat, ok := chatOf(runner); ok && chat > 0 {
		return chat
	}
	return 0
}

// speech is one line being said in one chat.
type speech struct {
	*Platform
	seq  uint64
	line coach.Line
	to   int64
	at   place
	ref  string
	also []block // after what the line itself says
}

// saying names a line on its way to a chat, and progress is how far it came.
type saying struct {
	seq  uint64
	chat int64
}

type progress struct {
	parts int
	ref   string
}

// deliver finds the least intrusive way to say a line: a change of what stands
// there, a reaction, or a message.
func (p *Platform) deliver(ctx context.Context, s speech) (string, error) {
	if s.line.Replaces != "" || s.line.InPlace {
		target, ok := s.target()
		if ok && s.line.File == nil {
			ref, err := s.edit(ctx, target)
			if !errors.Is(err, errStands) {
				return ref, err
			}
		}
		if s.line.Quiet {
			return "", nil
		}
	} else if s.line.Quiet {
		return "", nil
	}
	if s.line.Reaction != "" {
		done, err := s.react(ctx)
		if done || err != nil {
			return "", err
		}
	}
	return s.speak(ctx)
}

// target is the message to change, if one is known.
func (s speech) target() (spot, bool) {
	if s.line.InPlace && s.at.Tapped && s.at.Message != 0 && s.at.Chat == s.to {
		return spot{s.at.Chat, s.at.Message}, true
	}
	if s.line.Replaces != "" {
		return spotOf(s.ref)
	}
	return spot{}, false
}

// errStands means that a message can't be changed any more.
var errStands = errors.New("the message can't be changed")

// edit changes a message. To change it to what it is counts as done.
func (s speech) edit(ctx context.Context, target spot) (string, error) {
	parts := s.parts(maxText)
	if len(parts) != 1 {
		return "", errStands
	}
	err := s.attempt(func(l look) error {
		params := s.base(target.Chat, parts[0], l.as)
		params["message_id"] = fmt.Sprint(target.Message)
		params.AddNonEmpty("reply_markup", s.keys(l.keys))
		_, err := s.post(ctx, target.Chat, "editMessageText", params)
		return err
	})
	switch {
	case err == nil:
		s.changed.put(target, time.Now())
		return target.ref(), nil
	case is(err, 400, "message is not modified"):
		return target.ref(), nil
	case is(err, 400, "message to edit not found", "message can't be edited", "there is no text in the message to edit", "message_id_invalid"):
		return "", errStands
	}
	return "", settled(err, true)
}

// react puts an emoji on what the runner wrote. A server that refuses it is not
// asked for that emoji again; the line is then said in words.
func (s speech) react(ctx context.Context) (done bool, err error) {
	emoji := s.line.Reaction
	if _, off := s.off.get("reaction " + emoji); off || s.at.Tapped || s.at.Message == 0 || s.at.Chat != s.to {
		return false, nil
	}
	params := map[string]string{"chat_id": fmt.Sprint(s.to), "message_id": fmt.Sprint(s.at.Message), "reaction": reaction(emoji)}
	_, err = s.post(ctx, s.to, "setMessageReaction", params)
	if is(err, 404) || is(err, 400, "reaction_invalid", "reactions_too_many") {
		s.off.put("reaction "+emoji, true)
	}
	if is(err, 404) || is(err, 400) {
		return false, nil
	}
	return err == nil, settled(err, true)
}
