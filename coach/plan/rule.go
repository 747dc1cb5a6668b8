package plan

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"legcoach/coach/day"
)

type ruleTable struct {
	Spacing  map[string]spacingRow  `yaml:"spacing"`
	Repair   []day.Kind             `yaml:"repair"`
	Progress map[string]progressRow `yaml:"progress"`
}

type spacingRow struct {
	Words   string         `yaml:"words"`
	Never   string         `yaml:"never"`
	Most    map[Level]int  `yaml:"most"`
	Allowed map[Level]bool `yaml:"allowed"`
	Levels  []Level        `yaml:"levels"` // the levels it holds for; empty is all
	Anyway  bool           `yaml:"anyway"`
}

type progressRow struct {
	Words  string `yaml:"words"`
	Repeat string `yaml:"repeat"`
	// Needs names what a week needs by its training days, and NeedsHard one that has hard days.
	Needs      map[int]string `yaml:"needs"`
	NeedsHard  string         `yaml:"needs_hard"`
	Refuse     string         `yaml:"refuse"`
	Up         string         `yaml:"up"`
	Training   int            `yaml:"training"`
	Hard       int            `yaml:"hard"`
	Over       int            `yaml:"over"`
	Repeats    int            `yaml:"repeats"`
	Percent    int            `yaml:"percent"`
	Days       int            `yaml:"days"`
	Reps       int            `yaml:"reps"`
	WarnAt     int            `yaml:"warn_at"`
	RefuseAt   int            `yaml:"refuse_at"`
	From       int            `yaml:"from"`
	Good       int            `yaml:"good"`
	Boundaries []int          `yaml:"boundaries"`
}

// Broken is a spacing rule that days break.
type Broken struct {
	// Rule is its name: "SP-1".
	Rule string
	// Date is the last of the dates that break it.
	Date day.Date
	// Words say the rule in plain words.
	Words string
	// Anyway says that the runner may do it all the same.
	Anyway bool
}

// applies reports whether a spacing rule holds for a level.
func (t ruleTable) applies(rule string, level Level) bool {
	row := t.Spacing[rule]
	return len(row.Levels) == 0 || slices.Contains(row.Levels, known(level))
}

// most is the number in a spacing rule.
func (t ruleTable) most(rule string, level Level) int { return t.Spacing[rule].Most[known(level)] }

// broken returns a rule as broken on a date.
func (b *Book) broken(rule string, level Level, d day.Date) Broken {
	row, n := b.rules.Spacing[rule], b.rules.most(rule, level)
	days := "days"
	if n == 1 {
		days = "day"
	}
	words := fill(row.Words, map[string]string{"most": fmt.Sprint(n), "days": days})
	anyway := row.Anyway
	if rule == "SP-6" {
		anyway = row.Allowed[known(level)]
		if !anyway {
			words = row.Never
		}
	}
	return Broken{Rule: rule, Date: d, Words: words, Anyway: anyway}
}

// Check returns the spacing rules that days break, in the order of rules and
// dates. The dates are in order; a date may stand twice if two sessions are on
// it, and one that is missing is a rest day.
func (b *Book) Check(level Level, days []Planned) []Broken {
	if len(days) == 0 {
		return nil
	}
	level = known(level)
	line := b.line(level, days)
	found := line.stacked
	for _, check := range []func(*Book, Level, sequence) []Broken{neighbours, counts, stretches} {
		found = append(found, check(b, level, line)...)
	}
	found = append(found, b.moved(level, days)...)
	slices.SortStableFunc(found, func(x, y Broken) int {
		if x.Rule != y.Rule {
			return ruleNumber(x.Rule) - ruleNumber(y.Rule)
		}
		return int(x.Date) - int(y.Date)
	})
	return found
}

func ruleNumber(rule string) int {
	n, _ := strconv.Atoi(strings.TrimPrefix(rule, "SP-")) // rules without a number come first
	return n
}

// added returns the rules in after that were not broken on the same dates before.
func added(before, after []Broken) []Broken {
	return slices.DeleteFunc(slices.Clone(after), func(x Broken) bool {
		return slices.ContainsFunc(before, func(y Broken) bool { return x.Rule == y.Rule && x.Date == y.Date })
	})
}

// Allowed reports whether the runner may do something although it breaks these rules.
func Allowed(broken []Broken) bool {
	return !slices.ContainsFunc(broken, func(x Broken) bool { return !x.Anyway })
}

// running reports whether a kind is a run for SP-9.
func running(k day.Kind) bool { return k.Hard() || k == day.Easy }
