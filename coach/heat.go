package coach

import (
	"regexp"
	"strconv"
	"strings"

	"legcoach/coach/day"
	"legcoach/coach/plan"
)

var degreesSaid = regexp.MustCompile(`(?i)(-?\d{1,3})\s*(?:°|º|deg(?:ree)?s?\b)?\s*(c\b|f\b|celsius|fahrenheit)?`)

// degreesIn finds a temperature, in °C. From 60 on it is taken to be in °F.
func degreesIn(text string) (int, bool) {
	said := degreesSaid.FindStringSubmatch(text)
	if said == nil {
		return 0, false
	}
	n, err := strconv.Atoi(said[1])
	if err != nil {
		return 0, false
	}
	if unit := strings.ToLower(said[2]); strings.HasPrefix(unit, "f") || unit == "" && n >= 60 {
		n = (n - 32) * 5 / 9
	}
	return n, n > -60 && n < 60
}

// heat fits the session of a date to what it feels like outside, in °C.
func (t *turn) heat(date day.Date, feels int) {
	if t.stopped() {
		t.todayCard(ask{})
		return
	}
	p := t.on(date)
	heat := t.plans.Heat(feels, p.Kind, false)
	stop, sun, _ := t.plans.HeatAdvice()
	switch {
	case !p.Kind.Training() || t.r.Days.Log.At(date).Done():
		t.say("heat_no_session", vars{"stop": stop})
		return
	case heat.Words == "":
		t.say("heat_fine", vars{"sun": sun})
		return
	}
	was := t.mark()
	c := t.changeOn(date)
	c.Feels = feels
	t.r.Set.Plan = ptr(t.plans.Put(*t.r.Set.Plan, t.past(), t.today, c).State)
	v := vars{"words": heat.Words, "card": strings.Join(t.plans.Card(t.on(date)).Text(), "\n"), "stop": stop, "sun": sun,
		"change": t.changed(was, t.phrases.text("what_heat", nil)), "kind": string(p.Kind), "date": date.String()}
	if heat.None {
		t.say("heat_none", v)
		return
	}
	t.say("heat", v)
}

// changeOn is what was changed on a date so far, to be changed further.
func (t *turn) changeOn(date day.Date) plan.Change {
	for _, c := range t.state().Changes {
		if c.Date == date {
			return c
		}
	}
	return plan.Change{Date: date}
}

func ptr[T any](v T) *T { return &v }
