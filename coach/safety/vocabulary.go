package safety

import (
	"iter"
	"slices"
	"sort"
	"strings"

	"legcoach/coach/recent"
	"legcoach/coach/words"
)

// vocabulary numbers the words that the patterns know, and reads misspelt ones.
type vocabulary struct {
	words    map[string]known      // our words, and those that are written most
	spelt    []string              // our words by number, from 1, and the others
	prefixes []string              // "swell*" without its star, sorted
	prefix   map[string]int        // number of a prefix
	lately   *recent.Words[uint16] // what other words were read as
	ordinary map[string]bool       // words that look like one of ours and are not
	deletes  []deletion            // of all words of ours, by the last bits of their hash
	heads    []uint32              // the first deletion whose hash ends with these bits; one more than there are such ends
	pairs    map[pair]int          // two words that are read as one of ours
	second   sketch                // of the words that end such a pair
}

// known is what a word is read as. It is small, for there are thousands.
type known struct {
	number uint16 // 0 if it says nothing to us
	spelt  uint16 // the place of the word itself
	ours   bool
}

// deletion is a word of ours with one letter left out.
type deletion struct {
	hash   uint16 // the first bits of it
	number uint16
}

// headBits is how many of the last bits of a hash lead to a deletion.
const headBits = 13

// newVocabulary makes an empty vocabulary that takes neither the ordinary words
// nor common English ones for misspellings.
func newVocabulary(ordinary []string) *vocabulary {
	const rare = 4096 // words that are kept; each takes little
	v := &vocabulary{
		words: make(map[string]known, 6000), prefix: map[string]int{}, ordinary: map[string]bool{},
		spelt: make([]string, 1, 6000), pairs: map[pair]int{},
		lately: recent.New[uint16](rare),
	}
	for _, word := range ordinary {
		v.ordinary[word] = true
	}
	return v
}

// add returns the number of a word or, with a star at its end, of all words that begin so.
func (v *vocabulary) add(word string) int {
	stem, isPrefix := strings.CutSuffix(word, "*")
	number := v.ours(word)
	if isPrefix {
		number = v.prefix[stem]
	}
	if number > 0 {
		return number
	}
	number = len(v.spelt)
	v.spelt = append(v.spelt, word)
	if isPrefix {
		v.prefix[stem] = number
	} else {
		v.words[word] = known{uint16(number), uint16(number), true}
	}
	return number
}

// ours returns the number of a word of ours, or 0.
func (v *vocabulary) ours(word string) int {
	if k := v.words[word]; k.ours {
		return int(k.number)
	}
	return 0
}

// also lets a word be read as the one with this number, be it no word of ours.
func (v *vocabulary) also(word string, number int, ours bool) {
	v.words[word] = known{uint16(number), uint16(len(v.spelt)), ours}
	v.spelt = append(v.spelt, word)
}

// seal prepares the reading of misspelt words; no word of ours is added after it.
func (v *vocabulary) seal() {
	for stem := range v.prefix {
		v.prefixes = append(v.prefixes, stem)
	}
	sort.Strings(v.prefixes)
	v.heads = make([]uint32, 1<<headBits+1)
	v.eachDeletion(func(hash uint32, _ int) { v.heads[hash%(1<<headBits)+1]++ })
	for i := range 1 << headBits {
		v.heads[i+1] += v.heads[i]
	}
	v.deletes = make([]deletion, v.heads[1<<headBits])
	ends := slices.Clone(v.heads)
	v.eachDeletion(func(hash uint32, number int) {
		at := &ends[hash%(1<<headBits)]
		v.deletes[*at] = deletion{uint16(hash >> 16), uint16(number)}
		*at++
	})
}

// eachDeletion calls note with the hash of every word of ours that lacks a letter, in their order.
func (v *vocabulary) eachDeletion(note func(hash uint32, number int)) {
	for number, word := range v.spelt {
		if v.ours(word) != number || len(word) < 4 || v.ordinary[word] {
			continue
		}
		for i := range len(word) {
			note(hashOf(word[:i], word[i+1:]), number)
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
		end := h % (1 << headBits)
		for _, d := range v.deletes[v.heads[end]:v.heads[end+1]] {
			if d.hash == uint16(h>>16) && !yield(int(d.number)) {
				return
			}
		}
	}
}

// expect works out beforehand what words are that are written often.
func (v *vocabulary) expect(everyday []string) {
	for _, word := range everyday {
		if v.ours(word) == 0 {
			v.also(word, v.guess(word), false)
		}
	}
}

// number returns the number that a word is read as which nobody expected.
func (v *vocabulary) number(text string) int {
	if number := v.lately.Get(text); number != nil {
		return int(*number)
	}
	return int(*v.lately.Keep(text, uint16(v.guess(text))))
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
		return v.ours(one)
	}
	if strings.HasSuffix(text, "in") {
		return v.ours(text + "g")
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
		if k := v.words[string(shorter)]; k.ours && len(shorter) >= 5 && shorter[0] == text[0] {
			longer = int(k.number)
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
