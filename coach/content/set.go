package content

import "strings"

// Set is a set of single words and marks, in a file one text that spaces divide.
type Set map[string]bool

// UnmarshalText takes the words of a text; it never fails.
func (s *Set) UnmarshalText(text []byte) error {
	*s = Set{}
	for _, word := range strings.Fields(string(text)) {
		(*s)[word] = true
	}
	return nil
}
