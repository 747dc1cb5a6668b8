package place

import (
	"slices"
	"strings"
	"unicode"

	"legcoach/coach/token"
)

// Mention is a place that a message names.
type Mention struct {
	From, To int     // tokens From to To-1
	Places   []Place // what it may mean, the best known first
	Region   bool    // a country, a state or a zone by its letters
	Guessed  bool    // misspelt: the nearest name was taken
	Left     bool    // where they come from or are not: "from Paris", "not London"
	// Namesakes are the places that share the name, if none is so much larger that
	// the name alone means it; Open if not even one of them is the best known.
	Namesakes []Place
	Open      bool
}

// Word is what is known of a word. Who keeps it spares looking it up again; see [Atlas.Word].
type Word struct{ first *name } // that begins with it

// Word returns what is known of a word in lower case, which depends on nothing else.
func (a *Atlas) Word(text string) Word { return Word{a.names[text]} }

// Read returns the places that a message names, in their order. Text is what
// the tokens were split from: some names count only in capitals.
func (a *Atlas) Read(text string, tokens []token.Token) []Mention {
	words := make([]Word, len(tokens))
	for i := range tokens {
		words[i] = a.Word(tokens[i].Text)
	}
	return a.ReadWords(text, tokens, words)
}

// ReadWords is [Atlas.Read] for somebody who has what is known of each word.
func (a *Atlas) ReadWords(text string, tokens []token.Token, words []Word) []Mention {
	var found []Mention
	for i := 0; i < len(tokens); {
		m, n := a.mention(text, tokens, i, words[i])
		if n == 0 {
			i++
			continue
		}
		m.From, m.To, m.Left = i, i+n, a.left(tokens, i)
		found = append(found, m)
		i += n
	}
	return found
}

// mention returns the place named at token i and the length of its name.
func (a *Atlas) mention(text string, tokens []token.Token, i int, word Word) (Mention, int) {
	if zone, n := a.zoneName(tokens, i); n > 0 {
		return Mention{Places: []Place{{Name: zone, Zone: zone}}}, n
	}
	if places, n := a.flag(tokens, i); n > 0 {
		return Mention{Places: places, Region: true}, n
	}
	if m, n := a.offset(tokens, i); n > 0 {
		return m, n
	}
	var best *name
	for n := word.first; n != nil; n = n.next {
		if (best == nil || len(n.words) > len(best.words)) && fits(tokens[i:], n.words) && a.counts(text, tokens, i, n) {
			best = n
		}
	}
	if best != nil {
		return Mention{Places: best.places, Region: best.region, Namesakes: a.same[strings.Join(best.words, " ")], Open: best.open}, len(best.words)
	}
	if !a.led(tokens, i) {
		return Mention{}, 0
	}
	if n := a.nearest(tokens[i].Text); n != nil {
		return Mention{Places: n.places, Region: n.region, Guessed: true, Namesakes: a.same[n.words[0]], Open: n.open}, 1
	}
	return Mention{}, 0
}

func fits(tokens []token.Token, words []string) bool {
	if len(tokens) < len(words) {
		return false
	}
	for i, w := range words {
		if tokens[i].Text != w {
			return false
		}
	}
	return true
}

// counts reports whether the name n at token i is meant as a place.
func (a *Atlas) counts(text string, tokens []token.Token, i int, n *name) bool {
	if len(tokens) == 1 {
		return true
	}
	written := text[tokens[i].Start:tokens[i+len(n.words)-1].End]
	switch {
	case n.capital:
		return written == strings.ToUpper(written) && (hasLower(text) || a.led(tokens, i)) || after(tokens, i, "time") ||
			n.code && a.led(tokens, i) && !a.words.Plain[tokens[i].Text]
	case len(n.words) == 1 && a.words.Everyday[tokens[i].Text]:
		return a.led(tokens, i) || after(tokens, i, "time")
	}
	return true
}

func hasLower(text string) bool { return strings.ContainsFunc(text, unicode.IsLower) }

func after(tokens []token.Token, i int, word string) bool {
	return i+1 < len(tokens) && tokens[i+1].Text == word
}

func (a *Atlas) led(tokens []token.Token, i int) bool {
	if i > 0 && tokens[i-1].Text == "the" {
		i--
	}
	return i > 0 && a.words.Leads[tokens[i-1].Text]
}

// left reports whether the place at token i is one that they come from or deny.
func (a *Atlas) left(tokens []token.Token, i int) bool {
	if i > 0 && tokens[i-1].Text == "the" {
		i--
	}
	switch {
	case i == 0:
		return false
	case tokens[i-1].Text == "from":
		return i > 1 && !a.words.Present[tokens[i-2].Text]
	}
	return a.words.Left[tokens[i-1].Text]
}

// zoneName reads an IANA name in any case: "europe/madrid", "America / New York".
func (a *Atlas) zoneName(tokens []token.Token, i int) (string, int) {
	if i+2 >= len(tokens) || tokens[i+1].Text != "/" {
		return "", 0
	}
	text, zone, n := "", "", 0
	for j := i; j < len(tokens) && j < i+9; j++ {
		if j > i && tokens[j].Class == token.Word && tokens[j-1].Class == token.Word {
			text += "_"
		}
		text += tokens[j].Text
		if z, ok := a.zones[text]; ok {
			zone, n = z, j+1-i
		}
	}
	return zone, n
}

