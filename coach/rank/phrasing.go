package rank

import (
	"fmt"
	"io/fs"
	"strings"

	"legcoach/coach/content"
)

// Phrasing is one way to say something.
type Phrasing struct {
	// Label is its meaning: the name of its file without the ending.
	Label string
	// Hand says who wrote it; what one hand writes is alike, so a fair trial
	// learns from some hands and asks another.
	Hand string
	Text string
}

// Phrasings returns all phrasings of content/phrasings, by file name and line.
// A comment line "# hand: name" says who wrote the lines after it.
func Phrasings() ([]Phrasing, error) {
	var all []Phrasing
	err := fs.WalkDir(content.Files(), "phrasings", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".txt") {
			return err
		}
		text, err := content.Text(name)
		if err != nil {
			return err
		}
		label := strings.TrimSuffix(strings.TrimPrefix(name, "phrasings/"), ".txt")
		all = append(all, phrasingsIn(label, text)...)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read phrasings: %w", err)
	}
	return all, nil
}

func phrasingsIn(label, text string) []Phrasing {
	var found []Phrasing
	hand := "coach"
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if comment, is := strings.CutPrefix(line, "#"); is {
			if name, is := strings.CutPrefix(strings.TrimSpace(comment), "hand:"); is {
				hand = strings.TrimSpace(name)
			}
			continue
		}
		if line != "" {
			found = append(found, Phrasing{label, hand, line})
		}
	}
	return found
}
