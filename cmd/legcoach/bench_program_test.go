package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
	"legcoach/store/bolt"
)

// What the whole program takes, measured on the program itself, with as many
// runners as LEGCOACH_RUNNERS says, or 20,000, who came between today and three years
// ago (crowd). Making a million takes some minutes and 2 GB where temporary files are:
//
//	LEGCOACH_RUNNERS=1000000 go test ./cmd/legcoach -run '^$' -bench Program -benchtime 1x -timeout 30m

// runners is how many there are in the store that is measured.
func runners(b *testing.B) int {
	n, err := strconv.Atoi(os.Getenv("LEGCOACH_RUNNERS"))
	if err != nil {
		return 20_000
	}
	if n < 1000 {
		b.Fatal("LEGCOACH_RUNNERS is less than 1000")
	}
	return n
}

// BenchmarkProgram makes the stores once, and measures the program on them.
func BenchmarkProgram(b *testing.B) {
	n := runners(b)
	empty, few, all := newProgram(b, b.TempDir()), newProgram(b, b.TempDir()), newProgram(b, b.TempDir())
	few.fill(b, 10_000)
	all.fill(b, n)
	b.Run("start/runners=0", empty.benchStart)
	b.Run(fmt.Sprint("start/runners=", n), func(b *testing.B) { all.benchStart(b); all.size(b, n) })
	b.Run("tick/runners=10000", func(b *testing.B) { few.benchTick(b, 10_000) })
	b.Run(fmt.Sprint("tick/runners=", n), func(b *testing.B) { all.benchTick(b, n) })
	b.Run(fmt.Sprint("load/due=", n/10), func(b *testing.B) { all.benchLoad(b, n, n/10) })
}

// benchStart measures how long the program takes from being started to its
// first answer, and how much memory it holds when it is idle after that.
func (p *proven) benchStart(b *testing.B) {
	var took []float64
	b.ResetTimer()
	for i := range max(b.N, 5) {
		p.tally.says(writer(i), "does running tone legs?")
		began := time.Now()
		run := p.start(b)
		for len(p.tally.seen(fmt.Sprint("telegram/", writer(i)))) == 0 {
			if time.Since(began) > time.Minute {
				b.Fatalf("no answer:\n%s", p.log)
			}
			time.Sleep(time.Millisecond)
		}
		took = append(took, float64(time.Since(began).Milliseconds()))
		if i == 0 {
			time.Sleep(5 * time.Second)
			p.memory(b, run)
		}
		p.stop(b, run)
	}
	slices.Sort(took)
	b.ReportMetric(took[len(took)/2], "ms-to-answer")
	b.ReportMetric(0, "ns/op")
}

// benchTick measures a tick that wakes a thousand, of which most is left to others, and one that wakes nobody.
func (p *proven) benchTick(b *testing.B, n int) {
	s := p.open(b)
	defer s.Close()
	t := bot.New(p.coach, s, slog.New(slog.DiscardHandler), bottest.NewFake("telegram", bot.Limits{Parallel: 1}))
	var idle, busy, cpu []float64
	b.ResetTimer()
	for range max(b.N, 5) {
		began := time.Now()
		t.Wake(b.Context(), time.Now())
		idle = append(idle, float64(time.Since(began).Microseconds()))
		p.due(b, s, n, 1000)
		spent := cpuTime()
		began = time.Now()
		t.Wake(b.Context(), began)
		busy = append(busy, float64(time.Since(began).Milliseconds()))
		cpu = append(cpu, float64((cpuTime() - spent).Milliseconds()))
	}
	slices.Sort(idle)
	slices.Sort(busy)
	slices.Sort(cpu)
	b.ReportMetric(idle[len(idle)/2], "µs-tick-idle")
	b.ReportMetric(busy[len(busy)/2], "ms-tick-1000")
	b.ReportMetric(cpu[len(cpu)/2], "ms-cpu-tick-1000")
	b.ReportMetric(0, "ns/op")
}

// proven is the program, its store and who counts what it says.
type proven struct {
	tally        *tally
	config, data string
	coach        *coach.Coach
	crowded      []coach.Runner
	log          *bytes.Buffer
}

func newProgram(b *testing.B, folder string) *proven {
	p := &proven{tally: newTally(b), config: filepath.Join(folder, "config.yaml"), data: filepath.Join(folder, "legs.db"), log: new(bytes.Buffer)}
	p.configure(b, false)
	return p
}

// configure writes the configuration, with Telegram alone or Discord too.
func (p *proven) configure(b *testing.B, discord bool) {
	text := fmt.Sprintf("store: bolt:%s\ntelegram: {token: %q, api: %q}\ndefaults: {zone: %s, quiet: \"22:00-06:00\"}\n",
		p.data, tallyToken, p.tally.URL, noon(time.Now()))
	if discord {
		text += fmt.Sprintf("discord: {token: test.token, api: %q}\n", p.tally.URL)
	}
	if err := os.WriteFile(p.config, []byte(text), 0o600); err != nil {
		b.Fatal(err)
	}
	config, err := loadConfig(p.config)
	if err != nil {
		b.Fatal(err)
	}
	if p.coach, err = newCoach(config); err != nil {
		b.Fatal(err)
	}
}

