package plan

import "fmt"

// strengthTable is the table of strength days. Exercises come in the order
// squat, lunge, calf, bridge.
type strengthTable struct {
	Legs    string `yaml:"legs"`
	PerRep  int    `yaml:"seconds_per_rep"`
	Deload  int    `yaml:"deload_rir"`
	Main    string `yaml:"main"`
	Load    string `yaml:"load"`
	Set     string `yaml:"set"`
	SetLegs string `yaml:"set_legs"`
	Levels  map[Level]struct {
		WarmUp   spell `yaml:"warm_up"`
		CoolDown spell `yaml:"cool_down"`
		Rest     []int `yaml:"rest"` // seconds between sets
		Blocks   []struct {
			Name      string   `yaml:"name"`
			RIR       int      `yaml:"rir"`
			Sides     []int    `yaml:"sides"`
			Exercises []string `yaml:"exercises"`
		} `yaml:"blocks"`
		Cues     []string         `yaml:"cues"`
		Mistakes []string         `yaml:"mistakes"`
		Swaps    map[Swap]swapRow `yaml:"swaps"`
		Weeks    [][][]int        `yaml:"weeks"` // [sets, reps] of each exercise
	} `yaml:"levels"`
}

// exercises are the variables under which the main sentence knows the exercises.
var exercises = []string{"squat", "lunge", "calf", "bridge"}

// LoadRule returns when to go up in load, in plain words.
func (b *Book) LoadRule() string { return b.strength.Load }

// strong completes the card of a strength day.
func (b *Book) strong(c Card, swap Swap, scale Scale) Card {
	level, row := b.strength.Levels[c.Level], b.tabled(c.Level, c.Week)
	part := level.Blocks[block(row)]
	c.Name, c.Legs, c.Cues, c.Mistakes = part.Name, b.strength.Legs, level.Cues, level.Mistakes
	other := b.swapped(&c, level.Swaps, swap, &scale)
	if other.Main != "" {
		return b.instead(c, other)
	}
	c.RIR = part.RIR + scale.RIR
	if b.Deload(row) {
		c.RIR += b.strength.Deload
	}
	main, vars := 0, map[string]string{"rir": fmt.Sprint(c.RIR)}
	for i, name := range exercises {
		set := Sets{Name: part.Exercises[i], PerLeg: part.Sides[i] == 2}
		set.Sets, set.Reps = b.lighter(level.Weeks[row-1][i], other, scale)
		set.seconds = set.Sets * (set.Reps*b.strength.PerRep*part.Sides[i] + level.Rest[i])
		main += set.seconds
		c.Sets = append(c.Sets, set)
		vars[name], vars[name+"_name"] = b.setWords(set), set.Name
	}
	c.WarmUp, c.CoolDown, c.Warm, c.Cool = level.WarmUp.Words, level.CoolDown.Words, level.WarmUp.Minutes, level.CoolDown.Minutes
	c.Minutes = c.Warm + c.Cool + minutes(main)
	c.Main = fill(b.strength.Main, vars)
	return c
}

// lighter returns the sets and reps that a swap and a scale leave of those tabled.
func (b *Book) lighter(tabled []int, other swapRow, scale Scale) (sets, reps int) {
	sets = max(shareUp(shareUp(tabled[0], scale.Volume), other.Sets), b.care.LeastSets)
	if other.MaxSets > 0 {
		sets = min(sets, other.MaxSets)
	}
	return sets, max(share(tabled[1], other.Reps), b.care.LeastReps)
}

// setWords returns the sets of an exercise in words: "3 x 8 per leg".
func (b *Book) setWords(s Sets) string {
	template := b.strength.Set
	if s.PerLeg {
		template = b.strength.SetLegs
	}
	return fill(template, map[string]string{"sets": fmt.Sprint(s.Sets), "reps": fmt.Sprint(s.Reps)})
}
