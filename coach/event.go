package coach

import "time"

// Event is something that happened to a runner. The set is sealed.
type Event interface{ event() }

// Said is what a runner wrote, or the words of a choice that they tapped.
type Said struct {
	// At is the runner's address at which it was heard; empty if that is not known.
	At ID
	// Text is what they wrote: plain words, or a command such as "/done hill yesterday".
	Text string
	// Tapped is true if Text came from a choice and not from a keyboard.
	Tapped bool
	// Nudge is the Key of the line that the text answers: of the line whose
	// choice was tapped or that was replied to. Empty if there is none or it is not known.
	Nudge string
	// Replied is what the first choice says of the coach's message that the text
	// was sent as a reply to, as "/undo 2026-11-24 hill" under a receipt; empty if
	// it is no reply, or one to a message without choices. It tells what is remarked on.
	Replied string
	// Where is the group or server channel in which it was said; empty in private.
	Where ID
	// Handle is what the platform needs to answer in place: an interaction, a
	// message to edit, a topic. It is opaque to everybody else.
	Handle string
	// Sent is when the platform says it was sent; zero if it does not say.
	Sent time.Time
	// Was is the Sent of an earlier text that this one was put in place of; zero if of none.
	Was time.Time
	// Locale is the language that the runner's client speaks, as BCP 47; empty if not known.
	Locale string
	// Zone is an IANA zone that the platform told of its own accord, as by a
	// shared location; empty if none.
	Zone string
}

// Sent is something without words that a runner sent: a photo, a voice note, a sticker.
type Sent struct {
	At     ID     // as in Said
	What   string // "photo", "voice", "sticker", or "other"
	Nudge  string // as in Said
	Where  ID     // as in Said
	Handle string // as in Said
}

// Reacted is an emoji that a runner put on a message of the coach.
type Reacted struct {
	At     ID // as in Said
	Emoji  string
	Ref    string // what the platform calls the message
	Nudge  string // the Key of that line; empty until it was looked up by Ref, and if there is none
	Handle string // as in Said
}

// Woke says that the runner's Wake may have come.
type Woke struct{}

// Left says that the runner cannot be reached at an address any more. Key is
// that of the line that could not be said there, if one could not.
type Left struct {
	At  ID
	Key string
}

// Returned says that the runner can be reached at an address again.
type Returned struct{ At ID }

// Unsent says that a reminder could not be said, or may not have arrived, and
// will not be tried again.
type Unsent struct {
	Key string // the Key of the line
	Why string // what became of it, or the reason of [Coach.Unwanted]
}

// After is an event of which the runner cannot know what came before.
type After struct {
	Event
	// Away are the times, oldest first, in which nobody was there to hear or to wake them.
	Away []Gap
	// Lost is a time that was lived and is forgotten: the records were restored from a
	// copy made at its beginning. What came in it may have been said.
	Lost Gap
}

// What became of a line that was wanted and could not be said.
const (
	UnsentExpired = "expired"
	UnsentUnknown = "unknown"
	UnsentRefused = "refused"
)

func (Said) event()     {}
func (Sent) event()     {}
func (Reacted) event()  {}
func (Woke) event()     {}
func (Left) event()     {}
func (Returned) event() {}
func (Unsent) event()   {}
