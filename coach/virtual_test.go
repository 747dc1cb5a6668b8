package coach_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
)

// zones have every kind of clock change: half an hour (Lord Howe), two hours
// (Troll), at midnight (Cairo, Beirut, Havana, Santiago), in Ramadan (Casablanca),
// a day that never was (Apia), none at all, and offsets of a quarter of an hour.
var zones = strings.Fields(`Europe/London Europe/Berlin Europe/Lisbon Europe/Helsinki Europe/Kyiv Europe/Moscow Europe/Istanbul Europe/Dublin
	Atlantic/Azores Atlantic/Reykjavik America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage
	America/St_Johns America/Halifax America/Havana America/Santiago America/Asuncion America/Sao_Paulo America/Bogota America/Nuuk
	America/Scoresbysund America/Caracas America/Tijuana Pacific/Honolulu Pacific/Apia Pacific/Auckland Pacific/Chatham Pacific/Kiritimati
	Pacific/Easter Pacific/Norfolk Pacific/Fiji Australia/Lord_Howe Australia/Sydney Australia/Adelaide Australia/Eucla Asia/Tokyo Asia/Kolkata
	Asia/Kathmandu Asia/Tehran Asia/Beirut Asia/Gaza Asia/Jerusalem Asia/Amman Asia/Shanghai Africa/Cairo Africa/Casablanca Africa/El_Aaiun
	Africa/Johannesburg Antarctica/Troll Antarctica/Macquarie`)

func parse[V any](t testing.TB, read func(string) (V, error), text string) V {
	t.Helper()
	v, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// key is what a reminder is known by.
type key struct {
	date day.Date
	kind day.Kind
}

// virtual is a runner who lives by days and times of their own, and what must come of them.
type virtual struct {
	*testing.T
	c     *coach.Coach
	r     coach.Runner
	rand  *rand.Rand
	now   time.Time
	zone  *time.Location
	from  *time.Location // where they were before they flew
	own   map[day.Kind]weekly
	done  map[key]bool
	sent  map[key]time.Time
	away  [][2]time.Time    // when the bot was not there
	flown []time.Time       // when the zone changed
	chats []time.Time       // when they wrote
	chose []time.Time       // when they settled reminders or where they are
	told  map[key]time.Time // what was said with an answer
	seed  string
}

type weekly struct {
	days  uint8
	clock day.Clock
}

// fail tells what went wrong with how to repeat it.
func (v *virtual) fail(format string, args ...any) {
	v.Helper()
	v.Fatalf("%s: %s, now %s", v.seed, fmt.Sprintf(format, args...), shows(v.now, v.zone))
}

// step steps the runner, now and then through what a restart does to them.
func (v *virtual) step(e coach.Event) []coach.Line {
	if v.rand.IntN(20) == 0 {
		var again coach.Runner
		if err := json.Unmarshal([]byte(encode(v.r)), &again); err != nil {
			v.fail("decode the runner: %v", err)
		}
		v.r = again
	}
	after, lines := v.c.Step(v.r, e, v.now)
	v.r = after
	if !v.r.Wake.After(v.now) {
		v.fail("wakes at %v", v.r.Wake)
	}
	for _, l := range lines {
		if l.Nudge != "" && l.Replaces == "" {
			v.hear(l)
		}
		for _, in := range carried.FindAllStringSubmatch(l.Text, -1) {
			v.carry(in[1], in[2])
		}
	}
	return lines
}

// carried is how an answer says a reminder in place of sending it.
var carried = regexp.MustCompile(`Since we're talking, your (\d\d:\d\d) reminder: (hills|easy run) `)

// carry checks a reminder that is said with an answer: it was asked for, is to come within
// a quarter of an hour or is late for a reason, and its runner did not just choose its time.
func (v *virtual) carry(clock, name string) {
	kind := map[string]day.Kind{"hills": day.Hill, "easy run": day.Easy}[name]
	own, asked := v.own[kind]
	for d := civil(v.now, v.zone) - 1; d <= civil(v.now, v.zone)+1; d++ {
		at, exists := wall(d, own.clock, v.zone)
		ahead, k := at.Sub(v.now), key{d, kind}
		if !exists || ahead > 15*time.Minute || ahead < -4*time.Hour || own.days&(1<<d.Weekday()) == 0 {
			continue
		}
		_, sent := v.sent[k]
		if !asked || sent || v.done[k] || at.In(v.zone).Format("15:04") != clock || ahead < 0 && !v.excuse(at) || v.choseBefore(v.now) {
			v.fail("%v is said with an answer", k)
		}
		v.told[k] = v.now
		return
	}
	v.fail("%s at %s is said with an answer, and is not to come", name, clock)
}

// choseBefore reports whether something was settled in the quarter of an hour before.
func (v *virtual) choseBefore(at time.Time) bool {
	return slices.ContainsFunc(v.chose, func(c time.Time) bool { return !c.After(at) && at.Sub(c) < 15*time.Minute })
}

// talking reports whether they wrote in the quarter of an hour before, on the same date, and
// settled nothing near it: whoever chose something since, too, waits to see what comes of it.
func (v *virtual) talking(at time.Time) bool {
	return slices.ContainsFunc(v.chats, func(c time.Time) bool {
		return !c.After(at) && at.Sub(c) <= 15*time.Minute && !v.choseBefore(c) && !v.choseBefore(at) && civil(c, v.zone) == civil(at, v.zone)
	})
}

// hear checks a reminder: it is the only one of its date and kind, was asked for,
// comes at its instant or late for a reason, and late never at night.
func (v *virtual) hear(l coach.Line) {
	date, kind, _ := strings.Cut(l.Key, "/")
	k := key{parse(v.T, day.ParseDate, date), day.Kind(kind)}
	if was, twice := v.sent[k]; twice {
		v.fail("%v comes again, it came at %s", k, shows(was, v.zone))
	}
	v.sent[k] = v.now
	if told, was := v.told[k]; was && !slices.ContainsFunc(v.chose, func(c time.Time) bool { return c.After(told) }) {
		v.fail("%v comes, and was said with an answer at %s", k, shows(told, v.zone))
	}
	if v.talking(v.now) {
		v.fail("%v is pushed at somebody who is talking", k)
	}
	own, asked := v.own[k.kind]
	at, exists := wall(k.date, own.clock, v.zone)
	if before, was := wall(k.date, own.clock, v.cameFrom()); was && v.now.Sub(at) > 4*time.Hour {
		at = before // it was held back where they were before they flew
	}
	switch late := v.now.Sub(at); {
	case !asked || own.days&(1<<k.date.Weekday()) == 0 || !exists:
		v.fail("%v comes, and nobody asked for it", k)
	case v.done[k]:
		v.fail("%v comes, and is done", k)
	case late < 0 || late > 4*time.Hour:
		v.fail("%v comes %s late", k, late)
	case late > 0 && !v.excuse(at):
		v.fail("%v comes %s late for no reason", k, late)
	case late > 15*time.Minute && night(v.now, v.zone):
		v.fail("%v comes late at night", k)
	}
}

// cameFrom is the zone from which they have come in the last ten hours.
func (v *virtual) cameFrom() *time.Location {
	if n := len(v.flown); n > 0 && v.now.Sub(v.flown[n-1]) < 10*time.Hour {
		return v.from
	}
	return v.zone
}

// excuse reports whether the bot was away or the zone changed between an instant and now.
func (v *virtual) excuse(at time.Time) bool {
	return v.missed(at) ||
		slices.ContainsFunc(v.flown, func(f time.Time) bool { return v.now.Sub(f) < 10*time.Hour })
}

func night(at time.Time, zone *time.Location) bool {
	clock := at.In(zone).Format("15:04")
	return clock >= "21:30" || clock < "07:00"
}

// pass lets time pass, with a bot that is there or not, and says what must have come.
func (v *virtual) pass(until time.Time) {
	begin := v.now
	for !v.r.Wake.After(until) && v.now.Before(until) {
		v.now = v.r.Wake
		if v.rand.IntN(40) == 0 {
			gap := [2]time.Time{v.r.Wake, v.r.Wake.Add(time.Duration(v.rand.IntN(30*60)) * time.Minute)}
			v.away, v.now = append(v.away, gap), gap[1]
		}
		before := len(v.sent)
		v.step(coach.Woke{})
		if came := len(v.sent) - before; came > 1 && v.now.Sub(v.away0()) < 0 {
			v.fail("%d reminders at once", came)
		}
	}
	if v.now.Before(until) {
		v.now = until
	}
	v.owed(begin, v.now)
}

// came counts what came on the date of an instant, be it with an answer.
func (v *virtual) came(at time.Time) (n int) {
	for _, sent := range v.sent {
		if civil(sent, v.zone) == civil(at, v.zone) {
			n++
		}
	}
	for k, told := range v.told {
		if _, sent := v.sent[k]; !sent && civil(told, v.zone) == civil(at, v.zone) {
			n++
		}
	}
	return n
}

func (v *virtual) away0() time.Time {
	if len(v.away) == 0 {
		return time.Time{}
	}
	return v.away[len(v.away)-1][1]
}

// owed checks that everything that fell into a stretch in which nothing changed did come.
func (v *virtual) owed(from, to time.Time) {
	for _, kind := range day.Kinds {
		own, asked := v.own[kind]
		if !asked {
			continue
		}
		first, last := civil(from, v.zone)-1, civil(to, v.zone)+1
		for d := first; d <= last; d++ {
			at, exists := wall(d, own.clock, v.zone)
			k := key{d, kind}
			if _, came := v.sent[k]; came || !exists || own.days&(1<<d.Weekday()) == 0 || v.done[k] || !at.After(from) || at.After(to) {
				continue
			}
			if v.missed(at) {
				continue // one of them came, or it was too late
			}
			if _, told := v.told[k]; told {
				continue
			}
			if v.came(at) >= 2 {
				continue // enough for a day
			}
			v.fail("%v did not come at %s: %v", k, shows(at, v.zone), v.r.Told.Drops)
		}
	}
}

func civil(at time.Time, zone *time.Location) day.Date {
	d, err := day.ParseDate(at.In(zone).Format(time.DateOnly))
	if err != nil {
		panic(err)
	}
	return d
}

// says lets the runner write something that settles nothing.
func (v *virtual) says(text string) {
	v.chats = append(v.chats, v.now)
	v.step(coach.Said{Text: text})
}

// change does one thing at random.
func (v *virtual) change() {
	switch v.rand.IntN(12) {
	case 0:
		name := zones[v.rand.IntN(len(zones))]
		if name != v.zone.String() {
			v.chose = append(v.chose, v.now)
		}
		v.step(coach.Said{Text: "/timezone " + name})
		v.from, v.zone, v.flown = v.zone, location(v.T, name), append(v.flown, v.now)
		v.landed()
	case 1, 2:
		v.ask([]day.Kind{day.Hill, day.Easy}[v.rand.IntN(2)])
	case 3, 4, 5:
		k := key{civil(v.now.Add(-4*time.Hour), v.zone), day.Hill}
		if _, asked := v.own[k.kind]; asked {
			v.says("/done hill " + k.date.String())
			if slices.Contains(v.r.Days.Log.At(k.date).Sessions(), day.Hill) {
				v.done[k] = true
			}
			return
		}
		v.says("/ok")
	case 6:
		v.chose = append(v.chose, v.now)
		v.step(coach.Said{Text: "/mute"})
		own := v.own
		v.own = nil
		v.pass(v.now.Add(time.Duration(v.rand.IntN(72)) * time.Hour))
		v.own, v.chose = own, append(v.chose, v.now)
		v.step(coach.Said{Text: "/resume"})
	default:
		v.says("/ok")
	}
}

// ask asks for reminders of a kind on some days at some time.
func (v *virtual) ask(k day.Kind) {
	v.chose = append(v.chose, v.now)
	w := weekly{days: uint8(1 + v.rand.IntN(127)), clock: day.Clock(v.rand.IntN(24 * 60))}
	words := []string{"/remind", string(k)}
	for i, name := range []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"} {
		if w.days&(1<<i) != 0 {
			words = append(words, name)
		}
	}
	v.step(coach.Said{Text: strings.Join(append(words, w.clock.String()), " ")})
	v.own[k] = w
	got := v.r.Set.Own[k]
	if got.Clock() != w.clock || got.Weekdays != w.days {
		v.fail("%q sets %v", words, got)
	}
}

// perZone is how many runners live in each zone, for two years; 0 means one for
// the eleven months in which every clock change of a year falls.
var perZone = flag.Int("virtual", 0, "how many runners TestVirtualYears lets live in each zone for two years")

// TestVirtualYears lives through the clock changes of every zone: whatever runners change, and
// however often the bot is away, each reminder comes once and at its instant.
//
//	go test ./coach -run VirtualYears -virtual 6 -timeout 30m
func TestVirtualYears(t *testing.T) {
	months, runners := 27, *perZone
	if runners == 0 {
		months, runners = 11, 1
	}
	if testing.Short() {
		months, runners = 3, 1
	}
	c := newCoach(t, location(t, "Europe/London"))
	for i := range zones {
		if testing.Short() && i%6 != 0 {
			continue
		}
		for n := range runners {
			t.Run(fmt.Sprintf("%s/%d", zones[i], n), func(t *testing.T) {
				liveVirtually(t, c, zones[i], uint64(i*100+n), time.Date(2025, 1, 1, 12, 0, 1, 0, time.UTC), months)
			})
		}
	}
	for n := range runners { // 30 December 2011 never was there
		t.Run(fmt.Sprintf("Pacific/Apia/2011/%d", n), func(t *testing.T) {
			liveVirtually(t, c, "Pacific/Apia", uint64(n), time.Date(2011, 11, 1, 12, 0, 1, 0, time.UTC), 3)
		})
	}
}

func liveVirtually(t *testing.T, c *coach.Coach, zone string, seed uint64, begin time.Time, months int) {
	v := &virtual{T: t, c: c, r: coach.Runner{ID: "console/1"}, rand: rand.New(rand.NewPCG(seed, 1)), zone: location(t, zone),
		now: begin, own: map[day.Kind]weekly{}, done: map[key]bool{}, sent: map[key]time.Time{}, told: map[key]time.Time{}, seed: fmt.Sprintf("%s, seed %d", zone, seed)}
	end := v.now.AddDate(0, months, 0)
	v.step(coach.Said{Text: "/timezone " + zone})
	v.ask(day.Hill)
	for v.now.Before(end) {
		// Nobody waits so long that reminders become fewer.
		v.pass(v.now.Add(time.Duration(1+v.rand.IntN(40*60*60)) * time.Second))
		v.change()
	}
	if len(v.sent) == 0 {
		v.fail("nothing came")
	}
}
