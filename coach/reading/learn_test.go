package reading

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"testing"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/rank"
	"legcoach/coach/words"
)

// folds is into how many parts the learning lines are divided.
const folds = 5

// TestCrossValidation measures the learning lines, each ranked by a ranker
// that has not learned from it. It learns five rankers, which takes minutes: it
// runs when LEGCOACH_CROSS names a file, and keeps their rankings there for the next time.
func TestCrossValidation(t *testing.T) {
	kept := os.Getenv("LEGCOACH_CROSS")
	if kept == "" {
		t.Skip("learns five rankers: set LEGCOACH_CROSS to a file that keeps their rankings")
	}
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	lines := learnLines(t)
	likely := crossRankings(t, kept, lines)
	right, wrote := 0, 0
	for _, l := range lines {
		p := make([]float64, len(r.groups))
		for i, label := range r.ranker.Labels() {
			p[i] = likely[l.Q][label]
		}
		got, why := r.conclude(r.look(l.Q), &sheet{likely: p, scores: make([]score, len(names))}, learnContext(t, l.Today), true)
		if slices.Contains(l.Want.Intent, got.Intent) {
			right++
			continue
		}
		if got.Writes() && !slices.ContainsFunc(l.Want.Intent, func(i string) bool { return candidates[i].writes }) {
			wrote++
		}
		t.Logf("%s: got %s, want %v; rules %v, likely %v", l.Q, got.Intent, l.Want.Intent, why.Rules, why.Likely)
	}
	share := float64(right) / float64(len(lines))
	t.Logf("intents right: %.1f %% of %d; writes nobody asked for: %d", 100*share, len(lines), wrote)
	if share < 0.9 {
		t.Errorf("intents right: %.1f %%, want at least 90 %%", 100*share)
	}
}

// learnContext is when the learning lines were said.
func learnContext(t *testing.T, today string) Context {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	kind, _ := day.ParseKind(today)
	return Context{Now: time.Date(2026, 12, 2, 12, 15, 0, 0, london), Zone: london, DayStarts: day.At(4, 0), Today: kind}
}

type learnLine struct {
	Q     string
	Want  struct{ Intent []string }
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

// crossRankings returns what rankers that were not shown a line make of it, from the file if it is there.
func crossRankings(t *testing.T, file string, lines []learnLine) map[string]map[string]float64 {
	likely := map[string]map[string]float64{}
	if data, err := os.ReadFile(file); err == nil {
		if err := json.Unmarshal(data, &likely); err != nil {
			t.Fatal(err)
		}
		return likely
	}
	phrasings, err := rank.Phrasings()
	if err != nil {
		t.Fatal(err)
	}
	fold := map[string]int{}
	for i, l := range lines {
		fold[l.Q] = i%folds + 1
	}
	for k := 1; k <= folds; k++ {
		others := slices.DeleteFunc(slices.Clone(phrasings), func(p rank.Phrasing) bool { return fold[p.Text] == k })
		ranker := rank.Train(others)
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
	data, err := json.Marshal(likely)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	return likely
}
