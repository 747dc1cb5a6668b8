package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// source is one Go file of the module.
type source struct {
	path string // "coach/day/zone.go"
	file *ast.File
}

func (s source) folder() string { return path.Dir(s.path) }
func (s source) test() bool     { return strings.HasSuffix(s.path, "_test.go") }

// sources parses every Go file of the module.
func sources(t *testing.T) []source {
	t.Helper()
	const root = "../.."
	var all []source
	err := fs.WalkDir(os.DirFS(root), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && name != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go"):
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, name), nil, parser.ParseComments)
		all = append(all, source{name, file})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// arrows say what may be imported beside the standard library: a room, and the
// paths that it leads to, "/..." for everything below. The longest room counts.
var arrows = map[string][]string{
	"coach": {"legcoach/coach/...", // and pure libraries: nothing that does I/O
		"go.yaml.in/yaml/v3", "github.com/kljensen/snowball/...", "golang.org/x/text/...", "github.com/agnivade/levenshtein", "github.com/klauspost/compress/s2", "github.com/ringsaturn/...", "google.golang.org/protobuf/proto"},
	"store":           {"legcoach/coach"},
	"store/memory":    {"legcoach/coach", "legcoach/store"},
	"store/bolt":      {"legcoach/coach", "legcoach/store", "go.etcd.io/bbolt/..."},
	"store/storetest": {"legcoach/coach/...", "legcoach/store", "legcoach/store/memory", "pgregory.net/rapid"}, // memory is the model
	"bot": {"legcoach/coach/...", "legcoach/store", "github.com/robfig/cron/v3", "golang.org/x/sync/...", "golang.org/x/time/...",
		"github.com/prometheus/client_golang/..."},
	"bot/bottest":  {"legcoach/bot", "legcoach/coach", "legcoach/coach/coachtest", "legcoach/store/memory"},
	"bot/console":  {"legcoach/bot", "legcoach/coach"},
	"bot/telegram": {"legcoach/bot", "legcoach/coach/...", "legcoach/store", "golang.org/x/sync/...", "github.com/go-telegram-bot-api/telegram-bot-api/v5", "golang.org/x/time/...", "golang.org/x/net/..."},
	"bot/discord": {"legcoach/bot", "legcoach/coach/...", "legcoach/store", "github.com/bwmarrin/discordgo", "github.com/gorilla/websocket",
		"golang.org/x/time/...", "golang.org/x/sync/..."},
	"cmd": {"..."},
}

// TestArrows holds who may import whom. Siblings never import one another; they meet in cmd.
func TestArrows(t *testing.T) {
	for _, s := range sources(t) {
		room := s.folder()
		for arrows[room] == nil {
			if room = path.Dir(room); room == "." {
				t.Fatalf("%s stands in no room that arrows names", s.path)
			}
		}
		for _, spec := range s.file.Imports {
			to, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			first, _, _ := strings.Cut(to, "/")
			standard := first != "legcoach" && !strings.Contains(first, ".")
			own := to == "legcoach/"+s.folder() // of a test that stands outside its package
			if !standard && !own && !leads(arrows[room], to) && !(s.test() && leads(testArrows, to)) && !(s.test() && wired(room, to)) {
				t.Errorf("%s imports %s; from %s the arrows lead to %v", s.path, to, room, arrows[room])
			}
		}
	}
}

// testArrows are what tests may import besides: the checks, and what they check with.
var testArrows = []string{"legcoach/coach/...", "legcoach/store/storetest", "legcoach/bot/bottest", "pgregory.net/rapid", "github.com/robfig/cron/v3", "github.com/rogpeppe/go-internal/...", "github.com/blevesearch/bleve/v2/..."}

// wired reports whether a test may join rooms: the conversations are played on a
// bot with a real store, whose file is also hurt, and the platforms' against a real bot.
func wired(room, to string) bool {
	return strings.HasPrefix(room, "bot") && leads([]string{"legcoach/store/memory", "legcoach/store/bolt", "go.etcd.io/bbolt/...", "github.com/gorilla/websocket"}, to)
}

func leads(to []string, pkg string) bool {
	return slices.ContainsFunc(to, func(arrow string) bool {
		below, any := strings.CutSuffix(arrow, "...")
		return pkg == arrow || any && (strings.HasPrefix(pkg, below) || pkg == strings.TrimSuffix(below, "/"))
	})
}

// TestCoachAndStoreAreToldTheTime finds no clock in what decides and what commits.
func TestCoachAndStoreAreToldTheTime(t *testing.T) {
	clocks := []string{"Now", "Since", "Until", "Sleep", "After", "AfterFunc", "NewTimer", "NewTicker", "Tick"}
	for _, s := range sources(t) {
		pure := strings.HasPrefix(s.path, "coach/") || strings.HasPrefix(s.path, "store/") && !strings.HasPrefix(s.path, "store/storetest/")
		if !pure || s.test() || generates(s.file) {
			continue
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			sel, is := n.(*ast.SelectorExpr)
			if !is || !slices.Contains(clocks, sel.Sel.Name) {
				return true
			}
			if pkg, is := sel.X.(*ast.Ident); is && pkg.Name == "time" && pkg.Obj == nil {
				t.Errorf("%s reads the clock: time.%s", s.path, sel.Sel.Name)
			}
			return true
		})
	}
}

// TestCoachIsPure finds no goroutine, network or disk in what decides.
func TestCoachIsPure(t *testing.T) {
	impure := []string{"net", "net/http", "os", "os/exec", "io/ioutil", "syscall", "database/sql", "log", "log/slog", "math/rand"} // math/rand/v2 with a seed is a function of its seed
	for _, s := range sources(t) {
		if !strings.HasPrefix(s.path, "coach/") || strings.HasPrefix(s.path, "coach/coachtest/") || s.test() || generates(s.file) {
			continue
		}
		for _, spec := range s.file.Imports {
			if to, _ := strconv.Unquote(spec.Path.Value); slices.Contains(impure, to) {
				t.Errorf("%s imports %s", s.path, to)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			_, starts := n.(*ast.GoStmt)
			if of, is := n.(*ast.SelectorExpr); is && of.Sel.Name == "Go" { // as of a sync.WaitGroup
				starts = true
			}
			if starts {
				t.Errorf("%s starts a goroutine", s.path)
			}
			return true
		})
	}
}

// generates reports whether a file is built only to be run by go generate.
func generates(f *ast.File) bool {
	for _, group := range f.Comments {
		for _, c := range group.List {
			if c.Text == "//go:build ignore" {
				return true
			}
		}
	}
	return false
}

// TestEveryPackageHasItsTour finds a package comment in every folder.
func TestEveryPackageHasItsTour(t *testing.T) {
	told := map[string]bool{}
	for _, s := range sources(t) {
		if s.test() || generates(s.file) {
			continue
		}
		begins := "Package " + s.file.Name.Name + " "
		if s.file.Name.Name == "main" {
			begins = "Command " + path.Base(s.folder()) + " "
		}
		told[s.folder()] = told[s.folder()] || strings.HasPrefix(s.file.Doc.Text(), begins)
	}
	for folder, is := range told {
		if !is {
			t.Errorf("no file of %s has a package comment", folder)
		}
	}
}
