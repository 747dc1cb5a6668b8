package coach

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/streak"
)

// linkAsk shows what joining would make, and asks for a yes.
func (t *turn) linkAsk(code string) {
	maker := t.begun(*t.met)
	both, _ := united(maker.r, t.r, t.now)
	t.say("link_ask", vars{"place": t.place(maker.home()), "here": t.place(cmp.Or(t.at, t.r.ID)), "code": shownCode(code),
		"mine": t.phrase(t.derived()), "theirs": maker.phrase(maker.derived()), "both": t.begun(both).phrase(streak.Derive(both.Days, t.now))})
}

// begun is a turn of another runner of which nothing is said.
func (t *turn) begun(r Runner) *turn {
	o := &turn{Coach: t.Coach, r: r, now: t.now}
	o.begin()
	return o
}

// join makes the runner and the one who made the code one, who goes on from now.
func (t *turn) join() {
	maker := t.begun(*t.met)
	here, there := cmp.Or(t.at, t.r.ID), maker.home()
	whose := "link_whose_theirs"
	if !settled(maker.r) && settled(t.r) {
		whose = "link_whose_here"
	}
	both, differ := united(maker.r, t.r, t.now)
	t.r, t.joined = both, true
	t.heardAt(here)
	t.relocate()
	t.r.Days.Plan = t.planned
	t.entered = t.r.Days
	v := vars{"here": t.place(here), "there": t.place(there), "numbers": t.phrase(t.derived()), "near": t.place(t.home()),
		"address": string(both.Link.Theirs.ID), "differ": ""}
	v["whose"] = t.phrases.text(whose, v)
	if n := len(differ); n > 0 {
		v["differ"] = t.phrases.text("link_differ", vars{"days": t.count(n, "day"), "last": t.long(differ[n-1])})
	}
	t.instead(t.say("linked", v))
	if there != here {
		l := t.say("linked_there", v)
		l.To, l.Handle = there, ""
	}
}

// settled reports whether a runner has a plan or reminders of their own.
func settled(r Runner) bool {
	return r.Set.Plan != nil && r.Set.Plan.Week > 0 || r.Set.Remind || len(r.Set.Own) > 0
}

// united makes one runner of two whose turn began at now, and returns the dates
// that they told differently. Plan, settings and reminders are those of one, or
// of two if one has none; what keeps somebody safe is of both.
func united(one, two Runner, now time.Time) (Runner, []day.Date) {
	both, base := one, one
	if !settled(one) && settled(two) {
		base = two
	}
	both.Set, both.Told = base.Set, base.Told
	both.Set.Plan = careful(base.Set.Plan, one.Set.Plan, two.Set.Plan)
	days, differ := one.Days.Join(two.Days, now)
	both.Days = days
	if !one.Set.ZoneSaid && two.Set.ZoneSaid {
		clock := two.Days.Clock(now)
		both.Days, both.Set.ZoneSaid = both.Days.WithClock(now, clock.Zone, clock.Starts), true
	} else {
		both.Set.ZoneSaid = one.Set.ZoneSaid
	}
	both.Days = pausedAs(both.Days, base.Days, two.Days, now)
	both.Also = append(append(slices.Clone(one.Also), two.ID), realAddresses(two.Also)...)
	both.Since, both.Heard = first(one.Since, two.Since), now
	both.Efforts = mixed(one.Efforts, two.Efforts, maxEfforts, func(a, b Effort) int { return int(a.Date - b.Date) })
	both.Runs = mixed(one.Runs, two.Runs, 2*pastDays, func(a, b Run) int { return int(a.Date - b.Date) })
	both.Notes = mixed(one.Notes, two.Notes, maxNotes, func(a, b Note) int { return int(a.Date - b.Date) })
	both.Told = toldBoth(both.Told, one, two)
	both.Talk, both.Last, both.Unreachable = Talk{Changes: max(one.Talk.Changes, two.Talk.Changes)}, nil, false
	both.Reach.Gone = nil
	both.Link = &Link{Used: true, Joined: now, Mine: before(one), Theirs: before(two)}
	if one.Link != nil {
		both.Link.Code, both.Link.Until = one.Link.Code, one.Link.Until
	}
	return both, differ
}

