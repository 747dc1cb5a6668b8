package coach

import (
	"fmt"
	"slices"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// newFor is how long somebody is new to reminders: they hear what today is. After
// that it alternates with what their own days show.
const newFor = 14 * 24 * time.Hour

// insight is what a runner's own days show about a day of a kind, for the lines of
// content/nudges/insight.yaml; nil while they are new.
func (t *turn) insight(n Nudge, numbers streak.Numbers) map[string]string {
	if t.now.Sub(t.r.Since) < newFor || numbers.Total == 0 {
		return nil
	}
	v := map[string]string{"what": t.kind(n.Kind), "What": capital(t.kind(n.Kind)), "all": t.count(numbers.Total, "session")}
	kept := 0
	for _, d := range numbers.Days {
		if d.State == streak.Done || d.State == streak.Rest {
			kept++
		}
	}
	if kept > 1 {
		v["kept"] = t.count(kept, "day")
	}
	if n.Kind.Training() {
		t.insightOf(n, v)
	}
	return v
}

// insightOf adds what the sessions of a kind show.
func (t *turn) insightOf(n Nudge, v map[string]string) {
	year, month, _ := n.Date.Civil()
	var latest day.Date
	which := 1
	for _, did := range t.past() {
		if did.Kind != n.Kind || did.Date >= n.Date {
			continue
		}
		latest = did.Date
		if y, m, _ := did.Date.Civil(); y == year && m == month {
			which++
		}
	}
	if which > 1 {
		v["which"] = fmt.Sprint(which)
	}
	if latest == 0 {
		return
	}
	v["before"] = t.onDay(latest)
	told := slices.ContainsFunc(t.r.Efforts, func(e Effort) bool { return e.Date == latest })
	if alone := len(t.r.Days.Log.At(latest).Sessions()) == 1; told && alone {
		v["felt"] = fmt.Sprint(t.effortOn(latest))
	}
}
