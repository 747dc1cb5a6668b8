package storetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach"
	"legcoach/store"
	"legcoach/store/memory"
)

// playRandom plays random operations on a store and on the model, and compares every answer.
// The seed is printed by rapid when they differ.
func playRandom(t *testing.T, open Open) {
	rapid.Check(t, func(rt *rapid.T) {
		s, reopen := open(t)
		p := &play{T: rt, s: s, reopen: reopen, model: memory.New(), now: Start, bench: bench{TB: t}}
		defer func() { p.ok(p.s.Close()) }()
		rt.Repeat(map[string]func(*rapid.T){
			"update":  p.update,
			"both":    p.both,
			"claim":   p.claim,
			"done":    p.done,
			"retry":   p.retry,
			"note":    p.note,
			"restart": p.restart,
			"":        p.compare,
		})
		p.ok(p.s.Verify(t.Context()))
	})
}

// play is a store and its model, with what was claimed from both.
type play struct {
	*rapid.T
	bench  bench
	s      Store
	reopen func() Store
	model  *memory.Store
	now    time.Time
	held   [][2]store.Message // of the store, and of the model
}

var addresses = []coach.ID{"a/1", "a/2", "a/3", "b/1", "b/2", "a/g"}

func (p *play) ok(err error) {
	if err != nil {
		p.Fatal(err)
	}
}

// agree wants both to fail or both to answer the same.
func (p *play) agree(what string, got, want any, gotErr, wantErr error) {
	if (gotErr == nil) != (wantErr == nil) {
		p.Fatalf("%s: got error %v, want %v", what, gotErr, wantErr)
	}
	if gotErr == nil && fmt.Sprintf("%+v", got) != fmt.Sprintf("%+v", want) {
		p.Fatalf("%s: got %+v, want %+v", what, got, want)
	}
}

// pass lets some time pass, mostly little, sometimes days.
func (p *play) pass(t *rapid.T) {
	p.now = p.now.Add(rapid.SampledFrom([]time.Duration{
		0, 0, 0, time.Second, time.Minute, time.Hour, 23 * time.Hour, 49 * time.Hour,
	}).Draw(t, "pass"))
}

func (p *play) update(t *rapid.T) {
	p.pass(t)
	at := rapid.SampledFrom(addresses).Draw(t, "at")
	cause := rapid.SampledFrom([]string{"", "", "c1", "c2", "c3"}).Draw(t, "cause")
	step := drawStep(t, at, p.now)
	got, gotErr := p.s.Update(p.bench.Context(), at, cause, p.now, step)
	want, wantErr := p.model.Update(p.bench.Context(), at, cause, p.now, step)
	p.agree("update", got, want, gotErr, wantErr)
}

// both joins the runners at two addresses, or takes them apart.
func (p *play) both(t *rapid.T) {
	p.pass(t)
	at, other := rapid.SampledFrom(addresses).Draw(t, "at"), rapid.SampledFrom(addresses).Draw(t, "other")
	cause := rapid.SampledFrom([]string{"", "", "c1", "c4"}).Draw(t, "cause")
	step := drawBoth(t, at, other)
	got, gotErr := p.s.UpdateBoth(p.bench.Context(), at, other, cause, p.now, step)
	want, wantErr := p.model.UpdateBoth(p.bench.Context(), at, other, cause, p.now, step)
	p.agree("update both", got, want, gotErr, wantErr)
}

// drawBoth draws what a step of two does, so that it does the same to both stores.
func drawBoth(t *rapid.T, at, other coach.ID) store.StepBoth {
	does := rapid.SampledFrom([]string{"join", "join", "apart", "stay", "swap"}).Draw(t, "does")
	lines := rapid.SliceOfN(rapid.Custom(drawLine), 0, 3).Draw(t, "lines")
	return func(one, two coach.Runner) (coach.Runner, coach.Runner, []coach.Line) {
		switch {
		case does == "join" && !one.IsZero() && !two.IsZero():
			two.Also = append(append(two.Also, one.ID), one.Also...)
			return coach.Runner{}, two, lines
		case does == "apart" && two.IsZero() && !one.IsZero():
			two.ID, one.Also = other, slices.DeleteFunc(one.Also, func(a coach.ID) bool { return a == other })
		case does == "swap":
			one.Also, two.Also = two.Also, one.Also
		}
		return one, two, lines
	}
}

