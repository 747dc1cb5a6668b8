package reading

// Heavy rules against every write are fences: they know what is not this bot's.
const (
	fence        = -8.0  // A fence weighs this or less,
	fenceAlways  = -15.0 // and one of this or less holds whatever was learned.
	fenceSure    = 0.80  // Where so much was learned for an intent
	fenceOutside = 0.05  // and no more for what is out of scope,
	fenceDoubted = 0.2   // only this part of a fence counts;
	fenceAside   = 0.3   // with so much learned, none of it
	fenceSpoken  = 3.0   // if a rule of this weight speaks for the intent in another clause.
)

// besideFences are the intents that one clause may say, whatever the others speak
// of. Where somebody is and what holds for long is said to many who are not this bot.
var besideFences = map[string]bool{Log: true, Skip: true, Move: true}

// heeded returns how much of a rule's weight counts for an intent, where out was
// learned for what is out of scope: all of it, but less of a fence where the message
// leaves no doubt of the intent, or names the other thing in another clause: "skip tomorrow, the boiler man comes".
func (r *Reader) heeded(m *message, e Evidence, intent *score, out float64, evidence []Evidence) float64 {
	if e.Intent != writes || e.Weight > fence || e.Weight <= fenceAlways {
		return 1
	}
	if besideFences[intent.name] && intent.learned >= fenceAside && r.aside(m, e, intent.name, evidence) {
		return 0
	}
	if intent.learned >= fenceSure && out <= fenceOutside {
		return fenceDoubted
	}
	return 1
}

// aside reports whether a fence stands outside a clause that speaks for an intent.
func (r *Reader) aside(m *message, fenced Evidence, intent string, evidence []Evidence) bool {
	for _, e := range evidence {
		if e.Intent != intent || e.Weight < fenceSpoken {
			continue
		}
		from, to := r.clause(m, e.from, e.to), e.to
		for to < len(m.tokens) && !r.parts(m, to) {
			to++
		}
		if fenced.to <= from || fenced.from >= to {
			return true
		}
	}
	return false
}
