package reading

import (
	"sort"
	"strings"

	"legcoach/coach/token"
)

// phrase is words in a row, and the number of the list that they belong to.
type phrase struct {
	words []string
	list  int
}

// phrases finds phrases by their first word, longest first.
type phrases map[string][]phrase

// add enters the phrases of a line, which commas divide.
func (p phrases) add(line string, list int) {
	for _, text := range strings.Split(line, ",") {
		if words := token.Texts(text); len(words) > 0 {
			p[words[0]] = append(p[words[0]], phrase{words, list})
		}
	}
}

func (p phrases) sort() {
	for _, list := range p {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].words) > len(list[j].words) })
	}
}

// stands reports whether a phrase stands where tokens begin, with its first word.
func (p *phrase) stands(tokens []token.Token) bool {
	if len(p.words) > len(tokens) {
		return false
	}
	for i, w := range p.words[1:] {
		if tokens[i+1].Text != w {
			return false
		}
	}
	return true
}

// at returns the longest phrase that starts at token i, and false if there is none.
func (p phrases) at(tokens []token.Token, i int) (phrase, bool) {
	if i >= len(tokens) {
		return phrase{}, false
	}
	return leading(p[tokens[i].Text], tokens[i:])
}

// leading returns the first of some phrases, longest first, with which tokens start; their first words all do.
func leading(some []phrase, tokens []token.Token) (phrase, bool) {
	for i := range some {
		if some[i].stands(tokens) {
			return some[i], true
		}
	}
	return phrase{}, false
}

// known is what is known of a word: its number in the vocabulary of the patterns, 0
// if none names it, and the phrases that begin with it.
type known struct {
	number                int
	lists, kinds, denials []phrase
}

var unknown known

// join makes one table of all that is known of words, so that a word is looked up once.
func (r *Reader) join(lists phrases) {
	r.known = make(map[string]*known, len(lists))
	of := func(word string) *known {
		if r.known[word] == nil {
			r.known[word] = &known{}
		}
		return r.known[word]
	}
	for word, number := range r.vocabulary {
		of(word).number = number
	}
	for word, some := range lists {
		of(word).lists = some
	}
	for word, some := range r.kinds.names {
		of(word).kinds = some
	}
	for word, some := range r.kinds.denied {
		of(word).denials = some
	}
}
