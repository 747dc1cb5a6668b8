package rank

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"legcoach/coach/content"
	"legcoach/coach/words"
)

// Like is a phrasing and how much a message is like it: from 0, nothing in common, to 1.
type Like struct {
	Text string
	Like float64
}

// outline is what a phrasing is compared by: its stems, the pairs of them and
// the families of words, by hash, each once.
type outline []mark

// mark is a part of an outline.
type mark struct {
	hash  uint32
	group group
}

// Closest returns the n phrasings of a meaning that a message is most like, the
// closest first: the cosine of the stems, pairs and families that they share. It
// fails for a meaning that has no file of phrasings. It reads that file, which
// takes milliseconds: to keep what it finds would take tens of megabytes.
func Closest(t words.Text, label string, n int) ([]Like, error) {
	text, err := content.Text("phrasings/" + label + ".txt")
	if err != nil {
		return nil, fmt.Errorf("find phrasings of %s: %w", label, err)
	}
	var (
		likes  []Like
		that   outline
		tokens []words.Token
	)
	this := outlineOf(nil, t)
	for _, p := range phrasingsIn(label, text) {
		read := words.ParseInto(tokens[:0], p.Text)
		that, tokens = outlineOf(that[:0], read), read.Tokens
		if like := this.like(that); like > 0 {
			likes = append(likes, Like{p.Text, like})
		}
	}
	slices.SortStableFunc(likes, func(a, b Like) int { return compareSize(b.Like, a.Like) })
	return likes[:min(n, len(likes))], nil
}

// outlineOf appends the outline of a message to one that is empty.
func outlineOf(o outline, t words.Text) outline {
	f := sheets.Get().(*features)
	defer sheets.Put(f)
	f.reset(true)
	f.read(t)
	for _, one := range f.list[:f.n] {
		if one.group == unigram || one.group == bigram || one.group == family {
			o = append(o, mark{one.hash, one.group})
		}
	}
	slices.SortFunc(o, func(a, b mark) int { return cmp.Compare(a.hash, b.hash) })
	return slices.CompactFunc(o, func(a, b mark) bool { return a.hash == b.hash })
}

// like returns the cosine of two outlines.
func (o outline) like(p outline) float64 {
	shared, i := 0.0, 0
	for _, m := range p {
		for i < len(o) && o[i].hash < m.hash {
			i++
		}
		if i < len(o) && o[i].hash == m.hash {
			shared += m.weight()
		}
	}
	if shared == 0 {
		return 0
	}
	return shared / math.Sqrt(o.size()*p.size())
}

// size is the square of an outline's length.
func (o outline) size() (sum float64) {
	for _, m := range o {
		sum += m.weight()
	}
	return sum
}

// weight is the square of what a mark counts.
func (m mark) weight() float64 { return float64(groupWeight[m.group] * groupWeight[m.group]) }
