package plan

import (
	"strings"
	"testing"
	"time"

	"legcoach/coach/day"
)

func TestStartCheck(t *testing.T) {
	b := book(t)
	if n := len(b.Questions()); n != 4 {
		t.Fatalf("the start check has %d questions, want 4", n)
	}
	if got := b.Answer(true, No, No, No, No); got.Check != Clear || got.Question != 0 {
		t.Errorf("four times no: %+v, want clear", got)
	}
	for at := range 4 {
		for _, answer := range []Answer{Yes, NotSure} {
			answers := []Answer{No, No, No, No}
			answers[at] = answer
			got := b.Answer(true, answers...)
			if got.Check != AskDoctor || got.Question != at+1 || got.Words == "" {
				t.Errorf("%s to Q%d: %+v, want a doctor first", answer, at+1, got)
			}
			if wantNew := at == 1; (got.Level == New) != wantNew {
				t.Errorf("%s to Q%d opens level %q", answer, at+1, got.Level)
			}
		}
	}
	if got := b.Answer(true, No, No); got.Check != AskDoctor || got.Question != 3 {
		t.Errorf("a missing answer: %+v, want it to count as not sure", got)
	}
	if got := b.Answer(false, No, No, No, No); got.Check != AskDoctor || got.Words == "" {
		t.Errorf("under 18: %+v, want no plan", got)
	}
}

func TestLevelEntry(t *testing.T) {
	b := book(t)
	for want, all := range map[Level][]Running{
		New:      {{}, {PerWeek: 5, Weeks: 7, Longest: 60}, {PerWeek: 1, Weeks: 30, Longest: 60}, {PerWeek: 2, Weeks: 8, Longest: 27}},
		Regular:  {{PerWeek: 2, Weeks: 8, Longest: 28}, {PerWeek: 3, Weeks: 26, Longest: 45, Hard: 1}, {PerWeek: 3, Weeks: 26, Longest: 44, Hard: 2}},
		Seasoned: {{PerWeek: 3, Weeks: 26, Longest: 45, Hard: 2}},
	} {
		for _, r := range all {
			if got := b.Fits(r); got != want {
				t.Errorf("%+v fits %s, want %s", r, got, want)
			}
		}
	}
}

// hurting is a regular runner on a Monday whose every day was done.
func hurting(b *Book) *life {
	l := &life{b: b, today: monday0, state: State{Level: Regular, Check: Clear, Hard: time.Tuesday}.Start(monday0)}
	l.kinds(7)
	return l
}

func TestAmberSwapsAndWaitsForTwoGreenMornings(t *testing.T) {
	b := book(t)
	l := hurting(b)
	l.live(true, 5) // Monday: rest
	var advise bool
	if l.state, advise = b.Hurt(l.state, l.today, Amber, false); advise {
		t.Error("the first amber suggests a physio, want it not to")
	}
	if c := b.Card(b.On(l.state, l.past, l.today, l.today)); c.Swap != Sore || c.Minutes != 25 {
		t.Errorf("on the day: swap %q of %d min, want the sore version of 25", c.Swap, c.Minutes)
	}
	closed := false
	for i, green := range []bool{true, false, true, true} {
		l.live(true, 3)
		if l.state, closed = b.Morning(l.state, l.today, green); closed != (i == 3) {
			t.Fatalf("after morning %d the amber is closed: %t", i+1, closed)
		}
	}
	for range 14 {
		p := b.On(l.state, l.past, l.today, l.today)
		if c := b.Card(p); c.Kind.Hard() {
			if full := b.Session(Regular, p.Week, c.Kind, true, AsPlanned, Scale{}); c.Reps != full.Reps*80/100 {
				t.Errorf("the first hard day after an amber has %d reps of %d, want 80%%", c.Reps, full.Reps)
			}
			l.live(true, 5)
			break
		}
		l.live(true, 5)
	}
	for range 7 {
		p := b.On(l.state, l.past, l.today, l.today)
		if c := b.Card(p); c.Kind.Hard() && p.Scale.Reps != 0 {
			t.Errorf("the second hard day after an amber is still at %d%%", p.Scale.Reps)
		}
		l.live(true, 5)
	}
}

func TestNoAnswerIsNotGreen(t *testing.T) {
	b := book(t)
	s, _ := b.Hurt(State{Week: 1}, monday0, Amber, false)
	s, _ = b.Morning(s, monday0+1, true)
	s, closed := b.Morning(s, monday0+3, true) // nothing was said on the morning between
	if closed || s.Pain.Green != 1 {
		t.Errorf("after a morning without an answer: closed %t with %d green, want 1 and open", closed, s.Pain.Green)
	}
	if s, closed = b.Morning(s, monday0+3, true); closed || s.Pain.Green != 1 {
		t.Errorf("the same morning told twice: closed %t with %d green, want 1 and open", closed, s.Pain.Green)
	}
}

func TestWhenAPhysioIsSuggested(t *testing.T) {
	b := book(t)
	s, _ := b.Hurt(State{Week: 1}, monday0, Amber, false)
	if b.Advise(s, monday0+6) || !b.Advise(s, monday0+7) {
		t.Error("an amber is long from its 7th day on, want exactly then")
	}
	for i, want := range []bool{false, false, true} {
		today := monday0 + day.Date(5*i)
		s.Pain.Colour = ""
		var advise bool
		if s, advise = b.Hurt(s, today, Amber, false); i == 0 {
			s.Pain.Ambers = []day.Date{today}
		} else if advise != want {
			t.Errorf("amber %d within 14 days suggests a physio: %t, want %t", i+1, advise, want)
		}
	}
}

