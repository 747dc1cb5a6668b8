package discord

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"legcoach/coach"
	"legcoach/coach/day"
)

// embed is a card. https://docs.discord.com/developers/resources/message#embed-object
//
// Components V2 could hold the buttons inside the card, but a message made of
// them has no content: a phone's notification would show no words, and neither
// could it become plain again when a tap puts another line in its place.
type embed struct {
	Title       string  `json:"title,omitempty"`
	Description string  `json:"description,omitempty"`
	Colour      int     `json:"color,omitempty"`
	Fields      []field `json:"fields,omitempty"`
	Footer      *footer `json:"footer,omitempty"`
}

type field struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// footer is shown as it is: nothing in it is formatting.
type footer struct {
	Text string `json:"text"`
}

const (
	maxTitle  = 256 // of a title and of a field's name
	maxField  = 1024
	maxFields = 25
	maxFooter = 2048
	// shortRow is how long a row may be so that rows read better as a list than as fields.
	shortRow = 40
)

// colours tell the kinds of days apart, beside their words.
var colours = map[day.Kind]int{"hill": 0xC2703D, "interval": 0xB8336A, "strength": 0x4F5D95, "easy": 0x3D8B5F, "rest": 0x7A8B99, "week": 0x2F6F8F}

// size is how much of a message's room an embed takes.
func (e embed) size() int {
	n := utf8.RuneCountInString(e.Title) + utf8.RuneCountInString(e.Description)
	for _, f := range e.Fields {
		n += utf8.RuneCountInString(f.Name) + utf8.RuneCountInString(f.Value)
	}
	if e.Footer != nil {
		n += utf8.RuneCountInString(e.Footer.Text)
	}
	return n
}

// fits reports whether Discord takes an embed.
func (e embed) fits() bool {
	long := e.size() > maxEmbeds || utf8.RuneCountInString(e.Title) > maxTitle || utf8.RuneCountInString(e.Description) > maxEmbed || len(e.Fields) > maxFields
	for _, f := range e.Fields {
		long = long || utf8.RuneCountInString(f.Name) > maxTitle || utf8.RuneCountInString(f.Value) > maxField
	}
	return !long && (e.Footer == nil || utf8.RuneCountInString(e.Footer.Text) <= maxFooter)
}

// same reports whether two embeds say the same. What Discord gives back holds more than what was sent.
func (e embed) same(other embed) bool {
	return e.Title == other.Title && e.Description == other.Description && len(e.Fields) == len(other.Fields)
}

// card lays a line out as a card: reminders, and what the coach marked as one.
// False if it is none, or too long to be one.
func card(line coach.Line) (message, bool) {
	switch {
	case line.Nudge != "":
		return note(line, colours[line.Nudge])
	case line.Card != "" && line.Unasked:
		return note(line, colours[line.Card])
	case line.Card != "":
		return sheet(line)
	}
	return message{}, false
}

// note shows the first paragraph as it is, since a phone's notification shows it too, and the rest on a coloured card.
func note(line coach.Line, colour int) (message, bool) {
	text := words(line)
	lead, rest, more := strings.Cut(text, "\n\n")
	if utf8.RuneCountInString(text) > maxContent {
		return message{}, false
	}
	m := message{Content: lead}
	if more {
		m.Embeds = []embed{{Description: strings.TrimSpace(rest), Colour: colour}}
	}
	return m, true
}

// sheet shows the first paragraph on a card, and the others on a second one.
func sheet(line coach.Line) (message, bool) {
	lead, rest, _ := strings.Cut(strings.TrimSpace(line.Text), "\n\n")
	e := lay(strings.Split(lead, "\n"))
	e.Colour = colours[line.Card]
	m := message{Embeds: []embed{e}}
	line.Text = rest
	if more := words(line); more != "" {
		m.Embeds = append(m.Embeds, embed{Description: more, Colour: e.Colour})
	}
	size := 0
	for _, e := range m.Embeds {
		if !e.fits() {
			return message{}, false
		}
		size += e.size()
	}
	return m, e.Title != "" && size <= maxEmbeds
}

// row is a line "Name: what".
var row = regexp.MustCompile(`^([^\s:][^:]{0,39}): (\S.*)$`)

// lay makes an embed of lines: the title, rows, and below them what is no row.
// A line between two rows belongs to the one above it.
func lay(lines []string) embed {
	e := embed{Title: escape(strings.TrimSuffix(strings.TrimSpace(lines[0]), ":"))}
	var above, below []string
	for _, l := range lines[1:] {
		l = strings.TrimSpace(l)
		found := row.FindStringSubmatch(l)
		switch {
		case l == "":
		case found == nil && len(e.Fields) == 0:
			above = append(above, escape(l))
		case found == nil:
			below = append(below, l)
		default:
			e.append(below...)
			below = nil
			e.Fields = append(e.Fields, field{escape(found[1]), escape(found[2])})
		}
	}
	if len(below) > 0 {
		e.Footer = &footer{strings.Join(below, "\n")}
	}
	return e.listed(above)
}

// append adds lines to the last field.
func (e *embed) append(lines ...string) {
	for _, l := range lines {
		e.Fields[len(e.Fields)-1].Value += "\n" + escape(l)
	}
}

// listed puts lines above the fields, and the fields as a list below them if all are short.
func (e embed) listed(above []string) embed {
	short := true
	for _, f := range e.Fields {
		short = short && utf8.RuneCountInString(f.Value) <= shortRow
	}
	if short {
		for _, f := range e.Fields {
			above = append(above, "**"+f.Name+":** "+f.Value)
		}
		e.Fields = nil
	}
	e.Description = strings.Join(above, "\n")
	return e
}
