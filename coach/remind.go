package coach

import (
	"maps"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/schedule"
)

// remind sets days and times of reminders, or turns them on.
func (t *turn) remind(a ask) {
	clock, said := clockOf(a.Time)
	a = t.wished(a, said)
	words := strings.ToLower(a.args())
	a.Kinds = kindsIn(a)
	switch {
	case words == "on":
		t.remindDefault()
	case (words == "never" || words == "off") && t.r.Set.Remind:
		t.mute(ask{})
	case words == "never" || words == "off":
		t.r.Set.Declined = true
		t.say("remind_declined", nil)
	case a.Command != "" && words == "":
		t.remindList()
	case t.remindOnce(a, clock, said):
	case t.onlyClock(a, said):
		t.askClock(clock, a.OpenClock)
	case len(a.Times) > 1:
		t.eitherTime(a)
	case len(a.Days) == 0 && !a.EveryOther && t.says("every_few", a.Words):
		t.say("remind_every_few", nil)
	case len(a.Clauses) > 0:
		t.remindClauses(a)
	case a.OrDays && len(a.Days) == 2 || a.OrKinds && len(a.Kinds) == 2:
		t.eitherWish(a, clock, said)
	case (a.Except || t.says("never", a.Words) && len(a.NotOn) == 0) && len(a.Days) > 0:
		t.neverOn(a)
	case len(a.Kinds) > 0 && (len(a.Days) > 0 || a.EveryOther):
		t.remindOf(a, a.Kinds, clock, said)
	case len(a.Kinds) > 0:
		t.remindKinds(a, clock, said)
	case a.EveryOther || len(a.Days) > 0 && !t.says("all_days", a.Words):
		t.remindDays(a, clock, said)
	case said && t.says("all_days", a.Words):
		t.remindAll(a, clock)
	case said:
		t.remindAt(a, clock)
	case a.Command == "" && t.r.Set.Remind && t.otherHour(a.Words):
	case a.Command == "" && (t.r.Set.Remind && !t.r.Set.Half || t.asks(a.Words) || t.says("shown", a.Words)):
		t.remindList()
	default:
		t.remindDefault()
	}
}

func clockOf(s string) (day.Clock, bool) {
	c, err := day.ParseClock(s)
	return c, err == nil
}

// kindsIn are the kinds of day that an ask is about, rest too.
func kindsIn(a ask) []day.Kind {
	if len(a.Kinds) == 0 && slices.Contains(strings.Fields(strings.ToLower(a.Words)), string(day.Rest)) {
		return []day.Kind{day.Rest}
	}
	return a.Kinds
}

// neverOn silences weekdays.
func (t *turn) neverOn(a ask) {
	was := t.mark()
	t.r.Set.Never |= weekdays(a.Days)
	t.dropSnoozed()
	t.remindSet(was, vars{"what": t.phrases.text("remind_never", nil), "days": t.dayWords(a.Days), "time": t.phrases.text("remind_any_time", nil)}, nil)
}

// remindOf sets the days and the time of kinds of day.
func (t *turn) remindOf(a ask, kinds []day.Kind, clock day.Clock, said bool) {
	was := t.mark()
	if !said {
		clock = t.clockFor(kinds[0])
	}
	for _, k := range kinds {
		if a.EveryOther {
			t.ownDays(k, schedule.Alternate(t.firstOn(clock), clock))
		} else {
			t.ownDays(k, schedule.Weekly(weekdays(a.Days), clock))
		}
	}
	t.r.Set.Never &^= weekdays(a.Days)
	days := t.dayWords(a.Days)
	if a.EveryOther {
		days = t.phrases.text("remind_every_other", nil)
	}
	t.chose(clock)
	t.remindSet(was, vars{"what": capital(t.kinds(kinds)), "days": days, "time": clock.String()}, t.flip(a, clock))
	t.wishes(a)
}

// firstOn is the first date on which a clock is still to come.
func (t *turn) firstOn(clock day.Clock) day.Date {
	if _, now := day.Wall(t.now, t.zone); clock <= now {
		return t.civil() + 1
	}
	return t.civil()
}

// ownDays gives a kind days of its own.
func (t *turn) ownDays(k day.Kind, s schedule.Schedule) {
	own := maps.Clone(t.r.Set.Own)
	if own == nil {
		own = map[day.Kind]schedule.Schedule{}
	}
	own[k] = s
	t.r.Set.Own, t.r.Set.Apart = own, without(t.r.Set.Apart, k)
}

