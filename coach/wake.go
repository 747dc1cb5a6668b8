package coach

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/nudge"
	"legcoach/coach/plan"
	"legcoach/coach/streak"
)

const (
	// life is how long after its time a reminder may still be said, snoozed and silentLife the same for others.
	life, snoozedLife, cardLife, goodbyeLife = 4 * time.Hour, 2 * time.Hour, 24 * time.Hour, 48 * time.Hour
	// lateAfter is how late a reminder is when the coach says that it was away.
	lateAfter = 15 * time.Minute
	// unanswered is how long after the life of a reminder it counts as ignored.
	unanswered = 12 * time.Hour
	// keepNudges is for how many days reminders are remembered, keepDrops how many that were not sent.
	keepNudges, keepDrops = 8, 12
	// fewerAfter and goodbyeAfter are how many ignored in a row halve reminders, and end them.
	fewerAfter, goodbyeAfter = 3, 5
	// maxPerDay is how many reminders a day, and apart how far from one another unless the runner chose them so.
	maxPerDay = 2
	apart     = 2 * time.Hour
	// idleNotice is how long before forgetting a silent runner is told.
	idleNotice = 30 * 24 * time.Hour
)

// woke does what is due. A wake that somebody else served already does nothing.
func (t *turn) woke() {
	was := t.r.Wake
	if was.IsZero() || was.After(t.now) {
		return
	}
	if t.now.Sub(was) > lateAfter {
		t.r.Days = t.r.Days.Outage(was, t.now)
	}
	if t.idle(); t.r.IsZero() {
		return
	}
	t.closeNudges()
	if t.r.Unreachable {
		t.r.Told.Until = t.now.Add(-t.jitter())
		return
	}
	t.checkIn(was)
	t.nudges(was)
	t.card(was)
}

// nudges says the reminders that are due, or notes why not. After a time away it
// says one at most, the most useful.
func (t *turn) nudges(was time.Time) {
	until := t.now.Add(-t.jitter())
	from := t.r.Told.Until
	if oldest := t.now.AddDate(0, 0, -keepNudges); from.Before(oldest) {
		from = oldest
	}
	due := t.occurrences(from, until)
	t.r.Told.Until = until
	late := t.now.Sub(was) > lateAfter
	var fit []occurrence
	for _, o := range due {
		if why := t.gate(o); why != "" {
			t.dropped(o.date, o.kind, why)
			continue
		}
		fit = append(fit, o)
	}
	if late && len(fit) > 1 {
		best := mostUseful(fit)
		for _, o := range fit {
			if o != best {
				t.dropped(o.date, o.kind, "another was more useful")
			}
		}
		fit = []occurrence{best}
	}
	for _, o := range fit {
		if why := t.ladder(o); why != "" {
			t.dropped(o.date, o.kind, why)
			continue
		}
		t.remindNow(o, was)
	}
	t.snoozed()
}

// mostUseful is the latest session, or the latest rest day if there is none.
func mostUseful(all []occurrence) occurrence {
	best := all[len(all)-1]
	for _, o := range all {
		if o.kind.Training() {
			best = o
		}
	}
	return best
}

// gate says why a reminder is not to be said; empty if it is.
func (t *turn) gate(o occurrence) string {
	e := t.r.Days.Log.At(o.date)
	_, paused := t.r.Days.Paused(o.date)
	quiet := t.quietHours().Holds(wallClock(t.now, t.zone))
	switch {
	case t.kept(o.date, o.kind):
		return "done already"
	case e.Has(streak.Rested):
		return "rested already"
	case t.isDropped(o.date, o.kind):
		return "left out"
	case paused:
		return "paused"
	case e.Excuse() != streak.None && e.Excuse() != streak.Amber:
		return "excused"
	case t.hasPlan() && t.r.Set.Own[o.kind].IsZero() && t.planned(o.date) != o.kind && o.date >= t.today:
		return "moved"
	case t.hurts(o.date):
		return "not until it is right to train"
	case t.now.After(t.expiry(o)):
		return "too late"
	case quiet && (!o.chosen || t.r.Set.Quiet != nil && t.r.Set.Own[o.kind].IsZero() || t.now.Sub(o.at) > lateAfter):
		return "quiet hours"
	case t.capped(o):
		return "enough for a day"
	}
	return ""
}

// expiry is when a reminder stops being worth saying.
func (t *turn) expiry(o occurrence) time.Time {
	end := o.at.Add(life)
	if closes := t.r.Days.Close(o.date, t.now); closes.Before(end) {
		end = closes
	}
	if !o.chosen {
		if quiet, exists := day.Instant(o.date, t.quietHours().From, t.zone); exists && quiet.After(o.at) && quiet.Before(end) {
			end = quiet
		}
	}
	return end
}

