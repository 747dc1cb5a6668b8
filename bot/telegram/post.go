package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"legcoach/bot"
)

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
		bot.Sleep(ctx, wait)
		if ctx.Err() != nil {
			return fmt.Errorf("telegram: wait for the pace of a chat: %w", ctx.Err())
		}
	}
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
