package safety

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxBytes bounds what is read of a message; the rest is ignored.
const maxBytes = 4 * 4096

// token is one word of a message: its number in the vocabulary (0 if the
// vocabulary does not have it) and the sentence and clause in which it stands.
type token struct {
	word     int
	text     string
	sentence int
	clause   int
}

// maxGuesses is how many words of a message are compared with ours that are
// written otherwise. Who writes so many that nobody knows tells nothing by them.
const maxGuesses = 256

// scanner is a message while it is divided.
type scanner struct {
	*vocabulary
	tokens           []token
	sentence, clause int
	guesses          int      // that are left
	word             [64]byte // that is being read
	length           int      // of it
}

// scan divides a message into words, lower case and without apostrophes, so
// that "can't", "can’t" and "cant" are one word. A full stop between digits
// belongs to the number; an emoji is a word of its own.
func (v *vocabulary) scan(message string, into []token) []token {
	message = cut(message)
	s := scanner{vocabulary: v, tokens: into, guesses: maxGuesses}
	for i, r := range message {
		switch {
		case r == '\'' || r == '’' || r == '`' || r == '´' || r == 0x200d || r == 0xfe0f:
		case 'a' <= r && r <= 'z' || '0' <= r && r <= '9' || r >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			s.letter(unicode.ToLower(r))
		case 'A' <= r && r <= 'Z':
			s.letter(r + 'a' - 'A')
		case r == '.' && s.length > 0 && s.word[s.length-1] <= '9' && digitFollows(message[i+1:]):
			s.length += copy(s.word[s.length:], ".")
		case r == '.' || r == '!' || r == '?' || r == '\n' || r == ';':
			s.flush()
			if r == '?' {
				s.tokens = append(s.tokens, token{word: v.ours("?"), text: "?", sentence: s.sentence, clause: s.clause})
			}
			s.sentence, s.clause = s.sentence+1, s.clause+1
		case r == ',' || r == ':' || r == '(' || r == ')' || r == '–' || r == '—':
			s.flush()
			s.clause++
		case r == '/' || r == '&' || r > 0x2000 && unicode.IsSymbol(r):
			s.flush()
			s.length = utf8.EncodeRune(s.word[:], unicode.ToLower(r))
			s.flush()
		default:
			s.flush()
		}
	}
	s.flush()
	return s.tokens
}

func (s *scanner) letter(r rune) {
	if s.length+utf8.UTFMax <= len(s.word) {
		s.length += utf8.EncodeRune(s.word[s.length:], r)
	}
}

// flush ends the word that is being read.
func (s *scanner) flush() {
	if s.length == 0 {
		return
	}
	known, found := s.words[string(s.word[:s.length])]
	number, text := int(known.number), s.spelt[known.spelt]
	if !found {
		text = string(s.word[:s.length])
		if s.guesses > 0 {
			s.guesses--
			number = s.number(text)
		}
	}
	s.length = 0
	if !s.join(number) {
		s.tokens = append(s.tokens, token{word: number, text: text, sentence: s.sentence, clause: s.clause})
	}
}

// cut shortens a message to maxBytes at a rune's border.
func cut(message string) string {
	if len(message) <= maxBytes {
		return message
	}
	return strings.ToValidUTF8(message[:maxBytes], "")
}

func digitFollows(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