func (t *turn) quietHours() Span {
	if t.r.Set.Quiet != nil {
		return *t.r.Set.Quiet
	}
	return Span{t.config.QuietFrom, t.config.QuietTo}
}

// capped reports whether the day has had enough. A reminder is made once for its date and kind.
func (t *turn) capped(o occurrence) bool {
	that := 0
	for _, n := range t.r.Told.Nudges {
		if n.Date == o.date && n.Kind == o.kind {
			return true
		}
		if d, _ := day.Wall(n.At, t.zone); d == t.civil() {
			that++
		}
		if !o.chosen && t.now.Sub(n.At) < apart {
			return true
		}
	}
	return that >= maxPerDay
}

// ladder says less as reminders go unanswered; it says goodbye once, and then nothing.
func (t *turn) ladder(o occurrence) string {
	ignored := t.ignored()
	switch {
	case !t.r.Told.Goodbye.IsZero():
		return "silent since nothing came back"
	case ignored >= goodbyeAfter:
		t.r.Told.Goodbye = t.now
		l := t.note("goodbye", nil)
		l.Expires = t.now.Add(goodbyeLife)
		l.Choices = []Choice{{Label: "Resume", Says: "/resume"}}
		return "goodbye said"
	case ignored >= fewerAfter && !o.kind.Training():
		return "fewer since nothing came back"
	case (ignored >= fewerAfter || t.r.Set.Half) && o.kind.Training():
		t.r.Told.Skipped = !t.r.Told.Skipped
		if t.r.Told.Skipped {
			return "every other one only"
		}
	}
	return ""
}

// ignored counts the sessions reminded of in a row, up to the latest, that nothing came back on.
func (t *turn) ignored() int {
	n := 0
	for _, made := range slices.Backward(t.r.Told.Nudges) {
		switch {
		case !made.Kind.Training():
			continue
		case !t.r.Heard.Before(made.At):
			return n
		case t.now.After(made.At.Add(life + unanswered)):
			n++
		}
	}
	return n
}

// remindNow says a reminder.
func (t *turn) remindNow(o occurrence, was time.Time) {
	n := Nudge{Date: o.date, Kind: o.kind, At: t.now}
	l := t.nudgeLine(n)
	l.Expires = t.expiry(o)
	if t.now.Sub(o.at) > lateAfter {
		l.Text = join(t.book.Note("late", vars{"since": was.In(t.zone).Format("15:04"), "until": t.now.In(t.zone).Format("15:04")}, string(t.r.ID), t.today), l.Text)
	}
	t.r.Told.Nudges = append(slices.Clone(t.r.Told.Nudges), n)
}

// nudgeLine is what a reminder says, with its choices.
func (t *turn) nudgeLine(n Nudge) *Line {
	p := t.on(n.Date)
	name := "nudge_session"
	if n.Kind == day.Rest {
		name = "nudge_rest"
	}
	choice, shown := t.book.Choose(t.nudgeFacts(n, p), t.r.Told.Shown, string(t.r.ID))
	t.r.Told.Shown = shown
	l := t.add(t.phrases.line(name, vars{"kind": string(n.Kind), "date": n.Date.String(), "key": n.Key()}))
	l.Text, l.Quote = choice.Text, choice.Quote
	if l.Quote != "" {
		l.Section = t.sectionOf(l.Quote)
	}
	l.Nudge, l.Key, l.Unasked, l.Silent, l.Private = n.Kind, n.Key(), true, n.Kind == day.Rest, true
	return l
}

// nudgeFacts are what is true of the runner and the day.
func (t *turn) nudgeFacts(n Nudge, p plan.Planned) nudge.Facts {
	numbers := t.derived()
	tone, _ := nudge.ParseTone(t.r.Set.Tone)
	f := nudge.Facts{Date: n.Date, Kind: n.Kind, Tone: tone, Level: string(t.planLevel()), Streak: numbers.Streak, Freezes: numbers.Freezes}
	for d := t.today + 1; d < t.today+8 && f.Next == ""; d++ {
		if k := t.r.Days.PlanOf(d); k.Training() {
			f.Next = t.kind(k) + " on " + d.Format("Monday")
		}
	}
	for _, did := range t.past() {
		if did.Kind == n.Kind {
			f.Done++
		}
	}
	if t.hasPlan() && p.Kind == n.Kind && p.Held == "" {
		f.Session, f.Week, f.Deload = t.plans.Card(p).Vars(), p.Week, t.plans.Deload(p.Week)
		f.Back, f.Gentler = t.r.Set.Plan.Away != nil, p.Swap.Gentle()
		f.Eased = p.Cause == "away" && p.Slot != p.Kind
	}
	return f
}

