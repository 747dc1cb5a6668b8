package words

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/kljensen/snowball/english"

	"legcoach/coach/content"
	"legcoach/coach/recent"
)

// entry is what is known of a word.
type entry struct {
	word, stem string
	*root      // never nil
	hash       uint32
	id         int32
}

// root is what a stem leads to.
type root struct {
	concepts []string
	phrases  []phrase // that begin with it, longest first
	anchor   bool     // is of a family without which hardly a question is asked
}

// rootless is what a stem leads to that is in no family.
var rootless root

// lexicon is everything that content/words says, ready to be asked. Words are
// numbered: there are thousands, and a table of numbers is small.
type lexicon struct {
	written map[string]written
	known   []entry   // an entry's ID is its place and one
	sayings [][]int32 // what slang says, as IDs; the first is none
	roots   map[string]*root
	anchors map[string]bool
	lately  *recent.Words[spelt] // how words were read lately
	vocabulary
}

// written is what a word that is written so may be: a word that is known, slang for some, or both.
type written struct {
	entry int32 // its ID; 0 if it is not known
	says  int32 // the place of what it says; 0 if it is no slang
}

// phrase is a family that several words make, by their stems.
type phrase struct {
	stems   []string
	concept string
	second  uint32 // hash of the second stem
}

var theLexicon = sync.OnceValue(func() *lexicon {
	l, err := load()
	if err != nil {
		panic(err) // the files are part of the program, and its tests read them
	}
	return l
})

func load() (*lexicon, error) {
	const usual, rare = 5000, 2048 // words
	l := &lexicon{
		written: make(map[string]written, usual),
		known:   make([]entry, 0, usual),
		sayings: make([][]int32, 1, usual/8),
		roots:   make(map[string]*root, usual/4),
		anchors: map[string]bool{},
		lately:  recent.New[spelt](rare),
	}
	steps := []struct {
		file string
		read func(string) error
	}{
		{"words/concepts.txt", l.readConcept},
		{"words/domain.txt", l.readDomain},
		{"words/everyday.txt", l.readEveryday},
		{"words/spellings.txt", l.readSpelling},
	}
	for _, step := range steps {
		if err := eachLine(step.file, step.read); err != nil {
			return nil, err
		}
	}
	for _, r := range l.roots {
		slices.SortStableFunc(r.phrases, func(a, b phrase) int { return len(b.stems) - len(a.stems) })
		r.anchor = slices.ContainsFunc(r.concepts, func(c string) bool { return l.anchors[c] })
	}
	for i := range l.known {
		l.known[i].root = l.rootOf(l.known[i].stem)
	}
	return l, nil
}

// eachLine calls read with every line of a content file that is not empty and not a comment.
func eachLine(file string, read func(string) error) error {
	text, err := content.Text(file)
	if err != nil {
		return err
	}
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := read(line); err != nil {
			return fmt.Errorf("read %s line %d: %w", file, n, err)
		}
	}
	return nil
}

func (l *lexicon) readConcept(line string) error {
	name, list, found := strings.Cut(line, ":")
	if !found {
		return fmt.Errorf("no colon in %q", line)
	}
	var words []string
	for item := range strings.SplitSeq(list, ",") {
		item = strings.TrimSpace(item)
		if name == "anchors" {
			l.anchors[item] = true
			continue
		}
		words = pieces(words[:0], item)
		l.addMember(name, words)
	}
	return nil
}

// pieces appends the words of a family, split as a message is split.
func pieces(found []string, s string) []string {
	for at := 0; at < len(s); {
		_, end := next(s, at)
		if end > at {
			found = append(found, s[at:end])
		}
		at = max(end, at+1)
	}
	return found
}

func (l *lexicon) addMember(concept string, words []string) {
	switch len(words) {
	case 0:
		return
	case 1:
		r := l.grow(l.ours(words[0]))
		if !slices.Contains(r.concepts, concept) {
			r.concepts = append(r.concepts, concept)
		}
		return
	}
	stems := make([]string, len(words))
	for i, word := range words {
		stems[i] = l.stem(word)
	}
	r := l.grow(stems[0])
	r.phrases = append(r.phrases, phrase{stems, concept, hashOf(stems[1])})
}

// grow returns what a stem leads to, to be added to while the lexicon is being loaded.
func (l *lexicon) grow(stem string) *root {
	r := l.roots[stem]
	if r == nil {
		r = new(root)
		l.roots[stem] = r
	}
	return r
}

// rootOf returns what a stem leads to.
func (l *lexicon) rootOf(stem string) *root {
	if r := l.roots[stem]; r != nil {
		return r
	}
	return &rootless
}

func (l *lexicon) readDomain(line string) error {
	for word := range strings.FieldsSeq(line) {
		l.ours(word)
	}
	return nil
}