// before is a runner as they are kept to be taken apart again.
func before(r Runner) *Runner {
	r.Link, r.Last, r.Talk, r.Days.Plan = nil, nil, Talk{}, nil
	r.Also = realAddresses(r.Also)
	return &r
}

// careful is a plan that holds whatever one of the two must take care of.
func careful(base *plan.State, both ...*plan.State) *plan.State {
	var s plan.State
	if base != nil {
		s = *base
	}
	for _, p := range both {
		if p == nil {
			continue
		}
		if s.Check == plan.NotAsked || p.Check == plan.AskDoctor {
			s.Check, s.Level = p.Check, cmp.Or(s.Level, p.Level)
		}
		if severity(p.Pain.Colour) > severity(s.Pain.Colour) {
			s.Pain = p.Pain
		}
		if s.Ill == plan.Well {
			s.Ill = p.Ill
		}
	}
	if base == nil && reflect.ValueOf(s).IsZero() {
		return nil
	}
	return &s
}

// severity ranks colours, mildest first.
func severity(c plan.Colour) int {
	return slices.Index([]plan.Colour{"", plan.Green, plan.Amber, plan.Red, plan.SameDay, plan.Emergency}, c)
}

// pausedAs holds the days of both for as long as those must be held whose plan
// goes on, or whose health asks for it.
func pausedAs(days, base, two streak.Facts, now time.Time) streak.Facts {
	today := days.Today(now)
	for _, from := range []streak.Facts{base, two} {
		p, paused := from.Paused(from.Today(now))
		_, already := days.Paused(today)
		health := p.Reason == streak.Red || p.Reason == streak.Injured || p.Reason == streak.Sick
		if !paused || already && p.Reason != streak.Red || !health && !reflect.DeepEqual(from.Pauses, base.Pauses) {
			continue
		}
		last := p.Until
		if last != 0 && last < today {
			continue
		}
		if after, err := days.Pause(today, last, p.Reason, now); err == nil {
			days = after
		}
	}
	return days
}

// toldBoth knows the reminders of both, so that none is made twice; told is what goes on.
func toldBoth(told Told, one, two Runner) Told {
	var nudges []Nudge
	for _, r := range []Runner{one, two} {
		for _, n := range r.Told.Nudges {
			n.To = cmp.Or(n.To, r.ID)
			if n.To == one.ID {
				n.To = ""
			}
			if slices.ContainsFunc(nudges, func(other Nudge) bool { return other.Key() == n.Key() }) {
				n.Closed = true // a line is known by its key, and this is the other's now
			}
			nudges = append(nudges, n)
		}
	}
	slices.SortStableFunc(nudges, func(a, b Nudge) int { return a.At.Compare(b.At) })
	told.Nudges = nudges
	told.Offered = one.Told.Offered || two.Told.Offered
	told.Card, told.Frozen = max(one.Told.Card, two.Told.Card), max(one.Told.Frozen, two.Told.Frozen)
	told.Goodbye, told.Idle, told.Lost = time.Time{}, time.Time{}, ""
	return told
}

// mixed are the latest of two lists in order, each once.
func mixed[T comparable](a, b []T, most int, order func(a, b T) int) []T {
	all := slices.Clone(a)
	for _, x := range b {
		if !slices.Contains(a, x) {
			all = append(all, x)
		}
	}
	slices.SortStableFunc(all, order)
	return all[max(0, len(all)-most):]
}