// snoozed says what was put off until now.
func (t *turn) snoozed() {
	var later []Snooze
	for _, s := range t.r.Told.Snoozed {
		if s.At.After(t.now) {
			later = append(later, s)
			continue
		}
		o := occurrence{at: s.At, date: s.Date, kind: s.Kind, chosen: true}
		if why := t.gateSnoozed(o); why != "" {
			t.dropped(s.Date, s.Kind, why)
			continue
		}
		l := t.nudgeLine(Nudge{Date: s.Date, Kind: s.Kind, At: t.now})
		l.Expires = s.At.Add(snoozedLife)
	}
	t.r.Told.Snoozed = later
}

// gateSnoozed is the gate without caps: it was asked for.
func (t *turn) gateSnoozed(o occurrence) string {
	_, paused := t.r.Days.Paused(o.date)
	switch {
	case t.satisfied(o):
		return "done already"
	case paused:
		return "paused"
	case t.now.After(o.at.Add(snoozedLife)) || !t.now.Before(t.r.Days.Close(o.date, t.now)):
		return "too late"
	}
	return ""
}

// dropped notes why a reminder was not said.
func (t *turn) dropped(d day.Date, k day.Kind, why string) {
	drops := append(slices.Clone(t.r.Told.Drops), Drop{d, k, why})
	t.r.Told.Drops = drops[max(0, len(drops)-keepDrops):]
}

// isDropped reports whether the runner left a reminder out.
func (t *turn) isDropped(d day.Date, k day.Kind) bool {
	for _, drop := range t.r.Told.Drops {
		if drop.Date == d && drop.Kind == k && drop.Why == "left out" {
			return true
		}
	}
	return false
}

// closeNudges edits reminders of days that are over to their last state, and forgets old ones.
func (t *turn) closeNudges() {
	var kept []Nudge
	for _, n := range t.r.Told.Nudges {
		if !n.Closed && !t.now.Before(t.r.Days.Close(n.Date, t.now)) {
			t.closeNudge(&n)
		}
		if t.now.Sub(n.At) < keepNudges*24*time.Hour {
			kept = append(kept, n)
		}
	}
	t.r.Told.Nudges = kept
}

// closeNudge edits one reminder to what became of its day.
func (t *turn) closeNudge(n *Nudge) {
	name := "nudge_closed"
	if e := t.r.Days.Log.At(n.Date); e.Done() || e.Has(streak.Rested) || n.Kind == day.Rest {
		name = "nudge_done"
	}
	n.Closed = true
	l := t.add(t.phrases.line(name, vars{"kind": capital(t.kind(n.Kind)), "when": t.long(n.Date)}))
	l.Replaces, l.Quiet, l.Unasked, l.Silent, l.Handle = n.Key(), true, true, true, ""
}

// settleNudge edits the reminder of a day that was just kept in another way than by tapping it.
func (t *turn) settleNudge(d day.Date) {
	nudges := slices.Clone(t.r.Told.Nudges)
	for i := range nudges {
		if nudges[i].Date == d && !nudges[i].Closed && nudges[i].Key() != t.nudge {
			t.closeNudge(&nudges[i])
		}
	}
	t.r.Told.Nudges = nudges
}

// note says a line that nobody asked for.
func (t *turn) note(name string, v vars) *Line {
	l := t.add(Line{Text: t.book.Note(name, v, string(t.r.ID), t.today), Private: true})
	l.Unasked, l.Silent, l.Key = true, true, t.today.String()+"/"+name
	return l
}

// card sums the week up, on its last evening.
func (t *turn) card(was time.Time) {
	sunday := t.civil().Monday() + 6
	at, exists := day.Instant(sunday, cardTime, t.zone)
	monday := sunday.Monday()
	if !exists || t.now.Before(at) || t.now.Sub(at) > life || t.r.Told.Card >= monday || !t.r.Set.Remind || t.r.Set.NoCard || !t.hasPlan() {
		return
	}
	t.r.Told.Card = monday
	if _, paused := t.r.Days.Paused(t.today); paused || t.ignored() >= fewerAfter || !t.r.Told.Goodbye.IsZero() {
		return
	}
	done, rests := t.weekSoFar(monday)
	name := "week"
	if done+rests == 0 {
		name = "week_quiet"
	}
	v := vars{"week": fmt.Sprint(t.planWeek()), "done": fmt.Sprint(done + rests), "rest": fmt.Sprint(rests), "day": "tomorrow", "shape": t.shape(monday + 7)}
	l := t.note(name, v)
	l.Text = join(l.Text, t.book.Note("shape", v, string(t.r.ID), t.today))
	l.Expires = at.Add(cardLife)
	l.Choices = []Choice{{Label: "See next week", Says: "/next"}, {Label: "No weekly card", Says: "/card off"}}
}

