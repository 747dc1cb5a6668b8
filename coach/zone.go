package coach

import (
	"legcoach/coach/day"
	"legcoach/coach/place"
	"legcoach/coach/reading"
)

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
