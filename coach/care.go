package coach

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/safety"
	"legcoach/coach/streak"
)

// pain answers a report of pain: the fixed reply, and what it does to the plan.
// What hurts is not kept, only how serious it was.
func (t *turn) pain(a ask) {
	f := t.finding(a, safety.Finding{Intent: safety.Pain, Level: a.Level, Number: -1})
	if f.Level == safety.Green && t.lastWeekOff(a.Words, streak.Injured) {
		return
	}
	if days := t.pastDays(a.Words); f.Level == safety.Green && len(days) > 0 && t.says("missed", a.Words) {
		t.excuse(days, streak.Injured)
		return
	}
	if f.Level == safety.Green && f.Number < 0 && len(strings.Fields(a.Words)) == 1 {
		t.sore("")
		return
	}
	was := t.mark()
	t.care(f)
	if f.Level == safety.Red || f.Level == safety.SameDay {
		t.keepLog(a.Words) // beside an emergency nothing is offered
	}
	if f.Serious() || a.Command != "" {
		return
	}
	if slots := t.reader.As(reading.Pause, a.Words, t.context()); slots.Until > t.today {
		t.off(was, slots.Until)
	}
}

// finding returns what was heard when the message was read, or else what its words
// say, if that is of the same intent as otherwise, which stands for it if not.
func (t *turn) finding(a ask, otherwise safety.Finding) safety.Finding {
	if a.Finding.Intent == otherwise.Intent {
		return a.Finding
	}
	if f := t.guard.Read(a.Words); f.Intent == otherwise.Intent {
		return f
	}
	return otherwise
}

// off adds a pause to what was just said: "off till sunday, knee hurts" is one pause, with one undo.
func (t *turn) off(was Runner, until day.Date) {
	said := t.lines[len(t.lines)-1]
	t.lines = t.lines[:len(t.lines)-1]
	t.hold(t.today, until, streak.Injured, said.Text)
	l := &t.lines[len(t.lines)-1]
	l.Choices = append(said.Choices, l.Choices...)
	t.r.Talk.Changes-- // the pause takes the place of what was changed for the pain
	t.changed(was, t.phrases.text("what_pause", nil))
}

// care does what a report of pain means for the plan and the numbers, and answers it.
func (t *turn) care(f safety.Finding) {
	colour := plan.Colour(f.Level)
	if colour == plan.Green {
		t.green()
		return
	}
	was := t.mark()
	s, advise := t.plans.Hurt(t.state(), t.today, colour, mustBeCleared(f))
	t.r.Set.Plan = &s
	reply, _ := t.replies.To(f)
	if colour == plan.Amber {
		t.protect(t.today, streak.Amber)
		t.changed(was, t.phrases.text("what_gentle", nil))
	} else {
		t.stop()
	}
	if advise {
		reply = t.replies.AmberLong
	}
	t.fixed(reply)
}

// keepLog offers, by a choice more below a fixed reply, to log a session that
// words tell of beside what hurts. Nothing is added to what is said, and a
// plain yes is no answer to it.
func (t *turn) keepLog(words string) {
	for _, part := range halvesOf(words) {
		told := t.read(part[0])
		if told.Intent != reading.Log || t.asks(part[0]) || !urgent(t.read(part[1])) {
			continue
		}
		if offer, open := t.logToo(ask{Reading: told, Words: part[0]}); open {
			l := &t.lines[len(t.lines)-1]
			for _, c := range offer.Choices {
				c.Yes = false
				l.Choices = append(l.Choices, c)
			}
		}
		return
	}
}

// mustBeCleared reports whether a red sign needs a professional before it is
// over: everything but strong pain by its number alone, and a changed stride.
func mustBeCleared(f safety.Finding) bool {
	decisive := ""
	if len(f.Because) > 0 {
		decisive = f.Because[0].Rule
	}
	return f.Number < 6 && !strings.HasPrefix(decisive, "limp")
}

// state is the runner's plan, or the empty one of somebody without.
func (t *turn) state() plan.State {
	if t.r.Set.Plan != nil {
		return *t.r.Set.Plan
	}
	return plan.State{}
}

