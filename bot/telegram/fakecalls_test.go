package telegram

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// do makes one call; why is "CODE reason" if it is refused.
func (f *fake) do(method string, params map[string]string, file []byte) (result any, why string) {
	switch method {
	case "getMe":
		return map[string]any{"id": 666, "is_bot": true, "username": "legcoach_bot"}, ""
	case "getWebhookInfo":
		return map[string]any{"url": f.hook, "pending_update_count": len(f.pending)}, ""
	case "setWebhook":
		f.hook = params["url"]
		f.secret = params["secret_token"]
		if f.pumps {
			go f.pump(f.hook, f.secret)
		}
		return true, ""
	case "deleteWebhook":
		f.hook = ""
		return true, ""
	case "answerCallbackQuery":
		if _, live := f.taps[params["callback_query_id"]]; !live {
			return nil, "400 Bad Request: query is too old and response timeout expired or query ID is invalid"
		}
		f.taps[params["callback_query_id"]] = true
		return true, ""
	case "setMessageReaction":
		return true, ""
	case "sendMessage", "sendPhoto", "sendDocument":
		return f.send(params, file)
	case "editMessageText":
		return f.edit(params)
	}
	if field, ok := strings.CutPrefix(method, "setMy"); ok {
		f.set[field+params["scope"]+params["language_code"]] = params[fields[field]]
		return true, ""
	}
	if field, ok := strings.CutPrefix(method, "getMy"); ok {
		value := f.set[field+params["scope"]+params["language_code"]]
		if field == "Commands" {
			return json.RawMessage(or(value, "[]")), ""
		}
		return map[string]string{fields[field]: value}, ""
	}
	return nil, "404 Not Found: method not found"
}

// pump delivers what is pending to a webhook, in order, each until it is taken.
func (f *fake) pump(url, secret string) {
	for {
		f.mu.Lock()
		var next *pending
		if len(f.pending) > 0 {
			next = &f.pending[0]
		}
		woken, over := f.woken, f.hook != url
		f.mu.Unlock()
		if over {
			return
		}
		if next == nil {
			select {
			case <-woken:
			case <-f.closed:
				return
			}
			continue
		}
		r, _ := http.NewRequest(http.MethodPost, url, strings.NewReader(string(next.raw)))
		r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
		resp, err := http.DefaultClient.Do(r)
		if err != nil {
			return // the receiver is gone for good
		}
		resp.Body.Close()
		if resp.StatusCode == http.StatusOK {
			f.mu.Lock()
			f.pending = f.pending[1:]
			f.mu.Unlock()
		}
	}
}

var fields = map[string]string{"Commands": "commands", "Name": "name", "Description": "description", "ShortDescription": "short_description"}

func or(a, b string) string {
	if a == "" {
		return b
	}
	return a
}

func (f *fake) send(params map[string]string, file []byte) (any, string) {
	if why := f.bad(params, file != nil); why != "" {
		return nil, why
	}
	if f.limit > 0 && len(f.shown) == f.limit {
		f.limit = 0
		return nil, "429 Too Many Requests: retry after 1"
	}
	chat, _ := strconv.ParseInt(params["chat_id"], 10, 64)
	s := &shown{chat: chat, id: 1000 + len(f.shown), params: params, file: string(file)}
	f.shown = append(f.shown, s)
	return s.message(), ""
}

func (f *fake) edit(params map[string]string) (any, string) {
	if why := f.bad(params, false); why != "" {
		return nil, why
	}
	for _, s := range f.shown {
		if fmt.Sprint(s.chat) != params["chat_id"] || fmt.Sprint(s.id) != params["message_id"] {
			continue
		}
		if s.params["text"] == params["text"] && s.params["reply_markup"] == params["reply_markup"] {
			return nil, "400 Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
		}
		s.edits++
		s.params = maps.Clone(params)
		return s.message(), ""
	}
	return nil, "400 Bad Request: message to edit not found"
}

func (s *shown) message() any {
	m := map[string]any{"message_id": s.id, "date": 1, "chat": map[string]any{"id": s.chat}, "from": map[string]any{"id": 666, "is_bot": true}, "text": s.text()}
	if k := s.params["reply_markup"]; k != "" {
		m["reply_markup"] = json.RawMessage(k)
	}
	return m
}

// text is what a person reads.
func (s *shown) text() string {
	text := or(s.params["text"], s.params["caption"])
	if s.params["parse_mode"] == "HTML" {
		text, _ = plainOf(text)
	}
	return text
}
