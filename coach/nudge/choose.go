package nudge

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"

	"legcoach/coach/content"
	"legcoach/coach/day"
)

const (
	// halfLife is after how many days a line that was shown has half its weight back.
	halfLife = 15
	// unseen is how many of the last lines of a kind are never shown next.
	unseen = 4
)

// Line is a nudge in words.
type Line struct {
	Text string
	// Quote is a sentence of the article, word for word, and Locator its first words.
	Quote   string
	Locator string
}

// Choose returns what to say to a runner, and what they have been shown then.
// The same runner, date and kind give the same line however often it is asked.
// If no line is true, or all need something that is not known, it is the plain fallback.
func (b *Book) Choose(f Facts, shown History, runner string) (Line, History) {
	said := Line{}
	said.Quote, said.Locator = b.tip(f)
	lines, vars := b.eligible(f), f.vars()
	if len(lines) == 0 {
		said.Text = b.Note("fallback", vars, runner, f.Date)
		return said, shown
	}
	before := shown.before(f.Date, f.Kind)
	if told := b.turnOf(f, before); len(told) > 0 {
		lines = told
	} else {
		for _, recent := range before.last(f.Kind, min(unseen, len(lines)-1)) {
			lines = without(lines, recent.Line)
		}
	}
	chosen := draw(lines, f, before, source(runner, f.Date, f.Kind))
	said.Text, _ = content.Fill(chosen.Say, vars)
	return said, shown.with(Shown{Line: chosen.id(), Kind: f.Kind, On: f.Date})
}

// turnOf returns the insights of which one is to be said now; none if it is not
// their turn, if the day itself is to be spoken of, or if the last nudges said all that are true.
func (b *Book) turnOf(f Facts, before History) []line {
	lines := b.insights(f.Kind).in(f.Tone)
	last := before.last(f.Kind, 1)
	alternates := len(last) == 0 || !slices.ContainsFunc(b.insights(f.Kind).all(), func(l line) bool { return l.id() == last[0].Line })
	if f.Insight == nil || b.special(f) != "" || !alternates {
		return nil
	}
	lines = whole(lines, f)
	for _, recent := range before.last(f.Kind, unseen) {
		lines = without(lines, recent.Line)
	}
	return lines
}

// eligible returns the lines that are true for f and can be filled in.
func (b *Book) eligible(f Facts) []line { return whole(b.candidates(f), f) }

// whole returns those of all lines that are true for f and can be filled in.
func whole(all []line, f Facts) []line {
	var lines []line
	vars := f.vars()
	for _, l := range all {
		if !l.If.holds(f) {
			continue
		}
		if _, whole := content.Fill(l.Say, vars); whole {
			lines = append(lines, l)
		}
	}
	return lines
}

// candidates returns the lines that speak of such a day at all: those of a note
// if one of them can be said, else those of the kind of day.
func (b *Book) candidates(f Facts) []line {
	name := b.special(f)
	if name == "" {
		return b.kinds[f.Kind].in(f.Tone)
	}
	var lines []line
	for _, say := range b.notes[name] {
		lines = append(lines, line{Say: say})
	}
	return lines
}

// special names the notes that are said in place of a day's lines; empty if none are.
func (b *Book) special(f Facts) string {
	switch {
	case f.Note != "" && b.Note(f.Note, f.vars(), "", f.Date) != "":
		return f.Note
	case f.Gentler:
		return "gentler"
	case f.Eased:
		return "eased"
	}
	return ""
}

// draw chooses one of lines by how long ago each was shown.
func draw(lines []line, f Facts, shown History, from *rand.Rand) line {
	weights, sum := make([]float64, len(lines)), 0.0
	for i, l := range lines {
		weights[i] = weight(f, shown, l.id())
		sum += weights[i]
	}
	at := from.Float64() * sum
	for i, w := range weights {
		if at -= w; at < 0 {
			return lines[i]
		}
	}
	return lines[len(lines)-1]
}

// weight returns how much a line counts in a draw: 1 − 2^(−days/15), and 1 if it was never shown.
func weight(f Facts, shown History, id uint16) float64 {
	on, ever := shown.when(f.Kind, id)
	if !ever {
		return 1
	}
	return 1 - math.Exp2(-float64(f.Date-on)/halfLife)
}

// tip returns the article's sentence whose turn it is, and its first words.
func (b *Book) tip(f Facts) (sentence, locator string) {
	tips := b.kinds[f.Kind].Tips
	if len(tips) == 0 {
		return "", ""
	}
	week := int(f.Date.Monday()-4) / 7
	locator = tips[((week%len(tips))+len(tips))%len(tips)]
	return content.Sentence(locator), locator
}

// Note returns a line of the notes, filled in, and nothing if none of them has
// all its variables. The same runner and date give the same line.
func (b *Book) Note(name string, vars map[string]string, runner string, on day.Date) string {
	var whole []string
	for _, say := range b.notes[name] {
		if filled, ok := content.Fill(say, vars); ok {
			whole = append(whole, filled)
		}
	}
	if len(whole) == 0 {
		return ""
	}
	return whole[source(runner, on, day.Kind(name)).IntN(len(whole))]
}

func without(lines []line, id uint16) []line {
	var rest []line
	for _, l := range lines {
		if l.id() != id {
			rest = append(rest, l)
		}
	}
	return rest
}

// source returns the randomness of a runner's nudge on a date.
func source(runner string, on day.Date, kind day.Kind) *rand.Rand {
	h := fnv.New64a()
	h.Write([]byte(runner + "\x00" + strconv.Itoa(int(on)) + "\x00" + string(kind)))
	return rand.New(rand.NewPCG(h.Sum64(), 0))
}
