package safety

import (
	"sort"
	"strings"
)

// vocabulary numbers the words that the patterns know, and reads misspelt ones.
type vocabulary struct {
	words    map[string]int // number of a word, from 1
	spelt    []string
	prefixes []string         // "swell*" without its star, sorted
	prefix   map[string]int   // number of a prefix
	ordinary map[string]bool  // words that look like one of ours and are not
	common   string           // sorted lines, one common English word each
	deletes  map[string][]int // a word of ours with one letter left out
	everyday map[string]int   // what guess returns for the words that are written most
}

// newVocabulary makes an empty vocabulary that takes neither the ordinary words
// nor the common ones, one a line and sorted, for misspellings.
func newVocabulary(ordinary []string, common string) *vocabulary {
	v := &vocabulary{
		words: map[string]int{}, prefix: map[string]int{}, ordinary: map[string]bool{},
		deletes: map[string][]int{}, spelt: []string{""}, common: common,
	}
	for _, word := range ordinary {
		v.ordinary[word] = true
	}
	return v
}

// add returns the number of a word or, with a star at its end, of all words that begin so.
func (v *vocabulary) add(word string) int {
	table, key := v.words, word
	if stem, isPrefix := strings.CutSuffix(word, "*"); isPrefix {
		table, key = v.prefix, stem
	}
	if number, found := table[key]; found {
		return number
	}
	number := len(v.spelt)
	v.spelt = append(v.spelt, word)
	table[key] = number
	return number
}

// seal prepares the reading of misspelt words; no word is added after it.
func (v *vocabulary) seal() {
	for stem := range v.prefix {
		v.prefixes = append(v.prefixes, stem)
	}
	sort.Strings(v.prefixes)
	for word, number := range v.words {
		if len(word) < 4 || v.ordinary[word] {
			continue
		}
		for _, shorter := range shortened(word) {
			v.deletes[shorter] = append(v.deletes[shorter], number)
		}
	}
	for _, numbers := range v.deletes {
		sort.Ints(numbers)
	}
}

// expect works out beforehand what words are that are written often.
func (v *vocabulary) expect(everyday []string) {
	known := make(map[string]int, len(everyday))
	for _, word := range everyday {
		if _, ours := v.words[word]; !ours {
			known[word] = v.guess(word)
		}
	}
	v.everyday = known
}

// guess returns the number of the prefix with which a word begins, or else of
// the word that it most likely misspells by one letter, or 0.
func (v *vocabulary) guess(text string) int {
	if number, expected := v.everyday[text]; expected {
		return number
	}
	for at := sort.SearchStrings(v.prefixes, text) - 1; at >= 0; at-- {
		stem := v.prefixes[at]
		if stem[0] != text[0] {
			break
		}
		if strings.HasPrefix(text, stem) {
			return v.prefix[stem]
		}
	}
	if len(text) < 4 || len(text) > 24 || v.ordinary[text] || text[0] < 'a' || text[0] > 'z' {
		return 0
	}
	if number := v.misspelt(text); number > 0 && !v.isCommon(text) {
		return number
	}
	return 0
}

// isCommon looks a word up in the sorted lines, which cost nothing to keep ready.
func (v *vocabulary) isCommon(text string) bool {
	low, high := 0, len(v.common)
	for low < high {
		start := strings.LastIndexByte(v.common[:(low+high)/2], '\n') + 1
		end := start + strings.IndexByte(v.common[start:], '\n')
		switch line := v.common[start:end]; {
		case line == text:
			return true
		case line < text:
			low = end + 1
		default:
			high = start
		}
	}
	return false
}

// misspelt prefers words of the same length, then one letter missing, then one too many.
func (v *vocabulary) misspelt(text string) int {
	var room [24]byte
	longer := 0
	for i := range text {
		shorter := append(append(room[:0], text[:i]...), text[i+1:]...)
		for _, number := range v.deletes[string(shorter)] {
			if alike(v.spelt[number], text) {
				return number
			}
		}
		if number, found := v.words[string(shorter)]; found && len(shorter) >= 5 && shorter[0] == text[0] {
			longer = number
		}
	}
	for _, number := range v.deletes[text] {
		if word := v.spelt[number]; len(word) >= 5 && word[0] == text[0] {
			return number
		}
	}
	return longer
}

// alike says whether two words of one length differ by one letter, if they are
// long enough for that to mean something, or by two neighbours that changed places.
func alike(word, text string) bool {
	if len(word) != len(text) || word == text {
		return false
	}
	i := 0
	for i < len(word) && word[i] == text[i] {
		i++
	}
	if i+1 < len(word) && word[i] == text[i+1] && word[i+1] == text[i] && word[i+2:] == text[i+2:] {
		return true
	}
	return i > 0 && len(word) >= 6 && word[i+1:] == text[i+1:]
}

func shortened(word string) []string {
	all := make([]string, 0, len(word))
	for i := range len(word) {
		all = append(all, word[:i]+word[i+1:])
	}
	return all
}
