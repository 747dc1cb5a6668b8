package telegram

import (
	"encoding/json"
	"errors"
)

// update is what is read of an update. The library's own type lacks topics and
// more, and one field of an unexpected type would spoil all of it.
type update struct {
	ID      int64    `json:"update_id"`
	Message *message `json:"message"`
	Edited  *message `json:"edited_message"`
	Tap     *tap     `json:"callback_query"`
	Member  *member  `json:"my_chat_member"`
	React   *react   `json:"message_reaction"`

	all, raw json.RawMessage // the update, and the message in it, as they came
}

// decode reads an update. An error means that it is not one of Telegram's.
func decode(raw json.RawMessage) (update, error) {
	var u update
	var as struct {
		Message json.RawMessage `json:"message"`
	}
	if json.Unmarshal(raw, &u) != nil || json.Unmarshal(raw, &as) != nil {
		return update{}, errors.New("it is not an update")
	}
	u.all, u.raw = raw, as.Message
	return u, nil
}

// by is whose update it is, so that one person's are heard in order; 0 if nobody's.
func (u update) by() int64 {
	for _, from := range []*person{u.Message.by(), u.Edited.by(), u.Tap.by()} {
		if from != nil {
			return from.ID
		}
	}
	if u.Member != nil {
		return u.Member.Chat.ID
	}
	if u.React != nil && u.React.From != nil {
		return u.React.From.ID
	}
	return 0
}

func (m *message) by() *person {
	if m == nil {
		return nil
	}
	return m.From
}

func (t *tap) by() *person {
	if t == nil {
		return nil
	}
	return t.From
}

type person struct {
	ID     int64  `json:"id"`
	Bot    bool   `json:"is_bot"`
	Locale string `json:"language_code"`
}

type chat struct {
	ID    int64  `json:"id"`
	Type  string `json:"type"`
	Forum bool   `json:"is_forum"`
}

// group reports whether others can read the chat.
func (c chat) group() bool { return c.ID < 0 || c.Type == "group" || c.Type == "supergroup" }

type message struct {
	ID       int             `json:"message_id"`
	Topic    int             `json:"message_thread_id"`
	InTopic  bool            `json:"is_topic_message"`
	From     *person         `json:"from"`
	AsChat   json.RawMessage `json:"sender_chat"` // an anonymous admin or a channel
	Chat     chat            `json:"chat"`
	Date     int64           `json:"date"` // 0 if the message is not accessible any more
	EditDate int64           `json:"edit_date"`
	Text     string          `json:"text"`
	Caption  string          `json:"caption"`
	Entities []entity        `json:"entities"`
	Reply    *message        `json:"reply_to_message"`
	Keyboard keyboard        `json:"reply_markup"`
	Location *location       `json:"location"`
	Album    string          `json:"media_group_id"`
	Opened   json.RawMessage `json:"forum_topic_created"`
}

type entity struct {
	Type string  `json:"type"`
	User *person `json:"user"`
}

type location struct {
	Lat float64 `json:"latitude"`
	Lon float64 `json:"longitude"`
}

// tap is a callback query.
type tap struct {
	ID      string   `json:"id"`
	From    *person  `json:"from"`
	Message *message `json:"message"`
	Data    string   `json:"data"`
}

// member says that somebody blocked, unblocked, added or removed the bot.
type member struct {
	From *person `json:"from"`
	Chat chat    `json:"chat"`
	New  struct {
		Status string `json:"status"`
	} `json:"new_chat_member"`
}

// react says that somebody put emoji on a message, or took them away.
type react struct {
	Chat    chat    `json:"chat"`
	Message int     `json:"message_id"`
	From    *person `json:"user"`
	Old     []emoji `json:"old_reaction"`
	New     []emoji `json:"new_reaction"`
}

type emoji struct {
	Emoji string `json:"emoji"` // empty for one that is made of a picture
}

// kinds are what a message without words can be, by the field that holds it.
var kinds = map[string]string{
	"photo": "photo", "voice": "voice", "sticker": "sticker", "audio": "voice", "video_note": "voice",
	"video": "other", "animation": "other", "document": "other", "contact": "other", "poll": "other", "dice": "other",
	"venue": "other", "location": "other", "story": "other", "game": "other", "paid_media": "other", "checklist": "other",
}

// what says what a message without words is; empty if it is no more than an event of its chat.
func what(raw json.RawMessage) string {
	var fields map[string]json.RawMessage
	if json.Unmarshal(raw, &fields) != nil {
		return ""
	}
	for field, kind := range kinds {
		if v, ok := fields[field]; ok && string(v) != "null" {
			return kind
		}
	}
	return ""
}

// id reads the number of an update, whatever else is wrong with it.
func id(raw json.RawMessage) (int64, bool) {
	var head struct {
		ID *int64 `json:"update_id"`
	}
	if json.Unmarshal(raw, &head) != nil || head.ID == nil {
		return 0, false
	}
	return *head.ID, true
}
