package discord

import (
	"encoding/json"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"legcoach/coach"

	"pgregory.net/rapid"
)

func TestEscape(t *testing.T) {
	for text, want := range map[string]string{
		"Good. Rest day tomorrow!":       "Good. Rest day tomorrow!",
		"a_b*c~d`e|f":                    "a\\_b\\*c~d\\`e|f",
		"~~no~~ ||no||":                  "\\~\\~no\\~\\~ \\|\\|no\\|\\|",
		"# no\n-# no\n> no\n- a list":    "\\# no\n\\-# no\n\\> no\n- a list",
		"#hill 3 > 2":                    "#hill 3 > 2",
		"[run](http://a.b/c_d) [x] (y)":  "\\[run](http://a.b/c_d) [x] (y)",
		"https://a.b/c_d_e and a_b":      "https://a.b/c_d_e and a\\_b",
		"<@1> <t:1:R> </x:1> < 5":        "\\<@1> \\<t:1:R> \\</x:1> < 5",
		"a \\ b":                         "a \\\\ b",
		"[a](b) [c_d](e)":                "\\[a](b) \\[c\\_d](e)",
		"@everyone, mon 1. hills (easy)": "@everyone, mon 1. hills (easy)",
	} {
		if got := escape(text); got != want {
			t.Errorf("escape(%q) = %q, want %q", text, got, want)
		}
	}
}

// Whatever a line says, its messages are ones that Discord takes, and nobody is called by them.
func TestRenderedIsTaken(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		line := coach.Line{
			Text:    rapid.StringN(0, 30000, -1).Draw(t, "text"),
			Quote:   rapid.StringN(0, 2500, -1).Draw(t, "quote"),
			Section: rapid.String().Draw(t, "section"),
			Nudge:   "hill",
			Unasked: rapid.Bool().Draw(t, "unasked"),
			Silent:  rapid.Bool().Draw(t, "silent"),
			Key:     rapid.StringN(0, 40, 40).Draw(t, "key"),
		}
		if rapid.Bool().Draw(t, "reply") {
			line.Nudge = ""
		}
		if rapid.Bool().Draw(t, "card") {
			line.Card = "week"
			for range rapid.IntRange(0, 30).Draw(t, "rows") {
				line.Text += "\n" + rapid.StringMatching(`[A-Z][a-z*]{0,45}: `).Draw(t, "name") + rapid.StringN(0, 1200, -1).Draw(t, "row")
			}
		}
		for range rapid.IntRange(0, 7).Draw(t, "menus") {
			m := coach.Menu{Label: rapid.StringN(0, 200, -1).Draw(t, "list")}
			for range rapid.IntRange(0, 30).Draw(t, "options") {
				m.Choices = append(m.Choices, coach.Choice{Label: rapid.StringN(1, 120, -1).Draw(t, "label"), Says: rapid.StringN(1, 64, 64).Draw(t, "says")})
			}
			line.Menus = append(line.Menus, m)
		}
		for range rapid.IntRange(0, 60).Draw(t, "choices") {
			line.Choices = append(line.Choices, coach.Choice{Label: rapid.StringN(1, 120, -1).Draw(t, "label"), Says: rapid.StringN(1, 64, 64).Draw(t, "says")})
		}
		parts := render(line, alice, rapid.Bool().Draw(t, "plain"))
		if len(parts) > maxParts {
			t.Fatalf("%d messages", len(parts))
		}
		for _, m := range parts {
			checkTaken(t, m)
		}
	})
}

