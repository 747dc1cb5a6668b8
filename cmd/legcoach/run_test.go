package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestRunAnswersAndEndsOnSIGTERM starts the program on a Bot API server, talks to
// it, asks for its health, and tells it to stop: it exits 0 within 10 seconds
// with everything committed, and goes on where it was when it is started again.
func TestRunAnswersAndEndsOnSIGTERM(t *testing.T) {
	t.Parallel()
	server := newBotAPI(t)
	folder := t.TempDir()
	listen := freeAddress(t)
	config := fmt.Sprintf("store: bolt:%s\ntelegram: {token: %q, api: %q}\nhttp: {listen: %q}\n",
		filepath.Join(folder, "legs.db"), goodToken, server.URL, listen)
	path := filepath.Join(folder, "config.yaml")
	if err := os.WriteFile(path, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}

	stop := startRun(t, path)
	server.say("did hills today")
	logged := regexp.MustCompile(`^Hills( today: counted\.|: counted for \w{3} .*, since your day ends at 04:00\.) 1 day on plan`) // by night for the day before
	if got := server.heard(t); !logged.MatchString(got) {
		t.Errorf("the bot said %q, want %s", got, logged)
	}
	if out, err := command(t, "healthy", "--config", path).CombinedOutput(); err != nil {
		t.Errorf("healthy: %v: %s", err, out)
	}
	stop()

	out, err := command(t, "export", "--data", filepath.Join(folder, "legs.db"), "telegram/42").Output()
	if err != nil || !json.Valid(out) {
		t.Errorf("export: %v: %s", err, out)
	}
	stop = startRun(t, path)
	server.say("/streak")
	if got, want := server.heard(t), "1 day on plan (1 session + 0 rest)."; !strings.HasPrefix(got, want) {
		t.Errorf("after a restart the bot said %q, want %q…", got, want)
	}
	stop()
	select {
	case extra := <-server.sent:
		t.Errorf("the bot also said %q", extra)
	default:
	}
}

// startRun runs the bot, and returns what stops it and looks at how it ended.
func startRun(t *testing.T, config string) (stop func()) {
	t.Helper()
	run := command(t, "run", "--config", config)
	var log bytes.Buffer
	run.Stdout, run.Stderr = &log, &log
	if err := run.Start(); err != nil {
		t.Fatal(err)
	}
	return func() {
		t.Helper()
		began := time.Now()
		if err := run.Process.Signal(syscall.SIGTERM); err != nil {
			t.Fatal(err)
		}
		err := run.Wait()
		if took := time.Since(began); err != nil || took > 10*time.Second {
			t.Errorf("run ended after %v with %v, want exit 0 within 10s; it logged:\n%s", took, err, &log)
		}
		if strings.Contains(log.String(), goodToken) {
			t.Errorf("the token is in the log:\n%s", &log)
		}
	}
}

// command is the program with arguments, as its user runs it.
func command(t testing.TB, args ...string) *exec.Cmd {
	cmd := exec.Command("legcoach", args...)
	cmd.Dir = t.TempDir()
	t.Cleanup(func() {
		if cmd.Process != nil {
			_ = cmd.Process.Kill() // unless it has ended
		}
	})
	return cmd
}

// heard returns the next message that the bot sends.
func (f *botAPI) heard(t *testing.T) string {
	t.Helper()
	select {
	case text := <-f.sent:
		return text
	case <-time.After(60 * time.Second):
		t.Fatal("the bot says nothing")
		return ""
	}
}

func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}
