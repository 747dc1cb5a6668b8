package discord

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// ackOf waits for the first answer of an interaction.
func (r *rig) ackOf(i *fakeInteraction) (kind int, data fakePost) {
	r.t.Helper()
	select {
	case <-i.done:
	case <-time.After(10 * time.Second):
		r.t.Fatalf("%s was never acknowledged; the log says\n%s", i, r.logs)
	}
	r.fake.mu.Lock()
	defer r.fake.mu.Unlock()
	_ = json.Unmarshal(i.ack.Data, &data)
	return i.ack.Type, data
}

func TestCommandIsAnswered(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands = sample })
	i := r.slash(alice, true, "done", opt("when", "yesterday"), opt("kind", "hill"))
	kind, answer := r.ackOf(i)
	if kind != answerMessage || answer.text() != "You said /done hill yesterday." || answer.Flags != 0 {
		t.Errorf("answered with type %d, %+v", kind, answer)
	}
	said := r.next(1)
	if said.Text != "/done hill yesterday" || said.Tapped || said.Where != "" || said.Locale != "de" || time.Since(said.Sent) > time.Minute {
		t.Errorf("heard %+v", said)
	}
}

// In a server an answer is for the person alone, unless they share it; what is private stays so.
func TestAnswersInServers(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands, c.Share = sample, share })
	r.answer = func(s coach.Said) []coach.Line {
		return []coach.Line{{Text: "Answer.", Private: strings.Contains(s.Text, "sore"), Choices: []coach.Choice{{Label: "More", Says: "more"}}}}
	}
	for _, c := range []struct {
		question string
		share    bool
		hidden   bool
	}{{"hills?", false, true}, {"hills?", true, false}, {"sore", true, true}} {
		i := r.slash(alice, false, "ask", opt("question", c.question), opt("share", c.share))
		kind, answer := r.ackOf(i)
		if hidden := answer.Flags&flagEphemeral != 0; kind != answerMessage || hidden != c.hidden {
			t.Errorf("%+v: answered with type %d, hidden %v", c, kind, hidden)
		}
	}
	if said := r.next(1); said.Where != "discord/c"+hall || said.Text != "/ask hills?" {
		t.Errorf("heard %+v", said)
	}
}

// A slow answer is announced in time, and then put where it was announced.
func TestSlowAnswerIsDeferred(t *testing.T) {
	for name, c := range map[string]struct {
		direct bool
		flags  int
	}{"in private": {true, 0}, "in a server": {false, flagEphemeral}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t, func(c *Config) { c.patch = 200 * time.Millisecond })
			r.slow = 500 * time.Millisecond
			i := r.slash(alice, c.direct, "streak")
			if kind, data := r.ackOf(i); kind != answerDefer || data.Flags != c.flags {
				t.Errorf("acknowledged with type %d and flags %d, want %d and %d", kind, data.Flags, answerDefer, c.flags)
			}
			r.reads(i.channel, "You said /streak.")
			if n := len(r.seen(i.channel)); n != 1 || i.acks != 1 {
				t.Errorf("%d messages after %d acknowledgements", n, i.acks)
			}
		})
	}
}

// A tap that is slow to answer is taken note of without a new message.
func TestSlowTap(t *testing.T) {
	r := newRig(t, func(c *Config) { c.patch = 100 * time.Millisecond })
	ref, err := r.send(coach.Line{Text: "How was it?", Choices: []coach.Choice{{Label: "Easy", Says: "effort 2"}}})
	if err != nil {
		t.Fatal(err)
	}
	r.connected()
	r.slow = 300 * time.Millisecond
	r.answer = func(coach.Said) []coach.Line { return []coach.Line{{Text: "Noted.", InPlace: true}} }
	p := r.reads(aliceDM, "How was it?")
	i := r.tap(alice, true, p, "effort 2")
	if kind, _ := r.ackOf(i); kind != answerSilently {
		t.Errorf("acknowledged with type %d", kind)
	}
	if got := r.reads(aliceDM, "Noted."); ref != aliceDM+"/"+got.ID || len(got.Components) != 0 {
		t.Errorf("%+v, want it in place of %s without buttons", got, ref)
	}
}

// Every one of a burst is acknowledged in time and once, though answering takes long.
func TestBurst(t *testing.T) {
	r := newRig(t, func(c *Config) { c.patch = 300 * time.Millisecond })
	r.slow = 100 * time.Millisecond
	r.connected()
	var all []*fakeInteraction
	began := time.Now()
	for n := range 200 {
		all = append(all, r.slash(fmt.Sprint(400000000000000000+n%100), true, "done"))
	}
	r.next(200)
	if took := time.Since(began); took > 1500*time.Millisecond { // two for each person, 100 ms each
		t.Skipf("this machine is too busy to be in time: hearing took %v", took)
	}
	for _, i := range all {
		r.ackOf(i)
	}
	r.sends.Wait()
	for _, i := range all {
		if i.acks != 1 || i.latency > 3*time.Second {
			t.Errorf("%s: %d acknowledgements, the first after %v", i, i.acks, i.latency)
		}
	}
}

