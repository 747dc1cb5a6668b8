package discord

import (
	"slices"
	"strconv"
	"strings"

	"legcoach/coach"
)

type actionRow struct {
	Type       int   `json:"type"`
	Components []any `json:"components"`
}

type button struct {
	Type     int    `json:"type"`
	Style    int    `json:"style"`
	Label    string `json:"label"`
	CustomID string `json:"custom_id"`
}

type menu struct {
	Type        int      `json:"type"`
	CustomID    string   `json:"custom_id"`
	Placeholder string   `json:"placeholder,omitempty"`
	Options     []option `json:"options"`
}

type option struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// components are a line's choices: buttons, or a menu where there are too many
// of them to be read, and then its menus. What one menu holds altogether is no buttons too.
func components(line coach.Line, owner string) []any {
	rows := []any{}
	choices := distinct(buttons(line))
	if len(choices) > 2*maxRow {
		line.Menus = append(split(choices), line.Menus...)
		choices = nil
	}
	for len(choices) > 0 {
		n := min(maxRow, len(choices))
		r := actionRow{Type: 1}
		for i, c := range choices[:n] {
			style := 2
			if len(rows) == 0 && i == 0 {
				style = 1
			}
			r.Components = append(r.Components, button{2, style, clip(c.Label, maxLabel), mark(c.Says, line.Key, owner)})
		}
		rows, choices = append(rows, r), choices[n:]
	}
	for i, m := range line.Menus {
		if options := distinct(m.Choices); len(options) > 0 && len(rows) < maxRows {
			rows = append(rows, actionRow{1, []any{choose(m.Label, options[:min(len(options), maxSelect)], i, line.Key, owner)}})
		}
	}
	return rows
}

// buttons are the choices of a line, unless one of its menus holds them all.
func buttons(line coach.Line) []coach.Choice {
	for _, m := range line.Menus {
		held := func(c coach.Choice) bool {
			return slices.ContainsFunc(m.Choices, func(in coach.Choice) bool { return in.Says == c.Says })
		}
		if len(slices.DeleteFunc(slices.Clone(line.Choices), held)) == 0 {
			return nil
		}
	}
	return line.Choices
}

// split divides many choices among menus.
func split(choices []coach.Choice) (menus []coach.Menu) {
	for all := range slices.Chunk(choices, maxSelect) {
		menus = append(menus, coach.Menu{Choices: all})
	}
	return menus
}

func choose(label string, choices []coach.Choice, n int, key, owner string) menu {
	m := menu{Type: 3, CustomID: mark("choose "+strconv.Itoa(n), key, owner), Placeholder: clip(label, maxPlaceholder)}
	for _, c := range choices {
		m.Options = append(m.Options, option{clip(c.Label, maxOption), c.Says})
	}
	return m
}

// distinct leaves out choices that say the same, or nothing, or more than fits.
func distinct(choices []coach.Choice) []coach.Choice {
	seen := map[string]bool{}
	var kept []coach.Choice
	for _, c := range choices {
		if c.Says == "" || c.Label == "" || len(c.Says) > maxID || seen[c.Says] {
			continue
		}
		seen[c.Says] = true
		kept = append(kept, c)
	}
	return kept
}

// mark is a component's custom id: the words it says, and after them, where
// they fit, the name of its line and whose it is.
func mark(says, key, owner string) string {
	if owner != "" && len(says)+len(ownerMark)+len(owner) <= maxID {
		says += ownerMark + owner
	}
	if key != "" && len(says)+len(keyMark)+len(key) <= maxID {
		says += keyMark + key
	}
	return says
}

const (
	keyMark   = "|n:"
	ownerMark = "|u:"
)

// unmark takes a custom id apart.
func unmark(id string) (says, key, owner string) {
	says = id
	if i := strings.LastIndex(says, keyMark); i >= 0 {
		says, key = says[:i], says[i+len(keyMark):]
	}
	if i := strings.LastIndex(says, ownerMark); i >= 0 && snowflake(says[i+len(ownerMark):]) {
		says, owner = says[:i], says[i+len(ownerMark):]
	}
	return says, key, owner
}
