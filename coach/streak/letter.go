package streak

import (
	"strconv"
	"strings"
)

// The letters of a log. Entries that many dates have are one letter each, in the
// order of the kinds h, i, s, e, r:
//
//	hiser        planned, and nothing more; - a free day, _ not written down yet
//	HISE         the same done          abcdR   rested instead, or on purpose
//	vwxyz        hill, interval, strength, easy or another session on a free day
//	VWXYZ        the same on a rest day
//	 ABCD F GJK LM NO PQT U
//	             a session other than the one planned: a group for each of hise planned
//	fgjk         done in the gentler version
//	lmnop        excused as sick
//
// A letter is never given to something else: records are full of them.
var ordinary, letters = alphabet()

// alphabet returns the letters of entries, and the entries of letters; -1 where there is none.
func alphabet() (of map[Entry]byte, entries [256]int32) {
	of = map[Entry]byte{unset: '_'}
	each := func(text string, entry func(i Entry) Entry) {
		for i, c := range []byte(text) {
			if c != ' ' {
				of[entry(Entry(i))] = c
			}
		}
	}
	each("-hiser", func(i Entry) Entry { return i })
	each("HISE", func(i Entry) Entry { return (i + 1) | (i+1)<<3 })
	each("abcdR", func(i Entry) Entry { return (i + 1) | Entry(Rested) })
	each("vwxyz", func(i Entry) Entry { return (i + 1) << 3 })
	each("VWXYZ", func(i Entry) Entry { return 5 | (i+1)<<3 })
	for plan, row := range []string{" ABCD", "F GJK", "LM NO", "PQT U"} {
		each(row, func(i Entry) Entry { return Entry(plan+1) | (i+1)<<3 })
	}
	each("fgjk", func(i Entry) Entry { return (i + 1) | (i+1)<<3 | Entry(Swapped) })
	each("lmnop", func(i Entry) Entry { return (i + 1).withExcuse(Sick) })
	for i := range entries {
		entries[i] = -1
	}
	for e, c := range of {
		entries[c] = int32(e)
	}
	return of, entries
}

// digits holds the values of the digits of base 36; 255 is none.
var digits = func() (all [256]uint8) {
	for i := range all {
		all[i] = 255
	}
	for i, c := range []byte("0123456789abcdefghijklmnopqrstuvwxyz") {
		all[c] = uint8(i)
	}
	return all
}()

// encode returns the letter of e, or its number if it has none.
func encode(e Entry) string {
	if c, ok := ordinary[e]; ok {
		return string(c)
	}
	return number(e)
}

// number returns e in base 36, in brackets.
func number(e Entry) string { return "(" + strconv.FormatUint(uint64(e), 36) + ")" }

// spelled returns the text of entries with a letter wherever there is one.
func spelled(text string) string {
	var out strings.Builder
	for text != "" {
		e, size := decode(text)
		out.WriteString(encode(e))
		text = text[size:]
	}
	return out.String()
}

// decode reads the entry at the beginning of text, and how long it is; 0 if it is not one.
func decode(text string) (Entry, int) {
	if e := letters[text[0]]; e >= 0 {
		return Entry(e), 1
	}
	end := strings.IndexByte(text, ')')
	if text[0] != '(' || end < 0 {
		return 0, 0
	}
	v := uint64(0)
	for _, c := range []byte(text[1:end]) {
		digit := digits[c]
		if v = v*36 + uint64(digit); digit == 255 || v > uint64(maxEntry) {
			return 0, 0
		}
	}
	if end == 1 || Entry(v).Excuse() > Abroad {
		return 0, 0
	}
	return Entry(v), end + 1
}
