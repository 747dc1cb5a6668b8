package reading

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/place"
	"legcoach/coach/token"
	"legcoach/coach/when"
	"legcoach/coach/words"
)

// message is one message while it is read: its words, and what was found in them.
type message struct {
	text   string
	words  words.Text
	tokens []mended
	plain  []token.Token
	spans  []span   // sorted by from
	starts []start  // of each token
	has    set      // the lists that are in it
	ids    []int    // the number of each token in the vocabulary of the patterns; 0 for other words
	said64 []uint64 // the set of those numbers
	times  []when.Mention
	places []place.Mention
	kinds  []named
}

// mended is a token with its typing errors put right.
type mended struct{ token.Token }

// idle reports whether the token says nothing: a mark that ends a sentence, a smile.
func (t mended) idle() bool { return t.Class == token.Mark && t.Text != "?" }

// span is a stretch of tokens that belongs to a list or states a fact.
type span struct{ from, to, list int }

// start is what begins at a token: the lists, and the first span at or after it.
type start struct {
	lists set
	span  int
}

// facts are the lists that are found and not written down: what slots say about their words.
var facts = []string{
	"kind", "named", "easy", "denied", // a kind of session; one by its own name; one that is named as what it was not
	"day", "past", "today", "coming", "weekday", "date", // a date, as far as it is settled by itself
	"clock", "bare", // a time of day; a number that may be one
	"length", "long", // minutes or hours; days or weeks
	"days", "habit", // several weekdays; days said as a habit
	"place", "region", // where somebody is
	"until", // "till Friday"
	"number",
	"foreign", // a word that is in no list: of something that this bot knows nothing of
}

// look finds everything in a message that rules and slots need.
func (r *Reader) look(text string) *message {
	m := &message{text: text, plain: token.First(text, maxTokens)}
	seen := text
	if n := len(m.plain); n >= maxTokens {
		seen = text[:m.plain[n-1].End]
	}
	m.words = words.Parse(seen)
	m.mend(r)
	m.plain = m.plain[:0]
	for _, t := range m.tokens {
		m.plain = append(m.plain, t.Token)
	}
	m.times = r.when.Read(m.plain)
	m.places = slices.DeleteFunc(r.atlas.Read(text, m.plain), m.knownWord)
	m.kinds = r.kinds.read(m.plain)
	m.spans = make([]span, 0, 2*len(m.tokens))
	for i := range m.plain {
		for _, p := range r.lists[m.plain[i].Text] {
			if startsWith(m.plain[i:], p.words) {
				m.spans = append(m.spans, span{i, i + len(p.words), p.list})
			}
		}
		if m.plain[i].Class == token.Number {
			m.fact(r, "number", i, i+1)
		}
	}
	m.number(r)
	m.state(r)
	m.foreign(r)
	m.index()
	return m
}

// mend puts right what package words took for a misspelling, and what is no
// English word but nearly one that the rules speak of. The two packages tell
// words apart alike, so the words in question are met in the same order.
func (m *message) mend(r *Reader) {
	m.tokens = make([]mended, len(m.plain))
	for i, t := range m.plain {
		m.tokens[i] = mended{t}
	}
	i, misspelt := 0, 0
	for _, w := range m.words.Tokens {
		if w.Kind != words.Word || w.Known && !w.Fixed && !stretched(w.Text) || misspelt == maxMisspelt || r.atlas.Names(w.Text) {
			continue
		}
		for j := i; j < len(m.tokens); j++ {
			if m.tokens[j].Text != w.Text {
				continue
			}
			misspelt++
			right := r.spell.right(w.Text)
			if right == w.Text && !r.spell.words[right] {
				right = w.Word
			}
			m.tokens[j].Text, i = right, j+1
			break
		}
	}
}

// stretched reports whether a letter is said three times in a row: "snoooze".
func stretched(word string) bool {
	for i := 2; i < len(word); i++ {
		if word[i] == word[i-1] && word[i] == word[i-2] {
			return true
		}
	}
	return false
}

// number notes which words of the patterns are said.
func (m *message) number(r *Reader) {
	m.ids = make([]int, len(m.tokens))
	m.said64 = make([]uint64, len(r.vocabulary)/64+1)
	for i, t := range m.tokens {
		n := r.vocabulary[t.Text]
		m.ids[i] = n
		m.said64[n/64] |= 1 << (n % 64)
	}
}

// maxTokens is how many words and marks of a message are looked at, so that
// its cost is bounded. Package safety reads all of it.
const maxTokens = 128

// maxMisspelt is how many words of a message are put right, so that its cost is bounded.
const maxMisspelt = 40