// flag reads the two regional letters of a flag: 🇯🇵.
func (a *Atlas) flag(tokens []token.Token, i int) ([]Place, int) {
	const first = '🇦'
	if i+1 >= len(tokens) || tokens[i].Class != token.Mark || tokens[i+1].Class != token.Mark {
		return nil, 0
	}
	x, y := []rune(tokens[i].Text), []rune(tokens[i+1].Text)
	if len(x) != 1 || len(y) != 1 || x[0] < first || x[0] > first+25 || y[0] < first || y[0] > first+25 {
		return nil, 0
	}
	code := string([]rune{'A' + x[0] - first, 'A' + y[0] - first})
	var places []Place
	for _, zone := range a.countries[code] {
		places = append(places, Place{code, zone, code})
	}
	return places, 2
}

// How many letters a name has that is looked for behind a typing error.
const (
	shortest = 5
	longest  = 20
)

// nearest returns the name that is one typing error away from word.
func (a *Atlas) nearest(word string) *name {
	if len(word) < shortest || len(word) > longest || word[0] < 'a' || word[0] > 'z' || a.words.Ordinary[word] {
		return nil
	}
	var best *name
	names := a.single[word[0]-'a']
	at, _ := slices.BinarySearchFunc(names, len(word)-1, byLength)
	for _, n := range names[at:] {
		if len(n.words[0]) > len(word)+1 {
			break
		}
		if differs(word, n.words[0]) <= 1 && (best == nil || n.words[0] < best.words[0]) {
			best = n
		}
	}
	return best
}

// byLength compares a name of one word with a number of letters.
func byLength(n *name, letters int) int { return len(n.words[0]) - letters }

// differs returns 0 if a is b, 1 if one letter is wrong, missing, too many or swapped, else 2.
func differs(a, b string) int {
	if a == b {
		return 0
	}
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	switch {
	case len(a) == len(b)+1 && a[1:] == b, len(b) == len(a)+1 && b[1:] == a,
		len(a) == len(b) && a[1:] == b[1:],
		len(a) == len(b) && len(a) > 1 && a[0] == b[1] && a[1] == b[0] && a[2:] == b[2:]:
		return 1
	}
	return 2
}

// Zone returns the places that the mentions of a message come to: one if they
// agree on a zone, several to ask about, none if there is no mention.
// What is left or denied counts only if nothing else is said.
func Zone(found []Mention) []Place {
	main, here := meant(found)
	if len(here) == 0 {
		return nil
	}
	places := within(main.Places, here)
	switch {
	case main.Open && Namesakes(found) != nil:
		return nil
	case !main.Region:
		return places[:1]
	}
	return places
}

// Namesakes returns the places among which nothing in a message decides, of a
// name that they share; nil if there is no such name, or something does.
func Namesakes(found []Mention) []Place {
	main, here := meant(found)
	others := slices.DeleteFunc(slices.Clone(here), func(m Mention) bool { return m.From == main.From })
	if same := within(main.Namesakes, others); len(same) > 1 {
		return same
	}
	return nil
}

// meant returns the mention that says where somebody is, and all that say it more closely.
func meant(found []Mention) (main Mention, here []Mention) {
	here = slices.DeleteFunc(slices.Clone(found), func(m Mention) bool { return m.Left })
	if len(here) == 0 {
		here = found
	}
	if len(here) == 0 {
		return Mention{}, nil
	}
	main = here[0]
	for _, m := range here {
		if main.Region && !m.Region {
			main = m
		}
	}
	return main, here
}

// within returns those of places that each mention leaves, as far as it leaves any.
func within(places []Place, found []Mention) []Place {
	for _, m := range found {
		if both := common(places, m); len(both) > 0 {
			places = both
		}
	}
	return places
}

// common returns those of places that lie in what m names.
func common(places []Place, m Mention) []Place {
	var both []Place
	for _, p := range places {
		if slices.ContainsFunc(m.Places, func(q Place) bool {
			return p.Zone == q.Zone || m.Region && p.Country != "" && p.Country == q.Country
		}) {
			both = append(both, p)
		}
	}
	return both
}

// Find returns what a text that is nothing but a place may mean, as typed
// after /timezone: exactly, else behind a typing error. It is empty if nothing is like it.
func (a *Atlas) Find(text string) []Place {
	tokens := token.Split(text)
	if len(tokens) == 0 {
		return nil
	}
	upper := strings.ToUpper(text)
	if found := a.Read(upper, tokens); len(found) > 0 {
		if same := Namesakes(found); same != nil {
			return same
		}
		return Zone(found)
	}
	if len(tokens) == 1 {
		if n := a.nearest(tokens[0].Text); n != nil {
			if same := a.same[n.words[0]]; same != nil {
				return same
			}
			return n.places
		}
	}
	return nil
}
