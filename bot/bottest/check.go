package bottest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// Service is a platform's other end: a person, and the faults of the network between.
type Service interface {
	// Open returns the platform under test, connected to this service.
	Open(t *testing.T) bot.Platform
	// Person is the address at which the platform should hear the person.
	Person() coach.ID
	// Say plays the person writing in private.
	Say(t *testing.T, text string)
	// Again reports the latest thing that the person did once more, as networks do.
	Again(t *testing.T)
	// Tap plays the person tapping a choice of the latest message that shows it.
	Tap(t *testing.T, label string)
	// Seen returns the messages that the person sees, oldest first, as they stand now.
	Seen(t *testing.T) []Sight
	// Fault makes the next send end as told. A service that cannot play it returns false.
	Fault(t *testing.T, f Fault) bool
}

// Sight is a message as a person sees it, without the platform's decoration.
type Sight struct {
	Text    string // everything readable, quote included
	Choices []string
	Silent  bool
}

// Fault is something that can go wrong with a send.
type Fault int

// The faults, each with the error that Send must return.
const (
	Blocked  Fault = iota // the person blocked the bot: ErrGone
	Slow                  // too many requests, wait 3 s: *DelayError
	Lost                  // said, and the answer lost: ErrUnknown
	Unsaid                // the connection was refused or the server broke before anything was read: another error, or ErrUnknown
	Rejected              // the message is never acceptable: ErrRefused
)

// patience is how long a check waits for something that must happen.
const patience = 20 * time.Second

// Check holds a platform to the contract of bot.Platform.
func Check(t *testing.T, open func(t *testing.T) Service) {
	tests := map[string]func(*testing.T, *room){
		"words arrive from their person":                wordsArrive,
		"the same report has the same key":              sameKey,
		"what could not be heard is offered again":      offeredAgain,
		"one person's words arrive in order":            inOrder,
		"a line is shown with its quote and choices":    shown,
		"a tapped choice says its words":                tapped,
		"a line takes the place of the tapped message":  inPlace,
		"a line replaces an earlier one by its name":    replaced,
		"a quiet line is never said anew":               quiet,
		"a silent line makes no sound":                  silent,
		"whatever the text holds, it is shown as it is": hostile,
		"long text is all there":                        long,
		"a fault says what became of the message":       faults,
		"listening ends when it is told to":             ends,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			test(t, enter(t, open(t)))
		})
	}
}

// room is a platform that listens, and what it heard.
type room struct {
	Service
	p     bot.Platform
	heard chan bot.Heard
	deaf  chan int // how many events to fail
	stop  func() error
	seq   uint64
}

func enter(t *testing.T, s Service) *room {
	r := &room{Service: s, p: s.Open(t), heard: make(chan bot.Heard, 100), deaf: make(chan int, 1)}
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan error, 1)
	failing := 0
	go func() {
		done <- r.p.Listen(ctx, func(_ context.Context, h bot.Heard) error {
			select {
			case n := <-r.deaf:
				failing = n
			default:
			}
			if failing > 0 {
				failing--
				return errors.New("the store is busy")
			}
			r.heard <- h
			return nil
		})
	}()
	r.stop = func() error { cancel(); return <-done }
	t.Cleanup(func() {
		if err := r.stop(); err != nil {
			t.Errorf("Listen ended with %v, want nil", err)
		}
	})
	return r
}

// next returns the next thing said in private by the person.
func (r *room) next(t *testing.T) (bot.Heard, coach.Said) {
	t.Helper()
	select {
	case h := <-r.heard:
		said, ok := h.Event.(coach.Said)
		if !ok {
			t.Fatalf("heard %T, want coach.Said", h.Event)
		}
		return h, said
	case <-time.After(patience):
		t.Fatal("nothing was heard")
		panic("unreachable")
	}
}

