package plan

import "fmt"

// easyTable is the table of easy days.
type easyTable struct {
	Legs   string              `yaml:"legs"`
	RPE    []int               `yaml:"rpe"`
	Levels map[Level]easyLevel `yaml:"levels"`
}

type easyLevel struct {
	Names    []string         `yaml:"names"` // the second is of the short run
	WarmUp   spell            `yaml:"warm_up"`
	CoolDown spell            `yaml:"cool_down"`
	Repeats  string           `yaml:"repeats"`
	Once     string           `yaml:"once"`
	Cues     []string         `yaml:"cues"`
	Mistakes []string         `yaml:"mistakes"`
	Swaps    map[Swap]swapRow `yaml:"swaps"`
	Runs     []runRow         `yaml:"runs"`
	Long     []int            `yaml:"long"`  // minutes
	Short    []int            `yaml:"short"` // minutes
}

// runRow is a run in parts, in seconds; a walk follows every part.
type runRow struct {
	Reps int `yaml:"reps"`
	Run  int `yaml:"run"`
	Walk int `yaml:"walk"`
}

func (r runRow) main() int { return r.Reps * (r.Run + r.Walk) }

// on returns the run of a week.
func (l easyLevel) on(week int, long bool) runRow {
	if len(l.Runs) > 0 {
		return l.Runs[min(week, len(l.Runs))-1]
	}
	if len(l.Short) > 0 && !long {
		return runRow{1, l.Short[week-1] * 60, 0}
	}
	return runRow{1, l.Long[week-1] * 60, 0}
}

// shorter returns r with a part less, or, if it is one part, a minute less.
func (r runRow) shorter() (runRow, bool) {
	if r.Reps > 1 {
		r.Reps--
		return r, true
	}
	r.Run -= 60
	return r, r.Run > 0
}

// scaled returns percent of r: of its parts, or, if it is one part, of its minutes.
func (r runRow) scaled(percent int) runRow {
	if r.Reps > 1 {
		r.Reps = max(share(r.Reps, percent), 1)
		return r
	}
	r.Run = max(share(r.Run/60, percent), 1) * 60
	return r
}

// run completes the card of an easy day.
func (b *Book) run(c Card, long bool, swap Swap, scale Scale) Card {
	level := b.easy.Levels[c.Level]
	c.Name, c.Legs, c.Cues, c.Mistakes = level.Names[0], b.easy.Legs, level.Cues, level.Mistakes
	if !long {
		c.Name = level.Names[len(level.Names)-1]
	}
	c.Swaps = nil
	other := b.swapped(&c, level.Swaps, swap, &scale)
	tabled := level.on(c.Week, long)
	row := tabled.scaled(scale.Volume).scaled(other.Volume)
	total := func(r runRow) int { return level.WarmUp.Minutes + level.CoolDown.Minutes + minutes(r.main()) }
	ran := func(r runRow) int {
		if c.Level == New {
			return 60 * total(r)
		}
		return r.Reps * r.Run
	}
	for b.over(ran(row), scale) || scale.Minutes > 0 && total(row) > scale.Minutes {
		if b.over(ran(row), scale) {
			c.Trim = b.rules.Progress["PR-4"].Words
		}
		less, ok := row.shorter()
		if !ok {
			break
		}
		row = less
	}
	c.Warm, c.Cool, c.Minutes = level.WarmUp.Minutes, level.CoolDown.Minutes, total(row)
	c.WarmUp, c.CoolDown, c.Running = level.WarmUp.Words, level.CoolDown.Words, ran(row)/60
	rpe := [2]int{b.easy.RPE[0], b.easy.RPE[1]}
	if other.Walk {
		c.Name = b.words.Swaps[c.Swap].Name
		c.Main = fill(other.Main, map[string]string{"main": fmt.Sprint(minutes(row.main()))})
		if c.Level != New {
			c.Running = 0
		}
		return b.felt(c, [2]int{other.RPE[0], other.RPE[1]}, scale)
	}
	c.Main = level.words(row)
	return b.felt(c, rpe, scale)
}

// words returns a run in a sentence.
func (l easyLevel) words(r runRow) string {
	if r.Reps == 1 && r.Walk == 0 || l.Repeats == "" {
		return fill(l.Once, map[string]string{"run": span(r.Run)})
	}
	return fill(l.Repeats, map[string]string{"reps": fmt.Sprint(r.Reps), "run": span(r.Run), "walk": span(r.Walk)})
}
