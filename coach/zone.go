package coach

import (
	"slices"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/place"
	"legcoach/coach/reading"
)

// whereabouts answers somebody who says where they are, or what their clock shows.
func (t *turn) whereabouts(a ask) {
	switch {
	case len(a.Zones) > 0 && a.ByClock:
		t.offerZones(a.Zones)
	case len(a.Zones) > 0:
		t.askPlace(a.Zones, a.ZoneUntil)
	case a.Reading.Zone != "" && t.says("to_come", a.Words) && !t.says("there", a.Words) && a.ZoneUntil == 0:
		t.say("zone_later", vars{"zone": a.Reading.Zone})
	case a.Reading.Zone != "":
		t.visit(a.Reading.Zone, a.ZoneUntil)
	default:
		t.r.Talk.Asked = askedZone
		t.say("zone_ask", t.zoneVars())
	}
}

// timezone takes a town, a zone or a clock, and "until 2026-11-27" behind it.
func (t *turn) timezone(words string) {
	words, until := cutUntil(words)
	if words == "" {
		t.r.Talk.Asked = askedZone
		t.say("zone_ask", t.zoneVars())
		return
	}
	if found := t.places.Find(words); len(found) > 1 {
		t.askPlace(found, until)
		return
	} else if len(found) > 0 {
		t.visit(found[0].Zone, until)
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

// cutUntil cuts the date off with which words end.
func cutUntil(words string) (string, day.Date) {
	if i := strings.LastIndexByte(words, ' '); i > 0 {
		if until, err := day.ParseDate(words[i+1:]); err == nil {
			return words[:i], until
		}
	}
	return words, 0
}

// zoneByClock offers the places whose clocks show c.
func (t *turn) zoneByClock(c day.Clock) {
	t.offerZones(t.places.Clocks(c, t.now, 6))
}

// offerZones asks which of several places with the same clock is nearest, unless
// one is where the runner is known to be.
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
	for _, p := range found[:min(len(found), mostPlaces)] {
		l.Choices = append(l.Choices, Choice{Label: p.Name, Says: t.zoneSays(p.Zone, 0)})
	}
}

// mostPlaces is how many places are offered.
const mostPlaces = 6

// askPlace asks which of several places with clocks apart is meant. One in which
// the runner said to be stands as it is, and the others are offered beside it.
func (t *turn) askPlace(found []place.Place, until day.Date) {
	name := "zone_namesakes"
	if found[0].Name == found[1].Name {
		name = "zone_parts"
	}
	found = t.clocked(found)
	here := slices.IndexFunc(found, func(p place.Place) bool { return p.Zone == t.zone.String() })
	var l *Line
	if here >= 0 && t.r.Set.ZoneSaid && until == 0 {
		l = t.instead(t.say("zone_same", t.zoneVars()))
		found = slices.Delete(found, here, here+1)
	} else {
		t.r.Talk.Asked = askedZone
		l = t.say(name, nil)
	}
	for _, p := range found[:min(len(found), mostPlaces)] {
		l.Choices = append(l.Choices, Choice{Label: p.Name, Says: t.zoneSays(p.Zone, until)})
	}
}

// clocked names places with the time that it is there, those of one name by
// the city that their zone is called after.
func (t *turn) clocked(found []place.Place) []place.Place {
	same := len(found) > 1 && found[0].Name == found[1].Name
	var named []place.Place
	for _, p := range found {
		zone, err := day.Zone(p.Zone)
		if err != nil {
			continue
		}
		if same {
			p.Name = strings.ReplaceAll(p.Zone[strings.LastIndexByte(p.Zone, '/')+1:], "_", " ")
		}
		p.Name = t.phrases.text("zone_there", vars{"place": p.Name, "clock": t.now.In(zone).Format("15:04")})
		named = append(named, p)
	}
	return named
}

// zoneSays is the command behind the choice of a zone, which goes on with a
// set-up that waits for it.
func (t *turn) zoneSays(zone string, until day.Date) string {
	switch {
	case t.waitsForPlace():
		return "/start zone " + zone
	case until != 0:
		return "/timezone " + zone + " " + until.String()
	}
	return "/timezone " + zone
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