func first(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// unlink lets an address go. Within a day both are what they were, and keep what came since.
func (t *turn) unlink(a ID) {
	switch {
	case len(t.linked()) == 0:
		t.say("link_none", nil)
	case !slices.Contains(t.linked(), a):
		t.linkState()
	case t.met == nil:
		t.say("link_type", vars{"words": "/link off " + string(a)})
	default:
		t.part(a)
	}
}

// part makes two of the runner again.
func (t *turn) part(a ID) {
	l := t.links()
	whole := l.Theirs != nil && l.Theirs.ID == a && l.Mine != nil && l.Mine.ID == t.r.ID
	name, gone := "unlinked", []ID{a}
	if whole {
		name, gone = "unlinked_whole", append(gone, l.Theirs.Also...)
		*t.met = t.theirs(l)
		t.mine(l)
	}
	t.r.Also = slices.DeleteFunc(slices.Clone(t.r.Also), func(id ID) bool { return slices.Contains(gone, id) })
	if slices.Contains(gone, t.r.Reach.Near) {
		t.r.Reach = Reach{}
	}
	l.Joined, l.Mine, l.Theirs = time.Time{}, nil, nil
	t.r.Link, t.r.Last = &l, nil
	for _, to := range []ID{t.r.ID, a} {
		l := t.instead(t.say(name, vars{"place": t.place(a), "other": t.place(t.r.ID)}))
		if to != cmp.Or(t.at, t.r.ID) {
			l.To, l.Handle, l.InPlace = to, "", false
		}
	}
}

// theirs is the one who was taken in, with what was logged since.
func (t *turn) theirs(l Link) Runner {
	r := *l.Theirs
	r.Days.Log = r.Days.Log.Redo(t.since(l))
	r.Heard, r.Told.Until, r.Told.From = t.now, t.now, t.now
	r, _ = t.begun(r).end()
	return r
}

// mine gives the one who goes on back what they had, with what was logged since.
func (t *turn) mine(l Link) {
	both, _ := united(*l.Mine, *l.Theirs, l.Joined)
	is, was := lifeOf(t.r), l.Mine.Days
	was.Log = was.Log.Redo(t.since(l))
	if !reflect.DeepEqual(is.Pauses, both.Days.Pauses) {
		was.Pauses = is.Pauses
	}
	if !reflect.DeepEqual(is.Clocks, both.Days.Clocks) {
		was.Clocks = is.Clocks
	}
	t.r.Days = was
	if !settled(*l.Mine) {
		t.r.Set = l.Mine.Set
	}
	t.relocate()
	t.r.Days.Plan = t.planned
	t.r.Days = t.r.Days.Seal(t.today)
}

// since is what was logged since two were joined.
func (t *turn) since(l Link) streak.Changes {
	both, _ := united(*l.Mine, *l.Theirs, l.Joined)
	return streak.Diff(both.Days.Log, t.r.Days.Log)
}

// home is where the runner is spoken to unasked: near, if they can be reached
// there. At a terminal nobody is but while it is used, unless they chose it.
func (t *turn) home() ID {
	near := cmp.Or(t.r.Reach.Near, t.r.ID)
	if len(t.r.Also) == 0 || t.r.Reach.Chosen {
		return near
	}
	for _, a := range append([]ID{near}, t.addresses()...) {
		if a.Platform() != terminal && !slices.Contains(t.r.Reach.Gone, a) {
			return a
		}
	}
	return near
}

const terminal = "console"

// near takes note of the address at which the runner was heard.
func (t *turn) near(a ID) {
	if a == t.r.ID {
		a = ""
	}
	t.r.Reach.Near = a
}

// heardAt takes note that the runner can be reached at an address, and was there last.
func (t *turn) heardAt(a ID) {
	if a == "" || len(t.linked()) == 0 {
		return
	}
	t.r.Reach.Gone = slices.DeleteFunc(slices.Clone(t.r.Reach.Gone), func(id ID) bool { return id == a })
	if !t.r.Reach.Chosen {
		t.near(a)
	}
}

// left takes note that the runner can't be reached at an address. Another one
// takes over what is said unasked, and hears of it; and what could not be said there.
func (t *turn) left(e Left) {
	if len(t.linked()) == 0 {
		t.r.Unreachable = true
		return
	}
	was := t.home()
	t.r.Reach.Chosen = t.r.Reach.Chosen && was != e.At
	if !slices.Contains(t.r.Reach.Gone, e.At) {
		t.r.Reach.Gone = append(slices.Clone(t.r.Reach.Gone), e.At)
	}
	t.r.Unreachable = slices.Contains(t.r.Reach.Gone, t.home())
	if now := t.home(); was == e.At && now != was {
		l := t.say("link_moved", vars{"from": t.place(was), "to": t.place(now)})
		l.Unasked, l.Silent, l.Key, l.Expires = true, true, fmt.Sprintf("%s/moved", t.today), t.now.Add(cardLife)
		if n, found := t.openNudge(e.Key); found && e.Key != "" {
			t.r.Told.Snoozed = append(slices.Clone(t.r.Told.Snoozed), Snooze{Date: n.Date, Kind: n.Kind, At: t.now})
		}
	}
}
