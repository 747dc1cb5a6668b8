package safety

import "legcoach/coach/content"

// Replies are the fixed texts, word for word what is sent.
type Replies struct {
	Green           Reply `yaml:"green"`
	Amber           Reply `yaml:"amber"`
	AmberLong       Reply `yaml:"amber_long"` // amber for 7 days, or a third time in 14
	Red             Reply `yaml:"red"`
	SameDay         Reply `yaml:"same_day"`
	Emergency       Reply `yaml:"emergency"`
	DistressHarm    Reply `yaml:"distress_harm"`
	DistressDespair Reply `yaml:"distress_despair"`
	DistressFood    Reply `yaml:"distress_food"`
	IllCold         Reply `yaml:"ill_cold"`
	IllFever        Reply `yaml:"ill_fever"`
	LeavingRed      Reply `yaml:"leaving_red"`
	// LeavingRedDays is for how many days a red sign that was only strong pain
	// or a changed stride must be gone when no professional has cleared running.
	LeavingRedDays int `yaml:"leaving_red_days"`
}

// Reply is one fixed text, and the labels of what can be tapped under it.
type Reply struct {
	Text    string   `yaml:"text"`
	Choices []string `yaml:"choices"`
}

// LoadReplies reads content/safety/replies.yaml.
func LoadReplies() (Replies, error) {
	var r Replies
	err := content.Decode("safety/replies.yaml", &r)
	return r, err
}

// To returns the reply that a finding gets, and false for a finding of nothing.
func (r *Replies) To(f Finding) (Reply, bool) {
	switch f.Intent + " " + f.Level + f.Kind {
	case Pain + " " + Green:
		return r.Green, true
	case Pain + " " + Amber:
		return r.Amber, true
	case Pain + " " + Red:
		return r.Red, true
	case Pain + " " + SameDay:
		return r.SameDay, true
	case Pain + " " + Emergency:
		return r.Emergency, true
	case Distress + " " + Harm:
		return r.DistressHarm, true
	case Distress + " " + Despair:
		return r.DistressDespair, true
	case Distress + " " + Food:
		return r.DistressFood, true
	case Ill + " " + Cold:
		return r.IllCold, true
	case Ill + " " + Fever:
		return r.IllFever, true
	}
	return Reply{}, false
}
