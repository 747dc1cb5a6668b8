package discord

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
)

// The shapes of what Discord reports, as little of them as is needed. Unknown
// fields and unknown component types are of no interest, so they cannot hurt.

type interaction struct {
	ID        string `json:"id"`
	App       string `json:"application_id"`
	Type      int    `json:"type"`
	Token     string `json:"token"`
	GuildID   string `json:"guild_id"`
	ChannelID string `json:"channel_id"`
	Channel   struct {
		ID string `json:"id"`
	} `json:"channel"`
	Context *int    `json:"context"`
	Locale  string  `json:"locale"`
	User    *user   `json:"user"`
	Member  *member `json:"member"`
	Allowed string  `json:"app_permissions"`
	Message *post   `json:"message"`
	Data    struct {
		Name       string      `json:"name"`
		Type       int         `json:"type"`
		Options    []given     `json:"options"`
		CustomID   string      `json:"custom_id"`
		Values     []string    `json:"values"`
		Components []component `json:"components"`
		TargetID   string      `json:"target_id"`
		Resolved   struct {
			Messages map[string]post `json:"messages"`
		} `json:"resolved"`
	} `json:"data"`
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

type member struct {
	User *user `json:"user"`
}

// given is an option as a runner filled it in.
type given struct {
	Name    string          `json:"name"`
	Type    int             `json:"type"`
	Value   json.RawMessage `json:"value"`
	Focused bool            `json:"focused"`
	Options []given         `json:"options"`
}

// text is the value of an option as it could be typed, on one line.
func (g given) text() string {
	var s string
	if json.Unmarshal(g.Value, &s) != nil {
		s = string(g.Value)
	}
	return strings.Join(strings.Fields(s), " ")
}

type component struct {
	Type       int         `json:"type"`
	CustomID   string      `json:"custom_id"`
	Value      string      `json:"value"`
	Values     []string    `json:"values"`
	Component  *component  `json:"component"`
	Components []component `json:"components"`
}

// post is a message in a channel.
type post struct {
	ID          string      `json:"id"`
	ChannelID   string      `json:"channel_id"`
	GuildID     string      `json:"guild_id"`
	Type        int         `json:"type"`
	Author      *user       `json:"author"`
	Content     string      `json:"content"`
	Flags       int         `json:"flags"`
	WebhookID   string      `json:"webhook_id"`
	Mentions    []user      `json:"mentions"`
	Components  []component `json:"components"`
	Attachments []struct {
		ContentType string `json:"content_type"`
	} `json:"attachments"`
	Stickers []struct{} `json:"sticker_items"`
	Replied  *post      `json:"referenced_message"`
	Edited   string     `json:"edited_timestamp"` // empty if it stands as it was written
}

// reaction is an emoji that somebody put on a message.
type reaction struct {
	UserID    string `json:"user_id"`
	ChannelID string `json:"channel_id"`
	MessageID string `json:"message_id"`
	GuildID   string `json:"guild_id"`
	Emoji     struct {
		ID   string `json:"id"` // of a server's own emoji only
		Name string `json:"name"`
	} `json:"emoji"`
}

type ready struct {
	User user `json:"user"`
}

// The interaction types, and what answers them:
// https://docs.discord.com/developers/interactions/receiving-and-responding
const (
	ping         = 1
	slash        = 2
	tap          = 3
	autocomplete = 4
	submit       = 5

	answerPong     = 1
	answerMessage  = 4
	answerDefer    = 5
	answerSilently = 6
	answerInPlace  = 7
	answerSuggest  = 8
	answerForm     = 9
)

// Message flags: https://docs.discord.com/developers/resources/message
const (
	flagEphemeral = 1 << 6
	flagLoading   = 1 << 7
	flagSilent    = 1 << 12
	flagVoice     = 1 << 13
)

// decode reads JSON as far as it can be read: a field of an unexpected type is
// left out, as if it had not been sent.
func decode(data []byte, into any) error {
	err := json.Unmarshal(data, into)
	var wrong *json.UnmarshalTypeError
	if errors.As(err, &wrong) {
		return nil
	}
	return err
}

// who is the person behind an interaction; empty if there is none.
func (i *interaction) who() string {
	switch {
	case i.User != nil:
		return i.User.ID
	case i.Member != nil && i.Member.User != nil:
		return i.Member.User.ID
	}
	return ""
}

// private reports whether an interaction happened in the person's own chat with the bot.
func (i *interaction) private() bool {
	if i.Context != nil {
		return *i.Context == 1
	}
	return i.GuildID == ""
}

// embeds reports whether the bot may show cards where an interaction happened.
// Discord leaves them out silently where it may not, and their words with them.
func (i *interaction) embeds() bool {
	const administrator, embedLinks = 1 << 3, 1 << 14
	allowed, err := strconv.ParseUint(i.Allowed, 10, 64)
	return i.private() || err != nil || allowed&(administrator|embedLinks) != 0
}

// maxToken is far more than the tokens of interactions have.
const maxToken = 2000

// sound reports whether an interaction can be answered at all.
func (i *interaction) sound() bool {
	return snowflake(i.ID) && snowflake(i.App) && snowflake(i.who()) && i.Token != "" && len(i.Token) < maxToken && (i.ChannelID == "" || snowflake(i.ChannelID))
}

// snowflake reports whether s can be one of Discord's ids.
func snowflake(s string) bool {
	if len(s) == 0 || len(s) > 20 {
		return false
	}
	_, err := strconv.ParseUint(s, 10, 64)
	return err == nil
}

// minted is when Discord made an id.
func minted(id string) time.Time {
	n, _ := strconv.ParseUint(id, 10, 64)
	return time.UnixMilli(int64(n>>22) + 1420070400000)
}
