package words

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/kljensen/snowball/english"

	"legcoach/coach/content"
)

// entry is what is known of a word.
type entry struct {
	word, stem string
	hash       uint32 // of the stem
	concepts   []string
	phrases    []phrase // that begin with the stem
	id         int
	anchor     bool // is of a family without which hardly a question is asked
}

// lexicon is everything that content/words says, ready to be asked.
type lexicon struct {
	written   map[string]written
	known     []*entry            // by word; an entry's ID is its place and one
	entries   map[string]*entry   // while the lexicon is being loaded
	spellings map[string][]*entry // while the lexicon is being loaded
	concepts  map[string][]string // by stem
	phrases   map[string][]phrase // by first stem, longest first
	anchors   map[string]bool
	lately    [1024]atomic.Pointer[entry] // common words, by the last bits of their hash
	stems     map[string]string           // of words, while the lexicon is being loaded
	vocabulary
}

// written is what a word that is written so may be: a word that is known, slang for some, or both.
type written struct {
	entry *entry
	says  []*entry
}

// phrase is a family that several words make, by their stems.
type phrase struct {
	stems   []string
	concept string
}

var theLexicon = sync.OnceValue(func() *lexicon {
	l, err := load()
	if err != nil {
		panic(err) // the files are part of the program, and its tests read them
	}
	return l
})

func load() (*lexicon, error) {
	l := &lexicon{
		entries:   make(map[string]*entry, 4096),
		spellings: make(map[string][]*entry, 1024),
		concepts:  make(map[string][]string, 2048),
		phrases:   make(map[string][]phrase, 512),
		anchors:   make(map[string]bool),
		stems:     make(map[string]string, 6000),
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
	for word, e := range l.entries {
		if e == nil {
			l.entries[word] = l.describe(word)
		} else {
			l.finish(e)
		}
	}
	for _, word := range slices.Sorted(maps.Keys(l.entries)) {
		l.known = append(l.known, l.entries[word])
		l.entries[word].id = len(l.known)
	}
	l.join()
	l.stems = nil
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
	for item := range strings.SplitSeq(list, ",") {
		item = strings.TrimSpace(item)
		if name == "anchors" {
			l.anchors[item] = true
			continue
		}
		l.addMember(name, pieces(item))
	}
	return nil
}

// pieces splits the words of a family as a message is split.
func pieces(s string) []string {
	var found []string
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
	stems := make([]string, len(words))
	for i, word := range words {
		stems[i] = l.stem(word)
	}
	if len(words) != 1 {
		if len(words) == 0 {
			return
		}
		list := append(l.phrases[stems[0]], phrase{stems, concept})
		slices.SortStableFunc(list, func(a, b phrase) int { return len(b.stems) - len(a.stems) })
		l.phrases[stems[0]] = list
		return
	}
	if !slices.Contains(l.concepts[stems[0]], concept) {
		l.concepts[stems[0]] = append(l.concepts[stems[0]], concept)
	}
	l.vocabulary.add(words[0])
	l.entries[words[0]] = nil // known; filled when all families are
}

func (l *lexicon) readDomain(line string) error {
	for word := range strings.FieldsSeq(line) {
		l.vocabulary.add(word)
		l.entries[word] = nil
	}
	return nil
}

func (l *lexicon) readEveryday(line string) error {
	for word := range strings.FieldsSeq(line) {
		l.entry(word)
	}
	return nil
}

func (l *lexicon) readSpelling(line string) error {
	written, plain, found := strings.Cut(line, ": ")
	if !found {
		return fmt.Errorf("no colon in %q", line)
	}
	if l.spellings[written] != nil {
		return fmt.Errorf("%q stands twice", written)
	}
	for word := range strings.FieldsSeq(plain) {
		l.spellings[written] = append(l.spellings[written], l.entry(word))
	}
	return nil
}

// Spellings returns what slang and short forms say, by how they are written: "tmrw" is tomorrow.
func Spellings() map[string][]string {
	all := map[string][]string{}
	for text, as := range theLexicon().written {
		for _, e := range as.says {
			all[text] = append(all[text], e.word)
		}
	}
	return all
}

// entry returns what is known of a word while the lexicon is being loaded.
func (l *lexicon) entry(word string) *entry {
	if e := l.entries[word]; e != nil {
		return e
	}
	e := l.describe(word)
	l.entries[word] = e
	return e
}

// finish notes in an entry what its families and its stem lead to.
func (l *lexicon) finish(e *entry) {
	e.phrases = l.phrases[e.stem]
	e.anchor = slices.ContainsFunc(e.concepts, func(c string) bool { return l.anchors[c] })
}

// join makes one table of words and spellings, so that what is written is looked up once.
func (l *lexicon) join() {
	l.written = make(map[string]written, len(l.entries)+len(l.spellings))
	for text, e := range l.entries {
		l.written[text] = written{entry: e}
	}
	for text, says := range l.spellings {
		l.written[text] = written{l.entries[text], says}
	}
	l.entries, l.spellings = nil, nil
}

// describe works out what is known of a word that has no entry.
func (l *lexicon) describe(word string) *entry {
	s := l.stem(word)
	e := &entry{word: word, stem: s, hash: hashOf(s), concepts: l.concepts[s]}
	l.finish(e)
	return e
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

// recall returns what is known of a common word, or nil if word is none. What was asked for lately is
// kept, at most one word for the same last bits of a hash.
func (l *lexicon) recall(word string) *entry {
	slot := &l.lately[hashOf(word)%uint32(len(l.lately))]
	if e := slot.Load(); e != nil && e.word == word {
		return e
	}
	known := common(word)
	if known == "" {
		return nil
	}
	e := l.describe(known)
	slot.Store(e)
	return e
}

// phrasesIn finds the families that several tokens make together, the longest first.
func (l *lexicon) phrasesIn(tokens []Token) []Phrase {
	var found []Phrase
	for i := range tokens {
		if tokens[i].Kind == Mark {
			continue
		}
		for _, p := range l.phrasesFrom(&tokens[i]) {
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
	return l.phrases[t.Stem]
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

// stem returns the Snowball stem of a word. While the lexicon is being loaded no word is stemmed twice.
func (l *lexicon) stem(word string) string {
	if len(word) > maxWord || !isASCII(word) {
		return word
	}
	known, found := l.stems[word]
	if !found {
		known = english.Stem(word, false)
		if l.stems != nil {
			l.stems[word] = known
		}
	}
	return known
}
