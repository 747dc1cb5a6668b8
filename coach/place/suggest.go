package place

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/token"
)

// Suggestion is a place to choose: Label names it with the time that it is there.
type Suggestion struct{ Label, Zone string }

// MaxSuggestions is how many suggestions a platform shows.
const MaxSuggestions = 25

// Suggest returns the places whose name or zone starts with prefix, the best
// known first, each with its time at now. An empty prefix gives the best known of all.
func (a *Atlas) Suggest(prefix string, now time.Time) []Suggestion {
	prefix = strings.Join(token.Texts(prefix), " ")
	var out []Suggestion
	for _, p := range a.order {
		if len(out) == MaxSuggestions {
			break
		}
		if starts(p, prefix) {
			out = append(out, Suggestion{label(p, now), p.Zone})
		}
	}
	if len(out) == 0 {
		for _, p := range a.Find(prefix) {
			if len(out) < MaxSuggestions {
				out = append(out, Suggestion{label(p, now), p.Zone})
			}
		}
	}
	return out
}

func starts(p Place, prefix string) bool {
	return strings.HasPrefix(strings.Join(token.Texts(p.Name), " "), prefix) ||
		strings.HasPrefix(strings.ToLower(p.Zone), strings.ReplaceAll(strings.ReplaceAll(prefix, " / ", "/"), " ", "_"))
}

func label(p Place, now time.Time) string {
	zone, err := day.Zone(p.Zone)
	if err != nil {
		return p.Name
	}
	return fmt.Sprintf("%s · %s (%s)", p.Name, now.In(zone).Format("Mon 15:04"), p.Zone)
}

// Clocks returns the zones in which a clock shows c at now, give or take a few
// minutes, the most peopled first and at most max. They are candidates to ask
// about. A clock that may be of either half of the day is asked for twice.
func (a *Atlas) Clocks(c day.Clock, now time.Time, max int) []Place {
	const slack = 7 * time.Minute
	shown := time.Duration(c) * time.Minute
	var out []Place
	for _, p := range a.peopled {
		if len(out) == max {
			break
		}
		zone, err := day.Zone(p.Zone)
		if err != nil {
			continue
		}
		hour, minute, _ := now.In(zone).Clock()
		off := (time.Duration(60*hour+minute)*time.Minute - shown).Abs()
		if off = min(off, 24*time.Hour-off); off <= slack {
			out = append(out, p)
		}
	}
	return out
}

// byRank returns the best-known place of every zone, the zone with most cities first.
func (a *Atlas) byRank() []Place {
	seen := map[string]bool{}
	var out []Place
	for _, p := range a.order {
		if !seen[p.Zone] {
			seen[p.Zone] = true
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(p, q Place) int { return cmp.Compare(a.rank[q.Zone], a.rank[p.Zone]) })
	return out
}
