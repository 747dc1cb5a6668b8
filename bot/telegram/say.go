package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

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
