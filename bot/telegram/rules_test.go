package telegram

import (
	"encoding/json"
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// bad says why Telegram would refuse a message; empty if it would not.
func (f *fake) bad(params map[string]string, upload bool) string {
	text, most := params["text"], maxText
	if upload {
		text, most = params["caption"], maxCaption
	}
	if f.most > 0 {
		most = f.most
	}
	if !utf8.ValidString(text) {
		return "400 Bad Request: strings must be encoded in UTF-8"
	}
	plain := text
	if params["parse_mode"] == "HTML" {
		var err error
		if plain, err = plainOf(text); err != nil || f.oldTags && strings.Contains(text, "<tg-time") {
			return "400 Bad Request: can't parse entities: Unsupported start tag"
		}
	}
	switch {
	case units(plain) > most || units(text) > most: // some servers count the markup
		return "400 Bad Request: message is too long"
	case !upload && blankText(plain):
		return "400 Bad Request: message text is empty"
	}
	return badKeys(params["reply_markup"])
}

func badKeys(markup string) string {
	if markup == "" {
		return ""
	}
	var k struct {
		Rows [][]button `json:"inline_keyboard"`
	}
	if json.Unmarshal([]byte(markup), &k) != nil || k.Rows == nil {
		return `400 Bad Request: Field "inline_keyboard" must be of type Array`
	}
	count := 0
	for _, row := range k.Rows {
		count += len(row)
		if len(row) > 8 {
			return "400 Bad Request: reply_markup is too wide"
		}
		for _, b := range row {
			if strings.TrimSpace(b.Text) == "" || b.URL == "" && (b.Data == "" || len(b.Data) > 64) {
				return "400 Bad Request: BUTTON_DATA_INVALID"
			}
		}
	}
	if count > 100 {
		return "400 Bad Request: reply_markup is too large"
	}
	return ""
}

func blankText(s string) bool {
	return strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) || unicode.Is(unicode.M, r) || blank[r]
	}) == ""
}

var tag = regexp.MustCompile(`^<(/?)([a-z-]+)((?: [a-z]+(?:="[^"<>]*")?)*)>`)

// plainOf reads Telegram's HTML as its server does: known tags, closed in
// order, and nothing that is not escaped.
func plainOf(text string) (string, error) {
	var out strings.Builder
	var open []string
	for i := 0; i < len(text); {
		switch text[i] {
		case '<':
			m := tag.FindStringSubmatch(text[i:])
			if m == nil || !slices.Contains([]string{"b", "i", "pre", "blockquote", "tg-time"}, m[2]) {
				return "", fmt.Errorf("unsupported start tag at %d", i)
			}
			if m[1] == "" {
				open = append(open, m[2])
			} else if len(open) == 0 || open[len(open)-1] != m[2] {
				return "", fmt.Errorf("unexpected end tag at %d", i)
			} else {
				open = open[:len(open)-1]
			}
			i += len(m[0])
		case '>':
			return "", fmt.Errorf("a bare > at %d", i)
		default:
			next := strings.IndexAny(text[i:], "<>")
			if next < 0 {
				next = len(text) - i
			}
			out.WriteString(html.UnescapeString(text[i : i+next]))
			i += next
		}
	}
	if len(open) > 0 {
		return "", fmt.Errorf("%v is not closed", open)
	}
	return out.String(), nil
}
