package main

import (
	"bufio"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/store/bolt"
)

// BenchmarkFirstAnswer starts the built program and waits for its first answer,
// with an empty store and with one of many runners: 100,000, or as many as
// LEGCOACH_RUNNERS says. It also reports the memory that the idle program holds.
func BenchmarkFirstAnswer(b *testing.B) {
	folder := b.TempDir()
	binary := filepath.Join(folder, "legcoach")
	build := exec.Command("go", "build", "-trimpath", "-o", binary, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		b.Fatalf("%v: %s", err, out)
	}
	many := 100_000
	if n, err := strconv.Atoi(os.Getenv("LEGCOACH_RUNNERS")); err == nil {
		many = n
	}
	for _, runners := range []int{0, many} {
		b.Run(fmt.Sprintf("runners=%d", runners), func(b *testing.B) {
			data := filepath.Join(folder, fmt.Sprintf("%d.db", runners))
			fillStore(b, data, runners)
			var resident float64
			for b.Loop() {
				resident = firstAnswer(b, binary, data)
			}
			b.ReportMetric(resident, "MB-resident")
		})
	}
}

// fillStore makes a store of runners, all to be woken at different times.
func fillStore(b *testing.B, path string, runners int) {
	b.Helper()
	s, err := bolt.Open(path, bolt.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	rules, err := defaultConfig().coach()
	if err != nil {
		b.Fatal(err)
	}
	c, err := coach.New(rules)
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)
	model, _ := c.Step(coach.Runner{ID: "console/0"}, coach.Said{Text: "remind me of hills on tuesdays at 6pm"}, now)
	const together = 256
	done := make(chan error, together)
	for worker := range together {
		go func() {
			var failed error
			for n := worker; n < runners && failed == nil; n += together {
				id := coach.ID(fmt.Sprintf("telegram/%d", n))
				_, failed = s.Update(b.Context(), id, "", now, func(coach.Runner) (coach.Runner, []coach.Line) {
					r := model
					r.ID, r.Wake = id, r.Wake.Add(time.Duration(n)*time.Millisecond)
					return r, nil
				})
			}
			done <- failed
		}()
	}
	for range together {
		if err := <-done; err != nil {
			b.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// firstAnswer starts the program, asks, and returns how many MB it holds once it has answered.
func firstAnswer(b *testing.B, binary, data string) float64 {
	chat := exec.Command(binary, "chat", "--data", data)
	in, err := chat.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := chat.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := chat.Start(); err != nil {
		b.Fatal(err)
	}
	fmt.Fprintln(in, "does running tone legs?")
	answer := bufio.NewReader(out)
	if line, err := answer.ReadString('\n'); err != nil || !strings.HasPrefix(line, "Yes.") {
		b.Fatalf("the first answer is %q, %v", line, err)
	}
	resident := residentMB(chat.Process.Pid)
	in.Close()
	_, _ = io.Copy(io.Discard, answer) // until it ends
	if err := chat.Wait(); err != nil {
		b.Fatal(err)
	}
	return resident
}

// residentMB is what the system says a process holds; zero where it does not say.
func residentMB(pid int) float64 {
	data, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0
	}
	_, after, _ := strings.Cut(string(data), "VmRSS:")
	kB := 0.0
	_, _ = fmt.Sscan(after, &kB) // zero if it is not there
	return kB / 1024
}
