package coach_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach"
	"legcoach/coach/streak"
)

// pair is a person with two chats, as a store would keep them.
type pair struct {
	coach *coach.Coach
	all   map[coach.ID]coach.Runner
	now   time.Time
}

const (
	here  coach.ID = "discord/1"
	there coach.ID = "telegram/2"
)

func newPair(t testing.TB) *pair {
	return &pair{coach: newCoach(t, time.UTC), all: map[coach.ID]coach.Runner{}, now: time.Date(2026, 11, 16, 18, 0, 0, 0, time.UTC)}
}

// at returns the runner at an address.
func (p *pair) at(a coach.ID) coach.Runner {
	for _, r := range p.all {
		if r.ID == a || slices.Contains(r.Also, a) {
			return r
		}
	}
	return coach.Runner{}
}

// hear does what a bot and a store do with an event.
func (p *pair) hear(a coach.ID, e coach.Event) []coach.Line {
	r, other := p.at(a), p.coach.Meets(e)
	if r.IsZero() {
		r.ID = a
	}
	if other == "" {
		after, lines := p.coach.Step(r, e, p.now)
		p.put(r.ID, after)
		return lines
	}
	two, name := p.at(other), other
	if !two.IsZero() {
		name = two.ID
	}
	if name == r.ID {
		two, name = coach.Runner{}, other
	}
	after, twoAfter, lines := p.coach.StepBoth(r, two, e, p.now)
	p.put(r.ID, after)
	p.put(name, twoAfter)
	return lines
}

func (p *pair) put(id coach.ID, r coach.Runner) {
	delete(p.all, id)
	if !r.Since.IsZero() {
		p.all[id] = r
	}
}

func (p *pair) say(a coach.ID, text string) string {
	var said []string
	for _, l := range p.hear(a, coach.Said{At: a, Text: text}) {
		if l.To == "" || l.To == a {
			said = append(said, l.Text)
		}
	}
	return strings.Join(said, "\n")
}

var codePattern = regexp.MustCompile(`[0-9A-Z]{5}-[0-9A-Z]{5}`)

// code makes a code in a chat.
func (p *pair) code(t testing.TB, a coach.ID) string {
	t.Helper()
	code := codePattern.FindString(p.say(a, "/link"))
	if code == "" {
		t.Fatal("no code was made")
	}
	return code
}

// Whatever two chats had, linking them lowers nothing, and taking them apart
// gives each back what it had.
func TestLinkingLowersNothing(t *testing.T) {
	said := []string{"did hills", "easy run yesterday", "did squats on monday", "resting today", "sick today", "undo", "/plan mon hill, wed interval, fri strength",
		"remind me of hills on tuesdays at 6pm", "i'm in Tokyo", "pause till friday", "/resume", "my calf is a bit sore", "7"}
	rapid.Check(t, func(rt *rapid.T) {
		p := newPair(t)
		for range rapid.IntRange(0, 14).Draw(rt, "turns") {
			p.now = p.now.Add(time.Duration(rapid.IntRange(0, 40).Draw(rt, "hours")) * time.Hour)
			p.say(rapid.SampledFrom([]coach.ID{here, there}).Draw(rt, "where"), rapid.SampledFrom(said).Draw(rt, "said"))
		}
		p.say(there, "hello")
		code := p.code(t, here)
		p.say(there, "/streak") // both lived up to today
		before := map[coach.ID]coach.Runner{here: p.at(here), there: p.at(there)}
		p.say(there, "/link "+code)
		one := p.at(here)
		if len(p.all) != 1 || p.at(there).ID != one.ID {
			rt.Fatalf("linked by %s, there are %d", code, len(p.all))
		}
		n := streak.Derive(one.Days, p.now)
		for a, r := range before {
			was := streak.Derive(r.Days, p.now)
			if n.Streak < was.Streak || n.Best < was.Best || n.Total < was.Total {
				rt.Fatalf("%s had %d, best %d, %d in all; together %d, %d, %d", a, was.Streak, was.Best, was.Total, n.Streak, n.Best, n.Total)
			}
		}
		p.say(here, "/link off "+string(there))
		for a, r := range before {
			was, is := logText(r), logText(p.at(a))
			if was != is || p.at(a).ID != a {
				rt.Fatalf("%s had %s, and has %s after it was linked", a, was, is)
			}
		}
	})
}

func logText(r coach.Runner) string {
	text, err := r.Days.Log.MarshalText()
	if err != nil {
		return err.Error()
	}
	return string(text)
}

