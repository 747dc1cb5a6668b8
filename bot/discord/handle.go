package discord

import (
	"encoding/json"
	"strings"
	"time"

	"legcoach/coach"
)

// handle is where an answer belongs: what [coach.Said] carries to its lines.
// With ID it is an interaction, without it a message.
type handle struct {
	ID      string `json:"i,omitempty"` // the interaction
	Token   string `json:"t,omitempty"`
	App     string `json:"a,omitempty"`
	Kind    int    `json:"k,omitempty"` // slash, tap or submit
	Channel string `json:"c,omitempty"`
	User    string `json:"u,omitempty"`
	Message string `json:"m,omitempty"` // the message that was tapped or written
	Direct  bool   `json:"d,omitempty"` // in the person's own chat with the bot
	Open    bool   `json:"o,omitempty"` // everybody may see the answer
	Hidden  bool   `json:"h,omitempty"` // the tapped message is seen by the person alone
	Plain   bool   `json:"p,omitempty"` // cards may not be shown there
	Heard   int64  `json:"s,omitempty"` // when it was heard, Unix ms, if its id does not tell when it was made
}

// String is the handle as the store keeps it.
func (h handle) String() string {
	data, _ := json.Marshal(h) // strings, numbers and booleans cannot fail
	return string(data)
}

// readHandle is the zero handle for what is not one.
func readHandle(text string) handle {
	var h handle
	if !strings.HasPrefix(text, "{") || json.Unmarshal([]byte(text), &h) != nil {
		return handle{}
	}
	for _, id := range []string{h.ID, h.App, h.Channel, h.User, h.Message} {
		if id != "" && !snowflake(id) {
			return handle{}
		}
	}
	if h.ID != "" && (h.App == "" || h.Token == "") {
		return handle{}
	}
	return h
}

// implausible is how old an interaction cannot be: its id does not tell the time
// then, on a server that numbers in its own way or whose clock is wrong.
const implausible = 24 * time.Hour

// handle is where the answer to an interaction belongs. Now is Discord's time.
func (i *interaction) handle(open bool, now time.Time) handle {
	h := handle{ID: i.ID, Token: i.Token, App: i.App, Kind: i.Type, Channel: i.ChannelID, User: i.who(), Direct: i.private(), Open: open, Plain: !i.embeds()}
	if now.Sub(minted(i.ID)).Abs() > implausible {
		h.Heard = time.Now().UnixMilli()
	}
	if i.Message != nil && snowflake(i.Message.ID) && i.Type != slash {
		h.Message, h.Hidden = i.Message.ID, i.Message.Flags&flagEphemeral != 0
		h.Open = !h.Direct && !h.Hidden
	}
	return h
}

// replaces reports whether a line is put in place of the message that was tapped.
func (h handle) replaces(line coach.Line, ref string) bool {
	if h.ID == "" || h.Message == "" || h.leaks(line) {
		return false
	}
	_, tapped, _ := strings.Cut(ref, "/")
	return line.InPlace || line.Replaces != "" && tapped == h.Message
}

// leaks reports whether a line must not be shown where the interaction's answer would be.
func (h handle) leaks(line coach.Line) bool { return line.Private && h.Open && !h.Direct }

// flags are a first answer's: in a server it is for the person alone, unless they asked otherwise.
func (h handle) flags(line coach.Line) int {
	if h.Direct || h.Open && !line.Private {
		return 0
	}
	return flagEphemeral
}

// owner is whose choices a line's are, where others can see and tap them.
func (h handle) owner(line coach.Line) string {
	if h.Direct || h.User == "" || h.ID != "" && h.flags(line) != 0 {
		return ""
	}
	return h.User
}

const (
	// deferAfter is how long an answer may take before the person is shown that it is coming.
	deferAfter = 1200 * time.Millisecond
	// callbackWithin is how old an interaction may be for its first answer; at three
	// seconds Discord gives it up.
	callbackWithin = 2500 * time.Millisecond
	// answerable is how long an interaction's token works: 15 minutes, less what a request takes.
	answerable = 14*time.Minute + 30*time.Second
)