// green takes an answer of 0 to 2: all is well, or one good morning more while
// an amber is open. It says nothing of training while something serious is.
func (t *turn) green() {
	switch {
	case t.stopped():
		t.leaveRed("")
		return
	case t.state().Pain.Colour != plan.Amber:
		t.fixed(t.replies.Green)
		t.r.Talk.Asked, t.r.Talk.For = askedPain, "" // a number may follow
		return
	}
	was := t.mark()
	s, closed := t.plans.Morning(*t.r.Set.Plan, t.today, true)
	t.r.Set.Plan = &s
	name := "amber_morning"
	switch {
	case closed:
		name = "amber_over"
		t.unprotect(t.today)
	case s.Pain.Since == t.today:
		name = "amber_today"
	}
	t.changed(was, t.phrases.text("what_morning", nil))
	t.careful = true
	t.say(name, vars{"date": t.today.String()})
}

// protect excuses a date, so that nobody trains hurt or ill for a number.
func (t *turn) protect(d day.Date, why streak.Reason) {
	then := t.now
	if closes := t.r.Days.Close(d, t.now); closes.Before(then) {
		then = closes
	}
	if after, err := t.r.Days.Excuse(d, d, why, then); err == nil {
		t.r.Days = after
	}
}

// unprotect takes back that a date was protected.
func (t *turn) unprotect(d day.Date) {
	if t.r.Days.Log.At(d).Excuse() == streak.Amber {
		t.protect(d, streak.None)
	}
}

// shield protects a date that is lived through while an amber or a cold is open.
// A cold of which nothing is heard for a week is taken to be over.
func (t *turn) shield(d day.Date) {
	s := t.r.Set.Plan
	switch {
	case s == nil:
	case s.Pain.Colour == plan.Amber && d >= s.Pain.Since:
		t.protect(d, streak.Amber)
	case s.Ill == plan.Cold && t.r.Days.Log.At(d-coldDays).Excuse() == streak.Sick:
		well := *s
		well.Ill = plan.Well
		t.r.Set.Plan = &well
	case s.Ill == plan.Cold:
		t.protect(d, streak.Sick)
	}
}

// coldDays is for how many days a cold protects days without a further word.
const coldDays = 7

// stop pauses everything until the runner may go on. It is not taken back by an undo.
func (t *turn) stop() {
	t.final()
	t.r.Told.Snoozed = nil
	if p, paused := t.r.Days.Paused(t.today); paused && p.Reason == streak.Red {
		return
	}
	if after, err := t.r.Days.Pause(t.today, 0, streak.Red, t.now); err == nil {
		t.r.Days = after
	}
}

// rests pauses without an end, unless a pause that may last longer is on already.
func (t *turn) rests(from day.Date, why streak.Reason) {
	t.r.Told.Snoozed = nil
	if p, paused := t.r.Days.Paused(t.today); paused && p.Reason == streak.Red {
		return
	}
	if after, err := t.r.Days.Pause(from, 0, why, t.now); err == nil {
		t.r.Days = after
	}
}

// fixed says a fixed reply, word for word. Its choices are sentences too.
func (t *turn) fixed(reply safety.Reply) {
	t.careful = true
	l := t.add(Line{Text: reply.Text, Private: true})
	for _, label := range reply.Choices {
		l.Choices = append(l.Choices, Choice{Label: label, Says: strings.ReplaceAll(t.replyWords(label), "{date}", t.today.String())})
	}
}

// replyWords are what a choice of a fixed reply says: a command, or else its label.
func (t *turn) replyWords(label string) string {
	for _, c := range t.phrases["fixed_choices"].Choices {
		if c.Label == label {
			return c.Says
		}
	}
	return strings.ToLower(label)
}

// distress answers despair and the like with a person to talk to, and stops all
// reminders. It is not taken back by an undo that was meant for something older.
func (t *turn) distress(a ask) {
	f := t.finding(a, safety.Finding{Intent: safety.Distress, Kind: safety.Despair})
	t.rests(t.today, streak.Unsaid)
	t.final()
	reply, _ := t.replies.To(f)
	t.fixed(reply)
}

