package coach

import (
	"fmt"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/faq"
	"legcoach/coach/reading"
	understood "legcoach/coach/words"
)

// answer answers a question from the article.
func (t *turn) answer(a ask) {
	topic, known := t.faq.Topic(a.Topic)
	if !known {
		t.outOfScope()
		return
	}
	t.sayTopic(topic)
}

// sayTopic says a topic: the answer, the article's sentence, what is worth knowing, what to ask next.
func (t *turn) sayTopic(topic faq.Topic) {
	l := t.add(Line{Text: strings.TrimSpace(topic.Answer)})
	if len(topic.Rests) > 0 {
		l.Quote, l.Section = topic.Rests[0].Text, topic.Rests[0].Section
	}
	if topic.Worth != "" {
		l.Worth = topic.Worth
		if len(topic.Sources) > 0 {
			l.Worth += " (" + strings.Join(topic.Sources, "; ") + ")"
		}
	}
	l.Choices = append(t.topicChoices(topic.Related, maxTopics), thumbs(topic)...)
	t.r.Talk.Topic = topic.ID
}

// thumbs ask whether an answer was right.
func thumbs(topic faq.Topic) []Choice {
	return []Choice{{Label: "👍", Says: "/feedback " + topic.ID + " up"}, {Label: "👎", Says: "/feedback " + topic.ID + " down"}}
}

// maxTopics is how many topics are offered beside or instead of an answer.
const maxTopics = 3

// topicChoices offers topics, at most a number of them.
func (t *turn) topicChoices(ids []string, most int) []Choice {
	var choices []Choice
	for _, id := range ids {
		if label := t.faq.Label(id); label != "" && len(choices) < most {
			choices = append(choices, Choice{Label: label, Says: "/ask " + id})
		}
	}
	return choices
}

// asked answers "/ask question". A topic's or a near miss's name asks for it itself.
func (t *turn) asked(words string) {
	if words == "" {
		l := t.say("ask_what", nil)
		l.Choices = t.menu()
		return
	}
	if topic, known := t.faq.Topic(words); known {
		t.sayTopic(topic)
		return
	}
	if near, known := t.faq.Near(words); known {
		t.sayNear(near)
		return
	}
	if id := t.follows.Leads[words]; strings.HasPrefix(words, aboutKind) && t.follow(id) {
		return
	}
	r := t.read(words)
	switch r.Intent {
	case reading.Answer, reading.NotCovered, reading.DidYouMean, reading.Pain, reading.Distress, reading.Source:
		t.do(ask{Reading: r, Words: words})
	default:
		t.question(words)
	}
}

// aboutKind begins the words that lead to the topic of a kind of day.
const aboutKind = "about "

// question answers words that are a question whatever else they might be.
func (t *turn) question(words string) {
	o := t.faq.Find(understood.Parse(words))
	r := reading.Reading{Text: words, Topic: o.ID, Choices: o.Choices}
	switch o.Kind {
	case faq.Answer:
		r.Intent = reading.Answer
	case faq.NotCovered:
		r.Intent = reading.NotCovered
	case faq.DidYouMean:
		r.Intent = reading.DidYouMean
	default:
		r.Intent = reading.OutOfScope
	}
	t.do(ask{Reading: r, Words: words})
}

// menu is the topics to begin with.
func (t *turn) menu() []Choice {
	var ids []string
	for _, topic := range t.faq.Topics() {
		ids = append(ids, topic.ID)
	}
	return t.topicChoices([]string{"does-running-tone-legs", "which-muscles", "how-long", "tips-overview", "hill-workouts", ids[len(ids)-1]}, 6)
}

// notCovered says that the article does not answer it, with the safety line first.
func (t *turn) notCovered(a ask) {
	near, known := t.faq.Near(a.Topic)
	if !known {
		t.outOfScope()
		return
	}
	t.sayNear(near)
}

func (t *turn) sayNear(near faq.Near) {
	l := t.add(Line{Text: join(near.Reply, near.Safety)})
	l.Choices = t.topicChoices(near.Nearest, maxTopics)
	if near.Plan && t.hasPlan() {
		l.Choices = append(l.Choices, t.phrases.line("plan_session", nil).Choices...)
	}
	if near.Pause && t.hasPlan() && !t.stopped() {
		l.Choices = append(l.Choices, t.phrases.line("pause_offer", nil).Choices...)
	}
	t.r.Talk.Topic = near.ID
}

