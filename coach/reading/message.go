package reading

import (
	"slices"

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
	spans  []span       // sorted by from
	starts []start      // of each token
	has    set          // the lists that are in it
	cards  []*card      // of each token's word, and what they say
	whens  []when.Word  // of dates and times,
	wheres []place.Word // and of places
	ids    []int        // the number of each token in the vocabulary of the patterns; 0 for other words
	said64 []uint64     // the set of those numbers,
	sketch sketch       // and in short
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

// The facts, in the order of their names.
const (
	aKind = iota
	aNamed
	anEasy
	aDenied
	aDay
	aPast
	aToday
	aComing
	aWeekday
	aDate
	aClock
	aBare
	aLength
	aLong
	someDays
	aHabit
	aPlace
	aRegion
	anUntil
	aNumber
	aForeign
)

// facts are the lists that are found and not written down: what slots say about their words.
var facts = [...]string{
	aKind: "kind", aNamed: "named", anEasy: "easy", aDenied: "denied", // a kind of session; one by its own name; one that is named as what it was not
	aDay: "day", aPast: "past", aToday: "today", aComing: "coming", aWeekday: "weekday", aDate: "date", // a date, as far as it is settled by itself
	aClock: "clock", aBare: "bare", // a time of day; a number that may be one
	aLength: "length", aLong: "long", // minutes or hours; days or weeks
	someDays: "days", aHabit: "habit", // several weekdays; days said as a habit
	aPlace: "place", aRegion: "region", // where somebody is
	anUntil:  "until", // "till Friday"
	aNumber:  "number",
	aForeign: "foreign", // a word that is in no list: of something that this bot knows nothing of
}

// look finds everything in a message that rules and slots need.
func (r *Reader) look(text string) *message {
	m := r.messages.Get().(*message)
	m.text, m.plain = text, token.Append(m.plain, text, maxTokens)
	m.spellOut(r)
	seen := text
	if n := len(m.plain); n >= maxTokens {
		seen = text[:m.plain[n-1].End]
	}
	m.words = words.ParseInto(m.words.Tokens, seen)
	m.mend(r)
	m.plain = m.plain[:0]
	for _, t := range m.tokens {
		m.plain = append(m.plain, t.Token)
	}
	m.number(r)
	m.times = r.when.ReadWords(m.plain, m.whens)
	m.places = slices.DeleteFunc(r.atlas.ReadWords(text, m.plain, m.wheres), m.knownWord)
	m.kinds = r.kinds.read(m.plain, m.cards)
	for i := range m.plain {
		lists := m.cards[i].known.lists
		for j := range lists {
			if p := &lists[j]; p.stands(m.plain[i:]) {
				m.spans = append(m.spans, span{i, i + len(p.words), p.list})
			}
		}
		if m.plain[i].Class == token.Number {
			m.fact(aNumber, i, i+1)
		}
	}
	m.state()
	m.foreign()
	m.index()
	return m
}

// release forgets a message, and keeps its room for another.
func (r *Reader) release(m *message) {
	clear(m.cards)
	clear(m.plain)
	clear(m.tokens)
	clear(m.words.Tokens)
	*m = message{
		plain: m.plain[:0], tokens: m.tokens[:0], words: words.Text{Tokens: m.words.Tokens[:0]},
		spans: m.spans[:0], starts: m.starts[:0], cards: m.cards[:0], whens: m.whens[:0], wheres: m.wheres[:0], ids: m.ids[:0], said64: m.said64[:0],
	}
	r.messages.Put(m)
}

// mend puts right what package words took for a misspelling, and what is no
// English word but nearly one that the rules speak of. The two packages tell
// words apart alike, so the words in question are met in the same order.
func (m *message) mend(r *Reader) {
	for _, t := range m.plain {
		m.tokens = append(m.tokens, mended{t})
	}
	i, misspelt := 0, 0
	for _, w := range m.words.Tokens {
		if w.Kind != words.Word || w.Known && !w.Fixed && !stretched(w.Text) || misspelt == maxMisspelt || r.atlas.Names(w.Text) || r.when.Knows(w.Text) {
			continue
		}
		for j := i; j < len(m.tokens); j++ {
			if m.tokens[j].Text != w.Text {
				continue
			}
			misspelt++
			right := r.spell.right(w.Text)
			if j > 0 && m.tokens[j].Glued && m.tokens[j-1].Class == token.Number {
				right = w.Text // "2moro" is no misspelt moron
			} else if right == w.Text && !r.spell.words[right] {
				right = w.Word
			}
			m.tokens[j].Text, m.cards[j], i = right, r.card(right), j+1
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

// number notes what is known of the words, and which of the patterns' are said.
func (m *message) number(r *Reader) {
	m.said64 = append(m.said64, make([]uint64, len(r.vocabulary)/64+1)...)
	for _, card := range m.cards {
		k := card.known
		m.ids = append(m.ids, k.number)
		m.whens, m.wheres = append(m.whens, card.when), append(m.wheres, card.place)
		m.said64[k.number/64] |= 1 << (k.number % 64)
		m.sketch.add(k.number)
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
func (m *message) fact(fact, from, to int) {
	m.spans = append(m.spans, span{from, to, fact})
}

// state notes what the slots found.
func (m *message) state() {
	for _, k := range m.kinds {
		fact := aKind
		if k.denied {
			fact = aDenied
		}
		m.fact(fact, k.from, k.to)
		if !k.weak {
			m.fact(aNamed, k.from, k.to)
		}
		if k.kind == day.Easy {
			m.fact(anEasy, k.from, k.to)
		}
	}
	for _, t := range m.times {
		m.time(t)
	}
	for _, p := range m.places {
		fact := aPlace
		if p.Region {
			fact = aRegion
		}
		m.fact(fact, p.From, p.To)
	}
}

// foreign notes the words that nothing else was found in.
func (m *message) foreign() {
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
			m.fact(aForeign, i, i+1)
		}
	}
}

// time notes what a mention of time states.
func (m *message) time(t when.Mention) {
	switch t.What {
	case when.ADay:
		m.fact(aDay, t.From, t.To)
		m.fact(sortOf(t.Day), t.From, t.To)
	case when.AClock:
		fact := aClock
		if t.Clock.Weak {
			fact = aBare
		}
		m.fact(fact, t.From, t.To)
	case when.ALength:
		fact := aLength
		if t.Length.Days > 0 {
			fact = aLong
		}
		m.fact(fact, t.From, t.To)
	case when.Days:
		m.fact(someDays, t.From, t.To)
		if t.Plural {
			m.fact(aHabit, t.From, t.To)
		}
	}
	if t.Lead == when.Until {
		m.fact(anUntil, t.From, t.To)
	}
}

// sortOf returns the fact that a date is, as far as it is settled by itself.
func sortOf(d when.Day) int {
	switch {
	case d.Counted && d.Offset < 0, d.Which < 0:
		return aPast
	case d.Counted && d.Offset == 0:
		return aToday
	case d.Counted, d.Which > 0:
		return aComing
	case d.Date != 0:
		return aDate
	}
	return aWeekday
}

// index sorts the spans and notes which lists there are.
func (m *message) index() {
	slices.SortStableFunc(m.spans, func(a, b span) int { return a.from - b.from })
	s := 0
	for i := range m.tokens {
		begins := start{span: s}
		for ; s < len(m.spans) && m.spans[s].from == i; s++ {
			begins.lists.add(m.spans[s].list)
			m.has.add(m.spans[s].list)
		}
		m.starts = append(m.starts, begins)
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
