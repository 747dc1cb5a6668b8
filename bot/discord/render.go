package discord

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/bwmarrin/discordgo"

	"legcoach/coach"
)

// Discord's limits: https://docs.discord.com/developers/resources/message and …/components/reference
const (
	maxContent     = 2000
	maxEmbed       = 4096
	maxEmbeds      = 6000 // all embeds of a message together
	maxID          = 100
	maxLabel       = 80
	maxOption      = 100
	maxRow         = 5
	maxRows        = 5
	maxSelect      = 25
	maxPlaceholder = 150
	maxParts       = 4 // messages that one line becomes at most; what is longer goes into a file
)

// message is what is posted. Every field that an edit must clear is always there.
type message struct {
	Content    string      `json:"content"`
	Embeds     []embed     `json:"embeds"`
	Components []any       `json:"components"`
	Mentions   mentions    `json:"allowed_mentions"`
	Flags      int         `json:"flags,omitempty"`
	Nonce      string      `json:"nonce,omitempty"`
	Enforce    bool        `json:"enforce_nonce,omitempty"`
	Reference  *reference  `json:"message_reference,omitempty"`
	files      []*filePart // sent beside the JSON
}

// mentions lets nobody be called: names and notes are a runner's own text.
type mentions struct {
	Parse []string `json:"parse"`
}

type reference struct {
	Message string `json:"message_id"`
	Strict  bool   `json:"fail_if_not_exists"`
}

type filePart struct {
	name string
	data []byte
}

func (m message) attachments() (files []*discordgo.File) {
	for _, f := range m.files {
		files = append(files, &discordgo.File{Name: f.name, ContentType: "application/octet-stream", Reader: bytes.NewReader(f.data)})
	}
	return files
}

// render is [render] with the platform's own words.
func (p *Platform) render(line coach.Line, owner string, plain bool) []message {
	if label := p.config.Words.Worth; line.Worth != "" && !strings.HasPrefix(line.Worth, label) {
		line.Worth = label + ": " + line.Worth
	}
	return render(line, owner, plain)
}

// render turns a line into the messages that say it: nearly always one.
// Owner, unless empty, is whose choices they are where others can see them.
// Plain messages have no cards: in a server the bot may not be allowed to show one.
func render(line coach.Line, owner string, plain bool) []message {
	var parts []message
	if c, is := card(line); is && !plain {
		parts = []message{c}
	} else {
		parts = spread(words(line), plain)
	}
	for i := range parts {
		parts[i].Mentions.Parse = []string{}
		parts[i].Components = []any{}
		if parts[i].Embeds == nil {
			parts[i].Embeds = []embed{}
		}
		if line.Silent {
			parts[i].Flags |= flagSilent
		}
	}
	last := &parts[len(parts)-1]
	last.Components = components(line, owner)
	if line.File != nil {
		last.files = append(last.files, &filePart{fileName(line.File.Name), line.File.Data})
	}
	return parts
}

// text is the text of a line, escaped. Columns stand in a block of code, in which
// nothing but its own end means anything.
func text(line coach.Line) string {
	if !line.Fixed {
		return times(escape(line.Text), line.Moments)
	}
	columns, rest, _ := strings.Cut(line.Text, "\n\n")
	return "```\n" + strings.ReplaceAll(columns, "`", "'") + "\n```\n" + times(escape(rest), line.Moments)
}

// words is everything of a line that is read, escaped.
func words(line coach.Line) string {
	parts := []string{text(line)}
	if line.Quote != "" {
		parts = append(parts, "> "+strings.ReplaceAll(escape(line.Quote), "\n", "\n> "))
		if line.Section != "" {
			parts[len(parts)-1] += "\n-# " + escape(line.Section)
		}
	}
	if line.Worth != "" {
		parts = append(parts, escape(line.Worth))
	}
	var full []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			full = append(full, p)
		}
	}
	return strings.Join(full, "\n\n")
}

// maxMoments is how many instants of one line are shown; more would bury its words.
const maxMoments = 8

// times adds to each instant how far away it is, which Discord shows to every
// reader in their own zone and keeps true.
func times(text string, moments []coach.Moment) string {
	from := 0
	for i, m := range moments {
		shown := escape(m.Shown)
		at := strings.Index(text[from:], shown)
		if i >= maxMoments || shown == "" || at < 0 {
			continue
		}
		from += at + len(shown)
		mark := fmt.Sprintf(" (<t:%d:R>)", m.At.Unix())
		text = text[:from] + mark + text[from:]
		from += len(mark)
	}
	return text
}

// spread lays long text out over as few messages as possible.
func spread(text string, plain bool) []message {
	if utf8.RuneCountInString(text) <= maxContent {
		return []message{{Content: text}}
	}
	var parts []message
	for rest := text; rest != ""; {
		if len(parts) == maxParts {
			whole := &filePart{"everything.txt", []byte(text)}
			parts[maxParts-1].files = append(parts[maxParts-1].files, whole)
			break
		}
		var m message
		m, rest = fill(rest, plain)
		parts = append(parts, m)
	}
	return parts
}

// fill puts as much text as fits into a message's content and, unless it is plain, its embeds, and returns what does not.
func fill(text string, plain bool) (m message, rest string) {
	m.Content, rest = first(text, maxContent)
	for left := maxEmbeds; !plain && rest != "" && left > maxEmbeds/10; {
		var chunk string
		chunk, rest = first(rest, min(maxEmbed, left))
		m.Embeds = append(m.Embeds, embed{Description: chunk})
		left -= utf8.RuneCountInString(chunk)
	}
	return m, rest
}

// first is the first piece of text, and what comes after it.
func first(text string, most int) (piece, rest string) {
	text = strings.TrimSpace(text)
	piece = pieces(text, most)[0]
	return piece, strings.TrimSpace(text[len(piece):])
}

// fileName is a name that can stand in a request's header.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < 0x20 || strings.ContainsRune(`/\":*?<>|`, r) {
			return '_'
		}
		return r
	}, name)
	return clip(orElse(name, "file"), 100)
}
