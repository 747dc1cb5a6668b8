// Package words reads a message as words: cleaned, split, put right and
// gathered into families, so that everything after it reads meaning and not spelling.
//
// [Parse] is the whole of it, in four steps, each in a file of its own:
//
//	clean.go    Unicode folded, lower case, plain quotes, no control characters, at most MaxChars
//	split.go    words, numbers, emoji and marks, each with its place in the cleaned text
//	lexicon.go  what is known of a word: chat slang spelt out ("u" is you), stem, families ("incline" is hill)
//	typo.go     an unknown word that is nearly a word of the domain is taken for it; common English never is
//
// The word lists are in content/words: spellings.txt, concepts.txt, domain.txt, everyday.txt and common.txt.
package words

import "strings"

// MaxChars is how many characters of a message are read; the rest is cut off.
const MaxChars = 4096

// Kind says what sort of token a token is.
type Kind uint8

// The kinds of tokens.
const (
	Word   Kind = iota // letters, as "hills" or "don't"
	Number             // digits only: "18.30" is a number, a mark and a number
	Emoji              // one symbol, as "🏃"
	Mark               // one character of punctuation
)

// Token is a word, a number, an emoji or a mark of a message.
type Token struct {
	Kind Kind
	// Fixed says that Word was a misspelling and is a guess.
	Fixed bool
	// Known says that Word is an English word, or one of the domain.
	Known bool
	// Hash is the FNV-1a hash of Stem.
	Hash uint32
	// Text is what was written, cleaned: Clean[Start:End].
	Text string
	// Word is what it says: slang spelt out, misspelling put right; else Text.
	// A token that says several words ("dont") is followed by further tokens
	// with the same place.
	Word string
	// Stem is the stem of Word (Snowball English).
	Stem string
	// Concepts are the families that Word belongs to. They are shared: do not change them.
	Concepts []string
	// ID numbers Word among the words that are known at start, from 1 to [Known];
	// 0 for all other words.
	ID int
	// Start and End are byte offsets in Text.Clean.
	Start, End int

	entry *entry // what is known of Word; nil for marks, numbers and emoji
}

// Is reports whether the token belongs to a family of concepts.txt.
func (t Token) Is(concept string) bool {
	for _, c := range t.Concepts {
		if c == concept {
			return true
		}
	}
	return false
}

// Phrase is a family that several words make together, as "shin splints".
type Phrase struct {
	Concept string
	// First and Last are the indexes of its first and last token.
	First, Last int
}

// Text is a message that has been read as words. It is not changed after [Parse].
type Text struct {
	// Raw is the message as it came.
	Raw string
	// Clean is what of it is read; offsets are offsets in Clean.
	Clean string
	// Tokens are in the order of the message.
	Tokens []Token
	// Phrases are the families made of several words.
	Phrases []Phrase
	// Cut says that the message was longer than MaxChars.
	Cut bool
}

// Parse reads a message. Any bytes may be given; the time it takes is bounded.
func Parse(message string) Text { return ParseInto(nil, message) }

// ParseInto is [Parse] with its tokens in a slice that is empty and perhaps used again.
func ParseInto(tokens []Token, message string) Text {
	t := Text{Raw: message}
	t.Clean, t.Cut = clean(message)
	t.Tokens = split(tokens, t.Clean)
	t.Phrases = theLexicon().phrasesIn(t.Tokens)
	return t
}

// Has reports whether a word or phrase of the message belongs to a family of concepts.txt.
func (t Text) Has(concept string) bool {
	for i := range t.Tokens {
		if t.Tokens[i].Is(concept) {
			return true
		}
	}
	for _, p := range t.Phrases {
		if p.Concept == concept {
			return true
		}
	}
	return false
}

// Anchors returns how many words and phrases belong to a family without which
// hardly any question about legs or running is asked.
func (t Text) Anchors() int {
	anchors, n := theLexicon().anchors, 0
	for i := range t.Tokens {
		if e := t.Tokens[i].entry; e != nil && e.anchor {
			n++
		}
	}
	for _, p := range t.Phrases {
		if anchors[p.Concept] {
			n++
		}
	}
	return n
}

// Known returns how many words are known at start.
func Known() int { return len(theLexicon().known) }

// Spelling returns the word that an ID stands for; "" for 0.
func Spelling(id int) string {
	if id == 0 {
		return ""
	}
	return theLexicon().known[id-1].word
}

// String returns the words of the message in plain spelling, without marks.
func (t Text) String() string {
	var b strings.Builder
	for _, token := range t.Tokens {
		if token.Kind == Mark {
			continue
		}
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(token.Word)
	}
	return b.String()
}
