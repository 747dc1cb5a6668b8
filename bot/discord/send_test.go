package discord

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// What Discord answers to a nudge, and what the bot is told.
func TestErrors(t *testing.T) {
	delay := func(least, most time.Duration, all bool) func(error) bool {
		return func(err error) bool {
			var d *bot.DelayError
			return errors.As(err, &d) && d.After >= least && d.After <= most && d.All == all
		}
	}
	is := func(want error) func(error) bool { return func(err error) bool { return errors.Is(err, want) } }
	for name, c := range map[string]struct {
		fault fakeFault
		right func(error) bool
	}{
		"direct messages are closed":     {fakeFault{status: 403, body: `{"code":50007,"message":"Cannot send messages to this user"}`}, is(bot.ErrGone)},
		"closed, with another status":    {fakeFault{status: 400, body: `{"code":50007}`}, is(bot.ErrGone)},
		"no server in common":            {fakeFault{status: 403, body: `{"code":50278}`}, is(bot.ErrGone)},
		"no access, the first time":      {fakeFault{status: 403, body: `{"code":50001}`}, delay(missing, missing, false)},
		"too many requests here":         {fakeFault{status: 429, body: `{"retry_after":2.5,"global":false}`}, delay(2500*time.Millisecond, 3*time.Second, false)},
		"too many requests everywhere":   {fakeFault{status: 429, body: `{"retry_after":2,"global":true}`, header: map[string]string{"X-RateLimit-Global": "true"}}, delay(2*time.Second, 2*time.Second, true)},
		"turned away by the edge":        {fakeFault{status: 429, body: `<html>error code: 1015</html>`}, delay(edgePause, edgePause, true)},
		"forbidden by the edge":          {fakeFault{status: 403, body: `<!DOCTYPE html>`}, delay(edgePause, edgePause, true)},
		"a silly wait":                   {fakeFault{status: 429, body: `{"retry_after":1e12}`}, delay(time.Hour, time.Hour+time.Second, false)},
		"broken, perhaps after the deed": {fakeFault{status: 502, body: `<html>bad gateway</html>`}, is(bot.ErrUnknown)},
		"overloaded":                     {fakeFault{status: 503}, is(bot.ErrUnknown)},
		"slow, for how long not said":    {fakeFault{status: 429, body: `{"message":"slow"}`}, delay(time.Second, 2*time.Second, false)},
		"slow, for no number of seconds": {fakeFault{status: 429, body: `{"message":"slow"}`, header: map[string]string{"Retry-After": "NaN"}}, delay(time.Second, 2*time.Second, false)},
		"cut off":                        {fakeFault{drop: true}, is(bot.ErrUnknown)},
		"done, and the answer lost":      {fakeFault{after: true}, is(bot.ErrUnknown)},
		"not acceptable":                 {fakeFault{status: 400, body: `{"code":50035,"message":"Invalid Form Body","errors":{"content":{}}}`}, is(bot.ErrRefused)},
		"not json":                       {fakeFault{status: 400, body: `{"code":50109}`}, is(bot.ErrRefused)},
		"not allowed in":                 {fakeFault{status: 401, body: `{"code":0,"message":"401: Unauthorized"}`}, delay(time.Minute, time.Minute, true)},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, nil)
			c.fault.match, c.fault.times = "POST /channels/.*/messages", 9 // a request on a connection that is cut goes out again on a fresh one
			r.fault(c.fault)
			_, err := r.send(coach.Line{Text: "Hill day.", Unasked: true})
			if !c.right(err) {
				t.Errorf("Send returned %v", err)
			}
			if strings.Contains(fmt.Sprintf("%+v", err), testToken) {
				t.Error("the error holds the token")
			}
		})
	}
}

// Nobody listens at the other end: surely not said.
func TestNoConnection(t *testing.T) {
	p, err := Open(Config{Token: testToken, API: "http://127.0.0.1:1"})
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.Send(t.Context(), bot.Message{Seq: 1, To: address(alice), Line: coach.Line{Text: "Hi."}})
	if err == nil || errors.Is(err, bot.ErrUnknown) || errors.Is(err, bot.ErrGone) || errors.Is(err, bot.ErrRefused) {
		t.Errorf("Send returned %v, want an error that says nothing else", err)
	}
}

// A message whose answer was lost is shown once, however often it is sent.
func TestNonce(t *testing.T) {
	r := newRig(t, nil)
	r.fault(fakeFault{match: "POST /channels/.*", times: 2, after: true, status: 502})
	queued := time.Now()
	for range 4 {
		_, err := r.send(coach.Line{Text: strings.Repeat("Long. ", 2000)}, func(m *bot.Message) { m.Seq, m.Queued = 9, queued })
		if err != nil && !errors.Is(err, bot.ErrUnknown) {
			t.Fatal(err)
		}
	}
	if n := len(r.seen(aliceDM)); n != 2 {
		t.Errorf("%d messages, want the 2 parts", n)
	}
	if a, b := nonce(bot.Message{Seq: 1, Queued: queued}, 0), nonce(bot.Message{Seq: 1, Queued: queued.Add(time.Hour)}, 0); a == b {
		t.Error("messages of two stores have the same nonce")
	}
	if n := nonce(bot.Message{Seq: 1<<64 - 1, Queued: queued}, 9); len(n) > 25 {
		t.Errorf("nonce %q is longer than 25", n)
	}
}

