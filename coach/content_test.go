package coach_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestWordsAreContent says that no sentence, label or list of words stands in
// the coach's code: whatever is said, or understood, is a line of a content file.
func TestWordsAreContent(t *testing.T) {
	names, err := fs.Glob(os.DirFS("."), "*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec, *ast.Field: // the tags of fields are no words
				return false
			case *ast.CallExpr: // what goes wrong is said to developers
				return !forDevelopers(n)
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && worded(text) {
					t.Errorf("%s: %q belongs in a content file", files.Position(n.Pos()), text)
				}
			}
			return true
		})
	}
}

// forDevelopers reports whether a call makes an error or panics.
func forDevelopers(call *ast.CallExpr) bool {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name == "panic"
	case *ast.SelectorExpr:
		return f.Sel.Name == "Errorf" || f.Sel.Name == "New"
	}
	return false
}

// worded reports whether a text is words, and not a name, a command or a layout of a date.
func worded(text string) bool {
	return !strings.HasPrefix(text, "/") && words.MatchString(text)
}

var words = regexp.MustCompile(`[A-Za-z']{2,}[,.!?]? +[A-Za-z']{2,}|[A-Z][a-z]+ing\b`)