// ill answers illness. Days that have passed are marked as sick; an illness
// that lasts pauses the plan, since the day that is named.
func (t *turn) ill(a ask) {
	if t.lastWeekOff(a.Words, streak.Sick) {
		return
	}
	days := t.pastDays(a.Words)
	since := t.says("since", a.Words) && len(days) > 0 && !t.says("past", a.Words)
	if len(days) > 0 && !since {
		t.excuse(days, streak.Sick)
		return
	}
	f := t.finding(a, safety.Finding{Intent: safety.Ill, Kind: safety.Fever})
	if since {
		f = safety.Finding{Intent: safety.Ill, Kind: safety.Fever}
	}
	was := t.mark()
	s := t.state()
	s.Ill = plan.Fever
	from := t.today
	switch {
	case since:
		from = max(days[0], t.today-lateDays)
		t.rests(from, streak.Sick)
	case f.Kind == safety.Cold:
		s.Ill = plan.Cold
		t.protect(t.today, streak.Sick)
	default:
		t.rests(t.today, streak.Sick)
	}
	t.r.Set.Plan = &s
	change := t.changed(was, t.phrases.text("what_ill", nil))
	reply, _ := t.replies.To(f)
	t.fixed(reply)
	if since {
		t.say("ill_since", vars{"when": t.when(from), "numbers": t.numbersIfChanged(), "change": change})
	}
}

// pastDays are the dates before today that words name, oldest first.
func (t *turn) pastDays(words string) []day.Date {
	slots := t.reader.As(reading.Log, words, t.context())
	days := slices.DeleteFunc(slices.Clone(slots.Dates), func(d day.Date) bool { return d > t.today })
	slices.Sort(days)
	if len(days) > 0 && days[0] == t.today {
		return nil
	}
	return days
}

// lastWeekOff marks the days of the last week that went without a session, if
// words tell that all of it did, and reports whether they do.
func (t *turn) lastWeekOff(words string, reason streak.Reason) bool {
	if !t.says("last_week", words) || !t.says("past", words) {
		return false
	}
	var off []day.Date
	for _, d := range t.derived().Days {
		open := d.State == streak.Missed || d.State == streak.Frozen || d.State == streak.Grace || d.State == streak.Free
		if open && d.Date >= t.today-lateDays && d.Date < t.today {
			off = append(off, d.Date)
		}
	}
	if len(off) == 0 {
		t.say("excuse_none", vars{"numbers": t.phrase(t.derived())})
		return true
	}
	t.excuse(off, reason)
	return true
}

// sore takes "/sore", "/sore 4", "/sore worse", "/sore left calf, 7".
func (t *turn) sore(words string) {
	if words == "" {
		t.r.Talk.Asked = askedPain
		l := t.say("sore_ask", nil)
		for n := range 11 {
			l.Choices = append(l.Choices, Choice{Label: strconv.Itoa(n), Says: fmt.Sprintf("/sore %d", n)})
		}
		return
	}
	f := t.guard.Read(words)
	if f.Intent == "" {
		f = safety.Finding{Intent: safety.Pain, Level: levelOf(words), Number: -1}
		if _, err := strconv.Atoi(words); err != nil && f.Level != safety.Red && t.read(words).Intent == reading.OutOfScope {
			t.sore("") // no word of it is about how legs feel
			return
		}
	}
	if n, err := strconv.Atoi(strings.TrimSpace(words)); err == nil && n >= 0 && n <= 10 {
		f = safety.Finding{Intent: safety.Pain, Level: levelOfNumber(n), Number: n}
	}
	if f.Intent != safety.Pain {
		t.do(ask{Reading: t.read(words), Words: words})
		return
	}
	t.care(f)
}

// levelOf is how serious soreness without a finding is: "worse" is red, the rest amber.
func levelOf(words string) string {
	if strings.Contains(words, "worse") {
		return safety.Red
	}
	return safety.Amber
}

func levelOfNumber(n int) string {
	switch {
	case n <= 2:
		return safety.Green
	case n <= 5:
		return safety.Amber
	}
	return safety.Red
}

// hurts reports whether training is not suggested today.
func (t *turn) hurts(d day.Date) bool { return t.on(d).Held != "" && t.on(d).Held != plan.HeldCheck }
