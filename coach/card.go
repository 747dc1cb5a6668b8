package coach

import (
	"fmt"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/streak"
)

// note says a line that nobody asked for.
func (t *turn) note(name string, v vars) *Line {
	l := t.add(Line{Text: t.book.Note(name, v, string(t.r.ID), t.today), Private: true})
	l.Unasked, l.Silent, l.Key = true, true, t.today.String()+"/"+name
	return l
}

// weekKind stands for the weekly card where reminders are told of by their kind.
const weekKind day.Kind = "week"

// card sums the week up, on its last evening.
func (t *turn) card() {
	at := t.cardAt()
	if at.IsZero() || t.now.Before(at) {
		return
	}
	if why := t.cardWanted(); why != "" {
		t.noCard(why)
		return
	}
	monday := t.civil().Monday()
	t.r.Told.Card = monday
	l := t.note(t.cardName(monday), t.cardVars(monday))
	l.Text, l.Card = t.cardText(l.Text, monday), weekKind
	l.Expires = sooner(t.cardDue().Add(cardLife), t.nextAt(t.quietHours().From, t.now))
	l.Choices = t.phrases.line("card_choices", nil).Choices
}

// cardWanted says why no card is to be said now; empty if it is.
func (t *turn) cardWanted() string {
	_, paused := t.r.Days.Paused(t.today)
	switch {
	case paused:
		return dropPaused
	case t.now.Sub(t.cardDue()) > life:
		return dropStale
	case t.forgotten(t.cardDue()):
		return dropRestored
	case t.r.Set.Never&(1<<time.Sunday) != 0:
		return dropOut
	case t.quietAt(t.now):
		return dropQuiet
	case t.ignored() >= fewerAfter:
		return dropIgnored
	}
	return ""
}

// noCard notes that this week has no card, and why.
func (t *turn) noCard(why string) {
	t.r.Told.Card = t.civil().Monday()
	t.dropped(t.r.Told.Card+6, weekKind, why)
}

func (t *turn) cardName(monday day.Date) string {
	if done, rests := t.weekSoFar(monday); done+rests == 0 {
		return "week_quiet"
	}
	return "week"
}

func (t *turn) cardVars(monday day.Date) vars {
	done, rests := t.weekSoFar(monday)
	return vars{"week": fmt.Sprint(t.planWeek()), "done": t.count(done+rests, "day"), "rest": fmt.Sprint(rests),
		"day": t.phrases.text("tomorrow", nil), "shape": t.shape(monday + 7)}
}

// cardText adds what is ahead: next week's shape, whether it is a lighter one, and the numbers.
func (t *turn) cardText(text string, monday day.Date) string {
	say := func(name string) string { return t.book.Note(name, t.cardVars(monday), string(t.r.ID), t.today) }
	lighter := ""
	if next := t.on(monday + 7); t.plans.Deload(next.Week) {
		lighter = say("lighter")
	}
	numbers := t.derived()
	if numbers.Total > 0 {
		text = join(text, t.phrase(numbers))
	}
	return text + "\n\n" + join(say("shape"), lighter)
}

// cardOrder turns the weekly card off, or on.
func (t *turn) cardOrder(words string) {
	was := t.mark()
	t.r.Set.NoCard = words != "on"
	name := "card_off"
	if !t.r.Set.NoCard {
		name = "card_on"
	}
	t.instead(t.say(name, vars{"change": t.changed(was, t.phrases.text("what_card", nil))}))
}

// weekSoFar counts the days kept since Monday.
func (t *turn) weekSoFar(monday day.Date) (done, rests int) {
	for _, d := range t.derived().Days {
		switch {
		case d.Date < monday:
		case d.State == streak.Done:
			done++
		case d.State == streak.Rest:
			rests++
		}
	}
	return done, rests
}

// shape is a week in a line.
func (t *turn) shape(monday day.Date) string {
	var days []string
	for d := monday; d < monday+7; d++ {
		if k := t.r.Days.PlanOf(d); k.Training() {
			days = append(days, d.Format("Mon")+" "+t.kind(k))
		}
	}
	return strings.Join(days, ", ")
}

// checkIn asks, softly, on the last day of a pause, or every two weeks of an open one.
func (t *turn) checkIn() {
	at := t.checkInAt()
	if at.IsZero() || t.now.Before(at) {
		return
	}
	t.r.Told.CheckIn = t.now
	if t.quietAt(t.now) {
		return
	}
	name := "checkin_open"
	if p, _ := t.r.Days.Paused(t.today); p.Until != 0 {
		name = "checkin"
	}
	l := t.note(name, nil)
	l.Expires = at.Add(cardLife)
	l.Choices = t.phrases.line("checkin_choices", nil).Choices
}
