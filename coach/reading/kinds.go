package reading

import (
	"slices"

	"legcoach/coach/content"
	"legcoach/coach/day"
	"legcoach/coach/token"
)

// kindWords finds the kinds of session that a message names.
type kindWords struct {
	names  phrases // list: 2*index in day.Kinds, +1 if weak
	denied phrases
}

// named is a kind where it is named.
type named struct {
	kind     day.Kind
	from, to int
	weak     bool
	denied   bool // named as what it was not
}

func newKindWords() (*kindWords, error) {
	var source struct {
		Hill, Interval, Strength, Easy struct{ Strong, Weak string }
		Denied, Settled, Turned        string
	}
	if err := content.Decode("reading/kinds.yaml", &source); err != nil {
		return nil, err
	}
	k := &kindWords{names: phrases{}, denied: phrases{}}
	for i, words := range []struct{ Strong, Weak string }{source.Hill, source.Interval, source.Strength, source.Easy} {
		k.names.add(words.Strong, 2*i)
		k.names.add(words.Weak, 2*i+1)
	}
	k.denied.add(source.Denied, 0)
	k.names.sort()
	k.denied.sort()
	return k, nil
}

// read returns the kinds in the order in which they are named.
func (k *kindWords) read(tokens []token.Token) []named {
	var found []named
	denied := -1 // kinds up to this token are denied
	for i := 0; i < len(tokens); {
		if n := k.deniedAt(tokens, i); n > 0 {
			denied = i + n + 2
		}
		if t := tokens[i]; t.Class == token.Mark && t.Text != "'" || t.Text == "but" || t.Text == "so" {
			denied = min(denied, i)
		}
		p, ok := k.at(tokens, i)
		if !ok {
			i++
			continue
		}
		kind := day.Kinds[p.list/2]
		found = append(found, named{kind, i, i + len(p.words), p.list%2 == 1, i <= denied})
		i += len(p.words)
		if denied >= i-len(p.words) && i < len(tokens) && (tokens[i].Text == "and" || tokens[i].Text == "or") {
			denied = i + 1
		}
	}
	return found
}

func (k *kindWords) at(tokens []token.Token, i int) (phrase, bool) {
	for _, p := range k.names[tokens[i].Text] {
		if startsWith(tokens[i:], p.words) {
			return p, true
		}
	}
	return phrase{}, false
}

func (k *kindWords) deniedAt(tokens []token.Token, i int) int {
	for _, p := range k.denied[tokens[i].Text] {
		if startsWith(tokens[i:], p.words) {
			return len(p.words)
		}
	}
	return 0
}

// settle returns the kinds that were meant: strong words before weak ones,
// and none that is named only as what it was not. All kinds denied is none,
// unless keep asks for them: who skips hills names hills.
func settle(found []named, keep bool) []day.Kind {
	strong, hard := false, false
	for _, n := range found {
		if n.denied && !keep {
			continue
		}
		strong = strong || !n.weak
		hard = hard || !n.weak && n.kind != day.Easy
	}
	var kinds []day.Kind
	for _, n := range found {
		if n.denied && !keep || n.weak && strong || slices.Contains(kinds, n.kind) {
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
