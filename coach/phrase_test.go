package coach

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"legcoach/coach/content"
)

// lists are the lines that are not one message of a few sentences but a list, a
// profile that a platform shows, or the answer to somebody's question about their data.
var lists = []string{"help", "mydata", "limits", "profile_about", "calendar", "history", "why_days", "plan"}

// TestLinesKeepTheVoice holds every line, and what its choices show, against the
// rules of how the coach speaks. The words that are never said are those of the reminders' rules.
func TestLinesKeepTheVoice(t *testing.T) {
	never := neverSaid(t)
	for name, p := range book(t) {
		if n := utf8.RuneCountInString(p.Text); n > 300 && !slices.Contains(lists, name) {
			t.Errorf("%s has %d characters, want 300 at most", name, n)
		}
		if n := len(sentenceEnd.FindAllString(p.Text+" ", -1)); n > 5 && !slices.Contains(lists, name) {
			t.Errorf("%s has %d sentences, want 5 at most", name, n)
		}
		if n := strings.Count(p.Text, "!"); n > 1 {
			t.Errorf("%s shouts: %d exclamation marks", name, n)
		}
		if n := len(emoji.FindAllString(p.Text, -1)); n > 1 {
			t.Errorf("%s has %d emoji, want one at most", name, n)
		}
		for _, text := range append([]string{p.Text}, labels(p)...) {
			if word := never.FindString(strings.ToLower(text)); word != "" && !allowed[name+": "+word] {
				t.Errorf("%s says %q: %s", name, word, text)
			}
		}
	}
}

var (
	sentenceEnd = regexp.MustCompile(`[.!?](\s|$)`)
	emoji       = regexp.MustCompile(`[\x{1F000}-\x{1FAFF}\x{2600}-\x{27BF}]`)
)

// allowed are forbidden words where they shame nobody, by the line that says
// them: "again" of the bot itself, "only" of what the bot knows or keeps.
var allowed = map[string]bool{
	"hello_again: again": true, "sorry: again": true, "muted: again": true, "snooze_enough: again": true, "reachable_again: again": true,
	"logged_in_pause: again": true, "thumbs_noted: again": true, "today_paused: again": true, "slow_down: again": true,
	"mydata: only": true, "about: only": true, "check_wait: only": true, "out_of_scope: only": true, "check_ask: only": true,
	"limits: weight": true, // what it does not coach
}

func labels(p phrase) []string {
	shown := make([]string, len(p.Choices))
	for i, c := range p.Choices {
		shown[i] = c.Label
	}
	return shown
}

// TestEveryLineIsUsedAndEveryNameIsALine reads the program: a name that is said
// without a line would fail in front of a runner, and a line that is never said is nobody's.
func TestEveryLineIsUsedAndEveryNameIsALine(t *testing.T) {
	lines := book(t)
	written := map[string]bool{}
	for _, pattern := range []string{"*.go", "../cmd/legcoach/*.go"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("no source at %s: %v", pattern, err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			said(t, path, func(name string, must bool) {
				written[name] = true
				if _, known := lines[name]; must && !known {
					t.Errorf("%s says %q, but lines.yaml has no such line", path, name)
				}
			})
		}
	}
	for name := range lines {
		if !written[name] && !family(written, name) {
			t.Errorf("%s stands in lines.yaml, but nobody says it", name)
		}
	}
}

// family reports whether a line is one of several whose names begin alike, as
// "state_" in the program: one for each state.
func family(written map[string]bool, name string) bool {
	for i, c := range name {
		if c == '_' && written[name[:i+1]] {
			return true
		}
	}
	return false
}

// said visits every string of a file, and whether it must be the name of a line
// since it is given to what says one.
func said(t *testing.T, path string, visit func(name string, must bool)) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	ast.Inspect(file, func(n ast.Node) bool {
		if text, is := n.(*ast.BasicLit); is && text.Kind == token.STRING {
			if value, err := strconv.Unquote(text.Value); err == nil {
				visit(value, false)
			}
		}
		call, is := n.(*ast.CallExpr)
		if !is || len(call.Args) == 0 {
			return true
		}
		method, is := call.Fun.(*ast.SelectorExpr)
		first, literal := call.Args[0].(*ast.BasicLit)
		if is && literal && says(method) {
			if value, err := strconv.Unquote(first.Value); err == nil {
				visit(value, true)
			}
		}
		return true
	})
}

// says reports whether a method takes the name of a line: t.say, phrases.line, phrases.text, coach.Words.
func says(method *ast.SelectorExpr) bool {
	switch method.Sel.Name {
	case "say", "Words":
		return true
	case "line", "text":
		on, is := method.X.(*ast.SelectorExpr)
		return is && on.Sel.Name == "phrases"
	}
	return false
}

func book(t *testing.T) phrases {
	t.Helper()
	lines, err := readPhrases()
	if err != nil {
		t.Fatal(err)
	}
	return lines
}

// neverSaid matches the words that no reminder says either; ours may shout once, say
// when a thing must be, and quote what the runner calls their legs.
func neverSaid(t *testing.T) *regexp.Regexp {
	t.Helper()
	var rules map[string]any
	if err := content.Decode("nudges/rules.yaml", &rules); err != nil {
		t.Fatal(err)
	}
	ours := []string{"!", "—", "–", "must", "body", "looks", "tone", "toned", "toning"}
	var words []string
	for _, item := range rules["never"].([]any) {
		if w := item.(string); !slices.Contains(ours, w) {
			words = append(words, regexp.QuoteMeta(w))
		}
	}
	return regexp.MustCompile(`\b(` + strings.Join(words, "|") + `)\b`)
}
