package discord

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
)

// back is how long the bot may be away, whatever happened.
const back = 30 * time.Second

// The faults of a gateway, each of which hangs or loops the library by itself:
// the bot is back in time, with few identifies, and hears what is said next.
func TestComesBack(t *testing.T) {
	for name, fault := range map[string]func(r *rig){
		"after a dropped connection": func(r *rig) { r.gate.drop() },
		"asked to reconnect":         func(r *rig) { r.gate.send(fakePacket{Op: 7}) },
		"asked to reconnect before anything else": func(r *rig) {
			r.gate.set(func(g *fakeGate) { g.opSevenFirst = 1 })
			r.gate.drop()
		},
		"from a silent server": func(r *rig) {
			r.gate.set(func(g *fakeGate) { g.silent = 1 })
			r.gate.drop()
		},
		"from a connection that went dead": func(r *rig) { r.gate.each(func(s *fakeSession) { s.stalled = true }) },
		"from a loop of expired sessions": func(r *rig) {
			r.gate.set(func(g *fakeGate) { g.resumeClose = 9 })
			r.gate.drop()
		},
		"kicked after every greeting": func(r *rig) {
			r.gate.set(func(g *fakeGate) { g.closeAfterReady, g.invalid = 4, 1 })
			r.gate.drop()
		},
		"from an invalid session": func(r *rig) {
			r.gate.set(func(g *fakeGate) { g.invalid = 1 })
			r.gate.drop()
		},
		"from refused connections": func(r *rig) {
			r.gate.set(func(g *fakeGate) { g.refuse = 3 })
			r.gate.drop()
		},
		"asked for a heartbeat": func(r *rig) { r.gate.send(fakePacket{Op: 1}) },
		"invalidated at once":   func(r *rig) { r.gate.send(fakePacket{Op: 9, Data: false}) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			r.connected()
			fault(r)
			time.Sleep(50 * time.Millisecond)
			n := 0
			r.until("hearing again", back, func() bool {
				n++
				r.say(alice, true, fmt.Sprint("still there? ", n))
				time.Sleep(100 * time.Millisecond)
				return len(r.said()) > 0 && r.gate.attached() == 1
			})
			r.gate.mu.Lock()
			defer r.gate.mu.Unlock()
			if got := len(r.gate.identifies); got > 10 {
				t.Errorf("%d identifies, want at most 10", got)
			}
		})
	}
}

// Events that are replayed after a drop, some of them twice, are heard once and in order.
func TestDropAmongManyEvents(t *testing.T) {
	r := newRig(t, nil)
	r.answer = nil
	r.connected()
	for n := range 500 {
		r.say(alice, true, fmt.Sprint(n))
		switch n {
		case 150, 300:
			r.gate.set(func(g *fakeGate) { g.replay = 100 })
			r.gate.drop()
		}
	}
	r.next(500)
	for n, s := range r.said() {
		if s.Text != fmt.Sprint(n) {
			t.Fatalf("heard %q as number %d", s.Text, n)
		}
	}
	r.gate.mu.Lock()
	defer r.gate.mu.Unlock()
	if got := len(r.gate.identifies); got != 1 {
		t.Errorf("%d identifies, want 1", got)
	}
}

// What only the operator can mend ends Listen with words for them, and without the token.
func TestGivesUp(t *testing.T) {
	for code, words := range map[int]string{4004: "token", 4013: "intents", 4014: "intents", 4011: "shards"} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			f := newFake(t)
			f.gate.reject = code
			p, err := Open(Config{Token: testToken, API: f.web.URL, times: quick})
			if err != nil {
				t.Fatal(err)
			}
			err = p.Listen(t.Context(), nil)
			if err == nil || !strings.Contains(err.Error(), words) || strings.Contains(err.Error(), testToken) {
				t.Errorf("Listen returned %v, want an error about %s", err, words)
			}
			if got := len(f.gate.identifies); got != 1 {
				t.Errorf("%d identifies, want 1", got)
			}
		})
	}
}

// A connection that Discord closes for good is not made again, whenever that happens.
func TestClosedForGood(t *testing.T) {
	for code, words := range map[int]string{4004: "token", 4014: "intents"} {
		r := newRig(t, nil)
		r.connected()
		r.gate.each(func(s *fakeSession) { r.gate.close(s.conn, code) })
		ended := make(chan error, 1)
		go func() { ended <- r.waitEnd() }()
		select {
		case err := <-ended:
			if err == nil || !strings.Contains(err.Error(), words) {
				t.Errorf("after %d Listen returned %v, want an error about %s", code, err, words)
			}
		case <-time.After(back):
			t.Fatalf("after %d Listen goes on", code)
		}
	}
}

// A close frame is found at the end of what was read, however it was cut into pieces.
func TestCloseFrame(t *testing.T) {
	frame := append([]byte{0x88, 12, 0x0f, 0xa4}, "not allowed"[:10]...)
	for name, c := range map[string]struct {
		read [][]byte
		want int
	}{
		"nothing":          {nil, 0},
		"words":            {[][]byte{[]byte(strings.Repeat("words é ", 100))}, 0},
		"a frame":          {[][]byte{[]byte(strings.Repeat("words é ", 100)), frame}, 4004},
		"a frame in two":   {[][]byte{[]byte("words"), frame[:3], frame[3:]}, 4004},
		"words and frame":  {[][]byte{append([]byte(strings.Repeat("words ", 100)), frame...)}, 4004},
		"one with no code": {[][]byte{{0x88, 0}}, 0},
	} {
		w := &wire{}
		for _, b := range c.read {
			w.keep(b)
		}
		if got := w.closed(); got != c.want {
			t.Errorf("%s: closed with %d, want %d", name, got, c.want)
		}
	}
}

