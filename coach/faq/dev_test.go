package faq

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"

	"legcoach/coach/words"
)

func TestDevMeasure(t *testing.T) {
	f, err := os.Open("/work/shared/questions/faq.jsonl")
	if err != nil {
		t.Skip()
	}
	var topics, nears marks
	sc := bufio.NewScanner(f)
	for sc.Scan() {
		var q struct {
			Q, Kind string
			Want    []string
		}
		json.Unmarshal(sc.Bytes(), &q)
		o := Default().Find(words.Parse(q.Q))
		label := "out/x"
		m := &topics
		if len(q.Want) > 0 {
			label = "topic/" + q.Want[0]
			if q.Kind != "topic" {
				m = &nears
			}
			for _, w := range q.Want {
				if o.ID == w {
					label = "topic/" + w
				}
			}
			for _, c := range o.Choices {
				for _, w := range q.Want {
					if c == w {
						label = "topic/" + w
					}
				}
			}
		}
		m.add(label, o)
		if os.Getenv("SHOW") != "" && o.ID != strings.TrimPrefix(label, "topic/") && !(label == "out/x" && o.Kind == OutOfScope) {
			fmt.Printf("%s: %v %s %.2f %.2f %s %.2f %s| %s\n", label, o.Kind, o.ID, o.InScope, o.Best[0].P, o.Best[0].Label, o.Best[1].P, o.Best[1].Label, q.Q)
		}
	}
	fmt.Println("measure topics", topics)
	fmt.Println("measure nears ", nears)
}
