package storetest

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

var updatePromises = []promise{
	{"a stranger is the zero runner and may stay one", func(b *bench) {
		b.update("a/1", func(r coach.Runner) (coach.Runner, []coach.Line) {
			b.same("runner", r, coach.Runner{})
			return r, []coach.Line{reply("one")}
		})
		b.update("a/1", func(r coach.Runner) (coach.Runner, []coach.Line) { return r, []coach.Line{reply("two")} })
		b.same("count", b.count(), store.Counts{Queued: 2})
	}},
	{"what step makes is what the next step gets, also after a restart", func(b *bench) {
		want := coach.Runner{ID: "a/1", Since: Start, Wake: Start.Add(time.Hour)}
		b.update("a/1", func(coach.Runner) (coach.Runner, []coach.Line) { return want, nil })
		b.restart()
		b.update("a/1", func(r coach.Runner) (coach.Runner, []coach.Line) {
			b.same("runner", r, want)
			return r, nil
		})
		b.same("load", b.load("a/1"), want)
	}},
	{"a cause counts once for 48 hours", func(b *bench) {
		for _, c := range []struct {
			after time.Duration
			want  bool
		}{{0, true}, {0, false}, {time.Hour, false}, {store.CauseFor - time.Second, false}, {store.CauseFor, true}, {store.CauseFor, false}} {
			got, err := b.s.Update(b.ctx(), "a/1", "a/m1", b.now.Add(c.after), saying("a/1", reply("x")))
			b.ok(err)
			if got != c.want {
				b.Fatalf("after %v: applied %v, want %v", c.after, got, c.want)
			}
			b.restart()
		}
		b.same("count", b.count(), store.Counts{Runners: 1, Queued: 2})
	}},
	{"a long cause counts once too", func(b *bench) {
		for i, cause := range []string{strings.Repeat("x", 5000), strings.Repeat("x", 5001), strings.Repeat("x", 5000)} {
			got, err := b.s.Update(b.ctx(), "a/1", cause, b.now, saying("a/1"))
			b.ok(err)
			b.same("applied", got, i < 2)
		}
	}},
	{"a step that panics fails alone and leaves nothing, not even its cause", func(b *bench) {
		_, err := b.s.Update(b.ctx(), "a/1", "a/m1", b.now, func(coach.Runner) (coach.Runner, []coach.Line) { panic("ouch") })
		var panicked *store.PanicError
		if !errors.As(err, &panicked) || panicked.Runner != "a/1" || !strings.Contains(err.Error(), "a/1") {
			b.Fatalf("got %v, want a *PanicError that names a/1", err)
		}
		applied, err := b.s.Update(b.ctx(), "a/1", "a/m1", b.now, saying("a/1", reply("x")))
		b.ok(err)
		b.same("applied", applied, true)
	}},
	{"others commit while a step panics", func(b *bench) {
		var wg sync.WaitGroup
		errs := make([]error, 64)
		for i := range errs {
			wg.Go(func() {
				at := coach.ID(fmt.Sprintf("a/%d", i))
				_, errs[i] = b.s.Update(b.ctx(), at, "", b.now, func(r coach.Runner) (coach.Runner, []coach.Line) {
					if i%8 == 0 {
						panic(i)
					}
					return coach.Runner{ID: at}, []coach.Line{reply("x")}
				})
			})
		}
		wg.Wait()
		for i, err := range errs {
			if (err != nil) != (i%8 == 0) {
				b.Fatalf("update %d: %v", i, err)
			}
		}
		b.same("count", b.count(), store.Counts{Runners: 56, Queued: 56})
	}},
	{"updates of one runner happen one after another", func(b *bench) {
		var wg sync.WaitGroup
		for range 64 {
			wg.Go(func() {
				if _, err := b.s.Update(b.ctx(), "a/1", "", b.now, later); err != nil {
					b.Error(err)
				}
			})
		}
		wg.Wait()
		b.same("wake", b.load("a/1").Wake, Start.Add(64*time.Second))
	}},
	{"step may keep or change what it was given", func(b *bench) {
		b.update("a/1", func(coach.Runner) (coach.Runner, []coach.Line) {
			return coach.Runner{ID: "a/1", Also: []coach.ID{"b/1", "b/2"}}, nil
		})
		var kept coach.Runner
		b.update("a/1", func(r coach.Runner) (coach.Runner, []coach.Line) {
			kept = r
			r.Also[0] = "b/3"
			return r, nil
		})
		kept.Also[1] = "b/9"
		b.same("runner", b.load("a/1"), coach.Runner{ID: "a/1", Also: []coach.ID{"b/3", "b/2"}})
		b.same("left", b.load("b/1"), coach.Runner{})
		b.same("joined", b.load("b/3").ID, "a/1")
	}},
	{"what is no runner or no address is refused", func(b *bench) {
		for _, at := range []coach.ID{"", "/1", "a/\x00", "a/\xff", coach.ID("a/" + strings.Repeat("x", store.MaxID))} {
			if _, err := b.s.Update(b.ctx(), at, "", b.now, saying(at)); err == nil {
				b.Fatalf("an update at %.20q was applied", at)
			}
		}
		for name, step := range map[string]store.Step{
			"another ID":      saying("a/2"),
			"line to nowhere": saying("a/1", coach.Line{To: "/"}),
			"bad address":     also("a/1", ""),
			"itself":          also("a/1", "a/1"),
			"twice":           also("a/1", "b/1", "b/1"),
		} {
			if _, err := b.s.Update(b.ctx(), "a/1", "", b.now, step); err == nil {
				b.Fatalf("%s was accepted", name)
			}
		}
		b.same("count", b.count(), store.Counts{})
	}},
	{"a forgotten runner leaves only the lines of that update", func(b *bench) {
		b.update("a/1", func(coach.Runner) (coach.Runner, []coach.Line) {
			return coach.Runner{ID: "a/1", Also: []coach.ID{"b/1"}, Wake: Start}, []coach.Line{
				{Text: "card", Key: "card"}, nudge("home"), {Text: "group", To: "a/g"}, {Text: "linked", To: "b/1"}}
		})
		b.done(b.claims(1, "card")[0], "ref")
		b.say("a/2", coach.Line{Text: "other", To: "a/g"})
		b.update("b/1", func(coach.Runner) (coach.Runner, []coach.Line) {
			return coach.Runner{}, []coach.Line{{Text: "bye", Replaces: "card"}, {Text: "bye, too", To: "a/1"}}
		})
		b.same("count", b.count(), store.Counts{Runners: 1, Queued: 3})
		b.same("due", b.due(Start, 9), []coach.ID{})
		b.same("load", b.load("a/1"), coach.Runner{})
		b.same("load", b.load("b/1"), coach.Runner{})
		b.claims(9, "other", "bye, too")
		got, err := b.s.Claim(b.ctx(), "b", b.now, time.Minute, 9)
		b.ok(err)
		if len(got) != 1 || got[0].Line.Text != "bye" || got[0].Ref != "" {
			b.Fatalf("got %+v, want the goodbye, and no ref", got)
		}
		b.done(got[0], "late")
		b.same("count", b.count(), store.Counts{Runners: 1, Queued: 2})
	}},
	{"an address in Also leads to the runner until it is taken out", func(b *bench) {
		b.update("a/1", also("a/1", "b/1"))
		b.restart()
		b.update("b/1", func(r coach.Runner) (coach.Runner, []coach.Line) {
			b.same("runner", r.ID, "a/1")
			return r, []coach.Line{reply("here")}
		})
		got, err := b.s.Claim(b.ctx(), "b", b.now, time.Minute, 9)
		b.ok(err)
		b.same("messages", len(got), 1)
		b.same("runner and address", [2]coach.ID{got[0].Runner, got[0].To}, [2]coach.ID{"a/1", "b/1"})
		b.update("a/1", also("a/1"))
		b.same("load", b.load("b/1"), coach.Runner{})
		b.say("b/1")
		b.same("count", b.count(), store.Counts{Runners: 2, Queued: 1})
	}},
	{"an address that joins gives up the runner it was, but not what is queued there", func(b *bench) {
		b.update("b/1", func(coach.Runner) (coach.Runner, []coach.Line) {
			return coach.Runner{ID: "b/1", Also: []coach.ID{"c/1"}, Wake: Start}, []coach.Line{reply("code"), {Text: "far", To: "a/g"}}
		})
		b.update("a/1", also("a/1", "b/1"))
		b.same("count", b.count(), store.Counts{Runners: 1, Queued: 2})
		b.same("due", b.due(Start, 9), []coach.ID{})
		b.same("load", b.load("b/1").ID, "a/1")
		b.same("load", b.load("c/1"), coach.Runner{})
		b.same("runner", b.claims(9, "far")[0].Runner, "a/1")
		b.update("a/1", func(coach.Runner) (coach.Runner, []coach.Line) { return coach.Runner{}, nil })
		b.same("count", b.count(), store.Counts{})
	}},
	{"who joins brings what platforms called their lines, and replaces none of the other's", func(b *bench) {
		say := func(at, to coach.ID, key, ref string) {
			b.Helper()
			b.say(at, coach.Line{Text: key, Key: key, To: to})
			b.done(b.claim(1)[0], ref)
		}
		say("a/1", "a/1", "both", "1")
		say("a/2", "a/2", "both", "2")
		say("a/2", "a/2", "old", "3")
		b.now = b.now.Add(25 * time.Hour)
		say("a/2", "a/2", "new", "4")
		b.update("a/1", also("a/1", "a/2"))
		b.restart()
		for _, c := range []struct{ key, ref string }{{"both", "1"}, {"old", "3"}, {"new", "4"}} {
			b.say("a/1", coach.Line{Text: "edit", To: "a/2", Replaces: c.key})
			m := b.claim(1)[0]
			b.same("ref of "+c.key, m.Ref, c.ref)
			b.done(m, "")
		}
		key, err := b.s.Named(b.ctx(), "a/2", "4")
		b.ok(err)
		b.same("named", key, "new")
	}},
	{"an address that somebody else lists is refused", func(b *bench) {
		b.update("a/1", also("a/1", "c/1"))
		if _, err := b.s.Update(b.ctx(), "a/2", "", b.now, also("a/2", "c/1")); err == nil {
			b.Fatal("c/1 was given to two runners")
		}
		b.same("load", b.load("a/2"), coach.Runner{})
		b.update("a/2", also("a/2", "a/1", "c/1"))
		b.same("load", b.load("c/1").ID, "a/2")
	}},
	{"two runners are joined, and taken apart again, in one transaction", func(b *bench) {
		b.update("a/1", also("a/1", "code/x"))
		b.say("b/1", reply("before"), coach.Line{Text: "far", To: "a/g"})
		both := func(at, other coach.ID, cause string, step store.StepBoth) bool {
			b.Helper()
			applied, err := b.s.UpdateBoth(b.ctx(), at, other, cause, b.now, step)
			b.ok(err)
			return applied
		}
		join := func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line) {
			b.same("runners", [2]coach.ID{one.ID, two.ID}, [2]coach.ID{"b/1", "a/1"})
			two.Also, two.Wake = []coach.ID{"b/1"}, Start
			return coach.Runner{}, two, []coach.Line{reply("joined"), {Text: "there", To: "a/1"}}
		}
		b.same("applied", both("b/1", "code/x", "k", join), true)
		b.same("again", both("b/1", "code/x", "k", join), false)
		b.restart()
		b.same("load", b.load("b/1").ID, "a/1")
		b.same("code", b.load("code/x"), coach.Runner{})
		b.same("count", b.count(), store.Counts{Runners: 1, Queued: 4, Waking: 1})
		for _, m := range b.claims(9, "far", "there") {
			b.same("runner", m.Runner, "a/1")
		}
		both("b/1", "b/1", "", func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line) {
			b.same("runners", [2]coach.ID{one.ID, two.ID}, [2]coach.ID{"a/1", ""})
			one.Also, two.ID, two.Wake = nil, "b/1", Start
			return one, two, []coach.Line{{Text: "apart", To: "a/1"}}
		})
		b.restart()
		b.same("load", b.load("b/1").ID, "b/1")
		b.same("due", b.due(Start, 9), []coach.ID{"a/1", "b/1"})
		b.same("count", b.count(), store.Counts{Runners: 2, Queued: 5, Waking: 2})
	}},
	{"two runners who come out of a step with one address are refused", func(b *bench) {
		b.update("a/1", also("a/1", "c/1"))
		for name, step := range map[string]store.StepBoth{
			"still there": func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line) {
				two.ID = "b/1"
				one.Also = []coach.ID{"b/1"}
				return one, two, nil
			},
			"of both": func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line) {
				two.ID, two.Also = "b/1", one.Also
				return one, two, nil
			},
			"another name": func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line) {
				two.ID = "b/2"
				return one, two, nil
			},
			"a panic": func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line) { panic("drawn") },
		} {
			if _, err := b.s.UpdateBoth(b.ctx(), "a/1", "b/1", "", b.now, step); err == nil {
				b.Fatalf("%s was accepted", name)
			}
		}
		b.same("load", b.load("a/1"), coach.Runner{ID: "a/1", Also: []coach.ID{"c/1"}})
		b.same("count", b.count(), store.Counts{Runners: 1})
	}},
	{"the due are those whose wake has come, the longest due first", func(b *bench) {
		for i, wake := range []time.Duration{3, 1, 4, 2, 0} {
			at := coach.ID(fmt.Sprintf("a/%d", i))
			b.update(at, waking(at, Start.Add(wake*time.Minute)))
		}
		b.update("a/9", waking("a/9", time.Time{}))
		b.restart()
		b.same("due", b.due(Start.Add(3*time.Minute), 9), []coach.ID{"a/4", "a/1", "a/3", "a/0"})
		b.same("two", b.due(Start.Add(3*time.Minute), 2), []coach.ID{"a/4", "a/1"})
		b.same("none", b.due(Start.Add(-time.Nanosecond), 9), []coach.ID{})
		b.update("a/4", waking("a/4", Start.Add(time.Hour)))
		b.update("a/1", waking("a/1", time.Time{}))
		b.same("moved", b.due(Start.Add(3*time.Minute), 9), []coach.ID{"a/3", "a/0"})
		b.same("count", b.count(), store.Counts{Runners: 6, Waking: 4})
	}},
	{"any wake is kept", func(b *bench) {
		for i, wake := range []time.Time{time.Unix(0, 0), time.Unix(-1, 5), time.Date(1, 1, 1, 0, 0, 1, 0, time.UTC), time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)} {
			at := coach.ID(fmt.Sprintf("a/%d", i))
			b.update(at, waking(at, wake))
			b.same("wake", b.load(at).Wake.Equal(wake), true)
		}
		b.same("due", b.due(Start, 9), []coach.ID{"a/2", "a/1", "a/0"})
	}},
	{"a context that has ended changes nothing", func(b *bench) {
		ctx, cancel := context.WithCancel(b.ctx())
		cancel()
		if _, err := b.s.Update(ctx, "a/1", "", b.now, saying("a/1")); !errors.Is(err, context.Canceled) {
			b.Fatalf("got %v", err)
		}
		b.same("count", b.count(), store.Counts{})
	}},
}

// later is a step that counts: the wake moves on by a second.
func later(r coach.Runner) (coach.Runner, []coach.Line) {
	if r.IsZero() {
		r = coach.Runner{ID: "a/1", Wake: Start}
	}
	r.Wake = r.Wake.Add(time.Second)
	return r, nil
}

// also returns a step that makes a runner with further addresses.
func also(id coach.ID, more ...coach.ID) store.Step {
	return func(r coach.Runner) (coach.Runner, []coach.Line) {
		r.ID, r.Also = id, more
		return r, nil
	}
}
