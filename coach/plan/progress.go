package plan

import (
	"fmt"
	"slices"
	"strings"
)

// Facts are what a week came to.
type Facts struct {
	// Planned and PlannedHard are the training days and hard days that it had.
	Planned, PlannedHard int
	// Training is on how many days something was done, swaps included, and Hard
	// on how many a hard session was done as planned.
	Training, Hard int
	// Open says that an amber or a red is open.
	Open bool
	// Over are how much each effort was above its target; below is negative.
	Over []int
}

// Step is what comes after a week.
type Step struct {
	Level   Level
	Week    int
	Repeats int
	Good    int // weeks running for which PR-2 held
	// Rule is the progression rule that decided: "PR-2".
	Rule string
	// Words say it in plain words, and Lighter that a deload begins; empty if none does.
	Words, Lighter string
	// Next is the first week of the block that is offered by PR-9; 0 if none is.
	Next int
	// Up is the level that is offered after week 12; empty if none is.
	Up Level
}

// Held reports whether a week was enough to go on (PR-2): the training days and
// the hard day that the rule names, or as many as the runner's own week has.
func (b *Book) Held(f Facts) bool {
	pr := b.rules.Progress["PR-2"]
	training, hard := min(pr.Training, f.Planned), min(pr.Hard, f.PlannedHard)
	return f.Training >= training && f.Hard >= hard && !f.Open && median(f.Over) <= float64(pr.Over)
}

// Progress returns what comes after the week that s is in.
func (b *Book) Progress(s State, f Facts) Step {
	step := Step{Level: known(s.Level), Week: s.Week, Good: s.Good + 1, Rule: "PR-2"}
	if !b.Held(f) {
		return b.again(s, step, f)
	}
	words := b.rules.Progress["PR-2"].Words
	switch {
	case s.Week == b.Last(s.Level) && s.Bridge && known(s.Level) == New:
		step.Level, step.Week, step.Rule, words = Regular, 1, "PR-8", b.rules.Progress["PR-8"].Up
	case s.Week == weeks:
		step.Week, step.Rule, words = b.following(s, s.Week), "PR-8", b.rules.Progress["PR-8"].Words
		if known(s.Level) != Seasoned && !s.Bridge {
			step.Up = s.Level.Upper()
		}
	default:
		step.Week = b.following(s, s.Week)
	}
	step.Words = b.say(words, step.Week)
	if b.Deload(step.Week) {
		step.Lighter = b.say(b.rules.Progress["PR-7"].Words, step.Week)
	}
	step.Next = b.Ahead(step.Week, step.Good)
	return step
}

// again repeats the week, or, after two repeats, goes one back (PR-3).
func (b *Book) again(s State, step Step, f Facts) Step {
	step.Good, step.Repeats = 0, s.Repeats+1
	words := b.repeatWords(f)
	if step.Repeats > b.rules.Progress["PR-3"].Repeats && step.Week > 1 {
		step.Week, step.Repeats, step.Rule, words = step.Week-1, 0, "PR-3", b.rules.Progress["PR-3"].Words
	}
	step.Words = b.say(words, step.Week)
	return step
}

// repeatWords say what a week like that of f needs for the next step (PR-2).
func (b *Book) repeatWords(f Facts) string {
	pr := b.rules.Progress["PR-2"]
	needs := pr.Needs[max(min(pr.Training, f.Planned), 1)]
	if f.PlannedHard > 0 && f.Planned > 1 {
		needs += pr.NeedsHard
	}
	return strings.ReplaceAll(pr.Repeat, "{training}", needs)
}

// Ahead returns the first week of the next block, if a runner about to begin a
// week may go there because all is too easy (PR-9), or else 0.
func (b *Book) Ahead(week, good int) int {
	pr := b.rules.Progress["PR-9"]
	if !slices.Contains(pr.Boundaries, week) || good < pr.Good {
		return 0
	}
	i := slices.Index(b.levels.Blocks, week)
	if next := b.levels.Blocks[i+1]; next <= weeks {
		return next
	}
	return 0
}

// Rise returns by how many percent running minutes rise from one week to the
// next, and by PR-6 whether to warn and whether to refuse, in plain words.
func (b *Book) Rise(before, after int) (percent int, refuse bool, words string) {
	if before <= 0 || after <= before {
		return 0, false, ""
	}
	pr := b.rules.Progress["PR-6"]
	percent = (after - before) * 100 / before
	vars := map[string]string{"percent": fmt.Sprint(percent)}
	switch {
	case percent >= pr.RefuseAt:
		return percent, true, fill(pr.Refuse, vars)
	case percent >= pr.WarnAt:
		return percent, false, fill(pr.Words, vars)
	}
	return percent, false, ""
}

// RuleWords returns a progression rule in plain words, as far as it has no numbers of its own.
func (b *Book) RuleWords(rule string) string { return fill(b.rules.Progress[rule].Words, nil) }

func (b *Book) say(words string, week int) string {
	return capital(fill(words, map[string]string{"week": b.WeekName(week)}))
}

// median returns the middle of some numbers, 0 if there are none.
func median(of []int) float64 {
	if len(of) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(of))
	i := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return float64(sorted[i])
	}
	return float64(sorted[i-1]+sorted[i]) / 2
}
