// Package coachtest plays conversations, kept as text files, against anything
// that can hold them: the coach alone, a bot on some store, the built program.
//
// A file reads as the conversation does:
//
//	@ 2026-03-02 18:00 Europe/London
//	> did hills today
//	< Hills today: counted. 1 on plan (1 session + 0 rest).
//	| [Undo]
//	@ +13h
//	< Time for your legs.
//
// "@" sets the clock, or lets time pass; ">" is said by the runner; "<" is
// heard, and "|" continues it; "#" is a remark. Between a ">" or "@" and the
// next, everything that is heard must stand there, word for word. A line that
// ends in "…" is compared up to there.
//
// "@ +30h away" lets time pass while nobody is there to be heard or woken; at
// its end, whoever was due is woken, late. Only a hold that is an [Absent] can be away.
//
// Where a person has two chats, ">>" is said, and "<<" heard, in the other one, at [Elsewhere].
//
// To accept what is heard now, set LEGCOACH_REWRITE=1, run the test of the coach
// alone, and read the difference.
package coachtest

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
)

// Hold is whatever can hold a conversation.
type Hold interface {
	// Say says text to it at a time, and returns what is heard, in order.
	Say(t *testing.T, text string, now time.Time) []coach.Line
	// Pass lets time pass until a time, and returns what is heard on the way.
	Pass(t *testing.T, until time.Time) []coach.Line
}

// Both can hold a conversation with somebody who has two chats.
type Both interface {
	Hold
	// SayElsewhere is Say in the other chat.
	SayElsewhere(t *testing.T, text string, now time.Time) []coach.Line
}

// Absent can hold a conversation with a bot that was away.
type Absent interface {
	Hold
	// Miss lets time pass while the bot is away, and returns what is heard once it is back.
	Miss(t *testing.T, until time.Time) []coach.Line
}

// Elsewhere is the address of the other chat.
const Elsewhere coach.ID = "telegram/2"

// other marks what is said and heard in the other chat.
const other = "> "

// Talk is a conversation.
type Talk struct {
	Name  string
	Turns []Turn
}

// Turn is what is done, and what must be heard of it.
type Turn struct {
	Line int       // in its file
	At   time.Time // when
	Said string    // empty if time passes
	Away bool      // the bot was away while it passed
	Want []string
	text string // as it stands in the file
}

// Play plays every conversation of a folder, each with a new hold.
func Play(t *testing.T, folder string, hold func(t *testing.T, zone *time.Location) Hold) {
	t.Helper()
	talks, err := Read(os.DirFS(folder))
	if err != nil {
		t.Fatal(err)
	}
	for _, talk := range talks {
		t.Run(strings.TrimSuffix(talk.Name, ".txt"), func(t *testing.T) {
			heard := talk.play(t, hold(t, talk.Turns[0].At.Location()))
			if os.Getenv("LEGCOACH_REWRITE") != "" {
				rewrite(t, filepath.Join(folder, talk.Name), talk, heard)
			}
		})
	}
}

func (talk Talk) play(t *testing.T, h Hold) [][]string {
	heard := make([][]string, len(talk.Turns))
	for i, turn := range talk.Turns {
		var lines []coach.Line
		elsewhere, isOther := strings.CutPrefix(turn.Said, other)
		switch both, able := h.(Both); {
		case turn.Away:
			absent, able := h.(Absent)
			if !able {
				t.Fatalf("%s:%d: %T is always there", talk.Name, turn.Line, h)
			}
			lines = absent.Miss(t, turn.At)
		case turn.Said == "":
			lines = h.Pass(t, turn.At)
		case isOther && able:
			lines = both.SayElsewhere(t, elsewhere, turn.At)
		default:
			lines = h.Say(t, turn.Said, turn.At)
		}
		for _, l := range lines {
			if !l.Quiet {
				heard[i] = append(heard[i], place(l)+Show(l))
			}
		}
		if os.Getenv("LEGCOACH_REWRITE") == "" && !same(heard[i], turn.Want) {
			t.Errorf("%s:%d: > %s\nheard:\n%s\nwant:\n%s", talk.Name, turn.Line, turn.Said, quoted(heard[i]), quoted(turn.Want))
		}
	}
	return heard
}

// place marks what is heard in the other chat.
func place(l coach.Line) string {
	if l.To == Elsewhere {
		return "< "
	}
	return ""
}

// Show is a line as a conversation file holds it.
func Show(l coach.Line) string {
	parts := []string{l.Text}
	if l.Quote != "" {
		parts = append(parts, fmt.Sprintf("“%s” (%s)", l.Quote, l.Section))
	}
	if l.Worth != "" {
		parts = append(parts, "Worth knowing: "+l.Worth)
	}
	if l.File != nil {
		parts = append(parts, "file: "+l.File.Name)
	}
	if len(l.Choices) > 0 {
		var b strings.Builder
		for _, c := range l.Choices {
			fmt.Fprintf(&b, "[%s] ", c.Label)
		}
		parts = append(parts, strings.TrimSpace(b.String()))
	}
	return strings.Join(parts, "\n")
}

func same(got, want []string) bool {
	if len(got) != len(want) {
		return false
	}
	for i := range got {
		start, open := strings.CutSuffix(want[i], "…")
		if got[i] != want[i] && !(open && strings.HasPrefix(got[i], start)) {
			return false
		}
	}
	return true
}

func quoted(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		b.WriteString(strings.Replace("< "+strings.ReplaceAll(l, "\n", "\n| "), "< < ", "<< ", 1) + "\n")
	}
	return b.String()
}

func rewrite(t *testing.T, path string, talk Talk, heard [][]string) {
	var b strings.Builder
	for i, turn := range talk.Turns {
		b.WriteString(turn.text)
		if same(heard[i], turn.Want) {
			b.WriteString(quoted(turn.Want))
			continue
		}
		b.WriteString(quoted(heard[i]))
	}
	if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// Read reads every conversation of a folder, by name.
func Read(folder fs.FS) ([]Talk, error) {
	names, err := fs.Glob(folder, "*.txt")
	if err != nil {
		return nil, err
	}
	var talks []Talk
	for _, name := range names {
		data, err := fs.ReadFile(folder, name)
		if err != nil {
			return nil, err
		}
		talk, err := parse(name, string(data))
		if err != nil {
			return nil, err
		}
		talks = append(talks, talk)
	}
	return talks, nil
}

func parse(name, text string) (Talk, error) {
	talk := Talk{Name: name}
	var now time.Time
	var pending strings.Builder // remarks before the next turn
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		mark, rest := line, ""
		if len(line) >= 1 {
			mark, rest = line[:1], strings.TrimPrefix(line[1:], " ")
		}
		last := len(talk.Turns) - 1
		switch {
		case mark == "@" || mark == ">":
			turn := Turn{Line: i + 1, text: pending.String() + line + "\n"}
			pending.Reset()
			if mark == ">" {
				turn.Said = rest
			} else {
				rest, turn.Away = strings.CutSuffix(rest, " away")
				at, err := clock(now, rest)
				if err != nil {
					return talk, fmt.Errorf("%s:%d: %w", name, i+1, err)
				}
				now = at
			}
			turn.At = now
			talk.Turns = append(talk.Turns, turn)
		case mark == "<" && last >= 0:
			talk.Turns[last].Want = append(talk.Turns[last].Want, rest)
		case mark == "|" && last >= 0 && len(talk.Turns[last].Want) > 0:
			want := talk.Turns[last].Want
			want[len(want)-1] += "\n" + rest
		case mark == "#" || line == "":
			pending.WriteString(line + "\n")
		default:
			return talk, fmt.Errorf("%s:%d: a line begins with @, >, <, | or #", name, i+1)
		}
	}
	if len(talk.Turns) == 0 || talk.Turns[0].Said != "" {
		return talk, fmt.Errorf("%s: a conversation begins with @ and its time", name)
	}
	return talk, nil
}

// clock reads what follows "@": what [day.ParseMoment] reads, and a time on the
// wall clock of a zone that it names ("2026-03-02 18:00 Europe/London").
func clock(now time.Time, text string) (time.Time, error) {
	if fields := strings.Fields(text); len(fields) == 3 {
		zone, err := time.LoadLocation(fields[2])
		if err != nil {
			return now, err
		}
		now, text = now.In(zone), fields[0]+" "+fields[1]
	}
	return day.ParseMoment(now, text)
}
