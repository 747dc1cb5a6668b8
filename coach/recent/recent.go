// Package recent keeps what was lately worked out of single words: people use
// the same few words again and again.
//
// What is kept must depend on the word alone, so that nobody can tell whether
// it was kept but by the time it took. It takes a bounded room, whatever strangers write.
package recent

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// longest is how many bytes a word has at most that is kept.
const longest = 24

// Words keeps something of words. It may be used by many goroutines at once.
type Words[V any] struct {
	kept []atomic.Pointer[word[V]]
}

// New returns an empty Words with so many places; two words of one place take it from each other.
func New[V any](places int) *Words[V] { return &Words[V]{make([]atomic.Pointer[word[V]], places)} }

type word[V any] struct {
	text string
	of   V
}

var seed = maphash.MakeSeed()

func (w *Words[V]) place(text string) *atomic.Pointer[word[V]] {
	return &w.kept[maphash.String(seed, text)%uint64(len(w.kept))]
}

// Get returns what is kept of a word, or nil. It is shared: do not change it.
func (w *Words[V]) Get(text string) *V {
	if k := w.place(text).Load(); k != nil && k.text == text {
		return &k.of
	}
	return nil
}

// Keep keeps something of a word if that is not too long, and returns it as Get will.
// It must hold no part of a message, which would be kept with it: see [strings.Clone].
func (w *Words[V]) Keep(text string, of V) *V {
	k := &word[V]{text, of}
	if len(text) <= longest {
		k.text = strings.Clone(text)
		w.place(text).Store(k)
	}
	return &k.of
}
