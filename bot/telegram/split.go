package telegram

import (
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// The longest message and the longest caption, in UTF-16 units. Telegram counts
// what remains after the markup is read; here the markup counts too, which some
// servers do, and which leaves room.
const (
	maxText    = 4096
	maxCaption = 1024
)

// units is the length of a text in UTF-16 units.
func units(s string) int {
	n := 0
	for _, r := range s {
		n += utf16.RuneLen(r)
	}
	return n
}

// split divides blocks among messages, at paragraphs where possible.
func split(bs []block, most int) [][]block {
	var messages [][]block
	var now []block
	used := 0
	for _, b := range bs {
		for _, piece := range b.cut(most) {
			size := units(piece.markup(true))
			if len(now) > 0 && used+len(piece.gap())+size > most {
				messages, now, used = append(messages, now), nil, 0
			}
			if len(now) > 0 {
				used += len(piece.gap())
			}
			now, used = append(now, piece), used+size
		}
	}
	if len(now) > 0 {
		messages = append(messages, now)
	}
	return messages
}

// cut divides a block that is too long for one message: after a line, else
// after a sentence, else between words, else between characters. It loses its
// moments, so that its length is known character by character.
func (b block) cut(most int) []block {
	if len(b.text) <= 3*most && units(b.markup(true)) <= most {
		return []block{b}
	}
	b.moments = nil
	var pieces []block
	for {
		end := b.fits(most)
		if end == len(b.text) {
			break
		}
		end = breakAt(b.text[:end])
		head := b
		head.text = strings.TrimRight(b.text[:end], " \n")
		if visible(head.text) {
			pieces = append(pieces, head)
		}
		b.text, b.tight = strings.TrimLeft(b.text[end:], " \n"), false
	}
	if visible(b.text) {
		pieces = append(pieces, b)
	}
	return pieces
}

// fits is how many bytes of a block's text fit in one message; at least one
// character, and all of it if there is no more.
func (b block) fits(most int) int {
	room := most - len(tags[b.style][0]) - len(tags[b.style][1])
	for i, r := range b.text {
		size := utf16.RuneLen(r)
		if strings.ContainsRune("&<>", r) {
			size = units(escape(string(r)))
		}
		if room -= size; room < 0 && i > 0 {
			return i
		}
	}
	return len(b.text)
}

// breakAt returns where to end the first piece of a text that must be divided.
func breakAt(s string) int {
	half := len(s) / 2
	if i := strings.LastIndexByte(s, '\n'); i > half {
		return i + 1
	}
	sentence := 0
	for _, end := range []string{". ", "! ", "? ", "; "} {
		if i := strings.LastIndex(s, end); i+len(end) > sentence && i >= 0 {
			sentence = i + len(end)
		}
	}
	if sentence > half {
		return sentence
	}
	if i := strings.LastIndexByte(s, ' '); i > half {
		return i + 1
	}
	return whole(s)
}

// whole returns the end of the last character that is surely complete: what
// follows it may belong to it, as an accent, a skin tone or the next part of a family do.
func whole(s string) int {
	for end := len(s); end > len(s)*3/4; {
		r, size := utf8.DecodeLastRuneInString(s[:end])
		end -= size
		before, _ := utf8.DecodeLastRuneInString(s[:end])
		if end > 0 && !joins(r) && before != '\u200D' && !flag(r) {
			return end
		}
	}
	return len(s)
}

// joins reports whether a rune belongs to the one before it.
func joins(r rune) bool {
	return unicode.In(r, unicode.M) || r == '\u200D' || r >= 0x1F3FB && r <= 0x1F3FF || r >= 0xE0020 && r <= 0xE007F
}

func flag(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }
