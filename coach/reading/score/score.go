// Package score measures how much of a set of labelled messages is understood.
//
// A set is JSON Lines, in one of the three forms of the question sets:
//
//	{"q": …, "want": ["quads"], "kind": "topic"}                 a question, and the topics that are right; none is out of scope
//	{"q": …, "want": {"intent": ["log"], "kinds": ["hill"]}}     a message, the intents that are right, best first, and keys
//	{"q": …, "want_not": ["pain:red", "distress"]}               what it must not be taken for
//
// Keys that a line does not list are not judged.
package score

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/reading"
)

// line is one labelled message.
type line struct {
	Q       string          `json:"q"`
	Want    json.RawMessage `json:"want"`
	WantNot []string        `json:"want_not"`
	Kind    string          `json:"kind"`
	Today   string          `json:"today"`
	Now     string          `json:"now"`
}

// Miss is a message that was not understood as its label says.
type Miss struct{ Said, Want, Got string }

// share counts how many of how many.
type share struct{ right, of int }

func (s *share) add(right bool) {
	s.of++
	if right {
		s.right++
	}
}

// Percent returns the share in percent; of nothing it is 0.
func (s share) percent() float64 {
	if s.of == 0 {
		return 0
	}
	return 100 * float64(s.right) / float64(s.of)
}

// Table is what was measured. The zero Table is empty.
type Table struct {
	topicRight, topicWrong, topicAmong, nearRight, outAnswered, outOffered share
	intents, keys, writes, serious, alarms                                 share
	// Misses are the messages that were not understood.
	Misses []Miss
}

// At returns the instant that a RFC 3339 time names, in a zone.
func At(rfc3339, zone string) (time.Time, error) {
	location, err := day.Zone(zone)
	if err != nil {
		return time.Time{}, fmt.Errorf("load zone %s: %w", zone, err)
	}
	now, err := time.Parse(time.RFC3339, rfc3339)
	return now.In(location), err
}

// Context returns what a message is read in at now, in its zone, on a day that holds today.
func Context(now time.Time, today string) reading.Context {
	kind, _ := day.ParseKind(today)
	return reading.Context{Now: now, Zone: now.Location(), DayStarts: day.At(4, 0), Today: kind}
}

// Read adds every line of a set; read is asked what the message means on a day that holds today.
func (t *Table) Read(set io.Reader, read func(q, today string) reading.Reading) error {
	lines := bufio.NewScanner(set)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		var l line
		if err := json.Unmarshal(lines.Bytes(), &l); err != nil {
			return fmt.Errorf("read labelled line %d: %w", n, err)
		}
		if err := t.judge(l, read(l.Q, l.Today)); err != nil {
			return fmt.Errorf("read label of line %d: %w", n, err)
		}
	}
	return lines.Err()
}

// judge compares one reading with its label.
func (t *Table) judge(l line, got reading.Reading) error {
	if l.WantNot != nil {
		alarm := slices.Contains(l.WantNot, got.Intent) || slices.Contains(l.WantNot, got.Intent+":"+got.Level)
		t.alarms.add(alarm)
		t.note(!alarm, l.Q, "not "+strings.Join(l.WantNot, " "), got)
		return nil
	}
	if len(l.Want) > 0 && l.Want[0] == '[' {
		var topics []string
		if err := json.Unmarshal(l.Want, &topics); err != nil {
			return err
		}
		t.question(l, topics, got)
		return nil
	}
	want := map[string]any{}
	if err := json.Unmarshal(l.Want, &want); err != nil {
		return err
	}
	t.message(l, want, got)
	return nil
}

// question judges the reading of a question about the article.
func (t *Table) question(l line, topics []string, got reading.Reading) {
	t.writes.add(got.Writes())
	answered := got.Intent == reading.Answer || got.Intent == reading.NotCovered
	right := answered && slices.Contains(topics, got.Topic)
	switch {
	case len(topics) == 0:
		t.outAnswered.add(answered)
		t.outOffered.add(got.Intent == reading.DidYouMean)
		right = !answered && got.Intent != reading.DidYouMean
	case l.Kind == "topic":
		t.topicRight.add(right)
		t.topicWrong.add(answered && !right)
		t.topicAmong.add(right || among(got.Choices, topics))
	default:
		right = slices.Contains(topics, got.Topic) // safety may speak first, and the near miss ride along
		t.nearRight.add(right)
	}
	t.note(right, l.Q, strings.Join(topics, "|"), got)
}

func among(choices, topics []string) bool {
	return slices.ContainsFunc(choices, func(c string) bool { return slices.Contains(topics, c) })
}

// message judges the reading of any other message.
func (t *Table) message(l line, want map[string]any, got reading.Reading) {
	intents := texts(want["intent"])
	right := slices.Contains(intents, got.Intent)
	levels := texts(want["level"])
	if dangerous(intents, levels) {
		t.serious.add(got.Finding.Serious() && (got.Intent == reading.Pain || got.Intent == reading.Distress))
		t.note(got.Finding.Serious(), l.Q, fmt.Sprint(intents, levels), got)
	}
	if l.Kind == "" && len(levels) == 0 {
		t.intents.add(right)
		wrote := got.Writes() && !slices.ContainsFunc(intents, func(i string) bool { return reading.Reading{Intent: i}.Writes() })
		t.writes.add(wrote)
		t.note(right, l.Q, intents[0], got)
	}
	if !right {
		return
	}
	delete(want, "intent")
	if len(want) > 0 && len(levels) == 0 {
		wrong := wrongKeys(want, got)
		t.keys.add(wrong == "")
		t.note(wrong == "", l.Q, wrong, got)
	}
}

func dangerous(intents, levels []string) bool {
	if slices.Contains(intents, reading.Distress) {
		return true
	}
	return slices.ContainsFunc(levels, func(l string) bool { return l == "red" || l == "same_day" || l == "emergency" })
}

// wrongKeys returns the wanted keys that are not as wanted.
func wrongKeys(want map[string]any, got reading.Reading) string {
	data, err := json.Marshal(got)
	if err != nil {
		return err.Error()
	}
	have := map[string]any{}
	if err := json.Unmarshal(data, &have); err != nil {
		return err.Error()
	}
	var wrong []string
	for key, value := range want {
		w, h := texts(value), texts(have[key])
		slices.Sort(w)
		slices.Sort(h)
		if !slices.Equal(w, h) {
			wrong = append(wrong, fmt.Sprintf("%s=%v", key, w))
		}
	}
	slices.Sort(wrong)
	return strings.Join(wrong, " ")
}

// texts returns a label or key as a list of texts.
func texts(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, fmt.Sprint(one))
		}
		return out
	}
	return []string{fmt.Sprint(value)}
}

func (t *Table) note(right bool, said, want string, got reading.Reading) {
	if right {
		return
	}
	got.Text = ""
	data, _ := json.Marshal(got)
	t.Misses = append(t.Misses, Miss{said, want, string(data)})
}
