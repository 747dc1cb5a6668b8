package coach

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"legcoach/coach/plan"
	"legcoach/coach/reading"
)

// What a change was about.
const (
	changedLog    = "log"
	changedRemind = "remind"
	changedPlan   = "plan"
	changedZone   = "zone"
	changedElse   = "else"
)

// pointed takes short words that point at something, "cancel it", "wrong one",
// "not that", by what was last done in this conversation. Where that does not
// decide they are asked about; nothing is written on a guess.
func (t *turn) pointed(text string, r reading.Reading) bool {
	if t.relogged(text, r) || t.rewished(text, r) || t.unlog(text) || t.approve(text) {
		return true
	}
	if t.r.Set.Remind && (t.r.Talk.Asked == "" || t.r.Talk.Asked == askedTime) && t.points("other_hour", text) && t.otherHour(text) {
		return true
	}
	if meant := t.meant(text); meant != "" && t.r.Talk.Asked == "" && t.bareNumber(text) == "" && len(t.clocksIn(meant)) > 0 && !t.hints.says("silence", plainly(text)) {
		t.remind(ask{Reading: t.reader.As(reading.Remind, t.clockWords(meant), t.context()), Words: meant})
		return true
	}
	if t.tomorrow(text) || t.mood(text) || t.ofNudge(text) {
		return true
	}
	if strings.Trim(text, "?!.… ") == "" && t.r.Talk.Asked != askedNote {
		t.marksOnly(text)
		return true
	}
	for _, p := range []struct {
		words string
		means func(*turn)
	}{
		{"take_back", (*turn).takeBack},
		{"erase", (*turn).erase},
		{"all_clear", (*turn).allClear},
		{"start", (*turn).startAlone},
		{"gentle_one", func(t *turn) { t.easierOn(t.today.String() + " " + string(plan.Sore)) }},
		{"note_alone", (*turn).noteAlone},
		{"my_notes", func(t *turn) { t.noteOrder("") }},
		{"a_question", (*turn).aQuestion},
		{"never_mind", (*turn).neverMind},
		{"denied", (*turn).denied},
		{"wrong_one", (*turn).wrongOne},
		{"change_it", (*turn).changeIt},
		{"move_it", (*turn).moveIt},
		{"stop_it", (*turn).stopIt},
		{"puzzled", (*turn).puzzled},
		{"nod", func(t *turn) { t.say("thanks", nil) }},
		{"turn_on", (*turn).turnOn},
		{"again", (*turn).onceMore},
		{"you_choose", func(t *turn) { t.todayCard(ask{}) }},
		{"dont_know", (*turn).fine},
		{"all", (*turn).fine},
		{"none", (*turn).fine},
		{"too_much", func(t *turn) { t.say("too_much", nil) }},
		{"weary_alone", (*turn).weary},
	} {
		if t.points(p.words, text) && t.r.Talk.Asked != askedSetup {
			p.means(t)
			return true
		}
	}
	return false
}

// tomorrow takes "tomorrow" under a reminder for what is wanted of that one.
func (t *turn) tomorrow(text string) bool {
	n, open := t.openNudge(t.nudge)
	if !open || t.r.Talk.Asked != "" || !t.points("tomorrow", text) || t.now.Sub(n.At) > life {
		return false
	}
	t.command("/snooze tomorrow " + n.Key())
	return true
}

// ofNudge takes "more" and "why this" for the reminder that is open, unless a
// question was answered since; where none is, there is more to ask.
func (t *turn) ofNudge(text string) bool {
	if t.r.Talk.Topic != "" || t.r.Talk.Asked != "" && t.r.Talk.Asked != askedEffort {
		return false
	}
	n, open := t.openNudge(t.nudge)
	switch {
	case open && t.means("more", text):
		t.more(n.Key())
	case open && t.points("why_this", text):
		t.command("/why " + n.Key())
	case t.points("more", text):
		t.asked("")
	default:
		return false
	}
	return true
}

// mood answers an emoji that shows how somebody is, and says nothing else.
func (t *turn) mood(text string) bool {
	text = strings.TrimSpace(text)
	switch {
	case slices.Contains(t.hints["down"], text):
		t.weary()
	case slices.Contains(t.hints["ache"], text):
		t.command("/sore")
	default:
		return false
	}
	return true
}

