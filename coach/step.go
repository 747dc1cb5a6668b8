package coach

import (
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/streak"
)

// turn is a step in the making: the runner as they become, and what is said so far.
type turn struct {
	*Coach
	r       Runner
	entered streak.Facts // as they were at the beginning, for "12 → 14"
	now     time.Time
	zone    *time.Location
	today   day.Date
	lines   []Line
	// What was worked out, and of what, so that it is worked out once.
	pastOf    streak.Log
	lately    plan.Past
	ahead     ahead
	derivedOf derivation
	numbersOf streak.Numbers
	shortOf   string
	short     []string
	// Whom what was said is about beside the runner, nil if nobody; and whether the two became one.
	met    *Runner
	joined bool
	// Of what came before:
	away []Gap
	lost Gap
	// Of what was said:
	at      ID
	sentAt  time.Time
	where   ID
	handle  string
	nudge   string
	replied string
	tapped  bool
	// heard is when the runner was heard before this turn.
	heard time.Time
	// stranger is true in the turn in which the runner is met.
	stranger bool
	// careful is true once something serious was answered: nothing else is added.
	careful bool
	// mended is true once a missed day was bridged in this turn.
	mended bool
}

// Step returns what becomes of runner r when e happens at time now, and what to
// say about it, in order. When to step next, with [Woke], is the new runner's
// Wake. Step is pure: callers may repeat it and discard a result.
//
// A stranger is the zero Runner but for their ID; who stays one has a zero Since.
func (c *Coach) Step(r Runner, e Event, now time.Time) (Runner, []Line) {
	t := &turn{Coach: c, r: r, now: now}
	lines := t.take(e)
	return t.r, lines
}

// take is what a turn makes of an event; the runner is then in t.r.
func (t *turn) take(e Event) []Line {
	if after, told := e.(After); told {
		e, t.away, t.lost = after.Event, after.Away, after.Lost
	}
	switch e := e.(type) {
	case Said:
		t.at, t.sentAt = e.At, e.Sent
		t.where, t.handle, t.nudge, t.tapped, t.replied = e.Where, e.Handle, e.Nudge, e.Tapped, e.Replied
		t.meet(e.Zone)
		t.said(e)
	case Sent:
		t.at = e.At
		t.where, t.handle, t.nudge = e.Where, e.Handle, e.Nudge
		t.meet("")
		t.sent(e)
	case Reacted:
		n, found := t.openNudge(e.Nudge)
		if e.Nudge == "" || !found || n.Closed || t.settled(n.Date, n.Kind) || !slices.Contains(t.hints["reaction"], e.Emoji) {
			return nil // on what is no reminder, or was answered, it says nothing; nor does one that only shows a mood
		}
		t.at, t.handle, t.nudge = e.At, e.Handle, e.Nudge
		t.meet("")
		t.did(n)
	default:
		if t.r.Since.IsZero() {
			t.r = Runner{}
			return nil
		}
		t.begin()
		t.happened(e)
	}
	var lines []Line
	t.r, lines = t.end()
	return lines
}

// meet begins a turn in which the runner did something themselves.
func (t *turn) meet(zone string) {
	if t.r.Since.IsZero() {
		t.stranger = true
		t.r.Since = t.now
		if zone == "" {
			zone = t.config.Zone
		}
		t.r.Days = streak.New(t.now, streak.Span{Zone: zone, Starts: t.config.DayStarts})
	}
	t.begin()
	t.heard, t.r.Heard = t.r.Heard, t.now
	t.heardAt(t.at)
	if !t.r.Told.Goodbye.IsZero() {
		t.r.Told.Goodbye = time.Time{}
		t.settleFrom()
	}
	if !t.r.Set.Half {
		t.r.Told.Skipped = false
	}
	if t.r.Unreachable {
		t.r.Unreachable = false
		t.say("reachable_again", nil)
	}
	if t.now.Sub(t.r.Talk.At) > talkLasts || t.now.Before(t.r.Talk.At) {
		t.r.Talk = Talk{Changes: t.r.Talk.Changes, Logged: t.r.Talk.Logged}
	}
}

// talkLasts is how long a conversation is remembered.
const talkLasts = 10 * time.Minute

// begin works out where and when the runner is, and writes down what was planned until today.
func (t *turn) begin() {
	if t.r.Last != nil && t.now.Sub(t.r.Last.At) > undoLasts {
		t.r.Last = nil
	}
	if t.now.Sub(t.r.Talk.At) > talkLasts {
		t.r.Talk.Offers = nil
	}
	t.forgetLinks()
	t.relocate()
	t.r.Days.Plan = t.planned
	t.catchUp()
	t.reckon()
	t.entered = t.r.Days
}

