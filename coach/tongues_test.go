package coach

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// tongues are the languages that platforms show commands and forms in, beside English.
var tongues = []string{"de", "es", "fr", "pt-BR"}

// spoken is words in English and other languages, and how long they may be.
type spoken struct {
	what, english string
	others        map[string]string
	most          int
}

// TestCommandsAndFormsSpeakEveryLanguage holds each word that a platform shows
// by itself to having all languages, within what platforms take.
func TestCommandsAndFormsSpeakEveryLanguage(t *testing.T) {
	for _, s := range allSpoken(t) {
		if got := slices.Sorted(maps.Keys(s.others)); !slices.Equal(got, tongues) {
			t.Errorf("%s %q is in %v, want %v", s.what, s.english, got, tongues)
		}
		for language, text := range s.others {
			if n := utf8.RuneCountInString(text); n == 0 || n > s.most || text != strings.TrimSpace(text) {
				t.Errorf("%s %q in %s has %d characters, want 1 to %d: %q", s.what, s.english, language, n, s.most, text)
			}
		}
	}
}

func allSpoken(t *testing.T) (all []spoken) {
	t.Helper()
	commands, err := readCommands()
	if err != nil {
		t.Fatal(err)
	}
	forms, err := readForms()
	if err != nil {
		t.Fatal(err)
	}
	options := func(choices []Choice) {
		for _, c := range choices {
			all = append(all, spoken{"choice", c.Label, c.Labels, 100})
		}
	}
	for _, c := range commands {
		all = append(all, spoken{"name", c.Name, c.Names, 32}, spoken{"description", c.Description, c.Descriptions, 100})
		for _, o := range c.Options {
			all = append(all, spoken{"option", o.Name, o.Names, 32}, spoken{"description", o.Description, o.Descriptions, 100})
			options(o.Choices)
		}
	}
	for _, f := range forms {
		all = append(all, spoken{"title", f.Title, f.Titles, 45})
		for _, field := range f.Fields {
			all = append(all, spoken{"label", field.Label, field.Labels, 45})
			if field.Placeholder != "" {
				all = append(all, spoken{"placeholder", field.Placeholder, field.Placeholders, 100})
			}
			options(field.Options)
		}
	}
	return all
}

// commandName is what Discord takes as a command's or an option's name, in lower case.
var commandName = regexp.MustCompile(`^[-_\p{L}\p{N}]{1,32}$`)

// TestNamesInALanguageAreNamesAndDiffer: two commands of one name could not be told apart.
func TestNamesInALanguageAreNamesAndDiffer(t *testing.T) {
	commands, err := readCommands()
	if err != nil {
		t.Fatal(err)
	}
	for _, language := range tongues {
		seen := map[string]string{}
		for _, c := range commands {
			name := c.Names[language]
			if !commandName.MatchString(name) || name != strings.ToLower(name) {
				t.Errorf("%s in %s is %q", c.Name, language, name)
			}
			if seen[name] != "" {
				t.Errorf("%s and %s are both %q in %s", seen[name], c.Name, name, language)
			}
			seen[name] = c.Name
			for _, o := range c.Options {
				if name := o.Names[language]; !commandName.MatchString(name) || name != strings.ToLower(name) {
					t.Errorf("%s of %s in %s is %q", o.Name, c.Name, language, name)
				}
			}
		}
	}
}

// TestAFormIsSaidWhole: what is filled in is taken as one message, and each line of it is a command.
func TestAFormIsSaidWhole(t *testing.T) {
	forms, err := readForms()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range forms {
		if len(f.Fields) > 5 || len(f.Fields) > maxParts {
			t.Errorf("%s has %d fields", f.Name, len(f.Fields))
		}
		for _, field := range f.Fields {
			if !strings.HasPrefix(field.Says, "/") {
				t.Errorf("%s of %s says %q", field.Name, f.Name, field.Says)
			}
		}
	}
}