// drawStep draws what a step does, so that it does the same to both.
func drawStep(t *rapid.T, at coach.ID, now time.Time) store.Step {
	does := rapid.SampledFrom([]string{"wake", "wake", "link", "unlink", "forget", "stay", "panic"}).Draw(t, "does")
	wake := now.Add(time.Duration(rapid.IntRange(-3, 9).Draw(t, "wake")) * time.Minute)
	other := rapid.SampledFrom(addresses).Draw(t, "other")
	lines := rapid.SliceOfN(rapid.Custom(drawLine), 0, 3).Draw(t, "lines")
	return func(r coach.Runner) (coach.Runner, []coach.Line) {
		if r.IsZero() && does != "stay" && does != "forget" {
			r.ID = at
		}
		switch does {
		case "wake":
			r.Wake = wake
		case "link":
			r.Also = append(r.Also, other)
		case "unlink":
			r.Also = nil
		case "forget":
			r = coach.Runner{}
		case "panic":
			panic("drawn")
		}
		return r, lines
	}
}

func drawLine(t *rapid.T) coach.Line {
	keys := rapid.SampledFrom([]string{"", "", "k1", "k2"})
	return coach.Line{
		To:       rapid.SampledFrom(append([]coach.ID{"", "", ""}, addresses...)).Draw(t, "to"),
		Text:     rapid.StringN(0, 8, -1).Draw(t, "text"),
		Unasked:  rapid.Bool().Draw(t, "unasked"),
		Key:      keys.Draw(t, "key"),
		Replaces: keys.Draw(t, "replaces"),
	}
}

func (p *play) claim(t *rapid.T) {
	p.pass(t)
	platform := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "platform")
	max := rapid.IntRange(0, 4).Draw(t, "max")
	got, gotErr := p.s.Claim(p.bench.Context(), platform, p.now, 2*time.Minute, max)
	want, wantErr := p.model.Claim(p.bench.Context(), platform, p.now, 2*time.Minute, max)
	p.agree("number claimed", len(got), len(want), gotErr, wantErr)
	for i := range got {
		p.agree("claimed", unnumbered(got[i]), unnumbered(want[i]), nil, nil)
		p.held = append(p.held, [2]store.Message{got[i], want[i]})
	}
}

// unnumbered is m without its Seq, which stores may choose as they like.
func unnumbered(m store.Message) store.Message {
	m.Seq = 0
	return m
}

// some draws what was claimed once, maybe long ago.
func (p *play) some(t *rapid.T) [2]store.Message {
	if len(p.held) == 0 {
		t.Skip("nothing was claimed")
	}
	return rapid.SampledFrom(p.held[max(0, len(p.held)-6):]).Draw(t, "message")
}

func (p *play) done(t *rapid.T) {
	m := p.some(t)
	ref := rapid.SampledFrom([]string{"", "r1", "r2"}).Draw(t, "ref")
	p.agree("done", nil, nil, p.s.Done(p.bench.Context(), m[0], ref), p.model.Done(p.bench.Context(), m[1], ref))
}

func (p *play) retry(t *rapid.T) {
	m := p.some(t)
	at := p.now.Add(time.Duration(rapid.IntRange(-1, 3).Draw(t, "after")) * time.Minute)
	p.agree("retry", nil, nil, p.s.Retry(p.bench.Context(), m[0], at), p.model.Retry(p.bench.Context(), m[1], at))
}

func (p *play) note(t *rapid.T) {
	key := rapid.SampledFrom([]string{"k1", "k2"}).Draw(t, "key")
	value := rapid.SliceOfN(rapid.Byte(), 0, 3).Draw(t, "value")
	p.agree("set note", nil, nil, p.s.SetNote(p.bench.Context(), key, value), p.model.SetNote(p.bench.Context(), key, value))
}

func (p *play) restart(t *rapid.T) {
	p.s, p.model = p.reopen(), p.model.Reopen()
}

// compare asks both for all that can be read.
func (p *play) compare(*rapid.T) {
	ctx := p.bench.Context()
	got, gotErr := p.s.Count(ctx)
	want, wantErr := p.model.Count(ctx)
	got.Bytes = 0
	p.agree("count", got, want, gotErr, wantErr)
	for _, max := range []int{2, 100} {
		got, gotErr := p.s.Due(ctx, p.now, max)
		want, wantErr := p.model.Due(ctx, p.now, max)
		p.agree("due", got, want, gotErr, wantErr)
	}
	for _, at := range addresses {
		got, _, gotErr := p.s.Load(ctx, at)
		want, _, wantErr := p.model.Load(ctx, at)
		p.agree("load", got, want, gotErr, wantErr)
	}
	for _, key := range []string{"k1", "k2"} {
		got, gotErr := p.s.Note(ctx, key)
		want, wantErr := p.model.Note(ctx, key)
		p.agree("note", got, want, gotErr, wantErr)
	}
}
