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
		if words := wordsOf(text); len(words) > 0 {
			p[words[0]] = append(p[words[0]], phrase{words, list})
		}
	}
}

func (p phrases) sort() {
	for _, list := range p {
		sort.SliceStable(list, func(i, j int) bool { return len(list[i].words) > len(list[j].words) })
	}
}

// wordsOf returns the words of text as a message has them.
func wordsOf(text string) []string {
	var words []string
	for _, t := range token.Split(text) {
		words = append(words, t.Text)
	}
	return words
}

// startsWith reports whether tokens start with these words.
func startsWith(tokens []token.Token, words []string) bool {
	if len(words) > len(tokens) {
		return false
	}
	for i, w := range words {
		if tokens[i].Text != w {
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
	for _, one := range p[tokens[i].Text] {
		if startsWith(tokens[i:], one.words) {
			return one, true
		}
	}
	return phrase{}, false
}
