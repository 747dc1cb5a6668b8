package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"legcoach/coach"
	"legcoach/coach/coachtest"
)

// TestTalkOnTheProgram plays the coach's conversations on the program itself, in
// its terminal: the words must be those that the coach alone says.
func TestTalkOnTheProgram(t *testing.T) {
	t.Parallel()
	coachtest.Play(t, "../../coach/testdata/talk", func(t *testing.T, zone *time.Location) coachtest.Hold {
		return &spoken{zone: zone}
	})
}

// spoken holds a conversation with the program, through its terminal for programs.
type spoken struct {
	zone *time.Location
	in   io.Writer
	out  *json.Decoder
}

// begin starts the program at a time.
func (s *spoken) begin(t *testing.T, at time.Time) {
	chat := command(t, "chat", "--json", "--zone", s.zone.String(), "--at", at.UTC().Format(time.RFC3339))
	in, err := chat.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := chat.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var complaints bytes.Buffer
	chat.Stderr = &complaints
	if err := chat.Start(); err != nil {
		t.Fatal(err)
	}
	s.in, s.out = in, json.NewDecoder(bufio.NewReader(out))
	t.Cleanup(func() {
		_ = in.Close() // the program ends with its input
		if err := chat.Wait(); err != nil || complaints.Len() > 0 {
			t.Errorf("chat ended with %v and complained %q", err, &complaints)
		}
	})
}

func (s *spoken) Say(t *testing.T, text string, _ time.Time) []coach.Line { return s.enter(t, text) }

func (s *spoken) Pass(t *testing.T, until time.Time) []coach.Line {
	if s.out == nil {
		s.begin(t, until)
		return nil
	}
	return s.enter(t, "/at "+until.UTC().Format(time.RFC3339))
}

// enter types a line and returns what is said before the state that ends its answer.
func (s *spoken) enter(t *testing.T, line string) []coach.Line {
	t.Helper()
	if _, err := fmt.Fprintln(s.in, line); err != nil {
		t.Fatal(err)
	}
	var lines []coach.Line
	for {
		var o struct {
			State                      json.RawMessage
			Say, Quote, Section, Worth string
			Choices                    []coach.Choice
			File                       *coach.File
		}
		if err := s.out.Decode(&o); err != nil {
			t.Fatalf("read the answer to %q: %v", line, err)
		}
		if o.State != nil {
			return lines
		}
		lines = append(lines, coach.Line{Text: o.Say, Quote: o.Quote, Section: o.Section, Worth: o.Worth, Choices: o.Choices, File: o.File})
	}
}

// TestReminderComesWhileNothingIsTyped waits at the terminal: what becomes due is said in its minute.
func TestReminderComesWhileNothingIsTyped(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		in, keyboard := io.Pipe()
		var screen screen
		done := make(chan int)
		go func() { done <- program{in, &screen, io.Discard}.run(t.Context(), []string{"chat", "--zone", "UTC"}) }()
		typeLine := func(text string) {
			if _, err := io.WriteString(keyboard, text+"\n"); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
		}
		typeLine("remind me of hills on tuesdays at 6pm") // it is Saturday, 1 January 2000, 00:00
		before := len(screen.String())
		time.Sleep(3*24*time.Hour + 18*time.Hour - time.Second)
		synctest.Wait()
		if early := screen.String()[before:]; early != "" {
			t.Errorf("a second before six the terminal shows %q, want nothing", early)
		}
		time.Sleep(time.Minute)
		synctest.Wait()
		if nudge := screen.String()[before:]; !strings.Contains(nudge, "[Done]") {
			t.Errorf("after six the terminal shows %q, want the reminder", nudge)
		}
		keyboard.Close()
		if code := <-done; code != exitOK {
			t.Errorf("exit %d, want 0", code)
		}
	})
}

// screen is what a program has written so far.
type screen struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.Write(p)
}

func (s *screen) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text.String()
}