// A token that is revoked while the bot runs ends it too.
func TestRevoked(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	r.gate.set(func(g *fakeGate) { g.reject, g.resumeClose = 4004, 1 })
	r.gate.drop()
	ended := make(chan error, 1)
	go func() { ended <- r.waitEnd() }()
	select {
	case err := <-ended:
		if !errors.Is(err, errToken) {
			t.Errorf("Listen returned %v, want %v", err, errToken)
		}
	case <-time.After(back):
		t.Fatal("Listen goes on with a revoked token")
	}
}

// A bot that is told to end while it waits to reconnect leaves no connection behind.
func TestEndsWhileReconnecting(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	r.gate.set(func(g *fakeGate) { g.refuse = 1000 })
	r.gate.drop()
	time.Sleep(100 * time.Millisecond)
	began := time.Now()
	if err := r.end(); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("ending took %v", took)
	}
	r.gate.set(func(g *fakeGate) { g.refuse = 0 })
	time.Sleep(500 * time.Millisecond)
	if n := r.gate.attached(); n != 0 {
		t.Errorf("%d connections are left", n)
	}
}

// Identifies are counted on disk, so that a bot that crashes in a loop slows down by itself.
func TestIdentifiesAreCounted(t *testing.T) {
	note, now := &notebook{}, time.Now().Truncate(time.Millisecond)
	for n := range 2000 {
		b := &budget{notes: note, gate: 5 * time.Second} // a new process each time
		wait, err := b.wait(t.Context(), now)
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 && wait < 5*time.Second {
			t.Fatalf("identify %d came after %v, want at least 5 s", n, wait)
		}
		now = now.Add(wait)
		if err := b.spend(t.Context(), now); err != nil {
			t.Fatal(err)
		}
		if got := b.within(now, 24*time.Hour); got >= 1000 {
			t.Fatalf("%d identifies in a day, want fewer than 1000", got)
		}
	}
}

// A connection that cannot be made at all costs no identify.
func TestNoNetworkCostsNothing(t *testing.T) {
	r := newRig(t, func(c *Config) { c.API = "http://127.0.0.1:1" })
	time.Sleep(300 * time.Millisecond)
	if data, _ := r.note.Note(t.Context(), identifiesNote); len(data) > 0 {
		t.Errorf("counted %s", data)
	}
}

// One person's words stay in order while another's are slow, and nobody waits for them.
func TestOrder(t *testing.T) {
	l := newLanes(discardLog, 8, 1000, 1000)
	gate := make(chan struct{})
	l.push(t.Context(), "slow", func(context.Context) { <-gate })
	var order []int
	done := make(chan struct{})
	for n := range 100 {
		l.push(t.Context(), "quick", func(context.Context) {
			order = append(order, n)
			if n == 99 {
				close(done)
			}
		})
	}
	<-done
	close(gate)
	l.wait()
	if !slices.IsSorted(order) || len(order) != 100 {
		t.Errorf("order %v", order)
	}
	if len(l.waiting) != 0 || l.count != 0 {
		t.Errorf("%d lanes and %d jobs are left", len(l.waiting), l.count)
	}
}

// Nothing is left behind by many lives of a connection.
func TestNothingIsLeftBehind(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	before := runtime.NumGoroutine()
	for n := range 5 {
		r.gate.drop()
		r.until("a connection", back, func() bool {
			r.gate.mu.Lock()
			defer r.gate.mu.Unlock()
			return r.gate.resumes > n
		})
	}
	r.until("quiet", 10*time.Second, func() bool { return runtime.NumGoroutine() <= before+4 })
}

// What somebody wrote while the bot was away is heard when it is back, once, in order, and before what they write then.
func TestHearsWhatItMissed(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	r.say(alice, true, "one")
	r.next(1)
	r.end()
	r.gate.set(func(g *fakeGate) { // what happens now is reported to nobody
		for id := range g.sessions {
			delete(g.sessions, id)
		}
	})
	for _, text := range []string{"two", "three"} {
		r.say(alice, true, text)
	}
	r.gate.set(func(g *fakeGate) { g.pending = nil })
	r.start(nil)
	r.connected()
	r.say(alice, true, "four")
	r.next(4)
	for n, want := range []string{"one", "two", "three", "four"} {
		if got := r.said()[n].Text; got != want {
			t.Errorf("heard %q as number %d, want %q", got, n, want)
		}
	}
	if err := r.end(); err != nil { // so that nothing is learnt meanwhile
		t.Fatal(err)
	}
	if err := r.p.Forget(t.Context(), address(alice)); err != nil {
		t.Fatal(err)
	}
	for key, value := range r.note.notes {
		if strings.Contains(key+string(value), alice) {
			t.Errorf("%s is kept: %s", key, value)
		}
	}
}

// A gateway that is slow to say hello is waited for, in the end.
func TestSlowGateway(t *testing.T) {
	f := newFake(t)
	f.gate.late = quick.open + quick.open/4
	r := &rig{fake: f, t: t, logs: &syncBuffer{}, note: &notebook{}, keys: map[string]bool{}, answer: echo}
	r.start(nil)
	t.Cleanup(func() { r.end() })
	r.connected()
	r.say(alice, true, "hello")
	r.reads(aliceDM, "You said hello.")
}
