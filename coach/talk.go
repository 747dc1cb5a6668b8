package coach

import (
	"slices"
	"strings"
	"unicode/utf8"

	"legcoach/coach/day"
	"legcoach/coach/reading"
)

const (
	// maxSaid is how much of a message is read, in bytes.
	maxSaid = 16 << 10
	// maxParts is how many lines of one message are taken one by one: a form that was filled in.
	maxParts = 6
	// maxBurst is how much somebody may say within a minute of the same conversation.
	maxBurst = 60
)

// ask is what a runner wants: plain words as they were read, or a command.
type ask struct {
	reading.Reading
	// Words is what follows a command, or all of a message.
	Words string
	// Command is the command's name, empty for plain words.
	Command string
}

// said answers a message.
func (t *turn) said(e Said) {
	text := strings.TrimSpace(e.Text)
	if len(text) > maxSaid {
		text = strings.ToValidUTF8(text[:maxSaid], "")
	}
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	if e.Zone != "" && text == "" {
		t.setZone(e.Zone)
		return
	}
	if text == "" || t.flooded() {
		return
	}
	t.contact(e)
	t.r.Talk.At = t.now
	t.retract(e.Was)
	defer t.carryOn()
	if parts := commandLines(text); len(parts) > 1 {
		for _, part := range parts {
			t.lines = nil // of a form, what its last field comes to is the answer
			t.one(part)
		}
		return
	}
	t.one(text)
	t.goOn()
}

// commandLines returns the lines of a message that is nothing but commands, as a form makes it.
func commandLines(text string) []string {
	lines := strings.Split(text, "\n")
	if len(lines) > maxParts {
		return nil
	}
	for _, l := range lines {
		if !strings.HasPrefix(l, "/") {
			return nil
		}
	}
	return lines
}

// flooded reports whether the runner says more than anybody can mean; they are told once.
func (t *turn) flooded() bool {
	t.r.Talk.Burst++
	if t.r.Talk.At.IsZero() || t.now.Sub(t.r.Talk.At) > floodGap {
		t.r.Talk.Burst = 1
	}
	if t.r.Talk.Burst == maxBurst {
		t.say("slow_down", nil)
	}
	if t.r.Talk.Burst < maxBurst {
		return false
	}
	t.r.Talk.At = t.now
	return true
}

// one answers one message, or one line of a form.
func (t *turn) one(text string) {
	if strings.HasPrefix(text, "/") {
		t.command(text)
		return
	}
	if code := t.codeIn(text); code != "" {
		t.command("/link " + code)
		return
	}
	if says, offered := t.taken(text); offered {
		t.r.Talk.Offers = nil
		t.one(says)
		return
	}
	if t.tookAll(text) {
		return
	}
	if t.r.Talk.Asked == askedForget && !t.agrees(text) && !t.refuses(text) {
		t.r.Talk.Asked, t.r.Talk.For = "", "" // a later yes is about something else
	}
	if t.rated(text) {
		return
	}
	r := t.read(text)
	if t.pointed(text, r) {
		return
	}
	if t.means("just_yes", text) && t.choosing() {
		t.puzzled() // to a question that has no yes
		return
	}
	if (t.agrees(text) || t.refuses(text)) && (t.r.Talk.Asked == "" || t.r.Talk.Asked == askedEffort) {
		t.fine()
		return
	}
	if week, err := t.plans.ParseWeek(text); err == nil && week.Count(day.Kind.Training) >= spelledWeek && !urgent(r) {
		t.say("week_ask", vars{"week": t.weekWords(week), "says": compactWeek(week)})
		return
	}
	if t.declines(text) {
		t.dropAsked()
		return
	}
	if !urgent(r) && (t.noted(text, r) || t.answered(text, r) || t.followed(text, r) || t.hinted(text, r) || t.mannered(text, r) || t.remarked(text, r)) {
		return
	}
	if t.twofold(text, r) {
		return
	}
	t.do(ask{Reading: r, Words: text})
}

// spelledWeek is how many sessions on days of theirs, and not a word besides, are taken for a week.
const spelledWeek = 3

// urgent reports whether a reading goes before everything else.
func urgent(r reading.Reading) bool {
	return r.Intent == reading.Pain && r.Level != "green" || r.Intent == reading.Distress
}

// read reads plain words.
func (t *turn) read(text string) reading.Reading { return t.reader.Read(text, t.context()) }

func (t *turn) context() reading.Context {
	return reading.Context{Now: t.now, Zone: t.zone, DayStarts: t.r.Days.Clock(t.now).Starts, Today: t.r.Days.PlanOf(t.today)}
}

// do answers an ask. This is the table of who does what.
func (t *turn) do(a ask) {
	if a.Bare != day.Free && a.Command == "" && (a.Intent == reading.Answer || a.Intent == reading.DidYouMean) {
		t.logOrAsk(a.Bare)
		return
	}
	if k := t.meantKind(a); k != day.Free {
		t.logOrAsk(k)
		return
	}
	if answer := intents[a.Intent]; answer != nil {
		step := t.setupStep(a)
		t.r.Talk.Asked, t.r.Talk.For = "", "" // unless it is asked anew
		answer(t, a)
		t.settle(a)
		t.setupAgain(step)
		return
	}
	t.outOfScope()
}

