package plan

import "legcoach/coach/day"

type careTable struct {
	Return           []returnRow          `yaml:"return"`
	TwoWeeksFrom     int                  `yaml:"two_weeks_from"`
	StrengthSessions int                  `yaml:"strength_sessions"`
	StrengthRIR      int                  `yaml:"strength_rir"`
	LeastReps        int                  `yaml:"least_reps"`
	LeastSets        int                  `yaml:"least_sets"`
	Heat             []heatRow            `yaml:"heat"`
	TooHot           int                  `yaml:"too_hot"`
	NewToHeat        string               `yaml:"new_to_heat"`
	FullSun          string               `yaml:"full_sun"`
	StopInHeat       string               `yaml:"stop_in_heat"`
	Conditions       map[string]condition `yaml:"conditions"`
	Illness          illnessTable         `yaml:"illness"`
	Pain             painTable            `yaml:"pain"`
}

type heatRow struct {
	From     int      `yaml:"from"` // feels like, in °C
	Hard     heatCell `yaml:"hard"`
	Easy     heatCell `yaml:"easy"`
	Strength heatCell `yaml:"strength"`
}

type heatCell struct {
	Down     int    `yaml:"down"`
	Recovery int    `yaml:"recovery"`
	Minutes  int    `yaml:"minutes"`
	Effort   int    `yaml:"effort"`
	Indoors  bool   `yaml:"indoors"`
	None     bool   `yaml:"none"`
	Words    string `yaml:"words"`
}

type condition struct {
	Kinds []day.Kind `yaml:"kinds"` // what may still be done outdoors
	Words string     `yaml:"words"`
}

// Heat is what heat does to a session.
type Heat struct {
	Words   string // empty if nothing changes
	Indoors bool   // not outdoors
	None    bool   // and better not at all
	scale   Scale
}

// On returns scale with the heat's own limits in it.
func (h Heat) On(scale Scale) Scale {
	scale.Down += h.scale.Down
	scale.Recovery += h.scale.Recovery
	if h.scale.Minutes > 0 && (scale.Minutes == 0 || h.scale.Minutes < scale.Minutes) {
		scale.Minutes = h.scale.Minutes
	}
	if h.scale.Effort > 0 {
		scale.Effort = h.scale.Effort
	}
	return scale
}

// Heat returns what a feels-like temperature in °C does to a session of a kind.
// Somebody in their first seven days of heat takes the next hotter row.
func (b *Book) Heat(feelsLike int, kind day.Kind, unused bool) Heat {
	at := 0
	for i, row := range b.care.Heat {
		if feelsLike >= row.From {
			at = i
		}
	}
	if unused && at > 0 {
		at = min(at+1, len(b.care.Heat)-1)
	}
	var cell heatCell
	switch row := b.care.Heat[at]; {
	case kind.Hard():
		cell = row.Hard
	case kind == day.Easy:
		cell = row.Easy
	case kind == day.Strength:
		cell = row.Strength
	}
	return Heat{Words: cell.Words, Indoors: cell.Indoors, None: cell.None,
		scale: Scale{Down: cell.Down, Recovery: cell.Recovery, Minutes: cell.Minutes, Effort: cell.Effort}}
}

// HeatAdvice returns what is always said of heat: when to stop, and what sun and being new to it change.
func (b *Book) HeatAdvice() (stop, sun, unused string) {
	return b.care.StopInHeat, b.care.FullSun, b.care.NewToHeat
}

// Condition returns what a condition ("ice", "cold", "dark", "air", "alone")
// means in plain words, and the kinds that may still be done outdoors.
func (b *Book) Condition(name string) (words string, outdoors []day.Kind, ok bool) {
	c, ok := b.care.Conditions[name]
	return c.Words, c.Kinds, ok
}
