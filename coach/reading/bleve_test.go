package reading_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	_ "github.com/blevesearch/bleve/v2/analysis/lang/en"

	"legcoach/coach/rank"
	"legcoach/coach/reading"
	"legcoach/coach/reading/score"
)

// BenchmarkQuestions asks the questions that measure, one after another, of
// this reader and of a search index in memory that holds the same phrasings,
// and says how each answers and how many it answers a second.
func BenchmarkQuestions(b *testing.B) {
	set, err := os.ReadFile("testdata/questions/faq.jsonl")
	if err != nil {
		b.Fatal(err)
	}
	reader, c := newReader(b), context(b)
	for _, r := range []struct {
		name string
		read func(string) reading.Reading
	}{
		{"legcoach", func(q string) reading.Reading { return reader.Read(q, c) }},
		{"bleve", searcher(b)},
	} {
		b.Run(r.name, func(b *testing.B) {
			var table score.Table
			var questions []string
			if err := table.Read(bytes.NewReader(set), func(q, _ string) reading.Reading {
				questions = append(questions, q)
				return r.read(q)
			}); err != nil {
				b.Fatal(err)
			}
			i := 0
			for b.Loop() {
				r.read(questions[i%len(questions)])
				i++
			}
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msgs/s")
			for _, name := range []string{"topic right", "wrong answer given", "near miss right", "out of scope answered"} {
				b.ReportMetric(table.Percents()[name], strings.ReplaceAll(name, " ", "-")+"-%")
			}
		})
	}
}

// searcher returns a reader that answers with the meaning of the phrasing that
// an index ranks first, among those of topics, near misses and what is out of scope.
func searcher(b *testing.B) func(string) reading.Reading {
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = "en"
	index, err := bleve.NewMemOnly(mapping)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := index.Close(); err != nil {
			b.Error(err)
		}
	})
	phrasings, err := rank.Phrasings()
	if err != nil {
		b.Fatal(err)
	}
	batch := index.NewBatch()
	for _, p := range phrasings {
		if sort, _, _ := strings.Cut(p.Label, "/"); sort == "intent" || sort == "safety" {
			continue
		}
		if err := batch.Index(p.Label+"\n"+p.Text, map[string]string{"said": p.Text}); err != nil {
			b.Fatal(err)
		}
	}
	if err := index.Batch(batch); err != nil {
		b.Fatal(err)
	}
	return func(question string) reading.Reading {
		request := bleve.NewSearchRequest(bleve.NewMatchQuery(question))
		request.Size = 1
		found, err := index.Search(request)
		if err != nil {
			b.Fatal(err)
		}
		if len(found.Hits) == 0 {
			return reading.Reading{Intent: reading.OutOfScope}
		}
		label, _, _ := strings.Cut(found.Hits[0].ID, "\n")
		sort, id, _ := strings.Cut(label, "/")
		switch sort {
		case "topic":
			return reading.Reading{Intent: reading.Answer, Topic: id}
		case "near":
			return reading.Reading{Intent: reading.NotCovered, Topic: id}
		}
		return reading.Reading{Intent: reading.OutOfScope}
	}
}
