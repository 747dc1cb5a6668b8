package rank

import (
	"bytes"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Whatever features there are, each is found with its weights, and no other; so are hashes in a table.
func TestFindsWhatItHolds(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		some := rapid.Map(rapid.IntRange(1, maxLabels), func(n int) []byte { return bytes.Repeat([]byte{7, byte(n)}, n) })
		weights := rapid.MapOf(rapid.Uint32(), some).Draw(t, "weights")
		var features, rows []byte
		for _, hash := range slices.Sorted(maps.Keys(weights)) {
			features = appendFeature(features, hash, weights[hash])
			rows = append(rows, byte(hash), byte(hash>>8), byte(hash>>16), byte(hash>>24))
		}
		s, err := newStream(features)
		if err != nil {
			t.Fatal(err)
		}
		held := newTable(rows, len(weights))
		for _, hash := range append(slices.Collect(maps.Keys(weights)), rapid.Uint32().Draw(t, "another")) {
			if got, want := s.find(hash), weights[hash]; !bytes.Equal(got, want) {
				t.Errorf("%#x: got %d weights, want %d", hash, len(got)/2, len(want)/2)
			}
			if _, want := weights[hash]; held.has(hash) != want {
				t.Errorf("%#x: in the table %v, want %v", hash, held.has(hash), want)
			}
			if weights[hash] != nil && s.head(hash) > hash {
				t.Errorf("%#x: the head of its beginning is %#x, behind it: it is passed over", hash, s.head(hash))
			}
		}
	})
}

// What does not end where its last feature does is no file of weights.
func TestRefusesHalfAFeature(t *testing.T) {
	whole := appendFeature(nil, 1, []byte{3, 4, 5, 6})
	if _, err := newStream(whole); err != nil {
		t.Errorf("a whole feature: %v", err)
	}
	for n := 1; n < len(whole); n++ {
		if _, err := newStream(whole[:n]); err == nil {
			t.Errorf("the first %d bytes of %d are taken", n, len(whole))
		}
	}
}
