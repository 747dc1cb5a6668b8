package token_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"legcoach/coach/token"
)

func TestSplit(t *testing.T) {
	for text, want := range map[string]string{
		"I'll do today’s hills!":  "i will do today 's hills !",
		"don't, whats next":       "dont , what 's next",
		"6.15pm or 20h30":         "6 . 15 pm or 20 h 30",
		"São Paulo, Zürich":       "sao paulo , zurich",
		"今日は坂":                    "今 日 は 坂",
		"आज ٣ мой":                "आज 3 мой",
		"⏸️ 👍🏽👍":                  "⏸ 👍 👍",
		"o'clock":                 "oclock",
		"a\x00b\xffc":             "a b c",
		"mon/wed":                 "mon / wed",
		"it's 1234567890 o'clock": "it 's 1234567890 oclock",
	} {
		if got := join(token.Split(text)); got != want {
			t.Errorf("Split(%q) = %q, want %q", text, got, want)
		}
	}
}

func FuzzSplit(f *testing.F) {
	f.Add("did 6 hills y'day, 18:30 ✅")
	f.Add("\xff'l''ll's")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, tok := range token.Split(text) {
			if tok.Start < last && tok.Start != 0 && !tok.Glued || tok.End > len(text) || tok.Start > tok.End {
				t.Fatalf("token %+v of %q is out of place", tok, text)
			}
			if !utf8.ValidString(tok.Text) {
				t.Fatalf("token %+v of %q is no UTF-8", tok, text)
			}
			last = tok.Start
		}
	})
}

func join(tokens []token.Token) string {
	var words []string
	for _, t := range tokens {
		words = append(words, t.Text)
	}
	return strings.Join(words, " ")
}
