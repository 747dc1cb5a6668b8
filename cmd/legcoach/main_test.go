package main

import (
	"errors"
	"os/exec"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain makes the program itself a command that the tests can run: "legcoach".
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"legcoach": main})
}

// TestScripts tries the program as its user meets it. Each file of
// testdata/script is a session in a terminal.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			server := newBotAPI(t)
			env.Setenv("TELEGRAM", server.URL)
			for _, name := range []string{"LEGCOACH_TELEGRAM_TOKEN", "LEGCOACH_DISCORD_TOKEN", "LEGCOACH_TELEGRAM_WEBHOOK_SECRET"} {
				env.Setenv(name, "")
			}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits},
	})
}

// exits runs a command and wants an exit code: "exits 2 legcoach nonsense".
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var failed *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &failed) {
		got = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("%v: exit %d, want %d", args[1:], got, want)
	}
}
