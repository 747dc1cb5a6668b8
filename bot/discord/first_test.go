package discord

import (
	"testing"
	"time"

	"legcoach/coach"
)

// A command to which nothing is said, fast or slow, does not leave its person waiting.
func TestNothingIsSaid(t *testing.T) {
	r := newRig(t, func(c *Config) { c.patch = 50 * time.Millisecond })
	r.connected()
	r.answer = func(coach.Said) []coach.Line { return nil }
	fast := r.slash(alice, true, "done")
	<-fast.done
	r.reads(aliceDM, english.Busy)
	r.slow = 300 * time.Millisecond
	slow := r.slash(bob, false, "done")
	<-slow.done
	if slow.ack.Type != answerDefer {
		t.Errorf("a slow command was answered with type %d", slow.ack.Type)
	}
	r.reads(hall, english.Busy)
}

// A first answer that meets a broken machine on the way is given again at once, not after the bot's own pause.
func TestBrokenEdge(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	for name, x := range map[string]fakeFault{"before": {status: 502}, "after": {status: 500, after: true}, "html": {status: 502, body: "<html>bad gateway</html>"}} {
		x.match, x.times = "POST /interactions/.*", 1
		r.fault(x)
		i := r.slash(alice, true, "done", opt("when", name))
		<-i.done
		r.reads(aliceDM, "You said /done "+name+".")
		if i.latency > time.Second {
			t.Errorf("%s: answered after %v", name, i.latency)
		}
		if i.acks != 1 {
			t.Errorf("%s: %d first answers", name, i.acks)
		}
	}
}

// A button that is tapped twice is heard twice, and each tap is acknowledged once: what it means is the coach's.
func TestButtonTwice(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	r.answer = func(s coach.Said) []coach.Line {
		return []coach.Line{{Text: "Counted.", InPlace: true, Choices: []coach.Choice{{Label: "Done", Says: "/done hill 2026-11-24"}}}}
	}
	<-r.slash(alice, true, "done").done
	m := r.reads(aliceDM, "Counted.")
	_, ids := m.buttons()
	for n := range 2 {
		i := r.tap(alice, true, m, ids[0])
		<-i.done
		if s := r.next(2 + n); s.Text != "/done hill 2026-11-24" || !s.Tapped {
			t.Errorf("heard %+v", s)
		}
		if i.ack.Type != answerInPlace || i.acks != 1 {
			t.Errorf("tap %d was acknowledged %d times, with type %d", n, i.acks, i.ack.Type)
		}
	}
}

// A card stays one where it is put in place of what was tapped, and what is said after it in the same answer stands below it.
func TestCardsStay(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	r.answer = func(coach.Said) []coach.Line {
		return []coach.Line{{Text: "The plan, week 3:\nMon: rest\nTue: hills", Card: "week", InPlace: true, Choices: []coach.Choice{{Label: "Full week", Says: "/plan"}}}}
	}
	<-r.slash(alice, true, "plan").done
	m := r.reads(aliceDM, "The plan, week 3\nMon: rest\nTue: hills")
	_, ids := m.buttons()
	i := r.tap(alice, true, m, ids[0])
	<-i.done
	if e := r.reads(aliceDM, "The plan, week 3\nMon: rest\nTue: hills").Embeds; i.ack.Type != answerInPlace || len(e) != 1 || e[0].Title != "The plan, week 3" {
		t.Errorf("after a tap it shows %+v", e)
	}
	before := standing{Embeds: m.Embeds}
	more := message{Content: "A lighter week follows."}
	whole, fits := before.with(more)
	if !fits || whole.Content != "" || len(whole.Embeds) != 2 || whole.Embeds[1].Description != more.Content {
		t.Errorf("below a card stands %+v", whole)
	}
	if after := (standing{Embeds: whole.Embeds}); before.has(more) || !after.has(more) {
		t.Error("what was said below a card is not found again")
	}
}
