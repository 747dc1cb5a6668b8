package reading

// spelling finds the word of the rules' own vocabulary that a misspelt word
// was meant to be: one letter wrong, missing or too many, or two swapped.
type spelling struct {
	words map[string]bool
	near  map[string][]string // a word with one letter left out → the words
}

const (
	shortest = 4  // letters of a word that is put right
	longest  = 16 // and of the longest
)

// add makes a word known.
func (s *spelling) add(word string) {
	if s.words[word] || word == "" || word[0] < 'a' || word[0] > 'z' {
		return
	}
	s.words[word] = true
	if len(word) < shortest || len(word) > longest {
		return
	}
	for i := range len(word) + 1 {
		left := leaveOut(word, i)
		s.near[left] = append(s.near[left], word)
	}
}

// right returns the word that word was meant to be, or word itself.
func (s *spelling) right(word string) string {
	if len(word) < shortest || len(word) > longest || s.words[word] {
		return word
	}
	best := word
	for i := len(word); i >= 0; i-- {
		for _, right := range s.near[leaveOut(word, i)] {
			if swapped(word, right) {
				return right
			}
			if len(word) > shortest && right[0] == word[0] && oneApart(word, right) && (best == word || right < best) {
				best = right
			}
		}
	}
	return best
}

func leaveOut(word string, i int) string {
	if i >= len(word) {
		return word
	}
	return word[:i] + word[i+1:]
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
