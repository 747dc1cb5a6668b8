package coach

import (
	"slices"
	"strconv"
	"strings"
)

// keepOffers keeps what may be tapped below the last thing said, so that its words,
// a yes or a no can be typed as well. A group has no say in it.
func (t *turn) keepOffers() {
	for i := len(t.lines) - 1; i >= 0; i-- {
		if l := t.lines[i]; l.To == "" && !l.Unasked {
			t.r.Talk.Offers = offers(l.Choices)
			if t.countable(l) {
				mark := Choice{Label: numbered, Says: "/ok"}
				if strings.HasSuffix(l.Text, "?") {
					mark.Says = "?"
				}
				t.r.Talk.Offers = append(t.r.Talk.Offers, mark)
			}
			return
		}
	}
}

// numbered is the label of an offer that nobody sees: it says that a bare number
// is one of the others, by its place, and by what it says whether they stand below a question.
const numbered = "#"

// countable reports whether a bare number can only be the place of a choice: below
// a question, or among topics, where no number is waited for and none is shown.
func (t *turn) countable(l Line) bool {
	switch t.r.Talk.Asked {
	case askedEffort, askedPain, askedTime, askedSetup, askedForget:
		return false
	}
	topics := true
	for _, c := range l.Choices {
		if strings.ContainsAny(c.Label, "0123456789") || strings.HasPrefix(c.Says, "/undo") {
			return false
		}
		topics = topics && (strings.HasPrefix(c.Says, "/ask ") || strings.HasPrefix(c.Says, "/feedback"))
	}
	if asked, _ := t.stillAsked(); asked != "" && topics {
		return false // a number answers that
	}
	return len(l.Choices) > 1 && (topics || strings.HasSuffix(l.Text, "?"))
}

// counted reports whether a bare number is the place of what was offered.
func (t *turn) counted() bool {
	return slices.ContainsFunc(t.r.Talk.Offers, func(c Choice) bool { return c.Label == numbered })
}

// choosing reports whether one of several things was to be chosen, which a yes does not.
func (t *turn) choosing() bool {
	return slices.ContainsFunc(t.r.Talk.Offers, func(c Choice) bool { return c.Label == numbered && c.Says == "?" })
}

// tookAll takes "both", and "all of them", of what was offered: topics are said
// one after the other, sessions are logged. What excludes one another is asked again.
func (t *turn) tookAll(text string) bool {
	offered := t.tappable()
	if !t.points("all", text) || len(offered) < 2 || t.r.Talk.Asked == askedSetup {
		return false
	}
	none := t.phrases.text("none_of_these", nil)
	offered = slices.DeleteFunc(offered, func(c Choice) bool { return c.Label == none })
	for _, order := range []string{"/ask ", "/done "} {
		if len(offered) > maxTopics || slices.ContainsFunc(offered, func(c Choice) bool { return !strings.HasPrefix(c.Says, order) }) {
			continue
		}
		for _, c := range offered {
			t.one(c.Says)
		}
		return true
	}
	t.puzzled()
	return true
}

// taken returns what the choice says that text names: by its label, or by a yes
// or a no where a choice stands for that.
func (t *turn) taken(text string) (string, bool) {
	text = strings.TrimSpace(text)
	none := t.phrases.text("none_of_these", nil)
	for _, c := range t.r.Talk.Offers {
		if strings.EqualFold(text, c.Label) || c.Label == none && (t.refuses(text) || t.points("none", text)) {
			return c.Says, true
		}
	}
	if says, named := t.takenInPart(text); named {
		return says, true
	}
	if t.r.Talk.Asked == askedSetup {
		return "", false // what is no plain answer to a question about health is none
	}
	if says, half := t.otherHalf(text); half {
		return says, true
	}
	agreed, refused := t.agrees(text), t.refuses(text)
	for _, c := range t.r.Talk.Offers {
		other := strings.ContainsAny(c.Label, "0123456789") && !t.means("just_no", text) // "No, 18:00" is no leaving it
		if agreed && startsWith(c.Label, "yes") || refused && startsWith(c.Label, "no") && !other {
			return c.Says, true
		}
	}
	return "/ok", refused && slices.ContainsFunc(t.r.Talk.Offers, func(c Choice) bool { return startsWith(c.Label, "yes") })
}

// otherHalf takes "pm" where the other half of the day is offered: it is that, or was it already.
func (t *turn) otherHalf(text string) (string, bool) {
	am := t.points("am", text)
	for _, c := range t.r.Talk.Offers {
		if clocks := t.clocksIn(c.Label); startsWith(c.Label, "no") && len(clocks) == 1 && (am || t.points("pm", text)) {
			if am == (clocks[0] < 12*60) {
				return c.Says, true
			}
			return "/ok", true
		}
	}
	return "", false
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

// tappable are the choices that were offered, as they stood below what was said.
func (t *turn) tappable() []Choice {
	return slices.DeleteFunc(slices.Clone(t.r.Talk.Offers), func(c Choice) bool { return c.Label == "yes" || c.Label == numbered })
}

// fine leaves everything as it is; what was asked, but for the set-up, is not asked any more.
func (t *turn) fine() {
	if t.r.Talk.Asked != askedSetup {
		t.r.Talk.Asked, t.r.Talk.For = "", ""
	}
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

// takenInPart returns what the one choice says that text names in part: by its
// place in the row, by the first words of its label, or by a time of day.
func (t *turn) takenInPart(text string) (string, bool) {
	offered := slices.DeleteFunc(t.tappable(), func(c Choice) bool { return strings.HasPrefix(c.Says, "/feedback") })
	if n, placed := t.placeIn(text, offered); placed {
		return offered[n].Says, true
	}
	said, clocks := plainly(text), t.clocksIn(text)
	named := slices.DeleteFunc(offered, func(c Choice) bool {
		at, isClock := clockOf(c.Label)
		if isClock {
			return !slices.Contains(clocks, at)
		}
		return strings.HasPrefix(c.Says, "/ask") || len(strings.TrimSpace(said)) < 2 || !inLabel(c.Label, said)
	})
	if len(named) != 1 {
		return "", false
	}
	return named[0].Says, true
}

// inLabel reports whether words begin a label; several may stand anywhere in it.
func inLabel(label, words string) bool {
	return strings.HasPrefix(plainly(label), words) || len(strings.Fields(words)) > 1 && strings.Contains(plainly(label), words)
}

// placeIn returns which of the choices words like "the second one" mean. A bare
// number is one of them only where it can be nothing else: elsewhere it may answer in itself.
func (t *turn) placeIn(text string, offered []Choice) (int, bool) {
	n := len(offered)
	if bare, err := strconv.Atoi(strings.TrimSpace(plainly(text))); err == nil && (t.counted() || t.r.Talk.Asked == askedZone) && 1 <= bare && bare <= n {
		return bare - 1, true
	}
	if n > 1 && t.means("finalchoice", text) {
		if offered[n-1].Label == t.phrases.text("none_of_these", nil) {
			n--
		}
		return n - 1, true
	}
	for i, place := range []string{"choice1", "choice2", "choice3"} {
		if i < n && n > 1 && t.means(place, text) {
			return i, true
		}
	}
	return 1, n == 2 && t.means("lastchoice", text)
}
