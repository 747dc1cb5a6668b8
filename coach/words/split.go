package words

import (
	"slices"
	"unicode"
	"unicode/utf8"
)

// split reads the tokens of a cleaned text.
func split(tokens []Token, clean string) []Token {
	tokens = slices.Grow(tokens, len(clean)/4+2)
	reader := reader{lexicon: theLexicon(), guesses: maxGuesses, stems: maxStems}
	for at := 0; at < len(clean); {
		kind, end := next(clean, at)
		if end == at {
			_, size := utf8.DecodeRuneInString(clean[at:])
			at += size
			continue
		}
		token := Token{Kind: kind, Text: clean[at:end], Start: at, End: end}
		afterDigit := at > 0 && '0' <= clean[at-1] && clean[at-1] <= '9'
		tokens = reader.read(tokens, token, afterDigit)
		at = end
	}
	return tokens
}

// next returns the kind and end of the token at a place; it is empty for a space.
func next(s string, at int) (Kind, int) {
	r, size := utf8.DecodeRuneInString(s[at:])
	switch {
	case isLetter(r):
		return Word, wordEnd(s, at)
	case unicode.IsDigit(r):
		return Number, runEnd(s, at, unicode.IsDigit)
	case unicode.IsSpace(r):
		return Mark, at
	case unicode.In(r, unicode.So, unicode.Sk) && r >= utf8.RuneSelf:
		return Emoji, at + size
	}
	return Mark, at + size
}

func isLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z'
	}
	return unicode.In(r, unicode.L, unicode.M)
}

func runEnd(s string, at int, in func(rune) bool) int {
	for i, r := range s[at:] {
		if !in(r) {
			return at + i
		}
	}
	return len(s)
}

// lettersEnd returns the end of the letters at a place.
func lettersEnd(s string, at int) int {
	for at < len(s) && 'a' <= s[at] && s[at] <= 'z' {
		at++
	}
	return runEnd(s, at, isLetter)
}

// wordEnd returns the end of the word at a place, with apostrophes inside it.
func wordEnd(s string, at int) int {
	end := lettersEnd(s, at)
	for end+1 < len(s) && s[end] == '\'' {
		after := lettersEnd(s, end+1)
		if after == end+1 {
			break
		}
		end = after
	}
	return end
}