// declines reports whether a text is a no, and nothing else, to something that was
// asked and that can be left unanswered.
func (t *turn) declines(text string) bool {
	switch t.r.Talk.Asked {
	case "", askedSetup, askedForget, askedLeave, askedNote:
		return false
	}
	return t.refuses(text) || t.points("just_no", text)
}

// unlog answers "delete the hills": the log that was just made is taken back,
// an older one is asked about. It reports whether words ask for that.
func (t *turn) unlog(text string) bool {
	kinds := t.kindsNamedIn(text)
	words := plainly(text)
	if len(kinds) != 1 || len(strings.Fields(words)) > fewWords || !t.hints.says("delete", words) || t.hints.says("remind", words) || t.hints.says("the_plan", words) {
		return false
	}
	for d := t.today; d > t.today-oldAgain && d >= t.r.Days.Log.Start(); d-- {
		if !slices.Contains(t.r.Days.Log.At(d).Sessions(), kinds[0]) {
			continue
		}
		if d == t.r.Talk.Logged && t.lastChanged() == changedLog {
			t.undoLog(d, kinds)
			return true
		}
		t.say("unlog_ask", vars{"kind": t.kind(kinds[0]), "word": string(kinds[0]), "when": t.when(d), "date": d.String()})
		return true
	}
	t.say("unlog_none", vars{"kind": t.kind(kinds[0]), "word": string(kinds[0])})
	return true
}

// points reports whether a phrase that means what is named is all that a text
// says, but for words that say nothing, as in "oh wait, scratch that please".
func (t *turn) points(what, text string) bool {
	return slices.ContainsFunc(t.shorter(text), func(words string) bool { return slices.Contains(t.hints[what], words) })
}

// shorter is what a text says, and what is left of it with ever fewer of the
// words around it that say nothing. Of one text it is worked out once.
func (t *turn) shorter(text string) []string {
	if t.shortOf == text && t.short != nil {
		return t.short
	}
	t.shortOf, t.short = text, nil
	for fields := strings.Fields(plainly(text)); len(fields) > 0; {
		t.short = append(t.short, strings.Join(fields, " "))
		switch last := len(fields) - 1; {
		case slices.Contains(t.hints["idle"], fields[0]):
			fields = fields[1:]
		case slices.Contains(t.hints["idle"], fields[last]):
			fields = fields[:last]
		default:
			return t.short
		}
	}
	return t.short
}

// lastChanged says what the latest change of this conversation was about; empty if there is none.
func (t *turn) lastChanged() string {
	c := t.r.Last
	switch {
	case c == nil || c.Undone || t.now.Sub(c.At) > talkLasts:
		return ""
	case c.Life != nil && len(c.Life.Clocks) != len(t.r.Days.Clocks):
		return changedZone
	case c.Set != nil && !sameSettings(Settings{Plan: c.Set.Plan}, Settings{Plan: t.r.Set.Plan}):
		return changedPlan
	case t.loggedLast(c):
		return changedLog
	case !c.Log.IsZero():
		return changedElse // rest, or a day that was excused
	case c.Set != nil:
		return changedRemind
	}
	return changedElse
}

// loggedLast reports whether a change made or changed the latest log of a session.
func (t *turn) loggedLast(c *Change) bool {
	if c.Log.IsZero() {
		return false
	}
	before, d := t.r.Days.Log.Undo(c.Log), t.r.Talk.Logged
	return !slices.Equal(before.At(d).Sessions(), t.r.Days.Log.At(d).Sessions())
}

// noteAlone asks what to keep with the latest log, or with today.
func (t *turn) noteAlone() { t.noteOrder(cmp.Or(t.r.Talk.Logged, t.today).String()) }

// marksOnly answers marks without words: of these a question mark wants something.
func (t *turn) marksOnly(text string) {
	if strings.Contains(text, "?") || len(t.tappable()) > 1 {
		t.puzzled()
		return
	}
	t.fine()
}

// aQuestion answers who says that they have a question, or that what they named is one.
func (t *turn) aQuestion() {
	if kind, _, _ := strings.Cut(t.r.Talk.For, " "); t.r.Talk.Asked == askedOr {
		t.command("/ask about " + kind)
		return
	}
	t.asked("")
}

