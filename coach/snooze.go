package coach

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/reading"
	"legcoach/coach/schedule"
)

// maxSnoozes is how often one reminder can be put off.
const maxSnoozes = 3

// snooze puts the open reminder off.
func (t *turn) snooze(a ask) {
	key := t.nudge
	for _, f := range strings.Fields(a.args()) {
		if strings.Contains(f, "/") {
			key = f
		}
	}
	words := strings.TrimSpace(strings.ReplaceAll(a.Words, key, ""))
	if a.Command == "" && t.says("earlier", words) && t.otherHour(words) {
		return
	}
	if a.Command != "" {
		a = t.commanded(a.Command, a.Intent, words)
	}
	n, open := t.openNudge(key)
	if !open {
		n = t.toCome(key)
	}
	v := vars{"kind": string(n.Kind), "date": n.Date.String(), "key": n.Key(), "when": t.when(n.Date), "Kind": capital(t.kind(n.Kind))}
	at, said := t.snoozeUntil(a)
	switch {
	case t.r.Set.Muted && !t.r.Set.Remind:
		t.turnOn() // it would not be said
	case n.Date < t.today && n.Closed:
		t.instead(t.say("snooze_over", v))
	case t.kept(n.Date, n.Kind):
		t.instead(t.say("snooze_done", v))
	case strings.Contains(strings.ToLower(words), "tomorrow"):
		t.snoozeTomorrow(v)
	case t.notPutOff(n, at, v):
	case !said:
		t.instead(t.say("snooze_more", v))
	case n.Snoozes >= maxSnoozes:
		t.say("snooze_enough", nil)
	default:
		t.snoozeTo(n, at, v)
	}
}

// notPutOff says why a reminder would not come if it were put off, and reports
// whether that is so. What was left out, and days without reminders, are no
// reason: to be reminded all the same is the later wish.
func (t *turn) notPutOff(n Nudge, at time.Time, v vars) bool {
	why := t.needed(occurrence{at: at, date: n.Date, kind: n.Kind, by: byRunner, put: snoozedByRunner})
	switch why {
	case "", dropOut:
		return false
	case dropPaused:
		t.todayCard(ask{})
	default:
		v["why"] = t.dropRow(n.Date, n.Kind, t.book.Reason(why).Say)
		t.instead(t.say("snooze_not", v))
	}
	return true
}

// snoozeTo puts a reminder off until an instant, unless nobody wants it then.
func (t *turn) snoozeTo(n Nudge, at time.Time, v vars) {
	latest := t.nextAt(t.quietHours().From, t.now).Add(-quietMargin)
	switch {
	case !at.Before(t.r.Days.Close(n.Date, t.now)):
		t.snoozeTomorrow(v)
	case t.quietAt(at) && latest.After(t.now) && !t.quietAt(t.now):
		v["time"] = latest.In(t.zone).Format("15:04")
		t.say("snooze_quiet", v)
	default:
		t.r.Told.Snoozed = append(withoutSnooze(t.r.Told.Snoozed, n), Snooze{Date: n.Date, Kind: n.Kind, At: at})
		t.r.Set.Out = slices.DeleteFunc(slices.Clone(t.r.Set.Out), func(d day.Date) bool { return d == n.Date })
		t.countSnooze(n)
		t.r.Talk.Wish = wishSnooze + n.Key()
		v["time"] = at.In(t.zone).Format("15:04")
		t.instead(t.say("snoozed", v))
	}
}

// wishSnooze begins the command that puts a reminder off, as [Talk] keeps it.
const wishSnooze = "/snooze "

// snoozeAnew puts off what was put off just now for as long, or until when, a text says alone.
func (t *turn) snoozeAnew(text, key string) bool {
	until, minutes := t.clocksIn(text), t.reader.As(reading.Snooze, text, t.context()).Minutes
	switch {
	case len(until) > 0:
		t.command(wishSnooze + until[0].String() + " " + key)
	case minutes > 0:
		t.command(wishSnooze + strconv.Itoa(minutes) + " " + key)
	default:
		return false
	}
	return true
}

// unsnooze lets go of the reminder that was just put off, and reports whether there is one.
func (t *turn) unsnooze() bool {
	key, snoozed := strings.CutPrefix(t.r.Talk.Wish, wishSnooze)
	if !snoozed {
		return false
	}
	t.r.Talk.Wish = ""
	t.r.Told.Snoozed = slices.DeleteFunc(slices.Clone(t.r.Told.Snoozed), func(s Snooze) bool { return s.Due.IsZero() && Nudge{Date: s.Date, Kind: s.Kind}.Key() == key })
	t.say("snooze_off", nil)
	return true
}

// quietMargin is how long before quiet hours a reminder is offered that would fall in them.
const quietMargin = 30 * time.Minute

// snoozeTomorrow asks where a session goes that is not for today.
func (t *turn) snoozeTomorrow(v vars) {
	if t.hasPlan() {
		t.instead(t.say("snooze_tomorrow", v))
		return
	}
	t.instead(t.say("snooze_let_go", v))
}

// toCome is the reminder that is put off before it came: the one that a key
// names, one of today that is held back, the next one of today, or one for what today is.
func (t *turn) toCome(key string) Nudge {
	n := Nudge{Date: t.today, Kind: t.kindNow(), At: t.now}
	date, kind, _ := strings.Cut(key, "/")
	d, err := day.ParseDate(date)
	if k, known := day.ParseKind(kind); err == nil && known {
		n.Date, n.Kind, n.Closed = d, k, d < t.today
	} else if i := slices.IndexFunc(t.r.Told.Snoozed, func(s Snooze) bool { return s.Date == t.today && !s.Due.IsZero() }); i >= 0 {
		n.Kind = t.r.Told.Snoozed[i].Kind
	} else if next := t.upcoming(1); len(next) > 0 && next[0].date == t.today {
		n.Kind = next[0].kind
	}
	return n
}

// kindNow is the kind of day that today is, by the plan or by the reminders that were asked for, or that was spoken of.
func (t *turn) kindNow() day.Kind {
	planned := t.r.Days.PlanOf(t.today)
	if planned != day.Free {
		return planned
	}
	for _, k := range day.Kinds {
		if _, _, wanted := t.reminderOf(k, t.today, planned); wanted && t.hasOwnDays() {
			return k
		}
	}
	return t.anyKind()
}

// snoozeUntil is when a reminder is wanted again, and whether that was said.
func (t *turn) snoozeUntil(a ask) (time.Time, bool) {
	minutes := a.Minutes
	if first, _, _ := strings.Cut(a.args(), " "); minutes == 0 && a.Time == "" {
		minutes, _ = strconv.Atoi(first)
	}
	if minutes > 0 {
		return t.now.Add(time.Duration(min(minutes, 24*60)) * time.Minute), true
	}
	clock, said := clockOf(a.Time)
	if !said && strings.Contains(strings.ToLower(a.Words), "tonight") {
		clock, said = tonight, true
	}
	if !said {
		return time.Time{}, false
	}
	return t.nextAt(clock, t.now), true
}

// tonight is what a clock shows then.
const tonight = day.Clock(20 * 60)

// dropSnoozed lets go of what was put off before its runner refused reminders of its kind, or of its day.
func (t *turn) dropSnoozed() {
	t.r.Told.Snoozed = slices.DeleteFunc(slices.Clone(t.r.Told.Snoozed), func(s Snooze) bool {
		why := t.refused(s.Date, s.Kind)
		if s.Due.IsZero() && why != "" {
			t.dropped(s.Date, s.Kind, why)
		}
		return s.Due.IsZero() && why != ""
	})
}

func withoutSnooze(all []Snooze, n Nudge) []Snooze {
	var kept []Snooze
	for _, s := range all {
		if s.Date != n.Date || s.Kind != n.Kind {
			kept = append(kept, s)
		}
	}
	return kept
}