// meantKind is the kind that a few words name beside nothing that is understood,
// "maybe hills", or with where or how it was done, "squats at home": it may
// have been done or be asked about.
func (t *turn) meantKind(a ask) day.Kind {
	words := plainly(a.Words)
	short := len(strings.Fields(words)) <= fewWords && (a.Intent == reading.OutOfScope || a.Intent == reading.DidYouMean && t.hints.says("unsure", words))
	done := (a.Intent == reading.Answer || a.Intent == reading.DidYouMean) && (t.hints.says("doing", words) ||
		t.lastChanged() == changedLog && len(strings.Fields(words)) <= fewWords && t.hints.says("also", words))
	if a.Command != "" || strings.Contains(a.Words, "?") || !short && !done || t.hints.says("asking", words) {
		return day.Free
	}
	if kinds := t.kindsNamedIn(a.Words); len(kinds) > 0 {
		return kinds[0]
	}
	return day.Free
}

// settle forgets what was wished before, and takes note of what is spoken of now.
func (t *turn) settle(a ask) {
	if !slices.Contains([]string{reading.Remind, reading.Move, reading.Skip, reading.Pause, reading.Snooze, "effort"}, a.Intent) {
		t.r.Talk.Wish = ""
	}
	if a.Intent != reading.OutOfScope && a.Intent != reading.DidYouMean {
		t.r.Talk.Misses = 0
	}
	if slices.Contains([]string{reading.Log, reading.Rest, reading.Correct, reading.Undo, reading.Streak}, a.Intent) {
		t.r.Talk.Topic = "" // a why is about the numbers now
	}
	if len(a.Kinds) > 0 {
		t.r.Talk.Kind = a.Kinds[0]
	}
}

var intents map[string]func(*turn, ask)

func init() {
	intents = map[string]func(*turn, ask){
		reading.Pain:       (*turn).pain,
		reading.Distress:   (*turn).distress,
		reading.Ill:        (*turn).ill,
		reading.Log:        (*turn).log,
		reading.Rest:       (*turn).rest,
		reading.Undo:       (*turn).undoAsked,
		reading.Correct:    (*turn).correct,
		reading.Remind:     (*turn).remind,
		reading.Snooze:     (*turn).snooze,
		reading.Skip:       (*turn).skip,
		reading.Move:       (*turn).move,
		reading.Mute:       (*turn).mute,
		reading.Fewer:      (*turn).fewer,
		reading.Pause:      (*turn).pause,
		reading.Resume:     (*turn).resume,
		reading.Streak:     (*turn).streak,
		reading.Why:        (*turn).why,
		reading.Safe:       (*turn).safe,
		reading.Today:      (*turn).todayCard,
		reading.Next:       (*turn).next,
		reading.Plan:       (*turn).plan,
		reading.Calendar:   (*turn).calendar,
		reading.Level:      (*turn).level,
		reading.Zone:       (*turn).whereabouts,
		reading.Link:       (*turn).link,
		reading.Export:     (*turn).export,
		reading.Forget:     (*turn).forget,
		reading.MyData:     (*turn).mydata,
		reading.Answer:     (*turn).answer,
		reading.DidYouMean: (*turn).didYouMean,
		reading.NotCovered: (*turn).notCovered,
		reading.Source:     (*turn).source,
		reading.Help:       (*turn).help,
		reading.Greet:      (*turn).greet,
		reading.Thanks:     func(t *turn, _ ask) { t.say("thanks", nil) },
		reading.Bye:        func(t *turn, _ ask) { t.say("bye", nil) },
		reading.About:      func(t *turn, _ ask) { t.say("about", nil) },
		reading.Complaint:  func(t *turn, _ ask) { t.say("complaint", nil) },
		reading.OutOfScope: func(t *turn, _ ask) { t.outOfScope() },
	}
}

// args is what follows a command; plain words have none.
func (a ask) args() string {
	if a.Command == "" {
		return ""
	}
	return a.Words
}

// kind is the one kind that an ask speaks of, or else.
func (a ask) kind(otherwise day.Kind) day.Kind {
	if len(a.Kinds) > 0 {
		return a.Kinds[0]
	}
	return otherwise
}

// did logs what was reminded of, as one tap or emoji says.
func (t *turn) did(n Nudge) {
	t.contact(Said{Nudge: n.Key()})
	t.r.Talk.At = t.now
	defer t.carryOn()
	intent := reading.Log
	if n.Kind == day.Rest {
		intent = reading.Rest
	}
	t.do(ask{Reading: reading.Reading{Intent: intent, Kinds: []day.Kind{n.Kind}, Date: n.Date}})
}

// sent answers something without words.
func (t *turn) sent(e Sent) {
	t.contact(Said{Nudge: e.Nudge})
	t.r.Talk.At = t.now
	if n, open := t.openNudge(e.Nudge); open && e.What == "sticker" {
		t.did(n)
		return
	}
	switch e.What {
	case "photo", "sticker":
		t.say("sent_photo", nil).Choices = t.kindChoices(t.today)
	case "voice":
		t.say("sent_voice", nil)
	default:
		t.say("sent_other", nil)
	}
}
