package nudge

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"legcoach/coach/content"
	"legcoach/coach/day"
	"legcoach/coach/plan"
)

func book(t testing.TB) *Book {
	t.Helper()
	b, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// every calls f with every line of the content.
func (b *Book) every(f func(where string, l line)) {
	for _, kind := range day.Kinds {
		for _, tone := range Tones {
			for _, l := range b.kinds[kind].in(tone) {
				f(string(kind)+"/"+string(tone), l)
			}
			for _, l := range b.insights(kind).in(tone) {
				f(string(kind)+"/insight/"+string(tone), l)
			}
		}
	}
	for name, lines := range b.notes {
		for _, say := range lines {
			f("notes/"+name, line{Say: say})
		}
	}
}

// TestVoice holds every line against the length and word rules of the voice.
func TestVoice(t *testing.T) {
	b := book(t)
	words := make([]string, len(b.rules.Never))
	for i, w := range b.rules.Never {
		words[i] = regexp.QuoteMeta(w)
		if regexp.MustCompile(`^\w.*\w$`).MatchString(w) {
			words[i] = `\b` + words[i] + `\b`
		}
	}
	never := regexp.MustCompile(`(?i)` + strings.Join(words, "|"))
	ends := regexp.MustCompile(`[.!?:](\s|$)`)
	b.every(func(where string, l line) {
		if n := len([]rune(l.Say)); n > b.rules.Length {
			t.Errorf("%s: %q has %d characters, want at most %d", where, l.Say, n, b.rules.Length)
		}
		if n := len(ends.FindAllString(l.Say, -1)); n > b.rules.Sentences+1 {
			t.Errorf("%s: %q has %d sentences, want at most %d", where, l.Say, n, b.rules.Sentences)
		}
		if n := strings.Count(l.Say, "?"); n > b.rules.Questions {
			t.Errorf("%s: %q asks %d questions, want at most %d", where, l.Say, n, b.rules.Questions)
		}
		if strings.Contains(l.Say, "?") && !strings.HasSuffix(l.Say, "?") {
			t.Errorf("%s: %q asks, and goes on", where, l.Say)
		}
		if found := never.FindAllString(l.Say, -1); found != nil {
			t.Errorf("%s: %q says %q", where, l.Say, found)
		}
	})
}

func TestVariablesAreKnown(t *testing.T) {
	b := book(t)
	var known []string
	for _, names := range b.rules.Variables {
		known = append(known, names...)
	}
	b.every(func(where string, l line) {
		for _, v := range content.Variables(l.Say) {
			if !slices.Contains(known, v) {
				t.Errorf("%s: %q uses {%s}, which nothing gives", where, l.Say, v)
			}
		}
	})
}

func TestNoTwoLinesOfAKindShareANumber(t *testing.T) {
	b := book(t)
	seen := map[string]string{}
	b.every(func(where string, l line) {
		kind, _, _ := strings.Cut(where, "/")
		number := fmt.Sprint(kind, l.id())
		if was, ok := seen[number]; ok {
			t.Errorf("%s: %q and %q have the same number; change a word in one", where, was, l.Say)
		}
		seen[number] = l.Say
	})
}

// TestTwelveLinesAreAlwaysTrue makes sure that recency has something to choose
// from: on any day of a plan, and for somebody without one.
func TestTwelveLinesAreAlwaysTrue(t *testing.T) {
	b, p := book(t), planBook(t)
	for _, kind := range day.Kinds {
		for _, tone := range Tones {
			for _, level := range plan.Levels {
				for week := 1; week <= p.Last(level); week++ {
					f := Facts{Date: 20000, Kind: kind, Tone: tone, Level: string(level), Week: week, Freezes: 1,
						Session: p.Session(level, week, kind, true, plan.AsPlanned, plan.Scale{}).Vars()}
					if n := len(b.eligible(f)); n < b.rules.Least {
						t.Errorf("%s/%s: %d lines are true for %s in week %d, want at least %d", kind, tone, n, level, week, b.rules.Least)
					}
				}
			}
			if n := len(b.eligible(Facts{Date: 20000, Kind: kind, Tone: tone, Freezes: 1})); n < 6 {
				t.Errorf("%s/%s: %d lines are true without a plan, want at least 6", kind, tone, n)
			}
		}
	}
}

// TestEveryConditionCanBeMet finds, for every line, facts under which it is said.
func TestEveryConditionCanBeMet(t *testing.T) {
	b, p := book(t), planBook(t)
	for _, kind := range day.Kinds {
		session := p.Session(plan.New, 1, kind, true, plan.AsPlanned, plan.Scale{}).Vars()
		days := []Facts{
			{Session: session, Level: "new", Week: 1, Back: true, Streak: 9, Done: 9, Next: "hills on Thursday"},
			{Session: session, Level: "new", Week: 4, Deload: true, Freezes: 2}, {},
		}
		for _, tone := range Tones {
			for _, l := range b.kinds[kind].in(tone) {
				if !slices.ContainsFunc(days, func(f Facts) bool {
					f.Date, f.Kind, f.Tone = 20000, kind, tone
					return slices.ContainsFunc(b.eligible(f), func(x line) bool { return x.Say == l.Say })
				}) && len(l.If.Days) == 0 {
					t.Errorf("%s/%s: nothing makes %q true", kind, tone, l.Say)
				}
			}
		}
	}
}

func TestEveryTipStandsInTheArticle(t *testing.T) {
	b := book(t)
	for _, kind := range day.Kinds {
		for _, locator := range b.kinds[kind].Tips {
			if content.Sentence(locator) == "" {
				t.Errorf("%s: the article has no sentence %q", kind, locator)
			}
		}
	}
}

// readPlan reads the plan once for all tests.
var readPlan = sync.OnceValues(plan.Load)

func planBook(t testing.TB) *plan.Book {
	t.Helper()
	p, err := readPlan()
	if err != nil {
		t.Fatal(err)
	}
	return p
}
