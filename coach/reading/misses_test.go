package reading_test

import (
	"encoding/json"
	"fmt"
	"os"
	"sort"
	"testing"

	"legcoach/coach/reading"
	"legcoach/coach/reading/score"
)

func TestDevMisses(t *testing.T) {
	if os.Getenv("LEGCOACH_MISSES") == "" {
		t.Skip()
	}
	reader := newReader(t)
	for _, name := range []string{"faq", "intents", "safety"} {
		var table score.Table
		f, _ := os.Open("testdata/questions/" + name + ".jsonl")
		now, _ := score.At("2026-11-24T19:30:00Z", "Europe/London")
		table.Read(f, func(q, today string) reading.Reading { return reader.Read(q, score.Context(now, today)) })
		n := map[string]int{}
		for _, m := range table.Misses {
			var r reading.Reading
			json.Unmarshal([]byte(m.Got), &r)
			n[fmt.Sprintf("%s as %s %s", m.Want, r.Intent, r.Topic)]++
			if os.Getenv("LEGCOACH_MISSES") == name {
				fmt.Println(m.Want, "|", m.Said, "|", m.Got)
			}
		}
		var ks []string
		for k := range n {
			ks = append(ks, k)
		}
		sort.Slice(ks, func(i, j int) bool { return n[ks[i]] > n[ks[j]] })
		for _, k := range ks {
			fmt.Println(name, n[k], k)
		}
	}
}
