package faq

import "testing"

func TestBookLoads(t *testing.T) {
	b := Default()
	if got := len(b.Topics()); got != 42 {
		t.Errorf("%d topics, want 42", got)
	}
	if got := len(b.Nears()); got != 20 {
		t.Errorf("%d near misses, want 20", got)
	}
	if got := len(b.Article()); got != 27 {
		t.Errorf("the article has %d sentences, want 27", got)
	}
}
