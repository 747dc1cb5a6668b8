package plan

import (
	"fmt"
	"strings"
	"time"

	"legcoach/coach/day"
)

// Swap is another form of a session, which counts as the day done all the same.
type Swap string

// The swaps. Which of them a session has is its card's Swaps.
const (
	AsPlanned Swap = ""
	Sore      Swap = "sore"
	Achy      Swap = "achy"
	Hot       Swap = "hot"
	NoHill    Swap = "no_hill"
	Treadmill Swap = "treadmill"
	NoWeights Swap = "no_weights"
	NoRoute   Swap = "no_route"
	Hilly     Swap = "hilly"
	Wobbly    Swap = "wobbly"
	Knee      Swap = "knee"
	Back      Swap = "back"
)

// swaps are all swaps in the order in which a card offers them.
var swaps = []Swap{Sore, Achy, Hot, NoHill, Treadmill, NoWeights, NoRoute, Hilly, Wobbly, Knee, Back}

// Gentle reports whether a swap makes a session lighter, so that a hard day
// done so is not a hard day done as planned.
func (s Swap) Gentle() bool { return s == Sore || s == Achy || s == Hot }

// SwapLabel returns what a choice of s shows, and SwapWords what is said of it.
func (b *Book) SwapLabel(s Swap) string { return b.words.Swaps[s].Label }

// SwapWords returns what is said when s is taken.
func (b *Book) SwapWords(s Swap) string { return b.words.Swaps[s].Words }

// Scale makes a session smaller or easier. The zero Scale leaves it as it is.
type Scale struct {
	Reps     int `json:"reps,omitempty"`     // percent of the reps of a hard session; 0 is all
	Volume   int `json:"volume,omitempty"`   // percent of easy minutes and strength sets; 0 is all
	Minutes  int `json:"minutes,omitempty"`  // at most so many minutes in all; 0 is no limit
	Effort   int `json:"effort,omitempty"`   // effort at most, 0 to 10; 0 is no limit
	Down     int `json:"down,omitempty"`     // how much lower the target effort is
	Recovery int `json:"recovery,omitempty"` // percent by which recoveries are longer
	RIR      int `json:"rir,omitempty"`      // further reps in reserve
	Longest  int `json:"longest,omitempty"`  // longest run of the last 30 days in minutes, for PR-4; 0 is no limit
}

// Card is one session as it is shown.
type Card struct {
	Kind  day.Kind
	Level Level
	Week  int
	Swap  Swap   // the swap that was taken; empty if the session has no such swap
	Name  string // "First climbs"
	Legs  string // its purpose in leg muscles
	Slope string // "3-5%"; hills only

	WarmUp, Main, CoolDown string
	// Note is what a swap, heat or illness changes beside Main.
	Note string
	// Trim says why it was made shorter by PR-4; empty if it was not.
	Trim string
	// Effort is the target effort in words, and RPE from 0 to 10, lowest and highest.
	Effort   string
	RPE      [2]int
	Cues     []string
	Mistakes []string
	Swaps    []Swap

	Minutes  int // in all
	Warm     int // minutes of the warm-up
	Cool     int // minutes of the cool-down
	Running  int // minutes that count for PR-4: for new runners all, for others those run and recovered
	Reps     int
	Work     time.Duration // of one rep
	Recovery time.Duration // between two reps
	Hard     time.Duration // the work parts together
	RIR      int
	Sets     []Sets // of squat, lunge, calf, bridge
	Bursts   int

	work, recovery string // in words
	talk, week     string
	title          string
	lines          []string
	short          string
}

// Sets are the sets of one strength exercise.
type Sets struct {
	Name    string
	Sets    int
	Reps    int
	PerLeg  bool
	seconds int
}

// Vars are the variables that lines about the session may use. What the session
// does not have is not there: {kind}, {name}, {total}, {reps}, {work},
// {recovery}, {hard}, {rir}, {talk}, {cue}, {week}.
func (c Card) Vars() map[string]string {
	vars := map[string]string{
		"kind": string(c.Kind), "title": c.title, "name": c.Name, "legs": c.Legs, "slope": c.Slope,
		"warm_up": c.WarmUp, "main": c.Main, "cool_down": c.CoolDown, "note": c.Note, "trim": c.Trim,
		"effort": c.Effort, "cues": strings.Join(c.Cues, "; "), "mistakes": strings.Join(c.Mistakes, "; "),
		"total": number(c.Minutes), "warm": number(c.Warm), "cool": number(c.Cool), "reps": number(c.Reps),
		"work": c.work, "recovery": c.recovery, "rir": number(c.RIR), "talk": c.talk,
		"level": string(c.Level), "week_name": capital(c.week), "week": number(c.Week), "hard": "",
	}
	if c.Hard > 0 {
		vars["hard"] = span(int(c.Hard.Seconds()))
	}
	if len(c.Cues) > 0 {
		vars["cue"] = c.Cues[0]
	}
	for name, value := range vars {
		if value == "" {
			delete(vars, name)
		}
	}
	return vars
}

// Text returns the card in lines. A line that lacks something is left out.
func (c Card) Text() []string {
	vars, text := c.Vars(), []string(nil)
	for _, line := range c.lines {
		if filled := fill(line, vars); filled != "" {
			text = append(text, filled)
		}
	}
	return text
}

// Short returns the session in a line: "Hills: Hill walk, 22 min. 4 climbs of 30 s, …".
func (c Card) Short() string { return fill(c.short, c.Vars()) }

func number(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprint(n)
}
