package safety

import (
	"iter"
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
	deletes  []deletion       // of all words of ours; the first is none
	heads    [1 << 14]int32   // the first deletion whose hash ends with these bits
	seen     map[string]known // our words, and those that are written most
	pairs    map[pair]int     // two words that are read as one of ours
	second   bits             // the words that end such a pair
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
	next   int32 // place of the next that shares the last bits of its hash; 0 is none
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
	v.deletes = make([]deletion, 1, 8*len(v.words))
	for number := len(v.spelt) - 1; number > 0; number-- { // the last first, so that the first is found first
		word := v.spelt[number]
		if v.words[word] != number || len(word) < 4 || v.ordinary[word] {
			continue
		}
		for i := range len(word) {
			h := hashOf(word[:i], word[i+1:])
			head := &v.heads[h%uint32(len(v.heads))]
			v.deletes = append(v.deletes, deletion{h, int32(number), *head})
			*head = int32(len(v.deletes) - 1)
		}
	}
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

// lacking goes through the words of ours that read as a text in two parts when
// one of their letters is left out, and perhaps one that only has the hash of such a word.
func (v *vocabulary) lacking(a, b string) iter.Seq[int] {
	return func(yield func(int) bool) {
		h := hashOf(a, b)
		for at := v.heads[h%uint32(len(v.heads))]; at > 0; at = v.deletes[at].next {
			if d := &v.deletes[at]; d.hash == h && !yield(int(d.number)) {
				return
			}
		}
	}
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
// the word that it is another form of or most likely misspells by one letter, or 0.
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
	if number := v.form(text); number > 0 {
		return number
	}
	if number := v.misspelt(text); number > 0 && !words.Common(text) {
		return number
	}
	return 0
}

// form returns the word of ours of which a text is another form: with an s at
// its end, of more or of somebody ("the boyfriend's"), or without its last g ("hurtin'").
func (v *vocabulary) form(text string) int {
	if one, many := strings.CutSuffix(text, "s"); many && len(one) >= 4 {
		return v.words[one]
	}
	if strings.HasSuffix(text, "in") {
		return v.words[text+"g"]
	}
	return 0
}

// misspelt prefers words of the same length, then one letter missing, then one too many.
func (v *vocabulary) misspelt(text string) int {
	var room [24]byte
	longer := 0
	for i := range text {
		for number := range v.lacking(text[:i], text[i+1:]) {
			if alike(v.spelt[number], text) {
				return number
			}
		}
		shorter := append(append(room[:0], text[:i]...), text[i+1:]...)
		if number, found := v.words[string(shorter)]; found && len(shorter) >= 5 && shorter[0] == text[0] {
			longer = number
		}
	}
	for number := range v.lacking(text, "") {
		if word := v.spelt[number]; len(word) >= 5 && word[0] == text[0] && oneMore(word, text) {
			return number
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