// A closed channel is one attempt; the person is back when they write again.
func TestClosedAndBack(t *testing.T) {
	r := newRig(t, nil)
	r.answer = nil
	r.say(alice, true, "hi")
	r.next(1)
	r.fault(fakeFault{match: "POST /channels/.*", times: 1, status: 403, body: `{"code":50007}`})
	if _, err := r.send(coach.Line{Text: "Hill day.", Unasked: true}); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("Send returned %v", err)
	}
	if n := r.asked("POST /channels/.*"); n != 1 {
		t.Errorf("%d attempts", n)
	}
	r.end()
	r.start(nil) // it is remembered
	r.connected()
	r.say(alice, true, "I'm back")
	r.next(2)
	if got := fmt.Sprintf("%T", r.heard[1].Event); got != "coach.Returned" {
		t.Errorf("heard %s before the words", got)
	}
	r.say(alice, true, "again")
	r.next(3)
	if n := len(r.heard); n != 4 {
		t.Errorf("%d events, want 4: they returned once", n)
	}
}

// A channel that cannot be accessed gets one more chance, after its person's channel was asked for again.
func TestNoAccess(t *testing.T) {
	r := newRig(t, nil)
	r.fault(fakeFault{match: "POST /channels/.*", times: 2, status: 403, body: `{"code":50001}`})
	var d *bot.DelayError
	if _, err := r.send(coach.Line{Text: "Hill day.", Unasked: true}); !errors.As(err, &d) || d.All {
		t.Fatalf("Send returned %v first", err)
	}
	if _, err := r.send(coach.Line{Text: "Hill day.", Unasked: true}); !errors.Is(err, bot.ErrGone) {
		t.Fatalf("Send returned %v then", err)
	}
}

// A channel that is gone is replaced once; and Discord wanting no more channels opened is obeyed.
func TestOpening(t *testing.T) {
	r := newRig(t, nil)
	if err := r.p.direct.set(t.Context(), alice, channel{"599999999999999999", working}); err != nil {
		t.Fatal(err)
	}
	r.fault(fakeFault{match: "POST /channels/599999999999999999/messages", times: 9, status: 404, body: `{"code":10003,"message":"Unknown Channel"}`})
	if _, err := r.send(coach.Line{Text: "Hill day."}); err != nil || r.opened != 1 {
		t.Fatalf("Send returned %v after opening %d", err, r.opened)
	}
	r.fault(fakeFault{match: "POST /users/@me/channels", times: 1, status: 400, body: `{"code":40003}`})
	for range 3 {
		var d *bot.DelayError
		_, err := r.send(coach.Line{Text: "Hill day."}, func(m *bot.Message) { m.To = address(bob) })
		if !errors.As(err, &d) || d.All || d.After < 59*time.Minute {
			t.Fatalf("Send returned %v", err)
		}
	}
	if n := r.asked("POST /users/@me/channels"); n != 2 {
		t.Errorf("%d channels were asked for, want 2", n)
	}
}

// The private channel is opened when somebody asks for what will come there, and not otherwise.
func TestOpensOnlyWhenAsked(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands = sample })
	r.ackOf(r.slash(alice, false, "done"))
	r.sends.Wait()
	if r.opened != 0 {
		t.Error("a channel was opened for /done")
	}
	r.ackOf(r.slash(alice, false, "remind", opt("words", "hills tue 6pm")))
	r.until("opening", 5*time.Second, func() bool { return r.asked("POST /users/@me/channels") == 1 })
}

// Nothing but answers goes out while Discord pauses everybody, or when too much was refused.
func TestPauses(t *testing.T) {
	t.Run("by the edge", func(t *testing.T) {
		r := newRig(t, nil)
		r.fault(fakeFault{match: "POST /channels/.*", times: 1, status: 429, body: `<html>`})
		for range 5 {
			_, _ = r.send(coach.Line{Text: "Hill day."})
		}
		if n := r.asked("POST /channels/.*"); n != 1 {
			t.Errorf("%d requests, want 1", n)
		}
		r.connected()
		r.ackOf(r.slash(alice, false, "streak"))
	})
	t.Run("by the breaker", func(t *testing.T) {
		r := newRig(t, nil)
		for range refusals {
			r.p.client.refused.add(time.Now())
		}
		var d *bot.DelayError
		if _, err := r.send(coach.Line{Text: "Hill day."}); !errors.As(err, &d) || !d.All {
			t.Errorf("Send returned %v", err)
		}
		if n := r.asked("POST /(channels|users)/.*"); n != 0 {
			t.Errorf("%d requests, want none", n)
		}
		if n := r.p.client.refused.count(time.Now().Add(11 * time.Minute)); n != 0 {
			t.Errorf("%d are counted eleven minutes later", n)
		}
	})
}