func (p *proven) start(b *testing.B) *exec.Cmd {
	run := command(b, "run", "--config", p.config)
	run.Stdout, run.Stderr = io.Discard, p.log
	if err := run.Start(); err != nil {
		b.Fatal(err)
	}
	return run
}

func (p *proven) stop(b *testing.B, run *exec.Cmd) {
	began := time.Now()
	if err := run.Process.Signal(syscall.SIGTERM); err != nil {
		b.Fatal(err)
	}
	if err := run.Wait(); err != nil || time.Since(began) > 10*time.Second {
		b.Errorf("told to stop, it ended after %v with %v", time.Since(began), err)
	}
}

// memory reports what the process holds: of its own, and of the file beneath it.
func (p *proven) memory(b *testing.B, run *exec.Cmd) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", run.Process.Pid))
	if err != nil {
		return // no such thing on this system
	}
	for _, line := range strings.Split(string(status), "\n") {
		var name string
		var kb float64
		if _, err := fmt.Sscan(line, &name, &kb); err != nil {
			continue
		}
		switch name {
		case "RssAnon:":
			b.ReportMetric(kb/1024, "MB-own")
		case "RssFile:":
			b.ReportMetric(kb/1024, "MB-mapped")
		}
	}
}

func (p *proven) open(b *testing.B) *bolt.Store {
	s, err := bolt.Open(p.data, bolt.Options{Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		b.Fatal(err)
	}
	return s
}

func (p *proven) size(b *testing.B, n int) {
	info, err := os.Stat(p.data)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/(1<<20), "MB-file")
	b.ReportMetric(float64(info.Size())/float64(n), "B/runner")
}

// runnerOf is the i-th runner of n, of whom the second half is on Discord. People
// do not come in the order of their numbers.
func runnerOf(i, n int) coach.ID {
	platform := "telegram"
	if i >= n/2 {
		platform = "discord"
	}
	return coach.ID(fmt.Sprintf("%s/%d", platform, 100_000_000+i*7_368_787%899_999_963))
}

// fill makes n runners who are not due for hours.
func (p *proven) fill(b *testing.B, n int) {
	b.Helper()
	now := time.Now()
	models := p.crowd(b, now)
	s := p.open(b)
	p.put(b, s, n, func(i int) (coach.ID, coach.Runner) {
		r := models[i%len(models)]
		r.ID, r.Wake = runnerOf(i, n), now.Add(3*time.Hour+time.Duration(i*7919%86400)*time.Second)
		return r.ID, r
	})
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
}

// due makes the first of n runners due now, on both platforms alike. As in
// earnest they are to be woken in the course of some seconds, in no order.
func (p *proven) due(b *testing.B, s *bolt.Store, n, many int) {
	b.Helper()
	model := p.reminded(b)
	p.put(b, s, many, func(i int) (coach.ID, coach.Runner) {
		r := model
		if r.ID = runnerOf(i/2, n); i%2 == 1 {
			r.ID = runnerOf(n/2+i/2, n)
		}
		r.Wake = r.Wake.Add(-time.Duration(i*7919%40_000) * time.Millisecond)
		return r.ID, r
	})
	sideBySide(many/2, func(i int) {
		local := runnerOf(n/2+i, n).Local() // they have written before, so their private chat is known
		if err := s.SetNote(b.Context(), "discord/dm/"+local, []byte("="+local)); err != nil {
			b.Error(err)
		}
	})
}

// put writes runners, many side by side.
func (p *proven) put(b *testing.B, s *bolt.Store, n int, of func(i int) (coach.ID, coach.Runner)) {
	b.Helper()
	sideBySide(n, func(i int) {
		id, r := of(i)
		_, err := s.Update(context.Background(), id, "", time.Now(), func(coach.Runner) (coach.Runner, []coach.Line) { return r, nil })
		if err != nil {
			b.Error(err)
		}
	})
}

// sideBySide does something n times, many at once, so that the store commits them together.
func sideBySide(n int, do func(i int)) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range 512 {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
				do(i)
			}
		})
	}
	all.Wait()
}

// reminded is a runner whose reminder is due now, whatever their number.
func (p *proven) reminded(b *testing.B) coach.Runner {
	zone, err := time.LoadLocation(noon(time.Now()))
	if err != nil {
		b.Fatal(err)
	}
	at := time.Now().Add(-jitter - time.Minute).In(zone)
	text := fmt.Sprintf("/remind hill on %s at %s", strings.ToLower(at.Weekday().String()), at.Format("15:04"))
	r, _ := p.coach.Step(coach.Runner{ID: "telegram/1"}, coach.Said{Text: text, Zone: zone.String()}, at.Add(-20*time.Hour))
	if r.Wake.IsZero() || r.Wake.After(time.Now()) {
		b.Fatalf("%q makes a runner that wakes at %v", text, r.Wake)
	}
	return r
}

func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
