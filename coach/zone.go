package coach

import (
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/place"
	"legcoach/coach/reading"
)

// whereabouts answers somebody who says where they are, or what their clock shows.
func (t *turn) whereabouts(a ask) {
	if a.Reading.Zone != "" {
		t.visit(a.Reading.Zone, a.ZoneUntil)
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
func (t *turn) setZone(zone string) { t.visit(zone, 0) }

// longestVisit is for how many days a zone can be told with its end.
const longestVisit = 90

// visit moves the runner to a zone from now on, and back again after a date, unless that is zero.
func (t *turn) visit(zone string, until day.Date) {
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
	home := t.zone.String()
	t.moveClock(zone)
	v, name := t.zoneVars(), "zone_set"
	if until >= t.today && until-t.today <= longestVisit {
		starts := t.r.Days.Clock(t.now).Starts
		t.r.Days = t.r.Days.WithClock(day.Close(until, t.zone, starts), home, starts)
		v["until"], v["home"], v["next"], name = t.when(until), home, t.nextFew(), "zone_until"
	}
	v["change"] = t.changed(was, t.phrases.text("what_zone", vars{"zone": zone}))
	t.instead(t.say(name, v))
}

// moveClock makes a zone the runner's. A return that was planned is forgotten.
func (t *turn) moveClock(zone string) {
	t.r.Set.ZoneSaid = true
	clocks := t.r.Days.Clocks
	for len(clocks) > 1 && clocks[len(clocks)-1].From.After(t.now) {
		clocks = clocks[:len(clocks)-1]
	}
	t.r.Days.Clocks = clocks
	t.r.Days = t.r.Days.WithClock(t.now, zone, t.r.Days.Clock(t.now).Starts)
	t.relocate()
}

// nextFew are the next reminders in a line.
func (t *turn) nextFew() string {
	var next []string
	for _, o := range t.upcoming(3) {
		next = append(next, t.kind(o.kind)+" "+t.moment(o.at))
	}
	if len(next) == 0 {
		return t.phrases.text("remind_no_next", nil)
	}
	return strings.Join(next, "; ") + "."
}