func checkTaken(t *rapid.T, m message) {
	if n := utf8.RuneCountInString(m.Content); n > maxContent {
		t.Fatalf("content of %d", n)
	}
	sum := 0
	for _, e := range m.Embeds {
		n := e.size()
		sum += n
		if !e.fits() || n == 0 {
			t.Fatalf("an embed of %d: %+v", n, e)
		}
		for _, f := range e.Fields {
			if f.Name == "" || f.Value == "" {
				t.Fatalf("a field %+v", f)
			}
		}
	}
	if sum > maxEmbeds || len(m.Embeds) > 10 || len(m.Components) > maxRows || m.Mentions.Parse == nil || len(m.Mentions.Parse) > 0 {
		t.Fatalf("embeds of %d, %d rows, mentions %v", sum, len(m.Components), m.Mentions)
	}
	ids := map[string]bool{}
	for _, c := range m.Components {
		for _, one := range c.(actionRow).Components {
			id := ""
			switch one := one.(type) {
			case button:
				id = one.CustomID
				if utf8.RuneCountInString(one.Label) > maxLabel {
					t.Fatalf("label %q", one.Label)
				}
			case menu:
				id = one.CustomID
				if len(one.Options) == 0 || len(one.Options) > maxSelect {
					t.Fatalf("%d options", len(one.Options))
				}
			}
			if ids[id] || id == "" || len(id) > maxID {
				t.Fatalf("custom id %q", id)
			}
			ids[id] = true
		}
	}
	if _, err := json.Marshal(m); err != nil {
		t.Fatal(err)
	}
}

