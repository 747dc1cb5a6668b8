// Package coach decides what a runner hears and when. It is pure: no network,
// no disk, no clock, no goroutine. [Coach.Step] is all of it: a runner, an event
// and the time make a runner and what to say.
//
// The way through a step:
//
//	step.go      an event begins a turn, and the turn ends with the runner's next Wake
//	talk.go      what was said becomes an ask: a command (command.go), an answer to
//	             something asked (asked.go), or plain words read by package reading
//	             (and the table of who does what is asked)
//	answer.go    questions about the article             follow.go   and what follows them
//	log.go       sessions, rest, undo, corrections       numbers.go  streak, why, safe, calendar
//	week.go      today, next, plan; level (level.go)     change.go   move, skip, easier
//	remind.go    days and times of reminders (days.go)   setup.go    the first minutes
//	clock.go     times of day said alone                 vague.go    words that say little
//	clauses.go   several of them in one message          twofold.go  a session, and something wanted besides
//	refer.go     "it" and "that", what they point at     meant.go    what was meant instead: "no, yesterday"
//	snooze.go    later, more, fewer, mute, quiet, tone   zone.go     where the runner is
//	pause.go     pauses, excuses, coming back            news.go     what became of the plan by itself
//	care.go      pain, illness, distress                 data.go     mydata, export, forget
//	hints.go     what only the situation explains        heat.go     a session in the heat
//	offers.go    choices that are typed, yes and no      manners.go  quiet hours and tone, in words
//	hours.go     the hour at which somebody mostly logs  calendar.go eight weeks in shapes
//	wake.go      what to do when a runner's time comes   due.go      when that is
//	gate.go      whether to say a reminder, or why not   nudge.go    what it says, and why it came
//	wanted.go    whether what waited is still wanted
//	soon.go      what a reply says in place of a reminder
//	insight.go   what a runner's own days show
//	look.go      a word to who fell silent and wanted it
//	card.go      the weekly card, and word in a pause    carry.go    what a reply carries beside
//	link.go      codes that make one runner of two       join.go     what becomes of the two
//	several.go   logs of many days at once               correct.go  logs that were wrong
//	notes.go     what is kept in a runner's own words    runs.go     how long runs took
//	record.go    how a store keeps a runner              effort.go   how hard sessions were
//	undo.go      the latest change, taken back           ahead.go    what a plan holds from today on
//
// What goes in and out is plain data: event.go and runner.go in, line.go out,
// by id.go; form.go what is asked at once, state.go what a program wants to know.
// Words come from phrase.go and speak.go; compact.go writes reminders in few letters.
//
// What is provable alone has a package of its own below: day, schedule,
// streak, plan, nudge, pack, and for understanding words, when, place, rank, safety, faq,
// reading, with recent for what is worked out of a word once. Every word and number is in package content.
package coach

import (
	"fmt"
	"time"

	"legcoach/coach/content"
	"legcoach/coach/day"
	"legcoach/coach/faq"
	"legcoach/coach/nudge"
	"legcoach/coach/place"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/safety"
	"legcoach/coach/schedule"
)

// Config is what an operator decides for every runner.
type Config struct {
	// Zone is the IANA zone of a runner who did not say where they are.
	Zone string
	// QuietFrom and QuietTo are the hours in which nothing unasked is said.
	QuietFrom, QuietTo day.Clock
	// DayStarts is when a training day begins, 00:00 to 06:00.
	DayStarts day.Clock
	// Level is the level of a runner who was not asked.
	Level plan.Level
	// Reminders is the default plan: when a kind of day is reminded of.
	Reminders map[day.Kind]schedule.Schedule
	// BackupDays is for how many days backups keep what a runner has deleted.
	BackupDays int
	// IdleMonths is after how many months of silence a runner is forgotten; 0 if never.
	IdleMonths int
	// Secret is what codes for linking are made with, at least 16 random bytes in
	// earnest: who knows it can guess them.
	Secret []byte
	// Jitter spreads reminders of the same minute over so much time; zero for none.
	Jitter time.Duration
	// Spread spreads what comes late since the bot was away over so much time; zero for none.
	Spread time.Duration
}

// Coach decides what runners hear. It is never changed, and safe for concurrent use.
type Coach struct {
	config   Config
	phrases  phrases
	commands []Command
	forms    []Form
	reader   *reading.Reader
	faq      *faq.Book
	follows  follows
	plans    *plan.Book
	book     *nudge.Book
	places   *place.Atlas
	guard    *safety.Guard
	replies  safety.Replies
	hints    hints
}

// New returns a coach with all that it knows. It costs some tens of milliseconds.
func New(config Config) (*Coach, error) {
	c := &Coach{config: config}
	for _, load := range []func() error{
		func() (err error) { c.phrases, err = readPhrases(); return },
		func() (err error) { c.commands, err = readCommands(); return },
		func() (err error) { c.forms, err = readForms(); return },
		func() (err error) { c.reader, err = reading.New(); return },
		func() error { c.faq = faq.Default(); return nil },
		func() error { return content.Decode("follows.yaml", &c.follows) },
		func() (err error) { c.plans, err = plan.Load(); return },
		func() (err error) { c.book, err = nudge.Load(); return },
		func() (err error) { c.places, err = place.New(); return },
		func() (err error) { c.guard, err = safety.New(); return },
		func() (err error) { c.replies, err = safety.LoadReplies(); return },
		func() error { return content.Decode("hints.yaml", &c.hints) },
	} {
		if err := load(); err != nil {
			return nil, fmt.Errorf("make the coach: %w", err)
		}
	}
	return c, nil
}

// Commands returns what can be said by name, in the order in which they are listed.
func (c *Coach) Commands() []Command { return c.commands }

// Sorry is what to say when a step went wrong and nothing was saved.
func (c *Coach) Sorry(e Event) []Line {
	if after, told := e.(After); told {
		e = after.Event
	}
	said, spoke := e.(Said)
	if !spoke {
		return nil
	}
	l := c.phrases.line("sorry", nil)
	l.Handle, l.To = said.Handle, said.Where
	return []Line{l}
}

// Zone returns the zone that r lives in at now.
func (c *Coach) Zone(r Runner, now time.Time) *time.Location {
	zone, err := day.Zone(r.Days.Clock(now).Zone)
	if err != nil {
		return time.UTC // a zone that the database does not know any more
	}
	return zone
}

// Words returns a line that a platform says of its own accord, or shows about the bot.
func (c *Coach) Words(name string) string { return c.phrases.text(name, nil) }

// WordsIn returns what [Coach.Words] returns, in the other languages that the content has (BCP 47).
func (c *Coach) WordsIn(name string) map[string]string { return c.phrases[name].In }

// Locate returns the IANA zone of a place on the map; empty if it is not known.
func (c *Coach) Locate(latitude, longitude float64) string {
	zone, err := place.At(latitude, longitude)
	if err != nil {
		return "" // what it is not known for: the runner is asked for a town
	}
	return zone
}
