package rank_test

import (
	"testing"

	"legcoach/coach/rank"
	"legcoach/coach/words"
)

func TestWeightsAreFresh(t *testing.T) {
	phrasings, err := rank.Phrasings()
	if err != nil {
		t.Fatal(err)
	}
	if rank.Default().Stale(phrasings) {
		t.Error("weights.bin was learned from other phrasings or words: run go generate ./coach/rank")
	}
}

func TestRankKnowsWhatItLearned(t *testing.T) {
	for _, c := range []struct{ said, want string }{
		{"does running work my quads", "topic/quads"},
		{"which running shoes should i buy", "near/shoes"},
		{"did my hills today, 6 of them", "intent/log"},
		{"crushing pain in my chest and my left arm", "safety/emergency"},
	} {
		got := rank.Default().Rank(words.Parse(c.said))
		if got[0].Label != c.want {
			t.Errorf("%q is %v, want %s", c.said, got, c.want)
		}
	}
}

func TestExplainNamesWhatDecided(t *testing.T) {
	whys := rank.Default().Explain(words.Parse("does running work my quads"), "topic/quads", 40)
	for _, why := range whys {
		if why.What == "[quad]" && why.Weight > 0 {
			return
		}
	}
	t.Errorf("no [quad] among %v", whys)
}