// What is too old to be acknowledged is done all the same and answered by a plain message.
func TestOldInteraction(t *testing.T) {
	r := newRig(t, nil)
	i := r.interact(slash, alice, true, map[string]any{"name": "done", "type": 1}, func(e map[string]any) {
		e["id"] = fmt.Sprint(uint64(time.Now().Add(-10*time.Second).UnixMilli()-1420070400000) << 22)
	})
	r.reads(aliceDM, "You said /done.")
	if i.tried != 0 {
		t.Errorf("%d acknowledgements of an expired interaction", i.tried)
	}
}

// A handle outlives the process: the answer goes where it was announced, is
// not said twice, and becomes a plain message once Discord has given up.
func TestAnswerAfterRestart(t *testing.T) {
	t.Run("announced", func(t *testing.T) {
		r := newRig(t, func(c *Config) { c.patch = 50 * time.Millisecond })
		r.answer = nil
		i := r.slash(alice, true, "streak")
		said := r.next(1)
		r.ackOf(i)
		r.end()
		r.start(nil)
		if _, err := r.send(coach.Line{Text: "Twelve days.", Handle: said.Handle}); err != nil {
			t.Fatal(err)
		}
		r.reads(aliceDM, "Twelve days.")
		if n := len(r.seen(aliceDM)); n != 1 {
			t.Errorf("%d messages", n)
		}
	})
	t.Run("said already", func(t *testing.T) {
		r := newRig(t, nil)
		r.answer = nil
		r.slash(alice, false, "streak")
		line := coach.Line{Text: "Twelve days.", Handle: r.next(1).Handle}
		for range 2 {
			if _, err := r.send(line, func(m *bot.Message) { m.Seq = 7 }); err != nil {
				t.Fatal(err)
			}
			r.end()
			r.start(nil)
		}
		if n := len(r.seen(hall)); n != 1 {
			t.Errorf("%d messages, want 1", n)
		}
	})
	t.Run("never acknowledged", func(t *testing.T) {
		r := newRig(t, nil)
		i := r.interact(slash, alice, true, map[string]any{"name": "done", "type": 1}, func(e map[string]any) {
			e["id"] = fmt.Sprint(uint64(time.Now().Add(-20*time.Minute).UnixMilli()-1420070400000) << 22)
		})
		r.reads(aliceDM, "You said /done.")
		if i.tried != 0 {
			t.Error("an interaction of twenty minutes ago was acknowledged")
		}
	})
}

// An answer whose own answer was lost is given once.
func TestLostAnswerIsGivenOnce(t *testing.T) {
	for _, what := range []fakeFault{{after: true}, {after: true, status: 502}, {drop: true}} {
		t.Run(fmt.Sprintf("%+v", what), func(t *testing.T) {
			r := newRig(t, nil)
			what.match, what.times = "POST /interactions/.*", 1
			r.fault(what)
			r.slash(alice, false, "streak")
			r.reads(hall, "You said /streak.")
			r.sends.Wait()
			if n := len(r.seen(hall)); n != 1 {
				t.Errorf("%d messages, want 1", n)
			}
		})
	}
}

// Several lines answer one interaction: in private they are messages, in a server the answer grows.
func TestManyLines(t *testing.T) {
	r := newRig(t, nil)
	r.answer = nil
	r.slash(alice, true, "done")
	r.next(1)
	r.slash(alice, false, "done")
	r.next(2)
	for n, s := range r.said() {
		for _, text := range []string{"Logged.", "Four weeks in a row."} {
			if _, err := r.send(coach.Line{Text: text, Handle: s.Handle}); err != nil {
				t.Fatal(n, err)
			}
		}
	}
	r.reads(aliceDM, "Logged.")
	r.reads(aliceDM, "Four weeks in a row.")
	r.reads(hall, "Logged.\n\nFour weeks in a row.")
}

// Something private is not shown where everybody could read the shared answer.
func TestPrivateLineAfterSharedDefer(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands, c.Share, c.patch = sample, share, 50*time.Millisecond })
	r.answer = nil
	i := r.slash(alice, false, "ask", opt("question", "my knee hurts"), opt("share", true))
	if kind, data := r.ackOf(i); kind != answerDefer || data.Flags != 0 {
		t.Fatalf("acknowledged with type %d, flags %d", kind, data.Flags)
	}
	if _, err := r.send(coach.Line{Text: "Rest it.", Private: true, Handle: r.next(1).Handle}); err != nil {
		t.Fatal(err)
	}
	seen := r.seen(hall)
	if len(seen) != 1 || seen[0].text() != "Rest it." || seen[0].Flags&flagEphemeral == 0 {
		t.Errorf("%+v, want one hidden message", seen)
	}
}

