package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// BenchmarkUnderstand measures legcoach understand as it is built: how long after it was started
// it has answered, and the most memory that it ever held, where the system tells that.
//
//	go test ./cmd/legcoach -run '^$' -bench Understand -benchtime 1x
func BenchmarkUnderstand(b *testing.B) {
	program := filepath.Join(b.TempDir(), "legcoach")
	if out, err := exec.CommandContext(b.Context(), "go", "build", "-o", program, ".").CombinedOutput(); err != nil {
		b.Fatalf("build the program: %v\n%s", err, out)
	}
	asked := questions(b)
	for _, c := range []struct {
		name  string
		lines []string
	}{
		{"first", asked[:1]},
		{"dozen", asked[:12]},
		{"questions", asked},
		{"lines=20000", slices.Repeat(asked, 20_000/len(asked)+1)[:20_000]},
		{"hostile", hostile(asked)},
	} {
		b.Run(c.name, func(b *testing.B) {
			for range b.N {
				answered(b, program, c.lines)
			}
		})
	}
}

// questions returns what is said in the sets that reading is measured with.
func questions(b *testing.B) []string {
	files, err := filepath.Glob("../../coach/reading/testdata/questions/*.jsonl")
	if err != nil || len(files) == 0 {
		b.Fatalf("find the questions: %v", err)
	}
	var all []string
	for _, name := range files {
		text, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			var one struct{ Q string }
			if err := json.Unmarshal([]byte(line), &one); err != nil {
				b.Fatalf("%s: %v", name, err)
			}
			all = append(all, strings.ReplaceAll(one.Q, "\n", " "))
		}
	}
	return all
}

// hostile returns lines that are long, or written to be hard to read.
func hostile(asked []string) []string {
	lines := make([]string, 0, 260)
	for i := range 200 {
		lines = append(lines, strings.Join(asked[i:i+80], " "))
	}
	for i, text := range []string{"a", "ha ", "1", "-", ". ", "\u0301", "ﷺ", "\u202e😀", "did hills today and ", "not remind me tues or half six in lisbon "} {
		for n := range 6 {
			lines = append(lines, fmt.Sprint("w", i)+strings.Repeat(text, 1<<(3*n)))
		}
	}
	return lines
}

// answered has the program read lines, and reports what it took.
func answered(b *testing.B, program string, lines []string) {
	run := exec.CommandContext(b.Context(), program, "understand")
	in, err := run.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := run.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	began := time.Now()
	if err := run.Start(); err != nil {
		b.Fatal(err)
	}
	go func() { _, _ = io.WriteString(in, strings.Join(lines, "\n")+"\n") }() // what is not read is missed below
	answers := bufio.NewReader(out)
	for i := range lines {
		if _, err := answers.ReadBytes('\n'); err != nil {
			b.Fatalf("read answer %d of %d: %v", i+1, len(lines), err)
		}
		if i == 0 {
			b.ReportMetric(float64(time.Since(began).Milliseconds()), "ms-to-answer")
		}
	}
	peak(b, run)
	if err := in.Close(); err != nil {
		b.Fatal(err)
	}
	if err := run.Wait(); err != nil {
		b.Fatal(err)
	}
}

// peak reports the most memory that the process ever held.
func peak(b *testing.B, run *exec.Cmd) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", run.Process.Pid))
	if err != nil {
		return // no such thing on this system
	}
	for line := range strings.Lines(string(status)) {
		var kb float64
		if _, err := fmt.Sscanf(line, "VmHWM: %f kB", &kb); err == nil {
			b.ReportMetric(kb/1024, "MB-peak")
		}
	}
}
