package streak

import "fmt"

// Reason says why a date is excused.
type Reason uint8

// The reasons. Amber, Red, Comeback and Abroad are given by the coach, the others by the runner.
const (
	None     Reason = iota
	Sick            // the runner was ill
	Injured         // the runner was hurt
	Travel          // the runner was travelling
	Life            // something else came up
	Unsaid          // the runner gave no reason
	Amber           // sore: gentle days until two green mornings; kept rest still counts
	Red             // a red flag or an emergency: holds without limit
	Comeback        // missed, and bridged by two sessions within a week
	Abroad          // the date did not exist for the runner, or lasted less than 12 hours
)

var reasonNames = [...]string{"", "sick", "injured", "travel", "life", "no reason", "amber", "red", "comeback", "date skipped"}

// String returns the name of r, as it is stored.
func (r Reason) String() string {
	if int(r) < len(reasonNames) {
		return reasonNames[r]
	}
	return fmt.Sprintf("reason %d", uint8(r))
}

// MarshalText returns the name of r.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (r *Reason) UnmarshalText(text []byte) error {
	for i, name := range reasonNames {
		if name == string(text) {
			*r = Reason(i)
			return nil
		}
	}
	return fmt.Errorf("read reason %q: there is no such reason", text)
}
