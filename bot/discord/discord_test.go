package discord

import (
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/bot/bottest"
	"legcoach/coach"
)

// quick are the supervisor's timings for tests.
var quick = timings{open: 2 * time.Second, idle: 3 * time.Second, gate: 20 * time.Millisecond, least: 20 * time.Millisecond, most: 500 * time.Millisecond, settled: 5 * time.Second}

func TestPlatform(t *testing.T) {
	bottest.Check(t, func(t *testing.T) bottest.Service { return &person{fake: newFake(t)} })
}

// person is alice, in her private chat.
type person struct {
	*fake
	last func()
}

func (p *person) Open(t *testing.T) bot.Platform {
	d, err := Open(Config{Token: testToken, API: p.web.URL, times: quick})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func (p *person) Person() coach.ID { return address(alice) }

func (p *person) Say(t *testing.T, text string) {
	m := p.say(alice, true, text)
	p.last = func() { p.gate.dispatch("MESSAGE_CREATE", m) }
}

func (p *person) Again(t *testing.T) { p.last() }

func (p *person) Tap(t *testing.T, label string) {
	seen := p.seen(aliceDM)
	for n := len(seen) - 1; n >= 0; n-- {
		labels, ids := seen[n].buttons()
		for i, l := range labels {
			if l == label {
				p.tap(alice, true, seen[n], ids[i])
				return
			}
		}
	}
	t.Fatalf("nobody sees a button %q", label)
}

func (p *person) Seen(t *testing.T) (all []bottest.Sight) {
	for _, m := range p.seen(aliceDM) {
		labels, _ := m.buttons()
		all = append(all, bottest.Sight{Text: m.text(), Choices: labels, Silent: m.Flags&flagSilent != 0})
	}
	return all
}

func (p *person) Fault(t *testing.T, f bottest.Fault) bool {
	x := fakeFault{match: "POST /channels/.*/messages", times: 1}
	switch f {
	case bottest.Blocked:
		x.status, x.body = 403, `{"code":50007,"message":"Cannot send messages to this user"}`
	case bottest.Slow:
		x.status, x.body = 429, `{"message":"You are being rate limited.","retry_after":3,"global":false}`
	case bottest.Lost:
		x.after = true
	case bottest.Unsaid:
		x.status, x.body = 502, ""
	case bottest.Rejected:
		x.status, x.body = 400, `{"code":50035,"message":"Invalid Form Body"}`
	}
	p.fault(x)
	return true
}
