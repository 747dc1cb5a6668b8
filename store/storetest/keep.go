package storetest

import (
	"errors"
	"fmt"
	"io/fs"
	"sync"

	"legcoach/coach"
	"legcoach/store"
)

var keepPromises = []promise{
	{"each runner is visited once, and may be changed meanwhile", func(b *bench) {
		var wg sync.WaitGroup
		for i := range 2500 {
			wg.Go(func() { b.say(coach.ID(fmt.Sprintf("a/%04d", i))) })
		}
		wg.Wait()
		seen := map[coach.ID]int{}
		b.ok(b.s.Each(b.ctx(), func(r coach.Runner) error {
			seen[r.ID]++
			if len(seen)%100 == 0 {
				b.update(r.ID, waking(r.ID, Start))
			}
			return nil
		}))
		b.same("visited", len(seen), 2500)
		for id, n := range seen {
			b.same(string(id), n, 1)
		}
	}},
	{"a line is found by what its platform called it", func(b *bench) {
		b.update("a/1", also("a/1", "b/1"))
		for _, key := range []string{"k1", "k2"} {
			b.update("a/1", func(r coach.Runner) (coach.Runner, []coach.Line) { return r, []coach.Line{{Text: key, Key: key}} })
			b.done(b.claims(1, key)[0], "ref of "+key)
		}
		b.say("a/2", coach.Line{Text: "other", Key: "k3"})
		b.done(b.claims(1, "other")[0], "ref of k3")
		b.restart()
		for _, c := range [][3]string{{"a/1", "ref of k1", "k1"}, {"b/1", "ref of k2", "k2"}, {"a/1", "ref of k3", ""}, {"c/1", "ref of k1", ""}} {
			key, err := b.s.Named(b.ctx(), coach.ID(c[0]), c[1])
			b.ok(err)
			b.same(c[0]+" "+c[1], key, c[2])
		}
	}},
	{"each ends with the first error", func(b *bench) {
		b.say("a/1")
		b.say("a/2")
		stop := errors.New("stop")
		n := 0
		err := b.s.Each(b.ctx(), func(coach.Runner) error { n++; return stop })
		if !errors.Is(err, stop) || n != 1 {
			b.Fatalf("got %v after %d", err, n)
		}
	}},
	{"counts count", func(b *bench) {
		b.update("a/1", waking("a/1", Start))
		b.say("a/2", reply("x"), nudge("y"), coach.Line{Text: "z", To: "b/2"})
		b.restart()
		b.same("count", b.count(), store.Counts{Runners: 2, Queued: 3, Waking: 1})
		b.done(b.claims(1, "x")[0], "")
		b.same("queued", b.count().Queued, 2)
	}},
	{"a note is kept until it is emptied", func(b *bench) {
		for _, want := range [][]byte{{1, 0, 2}, {3}, nil} {
			b.ok(b.s.SetNote(b.ctx(), "a/session", want))
			b.restart()
			got, err := b.s.Note(b.ctx(), "a/session")
			b.ok(err)
			b.same("note", string(got), string(want))
			if want == nil && got != nil {
				b.Fatalf("got %v, want nil", got)
			}
		}
	}},
	{"a closed store refuses", func(b *bench) {
		b.ok(b.s.Close())
		_, err := b.s.Update(b.ctx(), "a/1", "", b.now, saying("a/1"))
		_, due := b.s.Due(b.ctx(), b.now, 1)
		_, claim := b.s.Claim(b.ctx(), "a", b.now, 1, 1)
		_, _, load := b.s.Load(b.ctx(), "a/1")
		_, note := b.s.Note(b.ctx(), "k")
		for _, err := range []error{err, due, claim, load, note, b.s.Done(b.ctx(), store.Message{To: "a/1"}, ""), b.s.SetNote(b.ctx(), "k", nil)} {
			if !errors.Is(err, fs.ErrClosed) {
				b.Fatalf("got %v, want fs.ErrClosed", err)
			}
		}
		b.ok(b.s.Close())
		b.restart()
	}},
}
