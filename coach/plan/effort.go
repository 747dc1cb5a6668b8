package plan

import (
	"legcoach/coach/day"
)

// effortTable is the table of hill or of interval days.
type effortTable struct {
	Legs   string `yaml:"legs"`
	Unit   string `yaml:"unit"`
	SetGap int    `yaml:"set_gap"` // seconds between the climbs and the bursts
	Levels map[Level]struct {
		Slope    string `yaml:"slope"`
		WarmUp   spell  `yaml:"warm_up"`
		CoolDown spell  `yaml:"cool_down"`
		Blocks   []struct {
			Name   string `yaml:"name"`
			WarmUp string `yaml:"warm_up"`
			Main   string `yaml:"main"`
			Alone  string `yaml:"alone"` // Main if bursts are left out
		} `yaml:"blocks"`
		Cues     []string         `yaml:"cues"`
		Mistakes []string         `yaml:"mistakes"`
		Swaps    map[Swap]swapRow `yaml:"swaps"`
		Weeks    []effortRow      `yaml:"weeks"`
	} `yaml:"levels"`
}

type effortRow struct {
	Reps     int        `yaml:"reps"`
	Work     int        `yaml:"work"`     // seconds
	Recovery int        `yaml:"recovery"` // seconds
	RPE      []int      `yaml:"rpe"`
	Bursts   *effortRow `yaml:"bursts"`
}

// main is how long a row takes, in seconds: the last recovery becomes the cool-down.
func (r effortRow) main(gap int) int {
	s := r.Reps*r.Work + (r.Reps-1)*r.Recovery
	if r.Bursts != nil {
		s += gap + r.Bursts.main(0)
	}
	return s
}

// hard is how long the work parts of a row are, in seconds.
func (r effortRow) hard() int {
	s := r.Reps * r.Work
	if r.Bursts != nil {
		s += r.Bursts.hard()
	}
	return s
}

// scaled returns the row that a scale leaves: reps rounded down, at least the fewest.
func (r effortRow) scaled(scale Scale, fewest int) effortRow {
	r.Reps = min(r.Reps, max(share(r.Reps, scale.Reps), fewest))
	r.Recovery += share(r.Recovery, max(scale.Recovery, 0)) * sign(scale.Recovery)
	if r.Bursts != nil {
		bursts := r.Bursts.scaled(scale, fewest)
		r.Bursts = &bursts
	}
	return r
}

func sign(n int) int {
	if n > 0 {
		return 1
	}
	return 0
}

// effort completes the card of a hill or interval day.
func (b *Book) effort(c Card, long bool, swap Swap, scale Scale) Card {
	table := b.hill
	if c.Kind == day.Interval {
		table = b.interval
	}
	level, row := table.Levels[c.Level], b.tabled(c.Level, c.Week)
	part := level.Blocks[block(row)]
	c.Name, c.Legs, c.Slope, c.Cues, c.Mistakes = part.Name, table.Legs, level.Slope, level.Cues, level.Mistakes
	other := b.swapped(&c, level.Swaps, swap, &scale)
	if other.Main != "" {
		return b.instead(c, other)
	}
	set := level.Weeks[row-1].scaled(scale, b.care.LeastReps)
	if other.NoBursts {
		set.Bursts = nil
	}
	ran := func(r effortRow) int {
		if c.Level == New {
			return 60 * (level.WarmUp.Minutes + level.CoolDown.Minutes + minutes(r.main(table.SetGap)))
		}
		return 60*(level.WarmUp.Running+level.CoolDown.Running) + r.main(table.SetGap)
	}
	set, trimmed, fits := b.trim(set, ran, scale)
	if !fits {
		c.Kind, c.Slope, c.Name, c.title = day.Easy, "", "", b.words.Titles[day.Easy]
		return b.run(c, long, AsPlanned, scale)
	}
	if trimmed {
		c.Trim = b.rules.Progress["PR-4"].Words
	}
	c.WarmUp, c.CoolDown, c.Warm, c.Cool = part.WarmUp, level.CoolDown.Words, level.WarmUp.Minutes, level.CoolDown.Minutes
	c.Minutes, c.Running = c.Warm+c.Cool+minutes(set.main(table.SetGap)), ran(set)/60
	main := part.Main
	if set.Bursts == nil && part.Alone != "" {
		main = part.Alone
	}
	return b.felt(c.setOut(set, main), [2]int{set.RPE[0], set.RPE[1]}, scale)
}

// trim takes reps, then bursts, from a set until PR-4 allows it, and reports
// whether it did so and whether at least the fewest reps are left.
func (b *Book) trim(set effortRow, ran func(effortRow) int, scale Scale) (_ effortRow, trimmed, fits bool) {
	for b.over(ran(set), scale) {
		switch {
		case set.Reps > b.rules.Progress["PR-4"].Reps:
			set.Reps--
		case set.Bursts != nil:
			set.Bursts = nil
		default:
			return set, true, false
		}
		trimmed = true
	}
	return set, trimmed, true
}

// setOut gives c the numbers of a set, and its main sentence from a template.
func (c Card) setOut(set effortRow, template string) Card {
	c.Reps, c.Work, c.Recovery, c.Hard = set.Reps, seconds(set.Work), seconds(set.Recovery), seconds(set.hard())
	c.work, c.recovery = span(set.Work), span(set.Recovery)
	vars := map[string]string{"reps": number(set.Reps), "work": c.work, "recovery": c.recovery}
	if set.Bursts != nil {
		c.Bursts = set.Bursts.Reps
		vars["bursts"], vars["burst"], vars["burst_recovery"] = number(c.Bursts), span(set.Bursts.Work), span(set.Bursts.Recovery)
	}
	c.Main = fill(template, vars)
	return c
}
