package coach

import (
	"time"

	"legcoach/coach/day"
)

// Line is one message to say. It is data: platforms decide how it looks.
type Line struct {
	// To is the address it is said to; empty means where the event came from,
	// or the runner's own address when nothing was said.
	To ID `json:"to,omitempty"`
	// Handle is the Handle of the event that it answers; empty if it answers none.
	Handle string `json:"handle,omitempty"`
	// Text is what is said, plain, with paragraphs divided by blank lines.
	Text string `json:"text"`
	// Fixed says that the first paragraph of Text is in columns, for letters of one width.
	Fixed bool `json:"fixed,omitempty"`
	// Quote is a sentence of the article, word for word, and Section where it stands.
	Quote   string `json:"quote,omitempty"`
	Section string `json:"section,omitempty"`
	// Worth is what is worth knowing beside the article, with its source.
	Worth string `json:"worth,omitempty"`
	// Choices are what can be tapped; each is a sentence that could be typed.
	Choices []Choice `json:"choices,omitempty"`
	// Menus are lists of days or times to pick from, for platforms that can show
	// one. They add to Choices, or hold them again: a platform shows each choice once.
	Menus []Menu `json:"menus,omitempty"`
	// Card is the kind of day, or "week", that Text is the sheet of: its first line
	// is a title, and each line "Name: what" below it a row. Platforms may lay it
	// out so; empty if Text is plain.
	Card day.Kind `json:"card,omitempty"`
	// Nudge is the kind of day that it reminds of; empty if it is a reply.
	Nudge day.Kind `json:"nudge,omitempty"`
	// Unasked is true for every line that answers nothing: reminders, cards, goodbyes.
	// Such a line waits behind replies and is never repeated when its sending is in doubt.
	Unasked bool `json:"unasked,omitempty"`
	// Key names the line, so that it can be replaced later, and so that a
	// reminder is made once: "2026-11-24/hill". Unique for its runner; empty for replies.
	Key string `json:"key,omitempty"`
	// Replaces is the Key of an earlier line that this one is put in place of.
	// It is said anew if that line cannot be changed any more, unless Quiet is also true.
	Replaces string `json:"replaces,omitempty"`
	// InPlace says that it replaces the message that was tapped, if one was.
	InPlace bool `json:"inplace,omitempty"`
	// Quiet lines change what stands there and are dropped rather than said anew.
	Quiet bool `json:"quiet,omitempty"`
	// Last says that nothing is kept of the runner any more: once it is said, their platform forgets them too.
	Last bool `json:"last,omitempty"`
	// Silent lines arrive without a sound.
	Silent bool `json:"silent,omitempty"`
	// Private lines are never shown to a group.
	Private bool `json:"private,omitempty"`
	// Reaction is an emoji that may be put on the runner's own message instead
	// of saying Text, where a platform can; empty if Text must be said.
	Reaction string `json:"reaction,omitempty"`
	// Moments are the instants that Text names, so that a platform may show
	// each in its reader's own zone. Each Shown is found in Text.
	Moments []Moment `json:"moments,omitempty"`
	// File is a document to send along; nil if none.
	File *File `json:"file,omitempty"`
	// Expires is when it stops being worth saying; zero if never.
	Expires time.Time `json:"expires,omitzero"`
}

// Choice is something to tap: what it shows, and the words that tapping it
// says, at most [MaxSays] bytes and with their date, so that it works a week later.
type Choice struct {
	Label string `json:"label" yaml:"label"`
	Says  string `json:"says" yaml:"says"`
	// Labels are Label in other languages (BCP 47), where a platform speaks its reader's: in commands and forms.
	Labels map[string]string `json:"-" yaml:"labels"`
	// Yes says that a plain "yes" to the line means this choice.
	Yes bool `json:"-" yaml:"yes"`
}

// Menu is a list to pick one from.
type Menu struct {
	// Label says what the list is of; it is shown until something is picked.
	Label string `json:"label"`
	// Choices are up to 25, each a sentence that could be typed.
	Choices []Choice `json:"choices"`
}

// MaxSays is the length limit of Choice.Says in bytes: Telegram's callback_data holds no more.
const MaxSays = 64

// Moment is an instant as Text shows it.
type Moment struct {
	Shown string    `json:"shown"`
	At    time.Time `json:"at"`
}

// File is a document that goes with a line.
type File struct {
	Name string `json:"name"`
	Data []byte `json:"data"`
}
