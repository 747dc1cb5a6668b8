package telegram

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"legcoach/coach"
)

// place is where an event happened: it is the Handle of what is heard, by which
// the answer finds its way back.
type place struct {
	Chat    int64 `json:"c"`
	Message int   `json:"m,omitempty"` // what was said, or the message that was tapped
	Topic   int   `json:"t,omitempty"`
	Person  int64 `json:"u,omitempty"`
	Tapped  bool  `json:"k,omitempty"`
}

func (p place) handle() string {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err) // numbers and booleans only
	}
	return string(b)
}

// placeOf reads a handle; a foreign one is no place.
func placeOf(handle string) place {
	var p place
	if json.Unmarshal([]byte(handle), &p) != nil {
		return place{}
	}
	return p
}

// spot is one message.
type spot struct {
	Chat    int64
	Message int
}

func (s spot) ref() string { return fmt.Sprintf("%d/%d", s.Chat, s.Message) }

// spotOf reads what Send returned as its ref.
func spotOf(ref string) (spot, bool) {
	chat, message, _ := strings.Cut(ref, "/")
	c, err := strconv.ParseInt(chat, 10, 64)
	m, err2 := strconv.Atoi(message)
	return spot{c, m}, err == nil && err2 == nil && m != 0
}

// chatOf returns the chat of an address.
func chatOf(id coach.ID) (int64, bool) {
	c, err := strconv.ParseInt(id.Local(), 10, 64)
	return c, err == nil && id.Platform() == name && c != 0
}

// placeOfMessage is where a message stands.
func placeOfMessage(m *message, from *person) place {
	return place{Chat: m.Chat.ID, Message: m.ID, Topic: topic(m), Person: from.ID}
}

// topic is the topic that a message belongs to. In groups without topics the
// field holds the thread of a reply, which can't be answered into.
func topic(m *message) int {
	if m.InTopic || m.Chat.Forum || m.Reply == nil {
		return m.Topic
	}
	return 0
}
