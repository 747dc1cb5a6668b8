package plan

// Illness is how somebody is ill, in as little detail as the plan needs.
type Illness string

// The illnesses that the plan tells apart. The empty Illness is none.
const (
	Well  Illness = ""
	Cold  Illness = "cold"  // a head cold without fever
	Fever Illness = "fever" // fever, chills, chesty cough, aching all over, stomach bug
	Virus Illness = "virus" // palpitations, or more breathless than usual, after a virus
)

type illnessTable struct {
	Cold  illnessRow `yaml:"cold"`
	Fever illnessRow `yaml:"fever"`
	Virus illnessRow `yaml:"virus"`
	First int        `yaml:"first"`
	Clear int        `yaml:"clear_hours"`
}

type illnessRow struct {
	Volume int    `yaml:"volume"`
	Rest   bool   `yaml:"rest"`
	Doctor bool   `yaml:"doctor"`
	Words  string `yaml:"words"`
}

// IllPlan is what the plan does while somebody is ill.
type IllPlan struct {
	Words  string
	Rest   bool // no training at all
	Doctor bool // and a doctor first
	Clear  int  // hours clear of symptoms before training
}

// Ill returns what an illness does to the plan, in plain words too.
func (b *Book) Ill(i Illness) IllPlan {
	row := b.illness(i)
	plan := IllPlan{Words: row.Words, Rest: row.Rest, Doctor: row.Doctor}
	if row.Rest && !row.Doctor {
		plan.Clear = b.care.Illness.Clear
	}
	return plan
}

func (b *Book) illness(i Illness) illnessRow {
	switch i {
	case Cold:
		return b.care.Illness.Cold
	case Fever:
		return b.care.Illness.Fever
	case Virus:
		return b.care.Illness.Virus
	}
	return illnessRow{}
}
