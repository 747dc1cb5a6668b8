package coach

import (
	"slices"
	"strings"

	"legcoach/coach/faq"
	"legcoach/coach/reading"
	understood "legcoach/coach/words"
)

// follows is what short words mean after an answer.
type follows struct {
	// Leads are the topics or near misses to which short words lead from any topic.
	Leads map[string]string `yaml:"leads"`
	// Nouns are what "it" stands for, by the topic that was answered.
	Nouns map[string]string `yaml:"nouns"`
}

// followed takes a message as a follow-up of what was answered last: "why?",
// "how many then", "and intervals?", "tell me more".
func (t *turn) followed(text string, r reading.Reading) bool {
	last := t.r.Talk.Topic
	if last == "" || slices.Contains(besides, r.Intent) && r.Intent != reading.Help {
		return false
	}
	for _, words := range t.shorter(text) {
		if slices.Contains(t.hints["more"], words) {
			return t.followMore(last)
		}
		if next, known := t.follows.Leads[words]; known {
			return t.follow(next)
		}
	}
	words := strings.ToLower(strings.Trim(text, " ?!."))
	for _, start := range t.hints["follow"] {
		if rest, found := strings.CutPrefix(words, start+" "); found && len(strings.Fields(rest)) <= 3 {
			return t.followAbout(rest)
		}
	}
	return (r.Intent == reading.OutOfScope || r.Intent == reading.DidYouMean) && t.followIt(text, last)
}

// followIt answers "are they better than hills?" as if what was spoken of were named.
func (t *turn) followIt(text, last string) bool {
	noun := t.follows.Nouns[last]
	fields := strings.Fields(strings.ToLower(text))
	at := slices.IndexFunc(fields, func(f string) bool { return slices.Contains(t.hints["it"], strings.Trim(f, "?!.,")) })
	if noun == "" || at < 0 || len(fields) > shortWhy || !t.asks(text) {
		return false
	}
	fields[at] = noun
	o := t.faq.Find(understood.Parse(strings.Join(fields, " ")))
	return (o.Kind == faq.Answer || o.Kind == faq.NotCovered) && t.follow(o.ID)
}

// follow says the topic or the near miss that a follow-up leads to.
func (t *turn) follow(id string) bool {
	if topic, known := t.faq.Topic(id); known {
		t.sayTopic(topic)
		return true
	}
	near, known := t.faq.Near(id)
	if known {
		t.sayNear(near)
	}
	return known
}

// followMore says what stands next to what was answered last.
func (t *turn) followMore(last string) bool {
	if topic, known := t.faq.Topic(last); known && len(topic.Related) > 0 {
		return t.follow(topic.Related[0])
	}
	near, known := t.faq.Near(last)
	return known && len(near.Nearest) > 0 && t.follow(near.Nearest[0])
}

// followAbout answers "and intervals?" as the question that the last one was, about something else.
func (t *turn) followAbout(what string) bool {
	o := t.faq.Find(understood.Parse(t.phrases.text("follow_question", vars{"what": what})))
	if topic, known := t.faq.Topic(what); known {
		t.sayTopic(topic)
		return true
	}
	if found := t.faq.Suggest(what); len(found) > 0 && o.Kind != faq.Answer {
		t.sayTopic(found[0])
		return true
	}
	if o.Kind == faq.Answer {
		return t.follow(o.ID)
	}
	return false
}