func (t *turn) countSnooze(n Nudge) {
	nudges := append([]Nudge(nil), t.r.Told.Nudges...)
	for i := range nudges {
		if nudges[i].Key() == n.Key() {
			nudges[i].Snoozes++
		}
	}
	t.r.Told.Nudges = nudges
}

// more shows what else can be done about a reminder.
func (t *turn) more(words string) {
	n, found := t.openNudge(words)
	if !found {
		t.say("more_over", nil)
		return
	}
	t.say("more", vars{"key": n.Key(), "date": n.Date.String(), "kind": string(n.Kind), "kinds": t.kind(n.Kind)})
}

// mute turns reminders off, at once: all of them, those of a date, or those of a kind.
func (t *turn) mute(a ask) {
	if date, _, named := cutDate(a.args()); named {
		t.muteDate(date)
		return
	}
	kinds := kindsIn(a)
	if len(kinds) == 0 {
		kinds = t.reader.As(reading.Remind, a.Words, t.context()).Kinds
	}
	if strings.TrimSpace(strings.ToLower(a.args())) == "today" {
		t.muteDate(t.today)
		return
	}
	if len(kinds) > 0 {
		t.muteKinds(kinds)
		return
	}
	was := t.mark()
	t.r.Set.Muted = t.r.Set.Muted || t.r.Set.Remind
	t.r.Set.Remind, t.r.Set.Declined = false, true
	t.r.Told.Snoozed = nil
	t.changed(was, t.phrases.text("what_silence", nil))
	t.instead(t.say("muted", nil))
}

// muteDate leaves the reminders of one date out.
func (t *turn) muteDate(date day.Date) {
	was := t.mark()
	t.leaveOut(date)
	t.instead(t.say("muted_date", vars{"when": t.when(date), "change": t.changed(was, t.phrases.text("what_silence", nil))}))
}

// muteKinds ends the reminders of some kinds of day.
func (t *turn) muteKinds(kinds []day.Kind) {
	was := t.mark()
	for _, k := range kinds {
		t.ownDays(k, schedule.Schedule{})
	}
	t.dropSnoozed()
	t.instead(t.say("muted_kinds", vars{"kinds": t.kinds(kinds), "change": t.changed(was, t.phrases.text("what_silence", nil))}))
}

// fewer halves reminders.
func (t *turn) fewer(a ask) {
	if !t.r.Set.Remind {
		t.say("fewer_none", nil)
		return
	}
	if a.Command == "" && !t.says("fewer_words", a.Words) && t.otherHour(a.Words) {
		return
	}
	was := t.mark()
	t.r.Set.Half, t.r.Set.NoRest, t.r.Set.NoCard = true, true, true
	t.instead(t.say("fewer", vars{"change": t.changed(was, t.phrases.text("what_fewer", nil))}))
}

// quiet takes "21:30-07:00".
func (t *turn) quiet(words string) {
	from, to, _ := strings.Cut(words, "-")
	start, startErr := day.ParseClock(strings.TrimSpace(from))
	end, endErr := day.ParseClock(strings.TrimSpace(to))
	if startErr != nil || endErr != nil {
		t.say("quiet_how", nil)
		return
	}
	t.setQuiet(Span{start, end})
}

func (t *turn) setQuiet(s Span) {
	was := t.mark()
	t.r.Set.Quiet, t.r.Set.Louder = &s, false
	t.changed(was, t.phrases.text("what_quiet", nil))
	t.say("quiet_set", vars{"start": s.From.String(), "end": s.To.String()})
}

// tone takes "gentle", "plain" or "drill".
func (t *turn) tone(words string) {
	for _, tone := range tones {
		if words == tone {
			was := t.mark()
			t.r.Set.Tone = tone
			t.changed(was, t.phrases.text("what_tone", nil))
			t.say("tone_set", vars{"tone": tone})
			return
		}
	}
	t.say("tone_how", nil)
}