// chose notes that a time was chosen after the quiet hours, if it lies in them.
func (t *turn) chose(clock day.Clock) {
	if q := t.r.Set.Quiet; q != nil && q.Holds(clock) {
		t.r.Set.Louder = true
	}
}

// remindKinds reminds of kinds whose days were not said: on those that the plan
// gives, or else on usual ones. Without a time, what is on already asks for one.
func (t *turn) remindKinds(a ask, clock day.Clock, said bool) {
	if !said && t.r.Set.Remind && !slices.ContainsFunc(a.Kinds, func(k day.Kind) bool { return !t.remindedOf(k) }) {
		t.askTime(joinKinds(a.Kinds))
		return
	}
	was := t.mark()
	var days []string
	for _, k := range a.Kinds {
		if !said {
			clock = t.clockFor(k)
		}
		days = append(days, t.remindKind(k, clock, said)...)
	}
	if said {
		t.chose(clock)
	}
	t.remindSet(was, vars{"what": capital(t.kinds(a.Kinds)), "days": t.dayWords(distinct(days)), "time": clock.String()}, t.flip(a, clock))
	t.wishes(a)
}

// remindKind reminds of one kind at a time of day, and returns its days.
func (t *turn) remindKind(k day.Kind, clock day.Clock, said bool) []string {
	own := t.r.Set.Own[k]
	planned := t.hasPlan() && t.week().Count(func(p day.Kind) bool { return p == k }) > 0
	switch {
	case !own.IsZero():
		t.ownDays(k, own.At(clock))
	case planned:
		t.r.Set.Own, t.r.Set.Apart = without(t.r.Set.Own, k), without(t.r.Set.Apart, k)
		if said {
			t.r.Set.Times = with(t.r.Set.Times, k, clock)
		}
	default:
		t.ownDays(k, schedule.Weekly(weekdays(t.usualDays(k)), clock))
	}
	if k == day.Rest {
		t.r.Set.NoRest = false
	}
	return t.daysOf(k)
}

// remindDays sets the time for days of the week: of what the plan has there, or without one of easy runs.
func (t *turn) remindDays(a ask, clock day.Clock, said bool) {
	if !said && len(a.Days) > 0 {
		t.askTime(strings.Join(a.Days, " "))
		return
	}
	if a.EveryOther || !t.hasPlan() {
		t.remindOf(a, []day.Kind{t.anyKind()}, clock, said)
		return
	}
	was := t.mark()
	t.setWeekdays(a.Days, clock)
	t.r.Set.Never = t.r.Set.Never&^weekdays(a.Days) | weekdays(a.NotOn)
	t.dropSnoozed()
	t.chose(clock)
	t.remindSet(was, vars{"what": t.phrases.text("remind_sessions", nil), "days": t.dayWords(a.Days), "time": clock.String()}, t.flip(a, clock))
	t.noSession(a, clock)
	t.wishes(a)
}

// askTime asks at what time to remind of what words say.
func (t *turn) askTime(words string) {
	t.r.Talk.Asked, t.r.Talk.For = askedTime, words
	t.instead(t.say("remind_time", vars{"words": "/remind " + words}))
}

// anyKind stands for whatever is meant by a day that is named without a kind:
// what was spoken of, unless it has days of its own already.
func (t *turn) anyKind() day.Kind {
	if k := t.r.Talk.Kind; k.Training() && t.r.Set.Own[k].IsZero() {
		return k
	}
	return day.Easy
}

// remindAll reminds of every day, rest too, at one time.
func (t *turn) remindAll(a ask, clock day.Clock) {
	t.r.Set.Times = map[day.Kind]day.Clock{day.Rest: clock}
	t.remindAt(a, clock)
}

// remindAt changes the time of day of every reminder but those of rest days.
func (t *turn) remindAt(a ask, clock day.Clock) {
	was := t.mark()
	own := map[day.Kind]schedule.Schedule{}
	for k, s := range t.r.Set.Own {
		if !s.IsZero() {
			s = s.At(clock)
		}
		own[k] = s
	}
	rest, set := t.r.Set.Times[day.Rest]
	t.r.Set.Own, t.r.Set.Apart, t.r.Set.Clock, t.r.Set.Times, t.r.Set.Weekdays = own, nil, &clock, nil, nil
	if set {
		t.r.Set.Times = map[day.Kind]day.Clock{day.Rest: rest}
	}
	t.chose(clock)
	t.remindOn(was, "remind_all", vars{"time": clock.String()}, t.phrases.text("what_time", nil), t.flip(a, clock))
}

