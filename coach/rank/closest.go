package rank

import (
	"fmt"
	"math"
	"slices"
	"sync"

	"legcoach/coach/content"
	"legcoach/coach/words"
)

// Like is a phrasing and how much a message is like it: from 0, nothing in common, to 1.
type Like struct {
	Text string
	Like float64
}

// outline is what a phrasing is compared by: its stems, the pairs of them and
// the families of words, by hash.
type outline struct {
	text string
	has  map[uint32]group
	size float64
}

// outlines are those of the phrasings of one meaning, worked out when they are first asked for.
var outlines sync.Map

// Closest returns the n phrasings of a meaning that a message is most like, the
// closest first: the cosine of the stems, pairs and families that they share. It
// fails for a meaning that has no file of phrasings.
func Closest(t words.Text, label string, n int) ([]Like, error) {
	known, found := outlines.Load(label)
	if !found {
		text, err := content.Text("phrasings/" + label + ".txt")
		if err != nil {
			return nil, fmt.Errorf("find phrasings of %s: %w", label, err)
		}
		var all []outline
		for _, p := range phrasingsIn(label, text) {
			all = append(all, outlineOf(p.Text, words.Parse(p.Text)))
		}
		known, _ = outlines.LoadOrStore(label, all)
	}
	this := outlineOf("", t)
	var likes []Like
	for _, one := range known.([]outline) {
		if like := this.like(one); like > 0 {
			likes = append(likes, Like{one.text, like})
		}
	}
	slices.SortStableFunc(likes, func(a, b Like) int { return compareSize(b.Like, a.Like) })
	return likes[:min(n, len(likes))], nil
}

func outlineOf(text string, t words.Text) outline {
	f := sheets.Get().(*features)
	defer sheets.Put(f)
	f.reset(true)
	f.read(t)
	o := outline{text: text, has: map[uint32]group{}}
	for _, one := range f.list[:f.n] {
		if one.group == unigram || one.group == bigram || one.group == family {
			o.has[one.hash] = one.group
		}
	}
	for _, g := range o.has {
		o.size += groupWeight[g] * groupWeight[g]
	}
	return o
}

// like returns the cosine of two outlines.
func (o outline) like(p outline) float64 {
	shared := 0.0
	for hash, g := range p.has {
		if _, both := o.has[hash]; both {
			shared += groupWeight[g] * groupWeight[g]
		}
	}
	if shared == 0 {
		return 0
	}
	return shared / math.Sqrt(o.size*p.size)
}
