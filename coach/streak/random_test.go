package streak_test

import (
	"encoding/json"
	"flag"
	"math"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// random is a life that both implementations are told of.
type random struct {
	*rapid.T
	facts streak.Facts
	slow  *slow
	now   time.Time
	// before is how pauses and clocks were before some change, to be brought back by an undo.
	before, slowBefore aside
}

// aside is what a life rests on beside its log.
type aside struct {
	pauses []streak.Pause
	clocks []streak.Span
}

var zonesOfLives = []string{"Europe/London", "America/New_York", "Pacific/Auckland", "Pacific/Honolulu", "Asia/Kolkata", "Pacific/Apia", "Africa/Cairo", "Australia/Lord_Howe", "Pacific/Kiritimati"}

var plans = []func(day.Date) day.Kind{weekly, daily, planless,
	func(d day.Date) day.Kind {
		if d%2 == 0 {
			return day.Hill
		}
		return day.Rest
	},
}

func (r *random) pick(name string, high int) int { return rapid.IntRange(0, high).Draw(r.T, name) }

func born(t *rapid.T) *random {
	r := &random{T: t}
	begins := []string{"2011-12-01T09:00:00Z", "2026-02-20T20:00:00Z", "2026-09-20T01:30:00Z"}
	r.now, _ = time.Parse(time.RFC3339, begins[r.pick("begins", 2)])
	clock := streak.Span{Zone: zonesOfLives[r.pick("zone", len(zonesOfLives)-1)], Starts: day.At(r.pick("starts", 6), 0)}
	plan := plans[r.pick("plan", len(plans)-1)]
	r.facts = streak.New(r.now, clock)
	r.facts.Plan, r.facts.Freezes = plan, r.pick("freezes", 2)
	r.slow = &slow{
		start: r.facts.Log.Start(), plan: plan, planned: map[day.Date]day.Kind{}, sessions: map[day.Date][]bool{},
		excuses: map[day.Date]streak.Reason{}, clocks: []streak.Span{clock}, rested: map[day.Date]bool{}, freezes: r.facts.Freezes,
	}
	return r
}

func (r *random) streak() int { return streak.Derive(r.facts, r.now).Streak }

func (r *random) today() day.Date { return r.facts.Today(r.now) }

// seal does what the coach does before everything else: it writes down today's plan.
func (r *random) seal() {
	r.facts = r.facts.Seal(r.today())
	for d := r.slow.start; d <= r.today(); d++ {
		if _, ok := r.slow.planned[d]; !ok {
			r.slow.planned[d] = r.slow.plan(d)
		}
	}
}

// began moves the beginning of the slow life to d, as a log before it does.
func (r *random) began(d day.Date) {
	for ; r.slow.start > d; r.slow.start-- {
		r.slow.planned[r.slow.start-1] = day.Free
	}
}

func (r *random) logs() {
	back := []int{0, 0, 0, 0, 0, 0, 1, 1, 2, 3, 5, 7, 8, 12, 45, 90}[r.pick("back", 15)]
	d := r.today() - day.Date(back)
	before := r.streak()
	after, err := r.facts.Record(d, streak.Session{Kind: day.Easy}, r.now)
	if err != nil {
		return
	}
	r.facts = after
	r.began(d)
	r.slow.sessions[d] = append(r.slow.sessions[d], back > 7)
	if back <= 7 && r.streak() < before {
		r.Fatalf("a session for %s lowered the streak from %d to %d", d, before, r.streak())
	}
	if back > 7 && r.streak() != before {
		r.Fatalf("a session for %s, too late to count, made %d of %d", d, r.streak(), before)
	}
}

func (r *random) voids() {
	d := r.today() - day.Date(r.pick("back", 7))
	if after, err := r.facts.Void(d, ""); err == nil {
		r.facts = after
		r.slow.sessions[d] = r.slow.sessions[d][:len(r.slow.sessions[d])-1]
	}
}

func (r *random) rests() {
	before := r.streak()
	after, err := r.facts.RestInstead(r.today(), r.now)
	if err != nil {
		return
	}
	r.facts = after
	r.slow.rested[r.today()] = true
	if r.streak() < before {
		r.Fatalf("rest instead on %s lowered the streak from %d to %d", r.today(), before, r.streak())
	}
}

func (r *random) isExcused() {
	first := r.today() - day.Date(r.pick("back", 7))
	last := min(r.today(), first+day.Date(r.pick("length", 3)))
	reason := []streak.Reason{streak.Sick, streak.None, streak.Life, streak.Amber}[r.pick("reason", 3)]
	after, err := r.facts.Excuse(first, last, reason, r.now)
	if err != nil {
		r.Fatal(err)
	}
	r.facts = after
	r.began(first)
	for d := first; d <= last; d++ {
		r.slow.excuses[d] = reason
	}
}

func (r *random) pauses() {
	first, last := r.today()-day.Date(r.pick("back", 7)), day.Date(0)
	if n := r.pick("length", 20); n > 0 {
		last = first + day.Date(n)
	}
	reason := []streak.Reason{streak.Travel, streak.Red, streak.Amber}[r.pick("reason", 2)]
	after, err := r.facts.Pause(first, last, reason, r.now)
	if err != nil {
		r.Fatal(err)
	}
	r.facts = after
	r.slow.pauses = append(cut(r.slow.pauses, first), streak.Pause{From: first, Until: last, Reason: reason})
}

func (r *random) resumes() {
	r.facts = r.facts.Resume(r.now)
	r.slow.pauses = cut(r.slow.pauses, r.today())
}

// cut ends pauses on the day before d.
func cut(pauses []streak.Pause, d day.Date) []streak.Pause {
	var kept []streak.Pause
	for _, p := range pauses {
		if p.From < d && (p.Until == 0 && (p.Reason == streak.Red || p.From+89 >= d) || p.Until >= d) {
			p.Until = d - 1
		}
		if p.From < d {
			kept = append(kept, p)
		}
	}
	return kept
}

func (r *random) flies() {
	zone, starts := zonesOfLives[r.pick("zone", len(zonesOfLives)-1)], day.At(r.pick("starts", 6), 0)
	before := r.facts.Clocks
	r.facts = r.facts.WithClock(r.now, zone, starts)
	if len(r.facts.Clocks) > len(before) {
		r.slow.clocks = append(r.slow.clocks, streak.Span{From: r.now, Zone: zone, Starts: starts})
	}
}

func (r *random) mends() {
	offer := streak.Derive(r.facts, r.now).Repair
	before := r.streak()
	after, ok := r.facts.Mend(r.now)
	if !ok {
		return
	}
	r.facts = after
	for _, d := range offer.Missed {
		r.slow.excuses[d] = streak.Comeback
	}
	if got := r.streak(); got != offer.Back || got < before {
		r.Fatalf("a comeback of %v made %d of %d, and said %d", offer.Missed, got, before, offer.Back)
	}
}

// undoes takes the last change of the log back and brings it again: nothing else happens.
func (r *random) undoes(was streak.Log) {
	changes := streak.Diff(was, r.facts.Log)
	data, err := json.Marshal(changes)
	if err != nil {
		r.Fatal(err)
	}
	var read streak.Changes
	if err := json.Unmarshal(data, &read); err != nil {
		r.Fatal(err)
	}
	undone := r.facts.Log.Undo(read)
	if undone != was {
		r.Fatalf("undone: %s, want %s", text(undone), text(was))
	}
	if redone := undone.Redo(read); redone != r.facts.Log {
		r.Fatalf("redone: %s, want %s", text(redone), text(r.facts.Log))
	}
}

func text(l streak.Log) string { b, _ := l.MarshalText(); return string(b) }

// remembers keeps the pauses and clocks as they are before a change, and returns puts them back.
func (r *random) remembers() {
	r.before, r.slowBefore = aside{r.facts.Pauses, r.facts.Clocks}, aside{r.slow.pauses, r.slow.clocks}
}

func (r *random) returns() {
	if r.before.clocks == nil {
		return
	}
	was, slowWas := r.before, r.slowBefore
	r.remembers()
	r.facts.Pauses, r.facts.Clocks = was.pauses, was.clocks
	r.slow.pauses, r.slow.clocks = slowWas.pauses, slowWas.clocks
}

// settles settles what is past, as early as can be or later, which is never to be seen in any number.
func (r *random) settles() {
	r.facts = streak.SettleAt(r.facts, r.today().Monday()-day.Date(35+7*r.pick("weeks", 4)), r.now)
}

// unsettled compares what is derived with and without what is settled, to the last bit.
func (r *random) unsettled() {
	bare := r.facts
	bare.Settled = streak.Settled{}
	if got, want := streak.Derive(r.facts, r.now), streak.Derive(bare, r.now); !reflect.DeepEqual(got, want) {
		r.Fatalf("at %s, settled at %s: %+v, want %+v", r.now, r.facts.Settled, got, want)
	}
	if err := r.facts.Check(); err != nil {
		r.Fatal(err)
	}
}

// compare holds both implementations against one another, and against the stored form.
func (r *random) compare() {
	r.unsettled()
	r.slow.marks = r.facts.Log.At
	want := r.slow.derive(r.now)
	data, err := json.Marshal(r.facts)
	if err != nil {
		r.Fatal(err)
	}
	stored := streak.Facts{Plan: r.facts.Plan}
	if err := json.Unmarshal(data, &stored); err != nil {
		r.Fatal(err)
	}
	for _, f := range []streak.Facts{r.facts, stored} {
		got := streak.Derive(f, r.now)
		for _, d := range streak.History(f, r.now) {
			if d.State != want.states[d.Date] {
				r.Fatalf("at %s, %s: %s, want %s; %s", r.now, d.Date, d.State, want.states[d.Date], data)
			}
		}
		n := slowNumbers{got.Streak, got.Sessions, got.Rests, got.Best, got.Freezes, got.Weeks, got.Total, 0, nil}
		strength := want.strength
		want.strength = 0
		if w := (slowNumbers{want.streak, want.sessions, want.rests, want.best, want.freezes, want.weeks, want.total, 0, nil}); !same(n, w) {
			r.Fatalf("at %s: %+v, want %+v; %s", r.now, n, w, data)
		}
		if math.Abs(got.Strength-strength) > 1e-9 {
			r.Fatalf("at %s: strength %f, want %f; %s", r.now, got.Strength, strength, data)
		}
		want.strength = strength
	}
}

func same(a, b slowNumbers) bool {
	return a.streak == b.streak && a.sessions == b.sessions && a.rests == b.rests && a.best == b.best &&
		a.freezes == b.freezes && a.weeks == b.weeks && a.total == b.total
}

func (r *random) happens() {
	was := r.facts.Log
	switch what := r.pick("what", 32); {
	case what < 17:
		r.logs()
	case what < 19:
		r.voids()
	case what < 21:
		r.rests()
	case what < 23:
		r.isExcused()
	case what == 23:
		r.remembers()
		r.pauses()
	case what == 24:
		r.remembers()
		r.resumes()
	case what == 25:
		r.remembers()
		r.flies()
	case what == 26:
		r.facts = r.facts.LetBreak(r.today()-1, true)
		r.began(r.today() - 1)
	case what == 27:
		r.facts = r.facts.Outage(r.now.Add(-time.Duration(r.pick("hours", 12))*time.Hour), r.now)
	case what == 28:
		plan := plans[r.pick("plan", len(plans)-1)]
		r.facts.Plan, r.slow.plan = plan, plan
	case what == 29:
		r.returns()
	case what > 29:
		r.settles()
	}
	r.undoes(was)
}

// lives lets a runner live through days of sessions, late logs, undos, rest,
// sickness, pauses, flights, changes of plan, outages and comebacks, and
// compares every so many days.
func lives(t *rapid.T, days, every int) {
	r := born(t)
	for n := range days {
		r.now = r.now.Add(time.Duration(1+r.pick("hours", 30)) * time.Hour)
		r.seal()
		for range r.pick("events", 3) {
			r.happens()
			r.now = r.now.Add(time.Duration(r.pick("minutes", 90)) * time.Minute)
			r.seal()
		}
		r.mends()
		if n%every == 0 {
			r.compare()
		}
	}
	r.compare()
}

func TestTwoImplementationsAgreeOnRandomLives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { lives(t, rapid.IntRange(1, 60).Draw(t, "days"), 1) })
}

// longest is how many days a random life has at most: go test ./coach/streak -args -longest 1200.
var longest = flag.Int("longest", 240, "days of the longest random life")

func TestTwoImplementationsAgreeOverYears(t *testing.T) {
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	rapid.Check(t, func(t *rapid.T) { lives(t, rapid.IntRange(60, *longest).Draw(t, "days"), 50) })
}