// A channel that said it takes no more is left alone until it does.
func TestFullChannel(t *testing.T) {
	r := newRig(t, nil)
	r.fault(fakeFault{match: "POST /channels/.*", times: 1, header: map[string]string{"X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "4.5"}})
	if _, err := r.send(coach.Line{Text: "One."}); err != nil {
		t.Fatal(err)
	}
	var d *bot.DelayError
	if _, err := r.send(coach.Line{Text: "Two."}); !errors.As(err, &d) || d.All || d.After > 5*time.Second || d.After < 3*time.Second {
		t.Errorf("Send returned %v", err)
	}
	if n := r.asked("POST /channels/.*"); n != 1 {
		t.Errorf("%d requests, want 1", n)
	}
}

// A token that Discord refuses is used no more, and ends Listen.
func TestRefusedToken(t *testing.T) {
	f := newFake(t)
	p, err := Open(Config{Token: "another.secret", API: f.web.URL, Commands: sample, times: quick})
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Listen(t.Context(), nil); !errors.Is(err, errToken) {
		t.Errorf("Listen returned %v", err)
	}
	if _, err := p.Check(t.Context()); !errors.Is(err, errToken) {
		t.Errorf("Check returned %v", err)
	}
	if n := f.asked("GET /(users|applications).*"); n > 1 {
		t.Errorf("%d requests with a refused token", n)
	}
}

func TestCheck(t *testing.T) {
	r := newRig(t, nil)
	if who, err := r.p.Check(t.Context()); err != nil || who != "discord: legcoach ("+testApp+")" {
		t.Errorf("Check returned %q, %v", who, err)
	}
}

// A document goes along, and is the same when it is sent again.
func TestFile(t *testing.T) {
	r := newRig(t, nil)
	line := coach.Line{Text: "Your data.", File: &coach.File{Name: "data.json", Data: []byte(`{"a":1}`)}}
	if _, err := r.send(line); err != nil {
		t.Fatal(err)
	}
	r.answer = func(coach.Said) []coach.Line { return []coach.Line{line} }
	r.ackOf(r.slash(alice, true, "export"))
	for _, p := range r.seen(aliceDM) {
		if len(p.files) != 1 || p.files[0] != `data.json: {"a":1}` {
			t.Errorf("files %q", p.files)
		}
	}
}

// A server's channel that is closed to the bot is no news about the person who wrote there.
func TestClosedServerChannel(t *testing.T) {
	r := newRig(t, nil)
	r.fault(fakeFault{match: "POST /channels/.*", times: 1, status: 403, body: `{"code":50013,"message":"Missing Permissions"}`})
	_, err := r.send(coach.Line{Text: "Yes."}, func(m *bot.Message) { m.To = room(hall) })
	if !errors.Is(err, bot.ErrRefused) {
		t.Errorf("Send returned %v", err)
	}
}

// Somebody who could not be reached and asks for reminders again is worth another try.
func TestAsksAgain(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands = sample })
	if err := r.p.direct.set(t.Context(), alice, channel{aliceDM, closed}); err != nil {
		t.Fatal(err)
	}
	r.ackOf(r.slash(alice, false, "done"))
	r.ackOf(r.slash(alice, false, "remind", opt("words", "hills tue 6pm")))
	r.next(2)
	if got := fmt.Sprintf("%T", r.heard[1].Event); len(r.heard) != 3 || got != "coach.Returned" {
		t.Errorf("heard %d events, the second %s", len(r.heard), got)
	}
}

// However late requests are sent, answered or counted, no second of Discord's sees more than the window lets in.
func TestWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWindow(20)
		var mu sync.Mutex
		var counted []time.Time
		var flying sync.WaitGroup
		random := rand.New(rand.NewPCG(1, 2))
		for range 500 {
			way, back := time.Duration(random.IntN(900))*time.Millisecond, time.Duration(random.IntN(300))*time.Millisecond
			flying.Go(func() {
				if err := w.enter(t.Context()); err != nil {
					t.Error(err)
				}
				time.Sleep(way)
				mu.Lock()
				counted = append(counted, time.Now())
				mu.Unlock()
				time.Sleep(back)
				w.leave()
			})
		}
		flying.Wait()
		for i := range counted {
			if i >= 20 && counted[i].Sub(counted[i-20]) <= time.Second {
				t.Fatalf("21 requests within %v", counted[i].Sub(counted[i-20]))
			}
		}
		if w.aloft != 0 {
			t.Errorf("%d places are lost", w.aloft)
		}
	})
}

// A connection that was closed while idle costs no answer: the request goes out again on a fresh one.
func TestIdleConnectionsMayClose(t *testing.T) {
	r := newRig(t, nil)
	r.connected()
	for n := range 3 {
		if _, err := r.send(coach.Line{Text: fmt.Sprint("Hill day ", n)}); err != nil {
			t.Errorf("message %d: %v", n, err)
		}
		r.web.CloseClientConnections()
	}
	if got := len(r.seen(aliceDM)); got != 3 {
		t.Errorf("%d messages are seen, want 3", got)
	}
}
