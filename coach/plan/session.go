package plan

import (
	"fmt"
	"time"

	"legcoach/coach/day"
)

type spell struct {
	Minutes int    `yaml:"minutes"`
	Running int    `yaml:"running"`
	Words   string `yaml:"words"`
}

type swapRow struct {
	Minutes  int    `yaml:"minutes"`   // what is done instead, in minutes
	RPE      []int  `yaml:"rpe"`       // its effort
	Main     string `yaml:"main"`      // what is done instead
	Note     string `yaml:"note"`      // what changes beside the main set
	Walk     bool   `yaml:"walk"`      // the run is walked
	Volume   int    `yaml:"volume"`    // percent of easy minutes
	Sets     int    `yaml:"sets"`      // percent of sets, rounded up
	MaxSets  int    `yaml:"max_sets"`  // sets at most
	Reps     int    `yaml:"reps"`      // percent of reps
	NoBursts bool   `yaml:"no_bursts"` // without the bursts
}

// Session returns the card of one session. Week is 1 to [Book.Last] and brought
// into it; long tells seasoned runners' long easy run from the short one. A day
// without a session has a card without minutes.
func (b *Book) Session(level Level, week int, kind day.Kind, long bool, swap Swap, scale Scale) Card {
	level = known(level)
	week = min(max(week, 1), b.Last(level))
	c := Card{Kind: kind, Level: level, Week: week, title: b.words.Titles[kind], talk: b.row(level).Talk,
		week: b.WeekName(week), lines: b.words.Card, short: b.words.Short}
	if b.Deload(week) {
		c.week = fill(b.words.Deload, map[string]string{"week": c.week})
	}
	switch {
	case kind.Hard():
		return b.effort(c, long, swap, scale)
	case kind == day.Strength:
		return b.strong(c, swap, scale)
	case kind == day.Easy:
		return b.run(c, long, swap, scale)
	case kind == day.Rest:
		return b.resting(c)
	}
	c.Main = b.words.Free
	return c
}

// swapped returns what swap makes of a session that has rows, and takes it into the card.
func (b *Book) swapped(c *Card, rows map[Swap]swapRow, swap Swap, scale *Scale) swapRow {
	for _, s := range swaps {
		if _, ok := rows[s]; ok || s == Hot {
			c.Swaps = append(c.Swaps, s)
		}
	}
	if swap == Hot {
		c.Swap = Hot
		heat := b.Heat(b.care.TooHot, c.Kind, false)
		c.Note, *scale = heat.Words, heat.On(*scale)
		return swapRow{}
	}
	row, ok := rows[swap]
	if ok {
		c.Swap, c.Note = swap, row.Note
	}
	return row
}

// instead makes c the other session that a swap stands for.
func (b *Book) instead(c Card, row swapRow) Card {
	c.Main, c.Minutes, c.Name = row.Main, row.Minutes, b.words.Swaps[c.Swap].Name
	c.WarmUp, c.CoolDown, c.Warm, c.Cool, c.Slope, c.Legs, c.Cues, c.Mistakes = "", "", 0, 0, "", "", nil, nil
	if c.Level == New {
		c.Running = c.Minutes
	}
	return b.felt(c, [2]int{row.RPE[0], row.RPE[1]}, Scale{})
}

// felt gives c its target effort in numbers and words.
func (b *Book) felt(c Card, rpe [2]int, scale Scale) Card {
	for i := range rpe {
		rpe[i] = max(rpe[i]-scale.Down, 1)
		if scale.Effort > 0 {
			rpe[i] = min(rpe[i], scale.Effort)
		}
	}
	c.RPE = rpe
	span := fmt.Sprint(rpe[0])
	if rpe[1] > rpe[0] {
		span = fmt.Sprintf("%d-%d", rpe[0], rpe[1])
	}
	words := b.effortWords(rpe[1])
	if c.Kind.Hard() && rpe[0] >= 4 {
		words = c.talk
	}
	c.Effort = fill(b.words.Effort, map[string]string{"range": span, "words": words})
	return c
}

// effortWords returns how an effort from 0 to 10 feels.
func (b *Book) effortWords(rpe int) (words string) {
	for _, e := range b.levels.Effort {
		if rpe >= e.From {
			words = e.Words
		}
	}
	return words
}

// over reports whether a run of this many seconds is longer than PR-4 allows.
func (b *Book) over(seconds int, scale Scale) bool {
	return scale.Longest > 0 && seconds*100 > scale.Longest*60*b.rules.Progress["PR-4"].Percent
}

// share returns percent of n, rounded down; all of it if percent is 0.
func share(n, percent int) int {
	if percent == 0 {
		return n
	}
	return n * percent / 100
}

// shareUp returns percent of n, rounded up; all of it if percent is 0.
func shareUp(n, percent int) int {
	if percent == 0 {
		return n
	}
	return (n*percent + 99) / 100
}

func minutes(seconds int) int { return (seconds + 59) / 60 }

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }
