package reading

import "slices"

// ours are the lists and facts that name what is this bot's: sessions, the
// plan and its days, reminders, the streak, what was said before.
var ours = []string{"named", "sport", "lastthing", "restday", "streakword", "mystuff", "tickmark"}

// own is the list that has the reminders too, which may be of anything.
var own = []string{"own"}

// strange are those that name what is not.
var strange = []string{"foreign", "elsewhere"}

// refers reports whether an intent that writes is about what is ours: the
// message names something of ours, or what speaks for the intent stands in a
// clause that names nothing else. "Skip tomorrow" is ours by itself and "skip
// tomorrow, the boiler man comes" too, but "skip tomorrow's yoga" is not.
// Where rules speak and a clause names what is in no list, what was learned
// decides; and so it does without a rule where it leaves no doubt.
func (r *Reader) refers(m *message, intent score, evidence []Evidence, out float64) bool {
	if !r.in(m, strange, 0, len(m.tokens)) {
		return true
	}
	if intent.learned > plainly && out < never && intent.rules >= askedAbout {
		return true
	}
	spoken, elsewhere := false, false // a rule speaks for the intent; in a clause that names what is known not to be ours
	for _, e := range evidence {
		if e.Weight <= 0 || e.Intent != intent.name {
			continue
		}
		spoken = true
		from, to := r.clause(m, e.from, e.to), r.attached(m, e.to)
		if !r.in(m, strange, from, to) {
			return true
		}
		elsewhere = elsewhere || r.in(m, strange[1:], from, to)
	}
	need := likelier
	if elsewhere {
		need *= likelier
	}
	if out > surely && intent.learned < hardly*out {
		return false
	}
	return r.in(m, ours, 0, len(m.tokens)) || intent.name != Remind && intent.name != Snooze && r.in(m, own, 0, len(m.tokens)) || spoken && intent.learned > need*out
}

// What was learned, from 0 to 1.
const (
	likelier = 4.0  // times as likely as what is not ours is what is; twice over if it names what is known not to be
	surely   = 0.6  // not ours, whatever is named,
	hardly   = 0.1  // if the intent is less than this part as likely
	plainly  = 0.65 // the intent, whatever is named, if no rule speaks hard against it
	never    = 0.1  // and it is not likelier than this that it is not ours
)

// in reports whether one of the lists has words among tokens from to to-1.
func (r *Reader) in(m *message, lists []string, from, to int) bool {
	return slices.ContainsFunc(lists, func(name string) bool {
		list := r.numbers[name]
		return m.has.has(list) && m.hasIn(list, from, to)
	})
}

// clause returns where the clause around tokens from to to-1 begins. If they
// speak of "it", the clauses before it say what it is.
func (r *Reader) clause(m *message, from, to int) int {
	for i := from; i < to; i++ {
		if r.particles.Pronouns[m.tokens[i].Text] {
			return 0
		}
	}
	for from > 0 && !r.parts(m, from-1) {
		from--
	}
	return from
}

// parts reports whether token i parts two clauses.
func (r *Reader) parts(m *message, i int) bool {
	switch m.tokens[i].Text {
	case ",", ".", ";", ":", "!", "?", "-", "(", ")":
		return i+1 == len(m.tokens) || !m.tokens[i+1].Glued
	}
	return r.particles.Clauses[m.tokens[i].Text]
}

// attached returns where ends what hangs on the words before token i: their
// object, or whatever it is for, of or from, past a date that may stand between.
func (r *Reader) attached(m *message, i int) int {
	end, hangs := i, true
	for i < len(m.tokens) && !r.parts(m, i) {
		if to := m.timeAt(i); to > i {
			i, end = to, to
			continue
		}
		i++
		switch word := m.tokens[i-1].Text; {
		case r.particles.Articles[word]:
		case r.particles.Prepositions[word]:
			hangs = true
		default:
			if hangs {
				end = i
			}
			hangs = false
		}
	}
	return end
}

// timeAt returns where the date or time ends that begins at token i, or i.
func (m *message) timeAt(i int) int {
	for _, t := range m.times {
		if t.From == i {
			return t.To
		}
	}
	return i
}
