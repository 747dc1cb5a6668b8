package reading

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"testing"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/rank"
	"legcoach/coach/words"
)

const folds = 5

// TestDevCross measures the messages that rules were written on, each ranked
// by a ranker that has not learned from it. The rankings are kept in the file
// that LEGCOACH_CROSS names.
func TestDevCross(t *testing.T) {
	cache := os.Getenv("LEGCOACH_CROSS")
	if cache == "" {
		t.Skip("learns five rankers: set LEGCOACH_CROSS to a file that keeps their rankings")
	}
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	likely := map[string]map[string]float64{}
	if data, err := os.ReadFile(cache); err == nil {
		json.Unmarshal(data, &likely)
	} else {
		likely = crossRank(t)
		data, _ := json.Marshal(likely)
		os.WriteFile(cache, data, 0o644)
	}
	london, _ := time.LoadLocation("Europe/London")
	c := Context{Now: time.Date(2026, 12, 2, 12, 15, 0, 0, london), Zone: london, DayStarts: day.At(4, 0)}
	right, all, wrote := 0, 0, 0
	confused := map[string]int{}
	for _, l := range learnLines(t) {
		p := make([]float64, len(r.groups))
		for i, label := range r.ranker.Labels() {
			p[i] = likely[l.Q][label]
		}
		kind, _ := day.ParseKind(l.Today)
		c.Today = kind
		got, why := r.conclude(r.look(l.Q), p, c, true)
		var want struct{ Intent []string }
		json.Unmarshal(l.Want, &want)
		all++
		ok, write := false, false
		for _, w := range want.Intent {
			ok = ok || w == got.Intent
			write = write || candidates[w].writes
		}
		if ok {
			right++
			wants := map[string]any{}
			json.Unmarshal(l.Want, &wants)
			data, _ := json.Marshal(got)
			have := map[string]any{}
			json.Unmarshal(data, &have)
			for k, v := range wants {
				if k != "intent" && fmt.Sprint(have[k]) != fmt.Sprint(v) {
					fmt.Printf("KEY %s: want %v got %v | %s\n", k, v, have[k], l.Q)
				}
			}
			continue
		}
		if got.Writes() && !write {
			wrote++
			fmt.Print("WRITE ")
		}
		confused[want.Intent[0]+" as "+got.Intent]++
		short := ""
		for _, e := range why.Rules {
			short += fmt.Sprintf(" %s(%s %.1f)", e.Rule, e.Intent, e.Weight)
		}
		fmt.Printf("%v as %s | %s | %v |%s\n", want.Intent, got.Intent, l.Q, why.Likely[:2], short)
	}
	fmt.Printf("right %d of %d = %.1f %%; wrote %d\n", right, all, 100*float64(right)/float64(all), wrote)
}

type learnLine struct {
	Q     string
	Want  json.RawMessage
	Today string
}

func learnLines(t *testing.T) []learnLine {
	f, err := os.Open("testdata/learn/intents.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []learnLine
	for s := bufio.NewScanner(f); s.Scan(); {
		var l learnLine
		if err := json.Unmarshal(s.Bytes(), &l); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, l)
	}
	return lines
}

// crossRank returns the likelihoods of every line by a ranker that was not shown it.
func crossRank(t *testing.T) map[string]map[string]float64 {
	phrasings, err := rank.Phrasings()
	if err != nil {
		t.Fatal(err)
	}
	fold := map[string]int{}
	for i, l := range learnLines(t) {
		fold[l.Q] = i%folds + 1
	}
	likely := map[string]map[string]float64{}
	for k := 1; k <= folds; k++ {
		var some []rank.Phrasing
		for _, p := range phrasings {
			if fold[p.Text] != k {
				some = append(some, p)
			}
		}
		ranker := rank.Train(some)
		p := make([]float64, len(ranker.Labels()))
		for q, f := range fold {
			if f != k {
				continue
			}
			ranker.Likelihoods(words.Parse(q), p)
			likely[q] = map[string]float64{}
			for i, label := range ranker.Labels() {
				likely[q][label] = p[i]
			}
		}
	}
	return likely
}
