package coach

import (
	"fmt"
	"strconv"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/safety"
	"legcoach/coach/streak"
)

// pain answers a report of pain: the fixed reply, and what it does to the plan.
// What hurt is not kept, only how serious it was.
func (t *turn) pain(a ask) {
	f := t.guard.Read(a.Words)
	if f.Intent != safety.Pain {
		f = safety.Finding{Intent: safety.Pain, Level: a.Level, Number: -1}
	}
	t.care(f)
}

func (t *turn) care(f safety.Finding) {
	colour := plan.Colour(f.Level)
	advise := false
	if colour != plan.Green {
		s := t.state()
		s, advise = t.plans.Hurt(s, t.today, colour, mustBeCleared(f))
		t.r.Set.Plan = &s
	}
	switch {
	case colour == plan.Green:
		t.morning()
	case colour == plan.Amber:
		t.protect(streak.Amber)
	default:
		t.stop()
	}
	reply, _ := t.replies.To(f)
	if advise {
		reply = t.replies.AmberLong
	}
	t.fixed(reply)
}

// mustBeCleared reports whether a red sign needs a professional before it is
// over: everything but strong pain by its number alone.
func mustBeCleared(f safety.Finding) bool { return f.Number < 6 }

// state is the runner's plan, or the empty one of somebody without.
func (t *turn) state() plan.State {
	if t.r.Set.Plan != nil {
		return *t.r.Set.Plan
	}
	return plan.State{}
}

// morning takes a green answer, while an amber is open.
func (t *turn) morning() {
	if t.r.Set.Plan == nil {
		return
	}
	s, _ := t.plans.Morning(*t.r.Set.Plan, t.today, true)
	t.r.Set.Plan = &s
}

// protect excuses today, so that nobody trains hurt for a number.
func (t *turn) protect(why streak.Reason) {
	if after, err := t.r.Days.Excuse(t.today, t.today, why, t.now); err == nil {
		t.r.Days = after
	}
}

// stop pauses everything until the runner may go on.
func (t *turn) stop() {
	if p, paused := t.r.Days.Paused(t.today); paused && p.Reason == streak.Red {
		return
	}
	if after, err := t.r.Days.Pause(t.today, 0, streak.Red, t.now); err == nil {
		t.r.Days = after
	}
	t.r.Told.Snoozed = nil
}

// fixed says a fixed reply, word for word. Its choices are sentences too.
func (t *turn) fixed(reply safety.Reply) {
	t.careful = true
	l := t.add(Line{Text: reply.Text, Private: true})
	for _, label := range reply.Choices {
		says, known := replyWords[label]
		if !known {
			says = strings.ToLower(label)
		}
		l.Choices = append(l.Choices, Choice{Label: label, Says: strings.ReplaceAll(says, "{date}", t.today.String())})
	}
}

// replyWords are what the choices of fixed replies say.
var replyWords = map[string]string{
	"Show gentle version": "/easier {date} sore", "It's worse": "/sore worse", "OK": "/ok", "I'm safe": "/ok",
	"Keep it paused": "/ok", "Rest today": "/rest {date}", "Easy version": "/today", "It's more than a cold": "I have a fever",
	"I'm better": "/resume", "Yes to both": "/resume cleared", "Not yet": "/ok",
}

// distress answers despair and the like with a person to talk to, and stops all reminders.
func (t *turn) distress(a ask) {
	f := t.guard.Read(a.Words)
	if f.Intent != safety.Distress {
		f = safety.Finding{Intent: safety.Distress, Kind: safety.Despair}
	}
	if after, err := t.r.Days.Pause(t.today, 0, streak.Unsaid, t.now); err == nil {
		t.r.Days = after
	}
	t.r.Told.Snoozed = nil
	reply, _ := t.replies.To(f)
	t.fixed(reply)
}

// ill answers illness. A day that has passed is marked as sick.
func (t *turn) ill(a ask) {
	if slots := t.reader.As(reading.Log, a.Words, t.context()); slots.Date != 0 && slots.Date < t.today {
		t.excuse(slots.Date, slots.Date, streak.Sick)
		return
	}
	f := t.guard.Read(a.Words)
	if f.Intent != safety.Ill {
		f = safety.Finding{Intent: safety.Ill, Kind: safety.Fever}
	}
	s := t.state()
	s.Ill = plan.Fever
	if f.Kind == safety.Cold {
		s.Ill = plan.Cold
	}
	t.r.Set.Plan = &s
	if s.Ill == plan.Cold {
		t.protect(streak.Sick)
	} else if after, err := t.r.Days.Pause(t.today, 0, streak.Sick, t.now); err == nil {
		t.r.Days = after
		t.r.Told.Snoozed = nil
	}
	reply, _ := t.replies.To(f)
	t.fixed(reply)
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
