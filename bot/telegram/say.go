package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"legcoach/bot"
)

// parts are the messages that a line becomes.
func (s speech) parts(most int) [][]block {
	parts := split(append(blocks(s.line, s.config.Words.Worth), s.also...), most)
	if len(parts) == 0 && s.line.File == nil {
		return [][]block{{{text: "…"}}} // Telegram refuses an empty message, and buttons need one
	}
	return parts
}

// speak says a line anew: its parts, the last with the buttons, or with the file.
func (s speech) speak(ctx context.Context) (string, error) {
	parts, caption := s.parts(maxText), []block(nil)
	if s.line.File != nil {
		if short := s.parts(maxCaption); len(short) <= 1 {
			parts = nil
			if len(short) == 1 {
				caption = short[0]
			}
		}
	}
	name := saying{s.seq, s.to}
	done, _ := s.said.get(name)
	for i := done.parts; i < len(parts); i++ {
		last := i == len(parts)-1 && s.line.File == nil
		ref, err := s.text(ctx, parts[i], i == 0, last)
		if err != nil {
			return "", err
		}
		done = progress{i + 1, ref}
		s.said.put(name, done)
	}
	if s.line.File != nil && done.parts == len(parts) {
		ref, err := s.file(ctx, caption, len(parts) == 0)
		if is(err, 404) {
			return s.unfiled(ctx)
		}
		if err != nil {
			return "", err
		}
		done = progress{len(parts) + 1, ref}
	}
	return done.ref, nil
}

// unfiled says a line whose file this server doesn't take.
func (s speech) unfiled(ctx context.Context) (string, error) {
	text, ok := asText(s.line.File)
	if !ok {
		return "", fmt.Errorf("telegram: %w: this server takes no documents", bot.ErrRefused)
	}
	s.also, s.line.File = []block{text}, nil
	return s.speak(ctx)
}

// base are the parameters that every text has.
func (s speech) base(chat int64, bs []block, as writing) tgbotapi.Params {
	params := tgbotapi.Params{"chat_id": fmt.Sprint(chat), "text": write(bs, as), "link_preview_options": `{"is_disabled":true}`}
	if as != bare {
		params["parse_mode"] = tgbotapi.ModeHTML
	}
	return params
}

// manner are the parameters of how and where a message arrives.
func (s speech) manner(params tgbotapi.Params, first, placed bool) {
	params.AddBool("disable_notification", s.line.Silent)
	if s.at.Chat != s.to || !placed {
		return
	}
	params.AddNonZero("message_thread_id", s.at.Topic)
	if s.to < 0 && first && s.at.Message != 0 && !s.at.Tapped {
		params["reply_parameters"] = fmt.Sprintf(`{"message_id":%d,"allow_sending_without_reply":true}`, s.at.Message)
	}
}

// keys are the buttons, unless Telegram refused them.
func (s speech) keys(wanted bool) string {
	if !wanted {
		return ""
	}
	return buttons(s.line).markup()
}

// text says one part.
func (s speech) text(ctx context.Context, part []block, first, last bool) (string, error) {
	var ref string
	err := s.attempt(func(l look) error {
		params := s.base(s.to, part, l.as)
		s.manner(params, first, l.placed)
		if last {
			params.AddNonEmpty("reply_markup", s.keys(l.keys))
		}
		var err error
		ref, err = s.message(s.post(ctx, s.to, "sendMessage", params))
		return err
	})
	return ref, settled(err, false)
}

// file sends the file of a line: a picture as a picture, anything else as a document.
func (s speech) file(ctx context.Context, caption []block, first bool) (string, error) {
	method, field := "sendDocument", "document"
	if low := strings.ToLower(s.line.File.Name); strings.HasSuffix(low, ".png") || strings.HasSuffix(low, ".jpg") {
		method, field = "sendPhoto", "photo"
	}
	ref, err := s.upload(ctx, method, field, caption, first)
	if is(err, 400, "photo_invalid", "image_process_failed") {
		ref, err = s.upload(ctx, "sendDocument", "document", caption, first)
	}
	return ref, settled(err, false)
}

func (s speech) upload(ctx context.Context, method, field string, caption []block, first bool) (string, error) {
	var ref string
	err := s.attempt(func(l look) error {
		params := s.base(s.to, caption, l.as)
		params["caption"] = params["text"]
		delete(params, "text")
		delete(params, "link_preview_options")
		s.manner(params, first, l.placed)
		params.AddNonEmpty("reply_markup", s.keys(l.keys))
		var err error
		file := tgbotapi.FileBytes{Name: s.line.File.Name, Bytes: s.line.File.Data}
		ref, err = s.message(s.post(ctx, s.to, method, params, tgbotapi.RequestFile{Name: field, Data: file}))
		return err
	})
	return ref, err
}

// look is how a message looks, beside its words.
type look struct {
	as     writing
	placed bool // as a reply, and in its topic
	keys   bool // with buttons
}

