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
	// In is Text in other languages (BCP 47), where a platform shows it in its reader's own.
	In map[string]string `yaml:"in"`
	// Menus are lists to pick from, on platforms that have such.
	Menus []each `yaml:"menus"`
	// Public phrases may be said in a group; all others are private.
	Public bool `yaml:"public"`
	// Reaction may stand for the text where a platform can react.
	Reaction string `yaml:"reaction"`
}

// each makes a menu of a list: for each choice of the line "each_" and Of, whose
// words stand for {each}.
type each struct {
	Label string `yaml:"label"`
	Of    string `yaml:"of"`
	Says  string `yaml:"says"`
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
		for _, m := range p.Menus {
			if n := len(book["each_"+m.Of].Choices); m.Label == "" || n == 0 || n > maxMenu {
				return nil, fmt.Errorf("read content lines.yaml: a menu of %q lacks its label, or has %d choices instead of 1 to %d", name, n, maxMenu)
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
			l.Choices = append(l.Choices, Choice{Label: label, Says: says, Yes: c.Yes})
		}
	}
	for _, m := range p.Menus {
		l.Menus = append(l.Menus, b.menu(m, v))
	}
	return l
}

// maxMenu is how many choices a menu has at most: Discord shows no more.
const maxMenu = 25

// menu fills in a menu.
func (b phrases) menu(m each, v vars) Menu {
	made := Menu{Label: fill(m.Label, v)}
	for _, c := range b["each_"+m.Of].Choices {
		if says := strings.ReplaceAll(m.Says, "{each}", c.Says); len(fill(says, v)) <= MaxSays {
			made.Choices = append(made.Choices, Choice{Label: c.Label, Says: fill(says, v)})
		}
	}
	return made
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
