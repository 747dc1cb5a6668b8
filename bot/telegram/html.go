package telegram

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"legcoach/coach"
)

// block is one paragraph and how it looks.
type block struct {
	text    string
	style   style
	moments []coach.Moment
	tight   bool // follows the one before without a blank line
}

type style int

const (
	plain style = iota
	quoted
	aside
	data
)

// tags are what stands around each style in Telegram's HTML.
var tags = [...][2]string{
	plain:  {"", ""},
	quoted: {"<blockquote expandable>", "</blockquote>"},
	aside:  {"<i>", "</i>"},
	data:   {"<pre>", "</pre>"},
}

// blocks are the paragraphs of a line, in the order in which they are read.
func blocks(line coach.Line, worth string) []block {
	var bs []block
	for _, text := range strings.Split(clean(line.Text), "\n\n") {
		if text = strings.Trim(text, "\n"); !visible(text) {
			continue
		}
		b := block{text: text, moments: line.Moments}
		if line.Fixed && len(bs) == 0 {
			b.style = data
		}
		bs = append(bs, b)
	}
	if quote := strings.TrimSpace(clean(line.Quote)); visible(quote) {
		bs = append(bs, block{text: quote, style: quoted})
		if section := strings.TrimSpace(clean(line.Section)); visible(section) {
			bs = append(bs, block{text: "— " + section, style: aside, tight: true})
		}
	}
	if text := strings.TrimSpace(clean(line.Worth)); visible(text) {
		if worth != "" && !strings.HasPrefix(strings.ToLower(text), strings.ToLower(worth)) {
			text = worth + ": " + text
		}
		bs = append(bs, block{text: text, style: aside})
	}
	return bs
}

// maxData is how long a file may be to be said as text, in bytes.
const maxData = 12 << 10

// asText is a line with its file as text, for a server that takes no documents;
// false if it is no text, or too long to read.
func asText(f *coach.File) (block, bool) {
	text := strings.TrimSpace(clean(string(f.Data)))
	return block{text: text, style: data}, len(f.Data) <= maxData && utf8.Valid(f.Data) && visible(text)
}

// markup writes a block in Telegram's HTML; times says whether its moments may be tags.
func (b block) markup(times bool) string {
	text := escape(b.text)
	if times && b.style == plain {
		text = withMoments(b.text, b.moments)
	}
	return tags[b.style][0] + text + tags[b.style][1]
}

// escape makes a text plain in Telegram's HTML, and leaves quotes as they are:
// what is inside a tag never comes from outside.
var escape = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace

// gap is what stands between a block and the one before it.
func (b block) gap() string {
	if b.tight {
		return "\n"
	}
	return "\n\n"
}

// write joins blocks: with tags and tagged times, with tags only, or bare.
func write(bs []block, as writing) string {
	var out strings.Builder
	for i, b := range bs {
		if i > 0 {
			out.WriteString(b.gap())
		}
		if as == bare {
			out.WriteString(b.text)
		} else {
			out.WriteString(b.markup(as == timed))
		}
	}
	return out.String()
}

type writing int

const (
	timed  writing = iota // HTML with times that each reader sees in their own zone
	tagged                // HTML
	bare                  // no markup
)

// withMoments escapes a text and makes a tag of each moment it shows.
func withMoments(text string, moments []coach.Moment) string {
	type span struct {
		from, to int
		m        coach.Moment
	}
	var spans []span
	for _, m := range moments {
		from := 0
		for _, s := range spans { // the same words may stand for two moments, in order
			if s.m.Shown == m.Shown {
				from = s.to
			}
		}
		if !visible(m.Shown) || !utf8.ValidString(m.Shown) || m.At.IsZero() {
			continue
		}
		if i := strings.Index(text[from:], m.Shown); i >= 0 {
			spans = append(spans, span{from + i, from + i + len(m.Shown), m})
		}
	}
	slices.SortStableFunc(spans, func(a, b span) int { return a.from - b.from })
	var out strings.Builder
	at := 0
	for _, s := range spans {
		if s.from < at {
			continue
		}
		out.WriteString(escape(text[at:s.from]))
		fmt.Fprintf(&out, `<tg-time unix="%d" format="%s">%s</tg-time>`, s.m.At.Unix(), format(s.m.Shown), escape(s.m.Shown))
		at = s.to
	}
	out.WriteString(escape(text[at:]))
	return out.String()
}

var (
	clock   = regexp.MustCompile(`\d{1,2}[:.]\d\d`)
	weekday = regexp.MustCompile(`(?i)\b(mon|tue|wed|thu|fri|sat|sun)`)
	dated   = regexp.MustCompile(`\d`)
)

// format names the parts of a moment that are shown: w for the weekday, d for the date, t for the time.
func format(shown string) string {
	f := ""
	if weekday.MatchString(shown) {
		f = "w"
	}
	if dated.MatchString(clock.ReplaceAllString(shown, "")) {
		f += "d"
	}
	if clock.MatchString(shown) {
		f += "t"
	}
	if f == "" || f == "w" {
		return "wd"
	}
	return f
}

// clean takes out of a text what Telegram refuses or what would turn the rest
// of it around: broken bytes, control characters, and embeddings of direction.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r == '\uFEFF':
			return -1
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

// visible reports whether there is anything to see: Telegram takes a text of spaces for empty.
func visible(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S) && !blank[r]
	}) >= 0
}

// blank are letters and signs that show nothing.
var blank = map[rune]bool{'\u115F': true, '\u1160': true, '\u3164': true, '\uFFA0': true, '\u2800': true}
