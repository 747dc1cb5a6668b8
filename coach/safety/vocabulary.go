package safety

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"legcoach/coach/words"
)

// vocabulary numbers the words that the patterns know, and reads misspelt ones.
type vocabulary struct {
	words    map[string]int // number of a word, from 1
	spelt    []string
	prefixes []string         // "swell*" without its star, sorted
	prefix   map[string]int   // number of a prefix
	ordinary map[string]bool  // words that look like one of ours and are not
	deletes  []deletion       // of all words of ours, by hash
	seen     map[string]known // our words, and those that are written most
}

// known is what a word is read as: its number, 0 if it says nothing to us.
type known struct {
	number int
	text   string
}

// deletion is a word of ours with one letter left out.
type deletion struct {
	hash   uint32
	number int32
}

// newVocabulary makes an empty vocabulary that takes neither the ordinary words
// nor common English ones for misspellings.
func newVocabulary(ordinary []string) *vocabulary {
	v := &vocabulary{
		words: map[string]int{}, prefix: map[string]int{}, ordinary: map[string]bool{},
		spelt: []string{""},
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
		for i := range len(word) {
			v.deletes = append(v.deletes, deletion{hashOf(word[:i], word[i+1:]), int32(number)})
		}
	}
	slices.SortFunc(v.deletes, func(a, b deletion) int {
		return cmp.Or(cmp.Compare(a.hash, b.hash), cmp.Compare(a.number, b.number))
	})
}

// hashOf returns the FNV-1a hash of a text in two parts.
func hashOf(a, b string) uint32 {
	h := uint32(2166136261)
	for i := range len(a) {
		h = (h ^ uint32(a[i])) * 16777619
	}
	for i := range len(b) {
		h = (h ^ uint32(b[i])) * 16777619
	}
	return h
}

// lacking returns the words of ours that read as a text in two parts when one
// of their letters is left out, and perhaps a word that only has the hash of one.
func (v *vocabulary) lacking(a, b string) []deletion {
	h := hashOf(a, b)
	from, _ := slices.BinarySearchFunc(v.deletes, h, func(d deletion, h uint32) int { return cmp.Compare(d.hash, h) })
	to := from
	for to < len(v.deletes) && v.deletes[to].hash == h {
		to++
	}
	return v.deletes[from:to]
}

// expect works out beforehand what words are that are written often.
func (v *vocabulary) expect(everyday []string) {
	v.seen = make(map[string]known, len(v.words)+len(everyday))
	for _, word := range everyday {
		v.seen[word] = known{v.guess(word), word}
	}
	for word, number := range v.words {
		v.seen[word] = known{number, word}
	}
}

// guess returns the number of the prefix with which a word begins, or else of
// the word that it most likely misspells by one letter, or 0.
func (v *vocabulary) guess(text string) int {
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
	if number := v.misspelt(text); number > 0 && !words.Common(text) {
		return number
	}
	return 0
}

// misspelt prefers words of the same length, then one letter missing, then one too many.
func (v *vocabulary) misspelt(text string) int {
	var room [24]byte
	longer := 0
	for i := range text {
		for _, d := range v.lacking(text[:i], text[i+1:]) {
			if alike(v.spelt[d.number], text) {
				return int(d.number)
			}
		}
		shorter := append(append(room[:0], text[:i]...), text[i+1:]...)
		if number, found := v.words[string(shorter)]; found && len(shorter) >= 5 && shorter[0] == text[0] {
			longer = number
		}
	}
	for _, d := range v.lacking(text, "") {
		if word := v.spelt[d.number]; len(word) >= 5 && word[0] == text[0] && oneMore(word, text) {
			return int(d.number)
		}
	}
	return longer
}

// oneMore says whether a word is a text with one more letter in it.
func oneMore(word, text string) bool {
	if len(word) != len(text)+1 {
		return false
	}
	i := 0
	for i < len(text) && word[i] == text[i] {
		i++
	}
	return word[i+1:] == text[i:]
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