// remindDefault turns on the reminders of the plan, or of the operator's default
// plan: all of them, if there were to be fewer.
func (t *turn) remindDefault() {
	was := t.mark()
	if t.r.Set.Half {
		t.r.Set.Half, t.r.Set.NoRest, t.r.Set.NoCard = false, false, false
	}
	t.remindOn(was, "remind_default", vars{}, t.phrases.text("what_reminders", nil), nil)
}

// remindSet turns reminders on and says what was set.
func (t *turn) remindSet(was Runner, v vars, more []Choice) {
	t.remindOn(was, "remind_set", v, t.phrases.text("what_reminder", nil), more)
}

// remindOn turns reminders on, and says which, when the next one comes, and why not sooner.
func (t *turn) remindOn(was Runner, name string, v vars, what string, more []Choice) {
	t.r.Set.Remind, t.r.Set.Declined, t.r.Set.Muted = true, false, false
	t.r.Talk.Wish = "/remind"
	t.settleAnew(was)
	v["change"], v["list"] = t.changed(was, what), t.reminders()
	var moments []Moment
	next := t.upcoming(1)
	if len(next) == 0 {
		v["next"] = t.phrases.text("remind_no_next", nil)
	} else {
		shown := t.moment(next[0].at)
		v["next"] = t.phrases.text("remind_next", vars{"next": shown, "in": t.in(next[0].at)})
		moments = []Moment{{Shown: shown, At: next[0].at}}
	}
	v["next"] = join(t.notSooner(next), v["next"])
	l := t.instead(t.say(name, v))
	l.Moments = moments
	l.Choices = append(l.Choices, more...)
	t.askZone(l)
}

// notSooner says why the first reminder will not come, if it will not.
func (t *turn) notSooner(next []occurrence) string {
	until := t.civil() + 8
	for d := t.civil(); d < until; d++ {
		for _, o := range t.dayReminders(d) {
			at, said := t.saidAt(o)
			if !at.After(t.now) || t.putOffLater(o) {
				continue
			}
			if len(next) > 0 && !at.Before(next[0].at) {
				return ""
			}
			why := t.needed(o)
			switch {
			case t.decided(o):
				why = "made"
			case why == "" && !said:
				why = dropQuiet
			}
			return t.dropRow(o.date, o.kind, t.book.Reason(why).Say)
		}
	}
	return ""
}

// putOffLater reports whether a reminder waits for another time than its own.
func (t *turn) putOffLater(o occurrence) bool {
	return slices.ContainsFunc(t.r.Told.Snoozed, func(s Snooze) bool { return s.Date == o.date && s.Kind == o.kind })
}

// settleFrom begins to owe reminders from now on.
func (t *turn) settleFrom() { t.r.Told.From = t.now }

// settleAnew begins to owe reminders by new settings from now on, but for what
// is due by the old ones and was about to be said.
func (t *turn) settleAnew(was Runner) {
	t.letGo()
	t.settleFrom()
	if due := t.r.Wake; was.Set.Remind && !due.IsZero() && !due.After(t.now) {
		t.r.Told.From = due.Add(-t.jitter() - time.Second)
	}
}

// askZone asks, once, whether the zone is right.
func (t *turn) askZone(l *Line) {
	if t.r.Set.ZoneSaid {
		return
	}
	t.r.Set.ZoneSaid = true
	v := vars{"zone": t.zone.String(), "clock": t.now.In(t.zone).Format("15:04")}
	extra := t.phrases.line("remind_zone", v)
	l.Text += "\n\n" + extra.Text
	l.Choices = append(l.Choices, extra.Choices...)
}

// flip offers the other half of the day, where a clock was said that shows twice.
func (t *turn) flip(a ask, clock day.Clock) []Choice {
	if !a.OpenClock {
		return nil
	}
	words := []string{"/remind"}
	if len(a.Kinds) > 0 {
		words = append(words, joinKinds(a.Kinds))
	}
	words = append(words, a.Days...)
	if t.says("all_days", a.Words) {
		words = []string{"/remind all days"}
	}
	other := (clock + 12*60) % (24 * 60)
	says := strings.Join(append(words, other.String()), " ")
	if len(says) > MaxSays || a.EveryOther {
		return nil
	}
	return []Choice{{Label: t.phrases.text("remind_flip", vars{"other": other.String()}), Says: says}}
}

// remindList says which reminders are set, and how to change them.
func (t *turn) remindList() {
	now := t.phrases.text("remind_list_off", nil)
	if t.r.Set.Remind {
		now = t.phrases.text("remind_list", vars{"list": t.reminders()})
	}
	t.say("remind_how", vars{"now": now})
}