func (r *room) send(t *testing.T, line coach.Line, with ...func(*bot.Message)) (string, error) {
	t.Helper()
	r.seq++
	m := bot.Message{Seq: r.seq, Runner: r.Person(), To: r.Person(), Line: line, Queued: time.Now(), Tries: 1}
	for _, w := range with {
		w(&m)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	return r.p.Send(ctx, m)
}

func (r *room) must(t *testing.T, line coach.Line, with ...func(*bot.Message)) string {
	t.Helper()
	ref, err := r.send(t, line, with...)
	if err != nil {
		t.Fatalf("Send(%q) = %v", line.Text, err)
	}
	return ref
}

// sees waits until the person sees text somewhere.
func (r *room) sees(t *testing.T, text string) Sight {
	t.Helper()
	deadline := time.Now().Add(patience)
	for {
		for _, s := range r.Seen(t) {
			if strings.Contains(s.Text, text) {
				return s
			}
		}
		if time.Now().After(deadline) {
			t.Fatalf("the person does not see %q, but %+v", text, r.Seen(t))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func wordsArrive(t *testing.T, r *room) {
	r.Say(t, "did hills today")
	h, said := r.next(t)
	if h.From != r.Person() || said.Text != "did hills today" || said.Tapped || said.Where != "" {
		t.Errorf("heard %+v from %s", said, h.From)
	}
	if h.Key == "" || !strings.HasPrefix(h.Key, r.p.Name()+"/") {
		t.Errorf("key %q does not begin with the platform's name", h.Key)
	}
}

func sameKey(t *testing.T, r *room) {
	r.Say(t, "done")
	first, _ := r.next(t)
	r.Again(t)
	r.Say(t, "streak")
	for {
		h, said := r.next(t)
		if said.Text == "streak" {
			if h.Key == first.Key {
				t.Errorf("two messages have the key %q", h.Key)
			}
			return
		}
		if h.Key != first.Key {
			t.Errorf("reported again with key %q, first with %q", h.Key, first.Key)
		}
	}
}

func offeredAgain(t *testing.T, r *room) {
	r.deaf <- 1
	r.Say(t, "hello")
	if _, said := r.next(t); said.Text != "hello" {
		t.Errorf("heard %q", said.Text)
	}
}

func inOrder(t *testing.T, r *room) {
	for i := range 20 {
		r.Say(t, fmt.Sprintf("message %d", i))
	}
	for i := range 20 {
		if _, said := r.next(t); said.Text != fmt.Sprintf("message %d", i) {
			t.Fatalf("heard %q as number %d", said.Text, i)
		}
	}
}

func shown(t *testing.T, r *room) {
	r.must(t, coach.Line{Text: "Yes, it can.", Quote: "Running can tone.", Section: "Introduction", Worth: "One study.",
		Choices: []coach.Choice{{Label: "Why?", Says: "why does it tone"}, {Label: "Undo", Says: "/undo"}}})
	s := r.sees(t, "Yes, it can.")
	for _, want := range []string{"Running can tone.", "Introduction", "One study."} {
		if !strings.Contains(s.Text, want) {
			t.Errorf("%q lacks %q", s.Text, want)
		}
	}
	if fmt.Sprint(s.Choices) != "[Why? Undo]" {
		t.Errorf("choices %v", s.Choices)
	}
}

func tapped(t *testing.T, r *room) {
	r.must(t, coach.Line{Text: "Hill day.", Nudge: "hill", Key: "2026-11-24/hill", Unasked: true, Choices: []coach.Choice{{Label: "Done", Says: "/done hill 2026-11-24"}}})
	r.sees(t, "Hill day.")
	r.Tap(t, "Done")
	h, said := r.next(t)
	if said.Text != "/done hill 2026-11-24" || !said.Tapped || h.From != r.Person() {
		t.Errorf("heard %+v from %s", said, h.From)
	}
	r.must(t, coach.Line{Text: "Logged.", Handle: said.Handle})
	r.sees(t, "Logged.")
}

func inPlace(t *testing.T, r *room) {
	r.must(t, coach.Line{Text: "How hard was it?", Choices: []coach.Choice{{Label: "Easy", Says: "effort 2"}}})
	r.sees(t, "How hard was it?")
	r.Tap(t, "Easy")
	_, said := r.next(t)
	r.must(t, coach.Line{Text: "Thanks, noted.", Handle: said.Handle, InPlace: true})
	r.sees(t, "Thanks, noted.")
	for _, s := range r.Seen(t) {
		if strings.Contains(s.Text, "How hard was it?") {
			t.Errorf("the tapped message still stands: %+v", s)
		}
	}
}

func replaced(t *testing.T, r *room) {
	ref := r.must(t, coach.Line{Text: "Easy day.", Key: "2026-11-24/easy", Unasked: true})
	r.sees(t, "Easy day.")
	r.must(t, coach.Line{Text: "Easy day: kept.", Replaces: "2026-11-24/easy", Quiet: true}, func(m *bot.Message) { m.Ref = ref })
	r.sees(t, "Easy day: kept.")
	if n := len(r.Seen(t)); n != 1 {
		t.Errorf("%d messages stand, want 1", n)
	}
}

func quiet(t *testing.T, r *room) {
	r.must(t, coach.Line{Text: "Closed.", Replaces: "2026-11-01/easy", Quiet: true})
	r.must(t, coach.Line{Text: "Next."})
	r.sees(t, "Next.")
	for _, s := range r.Seen(t) {
		if strings.Contains(s.Text, "Closed.") {
			t.Errorf("a quiet line was said anew: %+v", s)
		}
	}
}

func silent(t *testing.T, r *room) {
	r.must(t, coach.Line{Text: "Rest day.", Silent: true, Unasked: true})
	if s := r.sees(t, "Rest day."); !s.Silent {
		t.Errorf("%+v is not silent", s)
	}
}

func hostile(t *testing.T, r *room) {
	for _, text := range []string{
		"1 < 2 & 3 > 2 <b>not bold</b>", "a_b*c~d`e|f #g [h](i) \\. -", "ends with a backslash \\", "émoji 🏃🏽‍♀️ ok", "שלום עולם ok", "&amp; stays", "<t:1:R> <@1>",
	} {
		r.must(t, coach.Line{Text: text, Quote: text, Section: "Tips"})
		r.sees(t, text)
	}
}

func long(t *testing.T, r *room) {
	text := strings.Repeat("A line of the long history, to be read in full. 🏃\n\n", 300) + "The end."
	r.must(t, coach.Line{Text: text})
	r.sees(t, "The end.")
	total := 0
	for _, s := range r.Seen(t) {
		total += strings.Count(s.Text, "to be read in full")
	}
	if total != 300 {
		t.Errorf("%d of 300 lines arrived", total)
	}
}

func faults(t *testing.T, r *room) {
	var delay *bot.DelayError
	for _, f := range []struct {
		fault Fault
		right func(error) bool
	}{
		{Slow, func(err error) bool { return errors.As(err, &delay) && delay.After >= 2*time.Second }},
		{Lost, func(err error) bool { return errors.Is(err, bot.ErrUnknown) || err == nil }},
		{Unsaid, func(err error) bool {
			return err != nil && !errors.Is(err, bot.ErrGone) && !errors.Is(err, bot.ErrRefused)
		}},
		{Rejected, func(err error) bool { return errors.Is(err, bot.ErrRefused) }},
		{Blocked, func(err error) bool { return errors.Is(err, bot.ErrGone) }},
	} {
		if !r.Fault(t, f.fault) {
			continue
		}
		if _, err := r.send(t, coach.Line{Text: fmt.Sprintf("fault %d", f.fault)}); !f.right(err) {
			t.Errorf("fault %d: Send returned %v", f.fault, err)
		}
	}
}

func ends(t *testing.T, r *room) {
	r.Say(t, "hi")
	r.next(t)
	began := time.Now()
	if err := r.stop(); err != nil {
		t.Errorf("Listen returned %v", err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("Listen took %v to end", took)
	}
	r.stop = func() error { return nil }
}
