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
