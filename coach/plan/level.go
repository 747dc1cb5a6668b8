package plan

// Level is how much training a runner is used to.
type Level string

// The levels, lowest first. The empty Level is that of somebody who was not asked.
const (
	New      Level = "new"
	Regular  Level = "regular"
	Seasoned Level = "seasoned"
)

// Levels are the levels, lowest first.
var Levels = []Level{New, Regular, Seasoned}

// ParseLevel returns the level that is named s, and whether there is one.
func ParseLevel(s string) (Level, bool) {
	for _, l := range Levels {
		if string(l) == s {
			return l, true
		}
	}
	return "", false
}

// Lower returns the level below l, or l if it is the lowest.
func (l Level) Lower() Level {
	if l == Seasoned {
		return Regular
	}
	return New
}

// Upper returns the level above l, or l if it is the highest.
func (l Level) Upper() Level {
	if l == New {
		return Regular
	}
	return Seasoned
}

type levelRow struct {
	Name     string   `yaml:"name"`
	Talk     string   `yaml:"talk"`
	Enter    string   `yaml:"enter"`
	PerWeek  int      `yaml:"runs_a_week"`
	Weeks    int      `yaml:"weeks"`
	Longest  int      `yaml:"longest"`
	HardDone int      `yaml:"hard"`
	Slots    []string `yaml:"slots"`
}

// Running is what a runner says of their running so far.
type Running struct {
	PerWeek int // runs a week
	Weeks   int // for how many weeks
	Longest int // longest run of the last 30 days without walking, in minutes
	Hard    int // hill and interval sessions in the last 28 days
}

// Fits returns the highest level whose entry row r meets.
func (b *Book) Fits(r Running) Level {
	fit := New
	for _, l := range Levels[1:] {
		row := b.levels.Levels[l]
		if r.PerWeek >= row.PerWeek && r.Weeks >= row.Weeks && r.Longest >= row.Longest && r.Hard >= row.HardDone {
			fit = l
		}
	}
	return fit
}

// Enter returns the entry row of level in plain words.
func (b *Book) Enter(level Level) string { return b.row(level).Enter }

// Talk returns how much talking an effort leaves at level, as "short sentences".
func (b *Book) Talk(level Level) string { return b.row(level).Talk }

// row returns the row of level; somebody who was not asked is new.
func (b *Book) row(level Level) levelRow { return b.levels.Levels[known(level)] }

func known(level Level) Level {
	if level == "" {
		return New
	}
	return level
}
