package content

import (
	"strings"
	"sync"
)

// Fill returns template with its {variables} filled in, and false if one of
// them is not known or empty: a line with a hole is never said.
func Fill(template string, vars map[string]string) (line string, whole bool) {
	var out strings.Builder
	whole = true
	for {
		before, rest, found := strings.Cut(template, "{")
		out.WriteString(before)
		if !found {
			return out.String(), whole
		}
		name, after, _ := strings.Cut(rest, "}")
		whole = whole && vars[name] != ""
		out.WriteString(vars[name])
		template = after
	}
}

// Variables returns the names of the {variables} in template, in order.
func Variables(template string) (names []string) {
	for _, part := range strings.Split(template, "{")[1:] {
		name, _, _ := strings.Cut(part, "}")
		names = append(names, name)
	}
	return names
}

// article is read once: every reminder quotes it.
var article = sync.OnceValues(func() (string, error) { return Text("article.txt") })

// Sentence returns the sentence of the article that begins with locator, word
// for word, or nothing if there is none. A tip counts as one sentence with its name.
func Sentence(locator string) string {
	text, err := article()
	at := strings.Index(text, locator)
	if err != nil || locator == "" || at < 0 {
		return ""
	}
	paragraph, _, _ := strings.Cut(text[at:], "\n")
	if end := strings.Index(paragraph, ". "); end >= 0 {
		return paragraph[:end+1]
	}
	return paragraph
}
