package plan

// Check is the outcome of the start check; the answers are never kept.
type Check string

// The outcomes of a start check.
const (
	NotAsked  Check = ""
	Clear     Check = "clear"
	AskDoctor Check = "ask_doctor"
)

// Answer is what is said to a question of the start check.
type Answer string

// The answers to a question of the start check.
const (
	Yes     Answer = "yes"
	No      Answer = "no"
	NotSure Answer = "not_sure"
)

type checkTable struct {
	Intro     string     `yaml:"intro"`
	Adult     string     `yaml:"adult"`
	Questions []Question `yaml:"questions"`
	Minor     string     `yaml:"minor"`
	Clear     string     `yaml:"clear"`
}

// Question is one question of the start check.
type Question struct {
	Ask string `yaml:"ask"`
	// Wait is what is said if the answer is yes or not sure.
	Wait string `yaml:"wait"`
	// Level is where a runner starts once a doctor has agreed, whatever their
	// history; empty if their history decides.
	Level Level `yaml:"level"`
}

// Outcome is what a start check comes to.
type Outcome struct {
	Check Check
	// Question is the number of the question that decided, from 1; 0 if none did.
	Question int
	// Words say what happens now.
	Words string
	// Level is the highest level that is open afterwards; empty if any.
	Level Level
}

// Questions returns the four questions of the start check, in order.
func (b *Book) Questions() []Question { return b.levels.Check.Questions }

// Intro returns what is said before the start check, and that the plan is for adults.
func (b *Book) Intro() (words, adult string) { return b.levels.Check.Intro, b.levels.Check.Adult }

// Answer returns the outcome of a start check. A missing answer counts as not sure.
func (b *Book) Answer(adult bool, answers ...Answer) Outcome {
	if !adult {
		return Outcome{Check: AskDoctor, Words: b.levels.Check.Minor}
	}
	for i, q := range b.levels.Check.Questions {
		if i >= len(answers) || answers[i] != No {
			return Outcome{Check: AskDoctor, Question: i + 1, Words: q.Wait, Level: q.Level}
		}
	}
	return Outcome{Check: Clear, Words: b.levels.Check.Clear}
}
