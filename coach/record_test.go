package coach_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"legcoach/coach"
)

// TestRecordsOfEveryForm says that what any version has written is read: each file in testdata/record holds
// the same runner, in base64 where it is not text. A file that is there is never written anew.
func TestRecordsOfEveryForm(t *testing.T) {
	for _, name := range []string{"1.json", "2.base64"} {
		record, err := os.ReadFile("testdata/record/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".base64") {
			if record, err = base64.StdEncoding.DecodeString(strings.TrimSpace(string(record))); err != nil {
				t.Fatal(err)
			}
		}
		var r coach.Runner
		if err := r.UnmarshalBinary(record); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		log, err := r.Days.Log.MarshalText()
		if err != nil {
			t.Fatal(err)
		}
		if r.ID != "telegram/8472011" || len(r.Told.Nudges) != 6 || r.Set.Plan == nil || len(r.Set.Own) != 1 ||
			string(log) != "2026-11-08 raZbZcEZhZiZsE" {
			t.Errorf("%s is read as %s", name, encode(r))
		}
	}
}

// TestRecordIsSmall says that a runner of two weeks with a plan and reminders takes less than half of what they say in JSON.
func TestRecordIsSmall(t *testing.T) {
	text, err := os.ReadFile("testdata/record/1.json")
	if err != nil {
		t.Fatal(err)
	}
	var r coach.Runner
	if err := r.UnmarshalBinary(text); err != nil {
		t.Fatal(err)
	}
	if got, most := len(kept(t, r)), len(text)/2; got > most {
		t.Errorf("the record takes %d bytes of %d, want at most %d", got, len(text), most)
	}
}

// FuzzRecord says that what is read from any bytes is written and read again as the same.
func FuzzRecord(f *testing.F) {
	l := newLife(f)
	for _, text := range said[:12] {
		l.step(f, coach.Said{Text: text})
		f.Add(kept(f, l.r))
	}
	f.Add([]byte(encode(l.r)))
	f.Add([]byte{2, 0})
	f.Fuzz(func(t *testing.T, record []byte) {
		var r, again coach.Runner
		if err := r.UnmarshalBinary(record); err != nil {
			return
		}
		if _, err := json.Marshal(r); err != nil {
			return // a date or a kind that nobody has
		}
		first := kept(t, r)
		if err := again.UnmarshalBinary(first); err != nil {
			t.Fatalf("%q is written as %q, and that is not read: %v", record, first, err)
		}
		if second := kept(t, again); !bytes.Equal(first, second) {
			t.Errorf("%q is written as %q, and then as %q", record, first, second)
		}
		if wake, err := coach.WakeOf(record); err != nil || !wake.Equal(r.Wake) {
			t.Errorf("%q alone wakes at %v (%v), want %v", record, wake, err, r.Wake)
		}
	})
}
