package telegram

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"

	"legcoach/coach"
)

// nasty are texts that broke bots before.
var nasty = []string{
	"", " ", "\n\n\n", "a\x00b", "\xff\xfe", "<b>", "</blockquote>", "&lt;", "&", strings.Repeat("&", 5000), strings.Repeat("🏃🏽‍♀️", 1500),
	strings.Repeat("é", 3000), "שלום \u202e עולם", "\u200b\u200b", strings.Repeat("word ", 3000), strings.Repeat("x", 9000), "a\n\nb\n\n\nc\r\n\r\nd",
	"\u2800", "\u3164", "🇩🇪🇬🇧", "tg://user?id=1", "\\", "`", strings.Repeat("A sentence. ", 900), strings.Repeat("e\u0301", 4000),
}

// Whatever is said, Telegram refuses none of it, and all of it is there.
func FuzzSaid(f *testing.F) {
	for _, s := range nasty {
		s = s[:min(len(s), 400)]
		f.Add(s, s, s, "Done", "/done")
	}
	p := reader(f)
	server := &fake{most: 160} // as if a message were no longer, so that short texts are divided
	f.Fuzz(func(t *testing.T, text, quote, section, label, says string) {
		line := coach.Line{Text: text, Quote: quote, Section: section, Worth: quote, Key: section, Choices: []coach.Choice{{Label: label, Says: says}, {Label: quote, Says: "/x"}}}
		if len(section) > 0 {
			line.Moments = []coach.Moment{{Shown: section, At: time.Unix(1, 0)}, {Shown: label, At: time.Unix(2, 0)}}
		}
		check(t, server, speech{Platform: p, line: line, to: me}, server.most)
	})
}

// check holds a line against the rules of Telegram, however much of its looks is left.
func check(t interface{ Errorf(string, ...any) }, server *fake, s speech, most int) {
	parts := s.parts(most)
	for _, as := range []writing{timed, tagged, bare} {
		all := ""
		for _, part := range parts {
			params := s.base(me, part, as)
			params["reply_markup"] = s.keys(true)
			if most == maxCaption {
				params["caption"], params["text"] = params["text"], ""
			}
			if why := server.bad(params, most == maxCaption); why != "" {
				t.Errorf("refused: %s\n%q\n%s", why, write(part, as), params["reply_markup"])
			}
			text := write(part, as)
			if as != bare {
				text, _ = plainOf(text)
			}
			all += text
		}
		if got, want := letters(all), letters(s.line.Text)+letters(s.line.Quote); !strings.HasPrefix(got, letters(s.line.Text)) || len(got) < len(want) {
			t.Errorf("something was left out of %q: %q", s.line.Text, all)
		}
	}
}

// letters are the letters and digits of a text.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.L, unicode.N) && !blank[r] {
			return r
		}
		return -1
	}, clean(s))
}

// The same, with texts that are made of nasty parts.
func TestSaidIsNeverRefused(t *testing.T) {
	p, server := reader(t), &fake{}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(nasty), rapid.String()), 0, 6).Draw(t, "parts"), rapid.SampledFrom([]string{" ", "\n", "\n\n", ""}).Draw(t, "between"))
		})
		line := coach.Line{Text: text.Draw(t, "text"), Quote: text.Draw(t, "quote"), Section: rapid.String().Draw(t, "section"), Key: "2026-11-24/hill"}
		for range rapid.IntRange(0, 120).Draw(t, "choices") {
			line.Choices = append(line.Choices, coach.Choice{Label: rapid.String().Draw(t, "label"), Says: rapid.StringN(0, 70, 80).Draw(t, "says")})
		}
		check(t, server, speech{Platform: p, line: line, to: me}, maxText)
	})
}

// A long text is divided between paragraphs, then sentences, then words, and
// never inside what is read as one character.
func TestSplit(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		ends []string
	}{
		"paragraphs": {strings.Repeat("a", 60) + "\n\n" + strings.Repeat("b", 60), []string{"a", "b"}},
		"sentences":  {strings.Repeat("a", 70) + ". " + strings.Repeat("b", 60), []string{".", "b"}},
		"words":      {strings.Repeat("a", 70) + " " + strings.Repeat("b", 60), []string{"a", "b"}},
		"characters": {strings.Repeat("👩‍👩‍👧", 15), []string{"👧", "👧"}},
		"accents":    {strings.Repeat("e\u0301", 70), []string{"\u0301", "\u0301"}},
		"markup":     {strings.Repeat("&", 30), []string{"&", "&"}},
	} {
		t.Run(name, func(t *testing.T) {
			parts := split(blocks(coach.Line{Text: c.text}, ""), 100)
			if len(parts) != len(c.ends) {
				t.Fatalf("%d parts, want %d: %+v", len(parts), len(c.ends), parts)
			}
			for i, end := range c.ends {
				text := write(parts[i], bare)
				if r, _ := utf8.DecodeRuneInString(text); !strings.HasSuffix(text, end) || joins(r) {
					t.Errorf("part %d is %q, want it to end in %q", i, text, end)
				}
			}
		})
	}
}

// Columns keep their places: they are shown in letters of one width, and what follows is not.
func TestColumns(t *testing.T) {
	got := write(blocks(coach.Line{Text: "16 Nov H ▢ <\n23 Nov ▢\n\n1 done, 2 rest", Fixed: true}, ""), tagged)
	if want := "<pre>16 Nov H ▢ &lt;\n23 Nov ▢</pre>\n\n1 done, 2 rest"; got != want {
		t.Errorf("it is written as %q, want %q", got, want)
	}
}
