package reading_test

import (
	"testing"

	"legcoach/coach/reading"
)

// TestPieces reads messages of which one clause or sentence is meant for the
// bot, and others name what it knows nothing of.
func TestPieces(t *testing.T) {
	reader, c := newReader(t), context(t)
	for text, want := range map[string]string{
		"I will not make it tomorrow, light and work have finished my plans.": reading.Skip,
		"I combined hills and strength today because I travel tomorrow":       reading.Log,
		"doing a double tomorrow. no chance of a run":                         reading.Skip,
		"pause reminders for 2 hours":                                         reading.Snooze,
		"pause my spotify for a month":                                        reading.OutOfScope,
	} {
		if got := reader.Read(text, c).Intent; got != want {
			t.Errorf("%s: got %s, want %s", text, got, want)
		}
	}
	whole := reader.Read("doing a double tomorrow. no chance of a run", c)
	if day := reader.Read("no run tomorrow", c).Date; whole.Date != day {
		t.Errorf("a sentence without a day: got %v, want that of the other sentence, %v", whole.Date, day)
	}
}
