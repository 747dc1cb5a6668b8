package storetest

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// playCrashes hears events on a store that fails and is opened again at any
// point, as its users do: an event is offered until it was heard, a
// message that may have been said is said again. In the end every event counts
// once, every message was said, and one that was said twice was known to be unsure.
func playCrashes(t *testing.T, open Open) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			s, reopen := open(t)
			c := &crashes{
				bench: bench{TB: t, s: s, reopen: reopen, now: Start},
				dice:  rand.New(rand.NewPCG(seed, 1)), said: map[string]int{},
			}
			defer func() { c.ok(c.s.Close()) }()
			c.play(100)
		})
	}
}

type crashes struct {
	bench
	dice *rand.Rand
	said map[string]int
}

func (c *crashes) play(events int) {
	runners := []coach.ID{"a/1", "a/2", "a/3"}
	want := map[coach.ID]int{}
	for i := range events {
		at := runners[c.dice.IntN(len(runners))]
		want[at]++
		c.hear(at, fmt.Sprintf("m%d", i))
		c.deliver()
	}
	for c.count().Queued > 0 {
		c.deliver()
	}
	for at, n := range want {
		c.same("events of "+string(at), c.load(at).Wake, Start.Add(time.Duration(n)*time.Second))
	}
	c.same("messages said", len(c.said), events)
	c.ok(c.s.Verify(c.ctx()))
}

// flaky returns the store as it fails now, and maybe opens it again first.
func (c *crashes) flaky() *Flaky {
	if c.dice.IntN(10) == 0 {
		c.restart()
	}
	return Randomly(c.s, c.dice.Uint64(), 3)
}

// hear offers an event until it was heard.
func (c *crashes) hear(at coach.ID, cause string) {
	for {
		_, err := c.flaky().Update(c.ctx(), at, cause, c.now, func(r coach.Runner) (coach.Runner, []coach.Line) {
			if r.IsZero() {
				r = coach.Runner{ID: at, Wake: Start}
			}
			r.Wake = r.Wake.Add(time.Second)
			return r, []coach.Line{reply(cause)}
		})
		if err == nil {
			return
		}
	}
}

// deliver claims once and says what it was given.
func (c *crashes) deliver() {
	c.now = c.now.Add(20 * time.Second)
	got, err := c.flaky().Claim(c.ctx(), "a", c.now, time.Minute, 2)
	if err != nil {
		return
	}
	for _, m := range got {
		c.send(m)
	}
}

func (c *crashes) send(m store.Message) {
	if c.dice.IntN(4) == 0 { // surely not said
		_ = c.flaky().Retry(c.ctx(), m, c.now.Add(time.Second)) // if it fails, the hold will pass
		return
	}
	if c.said[m.Line.Text]++; c.said[m.Line.Text] > 1 && !m.Unsure {
		c.Fatalf("%s was said twice without doubt", m.Line.Text)
	}
	_ = c.flaky().Done(c.ctx(), m, "") // if it fails, it comes back unsure
}
