package coach

import (
	"fmt"
	"maps"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/place"
	"legcoach/coach/reading"
	"legcoach/coach/schedule"
)

// remind sets days and times of reminders, or turns them on.
func (t *turn) remind(a ask) {
	switch words := strings.ToLower(a.args()); {
	case a.Command != "" && words == "on":
		t.remindDefault()
		return
	case a.Command != "" && (words == "never" || words == "off"):
		t.r.Set.Declined = true
		t.say("remind_declined", nil)
		return
	case a.Command != "" && words == "":
		t.remindList()
		return
	}
	clock, said := clockOf(a.Time)
	switch {
	case (a.Except || never(a.Words)) && len(a.Days) > 0:
		t.neverOn(a)
	case len(a.Days) > 0 && !said && t.r.Set.Clock == nil && len(a.Kinds) == 0 && t.r.Set.Plan == nil && !t.r.Set.Remind:
		t.r.Talk.Asked, t.r.Talk.For = askedTime, short(a.Words, maxFor)
		t.say("remind_time", vars{"words": "/remind " + strings.Join(a.Days, " ")})
	case t.hasPlan() && len(a.Kinds) == 0 && said:
		t.remindAt(clock, a.OpenClock)
	case len(a.Days) > 0 || len(a.Kinds) > 0:
		t.remindOf(a, clock, said)
	case said:
		t.remindAt(clock, a.OpenClock)
	default:
		t.remindDefault()
	}
}

// maxFor is how many characters of the runner's own words are remembered for the next answer.
const maxFor = 40

func clockOf(s string) (day.Clock, bool) {
	c, err := day.ParseClock(s)
	return c, err == nil
}

// never reports whether words ask for silence on days.
func never(words string) bool {
	words = " " + strings.ToLower(words) + " "
	return strings.Contains(words, " never ") || strings.Contains(words, " not on ") || strings.Contains(words, " no reminders on ")
}

// neverOn silences weekdays.
func (t *turn) neverOn(a ask) {
	was := t.mark()
	t.r.Set.Never |= weekdays(a.Days)
	t.remindSet(was, "Never", a.Days, "any time")
}

// remindOf sets the days and the time of kinds of day; of all sessions if none is named.
func (t *turn) remindOf(a ask, clock day.Clock, said bool) {
	was := t.mark()
	own := maps.Clone(t.r.Set.Own)
	if own == nil {
		own = map[day.Kind]schedule.Schedule{}
	}
	kinds := a.Kinds
	if len(kinds) == 0 {
		kinds = []day.Kind{t.anyKind()}
	}
	if !said {
		clock = t.clockFor(kinds[0])
	}
	days := a.Days
	for _, k := range kinds {
		if len(days) == 0 {
			days = t.daysOf(k)
		}
		own[k] = t.weekly(days, clock)
		if a.EveryOther {
			own[k] = schedule.Alternate(t.civil(), clock)
		}
	}
	t.r.Set.Own = own
	t.r.Set.Never &^= weekdays(days)
	t.remindSet(was, capital(t.kinds(kinds)), days, clock.String())
}

// anyKind stands for whatever the plan holds on a day that is named without a kind.
func (t *turn) anyKind() day.Kind {
	if t.r.Talk.Kind.Training() {
		return t.r.Talk.Kind
	}
	return day.Easy
}

// daysOf are the days on which a kind is reminded of until the runner names others.
func (t *turn) daysOf(k day.Kind) []string {
	var days []string
	for d := t.today.Monday(); d < t.today.Monday()+7; d++ {
		if t.r.Set.Plan != nil && t.planned(d+7) == k || t.r.Set.Plan == nil && t.defaultOn(k, d) {
			days = append(days, strings.ToLower(d.Format("Mon")))
		}
	}
	if len(days) == 0 {
		return []string{strings.ToLower(t.today.Format("Mon"))}
	}
	return days
}

