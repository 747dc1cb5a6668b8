package coach

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/streak"
)

// undoLasts is how long the latest change can be taken back.
const undoLasts = 24 * time.Hour

// mark remembers the runner as they are before something changes them; the
// change is kept with [turn.changed].
func (t *turn) mark() Runner { return t.r }

// changed makes what became of the runner since was something that can be taken
// back, and returns its number.
func (t *turn) changed(was Runner, what string) string {
	t.r.Talk.Changes++
	c := Change{N: t.r.Talk.Changes, At: t.now, Sent: t.sentAt, What: what, Log: streak.Diff(was.Days.Log, t.r.Days.Log)}
	if !sameSettings(was.Set, t.r.Set) {
		set := was.Set
		c.Set = &set
	}
	if before := lifeOf(was); !reflect.DeepEqual(before, lifeOf(t.r)) {
		c.Life = &before
	}
	if !slices.Equal(was.Notes, t.r.Notes) {
		c.Notes = keptNotes(was.Notes)
	}
	t.r.Last = &c
	return strconv.Itoa(c.N)
}

// sameSettings reports whether settings are kept as the same: what is empty is as good as none.
func sameSettings(a, b Settings) bool {
	before, err := json.Marshal(a)
	now, failed := json.Marshal(b)
	return err == nil && failed == nil && bytes.Equal(before, now)
}

// keptNotes are notes as a change keeps them: those of somebody who had none are not nothing.
func keptNotes(notes []Note) *[]Note {
	kept := append([]Note{}, notes...)
	return &kept
}

// retract takes back what the text that was sent at a time logged: the runner put
// other words in its place. What it changed beside the log is left to /undo.
func (t *turn) retract(sent time.Time) {
	last := t.r.Last
	if sent.IsZero() || last == nil || last.Undone || !last.Sent.Equal(sent) || last.Log.IsZero() || last.Set != nil || last.Life != nil {
		return
	}
	t.r.Days.Log = t.r.Days.Log.Undo(last.Log)
	t.r.Last, t.r.Talk.Logged = nil, 0
	t.relocate()
}

func lifeOf(r Runner) Life { return Life{r.Days.Pauses, r.Days.Clocks} }

// final forgets the latest change: what made somebody stop for their safety is
// not taken back by a word that was meant for something older.
func (t *turn) final() { t.r.Last = nil }

// undo takes back the latest change, or puts it back. Words may name a change
// ("#12") or a log by its date and kind.
func (t *turn) undo(words string) {
	if date, kinds, named := t.namedLog(words); named {
		t.undoLog(date, kinds)
		return
	}
	last := t.r.Last
	n, numbered := strings.CutPrefix(words, "#")
	switch {
	case last == nil && t.r.Link != nil && t.r.Link.Theirs != nil && len(t.linked()) > 0:
		t.linkState()
	case last == nil:
		t.say("undo_none", nil)
	case numbered && n != strconv.Itoa(last.N):
		t.say("undo_gone", vars{"what": t.dated(last.What), "change": strconv.Itoa(last.N)})
	default:
		t.swap(*last)
	}
}

// dropUndo leaves out what would take back a change that another followed in the same turn: the latest can be taken back.
func (t *turn) dropUndo() {
	for i := range t.lines {
		t.lines[i].Choices = slices.DeleteFunc(t.lines[i].Choices, func(c Choice) bool {
			n, numbered := strings.CutPrefix(c.Says, "/undo #")
			return numbered && t.r.Last != nil && n != strconv.Itoa(t.r.Last.N)
		})
	}
}

// swap puts back what was before the change, and keeps what is now in its place.
func (t *turn) swap(c Change) {
	log, name := t.r.Days.Log, "undone"
	switch {
	case c.Undone && c.Log.IsZero():
		name = "redone"
	case c.Undone:
		log, name = log.Redo(c.Log), "redone"
	case !c.Log.IsZero():
		log = log.Undo(c.Log)
	}
	back, now := c, t.r.Set
	back.Undone, back.At = !c.Undone, t.now
	t.r.Days.Log = log
	if c.Set != nil {
		back.Set, t.r.Set = &now, *c.Set
	}
	if c.Life != nil {
		now := lifeOf(t.r)
		back.Life = &now
		t.r.Days.Pauses, t.r.Days.Clocks = c.Life.Pauses, c.Life.Clocks
	}
	if c.Notes != nil {
		back.Notes, t.r.Notes = keptNotes(t.r.Notes), *c.Notes
	}
	t.relocate()
	t.advance(t.today)
	if !sameSettings(Settings{Plan: now.Plan}, Settings{Plan: t.r.Set.Plan}) {
		back.Set = &now // the plan moves on from what is there now, and back again with it
	}
	t.r.Last = &back
	t.instead(t.say(name, vars{"what": t.dated(c.What), "numbers": t.numbersIfChanged(), "change": strconv.Itoa(c.N)}))
}

// relocate works out again where the runner is, after their clocks changed.
func (t *turn) relocate() {
	t.zone = t.Zone(t.r, t.now)
	t.today = t.r.Days.Today(t.now)
}

// namedLog reads "2026-11-24 hill,strength", or the date alone.
func (t *turn) namedLog(words string) (day.Date, []day.Kind, bool) {
	first, rest, _ := strings.Cut(words, " ")
	date, err := day.ParseDate(first)
	if err != nil {
		return 0, nil, false
	}
	return date, splitKinds(rest), true
}

// undoLog takes back the log of a date, as far as it is there. It is kept as
// the log that it was, taken back.
func (t *turn) undoLog(date day.Date, kinds []day.Kind) {
	was := t.r.Days.Log
	if len(kinds) == 0 {
		kinds = was.At(date).Sessions()
	}
	var gone []day.Kind
	for _, k := range kinds {
		if after, err := t.r.Days.Void(date, k); err == nil {
			t.r.Days = after
			gone = append(gone, k)
		}
	}
	if len(gone) == 0 {
		t.say("undo_not_there", vars{"on": t.onDay(date)})
		return
	}
	t.unmend(date)
	what := fmt.Sprintf("%s, %s", t.kinds(gone), t.when(date))
	t.r.Talk.Changes++
	t.r.Last = &Change{N: t.r.Talk.Changes, At: t.now, What: what, Undone: true, Log: streak.Diff(t.r.Days.Log, was)}
	t.instead(t.say("undone", vars{"what": what, "numbers": t.numbersIfChanged(), "change": strconv.Itoa(t.r.Last.N)}))
}

// unmend takes a comeback back that rested on the session of a date.
func (t *turn) unmend(date day.Date) {
	for d := date - comebackDays; d < date; d++ {
		if t.r.Days.Log.At(d).Excuse() == streak.Comeback {
			if after, err := t.r.Days.Excuse(d, d, streak.None, t.now); err == nil {
				t.r.Days = after
			}
		}
	}
	t.mend()
}

// comebackDays is how long after a missed date a session counts towards bridging it.
const comebackDays = 7

// undoAsked takes back the latest change, or the log of a day that is named.
func (t *turn) undoAsked(a ask) {
	words := a.args()
	if words == "" || words[0] != '#' {
		if named := t.reader.As(reading.Correct, a.Words, t.context()); named.Date != 0 {
			words = named.Date.String() + " " + joinKinds(a.Kinds)
		}
	}
	t.undo(words)
}

// stopped reports whether something serious is open, so that training waits for more than a word.
func (t *turn) stopped() bool {
	p := t.r.Set.Plan
	return p != nil && p.Pain.Colour != "" && p.Pain.Colour != plan.Amber
}
