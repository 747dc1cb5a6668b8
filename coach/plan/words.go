package plan

import (
	"fmt"
	"regexp"
	"strings"

	"legcoach/coach/day"
)

type wordTable struct {
	Card   []string            `yaml:"card"`
	Short  string              `yaml:"short"`
	Effort string              `yaml:"effort"`
	Titles map[day.Kind]string `yaml:"titles"`
	Nouns  map[day.Kind]string `yaml:"nouns"`
	Week   string              `yaml:"week"`
	Bridge string              `yaml:"bridge"`
	Deload string              `yaml:"deload"`
	Free   string              `yaml:"free"`
	Held   map[Held]string     `yaml:"held"`
	Tips   map[day.Kind]string `yaml:"tips"`
	Swaps  map[Swap]struct {
		Label string `yaml:"label"`
		Words string `yaml:"words"`
	} `yaml:"swaps"`
	Kinds map[day.Kind][]string `yaml:"kinds"`
	Days  map[string][]string   `yaml:"days"`
}

var variable = regexp.MustCompile(`\{[a-z_]+\}`)

// fill returns template with its variables filled in, and nothing if one of
// them is not known: a line with a hole is never said.
func fill(template string, vars map[string]string) string {
	whole := true
	line := variable.ReplaceAllStringFunc(template, func(v string) string {
		value := vars[v[1:len(v)-1]]
		whole = whole && value != ""
		return value
	})
	if !whole {
		return ""
	}
	return line
}

// Title returns what a kind of day is called as a heading: "Hills".
func (b *Book) Title(kind day.Kind) string { return b.words.Titles[kind] }

// Noun returns what a kind of day is called inside a sentence: "hills", "an easy run".
func (b *Book) Noun(kind day.Kind) string { return b.words.Nouns[kind] }

// Tip returns the article's sentence that a kind of day rests on, word for word,
// and the first words by which it is found there.
func (b *Book) Tip(kind day.Kind) (sentence, locator string) {
	locator = b.words.Tips[kind]
	at := strings.Index(b.article, locator)
	if locator == "" || at < 0 {
		return "", ""
	}
	sentence, _, _ = strings.Cut(b.article[at:], "\n")
	if end := strings.Index(sentence, ". "); end >= 0 {
		sentence = sentence[:end+1]
	}
	return sentence, locator
}

// span returns a length of time in words: "30 s", "2 min", "2 min 30 s".
func span(seconds int) string {
	switch {
	case seconds%60 == 0:
		return fmt.Sprintf("%d min", seconds/60)
	case seconds < 120:
		return fmt.Sprintf("%d s", seconds)
	}
	return fmt.Sprintf("%d min %d s", seconds/60, seconds%60)
}

// capital returns s with a capital first letter.
func capital(s string) string {
	if s == "" {
		return ""
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
