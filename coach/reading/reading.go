// Package reading tells what a message means: one message in, one [Reading] out.
//
// It is one pipeline, and each step is a file:
//
//	message.go  the words, their short forms spelt out (slang.go) and their typing errors put right
//	            (package words, spelling.go); the dates, times, days and lengths (package when),
//	            places (package place) and kinds of session (kinds.go) among them; what is known of
//	            a single word lies on its card (card.go)
//	rule.go     the rules of content/reading/rules.txt: word patterns (pattern.go) over lists of
//	            phrases (phrases.go) that speak for or against an intent, each with a weight
//	decide.go   safety first (package safety); else the weights are added to what the ranker learned
//	            (package rank), and the intent with the most wins; a write must have a rule for it,
//	            and be of something that is ours (refer.go); fence.go says how far rules that know
//	            what is not ours are heeded, and piece.go reads sentences and clauses one by one
//	slots.go    the keys of the intent that won: which of the dates is meant; remind.go which clock and
//	            days, and clause.go which of several; move.go from where to where
//	or.go       what is left open between two days or kinds, and either.go what is only asked about:
//	            a kind and a day that say neither done nor wanted
//
// Beside it, as.go reads what answers a question or follows a command, and explain.go says what
// decided; particle.go holds the small words that the grammar of the slots looks at.
//
// To see what decided, call [Reader.Explain], or legcoach understand --explain.
// To change what is understood, edit the files in content/reading, or add a phrasing in content/phrasings.
//
// The package reads no clock and no store. Commands ("/done hill") are not read here but by the coach.
package reading

import (
	"slices"
	"sync"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/faq"
	"legcoach/coach/place"
	"legcoach/coach/rank"
	"legcoach/coach/recent"
	"legcoach/coach/safety"
	"legcoach/coach/when"
	"legcoach/coach/words"
)

// The intents, as UNDERSTANDING.md lists them.
const (
	Pain       = "pain"
	Distress   = "distress"
	Ill        = "ill"
	Log        = "log"
	Rest       = "rest"
	Undo       = "undo"
	Correct    = "correct"
	Remind     = "remind"
	Snooze     = "snooze"
	Skip       = "skip"
	Move       = "move"
	Mute       = "mute"
	Fewer      = "fewer"
	Pause      = "pause"
	Resume     = "resume"
	Streak     = "streak"
	Why        = "why"
	Safe       = "safe"
	Today      = "today"
	Next       = "next"
	Plan       = "plan"
	Calendar   = "calendar"
	Level      = "level"
	Zone       = "zone"
	Link       = "link"
	Export     = "export"
	Forget     = "forget"
	MyData     = "mydata"
	Answer     = "answer"
	DidYouMean = "did_you_mean"
	NotCovered = "not_covered"
	Source     = "source"
	Help       = "help"
	Greet      = "greet"
	Thanks     = "thanks"
	Bye        = "bye"
	About      = "about"
	Complaint  = "complaint"
	OutOfScope = "out_of_scope"
)

