package reading

// Heavy rules against every write are guards: they know what is not this bot's.
const (
	aGuard  = -8.0  // weighs this or less,
	hard    = -15.0 // and one of this or less holds whatever was learned.
	certain = 0.80  // Where so much was learned for an intent
	outside = 0.05  // and no more for what is out of scope,
	doubted = 0.2   // only this part of a guard counts;
	likely  = 0.3   // with so much learned, none of it
	spoken  = 3.0   // if a rule of this weight speaks for the intent in another clause.
)

// told are the intents that a clause may say by itself, whatever the others speak
// of. Where somebody is and what holds for long is said to many who are not this bot.
var told = map[string]bool{Log: true, Skip: true, Move: true}

// heeded returns how much of a rule's weight counts for an intent, where out was
// learned for what is out of scope: all of it, but less of a guard where the message
// leaves no doubt of the intent, or names the other thing in another clause: "skip tomorrow, the boiler man comes".
func (r *Reader) heeded(m *message, e Evidence, intent *score, out float64, evidence []Evidence) float64 {
	if e.Intent != writes || e.Weight > aGuard || e.Weight <= hard {
		return 1
	}
	if told[intent.name] && intent.learned >= likely && r.aside(m, e, intent.name, evidence) {
		return 0
	}
	if intent.learned >= certain && out <= outside {
		return doubted
	}
	return 1
}

// aside reports whether a guard stands outside a clause that speaks for an intent.
func (r *Reader) aside(m *message, guard Evidence, intent string, evidence []Evidence) bool {
	for _, e := range evidence {
		if e.Intent != intent || e.Weight < spoken {
			continue
		}
		from, to := r.clause(m, e.from, e.to), e.to
		for to < len(m.tokens) && !r.parts(m, to) {
			to++
		}
		if guard.to <= from || guard.from >= to {
			return true
		}
	}
	return false
}
