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

// scan divides a message into words, lower case and without apostrophes, so
// that "can't", "can’t" and "cant" are one word. A full stop between digits
// belongs to the number; an emoji is a word of its own.
func (v *vocabulary) scan(message string, into []token) []token {
	message = cut(message)
	var word [64]byte
	length, sentence, clause := 0, 0, 0
	flush := func() {
		if length > 0 {
			into = append(into, v.token(word[:length], sentence, clause))
			length = 0
		}
	}
	for i, r := range message {
		r = unicode.ToLower(r)
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if length+utf8.UTFMax <= len(word) {
				length += utf8.EncodeRune(word[length:], r)
			}
		case r == '\'' || r == '’' || r == '`' || r == '´' || r == 0x200d || r == 0xfe0f:
		case r == '.' && length > 0 && word[length-1] <= '9' && digitFollows(message[i+1:]):
			length += copy(word[length:], ".")
		case r == '.' || r == '!' || r == '?' || r == '\n' || r == ';':
			flush()
			sentence, clause = sentence+1, clause+1
			if r == '?' {
				into = append(into, token{word: v.words["?"], text: "?", sentence: sentence - 1, clause: clause - 1})
			}
		case r == ',' || r == ':' || r == '(' || r == ')' || r == '–' || r == '—':
			flush()
			clause++
		case r == '/' || r == '&' || r > 0x2000 && unicode.IsSymbol(r):
			flush()
			into = append(into, v.token(utf8.AppendRune(word[:0], r), sentence, clause))
		default:
			flush()
		}
	}
	flush()
	return into
}

func (v *vocabulary) token(word []byte, sentence, clause int) token {
	if known, found := v.seen[string(word)]; found {
		return token{word: known.number, text: known.text, sentence: sentence, clause: clause}
	}
	text := string(word)
	return token{word: v.guess(text), text: text, sentence: sentence, clause: clause}
}

// cut shortens a message to maxBytes at a rune's border.
func cut(message string) string {
	if len(message) <= maxBytes {
		return message
	}
	return strings.ToValidUTF8(message[:maxBytes], "")
}

func digitFollows(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }
