package day

import (
	"sync"
	"time"
)

// rules are the offsets of a zone's clock: offset[i] seconds east of UTC are
// in force from from[i] on, in Unix seconds, until from[i+1]. Package time knows
// the same but reads it out of a text each time.
type rules struct {
	from    []int64
	offset  []int64
	skipped []Date // dates that never existed
}

// reach is further than any clock is from UTC, in seconds, and further than any
// change of a clock moves it.
const reach = 26 * 60 * 60

// The rules of a zone are kept for these years, in Unix seconds: 1970 to 2099.
// What lies outside is worked out each time.
const (
	knownFrom = 0
	knownTo   = 4102444800
)

// known holds rules by zone. Zones come from [Zone], so there are at most some hundred.
var known sync.Map

// rulesOf returns rules of zone that hold for some days around unix.
func rulesOf(zone *time.Location, unix int64) *rules {
	const margin = 3 * reach
	if unix < knownFrom+margin || unix >= knownTo-margin {
		return readRules(zone, unix-margin, unix+margin)
	}
	if r, ok := known.Load(zone); ok {
		return r.(*rules)
	}
	r, _ := known.LoadOrStore(zone, readRules(zone, knownFrom, knownTo))
	return r.(*rules)
}

// readRules asks package time for the offsets between from and to.
func readRules(zone *time.Location, from, to int64) *rules {
	r := &rules{}
	for unix := from; unix < to; unix = nextChange(unix, to, zone) {
		_, offset := time.Unix(unix, 0).In(zone).Zone()
		if n := len(r.offset); n == 0 || r.offset[n-1] != int64(offset) {
			r.from = append(r.from, unix)
			r.offset = append(r.offset, int64(offset))
		}
	}
	r.skipped = r.skips()
	return r
}

// nextChange returns an instant after unix before which the clock does not
// change. On 31 December of a leap year ZoneBounds may end where it was asked
// (Go 1.26), so that following it alone never ends.
func nextChange(unix, to int64, zone *time.Location) int64 {
	_, end := time.Unix(unix, 0).In(zone).ZoneBounds()
	switch {
	case end.IsZero():
		return to
	case end.Unix() <= unix:
		return unix + secondsPerDay
	}
	return end.Unix()
}

// find returns the index of the rule in force at unix; the first before all of them.
func (r *rules) find(unix int64) int {
	low, high := 0, len(r.from)
	for high-low > 1 {
		if mid := int(uint(low+high) / 2); r.from[mid] <= unix {
			low = mid
		} else {
			high = mid
		}
	}
	return low
}

// calm reports whether the clock does not change for [reach] around unix, at which rule i is in force.
func (r *rules) calm(i int, unix int64) bool {
	return (i == 0 || unix-r.from[i] > reach) && (i+1 == len(r.from) || r.from[i+1]-unix > reach)
}

// Skipped returns the dates from 1970 to 2099 that never existed in zone, in
// order: there is one where a country moved over the date line to the west. The
// slice is shared; it must not be changed.
func Skipped(zone *time.Location) []Date { return rulesOf(zone, knownTo/2).skipped }

// skips returns the dates that the rules jump over.
func (r *rules) skips() []Date {
	var found []Date
	for i := 1; i < len(r.from); i++ {
		if r.offset[i]-r.offset[i-1] < secondsPerDay/2 {
			continue
		}
		before, _ := split(r.from[i] - 1 + r.offset[i-1])
		after, _ := split(r.from[i] + r.offset[i])
		for d := before + 1; d < after; d++ {
			found = append(found, d)
		}
	}
	return found
}
