package coach

import (
	"slices"
	"strings"
)

// keepOffers keeps what may be tapped below the last thing said, so that its words,
// a yes or a no can be typed as well. A group has no say in it.
func (t *turn) keepOffers() {
	for i := len(t.lines) - 1; i >= 0; i-- {
		if l := t.lines[i]; l.To == "" && !l.Unasked {
			t.r.Talk.Offers = offers(l.Choices)
			return
		}
	}
}

// taken returns what the choice says that text names: by its label, or by a yes
// or a no where a choice stands for that.
func (t *turn) taken(text string) (string, bool) {
	text = strings.TrimSpace(text)
	for _, c := range t.r.Talk.Offers {
		if strings.EqualFold(text, c.Label) {
			return c.Says, true
		}
	}
	agreed, refused := t.agrees(text), t.refuses(text)
	for _, c := range t.r.Talk.Offers {
		if agreed && startsWith(c.Label, "yes") || refused && startsWith(c.Label, "no") {
			return c.Says, true
		}
	}
	return "/ok", refused && slices.ContainsFunc(t.r.Talk.Offers, func(c Choice) bool { return startsWith(c.Label, "yes") })
}

// offers are choices as they can be typed: one that a yes stands for is there twice.
func offers(choices []Choice) []Choice {
	all := slices.Clone(choices)
	for _, c := range choices {
		if c.Yes {
			all = append(all, Choice{Label: "yes", Says: c.Says})
		}
	}
	return all
}

// fine leaves everything as it is.
func (t *turn) fine() {
	if _, paused := t.r.Days.Paused(t.today); paused {
		t.say("fine", nil)
		return
	}
	t.say("as_it_is", nil)
}

// startsWith reports whether the first word of a label is word.
func startsWith(label, word string) bool {
	first, _, _ := strings.Cut(strings.ToLower(label), " ")
	return strings.Trim(first, ",.!") == word
}
