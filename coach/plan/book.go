package plan

import (
	"fmt"

	"legcoach/coach/content"
	"legcoach/coach/day"
)

// Book is the plan as data: its tables and its words. It is never changed.
type Book struct {
	levels struct {
		Levels    map[Level]levelRow `yaml:"levels"`
		Quality   []day.Kind         `yaml:"quality"`
		Bridge    []int              `yaml:"bridge"`
		Deloads   []int              `yaml:"deloads"`
		Blocks    []int              `yaml:"blocks"`
		Unsure    string             `yaml:"unsure"`
		WalkFirst string             `yaml:"walk_first"`
		Effort    []struct {
			From  int    `yaml:"from"`
			Words string `yaml:"words"`
		} `yaml:"effort"`
		Check checkTable `yaml:"check"`
	}
	hill, interval effortTable
	strength       strengthTable
	easy           easyTable
	rest           restTable
	rules          ruleTable
	care           careTable
	words          wordTable
}

// weeks is how many training weeks a level has before any bridge.
const weeks = 12

// Load reads the plan from the content and checks that its tables are whole.
func Load() (*Book, error) {
	b := new(Book)
	for name, into := range map[string]any{
		"levels": &b.levels, "hill": &b.hill, "interval": &b.interval, "strength": &b.strength,
		"easy": &b.easy, "rest": &b.rest, "rules": &b.rules, "care": &b.care, "words": &b.words,
	} {
		if err := content.Decode("plan/"+name+".yaml", into); err != nil {
			return nil, err
		}
	}
	if err := b.whole(); err != nil {
		return nil, fmt.Errorf("read the plan: %w", err)
	}
	return b, nil
}

// whole returns an error if a table lacks a level, a week, a block or a slot.
func (b *Book) whole() error {
	if len(b.levels.Quality) != weeks {
		return fmt.Errorf("levels: quality has %d weeks, want %d", len(b.levels.Quality), weeks)
	}
	for _, l := range Levels {
		if n := len(b.levels.Levels[l].Slots); n != 7 {
			return fmt.Errorf("levels: %s has %d slots, want 7", l, n)
		}
		for kind, t := range map[day.Kind]effortTable{day.Hill: b.hill, day.Interval: b.interval} {
			if n, m := len(t.Levels[l].Weeks), len(t.Levels[l].Blocks); n != weeks || m != 3 {
				return fmt.Errorf("%s: %s has %d weeks and %d blocks, want %d and 3", kind, l, n, m, weeks)
			}
		}
		if n, m := len(b.strength.Levels[l].Weeks), len(b.strength.Levels[l].Blocks); n != weeks || m != 3 {
			return fmt.Errorf("strength: %s has %d weeks and %d blocks, want %d and 3", l, n, m, weeks)
		}
		if n := len(b.easy.Levels[l].Runs) + len(b.easy.Levels[l].Long); n < weeks {
			return fmt.Errorf("easy: %s has %d weeks, want %d or more", l, n, weeks)
		}
	}
	return nil
}

// Last returns the number of the last training week of level: 12, and for new
// runners 16, of which 13 to 16 are the bridge to regular.
func (b *Book) Last(level Level) int {
	if known(level) == New {
		return weeks + len(b.levels.Bridge)
	}
	return weeks
}

// Deload reports whether a training week is a lighter one.
func (b *Book) Deload(week int) bool {
	for _, d := range b.levels.Deloads {
		if d == week {
			return true
		}
	}
	return false
}

// WeekName returns how a training week is called: "week 3", "bridge week 2".
func (b *Book) WeekName(week int) string {
	if week > weeks {
		return fill(b.words.Bridge, map[string]string{"n": fmt.Sprint(week - weeks)})
	}
	return fill(b.words.Week, map[string]string{"n": fmt.Sprint(week)})
}

// tabled returns the row, 1 to 12, that hard and strength days of a week have.
func (b *Book) tabled(level Level, week int) int {
	if week > weeks && known(level) == New {
		return b.levels.Bridge[min(week-weeks, len(b.levels.Bridge))-1]
	}
	return min(max(week, 1), weeks)
}

// block returns which block a row belongs to: 0, 1 or 2.
func block(row int) int { return (row - 1) / 4 }