// catchUp lives through the dates since the runner's latest turn: each turns
// the plan as far as it had come by then, is written down as it was planned, and
// is protected if something was open. A date that is judged may complete a comeback.
func (t *turn) catchUp() {
	first := max(t.r.Days.Log.End(), t.today-pastDays)
	for d := first; d <= t.today; d++ {
		t.advance(d)
		t.r.Days = t.r.Days.Seal(d)
		t.shield(d)
	}
	t.r.Days = t.r.Days.Seal(t.today)
	if first <= t.today && t.missedLately() {
		t.mend()
	}
}

// missedLately reports whether a session of the last two weeks was not done, so
// that there may be something to mend. It spares everybody else the working out.
func (t *turn) missedLately() bool {
	for d := max(t.today-2*comebackDays, t.r.Days.Log.Start()); d < t.today; d++ {
		e := t.r.Days.Log.At(d)
		if k, _ := e.Plan(); k.Training() && !e.Done() && e.Excuse() == streak.None {
			return true
		}
	}
	return false
}

// advance turns the weeks of the plan up to a date, and keeps what is to be told
// of it. A paused plan waits.
func (t *turn) advance(d day.Date) {
	_, paused := t.r.Days.Paused(d)
	if !t.hasPlan() || paused {
		return
	}
	next, news := t.plans.Advance(*t.r.Set.Plan, t.past(), d)
	t.r.Set.Plan = &next
	if len(news) > 0 {
		t.r.Told.News = t.r.Told.News.after(news[len(news)-1])
	}
}

// planned is the kind of day that the plan holds for d.
func (t *turn) planned(d day.Date) day.Kind { return t.on(d).Kind }

// past is what the runner did lately, for the plan. It is worked out anew when the log changes.
func (t *turn) past() plan.Past {
	log := t.r.Days.Log
	if t.pastOf == log && t.lately != nil {
		return t.lately
	}
	t.pastOf, t.lately = log, plan.Past{}
	for d := max(log.Start(), t.today-pastDays); d < log.End(); d++ {
		e := log.At(d)
		for _, kind := range e.Sessions() {
			t.lately = append(t.lately, plan.Did{Date: d, Kind: kind, Gentle: e.Has(streak.Swapped), Effort: t.effortOn(d), Minutes: t.minutesOn(d, kind)})
		}
	}
	return t.lately
}

// derivation is everything that numbers rest on and a turn can change.
type derivation struct {
	log    streak.Log
	clocks int
	pauses int
	pause  streak.Pause // the last
	known  bool
}

// derived is what the runner's days amount to. It is worked out anew when they change.
func (t *turn) derived() streak.Numbers {
	of := derivation{log: t.r.Days.Log, clocks: len(t.r.Days.Clocks), pauses: len(t.r.Days.Pauses), known: true}
	if of.pauses > 0 {
		of.pause = t.r.Days.Pauses[of.pauses-1]
	}
	if of != t.derivedOf {
		t.derivedOf, t.numbersOf = of, streak.Derive(t.r.Days, t.now)
	}
	return t.numbersOf
}

// pastDays is how far back a plan looks.
const pastDays = 60

// happened handles what the runner did not do themselves.
func (t *turn) happened(e Event) {
	switch e := e.(type) {
	case Woke:
		t.woke()
	case Left:
		t.left(e)
	case Returned:
		t.r.Unreachable = false
		t.r.Reach.Gone = slices.DeleteFunc(slices.Clone(t.r.Reach.Gone), func(id ID) bool { return id == e.At })
	case Unsent:
		t.unsent(e)
	}
}

// end returns the runner and the lines of a turn.
func (t *turn) end() (Runner, []Line) {
	if t.r.IsZero() {
		return Runner{}, t.lines
	}
	t.dropUndo()
	t.keepOffers()
	t.reckonZone()
	t.letGo()
	t.r.Wake = t.nextWake()
	t.r.Days = t.r.Days.Settle(t.now)
	t.r.Days.Plan = nil
	return t.r, t.lines
}

// say says a phrase.
func (t *turn) say(name string, v vars) *Line {
	l := t.phrases.line(name, v)
	l.Text = strings.TrimSpace(l.Text) // a line may end in what there is nothing to say of
	return t.add(l)
}

// add says a line, and returns it for changes. A private line that answers
// something said in a group goes to the runner alone.
func (t *turn) add(l Line) *Line {
	l.Handle = t.handle
	if t.where != "" && !l.Private {
		l.To = t.where
	}
	if home := t.home(); t.at == "" && l.To == "" && home != t.r.ID {
		l.To = home // nothing was heard that it answers
	}
	t.lines = append(t.lines, l)
	return &t.lines[len(t.lines)-1]
}

// instead replaces the message that was tapped, if one was, by the line.
func (t *turn) instead(l *Line) *Line {
	l.InPlace = t.tapped
	return l
}
