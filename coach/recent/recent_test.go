package recent_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"legcoach/coach/recent"
)

func TestKeepsWords(t *testing.T) {
	lengths := recent.New[int](100)
	if got := lengths.Get("hill"); got != nil {
		t.Errorf("an empty one keeps %d", *got)
	}
	if got := *lengths.Keep("hill", 4); got != 4 {
		t.Errorf("got %d, want 4", got)
	}
	if got := lengths.Get("hill"); got == nil || *got != 4 {
		t.Errorf("got %v, want 4", got)
	}
}

func TestKeepsNoLongWords(t *testing.T) {
	lengths := recent.New[int](100)
	long := strings.Repeat("hill", 100)
	if got := *lengths.Keep(long, len(long)); got != 400 {
		t.Errorf("got %d, want 400", got)
	}
	if lengths.Get(long) != nil {
		t.Error("a long word is kept")
	}
}

// Whatever others keep at the same time, nobody is given what belongs to another word.
func TestGivesNobodyAnothersWord(t *testing.T) {
	names := recent.New[string](1000)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for i := range 20_000 {
				name := fmt.Sprint("word", i%5000)
				if got := names.Get(name); got != nil && *got != name {
					t.Errorf("%s: got %s", name, *got)
				}
				names.Keep(name, name)
			}
		})
	}
	group.Wait()
}
