package reading_test

import (
	"testing"

	"legcoach/coach/reading/score"
)

// What is supposed, wished or only asked about changes nothing, whatever else is made of it.
func TestSupposed(t *testing.T) {
	reader := newReader(t)
	now, err := score.At("2026-11-24T19:30:00Z", "Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, said := range []string{
		"if i did hills yesterday can i do intervals today",
		"if i did hills yesterday can i do intervals today?",
		"if i run hills today can i do intervals tomorrow",
		"if i ran on tuesday does it count?",
		"what if i did intervals yesterday, is hills ok today?",
		"not sure if i did hills yesterday",
		"i wish i did hills yesterday",
		"i wish i had run today",
		"i wish i had done hills yesterday",
		"pm",
		"tell me about strength",
		"tell me about easy runs",
		"should i log rest days",
		"i used to run every tuesday",
		"signed up for a 10k today",
	} {
		if got := reader.Read(said, score.Context(now, "")); got.Writes() {
			t.Errorf("%s: got %s, want nothing that changes what is stored", said, got.Intent)
		}
	}
}
