package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestJSONShape holds what programs rely on: for every line of input, commands,
// /at and empty lines too, an object per reply and then one for the runner.
func TestJSONShape(t *testing.T) {
	input := []string{"/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest", "/remind on",
		"does running tone legs?", "", "did hills today", "/at +3d", "/at nonsense", "/pause until 20 december", "/streak"}
	replies, states := converse(t, strings.Join(input, "\n"))
	if len(states) != len(input) {
		t.Fatalf("%d states for %d lines of input", len(states), len(input))
	}
	sometimes := []string{"quote", "section", "worth", "choices", "nudge", "private", "file"}
	seen := map[string]bool{}
	for _, r := range replies {
		for key, value := range r {
			seen[key] = true
			if key != "at" && key != "say" && (!slices.Contains(sometimes, key) || slices.Contains([]string{`""`, "[]", "false", "null"}, string(value))) {
				t.Errorf("a reply holds %q: %s", key, value)
			}
		}
		if at, err := time.Parse(`"2006-01-02T15:04:05Z"`, string(r["at"])); err != nil || at.Year() != 2026 || r["say"] == nil {
			t.Errorf("a reply is said at %s: %v", r["at"], err)
		}
	}
	for _, key := range []string{"quote", "section", "choices", "nudge", "private"} {
		if !seen[key] {
			t.Errorf("no reply has %q", key)
		}
	}
	keys := []string{"best", "date", "days", "freezes", "level", "next", "paused_until", "plan", "rests", "sessions", "streak", "strength", "week", "zone"}
	for _, s := range states {
		if got := slices.Sorted(maps.Keys(s)); !slices.Equal(got, keys) {
			t.Errorf("a state holds %v, want %v", got, keys)
		}
	}
	checkState(t, states[5], states[7])
}

// checkState looks into the state with reminders to come, and into the one of a pause.
func checkState(t *testing.T, reminded, paused map[string]json.RawMessage) {
	t.Helper()
	var next []struct {
		At   time.Time
		Kind string
	}
	var days, plan map[string]string
	for key, into := range map[string]any{"next": &next, "days": &days, "plan": &plan} {
		if err := json.Unmarshal(reminded[key], into); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
	if len(next) != 7 || next[0].At.Location() != time.UTC || next[0].Kind == "" {
		t.Errorf("next is %v, want 7 reminders in UTC", next)
	}
	if len(days) != 4 || days["2026-11-24"] != "DONE" {
		t.Errorf("days are %v, want the four since the runner began, the first of them done", days)
	}
	if len(plan) != 7 || plan["mon"] != "hill" {
		t.Errorf("the plan is %v, want a kind for mon to sun", plan)
	}
	if got := string(paused["paused_until"]); got != `"2026-12-20"` {
		t.Errorf("paused until %s", got)
	}
}

// converse types lines at a terminal for programs, and returns what it prints.
func converse(t *testing.T, input string) (replies, states []map[string]json.RawMessage) {
	t.Helper()
	var out, complaints bytes.Buffer
	p := program{strings.NewReader(input), &out, &complaints}
	if code := p.run(t.Context(), []string{"chat", "--json", "--at", "2026-11-24T18:00:00Z"}); code != exitOK || complaints.Len() > 0 {
		t.Fatalf("exit %d: %s", code, &complaints)
	}
	for line := range bytes.Lines(out.Bytes()) {
		var o map[string]json.RawMessage
		if err := json.Unmarshal(line, &o); err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		state, is := o["state"]
		if !is {
			replies = append(replies, o)
			continue
		}
		var s map[string]json.RawMessage
		if err := json.Unmarshal(state, &s); err != nil || len(o) != 1 {
			t.Fatalf("%s: %v", line, err)
		}
		states = append(states, s)
	}
	return replies, states
}

// TestAnyBytesAreHeard types what no keyboard types. Every line is answered or
// left alone, and the one after it is understood.
func TestAnyBytesAreHeard(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 4096)
	for i := range noise {
		noise[i] = byte(random.Uint32())
	}
	lines := []string{"\x00", "\xff\xfe\xfd", "what \xc3\x28 is it", strings.Repeat("tell me ", 1<<20/8), "\u202e\u200b\u0000\ufffd", "/\x00 \x1b[2J",
		"/at \xff", "/undo #99999999999999999999", strings.Repeat("🏔️", 5000), string(bytes.ReplaceAll(noise, []byte("\n"), nil)), "did hills today"}
	replies, states := converse(t, strings.Join(lines, "\r\n"))
	if len(states) != len(lines) {
		t.Errorf("%d states for %d lines", len(states), len(lines))
	}
	if last := string(replies[len(replies)-1]["say"]); !strings.HasPrefix(last, `"Hills today: counted.`) {
		t.Errorf("the last line is answered with %s", last)
	}
	if got := string(states[len(states)-1]["sessions"]); got != "1" {
		t.Errorf("%s sessions are logged, want 1", got)
	}
}

// TestHeldStore finds that a store serves one process, and says so.
func TestHeldStore(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "legs.db")
	holder := command(t, "chat", "--data", data)
	in, err := holder.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := holder.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := holder.Start(); err != nil {
		t.Fatal(err)
	}
	fmt.Fprintln(in, "did hills today")
	if _, err := io.ReadFull(out, make([]byte, 16)); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"chat", "--data", data}, {"stats", "--data", data}, {"due", "--data", data}} {
		cmd := command(t, args...)
		complaint, err := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() != exitFailed || strings.Count(string(complaint), "\n") != 1 || !strings.Contains(string(complaint), "process") {
			t.Errorf("%v on a held store: %v: %s", args, err, complaint)
		}
	}
	in.Close()
	_, _ = io.Copy(io.Discard, out) // until it ends
	if err := holder.Wait(); err != nil {
		t.Errorf("the holder ended with %v", err)
	}
}