// ours makes known a word that misspellings are put right to, and returns its stem.
func (l *lexicon) ours(word string) string {
	id := l.written[word].entry
	if id == 0 {
		id = l.entry(word)
		l.vocabulary.add(word, id)
	}
	return l.known[id-1].stem
}

func (l *lexicon) readEveryday(line string) error {
	for word := range strings.FieldsSeq(line) {
		l.entry(word)
	}
	return nil
}

func (l *lexicon) readSpelling(line string) error {
	text, plain, found := strings.Cut(line, ": ")
	if !found {
		return fmt.Errorf("no colon in %q", line)
	}
	if l.written[text].says != 0 {
		return fmt.Errorf("%q stands twice", text)
	}
	var says []int32
	for word := range strings.FieldsSeq(plain) {
		says = append(says, l.entry(word))
	}
	l.written[text] = written{l.written[text].entry, int32(len(l.sayings))}
	l.sayings = append(l.sayings, says)
	return nil
}

// Spellings returns what slang and short forms say, by how they are written: "tmrw" is tomorrow.
func Spellings() map[string][]string {
	l, all := theLexicon(), map[string][]string{}
	for text, as := range l.written {
		for _, id := range l.sayings[as.says] {
			all[text] = append(all[text], l.known[id-1].word)
		}
	}
	return all
}

// entry returns the ID of a word, which is made known, while the lexicon is being loaded.
func (l *lexicon) entry(word string) int32 {
	as := l.written[word]
	if as.entry == 0 {
		s := l.stem(word)
		as.entry = int32(len(l.known) + 1)
		l.written[word] = as
		l.known = append(l.known, entry{word: word, stem: s, hash: hashOf(s), id: as.entry})
	}
	return as.entry
}

// find returns what is known of a word at start, or nil.
func (l *lexicon) find(word string) *entry {
	if id := l.written[word].entry; id > 0 {
		return &l.known[id-1]
	}
	return nil
}

// describe works out what is known of a word that has no entry.
func (l *lexicon) describe(word string) *entry {
	s := l.stem(word)
	return &entry{word: word, stem: s, hash: hashOf(s), root: l.rootOf(s)}
}

// Common reports whether a word is a common English word, in British or American spelling.
func Common(word string) bool { return common(word) != "" }

// common returns a word as the list of common words has it, or "".
func common(word string) string {
	lines := content.Common
	for lines != "" {
		start := strings.LastIndexByte(lines[:len(lines)/2], '\n') + 1
		end := start + strings.IndexByte(lines[start:], '\n')
		switch line := lines[start:end]; {
		case line == word:
			return line
		case line < word:
			lines = lines[end+1:]
		default:
			lines = lines[:start]
		}
	}
	return ""
}

// recall returns what is known of a common word, or nil if word is none.
func (l *lexicon) recall(word string) *entry {
	if known := common(word); known != "" {
		return l.describe(known)
	}
	return nil
}

// phrasesIn finds the families that several tokens make together, the longest first.
func (l *lexicon) phrasesIn(tokens []Token) []Phrase {
	var found []Phrase
	for i := range tokens {
		if tokens[i].Kind == Mark {
			continue
		}
		some := l.phrasesFrom(&tokens[i])
		if len(some) == 0 {
			continue
		}
		second := behind(tokens, i)
		for _, p := range some {
			if p.second != second {
				continue
			}
			if last, ok := p.match(tokens, i); ok {
				found = append(found, Phrase{p.concept, i, last})
			}
		}
	}
	return found
}

// phrasesFrom returns the phrases that may begin with a token.
func (l *lexicon) phrasesFrom(t *Token) []phrase {
	if t.entry != nil {
		return t.entry.phrases
	}
	return l.rootOf(t.Stem).phrases
}

// behind returns the hash of the stem behind a token, and behind its hyphen if it has one.
func behind(tokens []Token, at int) uint32 {
	at++
	if at < len(tokens) && tokens[at].Text == "-" {
		at++
	}
	if at >= len(tokens) {
		return 0
	}
	return tokens[at].Hash
}

// match reports whether the phrase stands at a place, with hyphens between its words or not.
func (p phrase) match(tokens []Token, at int) (last int, ok bool) {
	for k, want := range p.stems {
		if k > 0 && at < len(tokens) && tokens[at].Text == "-" {
			at++
		}
		if at >= len(tokens) || tokens[at].Stem != want {
			return 0, false
		}
		last = at
		at++
	}
	return last, true
}

// stem returns the Snowball stem of a word, of which it mostly is the beginning.
func (l *lexicon) stem(word string) string {
	if len(word) > maxWord || !isASCII(word) {
		return word
	}
	if id := l.written[word].entry; id > 0 {
		return l.known[id-1].stem
	}
	stem := english.Stem(word, false)
	if strings.HasPrefix(word, stem) {
		return word[:len(stem)]
	}
	return stem
}
