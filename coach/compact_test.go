package coach_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"legcoach/coach"
	"legcoach/coach/day"
)

// TestReminderText says that what is kept of a reminder is read as it was written, and nothing else is.
func TestReminderText(t *testing.T) {
	at := time.Date(2026, 11, 24, 18, 0, 0, int(250*time.Millisecond), time.UTC)
	told := coach.Told{
		Nudges: []coach.Nudge{{Date: day.DateOf(2026, 11, 24), Kind: day.Hill, At: at, Closed: true, Snoozes: 3, Lost: true}, {Date: 1, Kind: day.Rest, At: at}},
		Drops:  []coach.Drop{{Date: day.DateOf(2026, 11, 25), Kind: "week", Why: "ignored", At: at}, {Date: 2, Kind: day.Easy, Why: "left out"}},
	}
	data, err := json.Marshal(told)
	if err != nil {
		t.Fatal(err)
	}
	var got coach.Told
	if err := json.Unmarshal(data, &got); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, told) {
		t.Errorf("read %+v, wrote %+v", got, told)
	}
	for _, bad := range []string{`"x"`, `"?.hill.1"`, `"1.hill.?"`, `"1.hill.1.sx"`} {
		if err := json.Unmarshal([]byte(bad), new(coach.Nudge)); err == nil {
			t.Errorf("%s was read as a reminder", bad)
		}
	}
}
