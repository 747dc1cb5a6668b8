package discord

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	link = regexp.MustCompile(`https?://[^\s<>]+`)
	// active is what Discord would read as formatting, a mention, a time or a masked link.
	active = regexp.MustCompile("[\\\\*_`]|~~|\\|\\||<(?:[@#:/]|a:|t:|id:|https?:)|\\[[^\\]\n]*\\]\\(|(?m:^ *(?:#{1,3} |-# |>))")
)

// escape makes text show as it is written: nothing in it is formatting or a mention.
func escape(text string) string {
	var b strings.Builder
	from := 0
	for _, at := range link.FindAllStringIndex(text, -1) {
		b.WriteString(escapeWords(text[from:at[0]]))
		b.WriteString(text[at[0]:at[1]])
		from = at[1]
	}
	b.WriteString(escapeWords(text[from:]))
	return b.String()
}

func escapeWords(text string) string {
	return active.ReplaceAllStringFunc(text, func(found string) string {
		body := strings.TrimLeft(found, " ")
		lead := found[:len(found)-len(body)]
		switch {
		case body == "~~" || body == "||":
			return lead + `\` + body[:1] + `\` + body[1:]
		case strings.HasPrefix(body, "["):
			return lead + `\[` + escapeWords(body[1:])
		}
		return lead + `\` + body
	})
}

// pieces cuts text into parts of at most most characters, at a blank line, a
// line end or a space where there is one, and never inside a character.
func pieces(text string, most int) []string {
	var parts []string
	for utf8.RuneCountInString(text) > most {
		end := byteAt(text, most)
		cut := end
		for _, gap := range []string{"\n\n", "\n", " "} {
			if i := strings.LastIndex(text[:end], gap); i > end/2 {
				cut = i
				break
			}
		}
		if cut == end && cut > 1 && text[cut-1] == '\\' {
			cut-- // an escape stays with what it escapes
		}
		parts = append(parts, strings.TrimSpace(text[:cut]))
		text = strings.TrimSpace(text[cut:])
	}
	if text != "" || len(parts) == 0 {
		parts = append(parts, text)
	}
	return parts
}

// byteAt is where the n-th character of text begins.
func byteAt(text string, n int) int {
	for i := range text {
		if n == 0 {
			return i
		}
		n--
	}
	return len(text)
}

// clip shortens text to at most most characters.
func clip(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	return text[:byteAt(text, most-1)] + "…"
}