// defaultOn reports whether the operator's default plan has kind k on d.
func (t *turn) defaultOn(k day.Kind, d day.Date) bool {
	s, set := t.config.Reminders[k]
	return set && s.On(d)
}

// remindSet turns reminders on and says what was set.
func (t *turn) remindSet(was Runner, what string, days []string, at string) {
	t.r.Set.Remind = true
	t.settleUntil()
	change := t.changed(was, "the reminder")
	next := t.upcoming(1)
	if len(next) == 0 {
		t.say("remind_none_next", vars{"what": what, "days": dayWords(days), "time": at, "change": change})
		return
	}
	shown := t.moment(next[0].at)
	l := t.instead(t.say("remind_set", vars{"what": what, "days": dayWords(days), "time": at, "next": shown, "in": t.in(next[0].at), "change": change}))
	l.Moments = []Moment{{Shown: shown, At: next[0].at}}
	t.askZone(l)
}

// settleUntil begins to decide reminders from now on, if none were before.
func (t *turn) settleUntil() {
	if t.r.Told.Until.IsZero() || t.now.Sub(t.r.Told.Until) > time.Hour {
		t.r.Told.Until = t.now
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

// remindAt changes the time of day of every reminder.
func (t *turn) remindAt(clock day.Clock, open bool) {
	was := t.mark()
	own := map[day.Kind]schedule.Schedule{}
	for k, s := range t.r.Set.Own {
		own[k] = s.At(clock)
	}
	t.r.Set.Own, t.r.Set.Clock, t.r.Set.Remind = own, &clock, true
	t.settleUntil()
	change := t.changed(was, "the time of your reminders")
	next := t.upcoming(1)
	if len(next) == 0 {
		t.say("remind_how", vars{"now": ""})
		return
	}
	shown := t.moment(next[0].at)
	l := t.instead(t.say("remind_all", vars{"time": clock.String(), "next": shown, "in": t.in(next[0].at), "change": change}))
	l.Moments = []Moment{{Shown: shown, At: next[0].at}}
	if open {
		other := (clock + 12*60) % (24 * 60)
		l.Choices = append(l.Choices, Choice{Label: t.phrases.text("remind_flip", vars{"other": other.String()}), Says: "/remind " + other.String()})
	}
	t.askZone(l)
}

// remindDefault turns on the reminders of the plan, or of the operator's default plan.
func (t *turn) remindDefault() {
	was := t.mark()
	t.r.Set.Remind, t.r.Set.Declined = true, false
	t.settleUntil()
	change := t.changed(was, "the reminders")
	next := t.upcoming(1)
	if len(next) == 0 {
		t.say("remind_how", vars{"now": ""})
		return
	}
	shown := t.moment(next[0].at)
	l := t.instead(t.say("remind_default", vars{"list": t.reminders(), "next": shown, "in": t.in(next[0].at), "change": change}))
	l.Moments = []Moment{{Shown: shown, At: next[0].at}}
	t.askZone(l)
}

// remindList says which reminders are set, and how to change them.
func (t *turn) remindList() {
	now := ""
	if t.r.Set.Remind {
		now = t.phrases.text("remind_list", vars{"list": t.reminders()})
	}
	t.say("remind_how", vars{"now": now})
}

// reminders are what is set, in words: "hills Tue 17:30, rest Mon and Thu 09:00".
func (t *turn) reminders() string {
	type row struct {
		days  []string
		clock day.Clock
	}
	var parts []string
	for _, k := range day.Kinds {
		rows := map[day.Clock][]string{}
		var order []day.Clock
		for d := t.today.Monday() + 7; d < t.today.Monday()+14; d++ {
			for _, o := range t.dayReminders(d) {
				if o.kind == k {
					if rows[o.clock] == nil {
						order = append(order, o.clock)
					}
					rows[o.clock] = append(rows[o.clock], d.Format("Mon"))
				}
			}
		}
		for _, c := range order {
			parts = append(parts, fmt.Sprintf("%s %s %s", t.kind(k), list(rows[c]), c))
		}
	}
	return strings.Join(parts, "; ")
}

var weekdayNames = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// weekdays is the set of weekdays that names stand for, bit 0 for Sunday.
func weekdays(names []string) uint8 {
	var set uint8
	for _, n := range names {
		if n == "daily" {
			return 1<<7 - 1
		}
		for i, w := range weekdayNames {
			if n == w {
				set |= 1 << i
			}
		}
	}
	return set
}

// weekly is the schedule of names at a clock.
func (t *turn) weekly(names []string, clock day.Clock) schedule.Schedule {
	return schedule.Weekly(weekdays(names), clock)
}

// dayWords are names of days as a sentence has them.
func dayWords(names []string) string {
	if len(names) == 1 && names[0] == "daily" {
		return "every day"
	}
	words := make([]string, len(names))
	for i, n := range names {
		words[i] = n
		for w, short := range weekdayNames {
			if n == short {
				words[i] = time.Weekday(w).String() + "s"
			}
		}
	}
	return list(words)
}

// mute turns all reminders off, at once.
func (t *turn) mute(_ ask) {
	was := t.mark()
	t.r.Set.Muted = t.r.Set.Muted || t.r.Set.Remind
	t.r.Set.Remind, t.r.Set.Declined = false, true
	t.r.Told.Snoozed = nil
	t.changed(was, "silence")
	t.instead(t.say("muted", nil))
}

// fewer halves reminders.
func (t *turn) fewer(a ask) {
	if !t.r.Set.Remind {
		t.say("fewer_none", nil)
		return
	}
	was := t.mark()
	t.r.Set.Half, t.r.Set.NoRest, t.r.Set.NoCard = true, true, true
	change := t.changed(was, "fewer reminders")
	t.instead(t.say("fewer", vars{"left": "every other session, no rest days and no weekly card", "change": change}))
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
	was := t.mark()
	t.r.Set.Quiet = &Span{start, end}
	t.changed(was, "quiet hours")
	t.say("quiet_set", vars{"start": start.String(), "end": end.String()})
}

// tone takes "gentle", "plain" or "drill".
func (t *turn) tone(words string) {
	for _, tone := range []string{"gentle", "plain", "drill"} {
		if words == tone {
			was := t.mark()
			t.r.Set.Tone = tone
			t.changed(was, "the tone")
			t.say("tone_set", vars{"tone": tone})
			return
		}
	}
	t.say("tone_how", nil)
}

// snooze puts the open reminder off.
func (t *turn) snooze(a ask) {
	key := t.nudge
	for _, f := range strings.Fields(a.args()) {
		if strings.Contains(f, "/") {
			key = f
		}
	}
	if a.Command != "" {
		a = t.commanded(a.Command, a.Intent, strings.TrimSpace(strings.ReplaceAll(a.Words, key, "")))
	}
	n, open := t.openNudge(key)
	if !open {
		n = Nudge{Date: t.today, Kind: t.kindNow(), At: t.now}
	}
	v := vars{"kind": string(n.Kind), "date": n.Date.String(), "key": n.Key()}
	at, said := t.snoozeUntil(a)
	switch {
	case !said:
		t.say("snooze_more", v)
	case n.Snoozes >= maxSnoozes:
		t.say("snooze_enough", nil)
	case t.quietHours().Holds(wallClock(at, t.zone)) || at.After(t.r.Days.Close(n.Date, t.now)):
		v["time"] = t.quietHours().From.String()
		t.say("snooze_quiet", v)
	default:
		t.r.Told.Snoozed = append(withoutSnooze(t.r.Told.Snoozed, n), Snooze{n.Date, n.Kind, at})
		t.countSnooze(n)
		v["time"] = at.In(t.zone).Format("15:04")
		t.instead(t.say("snoozed", v))
	}
}

// kindNow is the kind of day that today is, or that was spoken of.
func (t *turn) kindNow() day.Kind {
	if k := t.r.Days.PlanOf(t.today); k != day.Free {
		return k
	}
	return t.anyKind()
}

// maxSnoozes is how often one reminder can be put off.
const maxSnoozes = 3

// snoozeUntil is when a reminder is wanted again, and whether that was said.
func (t *turn) snoozeUntil(a ask) (time.Time, bool) {
	if a.Minutes > 0 {
		return t.now.Add(time.Duration(min(a.Minutes, 24*60)) * time.Minute), true
	}
	var minutes int
	if _, err := fmt.Sscanf(a.args(), "%d", &minutes); err == nil && minutes > 0 && a.Time == "" {
		return t.now.Add(time.Duration(min(minutes, 24*60)) * time.Minute), true
	}
	if c, said := clockOf(a.Time); said {
		at, _ := day.Instant(t.civil(), c, t.zone)
		if !at.After(t.now) {
			at, _ = day.Instant(t.civil()+1, c, t.zone)
		}
		return at, true
	}
	return time.Time{}, false
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

func wallClock(at time.Time, zone *time.Location) day.Clock {
	_, c := day.Wall(at, zone)
	return c
}

// more shows what else can be done about a reminder.
func (t *turn) more(words string) {
	n, _ := t.openNudge(words)
	t.instead(t.say("more", vars{"key": words, "date": n.Date.String()}))
}

// whereabouts answers somebody who says where they are, or what their clock shows.
func (t *turn) whereabouts(a ask) {
	if a.Reading.Zone != "" {
		t.setZone(a.Reading.Zone)
		return
	}
	if len(a.Zones) > 0 {
		t.offerZones(a.Zones)
		return
	}
	t.r.Talk.Asked = askedZone
	t.say("zone_ask", t.zoneVars())
}

// timezone takes a town, a zone or a clock.
func (t *turn) timezone(words string) {
	if words == "" {
		t.r.Talk.Asked = askedZone
		t.say("zone_ask", t.zoneVars())
		return
	}
	if found := t.places.Find(words); len(found) > 0 {
		t.setZone(found[0].Zone)
		return
	}
	slots := t.reader.As(reading.Zone, words, t.context())
	if c, said := clockOf(slots.Time); said {
		t.zoneByClock(c)
		return
	}
	t.r.Talk.Asked = askedZone
	t.say("zone_unknown", nil)
}

// zoneByClock offers the places whose clocks show c.
func (t *turn) zoneByClock(c day.Clock) {
	t.offerZones(t.places.Clocks(c, t.now, 6))
}

// offerZones asks which of several places is nearest, unless one is where the runner is known to be.
func (t *turn) offerZones(found []place.Place) {
	for _, p := range found {
		if p.Zone == t.zone.String() {
			t.setZone(p.Zone)
			return
		}
	}
	if len(found) == 0 {
		t.say("zone_unknown", nil)
		return
	}
	t.r.Talk.Asked = askedZone
	l := t.say("zone_which", nil)
	for _, p := range found[:min(len(found), 6)] {
		l.Choices = append(l.Choices, Choice{Label: p.Name, Says: "/timezone " + p.Zone})
	}
}

func (t *turn) zoneVars() vars {
	return vars{"zone": t.zone.String(), "clock": t.now.In(t.zone).Format("15:04"), "weekday": t.now.In(t.zone).Weekday().String()}
}

// setZone moves the runner to a zone, from now on.
func (t *turn) setZone(zone string) {
	if _, err := day.Zone(zone); err != nil {
		t.say("zone_unknown", nil)
		return
	}
	if zone == t.zone.String() {
		t.r.Set.ZoneSaid = true
		t.instead(t.say("zone_same", t.zoneVars()))
		return
	}
	was := t.mark()
	t.r.Days = t.r.Days.WithClock(t.now, zone, t.r.Days.Clock(t.now).Starts)
	t.r.Set.ZoneSaid = true
	t.relocate()
	v := t.zoneVars()
	v["change"] = t.changed(was, "the move to "+zone)
	t.instead(t.say("zone_set", v))
}