// Reading is what one message means. Keys that do not apply are left out of its JSON.
type Reading struct {
	Text   string     `json:"text"`
	Intent string     `json:"intent"`
	Level  string     `json:"level,omitempty"` // of pain: green, amber, red, same_day, emergency
	Kinds  []day.Kind `json:"kinds,omitempty"`
	Date   day.Date   `json:"date,omitzero"` // training date; of a move, the one that it is moved from
	To     day.Date   `json:"to,omitzero"`
	Until  day.Date   `json:"until,omitzero"`
	Days   []string   `json:"days,omitempty"` // mon to sun, or daily
	Time   string     `json:"time,omitempty"` // 24 hours, HH:MM
	// Minutes from now, of a snooze.
	Minutes int    `json:"minutes,omitempty"`
	Zone    string `json:"zone,omitempty"` // IANA
	// Topic is what is asked about; of a report of pain, illness or distress the near miss that it also is, if any.
	Topic   string   `json:"topic,omitempty"`
	Choices []string `json:"choices,omitempty"` // topics, or "intent:topic" pairs of what may be meant

	// What the coach needs beyond the vocabulary.

	// Dates are all the dates of a log that tells of several days.
	Dates []day.Date `json:"-"`
	// Other is the date of a log that is as likely, where two numbers do not say
	// which of them is the month: "11/10".
	Other day.Date `json:"-"`
	// Paired are the kinds of each of several dates of a log that names them in turn.
	Paired []Dated `json:"-"`
	// OrKinds and OrDays say that one of two kinds, or of two days, is meant.
	OrKinds, OrDays bool `json:"-"`
	// Lasted is how many minutes a logged session took, if it is told: "5k in 31 min".
	Lasted int `json:"-"`
	// OpenClock says that Time may as well be twelve hours later or earlier: "at 8".
	OpenClock bool `json:"-"`
	// EveryOther says that Days are every other day, whichever they are.
	EveryOther bool `json:"-"`
	// Except says that Days are those to leave out: "never on sundays".
	Except bool `json:"-"`
	// Clauses are the wishes of those who name a time of day for each of several
	// days or kinds; Kinds, Days and Time are then those that a single wish would have.
	Clauses []Clause `json:"-"`
	// Times are the two times of day between which somebody wavers: "at 6 or 7".
	Times []string `json:"-"`
	// NotOn are days that are left out of Days: "every day but sunday".
	NotOn []string `json:"-"`
	// Zones are the candidates of a zone that is not settled, to ask about. Zone is
	// beside them the likeliest, if one is the best known of its name.
	Zones []place.Place `json:"-"`
	// ByClock says that Zones are those whose clocks show a time that was told.
	ByClock bool `json:"-"`
	// ZoneUntil is when they leave the zone again, if they say so: "in tokyo till friday".
	ZoneUntil day.Date `json:"-"`
	// Bare is the kind that is all the message says ("hills"): a question by
	// itself, but it may as well tell of a session, which can be asked.
	Bare day.Kind `json:"-"`
	// Finding is what package safety heard, whatever the intent.
	Finding safety.Finding `json:"-"`
}

// Writes reports whether the intent changes what is stored of a runner.
func (r Reading) Writes() bool { return candidates[r.Intent].writes }

// Context is what a message is read in.
type Context struct {
	Now       time.Time
	Zone      *time.Location
	DayStarts day.Clock // when a training day begins; 04:00 unless the runner chose another
	Today     day.Kind  // what the plan holds today; Free if nothing is known
}

// MaxChars is how many characters of a message are read.
const MaxChars = words.MaxChars

// Reader reads messages. It is safe for concurrent use.
type Reader struct {
	when      *when.Reader
	atlas     *place.Atlas
	guard     *safety.Guard
	ranker    *rank.Ranker
	book      *faq.Book
	kinds     *kindWords
	spell     spelling
	particles particles
	slang     map[string][]string // what short forms say that the lists and grammars do not know themselves
	numbers   map[string]int      // of lists and facts by name
	// vocabulary numbers the words that patterns name.
	vocabulary map[string]int
	known      map[string]*known // all that is known of a word
	cards      *recent.Words[card]
	rules      []rule
	index      index
	groups     []int // candidate of each label of the ranker
	hurts      []int // labels of the ranker that tell of pain, illness or distress
	sheets     sync.Pool
	messages   sync.Pool
}

// sheet is what a message is worked out on. Sheets are used again.
type sheet struct {
	likely   []float64 // what the ranker gives every meaning
	scores   []score
	evidence []Evidence
}

// usualEvidence is how many rules speak for something in nearly every message.
const usualEvidence = 12

// New returns a reader with everything that the content files say. It fails if one of them is wrong.
func New() (*Reader, error) {
	const usual = 4096 // different words that people use, nearly
	r := &Reader{ranker: rank.Default(), book: faq.Default(), cards: recent.New[card](usual)}
	var err error
	if r.when, err = when.New(); err != nil {
		return nil, err
	}
	if r.atlas, err = place.New(); err != nil {
		return nil, err
	}
	if r.guard, err = safety.New(); err != nil {
		return nil, err
	}
	if r.kinds, err = newKindWords(); err != nil {
		return nil, err
	}
	lists, err := r.readLists()
	if err != nil {
		return nil, err
	}
	if err := r.readRules(); err != nil {
		return nil, err
	}
	if r.particles, err = newParticles(); err != nil {
		return nil, err
	}
	r.join(lists)
	r.groupLabels()
	r.messages.New = func() any { return &message{} }
	r.sheets.New = func() any {
		return &sheet{make([]float64, len(r.groups)), make([]score, len(names)), make([]Evidence, 0, usualEvidence)}
	}
	r.spell = newSpelling(lists, r.kinds.names)
	r.learnSlang()
	return r, nil
}

