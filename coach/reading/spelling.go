package reading

import "slices"

// spelling finds the word of the rules' own vocabulary that a misspelt word
// was meant to be: one letter wrong, missing or too many, or two swapped.
// The first letter is always right.
type spelling struct {
	words map[string]bool
	by    [26][]string // by first letter, in the order of the alphabet
}

const (
	shortest = 4  // letters of a word that is put right
	longest  = 16 // and of the longest
)

// newSpelling knows the words of some phrases.
func newSpelling(vocabularies ...phrases) spelling {
	s := spelling{words: map[string]bool{}}
	for _, vocabulary := range vocabularies {
		for _, some := range vocabulary {
			for _, p := range some {
				for _, w := range p.words {
					s.add(w)
				}
			}
		}
	}
	for _, words := range s.by {
		slices.Sort(words)
	}
	return s
}

// add makes a word known.
func (s *spelling) add(word string) {
	if s.words[word] || word == "" || word[0] < 'a' || word[0] > 'z' {
		return
	}
	s.words[word] = true
	if len(word) >= shortest && len(word) <= longest {
		s.by[word[0]-'a'] = append(s.by[word[0]-'a'], word)
	}
}

// right returns the word that word was meant to be, or word itself. Of
// several, it is one with two letters swapped, else the first of the alphabet.
func (s *spelling) right(word string) string {
	if len(word) < shortest || len(word) > longest || word[0] < 'a' || word[0] > 'z' || s.words[word] {
		return word
	}
	if plain := s.short(word); s.words[plain] {
		return plain
	}
	best := word
	for _, known := range s.by[word[0]-'a'] {
		if len(known) > len(word)+1 || len(known)+1 < len(word) {
			continue
		}
		if swapped(word, known) {
			return known
		}
		if (len(word) > shortest || len(known) > len(word)) && oneApart(word, known) && (best == word || known < best) {
			best = known
		}
	}
	return best
}

// short returns word with every letter that is said several times in a row
// said once, and twice if that is how it is written: "baaack" is "back".
func (s *spelling) short(word string) string {
	var once, twice []byte
	for i := range len(word) {
		if i == 0 || word[i] != word[i-1] {
			once = append(once, word[i])
		}
		if i < 2 || word[i] != word[i-1] || word[i] != word[i-2] {
			twice = append(twice, word[i])
		}
	}
	if s.words[string(twice)] {
		return string(twice)
	}
	return string(once)
}

// swapped reports whether a is b with two letters beside each other swapped.
func swapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range len(a) {
		if a[i] != b[i] {
			return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}

// oneApart reports whether one letter is wrong, missing or too many.
func oneApart(a, b string) bool {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	a, b = a[i:], b[i:]
	return len(a) == len(b)+1 && a[1:] == b || len(b) == len(a)+1 && b[1:] == a || len(a) == len(b) && a != "" && a[1:] == b[1:]
}
