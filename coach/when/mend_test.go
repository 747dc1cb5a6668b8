package when

import (
	"maps"
	"testing"
)

// "sterday" is as near to yesterday as to saterday: it is always put right to the same.
func TestMendsAlwaysAlike(t *testing.T) {
	first, err := newLexicon()
	if err != nil {
		t.Fatal(err)
	}
	for range 20 {
		next, err := newLexicon()
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(first.near, next.near) {
			t.Fatal("two lexicons of the same words put misspelt ones right in different ways")
		}
	}
}
