package reading

// As returns the keys that text has as a message of an intent that is known
// already: what follows a command, or answers a question.
func (r *Reader) As(intent, text string, c Context) Reading {
	reading := Reading{Text: cut(text), Intent: intent}
	r.slotsOf(r.look(reading.Text), c).fill(&reading)
	return reading
}
