package words

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// clean returns what of a message is read, and whether it was cut.
func clean(message string) (string, bool) {
	message, cut := cutChars(message)
	if isASCII(message) {
		return cleanASCII(message), cut
	}
	message = norm.NFKC.String(strings.ToValidUTF8(message, " "))
	message, more := cutChars(message) // a single character may unfold to many
	return strings.Map(plainRune, message), cut || more
}

func cutChars(s string) (string, bool) {
	if len(s) <= MaxChars {
		return s, false
	}
	n := 0
	for i := range s {
		if n == MaxChars {
			return s[:i], true
		}
		n++
	}
	return s, false
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func cleanASCII(s string) string {
	b := make([]byte, len(s))
	for i := range len(s) {
		c := s[i]
		switch {
		case 'A' <= c && c <= 'Z':
			c += 'a' - 'A'
		case c < ' ' || c == 0x7f:
			c = ' '
		case c == '`':
			c = '\''
		}
		b[i] = c
	}
	return string(b)
}

// plainRune maps a rune to what is read in its place, or to -1 to drop it.
func plainRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		return rune(cleanASCII(string(r))[0])
	case strings.ContainsRune("‘’‛′´ʼ＇", r):
		return '\''
	case strings.ContainsRune("“”„«»″", r):
		return '"'
	case unicode.Is(unicode.Pd, r):
		return '-'
	case unicode.IsSpace(r), unicode.Is(unicode.Cc, r):
		return ' '
	case r == '♀', r == '♂', unicode.In(r, unicode.Cf, unicode.Co, unicode.Variation_Selector):
		return -1
	case unicode.Is(unicode.Latin, r):
		return unaccent(unicode.ToLower(r))
	case unicode.In(r, unicode.Mn) && unicode.Is(unicode.Inherited, r):
		return -1 // accents heaped on a letter
	}
	return unicode.ToLower(r)
}

// unaccent returns the letter under an accent, or r.
func unaccent(r rune) rune {
	if first, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r))); first < utf8.RuneSelf {
		return first
	}
	return r
}
