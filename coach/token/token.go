// Package token divides what a person typed into the words, numbers and marks
// that grammars are written over.
//
// A token keeps where it stood, and is folded so that spelling habits
// disappear: lower case, no accents on Latin letters, no variation selectors,
// full-width digits as plain ones. Clitics stand alone, so that "today's" and
// "I'll" are two tokens each and a grammar needs "today" and "will" only once:
//
//	I'll → i will · don't → dont · today's → today 's · 6.15pm → 6 . 15 pm
//
// Han, kana, Thai and the like are written without spaces; there every letter is a token.
package token

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Class says what a token is made of.
type Class uint8

// The classes of token.
const (
	Word Class = iota
	Number
	Mark // one punctuation mark, symbol or emoji
)

// Token is a word, a number or a mark.
type Token struct {
	Text       string // folded
	Start, End int    // bytes of the original text
	Class      Class
	Glued      bool // nothing stands between it and the token before
	Value      int  // of a Number of up to 9 digits; else -1
}

// Split divides text into tokens. Bytes that are no UTF-8 and control
// characters divide words and are otherwise passed over.
func Split(text string) []Token { return First(text, len(text)) }

// First returns the first tokens of text, about as many as most, and reads no further.
func First(text string, most int) []Token {
	return Append(make([]Token, 0, min(most, len(text)/5)+4), text, most)
}

// Texts returns the texts of the tokens of text, for those who compare them with a message's.
func Texts(text string) []string {
	var room [16]Token
	tokens := Append(room[:0], text, len(text))
	texts := make([]string, len(tokens))
	for i := range tokens {
		texts[i] = tokens[i].Text
	}
	return texts
}

// Append is [First] into a slice that is empty and perhaps used again.
func Append(tokens []Token, text string, most int) []Token {
	last := 0
	for i := 0; i < len(text) && len(tokens) < most; {
		r, size := utf8.DecodeRuneInString(text[i:])
		class, ok := classOf(r)
		if !ok {
			i += size
			continue
		}
		end := i + size
		if class != Mark && !alone(r) {
			end = runEnd(text, end, class)
		}
		glued := len(tokens) > 0 && last == i
		tokens = appendFolded(tokens, text[i:end], i, class, glued)
		i, last = end, end
	}
	return tokens
}

// classOf returns the class of r, and false if r only divides.
func classOf(r rune) (Class, bool) {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z':
		return Word, true
	case '0' <= r && r <= '9':
		return Number, true
	case r <= ' ', r == utf8.RuneError, joiner(r):
		return Mark, false
	case r < utf8.RuneSelf:
		return Mark, true
	case unicode.IsDigit(r):
		return Number, true
	case unicode.IsLetter(r), unicode.IsMark(r):
		return Word, true
	case unicode.IsSpace(r), unicode.IsControl(r), unicode.Is(unicode.Cf, r):
		return Mark, false
	}
	return Mark, true
}

// joiner reports whether r only changes the look of the mark before it.
func joiner(r rune) bool {
	return r == 0x200D || 0xFE00 <= r && r <= 0xFE0F || 0x1F3FB <= r && r <= 0x1F3FF
}

// alone reports whether letters of the script of r are words by themselves.
func alone(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// runEnd returns where the word or number that reaches from before i ends.
func runEnd(text string, i int, class Class) int {
	for i < len(text) {
		r, size := utf8.DecodeRuneInString(text[i:])
		next, ok := classOf(r)
		inside := ok && next == class && !alone(r)
		if !inside && class == Word && apostrophe(r) {
			after, _ := utf8.DecodeRuneInString(text[i+size:])
			inside = unicode.IsLetter(after)
		}
		if !inside {
			break
		}
		i += size
	}
	return i
}

func apostrophe(r rune) bool { return r == '\'' || r == '’' || r == '`' || r == '´' }

// appendFolded appends what the run text[start:] of one class is as tokens.
func appendFolded(tokens []Token, run string, start int, class Class, glued bool) []Token {
	t := Token{Text: fold(run), Start: start, End: start + len(run), Class: class, Glued: glued, Value: -1}
	switch class {
	case Number:
		t.Value = value(t.Text)
		return append(tokens, t)
	case Word:
		return appendWord(tokens, t)
	}
	return append(tokens, t)
}

// clitics are the endings that stand alone, and the word that they are.
var clitics = []struct{ end, word string }{
	{"'ll", "will"}, {"'ve", "have"}, {"'re", "are"}, {"'m", "am"}, {"'d", "'d"}, {"'s", "'s"},
}

// bare are clitics written without their apostrophe.
var bare = map[string][2]string{
	"im": {"i", "am"}, "ive": {"i", "have"}, "youre": {"you", "are"}, "youve": {"you", "have"},
	"theyre": {"they", "are"}, "weve": {"we", "have"}, "youll": {"you", "will"}, "itll": {"it", "will"},
	"its": {"it", "'s"}, "whats": {"what", "'s"}, "thats": {"that", "'s"}, "hows": {"how", "'s"},
	"wheres": {"where", "'s"}, "whos": {"who", "'s"}, "whens": {"when", "'s"}, "theres": {"there", "'s"},
	"heres": {"here", "'s"}, "hes": {"he", "'s"}, "shes": {"she", "'s"}, "lets": {"let", "'s"},
	"todays": {"today", "'s"}, "yesterdays": {"yesterday", "'s"}, "tomorrows": {"tomorrow", "'s"},
	"ur": {"you", "are"}, "id": {"i", "'d"}, "gonna": {"going", "to"}, "wanna": {"want", "to"}, "gotta": {"got", "to"},
}

// appendWord appends the word t, its clitic as a token of its own.
func appendWord(tokens []Token, t Token) []Token {
	if pair, ok := bare[t.Text]; ok {
		return append(tokens, part(t, pair[0]), clitic(t, pair[1]))
	}
	if !strings.Contains(t.Text, "'") {
		return append(tokens, t)
	}
	for _, c := range clitics {
		if head, ok := strings.CutSuffix(t.Text, c.end); ok && head != "" {
			return append(tokens, part(t, strings.ReplaceAll(head, "'", "")), clitic(t, c.word))
		}
	}
	return append(tokens, part(t, strings.ReplaceAll(t.Text, "'", "")))
}

func part(t Token, text string) Token { t.Text = text; return t }

func clitic(t Token, text string) Token { t.Text, t.Glued = text, true; return t }

// value returns what the digits count, or -1 if they are too many.
func value(digits string) int {
	if len(digits) > 9 {
		return -1
	}
	n := 0
	for _, d := range digits {
		if d < '0' || d > '9' {
			return -1
		}
		n = n*10 + int(d-'0')
	}
	return n
}

// fold returns s without case, Latin accents and typographic variants.
func fold(s string) string {
	plain := true
	for i := 0; i < len(s) && plain; i++ {
		plain = s[i] < utf8.RuneSelf && (s[i] < 'A' || s[i] > 'Z')
	}
	if plain {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	latin := false
	for _, r := range norm.NFKD.String(strings.ToLower(s)) {
		switch {
		case apostrophe(r):
			b.WriteByte('\'')
		case joiner(r), latin && unicode.Is(unicode.Mn, r), unicode.Is(unicode.Cf, r):
		case unicode.IsDigit(r) && r >= utf8.RuneSelf:
			b.WriteByte(digit(r))
		default:
			latin = r < 0x250
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// digit returns the plain digit that r shows. Unicode keeps the ten digits of
// every script together, from a code point that ends in 0 or 6.
func digit(r rune) byte {
	zero := r
	for unicode.IsDigit(zero-1) && r-zero < 9 {
		zero--
	}
	return '0' + byte(r-zero)
}
