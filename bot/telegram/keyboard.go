package telegram

import (
	"encoding/json"
	"strings"
	"unicode/utf8"

	"legcoach/coach"
)

// keyboard is the buttons under a message. The library's own type lacks what is newer.
type keyboard struct {
	Rows [][]button `json:"inline_keyboard"`
}

type button struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

const (
	maxButtons = 100 // in all
	maxRow     = 4   // beside each other
	maxWidth   = 34  // characters beside each other, so that a phone shows them whole
	maxLabel   = 64  // characters of one button
)

// separator divides what a button says from the key of its line, so that a tap
// on it, or a reply to it, says which reminder it answers, after any restart.
const separator = "\x1f"

// pack returns the data of a button: what it says, and the key where that has room.
func pack(says, key string) string {
	if key == "" || !utf8.ValidString(key) || len(says)+len(separator)+len(key) > coach.MaxSays {
		return says
	}
	return says + separator + key
}

// unpack divides the data of a button, or a text typed after it.
func unpack(data string) (says, key string) {
	says, key, _ = strings.Cut(data, separator)
	return strings.TrimSpace(says), key
}

// buttons lays the choices of a line out in rows. A choice that Telegram would refuse is left out: it can be typed.
func buttons(line coach.Line) keyboard {
	k := keyboard{Rows: [][]button{}}
	width, count := 0, 0
	for _, c := range line.Choices {
		label := short(strings.Join(strings.Fields(clean(c.Label)), " "))
		if !visible(label) || c.Says == "" || len(c.Says) > coach.MaxSays || !utf8.ValidString(c.Says) || count == maxButtons {
			continue
		}
		size := utf8.RuneCountInString(label)
		last := len(k.Rows) - 1
		if last < 0 || len(k.Rows[last]) == maxRow || width+size > maxWidth {
			k.Rows, last, width = append(k.Rows, nil), last+1, 0
		}
		k.Rows[last] = append(k.Rows[last], button{Text: label, Data: pack(c.Says, line.Key)})
		width += size
		count++
	}
	return k
}

// short is a label that fits on a button.
func short(label string) string {
	if runes := []rune(label); len(runes) > maxLabel {
		return string(runes[:maxLabel-1]) + "…"
	}
	return label
}

// markup is a keyboard as a parameter; empty if it has no buttons, which takes those of an edited message away.
func (k keyboard) markup() string {
	if len(k.Rows) == 0 {
		return ""
	}
	b, err := json.Marshal(k)
	if err != nil {
		return ""
	}
	return string(b)
}