// Nothing of a long text is lost, and no escape is cut in two.
func TestPieces(t *testing.T) {
	blank := regexp.MustCompile(`\s+`)
	rapid.Check(t, func(t *rapid.T) {
		text := escape(rapid.StringOf(rapid.SampledFrom([]rune("abcdefgh_* \n"))).Draw(t, "text"))
		most := rapid.IntRange(10, 300).Draw(t, "most")
		all := pieces(text, most)
		if got, want := blank.ReplaceAllString(strings.Join(all, ""), ""), blank.ReplaceAllString(text, ""); got != want {
			t.Fatalf("%q became %q", text, all)
		}
		for _, p := range all {
			if utf8.RuneCountInString(p) > most {
				t.Fatalf("a piece of %d, want at most %d", utf8.RuneCountInString(p), most)
			}
			if tail := len(p) - len(strings.TrimRight(p, `\`)); tail%2 == 1 {
				t.Fatalf("an escape is cut: %q", p)
			}
		}
	})
}

func TestMoments(t *testing.T) {
	at := time.Unix(1796000000, 0)
	got := words(coach.Line{Text: "Hills on Tue 24 Nov, 18:00.", Moments: []coach.Moment{{Shown: "Tue 24 Nov, 18:00", At: at}, {Shown: "not there", At: at}}})
	if want := "Hills on Tue 24 Nov, 18:00 (<t:1796000000:R>)."; got != want {
		t.Errorf("shown %q, want %q", got, want)
	}
}

// Columns keep their places: they are shown in letters of one width, as they are.
func TestColumns(t *testing.T) {
	got := words(coach.Line{Text: "16 Nov H ▢ _ `\n23 Nov ▢\n\n1 done, 2 *rest*", Fixed: true})
	if want := "```\n16 Nov H ▢ _ '\n23 Nov ▢\n```\n1 done, 2 \\*rest\\*"; got != want {
		t.Errorf("words = %q, want %q", got, want)
	}
}

func TestQuoteAndCard(t *testing.T) {
	got := render(coach.Line{Text: "The article says yes.", Quote: "Running can tone.", Section: "Introduction", Worth: "Worth knowing: sleep."}, "", false)
	if want := "The article says yes.\n\n> Running can tone.\n-# Introduction\n\nWorth knowing: sleep."; got[0].Content != want {
		t.Errorf("shown %q, want %q", got[0].Content, want)
	}
	card := render(coach.Line{Text: "Hill day.\n\n6 climbs of 45 s.", Nudge: "hill", Silent: true}, "", false)[0]
	if card.Content != "Hill day." || card.Embeds[0].Description != "6 climbs of 45 s." || card.Embeds[0].Colour == 0 || card.Flags != flagSilent {
		t.Errorf("shown %+v", card)
	}
}

// A custom id comes back as what it was made of.
func TestMark(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		says := rapid.StringMatching(`/?[a-z0-9 :-]{1,64}`).Draw(t, "says")
		key := rapid.StringMatching(`(2026-11-2[0-9]/[a-z]{2,8})?`).Draw(t, "key")
		gotSays, gotKey, gotOwner := unmark(mark(says, key, alice))
		if gotSays != says || gotKey != "" && gotKey != key || gotOwner != "" && gotOwner != alice {
			t.Fatalf("got %q %q %q", gotSays, gotKey, gotOwner)
		}
	})
}

// The sheet of a session is a card with a title, a field for each row, and what is below them at its foot.
func TestSheetOfASession(t *testing.T) {
	text := "Hills: First climbs. 22 min in all.\nFor your legs: Quads & *glutes*.\nMain: 4 climbs.\nThe gentle version.\nCues: Short steps.\nWeek 1 of the plan.\n\nShall I remind you?"
	m := render(coach.Line{Text: text, Card: "hill"}, "", false)[0]
	want := []embed{
		{Title: "Hills: First climbs. 22 min in all.", Colour: colours["hill"], Footer: &footer{"Week 1 of the plan."},
			Description: "**For your legs:** Quads & \\*glutes\\*.\n**Main:** 4 climbs.\nThe gentle version.\n**Cues:** Short steps."},
		{Description: "Shall I remind you?", Colour: colours["hill"]},
	}
	if !reflect.DeepEqual(m.Embeds, want) || m.Content != "" {
		t.Errorf("shown %+v, want %+v", m, want)
	}
	long := strings.Replace(text, "4 climbs.", strings.Repeat("Up and down. ", 10)+"End.", 1)
	m = render(coach.Line{Text: long, Card: "hill"}, "", false)[0]
	if f := m.Embeds[0].Fields; len(f) != 3 || f[0].Name != "For your legs" || !strings.HasSuffix(f[1].Value, "End.\nThe gentle version.") || m.Embeds[0].Description != "" {
		t.Errorf("shown %+v", m.Embeds[0])
	}
}

// The week is a list; where cards may not be shown it is text.
func TestSheetOfAWeek(t *testing.T) {
	line := coach.Line{Text: "The plan, week 3:\nMon: rest\nTue: hills, 24 min ← today", Card: "week"}
	m := render(line, "", false)[0]
	if e := m.Embeds[0]; e.Title != "The plan, week 3" || e.Description != "**Mon:** rest\n**Tue:** hills, 24 min ← today" || m.Content != "" {
		t.Errorf("shown %+v", m)
	}
	if m := render(line, "", true)[0]; m.Content != line.Text || len(m.Embeds) > 0 {
		t.Errorf("shown plainly %+v", m)
	}
	line.Unasked, line.Text = true, "Week 3: 4 of 5.\n\nNext: Tue hills."
	if m := render(line, "", false)[0]; m.Content != "Week 3: 4 of 5." || m.Embeds[0].Description != "Next: Tue hills." {
		t.Errorf("shown unasked %+v", m)
	}
}

// What a menu holds altogether is no buttons too, and a menu tapped says what could be typed.
func TestMenus(t *testing.T) {
	line := coach.Line{Text: "On which day?", Choices: []coach.Choice{{Label: "Tue", Says: "/plan turn tue"}},
		Menus: []coach.Menu{{Label: "First hard day", Choices: []coach.Choice{{Label: "Tuesday", Says: "/plan turn tue"}}}}}
	list := `{"type":1,"components":[{"type":3,"custom_id":"choose 0","placeholder":"First hard day","options":[{"label":"Tuesday","value":"/plan turn tue"}]}]}`
	if got, _ := json.Marshal(render(line, "", false)[0].Components); string(got) != "["+list+"]" {
		t.Errorf("components %s, want only %s", got, list)
	}
	line.Choices = append(line.Choices, coach.Choice{Label: "Not now", Says: "/ok"})
	button := `{"type":1,"components":[{"type":2,"style":1,"label":"Tue","custom_id":"/plan turn tue"},{"type":2,"style":2,"label":"Not now","custom_id":"/ok"}]}`
	if got, _ := json.Marshal(render(line, "", false)[0].Components); string(got) != "["+button+","+list+"]" {
		t.Errorf("components %s, want %s and %s", got, button, list)
	}
}
