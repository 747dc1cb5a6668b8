package coach

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"legcoach/coach/plan"
	"legcoach/coach/reading"
	"legcoach/coach/streak"
)

// mydata lists everything that is kept, and why.
func (t *turn) mydata(_ ask) {
	t.say("mydata", vars{"fields": strings.Join(t.fields(), "\n")})
}

// fields are what is kept of the runner, a line each with its reason.
func (t *turn) fields() []string {
	s, told := t.r.Set, t.r.Told
	v := vars{"address": t.list(texts(t.addresses())), "places": t.placesOf(t.addresses()), "since": t.long(t.r.Days.Log.Start()), "total": t.count(t.derived().Total, "session"),
		"clock": t.zone.String(), "months": fmt.Sprint(t.config.IdleMonths)}
	var rows []string
	for _, field := range []struct {
		name string
		kept bool
	}{
		{"address", true}, {"days", true}, {"heard", true}, {"clock", true},
		{"plan", s.Plan != nil},
		{"check", s.Plan != nil && s.Plan.Check != plan.NotAsked},
		{"answers", s.Answers != ""},
		{"care", s.Plan != nil && (s.Plan.Pain.Colour != "" || len(s.Plan.Pain.Ambers) > 0 || s.Plan.Ill != plan.Well)},
		{"pauses", len(t.r.Days.Pauses) > 0},
		{"efforts", len(t.r.Efforts) > 0},
		{"runs", len(t.r.Runs) > 0},
		{"notes", len(t.r.Notes) > 0},
		{"reminders", s.Remind || s.Declined || told.Offered || len(s.Own) > 0 || s.Clock != nil || s.Never != 0 || s.Quiet != nil || s.Tone != ""},
		{"sent", len(told.Nudges) > 0 || len(told.Drops) > 0 || len(told.Snoozed) > 0},
		{"hours", len(told.Hours) > 0},
		{"linked", len(t.linked()) > 0},
		{"apart", t.r.Link != nil && t.r.Link.Theirs != nil},
		{"change", t.r.Last != nil},
		{"talk", true},
		{"idle", t.config.IdleMonths > 0},
	} {
		if field.kept {
			rows = append(rows, t.phrases.text("mydata_"+field.name, v))
		}
	}
	return rows
}

// export gives everything in one file that a program can read, and one for people.
func (t *turn) export(_ ask) {
	r := t.r
	r.Days.Plan, r.Days.Settled = nil, streak.Settled{} // both follow from the rest
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		panic(err) // a runner can always be written: they are stored the same way
	}
	l := t.say("export", nil)
	l.File = &File{Name: "legcoach.json", Data: append(data, '\n')}
	page := strings.Join(append(append(t.fields(), ""), t.pageLines()...), "\n") + "\n"
	t.add(Line{Text: t.phrases.text("export_readable", nil), Private: true, File: &File{Name: "legcoach.txt", Data: []byte(page)}})
}

// pageLines are all days with their notes, a line each.
func (t *turn) pageLines() []string {
	var lines []string
	for _, d := range streak.History(t.r.Days, t.now) {
		lines = append(append(lines, t.dayLines([]streak.Day{d}, 1)...), t.notesOn(d.Date)...)
	}
	return lines
}

// forget deletes everything, once that is confirmed.
func (t *turn) forget(a ask) {
	switch a.args() {
	case "yes":
		name, v := "forgotten", vars{}
		if t.config.BackupDays > 0 {
			name, v = "forgotten_backups", vars{"days": t.count(t.config.BackupDays, "day")}
		}
		here, elsewhere, place := cmp.Or(t.at, t.r.ID), t.addresses(), t.place
		t.r = Runner{}
		t.say(name, v).Last = true
		for _, a := range elsewhere {
			if a != here {
				l := t.say("forgotten_elsewhere", vars{"place": place(here)})
				l.To, l.Handle, l.Last = a, "", true
			}
		}
	case "no":
		t.instead(t.say("forget_kept", nil))
	default:
		notes := ""
		if len(t.r.Notes) > 0 {
			notes = t.phrases.text("forget_notes", vars{"notes": t.count(len(t.r.Notes), "note")})
		}
		linked := ""
		if len(t.linked()) > 0 {
			linked = t.phrases.text("forget_linked", vars{"places": t.placesOf(t.addresses())})
		}
		t.say("forget_ask", vars{"linked": linked, "total": t.count(t.derived().Total, "session"), "since": t.long(t.r.Days.Log.Start()), "notes": notes})
		t.r.Talk.Asked = askedForget
	}
}

func texts(ids []ID) []string {
	var all []string
	for _, id := range ids {
		all = append(all, string(id))
	}
	return all
}

// verdicts are what may be said of an answer: a thumb, and what was wrong after a thumb down.
var verdicts = []string{"up", "down", "wrong", "other", "long"}

// Feedback returns what an event says of an answer: the topic, and "up", "down", or after
// that "wrong", "other" (it was not the question) or "long". Both are empty if it says nothing
// of that kind. They are for counting, and there are only so many of them.
func (c *Coach) Feedback(e Event) (topic, verdict string) {
	said, spoke := e.(Said)
	words, is := strings.CutPrefix(said.Text, "/feedback ")
	if !spoke || !is {
		return "", ""
	}
	topic, verdict, _ = strings.Cut(words, " ")
	if _, known := c.faq.Topic(topic); !known || !slices.Contains(verdicts, verdict) {
		return "", ""
	}
	return topic, verdict
}

// feedback takes "topic up", "topic down" and the reasons. It is counted nowhere by name.
func (t *turn) feedback(words string) {
	topic, what, _ := strings.Cut(words, " ")
	switch what {
	case "up":
		t.instead(t.say("thumbs_up", nil))
	case "down":
		t.say("thumbs_down", vars{"topic": short(topic, 32)})
	default:
		t.instead(t.say("thumbs_noted", nil))
	}
}

// letBreak refuses a freeze for a date: "2026-11-24".
func (t *turn) letBreak(words string) {
	date, _, found := cutDate(words)
	if !found || date > t.today || date < t.r.Days.Log.Start() {
		t.do(ask{Reading: reading.Reading{Intent: reading.Why}, Command: "why"})
		return
	}
	was := t.mark()
	t.r.Days = t.r.Days.LetBreak(date, true)
	what := t.phrases.text("what_no_freeze", vars{"when": date.String()})
	change := t.changed(was, what)
	t.instead(t.say("corrected", vars{"what": t.dated(what), "numbers": t.numbers(), "change": change}))
}