// attempt tries again with less as long as Telegram refuses the looks of a
// message, which must never keep its words from being said.
func (s speech) attempt(do func(look) error) error {
	l := look{as: timed, placed: true, keys: true}
	if _, off := s.off.get("times"); off || len(s.line.Moments) == 0 {
		l.as = tagged
	}
	for {
		err := do(l)
		if !looks(err) {
			return err
		}
		less := l.less(err)
		if less == l {
			return err
		}
		if l.as == timed && less.as == tagged {
			s.off.put("times", true) // this server is older than they are
		}
		l = less
	}
}

// less takes away what a refusal complains about; if that is not known, first
// markup and place, then the buttons.
func (l look) less(err error) look {
	parse := is(err, 400, "can't parse entities", "unsupported start tag")
	switch {
	case parse && l.as == timed:
		l.as = tagged
	case parse && l.as == tagged:
		l.as = bare
	case l.placed && is(err, 400, "message thread not found", "topic_closed", "topic_deleted", "message to be replied not found", "reply message not found"):
		l.placed = false
	case l.keys && is(err, 400, "button_data_invalid", "reply_markup"):
		l.keys = false
	case l.as != bare || l.placed:
		l.as, l.placed = bare, false
	default:
		l.keys = false
	}
	return l
}

// looks reports whether a message may have been refused for how it looks.
func looks(err error) bool {
	return is(err, 400) && !is(err, 400, gone...) && !is(err, 400, "message is not modified", "message to edit not found", "message can't be edited",
		"there is no text in the message to edit", "message_id_invalid", "upgraded to a supergroup", "not enough rights", "have no rights",
		"chat_write_forbidden", "photo_invalid", "image_process_failed", "file is too big")
}

// post makes one call that speaks in a chat, at the chat's pace. A chat that
// moved is followed, once.
func (p *Platform) post(ctx context.Context, chat int64, method string, params tgbotapi.Params, files ...tgbotapi.RequestFile) (json.RawMessage, error) {
	if moved, ok := p.moved.get(chat); ok {
		chat = moved
		params["chat_id"] = fmt.Sprint(chat)
	}
	if err := p.pause(ctx, chat); err != nil {
		return nil, err
	}
	limit := p.wait.text
	if len(files) > 0 {
		limit = p.wait.file
	}
	call, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	raw, err := p.client.call(call, method, params, files...)
	p.pace.said(chat, time.Now())
	var f *fault
	if !errors.As(err, &f) {
		return raw, err
	}
	switch {
	case f.code == 429:
		wait := max(f.after, time.Second)
		return nil, &bot.DelayError{After: wait, All: p.pace.hold(chat, time.Now(), wait)}
	case f.moved != 0 && f.moved != chat:
		p.moved.put(chat, f.moved)
		return p.post(ctx, chat, method, params, files...)
	}
	return nil, f
}

// patience is how long a send waits for its chat's pace by itself, which is less than it costs to be put off.
const patience = gap

// pause waits for the pace of a chat, or says how long that would take.
func (p *Platform) pause(ctx context.Context, chat int64) error {
	for {
		wait := p.pace.take(chat, time.Now())
		switch {
		case wait <= 0:
			return nil
		case wait > patience:
			return &bot.DelayError{After: wait}
		}
		sleep(ctx, wait)
		if ctx.Err() != nil {
			return fmt.Errorf("telegram: wait for the pace of a chat: %w", ctx.Err())
		}
	}
}

// message reads what a sent message is called.
func (s speech) message(raw json.RawMessage, err error) (string, error) {
	if err != nil {
		return "", err
	}
	var m message
	if json.Unmarshal(raw, &m) != nil || m.ID == 0 {
		return "", nil // said; it just can't be changed later
	}
	return spot{m.Chat.ID, m.ID}.ref(), nil
}

func reaction(emoji string) string {
	b, err := json.Marshal([]map[string]string{{"type": "emoji", "emoji": emoji}})
	if err != nil {
		return "[]"
	}
	return string(b)
}

// point tells a group that the answer went to the private chat, or how to open
// one; once for each message there. What becomes of it changes nothing.
func (p *Platform) point(ctx context.Context, at place, said error) {
	words, keys := p.config.Words.Private, keyboard{}
	switch {
	case errors.Is(said, bot.ErrGone):
		words = p.config.Words.Open
		keys.Rows = [][]button{{{Text: words, URL: "https://t.me/" + p.username() + "?start=hello"}}}
	case said != nil:
		return
	}
	one := spot{at.Chat, at.Message}
	if _, again := p.pointed.get(one); words == "" || again {
		return
	}
	p.pointed.put(one, true)
	params := tgbotapi.Params{"chat_id": fmt.Sprint(at.Chat), "text": words, "disable_notification": "true"}
	params.AddNonZero("message_thread_id", at.Topic)
	params.AddNonEmpty("reply_markup", keys.markup())
	if !at.Tapped && at.Message != 0 {
		params["reply_parameters"] = fmt.Sprintf(`{"message_id":%d,"allow_sending_without_reply":true}`, at.Message)
	}
	if _, err := p.post(ctx, at.Chat, "sendMessage", params); err != nil {
		p.log.Warn("could not point a group to the private chat", "error", err)
	}
}

func (p *Platform) username() string {
	if me := p.me.Load(); me != nil {
		return me.Username
	}
	return ""
}
