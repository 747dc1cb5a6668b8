package coach

import (
	"fmt"
	"regexp"
	"strings"

	"legcoach/coach/content"
	"legcoach/coach/day"
	"legcoach/coach/reading"
)

// Command is something a runner can say by name, the same on every platform:
// "/done hill yesterday" is the command done with two options.
type Command struct {
	// Name is what follows the slash: 1 to 32 of a-z, digits and underscores. Names
	// are what a platform may show instead, by language (BCP 47); what is said stays Name.
	Name  string            `yaml:"name"`
	Names map[string]string `yaml:"names"`
	// Description is one short line, and Descriptions the same by language.
	Description  string            `yaml:"description"`
	Descriptions map[string]string `yaml:"descriptions"`
	// Private commands are never answered in the open.
	Private bool `yaml:"private"`
	// Options follow the name, in this order, divided by spaces.
	Options []Option `yaml:"options"`
}

// Option is one word or phrase of a command.
type Option struct {
	Name         string            `yaml:"name"`
	Names        map[string]string `yaml:"names"`
	Description  string            `yaml:"description"`
	Descriptions map[string]string `yaml:"descriptions"`
	Required     bool              `yaml:"required"`
	// Choices are all that it can be; empty if anything can be typed.
	Choices []Choice `yaml:"choices"`
	// Suggest says that [Coach.Suggest] knows how to complete it.
	Suggest bool `yaml:"suggest"`
}

func readCommands() ([]Command, error) {
	var commands []Command
	if err := content.Decode("commands.yaml", &commands); err != nil {
		return nil, err
	}
	for _, c := range commands {
		if c.Name == "" || c.Description == "" {
			return nil, fmt.Errorf("read content commands.yaml: %q lacks a name or a description", c.Name)
		}
	}
	return commands, nil
}

// command answers "/name words". Most commands are an intent whose words are
// read as plain words are; the others are in the table below.
func (t *turn) command(text string) {
	name, words, _ := strings.Cut(strings.TrimPrefix(text, "/"), " ")
	name, _, _ = strings.Cut(strings.ToLower(name), "@")
	words = strings.TrimSpace(words)
	if do := orders[name]; do != nil {
		t.r.Talk.Asked, t.r.Talk.For = "", ""
		do(t, words)
		t.settle(ask{Reading: reading.Reading{Intent: name}})
		return
	}
	intent, known := commandIntents[name]
	if !known {
		t.say("unknown_command", vars{"command": "/" + short(name, 20)})
		return
	}
	if bad, found := badDate(words); found {
		t.say("bad_date", vars{"date": short(bad, 20)})
		return
	}
	t.do(t.commanded(name, intent, words))
}

var dateLike = regexp.MustCompile(`^\d{4}-\d{1,2}-\d{1,2}$`)

// badDate finds a word that is written like a date and is none.
func badDate(words string) (string, bool) {
	for _, f := range strings.Fields(words) {
		if _, err := day.ParseDate(f); err != nil && dateLike.MatchString(f) {
			return f, true
		}
	}
	return "", false
}

// commanded is the ask of a command whose words are read for what they name.
func (t *turn) commanded(name, intent, words string) ask {
	r := t.reader.As(intent, words, t.context())
	if date, rest, found := cutDate(words); found {
		r.Date = date
		if to, _, second := cutDate(rest); second {
			r.To = to
		} else if intent == reading.Move && strings.Contains(words, " to "+date.String()) {
			r.Date, r.To = 0, date
		} else if intent == reading.Pause {
			r.Date, r.Until = 0, date // one date is until when
		} else if r.To == date {
			r.To = 0 // one date is where something stands, not where it goes
		}
	}
	if kinds := splitKinds(words); len(kinds) > 0 && !r.EveryOther {
		r.Kinds = kinds
	}
	if dates := datesIn(words); intent == reading.Log && len(dates) > 1 {
		r.Dates, r.To = dates, 0
	}
	return ask{Reading: r, Words: words, Command: name}
}

// cutDate finds the first 2006-01-02 of words, and returns what follows it.
func cutDate(words string) (day.Date, string, bool) {
	fields := strings.Fields(words)
	for i, f := range fields {
		if d, err := day.ParseDate(f); err == nil {
			return d, strings.Join(fields[i+1:], " "), true
		}
	}
	return 0, "", false
}

// datesIn are the dates written 2006-01-02 among words.
func datesIn(words string) []day.Date {
	var dates []day.Date
	for _, f := range strings.Fields(words) {
		if d, err := day.ParseDate(f); err == nil {
			dates = append(dates, d)
		}
	}
	return dates
}

// commandIntents are the commands that say what plain words can say too.
var commandIntents = map[string]string{
	"done": reading.Log, "rest": reading.Rest, "undo": reading.Undo, "correct": reading.Correct,
	"streak": reading.Streak, "why": reading.Why, "safe": reading.Safe, "today": reading.Today,
	"next": reading.Next, "remind": reading.Remind, "move": reading.Move, "skip": reading.Skip,
	"snooze": reading.Snooze, "pause": reading.Pause, "resume": reading.Resume, "mute": reading.Mute,
	"level": reading.Level, "calendar": reading.Calendar, "export": reading.Export, "forget": reading.Forget,
	"mydata": reading.MyData, "link": reading.Link, "help": reading.Help,
}

// orders are the commands that are read in their own way.
var orders map[string]func(*turn, string)

func init() {
	orders = map[string]func(*turn, string){
		"start":    (*turn).start,
		"ask":      (*turn).asked,
		"plan":     (*turn).planOrder,
		"timezone": (*turn).timezone,
		"sore":     (*turn).sore,
		"effort":   (*turn).effort,
		"easier":   (*turn).easierOn,
		"history":  func(t *turn, _ string) { t.history() },
		"ok":       func(t *turn, _ string) { t.fine() },
		"card":     (*turn).cardOrder,
		"look":     (*turn).lookOrder,
		"limits":   func(t *turn, _ string) { t.say("limits", nil) },
		"feedback": (*turn).feedback,
		"more":     (*turn).more,
		"quiet":    (*turn).quiet,
		"tone":     (*turn).tone,
		"break":    (*turn).letBreak,
		"note":     (*turn).noteOrder,
	}
}

func short(s string, most int) string {
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}
