package storetest

import (
	"fmt"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

var queuePromises = []promise{
	{"a message says all of its line", func(b *bench) {
		line := coach.Line{
			Handle: "h", Text: "t", Fixed: true, Quote: "q", Section: "s", Worth: "w", Choices: []coach.Choice{{Label: "l", Says: "/x"}},
			Nudge: "hill", Unasked: true, Key: "k", Replaces: "r", InPlace: true, Quiet: true, Silent: true, Private: true, Reaction: "👍",
			Moments: []coach.Moment{{Shown: "t", At: Start}}, File: &coach.File{Name: "n", Data: []byte{0, 255}}, Expires: Start,
		}
		b.say("a/1", line)
		b.restart()
		line.To = "a/1"
		got := b.claim(9)
		b.same("messages", len(got), 1)
		b.same("message", got[0], store.Message{
			Seq: got[0].Seq, Runner: "a/1", To: "a/1", Line: line, Queued: Start, Tries: 1, First: Start,
		})
	}},
	{"one message per address at a time, in the order they were said", func(b *bench) {
		b.say("a/1", reply("one"), reply("two"))
		b.say("a/2", reply("three"))
		got := b.claims(9, "one", "three")
		b.claims(9)
		b.done(got[0], "")
		got = b.claims(9, "two")
		b.done(got[0], "")
		b.claims(9)
	}},
	{"replies come before unasked lines, at an address and among them", func(b *bench) {
		b.say("a/1", nudge("n1"), reply("r1"))
		b.say("a/2", nudge("n2"))
		b.say("a/3", reply("r3"))
		got := b.claims(2, "r1", "r3")
		b.claims(9, "n2")
		b.done(got[0], "")
		b.claims(9, "n1")
	}},
	{"platforms do not see each other's messages", func(b *bench) {
		b.say("ab/1", reply("other"))
		b.say("a/1", reply("mine"))
		b.claims(9, "mine")
	}},
	{"max is kept", func(b *bench) {
		for i := range 5 {
			b.say(coach.ID(fmt.Sprintf("a/%d", i)), reply(fmt.Sprint(i)))
		}
		b.claims(0)
		b.claims(2, "0", "1")
		b.claims(2, "2", "3")
		b.claims(2, "4")
	}},
	{"a claim comes back after its hold, unsure", func(b *bench) {
		b.say("a/1", reply("x"))
		m := b.claims(9, "x")[0]
		b.same("unsure", m.Unsure, false)
		b.now = b.now.Add(time.Minute - time.Nanosecond)
		b.claims(9)
		b.now = b.now.Add(time.Nanosecond)
		m = b.claims(9, "x")[0]
		b.same("unsure, tries", [2]any{m.Unsure, m.Tries}, [2]any{true, 2})
		b.same("first", m.First, Start)
	}},
	{"a clock that is put back keeps nothing that was put off", func(b *bench) {
		b.say("a/1", reply("x"))
		b.say("a/2", reply("y"))
		for _, m := range b.claims(9, "x", "y") {
			b.ok(b.s.Retry(b.ctx(), m, b.now.Add(store.RetryFor)))
		}
		b.claims(9)
		b.now = b.now.Add(-time.Second)
		b.restart()
		b.claims(9, "x", "y")
	}},
	{"a clock that jumps ahead makes ready what was put off", func(b *bench) {
		b.say("a/1", reply("x"))
		b.ok(b.s.Retry(b.ctx(), b.claims(9, "x")[0], b.now.Add(time.Minute)))
		b.now = b.now.AddDate(1, 0, 0)
		b.claims(9, "x")
		b.now = b.now.AddDate(-1, 0, 0) // while it is held, it is somebody's
		b.claims(9)
	}},
	{"a claim that its holder is unsure of stays so when given back", func(b *bench) {
		b.say("a/1", reply("x"))
		m := b.claims(9, "x")[0]
		m.Unsure = true
		b.ok(b.s.Retry(b.ctx(), m, b.now.Add(time.Hour)))
		b.restart()
		b.now = b.now.Add(time.Hour)
		m = b.claims(9, "x")[0]
		b.same("unsure, tries", [2]any{m.Unsure, m.Tries}, [2]any{true, 2})
		b.same("first", m.First, Start)
	}},
	{"a claim comes back after a restart at once, unsure", func(b *bench) {
		b.say("a/1", reply("x"))
		b.say("b/1", reply("y"))
		b.say("c/1", reply("z"))
		b.claims(9, "x")
		for _, p := range []string{"b", "c"} {
			_, err := b.s.Claim(b.ctx(), p, b.now, time.Minute, 9)
			b.ok(err)
		}
		b.restart()
		b.same("unsure", b.claims(9, "x")[0].Unsure, true)
		for _, p := range []string{"b", "c"} {
			got, err := b.s.Claim(b.ctx(), p, b.now, time.Minute, 9)
			b.ok(err)
			b.same("unsure", len(got) == 1 && got[0].Unsure, true)
		}
	}},
	{"a message given back is sure, and waits for its time", func(b *bench) {
		b.say("a/1", reply("x"), reply("y"))
		m := b.claims(9, "x")[0]
		b.ok(b.s.Retry(b.ctx(), m, b.now.Add(time.Hour)))
		b.claims(9)
		b.restart()
		b.now = b.now.Add(time.Hour - time.Nanosecond)
		b.claims(9)
		b.now = b.now.Add(time.Nanosecond)
		m = b.claims(9, "x")[0]
		b.same("unsure, tries", [2]any{m.Unsure, m.Tries}, [2]any{false, 2})
	}},
	{"a reply overtakes an unasked line that waits, but not one that is claimed", func(b *bench) {
		b.say("a/1", nudge("n"))
		m := b.claims(9, "n")[0]
		b.say("a/1", reply("r"))
		b.claims(9)
		b.ok(b.s.Retry(b.ctx(), m, b.now.Add(time.Hour)))
		b.claims(9, "r")
	}},
	{"an outdated claim cannot give back, but can be done", func(b *bench) {
		b.say("a/1", reply("x"))
		first := b.claims(9, "x")[0]
		b.now = b.now.Add(time.Minute)
		second := b.claims(9, "x")[0]
		b.ok(b.s.Retry(b.ctx(), first, b.now))
		b.claims(9)
		b.done(first, "")
		b.ok(b.s.Retry(b.ctx(), second, b.now))
		b.claims(9)
		b.same("count", b.count(), store.Counts{Runners: 1})
	}},
	{"done twice is done once", func(b *bench) {
		b.say("a/1", reply("x"), reply("y"))
		m := b.claims(9, "x")[0]
		b.done(m, "")
		b.claims(9, "y")
		b.done(m, "")
		b.claims(9)
		b.same("queued", b.count().Queued, 1)
	}},
	{"what a platform called a line is known to the one that replaces it, for eight days", func(b *bench) {
		b.say("a/1", coach.Line{Text: "card", Key: "card"})
		b.done(b.claims(1, "card")[0], "ref-7")
		b.restart()
		replace := coach.Line{Text: "new", Key: "card", Replaces: "card"}
		b.say("a/2", coach.Line{Text: "stranger's", Replaces: "card"})
		b.same("ref", b.claims(1, "stranger's")[0].Ref, "")
		for _, c := range []struct {
			after time.Duration
			want  string
		}{{0, "ref-7"}, {store.RefFor - time.Second, "ref-7"}, {store.RefFor, ""}} {
			b.now = Start.Add(c.after)
			b.say("a/1", replace)
			for m := range b.next() {
				if m.To == "a/1" {
					b.same(fmt.Sprintf("ref after %v", c.after), m.Ref, c.want)
				}
				b.done(m, "")
			}
		}
	}},
	{"the latest name of a line counts", func(b *bench) {
		for i := range 3 {
			b.now = b.now.Add(25 * time.Hour)
			b.say("a/1", coach.Line{Text: "card", Key: "card"})
			b.done(b.claims(1, "card")[0], fmt.Sprintf("ref-%d", i))
		}
		b.say("a/1", coach.Line{Text: "new", Replaces: "card"})
		b.same("ref", b.claims(1, "new")[0].Ref, "ref-2")
	}},
	{"seq rises, also after a restart and an empty queue", func(b *bench) {
		last := uint64(0)
		for range 3 {
			b.say("a/1", reply("x"))
			m := b.claims(1, "x")[0]
			if m.Seq <= last {
				b.Fatalf("seq %d came after %d", m.Seq, last)
			}
			last = m.Seq
			b.done(m, "")
			b.restart()
		}
	}},
	{"an expired line is still claimed", func(b *bench) {
		b.say("a/1", coach.Line{Text: "late", Expires: b.now.Add(-time.Hour)})
		b.claims(1, "late")
	}},
}

// next yields what platform a can be given, one at a time, until nothing is ready.
func (b *bench) next() func(func(store.Message) bool) {
	return func(yield func(store.Message) bool) {
		for {
			got := b.claim(1)
			if len(got) == 0 || !yield(got[0]) {
				return
			}
		}
	}
}
