package coach

import (
	"time"

	"legcoach/coach/day"
	"legcoach/coach/nudge"
	"legcoach/coach/plan"
	"legcoach/coach/schedule"
	"legcoach/coach/streak"
)

// Runner is everything that is known of a person. The zero Runner is a
// stranger. It is a value: a step makes another and leaves older copies as they were.
type Runner struct {
	// ID is the runner's first address, and their name in the store.
	ID ID `json:"id"`
	// Also are further addresses of the same person, and the code that adds one.
	Also []ID `json:"also,omitempty"`
	// Since is when they were first heard, and Heard when they last were.
	Since time.Time `json:"since,omitzero"`
	Heard time.Time `json:"heard,omitzero"`
	// Wake is when the runner is next to be stepped with [Woke]; zero if never.
	Wake time.Time `json:"wake,omitzero"`
	// Unreachable is true from [Left], at every address, until they are heard again.
	Unreachable bool `json:"unreachable,omitempty"`
	// Reach is where they are spoken to, if they have several addresses.
	Reach Reach `json:"reach,omitzero"`
	// Link is what is kept of joining addresses; nil if nothing is.
	Link *Link `json:"link,omitempty"`

	// Days are what happened on each day; every number is derived from them.
	Days streak.Facts `json:"days,omitzero"`
	// Set is what the runner chose, and can take back.
	Set Settings `json:"set,omitzero"`
	// Last is the latest change, for as long as it can be taken back; nil if there is none.
	Last *Change `json:"last,omitempty"`
	// Efforts are how hard the latest sessions were, oldest first, and Runs how
	// long those of the last weeks took.
	Efforts []Effort `json:"efforts,omitempty"`
	Runs    []Run    `json:"runs,omitempty"`
	// Notes are what they wanted kept in their own words, in the order in which it was said.
	Notes []Note `json:"notes,omitempty"`
	// Talk is what the conversation was about, for a few minutes.
	Talk Talk `json:"talk,omitzero"`
	// Told is what became of reminders.
	Told Told `json:"told,omitzero"`
}

// IsZero reports whether r is a stranger, or somebody to be forgotten.
func (r Runner) IsZero() bool { return r.ID == "" }

// Settings are what a runner chose. They are replaced, never changed.
type Settings struct {
	// Plan is the runner's training plan; nil if they have none.
	Plan *plan.State `json:"plan,omitempty"`
	// Remind is true once they asked for reminders, Declined once they said no to
	// the offer, and Muted while they stopped what they had asked for.
	Remind   bool `json:"remind,omitempty"`
	Declined bool `json:"declined,omitempty"`
	Muted    bool `json:"muted,omitempty"`
	// Own are the days and times that they chose for a kind of day.
	// Apart are the times of day of single days of the week among those, where they differ.
	Own   map[day.Kind]schedule.Schedule          `json:"own,omitempty"`
	Apart map[day.Kind]map[time.Weekday]day.Clock `json:"apart,omitempty"`
	// Clock is the time of day that they chose for every kind without one of its
	// own; Times are those for a kind, and Weekdays those for a day of the week,
	// on the days that the plan gives.
	Clock    *day.Clock                 `json:"clock,omitempty"`
	Times    map[day.Kind]day.Clock     `json:"times,omitempty"`
	Weekdays map[time.Weekday]day.Clock `json:"weekdays,omitempty"`
	// Never are weekdays on which nothing is sent, bit 0 for Sunday, and Out the
	// latest dates on which no session is reminded of.
	Never uint8      `json:"never,omitempty"`
	Out   []day.Date `json:"out,omitempty"`
	// Quiet are the hours in which nothing is sent; nil means the default. Louder
	// is true if a time inside them was chosen later than they were.
	Quiet  *Span `json:"quiet,omitempty"`
	Louder bool  `json:"louder,omitempty"`
	// Tone is how reminders sound: "", "gentle", "plain" or "drill".
	Tone string `json:"tone,omitempty"`
	// Half is true if they asked for fewer reminders.
	Half bool `json:"half,omitempty"`
	// NoRest and NoCard turn off reminders of rest days and the weekly card.
	NoRest bool `json:"norest,omitempty"`
	NoCard bool `json:"nocard,omitempty"`
	// LookIn is true if they asked to be looked in on when they fall silent.
	LookIn bool `json:"lookin,omitempty"`
	// ZoneSaid is true once they told where they are.
	ZoneSaid bool `json:"zonesaid,omitempty"`
	// Answers are those to the start check that were given so far; only their outcome is kept.
	Answers string `json:"answers,omitempty"`
}

// Effort is how hard the session of a date was, 0 to 10.
type Effort struct {
	Date day.Date `json:"d"`
	Of10 int      `json:"e"`
}

// Run is how many minutes a session of a date took, as PR-4 counts them: those
// that were told, or else those that the plan had for it.
type Run struct {
	Date    day.Date `json:"d"`
	Kind    day.Kind `json:"k"`
	Minutes int      `json:"m"`
}

// Note is what a runner wanted to be kept with a date, in their own words.
type Note struct {
	Date day.Date `json:"d"`
	Text string   `json:"t"`
}

// Span is a part of the day, which may pass midnight.
type Span struct {
	From day.Clock `json:"from"`
	To   day.Clock `json:"to"`
}

// Holds reports whether c lies in the span.
func (s Span) Holds(c day.Clock) bool {
	if s.From <= s.To {
		return s.From <= c && c < s.To
	}
	return c >= s.From || c < s.To
}

