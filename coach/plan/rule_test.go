package plan

import (
	"slices"
	"strings"
	"testing"

	"legcoach/coach/day"
)

// monday0 is a Monday; the days of the tests begin there.
const monday0 = day.Date(20003)

// days lays out days in letters, one a day from a Monday on: h, i, s, e, r; a
// pair in brackets is two sessions on one day.
func days(text string) (out []Planned) {
	d, inside := monday0, false
	for _, c := range text {
		switch c {
		case '(', ')':
			inside = c == '('
			if !inside {
				d++
			}
		case ' ':
		default:
			kind := lettered[strings.IndexRune(letters, c)]
			out = append(out, Planned{Date: d, Kind: kind, Slot: kind})
			if !inside {
				d++
			}
		}
	}
	return out
}

// breaks returns the names of the rules that days in letters break.
func breaks(b *Book, level Level, text string) (rules []string) {
	for _, x := range b.Check(level, days(text)) {
		if !slices.Contains(rules, x.Rule) {
			rules = append(rules, x.Rule)
		}
	}
	return rules
}

func TestSpacingRules(t *testing.T) {
	for _, test := range []struct {
		rule  string
		level Level
		holds string
		not   string
	}{
		{"SP-1", Regular, "rhrirsr", "rhirrsr"},
		{"SP-1", Seasoned, "rhrhrsr", "rhhrrsr"},
		{"SP-1", Regular, "rirhrsr", "riirrsr"},
		{"SP-2", New, "rhrsrer rhrsrer", "rhrsrhr"},
		{"SP-2", Regular, "rhrirer rhrirer", "hrirhrr"},
		{"SP-2", Seasoned, "rhrirse rhrirse", "rhrireh rir"},
		{"SP-3", New, "rsrsrer rsrsrer", "rsrsrsr"},
		{"SP-3", Regular, "rsresrr", "srsresr"},
		{"SP-4", New, "rsrser r", "rssrer r"},
		{"SP-5", New, "rhsrer r", "rshrer r"},
		{"SP-5", Regular, "risrer r", "rsirer r"},
		{"SP-6", New, "r e s r r r r", "r (es) r r r r r"},
		{"SP-7", New, "rsereer rsereer", "esrsese"},
		{"SP-7", Regular, "rhsriser", "rhseise"},
		{"SP-7", Seasoned, "rhseise", "ehseise"},
		{"SP-8", New, "rsesrer", "r seses r"},
		{"SP-8", Regular, "rhsersr", "rhsesrr"},
		{"SP-8", Seasoned, "rhseiser", "rhseisee"},
		{"SP-9", New, "rersere", "reersrr"},
		{"SP-9", New, "rhrersr", "rhersrr"},
		{"SP-10", New, "errrrer", "errrrhr"},
		{"SP-10", Regular, "errrrer", "errrrsr"},
		{"SP-10", Seasoned, "errrhrr", "errrrhr"},
		{"SP-11", Regular, "r e r h r r r", "r (eh) r r r r r"},
	} {
		b := book(t)
		if got := breaks(b, test.level, test.holds); slices.Contains(got, test.rule) {
			t.Errorf("%s %s: %q breaks %v, want it to hold", test.rule, test.level, test.holds, got)
		}
		if got := breaks(b, test.level, test.not); !slices.Contains(got, test.rule) {
			t.Errorf("%s %s: %q breaks %v, want %s", test.rule, test.level, test.not, got, test.rule)
		}
	}
}

// TestSP6SameDay tells run and strength on one day apart by level.
func TestSP6SameDay(t *testing.T) {
	b := book(t)
	for level, anyway := range map[Level]bool{New: false, Regular: true, Seasoned: true} {
		got := b.Check(level, days("r (es) r r r r r"))
		if len(got) != 1 || got[0].Rule != "SP-6" || got[0].Anyway != anyway || got[0].Words == "" {
			t.Errorf("%s: %+v, want SP-6 with anyway %t", level, got, anyway)
		}
	}
}

// TestSP9IsForNewRunners makes sure that others may run on two days in a row.
func TestSP9IsForNewRunners(t *testing.T) {
	if got := breaks(book(t), Regular, "reersrr"); got != nil {
		t.Errorf("easy days in a row break %v for a regular, want nothing", got)
	}
}

// TestSP12MovesByOneDay moves a hard day by one and by two days.
func TestSP12MovesByOneDay(t *testing.T) {
	b := book(t)
	for by, want := range map[day.Date]bool{-2: true, -1: false, 1: false, 2: true} {
		line := days("rrrhrrr")
		line[3].From = line[3].Date - by
		got := slices.ContainsFunc(b.Check(Regular, line), func(x Broken) bool { return x.Rule == "SP-12" })
		if got != want {
			t.Errorf("moved by %d: SP-12 broken is %t, want %t", by, got, want)
		}
	}
}

func TestWhatMayBeDoneAnyway(t *testing.T) {
	b := book(t)
	for rule, want := range map[string]bool{"SP-1": false, "SP-2": false, "SP-3": true, "SP-4": true, "SP-5": true,
		"SP-7": false, "SP-8": true, "SP-9": false, "SP-10": false, "SP-11": false, "SP-12": true} {
		got := b.broken(rule, Regular, monday0)
		if got.Anyway != want || got.Words == "" {
			t.Errorf("%s: %+v, want anyway %t and words", rule, got, want)
		}
	}
}

func TestMissedDaysCountAsRest(t *testing.T) {
	b := book(t)
	line := days("rhrrirr")
	line[1].Closed = true // the hills were not done
	line[2].Kind = day.Interval
	if got := b.Check(Regular, line); len(got) > 0 {
		t.Errorf("intervals the day after hills that were not done break %v, want nothing", got)
	}
}

// TestDefaultWeeksHold checks the slots of every level, turned to every
// weekday, week after week.
func TestDefaultWeeksHold(t *testing.T) {
	b := book(t)
	for _, level := range Levels {
		for hard := range 7 {
			var line []Planned
			for i := range 7 * b.Last(level) {
				d := monday0 + day.Date(i)
				kind := b.Default(level, i/7+1, weekdays[hard]).On(d)
				line = append(line, Planned{Date: d, Kind: kind, Slot: kind})
			}
			if got := b.Check(level, line); len(got) > 0 {
				t.Errorf("%s from %s: %v, want nothing broken", level, weekdays[hard], got)
			}
		}
	}
}