// A code that others could read is worth nothing, wherever they read it.
func TestCodesAreNotForGroups(t *testing.T) {
	for name, group := range map[string]func(p *pair, code string) []coach.Line{
		"used in a group": func(p *pair, code string) []coach.Line {
			return p.hear(there, coach.Said{At: there, Where: "telegram/-5", Text: "/link " + code})
		},
		"read out in a group": func(p *pair, code string) []coach.Line {
			return p.hear(here, coach.Said{At: here, Where: "discord/c5", Text: "/link " + code})
		},
		"a link opened in a group": func(p *pair, code string) []coach.Line {
			return p.hear(there, coach.Said{At: there, Where: "telegram/-5", Text: "/start link_" + strings.ReplaceAll(code, "-", "")})
		},
	} {
		p := newPair(t)
		p.say(here, "did hills")
		code := p.code(t, here)
		for _, l := range group(p, code) {
			if l.To != "" || !l.Private || codePattern.MatchString(l.Text) {
				t.Errorf("%s: says %q to %q", name, l.Text, l.To)
			}
		}
		p.say(there, "/link "+code)
		if len(p.at(here).Also) > 1 || p.at(there).ID == here {
			t.Errorf("%s: the code still works", name)
		}
	}
	p := newPair(t)
	for _, l := range p.hear(here, coach.Said{At: here, Where: "discord/c5", Text: "/link"}) {
		if codePattern.MatchString(l.Text) {
			t.Errorf("a group is told %q", l.Text)
		}
	}
}

// Nobody finds a code by trying: after a few, no code is looked at for an hour.
func TestCodesCannotBeGuessed(t *testing.T) {
	p := newPair(t)
	code := p.code(t, here)
	for i := range 5 {
		p.say(there, fmt.Sprintf("/link AAAAA-AAAA%d", i))
	}
	p.say(there, "/link "+code)
	if p.at(there).ID == here {
		t.Error("the sixth try was looked at")
	}
	secret, err := coach.New(coach.Config{Zone: "UTC", Secret: []byte("another secret of some length")})
	if err != nil {
		t.Fatal(err)
	}
	q := newPair(t)
	q.coach = secret
	if other := q.code(t, here); other == code {
		t.Errorf("the code %s does not depend on the secret", other)
	}
}

// Who has two chats is reminded in one of them, the one used last; when that
// can't be reached any more, in the other, which says why.
func TestOneReminderForTwoChats(t *testing.T) {
	p := newPair(t)
	p.say(here, "/plan mon hill, tue rest, wed interval, thu rest, fri strength, sat easy, sun rest")
	p.say(here, "/remind on")
	p.say(there, "/plan tue hill, thu strength, sat easy")
	p.say(there, "/remind on")
	p.say(there, "/link "+p.code(t, here))
	heard := p.until(t, p.now.Add(20*time.Hour))
	p.say(here, "/streak")
	heard = append(heard, p.until(t, p.now.Add(48*time.Hour))...)
	if len(heard) == 0 || !strings.HasPrefix(heard[0], string(there)) {
		t.Fatalf("the chat used last is %s, and reminders go %v", there, heard)
	}
	seen := map[string]bool{}
	for _, h := range heard {
		if key := strings.Fields(h)[1]; seen[key] {
			t.Errorf("reminded of %s twice: %v", key, heard)
		} else {
			seen[key] = true
		}
	}
	if !strings.HasPrefix(heard[len(heard)-1], string(here)) {
		t.Errorf("the chat used last is %s, and reminders go %v", here, heard)
	}
	lines := p.hear(here, coach.Left{At: here})
	if len(lines) != 1 || lines[0].To != there || p.at(here).Unreachable {
		t.Errorf("left, it says %+v", lines)
	}
	if heard := p.until(t, p.now.Add(48*time.Hour)); len(heard) == 0 || !strings.HasPrefix(heard[0], string(there)) {
		t.Errorf("left, reminders go %v", heard)
	}
	p.hear(there, coach.Left{At: there})
	if !p.at(here).Unreachable {
		t.Error("left everywhere, they are thought to be there")
	}
	p.say(there, "hello")
	if r := p.at(here); r.Unreachable || slices.Contains(r.Reach.Gone, there) {
		t.Errorf("back again: %+v", r.Reach)
	}
}

// until lets time pass and returns where which reminder was said.
func (p *pair) until(t *testing.T, end time.Time) []string {
	var heard []string
	for {
		r := p.at(here)
		if r.Wake.IsZero() || r.Wake.After(end) {
			p.now = end
			return heard
		}
		p.now = r.Wake
		for _, l := range p.hear(r.ID, coach.Woke{}) {
			if l.Nudge != "" {
				to := l.To
				if to == "" {
					to = r.ID
				}
				heard = append(heard, fmt.Sprintf("%s %s", to, l.Key))
			}
		}
		if !p.at(here).Wake.After(p.now) {
			t.Fatalf("woken at %v, the runner wants to wake again", p.now)
		}
	}
}