// didYouMean offers what it could be.
func (t *turn) didYouMean(a ask) {
	if a.Date != 0 && a.To != 0 {
		t.logOrMove(a)
		return
	}
	if len(a.Kinds) > 1 && (a.Date != 0 || a.To != 0) {
		t.oneOfTwo(a)
		return
	}
	if len(a.Kinds) > 0 && len(a.Choices) == 0 || logOrAsk(a.Choices) {
		t.logOrAsk(a.kind(t.kindNow()))
		return
	}
	choices := t.topicChoices(a.Choices, maxTopics)
	if len(choices) == 0 {
		t.asked("")
		return
	}
	l := t.say("did_you_mean", nil)
	l.Choices = append(choices, Choice{Label: t.phrases.text("none_of_these", nil), Says: "/ask"})
}

// logOrAsk asks whether a kind of day was done, or is asked about.
func (t *turn) logOrAsk(k day.Kind) {
	t.r.Talk.Asked, t.r.Talk.For = askedOr, string(k)+" "+t.today.String()
	t.r.Talk.Topic = t.follows.Leads[aboutKind+string(k)]
	t.say("log_or_ask", vars{"kind": t.kind(k), "noun": t.plans.Noun(k), "word": string(k), "date": t.today.String()})
}

// oneOfTwo asks which of two kinds was done on a past day, or is to be on a coming one.
func (t *turn) oneOfTwo(a ask) {
	date, says, name := a.To, "/move %s to %s", "either_move"
	if a.Date != 0 {
		date, says, name = a.Date, "/done %s %s", "either_log"
	}
	v := vars{"on": t.onDay(date), "planned": ""}
	if k := t.r.Days.PlanOf(date); t.hasPlan() && a.Date == 0 && k != day.Free {
		v["planned"] = t.phrases.text("either_planned", vars{"kind": t.kind(k)})
	}
	l := t.say(name, v)
	for _, k := range a.Kinds {
		l.Choices = append(l.Choices, Choice{Label: capital(t.kind(k)), Says: fmt.Sprintf(says, k, date)})
	}
}

// logOrMove asks whether a kind of day was done on a past day, or is wanted on the coming one.
func (t *turn) logOrMove(a ask) {
	k := a.Kinds[0]
	t.say("log_or_move", vars{
		"kind": capital(t.kind(k)), "word": string(k),
		"date": a.Date.String(), "to": a.To.String(), "on": t.long(a.Date), "for": t.long(a.To),
	})
}

// logOrAsk reports whether the choices are to log something or to ask about it.
func logOrAsk(choices []string) bool {
	for _, c := range choices {
		if strings.HasPrefix(c, reading.Log+":") || c == reading.Log {
			return true
		}
	}
	return false
}

// outOfScope says what can be answered; after two misses a menu, and then nothing until something is picked.
func (t *turn) outOfScope() {
	t.r.Talk.Misses++
	switch t.r.Talk.Misses {
	case 1:
		t.say("out_of_scope", nil)
	case 2:
		t.say("out_of_scope_menu", nil).Choices = t.menu()
	case 3:
		t.say("out_of_scope_quiet", nil).Choices = t.menu()
	}
}

// mostSources is how many sentences are shown where one asks for the source; the first carries the most.
const mostSources = 2

// source says where the latest answer comes from.
func (t *turn) source(_ ask) {
	title := t.phrases.text("article_title", nil)
	topic, known := t.faq.Topic(t.r.Talk.Topic)
	if !known || len(topic.Rests) == 0 {
		t.say("source_none", vars{"title": title})
		return
	}
	l := t.say("source", vars{"section": topic.Rests[0].Section, "title": title})
	l.Quote, l.Section = topic.Rests[0].Text, topic.Rests[0].Section
	name := "source_claim"
	if strings.Contains(topic.Rests[0].Section, "Personal") {
		name = "source_author"
	}
	l.Text += " " + t.phrases.text(name, nil)
	for _, rest := range topic.Rests[1:min(len(topic.Rests), mostSources)] {
		l = t.add(Line{Text: t.phrases.text("source_also", nil), Quote: rest.Text, Section: rest.Section})
	}
	l.Choices = thumbs(topic)
}

// Suggest completes an option of a command while it is typed: at most 25 choices.
func (c *Coach) Suggest(command, option, typed string, now time.Time) []Choice {
	var choices []Choice
	switch {
	case command == "ask":
		for _, topic := range c.faq.Suggest(typed) {
			choices = append(choices, Choice{Label: topic.Question, Says: topic.ID})
		}
	case command == "timezone":
		for _, s := range c.places.Suggest(typed, now) {
			choices = append(choices, Choice{Label: s.Label, Says: s.Zone})
		}
	}
	return choices[:min(len(choices), 25)]
}

// sectionOf returns the section in which a sentence of the article stands.
func (c *Coach) sectionOf(sentence string) string {
	for _, s := range c.faq.Article() {
		if s.Text == sentence {
			return s.Section
		}
	}
	return ""
}
