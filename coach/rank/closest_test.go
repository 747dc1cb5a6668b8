package rank_test

import (
	"testing"

	"legcoach/coach/rank"
	"legcoach/coach/words"
)

// A phrasing is its own closest, however it is written.
func TestClosestIsThePhrasingItself(t *testing.T) {
	phrasings, err := rank.Phrasings()
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range phrasings {
		if i%997 != 0 {
			continue
		}
		likes, err := rank.Closest(words.Parse(p.Text), p.Label, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(likes) == 0 || likes[0].Like < 0.999 {
			t.Errorf("%s: %q is like %v", p.Label, p.Text, likes)
		}
	}
}

func TestClosestOfNothing(t *testing.T) {
	if likes, err := rank.Closest(words.Parse("zxqv"), "topic/quads", 3); err != nil || len(likes) > 0 {
		t.Errorf("got %v, %v", likes, err)
	}
	if likes, err := rank.Closest(words.Parse("quads"), "topic/wings", 3); err == nil {
		t.Errorf("a topic that there is not is like %v", likes)
	}
}
