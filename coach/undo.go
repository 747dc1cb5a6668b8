package coach

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"legcoach/coach/day"
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
	t.r.Last = &Change{
		N: t.r.Talk.Changes, At: t.now, What: what,
		Log: streak.Diff(was.Days.Log, t.r.Days.Log), Set: was.Set, Pauses: was.Days.Pauses, Clocks: was.Days.Clocks,
	}
	return strconv.Itoa(t.r.Talk.Changes)
}

// undo takes back the latest change, or puts it back. Words may name a change
// ("#12") or a log by its date and kind.
func (t *turn) undo(words string) {
	if date, kinds, named := t.namedLog(words); named {
		t.undoLog(date, kinds)
		return
	}
	last := t.r.Last
	n, _ := strings.CutPrefix(words, "#")
	switch {
	case last == nil:
		t.say("undo_none", nil)
	case n != "" && n != strconv.Itoa(last.N) && strings.HasPrefix(words, "#"):
		t.say("undo_gone", vars{"what": last.What, "change": strconv.Itoa(last.N)})
	default:
		t.swap(*last)
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
	back := c
	back.Undone, back.At = !c.Undone, t.now
	back.Set, back.Pauses, back.Clocks = t.r.Set, t.r.Days.Pauses, t.r.Days.Clocks
	t.r.Last = &back
	t.r.Set, t.r.Days.Log, t.r.Days.Pauses, t.r.Days.Clocks = c.Set, log, c.Pauses, c.Clocks
	t.relocate()
	t.instead(t.say(name, vars{"what": c.What, "numbers": t.numbers(), "change": strconv.Itoa(c.N)}))
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

// undoLog takes back the log of a date, as far as it is there.
func (t *turn) undoLog(date day.Date, kinds []day.Kind) {
	was := t.mark()
	if len(kinds) == 0 {
		kinds = t.r.Days.Log.At(date).Sessions()
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
	what := fmt.Sprintf("%s, %s", t.kinds(gone), t.when(date))
	change := t.changed(was, what)
	t.instead(t.say("undone", vars{"what": what, "numbers": t.numbers(), "change": change}))
}

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
