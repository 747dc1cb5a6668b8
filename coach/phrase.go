package coach

import (
	"fmt"
	"strings"

	"legcoach/coach/content"
)

// phrase is something the coach can say: an entry of content/lines.yaml.
type phrase struct {
	Text string `yaml:"text"`
	// Choices are offered below it, in order.
	Choices []Choice `yaml:"choices"`
	// Public phrases may be said in a group; all others are private.
	Public bool `yaml:"public"`
	// Reaction may stand for the text where a platform can react.
	Reaction string `yaml:"reaction"`
}

// vars are what the {names} of a phrase stand for.
type vars map[string]string

// phrases is the coach's own book of lines, by name.
type phrases map[string]phrase

func readPhrases() (phrases, error) {
	var book phrases
	if err := content.Decode("lines.yaml", &book); err != nil {
		return nil, err
	}
	for name, p := range book {
		for _, c := range p.Choices {
			if c.Label == "" || c.Says == "" {
				return nil, fmt.Errorf("read content lines.yaml: a choice of %q lacks its label or what it says", name)
			}
		}
	}
	return book, nil
}

// line fills in a phrase. A choice whose words become longer than [MaxSays] is
// left out: its words can be typed.
func (b phrases) line(name string, v vars) Line {
	p, known := b[name]
	if !known {
		panic("no line is named " + name)
	}
	l := Line{Text: fill(p.Text, v), Private: !p.Public, Reaction: p.Reaction}
	for _, c := range p.Choices {
		says := fill(c.Says, v)
		if label := fill(c.Label, v); len(says) <= MaxSays && label != "" {
			l.Choices = append(l.Choices, Choice{Label: label, Says: says})
		}
	}
	return l
}

// text fills in the text of a phrase.
func (b phrases) text(name string, v vars) string { return b.line(name, v).Text }

// fill puts values in place of {names}. It panics on a name without a value,
// so that half a sentence is never said; Step's caller answers for the coach then.
func fill(text string, v vars) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		name, after, closed := strings.Cut(rest, "}")
		value, known := v[name]
		if !closed || !known {
			panic("a line has no value for {" + name + "}")
		}
		out.WriteString(value)
		text = after
	}
}