func TestRedHoldsUntilBothAreSaid(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		colour         Colour
		professional   bool
		walks, cleared bool
		gone           day.Date
		leaves         bool
	}{
		{Red, false, true, false, monday0 + 3, true},
		{Red, false, true, false, monday0 + 4, false}, // gone for 6 days
		{Red, false, false, true, 0, false},
		{Red, false, true, true, 0, true},
		{Red, true, true, false, monday0, false},
		{Red, true, true, true, 0, true},
		{SameDay, false, true, false, monday0, false},
		{Emergency, false, true, false, monday0, false},
		{Emergency, false, true, true, 0, true},
	} {
		l := hurting(b)
		l.state, _ = b.Hurt(l.state, l.today, test.colour, test.professional)
		if p := b.On(l.state, l.past, l.today, l.today+1); p.Held != HeldRed {
			t.Errorf("%s: held by %q, want red", test.colour, p.Held)
		}
		s, ok, words := b.Leave(l.state, l.past, monday0+10, test.walks, test.cleared, test.gone)
		if ok != test.leaves || ok == (words != "") {
			t.Errorf("%+v: leaves %t with %q, want %t", test, ok, words, test.leaves)
		}
		if ok && (s.Away == nil || s.Away.Row != 2) {
			t.Errorf("%+v: comes back by %+v, want the row of 8 to 14 days", test, s.Away)
		}
	}
}

func TestMoreSeriousStaysOpen(t *testing.T) {
	b := book(t)
	s, _ := b.Hurt(State{Week: 1}, monday0, SameDay, false)
	for _, c := range []Colour{Green, Amber, Red} {
		if after, _ := b.Hurt(s, monday0+1, c, false); after.Pain.Colour != SameDay {
			t.Errorf("%s after same-day leaves %q open, want same-day", c, after.Pain.Colour)
		}
	}
}

func TestHeatBands(t *testing.T) {
	b := book(t)
	for _, test := range []struct {
		feels   int
		kind    day.Kind
		unused  bool
		indoors bool
		none    bool
		words   bool
	}{
		{26, day.Hill, false, false, false, false},
		{27, day.Hill, false, false, false, true},
		{31, day.Easy, false, false, false, true},
		{32, day.Interval, false, true, false, true},
		{38, day.Strength, false, true, false, true},
		{39, day.Hill, false, true, true, true},
		{39, day.Easy, false, true, true, true},
		{39, day.Strength, false, true, false, true},
		{28, day.Hill, true, true, false, true}, // the next hotter row
		{20, day.Hill, true, false, false, false},
		{45, day.Rest, false, false, false, false},
	} {
		got := b.Heat(test.feels, test.kind, test.unused)
		if got.Indoors != test.indoors || got.None != test.none || (got.Words != "") != test.words {
			t.Errorf("%d C, %s: %+v, want %+v", test.feels, test.kind, got, test)
		}
	}
	full := b.Session(Regular, 1, day.Hill, true, AsPlanned, Scale{})
	warm := b.Session(Regular, 1, day.Hill, true, AsPlanned, b.Heat(28, day.Hill, false).On(Scale{}))
	if warm.Recovery != full.Recovery*3/2 || warm.RPE[1] != full.RPE[1]-1 || warm.Reps != full.Reps {
		t.Errorf("hills at 28 C: %d x with %s between at %v, want half as long again and one lower", warm.Reps, warm.Recovery, warm.RPE)
	}
	hot := b.Session(Seasoned, 11, day.Easy, true, Hot, Scale{})
	if hot.Minutes > 30 || hot.RPE[1] > 3 || hot.Swap != Hot {
		t.Errorf("an easy run too hot: %d min at %v, want at most 30 at 3", hot.Minutes, hot.RPE)
	}
}

func TestIllness(t *testing.T) {
	b := book(t)
	l := hurting(b)
	l.live(true, 5) // Monday: rest
	l.state.Ill = Cold
	if c := b.Card(b.On(l.state, l.past, l.today, l.today)); c.Kind != day.Easy || c.Running != 32*67/100 || c.Note == "" {
		t.Errorf("hills with a cold: %s of %d min (%q), want easy at two thirds", c.Kind, c.Running, c.Note)
	}
	for _, i := range []Illness{Fever, Virus} {
		l.state.Ill = i
		if p := b.On(l.state, l.past, l.today, l.today); p.Held != HeldIll {
			t.Errorf("with %s: held by %q, want ill", i, p.Held)
		}
		if got := b.Ill(i); !got.Rest || got.Words == "" || got.Doctor != (i == Virus) {
			t.Errorf("%s: %+v, want rest", i, got)
		}
	}
	l.state.Ill = Fever
	l.today += 2
	l.state = b.Recover(l.state, l.past, l.today)
	for range 3 {
		if p := b.On(l.state, l.past, l.today, l.today); p.Kind.Training() {
			if c := b.Card(p); c.Kind != day.Easy || p.Scale.Volume != 50 {
				t.Errorf("the first session back: %s at %d%%, want easy at half", c.Kind, p.Scale.Volume)
			}
			return
		}
		l.today++
	}
	t.Error("no session came back after the illness")
}

func TestConditions(t *testing.T) {
	b := book(t)
	for _, name := range []string{"ice", "cold", "dark", "air", "alone"} {
		if words, _, ok := b.Condition(name); !ok || words == "" {
			t.Errorf("nothing is said of %q", name)
		}
	}
	if stop, sun, unused := b.HeatAdvice(); !strings.Contains(stop, "local emergency number") || sun == "" || unused == "" {
		t.Error("heat advice is not whole")
	}
}
