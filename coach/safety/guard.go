// Package safety hears when a message reports that its writer is hurt, ill or
// in distress, in whatever words, and says how serious it is. It is asked
// before anything else is read, and it may override everything.
//
// A message goes through five short steps, each in a file of its own:
//
//	scan       words, sentences and clauses; other spellings and misspelt words of ours are mended
//	pattern    word patterns are found and leave marks: "chest", "tight", "now", "not", "other" …
//	context    marks are struck out that are negated, somebody else's, long past,
//	           a figure of speech or part of a question about people in general
//	rule       marks that stand near each other make a finding: chest + tight = emergency
//	number     "7/10" and "about a four" raise soreness to the level of the number
//
// A message on its way is a reading, and judge makes its finding; vocabulary and spelling are how
// words are known, witness hears the ranking, and replies holds what is said to a finding.
//
// The most serious rule wins, and words win over numbers (the plan, section 7).
// Lists, patterns and rules are data: lists.txt, marks.txt and rules.yaml of content/safety,
// with spellings.txt and forms.txt beside them for how words are written and what forms they have.
// [Guard.Read] stands on these alone; [Guard.ReadRanked] also hears the learned
// ranking (package rank) where the rules are silent, and sees more for it. How sure
// that must be is fitted on phrasings that it has not seen, by TestFitWitness.
// All meanings together make the better witness: a model that only tells danger
// from the rest was tried, of two classes and of twelve, and saw less in voices
// that it had not heard.
//
// # Report or question
//
// "Is knee pain common in runners" is a question and no finding. "My knee hurts
// when I run, is that normal" is a report of the writer's own, and a finding with
// Asks set.
//
// A serious finding ([Finding.Serious]) always has the first word; a near-miss
// topic may ride along with it. Green or amber with Asks set and no number said
// is answered as well by the near miss's own reply, whose safety line says when
// to stop. Green beside a plain log is a note to the log.
package safety

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"legcoach/coach/content"
)

// What a finding's Intent can be.
const (
	Pain     = "pain"
	Distress = "distress"
	Ill      = "ill"
)

// The levels of pain, least serious first (the plan, section 7).
const (
	Green     = "green"
	Amber     = "amber"
	Red       = "red"
	SameDay   = "same_day"
	Emergency = "emergency"
)

// The kinds of distress and illness; each has a reply of its own.
const (
	Harm    = "harm"    // of hurting oneself, or of not wanting to live
	Despair = "despair" // about oneself or life
	Food    = "food"    // disordered eating, and feeling forced to train
	Cold    = "cold"    // a head cold, as far as was said
	Fever   = "fever"   // fever, chest, stomach, covid: no training
)

// Finding is what a message says about its writer's own body or mind, now.
// The zero Finding says nothing.
type Finding struct {
	// Intent is Pain, Distress, Ill or empty.
	Intent string
	// Level is how serious pain is; empty for the others.
	Level string
	// Kind is Harm, Despair or Food for Distress; Cold or Fever for Ill; else empty.
	Kind string
	// Number is the pain that was said, 0 to 10, or -1.
	Number int
	// Asks is true if the message also asks something.
	Asks bool
	// Others is true if something in it is told of somebody else: "my dad's knee".
	Others bool
	// Because holds what decided, the decisive first.
	Because []Reason
}

// Reason is a rule that held, and the words that made it hold.
type Reason struct {
	Rule  string
	Words []string
}

// Serious is true for what must be answered before anything else: red and above, and distress.
func (f Finding) Serious() bool {
	return f.Intent == Distress || f.Intent == Pain && f.Level != Green && f.Level != Amber
}

// Guard reads messages. It is read-only once made, and safe for many callers at once.
type Guard struct {
	vocabulary *vocabulary
	names      []string // of the marks
	patterns   *book
	rules      []rule
	used       [maxMarks]bool // marks that a rule needs
	places     [maxMarks]bool // marks that are denied by no negation
	cues       cues
}

// lexicon is what lists.txt, forms.txt and marks.txt of content/safety hold.
type lexicon struct {
	lists map[string]string
	marks map[string][]string // one pattern a line
	forms map[string][]string // of a word, all of them
}

