package plan

import (
	"fmt"
	"strings"

	"legcoach/coach/content"
	"legcoach/coach/day"
)

type wordTable struct {
	Card   []string            `yaml:"card"`
	Short  string              `yaml:"short"`
	Rest   string              `yaml:"rest"` // the short form of a day without minutes
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
		Name  string `yaml:"name"` // of the session that is done instead
		Words string `yaml:"words"`
	} `yaml:"swaps"`
	Kinds map[day.Kind][]string `yaml:"kinds"`
	Days  map[string][]string   `yaml:"days"`
}

// fill returns template filled in, and nothing if a variable is not known.
func fill(template string, vars map[string]string) string {
	if line, whole := content.Fill(template, vars); whole {
		return line
	}
	return ""
}

// Title returns what a kind of day is called as a heading: "Hills".
func (b *Book) Title(kind day.Kind) string { return b.words.Titles[kind] }

// Noun returns what a kind of day is called inside a sentence: "hills", "an easy run".
func (b *Book) Noun(kind day.Kind) string { return b.words.Nouns[kind] }

// Tip returns the article's sentence that a kind of day rests on, word for word,
// and the first words by which it is found there.
func (b *Book) Tip(kind day.Kind) (sentence, locator string) {
	locator = b.words.Tips[kind]
	return content.Sentence(locator), locator
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
