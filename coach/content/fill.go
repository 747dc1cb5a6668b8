package content

import (
	"regexp"
	"strings"
)

var variable = regexp.MustCompile(`\{[a-z_]+\}`)

// Fill returns template with its {variables} filled in, and false if one of
// them is not known or empty: a line with a hole is never said.
func Fill(template string, vars map[string]string) (line string, whole bool) {
	whole = true
	line = variable.ReplaceAllStringFunc(template, func(v string) string {
		value := vars[v[1:len(v)-1]]
		whole = whole && value != ""
		return value
	})
	return line, whole
}

// Variables returns the names of the {variables} in template, in order.
func Variables(template string) []string {
	names := variable.FindAllString(template, -1)
	for i, v := range names {
		names[i] = v[1 : len(v)-1]
	}
	return names
}

// Sentence returns the sentence of the article that begins with locator, word
// for word, or nothing if there is none. A tip counts as one sentence with its name.
func Sentence(locator string) string {
	article, err := Text("article.txt")
	at := strings.Index(article, locator)
	if err != nil || locator == "" || at < 0 {
		return ""
	}
	paragraph, _, _ := strings.Cut(article[at:], "\n")
	if end := strings.Index(paragraph, ". "); end >= 0 {
		return paragraph[:end+1]
	}
	return paragraph
}