// Change is something that can be taken back, and put back again.
type Change struct {
	// N numbers the changes of a runner, so that a choice can name one.
	N  int       `json:"n"`
	At time.Time `json:"at"`
	// What says what it was, in a few words, with dates as 2006-01-02: they are named when it is spoken of.
	What string `json:"what"`
	// Undone is true while it is taken back.
	Undone bool `json:"undone,omitempty"`
	// Sent is when the text was sent that made it; zero if that is not known.
	Sent time.Time `json:"sent,omitzero"`
	// Log is what it changed in the log. Set and Life are how these were before,
	// or after while it is taken back; nil if it did not change them.
	Log  streak.Changes `json:"log,omitzero"`
	Set  *Settings      `json:"set,omitempty"`
	Life *Life          `json:"life,omitempty"`
	// Notes are how the notes were before, or after; nil if it did not change them.
	Notes *[]Note `json:"notes,omitempty"`
}

// Life is what numbers rest on beside the log: the pauses and the clocks of [streak.Facts].
type Life struct {
	Pauses []streak.Pause `json:"pauses,omitempty"`
	Clocks []streak.Span  `json:"clocks,omitempty"`
}

// Talk is what a conversation was about.
type Talk struct {
	// At is when something was last said; after ten minutes the rest means nothing.
	At time.Time `json:"at,omitzero"`
	// Topic is the question that was answered last.
	Topic string `json:"topic,omitempty"`
	// Kind is the kind of day that was spoken of last.
	Kind day.Kind `json:"kind,omitempty"`
	// Asked is what the coach asked and waits for, and For what it was about.
	Asked string `json:"asked,omitempty"`
	For   string `json:"for,omitempty"`
	// Wish is the command that was followed last, but for what may be said anew:
	// of /remind the time, of /move the day.
	Wish string `json:"wish,omitempty"`
	// Offers are the choices below what was said last, which can be typed too.
	Offers []Choice `json:"offers,omitempty"`
	// Misses counts messages in a row that were not understood.
	Misses int `json:"misses,omitempty"`
	// Logged is the date of the latest log, so that it can be corrected.
	Logged day.Date `json:"logged,omitempty"`
	// Changes is the number of the latest change.
	Changes int `json:"changes,omitempty"`
	// Burst counts what was said in the minute of At.
	Burst int `json:"burst,omitempty"`
}

// Told is what became of a runner's reminders.
type Told struct {
	// Until is the instant up to which every reminder was decided, by the clock of
	// Zone. No reminder before From, when they were last asked for, is owed.
	Until time.Time `json:"until,omitzero"`
	Zone  string    `json:"zone,omitempty"`
	From  time.Time `json:"from,omitzero"`
	// Away is the latest time in which the bot was not there to wake the runner.
	Away Gap `json:"away,omitzero"`
	// Nudges are the reminders of the last days, oldest first.
	Nudges []Nudge `json:"nudges,omitempty"`
	// Drops are the latest reminders that were not sent, and why.
	Drops []Drop `json:"drops,omitempty"`
	// Snoozed is what is to be said again.
	Snoozed []Snooze `json:"snoozed,omitempty"`
	// Shown is which lines were chosen lately, for the wording to vary.
	Shown nudge.History `json:"shown,omitempty"`
	// Skipped is true if the session before was passed over since they go unanswered.
	Skipped bool `json:"skipped,omitempty"`
	// Goodbye is when the coach fell silent; zero if it did not.
	Goodbye time.Time `json:"goodbye,omitzero"`
	// Lost is a reminder that may not have arrived, to be told with the next line.
	Lost string `json:"lost,omitempty"`
	// Card is the Monday of the latest weekly card, CheckIn when the coach last asked after a pause.
	Card    day.Date  `json:"card,omitempty"`
	CheckIn time.Time `json:"checkin,omitzero"`
	// Looked is when a silent runner was last looked in on.
	Looked time.Time `json:"looked,omitzero"`
	// Offered is true once reminders were offered.
	Offered bool `json:"offered,omitempty"`
	// Hours are the times of day of the latest logs, at most three, until a time for
	// reminders was offered by them; Timed is true then.
	Hours []day.Clock `json:"hours,omitempty"`
	Timed bool        `json:"timed,omitempty"`
	// News is what became of the plan and is still to be told.
	News News `json:"news,omitzero"`
	// Frozen is the latest date of which it was told that a freeze covers it.
	Frozen day.Date `json:"frozen,omitempty"`
	// Idle is when they were told that silence ends in forgetting; zero if they were not.
	Idle time.Time `json:"idle,omitzero"`
}

// Gap is a stretch of time; the zero Gap is none.
type Gap struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// Nudge is a reminder that was made.
type Nudge struct {
	Date day.Date  `json:"date"`
	Kind day.Kind  `json:"kind"`
	At   time.Time `json:"at"`
	// Closed is true once it has been edited to its last state.
	Closed bool `json:"closed,omitempty"`
	// Snoozes counts how often it was put off.
	Snoozes int `json:"snoozes,omitempty"`
	// Lost is true if it may never have arrived.
	Lost bool `json:"lost,omitempty"`
	// To is the address at which it was said; empty for the runner's own.
	To ID `json:"to,omitempty"`
}

// Key names the line that carries the reminder.
func (n Nudge) Key() string { return n.Date.String() + "/" + string(n.Kind) }

// Drop is a reminder that was not sent, when that was decided, and why, as [Coach.Reason] tells.
type Drop struct {
	Date day.Date  `json:"date"`
	Kind day.Kind  `json:"kind"`
	Why  string    `json:"why"`
	At   time.Time `json:"at,omitzero"`
}

// Snooze is a reminder that was put off: by the runner, or from Due to the end
// of quiet hours, and then it was not said before.
type Snooze struct {
	Date day.Date  `json:"date"`
	Kind day.Kind  `json:"kind"`
	At   time.Time `json:"at"`
	Due  time.Time `json:"due,omitzero"`
}
