package content

import (
	"fmt"
	"strings"
)

// Entry is a name and the lines that belong to it.
type Entry struct {
	Name  string
	Lines []string
}

// Entries reads the plain text file with this name, in its order: what stands
// before a colon at the beginning of a line is a name, and the rest of that
// line and the indented lines below it are its own. A line whose first mark
// is # is a comment. It reads a large file many times faster than [Decode].
func Entries(name string) ([]Entry, error) {
	text, err := Text(name)
	if err != nil {
		return nil, err
	}
	var all []Entry
	seen := map[string]bool{}
	n, lines := 0, make([]string, 0, strings.Count(text, "\n")+1) // of all entries
	for line := range strings.Lines(text) {
		n++
		inner := strings.TrimSpace(line)
		if inner == "" || inner[0] == '#' {
			continue
		}
		if line[0] != ' ' {
			head, rest, found := strings.Cut(inner, ":")
			if !found || seen[head] {
				return nil, fmt.Errorf("read content %s, line %d: want a new name and a colon, got %q", name, n, head)
			}
			seen[head] = true
			all, inner = append(all, Entry{Name: head}), strings.TrimSpace(rest)
		}
		if len(all) == 0 {
			return nil, fmt.Errorf("read content %s, line %d: stands under no name", name, n)
		}
		if last := &all[len(all)-1]; inner != "" {
			lines = append(lines, inner)
			last.Lines = lines[len(lines)-len(last.Lines)-1 : len(lines) : len(lines)]
		}
	}
	return all, nil
}
