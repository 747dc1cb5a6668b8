package coach

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"legcoach/coach/day"
	"legcoach/coach/reading"
)

// A runner keeps at most so many notes, the latest, and of each so many bytes.
const maxNotes, maxNote = 24, 240

// noteOrder takes "/note 2026-11-24 legs felt great", "/note delete 2026-11-24",
// and "/note" for a look at what is kept.
func (t *turn) noteOrder(words string) {
	date, text := t.noteWords(words)
	switch {
	case strings.HasPrefix(words, "delete "):
		t.dropNotes(date)
	case text != "":
		t.keepNote(date, text)
	case words != "":
		t.r.Talk.Asked, t.r.Talk.For = askedNote, date.String()
		t.say("note_ask", vars{"on": t.onDay(date)})
	default:
		t.listNotes()
	}
}

// noteWords takes "2026-11-24 legs felt great" apart; without a date it is today's.
func (t *turn) noteWords(words string) (day.Date, string) {
	first, rest, _ := strings.Cut(strings.TrimPrefix(words, "delete "), " ")
	if d, err := day.ParseDate(first); err == nil {
		return d, strings.TrimSpace(rest)
	}
	return t.today, words
}

// noted takes a message that calls itself a note: "note: legs felt great".
func (t *turn) noted(text string, r reading.Reading) bool {
	date, note, said := t.noteSaid(text, r)
	if said {
		t.keepNote(date, note)
	}
	return said
}

// remarked takes a remark under a reminder or a receipt for a note, if it means nothing else.
func (t *turn) remarked(text string, r reading.Reading) bool {
	date, found := t.remarkedOn()
	if !found || t.where != "" || strings.Contains(text, "?") || !t.remark(date, r) {
		return false
	}
	t.keepNote(date, text)
	return true
}

// noteSaid finds the note in a message that calls itself one, and its date. A
// message without a colon is one only if it means nothing else.
func (t *turn) noteSaid(text string, r reading.Reading) (day.Date, string, bool) {
	words := strings.ToLower(text)
	for _, opener := range t.hints["note"] {
		rest, found := strings.CutPrefix(words, opener)
		if !found || len(words) != len(text) {
			continue
		}
		rest = text[len(text)-len(rest):]
		about, note, marked := strings.Cut(rest, ":")
		if marked && len(strings.Fields(about)) <= fewWords {
			return t.noteDate(about), strings.TrimSpace(note), strings.TrimSpace(note) != ""
		}
		if strings.HasPrefix(rest, " ") && (r.Intent == reading.OutOfScope || r.Intent == reading.DidYouMean) {
			return t.today, strings.TrimSpace(rest), true
		}
	}
	return 0, "", false
}

// fewWords is how many words may say of which day a note is: "for last tuesday".
const fewWords = 4

// noteDate is the date that words before a colon name: "note for tuesday: …".
func (t *turn) noteDate(about string) day.Date {
	if strings.TrimSpace(about) == "" {
		return t.today
	}
	if d := t.reader.As(reading.Log, about, t.context()).Date; d != 0 {
		return d
	}
	return t.today
}

// remarkedOn is the date of the reminder or the receipt under which something was written.
func (t *turn) remarkedOn() (day.Date, bool) {
	if t.tapped {
		return 0, false
	}
	for _, n := range t.r.Told.Nudges {
		if n.Key() == t.nudge {
			return n.Date, true
		}
	}
	name, words, _ := strings.Cut(t.replied, " ")
	if !slices.Contains([]string{"/effort", "/undo", "/done", "/rest", "/correct", "/note"}, name) {
		return 0, false
	}
	date, _, dated := cutDate(words)
	return date, dated
}

// remark reports whether a reading is no more than a remark on what was done on
// a date: it means nothing else, or tells once more of what is logged there.
func (t *turn) remark(date day.Date, r reading.Reading) bool {
	switch r.Intent {
	case reading.OutOfScope, reading.DidYouMean, reading.Answer, reading.NotCovered, reading.Complaint:
		return true
	case reading.Log, reading.Correct:
		did := t.r.Days.Log.At(date).Sessions()
		return len(did) > 0 && len(r.Dates) == 0 && !slices.ContainsFunc(r.Kinds, func(k day.Kind) bool { return !slices.Contains(did, k) })
	}
	return false
}

// keepNote keeps words with a date, unless they tell of something serious.
func (t *turn) keepNote(date day.Date, text string) {
	if r := t.read(text); urgent(r) {
		t.do(ask{Reading: r, Words: text})
		return
	}
	switch {
	case date > max(t.today, t.civil()):
		t.say("note_future", nil)
		return
	case date < t.r.Days.Log.Start():
		t.say("note_early", vars{"since": t.long(t.r.Days.Log.Start())})
		return
	}
	was := t.mark()
	note, cut := tidy(text)
	notes := append(slices.Clone(t.r.Notes), Note{date, note})
	t.r.Notes = notes[max(0, len(notes)-maxNotes):]
	v := vars{"when": t.when(date), "note": note, "change": t.changed(was, t.phrases.text("what_note", vars{"when": date.String()}))}
	l := t.instead(t.say("note_kept", v))
	switch {
	case cut:
		l.Text = join(l.Text, t.phrases.text("note_cut", nil))
	case len(notes) > maxNotes:
		l.Text = join(l.Text, t.phrases.text("note_full", vars{"most": fmt.Sprint(maxNotes)}))
	}
}

// tidy makes one line of words, of at most maxNote bytes, and reports whether it left some out.
func tidy(text string) (string, bool) {
	text = strings.Join(strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
	if len(text) <= maxNote {
		return text, false
	}
	end := maxNote
	for !utf8.RuneStart(text[end]) {
		end--
	}
	return strings.TrimSpace(text[:end]), true
}

// listNotes shows the notes, and lets the latest be deleted.
func (t *turn) listNotes() {
	if len(t.r.Notes) == 0 {
		t.say("note_none", nil)
		return
	}
	var rows []string
	var dates []day.Date
	for _, n := range t.r.Notes {
		rows = append(rows, t.phrases.text("note_row", vars{"date": t.long(n.Date), "note": n.Text}))
		dates = append(slices.DeleteFunc(dates, func(d day.Date) bool { return d == n.Date }), n.Date)
	}
	l := t.say("notes", vars{"notes": strings.Join(rows, "\n")})
	for _, d := range dates[max(0, len(dates)-historyUndo):] {
		l.Choices = append(l.Choices, t.phrases.line("note_delete", vars{"day": d.Format("Mon 2 Jan"), "date": d.String()}).Choices...)
	}
}

// dropNotes deletes the notes of a date.
func (t *turn) dropNotes(date day.Date) {
	was := t.mark()
	t.r.Notes = slices.DeleteFunc(slices.Clone(t.r.Notes), func(n Note) bool { return n.Date == date })
	if len(t.r.Notes) == len(was.Notes) {
		t.say("note_none", nil)
		return
	}
	t.instead(t.say("note_gone", vars{"on": t.onDay(date), "change": t.changed(was, t.phrases.text("what_note", vars{"when": date.String()}))}))
}

// notesOn are the notes of a date as lines below it.
func (t *turn) notesOn(date day.Date) []string {
	var rows []string
	for _, n := range t.r.Notes {
		if n.Date == date {
			rows = append(rows, t.phrases.text("note_below", vars{"note": n.Text}))
		}
	}
	return rows
}
