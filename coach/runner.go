package coach

import "time"

// Runner is everything that is known of a person. The zero Runner is a stranger.
type Runner struct {
	// ID is the runner's first address, and their name in the store.
	ID ID `json:"id"`
	// Also are further addresses of the same person.
	Also []ID `json:"also,omitempty"`
	// Since is when they were first heard.
	Since time.Time `json:"since,omitzero"`
	// Wake is when the runner is next to be stepped with [Woke]; zero if never.
	Wake time.Time `json:"wake,omitzero"`
}

// IsZero reports whether r is a stranger, or somebody to be forgotten.
func (r Runner) IsZero() bool { return r.ID == "" }
