// Package faq finds what the article answers: the topic that a question is
// about, or that it is not covered, or which two or three topics it may be.
//
//	faq.go      topics, near misses and what they rest on, from content/topics.yaml
//	article.go  the article, as sentences under their sections
//	find.go     from a question to an outcome: the gate, the margin, "did you mean"
//	suggest.go  topics for what somebody is typing
//
// Everything in it is fixed when the program is built and may be used by many goroutines at once.
package faq

import (
	"fmt"
	"sync"

	"legcoach/coach/content"
	"legcoach/coach/rank"
)

// Topic is a question that the article answers.
type Topic struct {
	ID       string
	Label    string // short enough for a button
	Question string
	Answer   string // in our own words
	// Rests are the sentences of the article that the answer rests on, word for
	// word; the first is the one to quote.
	Rests []Sentence
	// Worth is worth knowing beside the article, and not from it; empty if nothing is.
	Worth string
	// Sources are where Worth comes from; empty if it is our own remark.
	Sources []string
	// Related are IDs of topics to offer next.
	Related []string
}

// Near is a question that people ask and the article does not answer.
type Near struct {
	ID    string
	Label string // short enough for a button
	// Kind is plain, sensitive, medical or emergency.
	Kind string
	// Reply says that it is not covered, and no more.
	Reply string
	// Safety is always said, and before the nearest topics; empty if there is none.
	Safety string
	// Nearest are IDs of the topics that come closest.
	Nearest []string
	// Plan says that the session plan has something to say about it.
	Plan bool
	// Pause says that a plan is better paused meanwhile, which is offered.
	Pause bool
}

// Book is everything that can be asked.
type Book struct {
	topics  []Topic
	nears   []Near
	labels  map[string]string // by ID
	article []Sentence
	either  map[[2]string]bool // pairs of which both are right
	tuning  tuning
	ranker  *rank.Ranker
	places  []place
}

// page is content/topics.yaml as it is written.
type page struct {
	Topics []struct {
		ID, Label, Question, Answer, Boundary string
		Rests                                 []string
		Worth                                 struct {
			Text    string
			Sources []string
		}
		Related []string
	}
	Near []struct {
		ID, Label, Kind, Reply, Safety string
		Nearest                        []string
		Plan, Pause                    bool
	}
	Pairs []struct {
		Topics []string
		Rule   string
		Either bool
	}
	Sources map[string]string
}

// Default returns the book whose words are part of the program.
var Default = sync.OnceValue(func() *Book {
	b, err := load(rank.Default())
	if err != nil {
		panic(err) // the files are part of the program, and its tests read them
	}
	return b
})

func load(ranker *rank.Ranker) (*Book, error) {
	text, err := content.Text("article.txt")
	if err != nil {
		return nil, err
	}
	var p page
	if err := content.Decode("topics.yaml", &p); err != nil {
		return nil, err
	}
	b := &Book{
		article: sentences(text),
		labels:  map[string]string{},
		either:  map[[2]string]bool{},
		ranker:  ranker,
	}
	if err := content.Decode("gate.yaml", &b.tuning); err != nil {
		return nil, err
	}
	if err := b.fill(p); err != nil {
		return nil, fmt.Errorf("read content topics.yaml: %w", err)
	}
	b.locate()
	return b, nil
}

// fill takes over what is written, and checks that every name leads somewhere.
func (b *Book) fill(p page) error {
	for _, t := range p.Topics {
		topic := Topic{ID: t.ID, Label: t.Label, Question: t.Question, Answer: t.Answer, Worth: t.Worth.Text, Related: t.Related}
		for _, first := range t.Rests {
			s, err := find(b.article, first)
			if err != nil {
				return fmt.Errorf("topic %s: %w", t.ID, err)
			}
			topic.Rests = append(topic.Rests, s)
		}
		for _, key := range t.Worth.Sources {
			if p.Sources[key] == "" {
				return fmt.Errorf("topic %s: no source %q", t.ID, key)
			}
			topic.Sources = append(topic.Sources, p.Sources[key])
		}
		b.topics = append(b.topics, topic)
		b.labels[t.ID] = t.Label
	}
	for _, n := range p.Near {
		b.nears = append(b.nears, Near{n.ID, n.Label, n.Kind, n.Reply, n.Safety, n.Nearest, n.Plan, n.Pause})
		b.labels[n.ID] = n.Label
	}
	for _, pair := range p.Pairs {
		if len(pair.Topics) != 2 {
			return fmt.Errorf("pair %v is not of two", pair.Topics)
		}
		if pair.Either {
			b.either[[2]string{pair.Topics[0], pair.Topics[1]}] = true
			b.either[[2]string{pair.Topics[1], pair.Topics[0]}] = true
		}
	}
	return b.checkLinks()
}

func (b *Book) checkLinks() error {
	links := map[string][]string{}
	for _, t := range b.topics {
		links[t.ID] = t.Related
	}
	for _, n := range b.nears {
		links[n.ID] = n.Nearest
	}
	for from, to := range links {
		for _, id := range to {
			if _, found := b.Topic(id); !found {
				return fmt.Errorf("%s leads to %q, which is no topic", from, id)
			}
		}
	}
	return nil
}

// Topics returns all topics, in the order of the file. The slice is shared: do not change it.
func (b *Book) Topics() []Topic { return b.topics }

// Nears returns all near misses, in the order of the file. The slice is shared: do not change it.
func (b *Book) Nears() []Near { return b.nears }

// Topic returns the topic with this ID.
func (b *Book) Topic(id string) (Topic, bool) {
	for _, t := range b.topics {
		if t.ID == id {
			return t, true
		}
	}
	return Topic{}, false
}

// Near returns the near miss with this ID.
func (b *Book) Near(id string) (Near, bool) {
	for _, n := range b.nears {
		if n.ID == id {
			return n, true
		}
	}
	return Near{}, false
}

// Label returns what a button for a topic or near miss says; "" if there is none with this ID.
func (b *Book) Label(id string) string { return b.labels[id] }

// Related returns the topics to offer after a topic, or the topics nearest to a near miss.
func (b *Book) Related(id string) []Topic {
	var ids []string
	if t, found := b.Topic(id); found {
		ids = t.Related
	} else if n, found := b.Near(id); found {
		ids = n.Nearest
	}
	var related []Topic
	for _, id := range ids {
		if t, found := b.Topic(id); found {
			related = append(related, t)
		}
	}
	return related
}

// Article returns the article's sentences in order. The slice is shared: do not change it.
func (b *Book) Article() []Sentence { return b.article }
