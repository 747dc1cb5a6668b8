package coach

import (
	"fmt"

	"legcoach/coach/content"
)

// Form asks for several things at once, on platforms that can show one. Each
// field that was filled in becomes a command on a line of its own.
type Form struct {
	Name string `yaml:"name"`
	// Title is in English; Titles, and what is named alike below, hold other languages (BCP 47).
	Title  string            `yaml:"title"`
	Titles map[string]string `yaml:"titles"`
	// Opens are the texts that open the form instead of being said.
	Opens  []string `yaml:"opens"`
	Fields []Field  `yaml:"fields"`
}

// Field is one thing to fill in: one of its options, or a text if it has none.
type Field struct {
	Name         string            `yaml:"name"`
	Label        string            `yaml:"label"`
	Labels       map[string]string `yaml:"labels"`
	Placeholder  string            `yaml:"placeholder"`
	Placeholders map[string]string `yaml:"placeholders"`
	Required     bool              `yaml:"required"`
	Says         string            `yaml:"says"` // what is put before the value
	Options      []Choice          `yaml:"options"`
}

// Forms returns the forms that platforms may show.
func (c *Coach) Forms() []Form { return c.forms }

func readForms() ([]Form, error) {
	var forms []Form
	if err := content.Decode("forms.yaml", &forms); err != nil {
		return nil, err
	}
	for _, f := range forms {
		if f.Name == "" || len(f.Opens) == 0 || len(f.Fields) == 0 {
			return nil, fmt.Errorf("read content forms.yaml: %q lacks a name, what opens it, or fields", f.Name)
		}
	}
	return forms, nil
}
