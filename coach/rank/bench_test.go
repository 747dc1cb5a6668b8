package rank_test

import (
	"strings"
	"testing"

	"legcoach/coach/rank"
	"legcoach/coach/words"
)

func BenchmarkRank(b *testing.B) {
	p := make([]float64, len(rank.Default().Labels()))
	for b.Loop() {
		rank.Default().Likelihoods(words.Parse("did 6x1 min hills last nite, does runing tone ur legs or nah"), p)
	}
}

func BenchmarkRankLong(b *testing.B) {
	p := make([]float64, len(rank.Default().Labels()))
	long := strings.Repeat("zxqv does running ", words.MaxChars/18)
	for b.Loop() {
		rank.Default().Likelihoods(words.Parse(long), p)
	}
}