// Somebody else's buttons are answered privately and do nothing.
func TestForeignTap(t *testing.T) {
	r := newRig(t, func(c *Config) { c.Commands, c.Share = sample, share })
	r.answer = func(coach.Said) []coach.Line {
		return []coach.Line{{Text: "Logged.", Choices: []coach.Choice{{Label: "Undo", Says: "/undo"}}}}
	}
	r.ackOf(r.slash(alice, false, "ask", opt("question", "hills"), opt("share", true)))
	p := r.reads(hall, "Logged.")
	_, ids := p.buttons()
	kind, answer := r.ackOf(r.tap(bob, false, p, ids[0]))
	if kind != answerMessage || answer.Flags&flagEphemeral == 0 || len(r.said()) != 1 {
		t.Errorf("bob was answered with type %d %+v; heard %v", kind, answer, r.said())
	}
	r.answer = func(coach.Said) []coach.Line { return []coach.Line{{Text: "Undone.", InPlace: true}} }
	if kind, _ := r.ackOf(r.tap(alice, false, p, ids[0])); kind != answerInPlace {
		t.Errorf("alice was answered with type %d", kind)
	}
	if said := r.next(2); said.Text != "/undo" || !said.Tapped {
		t.Errorf("heard %+v", said)
	}
}

// A week-old button says its words: nothing about it is kept in memory.
func TestOldButton(t *testing.T) {
	r := newRig(t, nil)
	if _, err := r.send(coach.Line{Text: "Hill day.", Nudge: "hill", Key: "2026-11-24/hill", Choices: []coach.Choice{{Label: "Done", Says: "/done hill 2026-11-24"}}}); err != nil {
		t.Fatal(err)
	}
	r.end()
	r.start(nil)
	r.connected()
	p := r.reads(aliceDM, "Hill day.")
	_, ids := p.buttons()
	r.tap(alice, true, p, ids[0])
	if said := r.next(1); said.Text != "/done hill 2026-11-24" || said.Nudge != "2026-11-24/hill" || !said.Tapped {
		t.Errorf("heard %+v", said)
	}
}

// A quiet line that changes nothing still ends the waiting of who asked.
func TestQuietLineEndsTheWaiting(t *testing.T) {
	r := newRig(t, func(c *Config) { c.patch = 50 * time.Millisecond })
	r.answer = nil
	i := r.slash(alice, true, "done")
	r.ackOf(i)
	if _, err := r.send(coach.Line{Text: "Closed.", Quiet: true, Replaces: "2026-11-24/hill", Handle: r.next(1).Handle}); err != nil {
		t.Fatal(err)
	}
	r.reads(aliceDM, english.Done)
}

// An answer in a server that comes too late for its interaction goes to the person alone, not to the channel.
func TestLateAnswerStaysPrivate(t *testing.T) {
	r := newRig(t, nil)
	r.answer = func(s coach.Said) []coach.Line { return []coach.Line{{Text: "Twelve days.", To: s.Where}} }
	r.interact(slash, alice, false, map[string]any{"name": "streak", "type": 1}, func(e map[string]any) {
		e["id"] = fmt.Sprint(uint64(time.Now().Add(-10*time.Second).UnixMilli()-1420070400000) << 22)
	})
	r.reads(aliceDM, "Twelve days.")
	if n := len(r.seen(hall)); n != 0 {
		t.Errorf("%d messages in the channel", n)
	}
}

// A tap on a message that was deleted meanwhile is answered by a new one.
func TestTappedMessageIsGone(t *testing.T) {
	r := newRig(t, nil)
	if _, err := r.send(coach.Line{Text: "How was it?", Choices: []coach.Choice{{Label: "Easy", Says: "effort 2"}}}); err != nil {
		t.Fatal(err)
	}
	r.connected()
	p := r.reads(aliceDM, "How was it?")
	r.fault(fakeFault{match: "POST /interactions/.*", times: 1, status: 404, body: `{"code":10008,"message":"Unknown Message"}`})
	r.answer = func(coach.Said) []coach.Line { return []coach.Line{{Text: "Noted.", InPlace: true}} }
	if kind, _ := r.ackOf(r.tap(alice, true, p, "effort 2")); kind != answerMessage {
		t.Errorf("answered with type %d", kind)
	}
	r.reads(aliceDM, "Noted.")
}

// Installed by a person, the bot answers in anybody's chat, for that person alone.
func TestInForeignChats(t *testing.T) {
	r := newRig(t, nil)
	i := r.interact(slash, alice, true, map[string]any{"name": "streak", "type": 1}, func(e map[string]any) {
		e["context"], e["channel_id"] = 2, hall
	})
	if kind, answer := r.ackOf(i); kind != answerMessage || answer.Flags&flagEphemeral == 0 {
		t.Errorf("answered with type %d, flags %d", kind, answer.Flags)
	}
	if c, _ := r.p.direct.find(t.Context(), alice); c.id != "" {
		t.Error("a foreign chat was taken for the person's own")
	}
}
