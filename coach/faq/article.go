package faq

import (
	"fmt"
	"strings"
)

// Sentence is a sentence of the article, word for word, and the heading that it stands under.
type Sentence struct {
	Text    string
	Section string
}

// sentences splits the article. Its first line is its title, and the section of
// its introduction; a line that ends without a full stop or colon is a heading; a numbered tip is one
// sentence without its number; the paragraph after the tips is the conclusion.
func sentences(article string) []Sentence {
	var all []Sentence
	section, tips := "", false
	for line := range strings.Lines(article) {
		line = strings.TrimSpace(line)
		tip, isTip := cutNumber(line)
		switch {
		case line == "":
			continue
		case isTip:
			all = append(all, Sentence{tip, section})
			tips = true
			continue
		case !strings.ContainsAny(line[len(line)-1:], ".:!?"):
			section, tips = line, false
			continue
		case tips:
			section, tips = "Conclusion", false
		}
		for _, s := range splitSentences(line) {
			all = append(all, Sentence{s, section})
		}
	}
	return all
}

// cutNumber takes "1. " off a line.
func cutNumber(line string) (string, bool) {
	number, rest, found := strings.Cut(line, ". ")
	if !found || strings.Trim(number, "0123456789") != "" {
		return line, false
	}
	return strings.TrimSpace(rest), true
}

func splitSentences(paragraph string) []string {
	var found []string
	for {
		end := strings.Index(paragraph, ". ")
		if end < 0 {
			return append(found, paragraph)
		}
		found = append(found, paragraph[:end+1])
		paragraph = strings.TrimSpace(paragraph[end+2:])
	}
}

// find returns the one sentence that begins with these words.
func find(all []Sentence, first string) (Sentence, error) {
	var found []Sentence
	for _, s := range all {
		if strings.HasPrefix(s.Text, first) {
			found = append(found, s)
		}
	}
	if len(found) != 1 {
		return Sentence{}, fmt.Errorf("%d sentences of the article begin with %q, want 1", len(found), first)
	}
	return found[0], nil
}