// knownWord reports whether a place was guessed behind what is a word by itself.
func (m *message) knownWord(p place.Mention) bool {
	return p.Guessed && slices.ContainsFunc(m.words.Tokens, func(w words.Token) bool {
		return w.Known && w.Text == m.plain[p.From].Text
	})
}

// fact notes that tokens state a fact.
func (m *message) fact(r *Reader, name string, from, to int) {
	m.spans = append(m.spans, span{from, to, r.numbers[name]})
}

// state notes what the slots found.
func (m *message) state(r *Reader) {
	for _, k := range m.kinds {
		name := "kind"
		if k.denied {
			name = "denied"
		}
		m.fact(r, name, k.from, k.to)
		if !k.weak {
			m.fact(r, "named", k.from, k.to)
		}
		if k.kind == day.Easy {
			m.fact(r, "easy", k.from, k.to)
		}
	}
	for _, t := range m.times {
		for _, name := range factsOf(t) {
			m.fact(r, name, t.From, t.To)
		}
	}
	for _, p := range m.places {
		name := "place"
		if p.Region {
			name = "region"
		}
		m.fact(r, name, p.From, p.To)
	}
}

// foreign notes the words that nothing else was found in.
func (m *message) foreign(r *Reader) {
	var known [maxTokens + 1]bool
	for _, s := range m.spans {
		for i := s.from; i < s.to; i++ {
			known[min(i, maxTokens)] = true
		}
	}
	for _, t := range m.times { // what leads to a date or time: "a las"
		if t.From > 0 && t.Lead != when.None {
			known[t.From-1] = true
		}
	}
	for i := range min(len(m.plain), maxTokens) {
		if t := &m.plain[i]; !known[i] && t.Class == token.Word && len(t.Text) > 2 {
			m.fact(r, "foreign", i, i+1)
		}
	}
}

// factsOf returns what a mention of time states.
func factsOf(t when.Mention) []string {
	var names []string
	switch t.What {
	case when.ADay:
		names = append(names, "day")
		switch {
		case t.Day.Counted && t.Day.Offset < 0, t.Day.Which < 0:
			names = append(names, "past")
		case t.Day.Counted && t.Day.Offset == 0:
			names = append(names, "today")
		case t.Day.Counted, t.Day.Which > 0:
			names = append(names, "coming")
		case t.Day.Date != 0:
			names = append(names, "date")
		default:
			names = append(names, "weekday")
		}
	case when.AClock:
		names = append(names, "clock")
		if t.Clock.Weak {
			names[0] = "bare"
		}
	case when.ALength:
		names = append(names, "length")
		if t.Length.Days > 0 {
			names[0] = "long"
		}
	case when.Days:
		names = append(names, "days")
		if t.Plural {
			names = append(names, "habit")
		}
	}
	if t.Lead == when.Until {
		names = append(names, "until")
	}
	return names
}

// index sorts the spans and notes which lists there are.
func (m *message) index() {
	slices.SortStableFunc(m.spans, func(a, b span) int { return a.from - b.from })
	m.starts = make([]start, len(m.tokens))
	s := 0
	for i := range m.starts {
		m.starts[i].span = s
		for ; s < len(m.spans) && m.spans[s].from == i; s++ {
			m.starts[i].lists.add(m.spans[s].list)
			m.has.add(m.spans[s].list)
		}
	}
}

// hasIn reports whether a span of a list lies in tokens from to to-1.
func (m *message) hasIn(list, from, to int) bool {
	for _, s := range m.spans {
		if s.list == list && s.from >= from && s.to <= to {
			return true
		}
	}
	return false
}

// sentences returns what stands between the full stops of the message.
func (m *message) sentences() []string {
	var all []string
	from := 0
	for i := range m.tokens {
		switch t := m.tokens[i]; t.Text {
		case ".", "!", "?", ";":
			if i+1 == len(m.tokens) || !m.tokens[i+1].Glued {
				all, from = append(all, m.text[from:t.End]), t.End
			}
		}
	}
	if rest := strings.TrimSpace(m.text[from:]); rest != "" {
		all = append(all, rest)
	}
	return all
}

// bare returns the kind that is all the message says, or none.
func (m *message) bare() day.Kind {
	if len(m.kinds) != 1 || m.kinds[0].from > 0 || m.kinds[0].weak && m.plain[0].Class != token.Mark {
		return day.Free
	}
	for _, t := range m.tokens[m.kinds[0].to:] {
		if t.Class != token.Mark || t.Text == "?" {
			return day.Free
		}
	}
	return m.kinds[0].kind
}
