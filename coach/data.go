package coach

import (
	"encoding/json"
	"fmt"
	"strings"

	"legcoach/coach/reading"
	"legcoach/coach/streak"
)

// mydata lists everything that is kept, and why.
func (t *turn) mydata(_ ask) {
	t.say("mydata", vars{"fields": strings.Join(t.fields(), "\n")})
}

// fields are what is kept of the runner, a line each with its reason.
func (t *turn) fields() []string {
	n := t.derived()
	rows := []string{
		fmt.Sprintf("- your address %s: to answer you", t.r.ID),
		fmt.Sprintf("- the days since %s: what was planned and done, for your numbers (%s)", t.long(t.r.Days.Log.Start()), count(n.Total, "session", "sessions")),
		fmt.Sprintf("- your clock %s: for days and reminders at your time", t.zone),
	}
	add := func(yes bool, row string) {
		if yes {
			rows = append(rows, row)
		}
	}
	add(t.r.Set.Plan != nil, "- your plan: level, week, changes, and the start check's outcome without its answers")
	add(len(t.r.Days.Pauses) > 0, "- your pauses and their reason in one word: to hold your streak")
	add(len(t.r.Efforts) > 0, "- how hard sessions were, 0 to 10: to fit the plan")
	add(t.r.Set.Remind, "- your reminders, and the latest that were sent: so that none comes twice")
	add(t.r.Last != nil, "- your latest change for 24 hours: so that you can take it back")
	add(true, "- the topic we last spoke of, for ten minutes: so that I can follow")
	if months := t.config.IdleMonths; months > 0 {
		add(true, fmt.Sprintf("All of it goes after %d months of silence, with a word before.", months))
	}
	return rows
}

// export gives everything in one file that a program can read, and one for people.
func (t *turn) export(_ ask) {
	r := t.r
	r.Days.Plan = nil
	data, err := json.MarshalIndent(r, "", "  ")
	if err != nil {
		panic(err) // a runner can always be written: they are stored the same way
	}
	l := t.say("export", nil)
	l.File = &File{Name: "legcoach.json", Data: append(data, '\n')}
	days := streak.History(t.r.Days, t.now)
	page := strings.Join(append(t.fields(), append([]string{""}, t.dayLines(days, len(days))...)...), "\n") + "\n"
	t.add(Line{Text: t.phrases.text("export_readable", nil), Private: true, File: &File{Name: "legcoach.txt", Data: []byte(page)}})
}

// forget deletes everything, once that is confirmed.
func (t *turn) forget(a ask) {
	switch a.args() {
	case "yes":
		name, v := "forgotten", vars{}
		if t.config.BackupDays > 0 {
			name, v = "forgotten_backups", vars{"days": count(t.config.BackupDays, "day", "days")}
		}
		t.r = Runner{}
		t.say(name, v)
	case "no":
		t.instead(t.say("forget_kept", nil))
	default:
		n := t.derived()
		what := fmt.Sprintf("%s, your streak, your plan, your reminders and your settings", count(n.Total, "session", "sessions"))
		t.say("forget_ask", vars{"what": what})
		t.r.Talk.Asked = askedForget
	}
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
	if !found {
		t.do(ask{Reading: reading.Reading{Intent: reading.Why}, Command: "why"})
		return
	}
	was := t.mark()
	t.r.Days = t.r.Days.LetBreak(date, true)
	change := t.changed(was, "no freeze "+t.when(date))
	t.instead(t.say("corrected", vars{"what": "no freeze for " + t.when(date), "numbers": t.numbers(), "change": change}))
}