// cardOrder turns the weekly card off, or on.
func (t *turn) cardOrder(words string) {
	was := t.mark()
	t.r.Set.NoCard = words != "on"
	t.changed(was, "the weekly card")
	t.instead(t.say("card_off", nil))
}

// weekSoFar counts the days kept since Monday.
func (t *turn) weekSoFar(monday day.Date) (done, rests int) {
	for _, d := range t.derived().Days {
		switch {
		case d.Date < monday:
		case d.State == streak.Done:
			done++
		case d.State == streak.Rest:
			rests++
		}
	}
	return done, rests
}

// shape is a week in a line.
func (t *turn) shape(monday day.Date) string {
	var days []string
	for d := monday; d < monday+7; d++ {
		if k := t.r.Days.PlanOf(d); k.Training() {
			days = append(days, d.Format("Mon")+" "+t.kind(k))
		}
	}
	return list(days)
}

// checkIn asks, softly, on the last day of a pause, or every two weeks of an open one.
func (t *turn) checkIn(was time.Time) {
	p, paused := t.r.Days.Paused(t.today)
	if !paused || !t.r.Set.Remind || t.now.Sub(t.r.Told.CheckIn) < 24*time.Hour {
		return
	}
	d := t.today
	if p.Until != 0 && d != p.Until || p.Until == 0 && (d == p.From || (d-p.From)%checkInDays != 0) {
		return
	}
	at, exists := day.Instant(d, checkInTime, t.zone)
	if !exists || t.now.Before(at) || t.now.Sub(at) > life {
		return
	}
	name := "checkin_open"
	if p.Until != 0 {
		name = "checkin"
	}
	t.r.Told.CheckIn = t.now
	l := t.note(name, nil)
	l.Expires = at.Add(cardLife)
	l.Choices = []Choice{{Label: "Carry on", Says: "/resume"}, {Label: "Stay paused", Says: "/pause"}}
}

// idle tells a silent runner that they will be forgotten, and forgets them.
func (t *turn) idle() {
	due := t.idleAt()
	switch {
	case due.IsZero() || t.now.Before(due):
	case !t.r.Told.Idle.After(t.r.Heard):
		t.r.Told.Idle = t.now
		if !t.r.Unreachable {
			l := t.add(t.phrases.line("idle", vars{"on": t.onDay(t.today + 30)}))
			l.Unasked, l.Silent, l.Key = true, true, t.today.String()+"/idle"
		}
	default:
		t.r = Runner{}
	}
}

// unsent remembers a reminder that may not have arrived, for the next line to carry.
func (t *turn) unsent(e Unsent) {
	for _, n := range t.r.Told.Nudges {
		if n.Key() == e.Key && n.Kind.Training() {
			t.r.Told.Lost = e.Key
			t.dropped(n.Date, n.Kind, "could not be sent: "+e.Why)
		}
	}
}

// whyNudge says why a reminder came, or did not.
func (t *turn) whyNudge(words string) {
	for _, n := range slices.Backward(t.r.Told.Nudges) {
		if words == n.Key() || t.nudge == n.Key() {
			t.say("why_nudge", vars{"reason": t.whyCame(n)})
			return
		}
	}
	if len(t.r.Told.Drops) > 0 {
		var rows []string
		for _, d := range t.r.Told.Drops {
			rows = append(rows, capital(t.kind(d.Kind))+", "+t.long(d.Date)+": "+d.Why+".")
		}
		t.say("why_nudge", vars{"reason": "Not sent lately:\n" + strings.Join(rows, "\n")})
		return
	}
	if n := len(t.r.Told.Nudges); n > 0 {
		t.say("why_nudge", vars{"reason": t.whyCame(t.r.Told.Nudges[n-1])})
		return
	}
	t.say("next_none", nil)
}

func (t *turn) whyCame(n Nudge) string {
	clock := wallClock(n.At, t.zone)
	source := "the plan has it there"
	if own := t.r.Set.Own[n.Kind]; !own.IsZero() {
		source = "you chose that time"
	} else if !t.hasPlan() {
		source = "it is the default, which you turned on"
	}
	return capital(t.kind(n.Kind)) + ", " + t.long(n.Date) + " at " + clock.String() + ": " + source + ". I reckon with " + t.zone.String() + "."
}
