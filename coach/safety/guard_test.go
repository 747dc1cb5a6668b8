package safety_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"legcoach/coach/rank"
	"legcoach/coach/safety"
)

func TestTheMostSeriousWins(t *testing.T) {
	g := guard(t)
	mild := []string{"bit sore from squats", "my left knee is a bit sore", "did 6 hills", "i have a cold", "remind me at 7"}
	serious := []string{"my chest hurts", "i want to kill myself", "my calf is swollen and hot", "my knee gave way"}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SampledFrom(mild).Draw(t, "mild"), rapid.SampledFrom(serious).Draw(t, "serious")
		alone, first, last := g.Read(b), g.Read(b+". "+a), g.Read(a+". "+b)
		if label(first) != label(alone) || label(last) != label(alone) {
			t.Errorf("%q is %s, with %q after it %s, before it %s", b, label(alone), a, label(first), label(last))
		}
	})
}

func TestWordsWinOverNumbers(t *testing.T) {
	g := guard(t)
	for _, l := range []struct {
		message string
		level   string
		number  int
	}{
		{"pain 2/10", safety.Green, 2},
		{"pain 4/10", safety.Amber, 4},
		{"pain 7/10", safety.Red, 7},
		{"sharp pain in my shin, 2/10", safety.Red, 2},
		{"my chest hurts, only a 1/10", safety.Emergency, 1},
		{"my knee is a 5", safety.Amber, 5},
	} {
		f := g.Read(l.message)
		if f.Level != l.level || f.Number != l.number {
			t.Errorf("%q is %s with number %d, want %s with %d", l.message, f.Level, f.Number, l.level, l.number)
		}
	}
}

func TestEveryFindingSaysWhy(t *testing.T) {
	g := guard(t)
	for _, l := range lines(t, "reports.txt") {
		if f := g.Read(l.message); f.Intent != "" && len(f.Because) == 0 {
			t.Errorf("%q is read as %s without a reason", l.message, label(f))
		}
	}
}

func TestAsks(t *testing.T) {
	g := guard(t)
	for message, want := range map[string]bool{
		"my knee hurts when I run, is that normal": true, "my knee hurts": false, "should i run with a sore knee": true,
	} {
		if got := g.Read(message).Asks; got != want {
			t.Errorf("%q asks: got %v, want %v", message, got, want)
		}
	}
}

// Words are known in every form, and in ways that people write them.
func TestFormsAndSpellings(t *testing.T) {
	g := guard(t)
	for message, want := range map[string]string{
		"i faint on the stairs": safety.Emergency, "i can not breathe": safety.Emergency, "my chst hurts": safety.Emergency,
		"throat's closin up": safety.Emergency, "dnt want to live": safety.Distress, "i throw up my dinner most nights": safety.Distress,
		"i can not walk, the leg dont hold me": safety.SameDay, "my boyfriend's shin hurts in one spot": "none",
	} {
		if got := label(g.Read(message)); got != want {
			t.Errorf("%q is read as %s, want %s", message, got, want)
		}
	}
}

func TestOthers(t *testing.T) {
	g := guard(t)
	for message, want := range map[string]bool{
		"my dad had chest pain last night": true, "the guy next to me collapsed": true, "my chest hurts": false, "mate my knee hurts": false,
	} {
		if got := g.Read(message).Others; got != want {
			t.Errorf("%q is told of somebody else: got %v, want %v", message, got, want)
		}
	}
}

func TestTheRankingAddsAndNeverTakesAway(t *testing.T) {
	g := guard(t)
	surely := func(label string) []rank.Score { return []rank.Score{{Label: label, P: 0.99}} }
	if f := g.ReadRanked("something quite unheard of", surely("safety/red")); f.Level != safety.Red {
		t.Errorf("a sure ranking is not heard: %+v", f)
	}
	if f := g.ReadRanked("i can walk half an hour and my physio cleared me", surely("safety/emergency")); f.Intent != "" {
		t.Errorf("a ranking is heard of somebody who was cleared: %+v", f)
	}
	if f := g.ReadRanked("my chest hurts", surely("safety/benign")); f.Level != safety.Emergency {
		t.Errorf("a ranking took an emergency away: %+v", f)
	}
	if f := g.ReadRanked("my wife's knee hurts again today", []rank.Score{{Label: "safety/red", P: 0.5}}); f.Intent != "" {
		t.Errorf("a ranking made another's pain the writer's own: %+v", f)
	}
}

func TestRepliesFitEveryFinding(t *testing.T) {
	replies, err := safety.LoadReplies()
	if err != nil {
		t.Fatal(err)
	}
	g := guard(t)
	for _, l := range lines(t, "reports.txt") {
		f := g.Read(l.message)
		reply, found := replies.To(f)
		if found != (f.Intent != "") || found && reply.Text == "" {
			t.Errorf("%q is read as %+v and has the reply %q", l.message, f, reply.Text)
		}
	}
	if replies.LeavingRed.Text == "" || replies.AmberLong.Text == "" || replies.LeavingRedDays == 0 {
		t.Error("a reply is empty")
	}
}

// No wit, no emoji, nothing filled in, and no country's own number.
func TestRepliesAreFixedText(t *testing.T) {
	replies, err := safety.LoadReplies()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range []safety.Reply{
		replies.Green, replies.Amber, replies.AmberLong, replies.Red, replies.SameDay, replies.Emergency, replies.DistressHarm,
		replies.DistressDespair, replies.DistressFood, replies.IllCold, replies.IllFever, replies.LeavingRed,
	} {
		if strings.ContainsAny(r.Text, "{}%!") || strings.Contains(r.Text, "999") || strings.Contains(r.Text, "911") || strings.Contains(r.Text, "112") {
			t.Errorf("not fixed text: %q", r.Text)
		}
		for _, c := range r.Text {
			if c > 0x2000 {
				t.Errorf("%q in %q", c, r.Text)
			}
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"my chest hurts", "", "\x00\xff", strings.Repeat("pain in my knee ", 300), "8/10", "?", "não 💀 膝が痛い"} {
		f.Add(seed)
	}
	g := guard(f)
	f.Fuzz(func(t *testing.T, message string) {
		got := g.Read(message)
		if got.Number < -1 || got.Number > 10 {
			t.Errorf("%q has the number %d", message, got.Number)
		}
		for _, r := range got.Because {
			for _, w := range r.Words {
				if utf8.ValidString(message) && !utf8.ValidString(w) {
					t.Errorf("%q gives the words %q", message, w)
				}
			}
		}
	})
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		if _, err := safety.New(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRead(b *testing.B) {
	g := guard(b)
	for _, bench := range []struct{ name, message string }{
		{"log", "did 6 hills yesterday, calves are dead"},
		{"question", "will running make my legs bulky or just more toned if i do it three times a week"},
		{"report", "logged hills, also chest felt tight on the last rep, probably nothing"},
		{"long", strings.Repeat("my knee hurts and i cant walk without a limp but ", 82)},
	} {
		b.Run(bench.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				g.Read(bench.message)
			}
		})
	}
}
