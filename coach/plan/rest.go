package plan

// restTable is the table of rest days.
type restTable struct {
	Legs       string   `yaml:"legs"`
	Name       string   `yaml:"name"`
	Main       string   `yaml:"main"`
	NotToday   string   `yaml:"not_today"`
	Cues       []string `yaml:"cues"`
	Mistakes   []string `yaml:"mistakes"`
	Restless   string   `yaml:"restless"`
	Stretching string   `yaml:"stretching"`
	Levels     map[Level]struct {
		Minutes int    `yaml:"minutes"`
		RPE     []int  `yaml:"rpe"`
		Walk    string `yaml:"walk"`
	} `yaml:"levels"`
}

// resting completes the card of a rest day. Its walk is optional, so the card has no minutes.
func (b *Book) resting(c Card) Card {
	level := b.rest.Levels[c.Level]
	c.Name, c.Legs, c.Cues, c.Mistakes = b.rest.Name, b.rest.Legs, b.rest.Cues, b.rest.Mistakes
	c.short = b.words.Rest
	c.Main = b.rest.Main + " " + level.Walk + " " + b.rest.NotToday
	return c
}
