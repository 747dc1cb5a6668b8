package day

// Kind is the kind of a day in a plan, and of a session that was done.
type Kind string

// The kinds of day. Free is a day that no plan covers.
const (
	Free     Kind = ""
	Hill     Kind = "hill"
	Interval Kind = "interval"
	Strength Kind = "strength"
	Easy     Kind = "easy"
	Rest     Kind = "rest"
)

// Kinds are the kinds that a plan can hold, in the order in which they are listed everywhere.
var Kinds = []Kind{Hill, Interval, Strength, Easy, Rest}

// Hard reports whether a day of this kind is a hard day: hills or intervals.
func (k Kind) Hard() bool { return k == Hill || k == Interval }

// Training reports whether a day of this kind holds a session.
func (k Kind) Training() bool { return k.Hard() || k == Strength || k == Easy }

// ParseKind returns the kind that is named s, and whether there is one.
func ParseKind(s string) (Kind, bool) {
	for _, k := range Kinds {
		if string(k) == s {
			return k, true
		}
	}
	return Free, false
}
