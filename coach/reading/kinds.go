package reading

import (
	"slices"

	"legcoach/coach/content"
	"legcoach/coach/day"
	"legcoach/coach/token"
)

// kindWords finds the kinds of session that a message names.
type kindWords struct {
	names  phrases // list: 2*index in day.Kinds, +1 if weak; or noKind
	denied phrases // list: 1 if only where a log is put right
	aside  phrases // after an easy word: only how they jogged in between
}

// named is a kind where it is named.
type named struct {
	kind     day.Kind
	from, to int
	weak     bool
	denied   bool // named as what it was not
	written  bool // named as what was written down
	aside    bool // only how they jogged in between
}

func newKindWords() (*kindWords, error) {
	var source struct {
		Hill, Interval, Strength, Easy struct{ Strong, Weak string }
		Errands                        string
		Denied, Written, Between       string
	}
	if err := content.Decode("reading/kinds.yaml", &source); err != nil {
		return nil, err
	}
	k := &kindWords{names: phrases{}, denied: phrases{}, aside: phrases{}}
	for i, words := range []struct{ Strong, Weak string }{source.Hill, source.Interval, source.Strength, source.Easy} {
		k.names.add(words.Strong, 2*i)
		k.names.add(words.Weak, 2*i+1)
	}
	k.names.add(source.Errands, noKind)
	k.denied.add(source.Denied, 0)
	k.denied.add(source.Written, 1)
	k.aside.add(source.Between, 0)
	k.names.sort()
	k.denied.sort()
	return k, nil
}

// noKind is the list of what is called like a session and is none.
var noKind = 2 * len(day.Kinds)

// reachOfDenial is how many words after "not" or "instead of" a kind is denied.
const reachOfDenial = 2

// read returns the kinds in the order in which they are named.
func (k *kindWords) read(tokens []token.Token, cards []*card) []named {
	var found []named
	until := [2]int{-1, -1} // kinds up to this token are denied, or were written
	for i := 0; i < len(tokens); {
		if p, ok := leading(cards[i].known.denials, tokens[i:]); ok {
			until[p.list] = i + len(p.words) + reachOfDenial
		}
		if t := tokens[i]; t.Class == token.Mark && t.Text != "'" || t.Text == "but" || t.Text == "so" {
			until = [2]int{min(until[0], i), min(until[1], i)}
		}
		if tokens[i].Text == "it" && i > 0 && tokens[i-1].Text == "no" { // "no it was hills"
			until[0] = i
		}
		if to := repeats(tokens, i); to > i {
			found = append(found, named{kind: day.Interval, from: i, to: to, weak: true})
			i = to
			continue
		}
		p, ok := leading(cards[i].known.kinds, tokens[i:])
		if !ok || p.list == noKind {
			i += max(len(p.words), 1)
			continue
		}
		n := named{kind: day.Kinds[p.list/2], from: i, to: i + len(p.words), weak: p.list%2 == 1, denied: i <= until[0], written: i <= until[1]}
		_, n.aside = k.aside.at(tokens, n.to)
		n.aside = n.kind == day.Easy && (n.aside || n.to-n.from == 1 && i > 0 && tokens[i-1].Class == token.Number)
		found = append(found, n)
		i = n.to
		if n.denied && i < len(tokens) && (tokens[i].Text == "and" || tokens[i].Text == "or") {
			until[0] = i + 1
		}
	}
	return found
}

// repeats reads "8x400" and "4 x 3 minutes" at token i, and returns where they end, or i.
func repeats(tokens []token.Token, i int) int {
	if i+2 >= len(tokens) || tokens[i].Class != token.Number || tokens[i+2].Class != token.Number {
		return i
	}
	switch tokens[i+1].Text {
	case "x", "×", "by", "times":
	default:
		return i
	}
	const metres = 100
	if tokens[i+2].Value >= metres {
		return i + 3
	}
	if i+3 < len(tokens) {
		switch tokens[i+3].Text {
		case "min", "mins", "minute", "minutes", "s", "sec", "secs", "seconds", "k", "km", "m":
			return i + 4
		}
	}
	return i
}

// settle returns the kinds that were meant: strong words before weak ones,
// and none that is named only as what it was not. All kinds denied is none,
// unless keep asks for them: who skips hills names hills.
func settle(found []named, keep bool) []day.Kind {
	strong, hard, others := false, false, false
	for _, n := range found {
		if n.denied && !keep {
			continue
		}
		strong = strong || !n.weak && !n.aside
		hard = hard || !n.weak && n.kind != day.Easy
		others = others || n.kind != day.Easy
	}
	var kinds []day.Kind
	for _, n := range found {
		if n.denied && !keep || n.weak && strong || n.aside && others || slices.Contains(kinds, n.kind) {
			continue
		}
		kinds = append(kinds, n.kind)
	}
	if !strong && len(kinds) > 1 {
		kinds = weakest(kinds)
	}
	if hard && !joined(found) {
		kinds = slices.DeleteFunc(kinds, func(k day.Kind) bool { return k == day.Easy })
	}
	slices.SortFunc(kinds, func(a, b day.Kind) int { return slices.Index(day.Kinds, a) - slices.Index(day.Kinds, b) })
	return kinds
}

// weakest chooses among kinds that are only hinted at: sprints are intervals
// even if they were run, legs in the gym are strength.
func weakest(kinds []day.Kind) []day.Kind {
	for _, k := range []day.Kind{day.Interval, day.Strength, day.Easy} {
		if slices.Contains(kinds, k) {
			return []day.Kind{k}
		}
	}
	return kinds
}

// joined reports whether an easy run is named as a session of its own beside
// a hard one, and not as how it was jogged in between.
func joined(found []named) bool {
	for i, n := range found {
		if n.kind == day.Easy && !n.weak && !n.denied && (i == 0 || n.to-n.from > 1 || i == len(found)-1) {
			return true
		}
	}
	return false
}