// allClear takes the answer to the whole of the start check, while that is to come.
func (t *turn) allClear() {
	if t.state().Check != plan.NotAsked {
		t.fine()
		return
	}
	t.start("clear")
}

// startAlone answers "start": reminders that were stopped, or the set-up.
func (t *turn) startAlone() {
	if t.r.Set.Muted && !t.r.Set.Remind {
		t.turnOn()
		return
	}
	t.start("")
}

// erase answers "delete" and nothing else: the log that was just made goes, or else it is asked.
func (t *turn) erase() {
	if t.lastChanged() != "" {
		t.takeBack()
		return
	}
	t.do(ask{Reading: reading.Reading{Intent: reading.Forget}})
}

// takeBack answers "cancel it" and "scratch that": what was just done is undone,
// what was reminded of is left out, and anything older is asked about.
func (t *turn) takeBack() {
	_, open := t.openNudge(t.nudge)
	switch {
	case strings.HasPrefix(t.replied, "/undo"):
		t.command(t.replied)
	case t.unsnooze():
	case t.lastChanged() != "":
		t.undo("")
	case open || t.nudge != "":
		t.skip(ask{})
	case t.r.Talk.Asked != "" && t.r.Talk.Asked != askedEffort:
		t.dropAsked()
	default:
		t.askTakeBack()
	}
}

// neverMind answers somebody who may take back a change, or only a question.
func (t *turn) neverMind() {
	switch {
	case t.r.Talk.Asked != "" && t.r.Talk.Asked != askedEffort:
		t.dropAsked()
	case t.lastChanged() != "":
		t.askTakeBack()
	default:
		t.fine()
	}
}

// dropAsked forgets what was asked.
func (t *turn) dropAsked() {
	t.r.Talk.Asked, t.r.Talk.For = "", ""
	t.fine()
}

// askTakeBack asks whether the latest change is to be undone.
func (t *turn) askTakeBack() {
	if t.r.Last == nil || t.r.Last.Undone {
		t.say("point_none", nil)
		return
	}
	t.say("take_back_ask", t.lastVars())
}

func (t *turn) lastVars() vars {
	return vars{"what": t.dated(t.r.Last.What), "change": strconv.Itoa(t.r.Last.N)}
}

// denied answers "i lied": a log is asked about, and whatever else was just done.
func (t *turn) denied() {
	if t.lastChanged() == changedLog {
		t.say("denied_log", t.lastVars())
		return
	}
	t.askTakeBack()
}

// wrongOne answers somebody who says that something is wrong and not what.
func (t *turn) wrongOne() {
	switch t.lastChanged() {
	case changedLog:
		t.r.Talk.Asked = askedFix
		t.say("wrong_log", t.lastVars())
	case changedZone:
		t.timezone("")
	case "":
		t.say("complaint", nil)
	default:
		t.say("wrong_change", t.lastVars())
	}
}

// changeIt answers "change it": by what was just done, or by asking what.
func (t *turn) changeIt() {
	switch t.lastChanged() {
	case changedLog:
		t.r.Talk.Asked = askedFix
		t.say("wrong_log", t.lastVars())
	case changedRemind:
		t.remindList()
	case changedPlan:
		t.turnChoices()
	case changedZone:
		t.timezone("")
	default:
		t.say("change_what", nil)
	}
}

// moveIt answers "move it": the session that is next, unless what was just done was something else.
func (t *turn) moveIt() {
	switch t.lastChanged() {
	case changedRemind:
		t.say("move_which", nil)
	case changedLog:
		t.say("move_log", t.lastVars())
	default:
		t.do(ask{Reading: reading.Reading{Intent: reading.Move}, Words: "move"})
	}
}

// stopIt answers "enough" and "stop it". Right after a reminder that is what is
// to stop; a question is dropped; else it is asked what.
func (t *turn) stopIt() {
	_, open := t.openNudge(t.nudge)
	switch {
	case t.r.Set.Remind && (open || t.nudge != ""):
		t.mute(ask{})
	case t.r.Talk.Asked != "" && t.r.Talk.Asked != askedEffort:
		t.dropAsked()
	case t.r.Set.Remind:
		t.say("stop_what", nil)
	default:
		t.say("stop_nothing", nil)
	}
}

// oldAgain is how many days back "again" speaks of.
const oldAgain = 8