// Read returns what text means. Any bytes may be given; characters beyond [MaxChars] are not read.
func (r *Reader) Read(text string, c Context) Reading {
	reading, _ := r.read(text, c, false)
	return reading
}

// Explain returns what text means and what decided.
func (r *Reader) Explain(text string, c Context) (Reading, Explanation) {
	return r.read(text, c, true)
}

func (r *Reader) read(text string, c Context, explain bool) (Reading, Explanation) {
	text = cut(text)
	m := r.look(text)
	defer r.release(m)
	reading, why := r.one(m, c, explain)
	if reading.Writes() || reading.Finding.Intent != "" {
		return reading, why
	}
	pieces, clauses := r.pieces(m, reading.Intent)
	if len(pieces) < 2 || len(pieces) > maxPieces || !mayWrite(r.hold(m, nil, true)) {
		return reading, why
	}
	for _, piece := range pieces {
		part := r.look(piece)
		defer r.release(part) // of few
		if one, whyOne := r.one(part, c, explain); one.Writes() && (!clauses || inClauses[one.Intent]) && mayWrite(r.hold(part, nil, false)) {
			one.Text, one.Finding = reading.Text, reading.Finding
			r.borrow(&one, part, m, c)
			return one, whyOne
		}
	}
	return reading, why
}

// one reads a message, or one sentence of it, as a whole.
func (r *Reader) one(m *message, c Context, explain bool) (Reading, Explanation) {
	s := r.sheets.Get().(*sheet)
	if !explain { // an explanation keeps what stands on its sheet
		defer r.sheets.Put(s)
	}
	r.ranker.Likelihoods(m.words, s.likely)
	return r.conclude(m, s, c, explain)
}

// strong is the weight of a rule that decides by itself.
const strong = 3.5

// mayWrite reports whether a rule speaks strongly for something that changes
// what is stored, be it that the message says more than that.
func mayWrite(found []Evidence) bool {
	return slices.ContainsFunc(found, func(e Evidence) bool { return e.Weight >= strong && candidates[e.Intent].writes })
}

// conclude is read for a message that has been looked at and ranked.
func (r *Reader) conclude(m *message, s *sheet, c Context, explain bool) (Reading, Explanation) {
	text, finding := m.text, r.hear(m.text, s.likely)
	d := r.decide(m, finding, s)
	reading := Reading{Text: text, Intent: d.intent, Topic: d.topic, Choices: d.choices, Finding: finding}
	if d.intent == Pain {
		reading.Level = finding.Level
	}
	reading.Bare = m.bare()
	found := r.slotsOf(m, c)
	if finding.Intent == "" && found.either(&reading) {
		d.intent, d.choices, d.reason = reading.Intent, reading.Choices, "a kind and a day: done or wanted"
	} else {
		found.fill(&reading)
		found.otherOrder(&reading)
		found.wavers(&reading)
		if reading.Intent == Log && len(reading.Dates) > 1 {
			reading.Paired = found.paired()
		}
	}
	if !explain {
		return reading, Explanation{}
	}
	return reading, r.explanation(m, d, finding)
}

// hear returns what package safety hears. What was learned is its second
// witness, and is only called where it speaks of safety at all.
func (r *Reader) hear(text string, likely []float64) safety.Finding {
	const enough = 0.2 // less is never heard
	sum := 0.0
	for _, label := range r.hurts {
		sum += likely[label]
	}
	if sum < enough {
		return r.guard.Read(text)
	}
	scores := make([]rank.Score, 0, 8) // there are fewer such labels
	for _, label := range r.hurts {
		scores = append(scores, rank.Score{Label: r.ranker.Labels()[label], P: likely[label]})
	}
	return r.guard.ReadRanked(text, scores)
}

// cut returns the first MaxChars characters of text.
func cut(text string) string {
	if len(text) <= MaxChars {
		return text
	}
	n := 0
	for i := range text {
		if n == MaxChars {
			return text[:i]
		}
		n++
	}
	return text
}
