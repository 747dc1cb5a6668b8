package nudge

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"legcoach/coach/day"
	"legcoach/coach/plan"
)

// hills are the facts of a plain hill day.
func hills(t testing.TB, on day.Date) Facts {
	return Facts{Date: on, Kind: day.Hill, Level: "regular", Week: 3, Freezes: 2,
		Session: planBook(t).Session(plan.Regular, 3, day.Hill, true, plan.AsPlanned, plan.Scale{}).Vars()}
}

func TestARetrySaysTheSame(t *testing.T) {
	b, f := book(t), hills(t, 20000)
	first, shown := b.Choose(f, nil, "telegram/1")
	second, after := b.Choose(f, shown, "telegram/1")
	if second != first || !slices.Equal(after, shown) {
		t.Errorf("a retry says %q and remembers %v, want %q and %v", second.Text, after, first.Text, shown)
	}
}

func TestTheLastFourAreNotSaid(t *testing.T) {
	b := book(t)
	sessions := map[day.Kind]map[string]string{}
	for _, kind := range day.Kinds {
		sessions[kind] = planBook(t).Session(plan.Regular, 3, kind, true, plan.AsPlanned, plan.Scale{}).Vars()
	}
	rapid.Check(t, func(r *rapid.T) {
		runner := rapid.String().Draw(r, "runner")
		kind := rapid.SampledFrom(day.Kinds).Draw(r, "kind")
		tone := rapid.SampledFrom(Tones).Draw(r, "tone")
		var shown History
		var said []string
		on := day.Date(20000)
		for range 30 {
			on += day.Date(rapid.IntRange(1, 9).Draw(r, "days"))
			var l Line
			f := Facts{Date: on, Kind: kind, Tone: tone, Level: "regular", Week: 3, Freezes: 2, Session: sessions[kind]}
			l, shown = b.Choose(f, shown, runner)
			if at := slices.Index(said, l.Text); at >= 0 && at >= len(said)-unseen {
				r.Fatalf("%q is said %d nudges after it was said", l.Text, len(said)-at)
			}
			said = append(said, l.Text)
		}
	})
}

// TestSuggestionsThenInsights says that a new runner hears what today is, and after that in turn
// what their own days show; that no insight is one of the last four lines; and that a note comes first.
func TestSuggestionsThenInsights(t *testing.T) {
	b := book(t)
	for _, kind := range day.Kinds {
		for _, tone := range Tones {
			var shown History
			var was []bool
			for on := day.Date(20000); on < 20084; on += 3 {
				f := Facts{Date: on, Kind: kind, Tone: tone, Level: "regular", Week: 3, Freezes: 2, Next: "hills on Thursday",
					Session: planBook(t).Session(plan.Regular, 3, kind, true, plan.AsPlanned, plan.Scale{}).Vars()}
				if on >= 20014 {
					f.Insight = map[string]string{"what": "it", "What": "It", "all": "12 sessions", "kept": "9 days", "which": "4", "before": "on Monday", "felt": "6"}
				}
				recent := shown.last(kind, unseen)
				_, shown = b.Choose(f, shown, "telegram/1")
				said := shown[len(shown)-1]
				if slices.ContainsFunc(recent, func(s Shown) bool { return s.Line == said.Line }) {
					t.Errorf("%s/%s: one of the last four lines is said on day %d", kind, tone, on-20000)
				}
				insight := slices.ContainsFunc(b.insights(kind).all(), func(l line) bool { return l.id() == said.Line })
				if want := on >= 20014 && !was[len(was)-1]; insight != want {
					t.Errorf("%s/%s: on day %d an insight is said: %v, want %v", kind, tone, on-20000, insight, want)
				}
				was = append(was, insight)
			}
		}
	}
}

// TestLinesComeBackSlowly repeats the figure of the policy: at four nudges a
// week of one kind, a line comes back after about three weeks.
func TestLinesComeBackSlowly(t *testing.T) {
	b := book(t)
	last, gaps := map[string]day.Date{}, []int(nil)
	var shown History
	var l Line
	for on := day.Date(20000); on < 20000+365; on += 2 {
		l, shown = b.Choose(hills(t, on), shown, "telegram/1")
		if was, ok := last[l.Text]; ok {
			gaps = append(gaps, int(on-was))
		}
		last[l.Text] = on
	}
	slices.Sort(gaps)
	if got := gaps[len(gaps)/2]; got < 15 {
		t.Errorf("half of the lines come back within %d days, want 15 or more", got)
	}
}

func TestAMissingVariableFallsBack(t *testing.T) {
	b := book(t)
	f := Facts{Date: 20000, Kind: day.Easy, Eased: true}
	if got, _ := b.Choose(f, nil, "x/1"); got.Text != "Today is easy. Open the plan for details." {
		t.Errorf("without the session's minutes it says %q", got.Text)
	}
}

func TestTheGentleVersionIsSaidAsSuch(t *testing.T) {
	b := book(t)
	f := hills(t, 20000)
	f.Gentler = true
	f.Session = planBook(t).Session(plan.New, 3, day.Hill, true, plan.Sore, plan.Scale{}).Vars()
	if got, _ := b.Choose(f, nil, "x/1"); !strings.Contains(got.Text, "Walk 20 min on the flat.") {
		t.Errorf("the gentle version says %q", got.Text)
	}
}

func TestHistoryStaysSmall(t *testing.T) {
	b := book(t)
	var shown History
	for on := day.Date(20000); on < 20365; on++ {
		f := hills(t, on)
		f.Kind = day.Kinds[int(on)%len(day.Kinds)]
		_, shown = b.Choose(f, shown, "telegram/1")
	}
	text, err := json.Marshal(shown)
	if err != nil {
		t.Fatal(err)
	}
	if len(text) > 400 {
		t.Errorf("a year of nudges is kept in %d bytes, want at most 400: %s", len(text), text)
	}
	var again History
	if err := json.Unmarshal(text, &again); err != nil || !slices.Equal(again, shown) {
		t.Errorf("read back: %v, %v", again, err)
	}
}

func FuzzHistory(f *testing.F) {
	f.Add("h1abc.ffa r0.zz")
	f.Fuzz(func(t *testing.T, text string) {
		var h History
		if h.UnmarshalText([]byte(text)) != nil {
			return
		}
		if _, err := h.MarshalText(); err != nil {
			t.Errorf("%q is read and not written: %v", text, err)
		}
	})
}

// TestEveryNoteCanBeSaid gives the notes all that they may need.
func TestEveryNoteCanBeSaid(t *testing.T) {
	b := book(t)
	vars := map[string]string{}
	for _, names := range b.rules.Variables {
		for _, name := range names {
			vars[name] = "x"
		}
	}
	for name := range b.notes {
		if b.Note(name, vars, "x/1", 20000) == "" {
			t.Errorf("nothing is said for %q", name)
		}
	}
	if got := b.Note("late", nil, "x/1", 20000); got != "" {
		t.Errorf("a note with a hole says %q", got)
	}
}
