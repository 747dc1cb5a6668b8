package discord

import (
	"strings"
)

// Form is a window with fields to fill in, shown at once for a choice or a
// command that opens it. What was filled in is said as one text, a line for each field.
type Form struct {
	// Name tells forms apart; up to 60 bytes.
	Name string
	// Opens are the texts that open it instead of being said: "/setup", the words of a choice.
	Opens []string
	// Title is up to 45 characters, and the same in other languages by Discord's locale.
	Title  string
	Titles map[string]string
	// Fields are one to five.
	Fields []Field
}

// Field is one thing to fill in.
type Field struct {
	Name   string // tells fields apart; up to 60 bytes
	Label  string // up to 45 characters
	Labels map[string]string
	// Placeholder is up to 100 characters.
	Placeholder  string
	Placeholders map[string]string
	Value        string // what stands there at first
	Required     bool
	// Options make it a list to choose from, up to 25; none make it a text. Many allows more than one.
	Options []Choice
	Many    bool
	// Says is put before what was filled in: "/timezone " makes "/timezone Lisbon". With
	// several values, Join stands between them.
	Says, Join string
}

const formMark = "form "

type modal struct {
	CustomID   string       `json:"custom_id"`
	Title      string       `json:"title"`
	Components []labelField `json:"components"`
}

type labelField struct {
	Type      int    `json:"type"`
	Label     string `json:"label"`
	Component any    `json:"component"`
}

type textInput struct {
	Type        int    `json:"type"`
	Style       int    `json:"style"`
	CustomID    string `json:"custom_id"`
	Placeholder string `json:"placeholder,omitempty"`
	Value       string `json:"value,omitempty"`
	Required    bool   `json:"required"`
	Max         int    `json:"max_length"`
}

type selectInput struct {
	Type     int            `json:"type"`
	CustomID string         `json:"custom_id"`
	Options  []selectOption `json:"options"`
	Min      int            `json:"min_values"`
	Max      int            `json:"max_values"`
	Required bool           `json:"required"`
}

type selectOption struct {
	Label   string `json:"label"`
	Value   string `json:"value"`
	Default bool   `json:"default,omitempty"`
}

// opened is the form that an interaction opens; nil if it opens none.
func (p *Platform) opened(i *interaction) *Form {
	if i.Type != tap && i.Type != slash || len(p.config.Forms) == 0 || i.Data.Type == contextMessage {
		return nil
	}
	text, _ := p.text(i)
	for n := range p.config.Forms {
		for _, opens := range p.config.Forms[n].Opens {
			if text == opens {
				return &p.config.Forms[n]
			}
		}
	}
	return nil
}

// modal is a form as Discord shows it, in a person's language.
func (f *Form) modal(locale string) modal {
	m := modal{CustomID: formMark + f.Name, Title: clip(orElse(f.Titles[locale], f.Title), 45)}
	for _, field := range f.Fields {
		m.Components = append(m.Components, labelField{18, clip(orElse(field.Labels[locale], field.Label), 45), field.input(locale)})
	}
	return m
}

func (f Field) input(locale string) any {
	if len(f.Options) == 0 {
		return textInput{Type: 4, Style: 1, CustomID: f.Name, Placeholder: clip(orElse(f.Placeholders[locale], f.Placeholder), 100), Value: f.Value, Required: f.Required, Max: 200}
	}
	s := selectInput{Type: 3, CustomID: f.Name, Max: 1, Required: f.Required}
	if f.Required {
		s.Min = 1
	}
	if f.Many {
		s.Max = len(f.Options)
	}
	for _, o := range f.Options {
		s.Options = append(s.Options, selectOption{clip(orElse(o.Names[locale], o.Name), maxOption), o.Value, o.Value == f.Value})
	}
	return s
}

// filled is what a submitted form says: a line for each field that was filled
// in, in the form's order. A form that is not known any more says its values.
func (p *Platform) filled(i *interaction) string {
	values := map[string][]string{}
	var names []string
	collect(i.Data.Components, 0, func(c component) {
		all := c.Values
		if c.Value != "" {
			all = append(all, c.Value)
		}
		for _, v := range all {
			if v = strings.Join(strings.Fields(v), " "); v != "" {
				values[c.CustomID] = append(values[c.CustomID], v)
			}
		}
		names = append(names, c.CustomID)
	})
	var lines []string
	for _, f := range p.fields(i.Data.CustomID, names) {
		if v := values[f.Name]; len(v) > 0 {
			lines = append(lines, f.Says+strings.Join(v, orElse(f.Join, " ")))
		}
	}
	return strings.Join(lines, "\n")
}

// fields are a form's, or bare ones with these names if the form is not known.
func (p *Platform) fields(id string, names []string) (fields []Field) {
	for _, f := range p.config.Forms {
		if formMark+f.Name == id {
			return f.Fields
		}
	}
	for _, name := range names {
		fields = append(fields, Field{Name: name})
	}
	return fields
}

// collect visits everything that can be filled in.
func collect(all []component, depth int, visit func(component)) {
	if depth > 5 {
		return
	}
	for _, c := range all {
		if c.CustomID != "" && (c.Value != "" || len(c.Values) > 0) {
			visit(c)
		}
		if c.Component != nil {
			collect([]component{*c.Component}, depth+1, visit)
		}
		collect(c.Components, depth+1, visit)
	}
}