func readLexicon() (lexicon, error) {
	data := lexicon{map[string]string{}, map[string][]string{}, map[string][]string{}}
	lists, err := content.Entries("safety/lists.txt")
	if err != nil {
		return data, err
	}
	for _, list := range lists {
		data.lists[list.Name] = strings.Join(list.Lines, " ")
	}
	forms, err := content.Text("safety/forms.txt")
	if err != nil {
		return data, err
	}
	for line := range strings.Lines(forms) {
		family := wordsOf(line)
		for _, word := range family {
			data.forms[word] = family
		}
	}
	marks, err := content.Entries("safety/marks.txt")
	for _, mark := range marks {
		data.marks[mark.Name] = mark.Lines
	}
	return data, err
}

// New returns the guard of the safety content, which is read once; all callers
// share it. It fails if a pattern or rule names what is not there.
func New() (*Guard, error) { return shared() }

var shared = sync.OnceValues(load)

func load() (*Guard, error) {
	data, err := readLexicon()
	if err != nil {
		return nil, err
	}
	var rules []rule
	if err := content.Decode("safety/rules.yaml", &rules); err != nil {
		return nil, err
	}
	ordinary, err := content.Text("safety/ordinary.txt")
	if err != nil {
		return nil, err
	}
	everyday, err := content.Text("words/everyday.txt")
	if err != nil {
		return nil, err
	}
	g := &Guard{vocabulary: newVocabulary(wordsOf(ordinary))}
	if err := g.compile(data); err != nil {
		return nil, fmt.Errorf("read content safety/marks.txt: %w", err)
	}
	g.vocabulary.expect(wordsOf(everyday))
	if err := g.adopt(rules); err != nil {
		return nil, fmt.Errorf("read content safety/rules.yaml: %w", err)
	}
	return g, nil
}

// compile turns the written patterns into an index by the word they begin with.
func (g *Guard) compile(data lexicon) error {
	for name := range data.marks {
		g.names = append(g.names, name)
	}
	slices.Sort(g.names)
	if len(g.names) > maxMarks {
		return fmt.Errorf("%d marks are more than %d", len(g.names), maxMarks)
	}
	c := compiler{
		book: new(book), vocabulary: g.vocabulary,
		lists: data.lists, forms: data.forms, sets: make(map[notation]uint16, 5000),
	}
	cues := new(cues).table()
	g.vocabulary.add("?")
	for mark, name := range g.names {
		_, isCue := cues[name]
		c.inflects = !isCue
		for _, text := range data.marks[name] {
			if err := c.pattern(mark, text); err != nil {
				return fmt.Errorf("mark %s: %w", name, err)
			}
		}
	}
	g.patterns = c.finish()
	if err := g.vocabulary.respell(); err != nil {
		return err
	}
	g.vocabulary.seal()
	g.patterns.index(len(g.vocabulary.spelt))
	return nil
}

// mark returns the number of a mark by its name.
func (g *Guard) mark(name string) (int, error) {
	if at, found := slices.BinarySearch(g.names, name); found {
		return at, nil
	}
	return 0, fmt.Errorf("no mark is called %q", name)
}

// Read says what a message reports about its writer. It takes time in
// proportion to the message's length, and reads no more than 16 KiB of it.
func (g *Guard) Read(message string) Finding {
	f, _ := g.read(message)
	return f
}

// read also says why something that was heard does not count, 0 if all of it
// does: the rules know why such a message only sounds like a report.
func (g *Guard) read(message string) (f Finding, excuse why) {
	r := readings.Get().(*reading)
	defer r.release()
	r.guard, r.tokens = g, g.vocabulary.scan(message, r.room[:0])
	r.find()
	if len(r.found) == 0 {
		return Finding{Number: -1}, r.excuse()
	}
	r.strike()
	return r.judge(), r.excuse()
}

// wordsOf returns the words of a text in which a line that begins with # is a comment.
func wordsOf(text string) []string {
	var all []string
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "#") {
			all = append(all, strings.Fields(line)...)
		}
	}
	return all
}
