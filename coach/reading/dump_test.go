package reading

import (
	"encoding/json"
	"os"
	"testing"

	"legcoach/coach/rank"
	"legcoach/coach/words"
)

// TestDevDump writes what a stacked model would see of every learning line.
func TestDevDump(t *testing.T) {
	out := os.Getenv("LEGCOACH_DUMP")
	if out == "" {
		t.Skip()
	}
	r, err := New()
	if err != nil {
		t.Fatal(err)
	}
	type row struct {
		Q       string
		Want    []string
		Learned map[string]float64
		Rules   []string
		Facts   []string
		Fold    int
	}
	byNumber := map[int]string{}
	for n, i := range r.numbers {
		byNumber[i] = n
	}
	var rows []row
	add := func(q string, want []string, p []float64, fold int) {
		m := r.look(q)
		scores, ev := r.weigh(m, p)
		x := row{Q: q, Want: want, Learned: map[string]float64{}, Fold: fold}
		for _, s := range scores {
			x.Learned[s.name] = s.learned
		}
		for _, e := range ev {
			x.Rules = append(x.Rules, e.Rule)
		}
		for i := 0; i < 128; i++ {
			if m.has[i/64]&(1<<(i%64)) != 0 {
				x.Facts = append(x.Facts, byNumber[i])
			}
		}
		for _, tk := range m.tokens {
			if tk.Text == "?" {
				x.Facts = append(x.Facts, "?")
				break
			}
		}
		rows = append(rows, x)
	}
	likely := map[string]map[string]float64{}
	data, _ := os.ReadFile(os.Getenv("LEGCOACH_CROSS"))
	json.Unmarshal(data, &likely)
	for i, l := range learnLines(t) {
		p := make([]float64, len(r.groups))
		for j, label := range r.ranker.Labels() {
			p[j] = likely[l.Q][label]
		}
		var want struct{ Intent []string }
		json.Unmarshal(l.Want, &want)
		add(l.Q, want.Intent, p, i%folds)
	}
	ph, _ := rank.Phrasings()
	for h, hand := range []string{"a", "b", "c", "d"} {
		var some []rank.Phrasing
		for _, p := range ph {
			if p.Hand != hand {
				some = append(some, p)
			}
		}
		k := rank.Train(some)
		n := 0
		for _, x := range ph {
			if x.Hand != hand {
				continue
			}
			n++
			if n%2 == 0 {
				continue
			}
			want := "question"
			switch x.Label[0] {
			case 'o':
				want = OutOfScope
			case 's', 'i':
				continue
			}
			p := make([]float64, len(k.Labels()))
			k.Likelihoods(words.Parse(x.Text), p)
			add(x.Text, []string{want}, p, h)
		}
	}
	data, _ = json.Marshal(rows)
	os.WriteFile(out, data, 0o644)
}
