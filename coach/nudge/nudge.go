// Package nudge chooses what a reminder says. It is pure; the lines are data in
// coach/content/nudges, at least twelve for every kind of day and tone, each
// with the condition under which it is true.
//
// [Load] gives the [Book]. [Book.Choose] takes the lines that are true for the
// [Facts], leaves out the last four that the runner saw on such a day, and draws
// among the rest with the weight 1 − 2^(−days/15), where days is how long ago the
// line was last shown. The draw is seeded with the runner and the date, and what
// was shown on the date itself does not count, so a retry says the same. What was
// shown is a [History] of a few bytes a line. From the third week on every other nudge of a kind
// is an insight: a line about what the runner's own days show. [Book.Note] is everything else that
// is said unasked: the weekly card, the goodbye, a late word.
package nudge

import (
	"fmt"
	"hash/fnv"
	"slices"

	"legcoach/coach/content"
	"legcoach/coach/day"
)

// Tone is how a nudge sounds.
type Tone string

// The tones. A runner who chose none hears Gentle.
const (
	Gentle Tone = "gentle"
	Plain  Tone = "plain"
	Drill  Tone = "drill"
)

// Tones are the tones, the default first.
var Tones = []Tone{Gentle, Plain, Drill}

// ParseTone returns the tone that is named s, and whether there is one.
func ParseTone(s string) (Tone, bool) {
	for _, t := range Tones {
		if string(t) == s {
			return t, true
		}
	}
	return Gentle, false
}

// Book is every line that is said unasked. It is never changed.
type Book struct {
	kinds   map[day.Kind]kindLines
	insight struct {
		Session kindLines `yaml:"session"`
		Rest    kindLines `yaml:"rest"`
	}
	notes   map[string][]string
	rules   rules
	reasons map[string]Reason
}

// Reason is why a nudge is not sent: as the operator reads it, and as the
// runner is told, after the kind of day and its date.
type Reason struct {
	Log string `yaml:"log"`
	Say string `yaml:"say"`
}

// Reason returns the reason with a name; one that has no words is its name.
func (b *Book) Reason(name string) Reason {
	if r, known := b.reasons[name]; known {
		return r
	}
	return Reason{Log: name, Say: name + "."}
}

type kindLines struct {
	Tips   []string `yaml:"tips"` // sentences of the article, by their first words
	Gentle []line   `yaml:"gentle"`
	Plain  []line   `yaml:"plain"`
	Drill  []line   `yaml:"drill"`
}

// in returns the lines of a tone.
func (k kindLines) in(t Tone) []line {
	switch t {
	case Plain:
		return k.Plain
	case Drill:
		return k.Drill
	}
	return k.Gentle
}

// all returns the lines of every tone.
func (k kindLines) all() []line { return slices.Concat(k.Gentle, k.Plain, k.Drill) }

// insights returns the insights about a kind of day.
func (b *Book) insights(k day.Kind) kindLines {
	if k == day.Rest {
		return b.insight.Rest
	}
	return b.insight.Session
}

// line is one line and when it is true.
type line struct {
	If  condition `yaml:"if"`
	Say string    `yaml:"say"`
}

// id names a line by what it says, so that a line whose words change is a new one.
func (l line) id() uint16 {
	h := fnv.New32a()
	h.Write([]byte(l.Say))
	sum := h.Sum32()
	return uint16(sum>>16) ^ uint16(sum)
}

// rules are what every line must hold; a test checks them.
type rules struct {
	Length    int                 `yaml:"length"`
	Sentences int                 `yaml:"sentences"`
	Questions int                 `yaml:"questions"`
	Tones     []Tone              `yaml:"tones"`
	Least     int                 `yaml:"least"`
	Variables map[string][]string `yaml:"variables"`
	Never     []string            `yaml:"never"`
}

// Load reads the lines from the content.
func Load() (*Book, error) {
	b := &Book{kinds: map[day.Kind]kindLines{}}
	for _, kind := range day.Kinds {
		var lines kindLines
		if err := content.Decode(fmt.Sprintf("nudges/%s.yaml", kind), &lines); err != nil {
			return nil, err
		}
		b.kinds[kind] = lines
	}
	if err := content.Decode("nudges/insight.yaml", &b.insight); err != nil {
		return nil, err
	}
	if err := content.Decode("nudges/notes.yaml", &b.notes); err != nil {
		return nil, err
	}
	if err := content.Decode("nudges/rules.yaml", &b.rules); err != nil {
		return nil, err
	}
	if err := content.Decode("nudges/reasons.yaml", &b.reasons); err != nil {
		return nil, err
	}
	return b, nil
}
