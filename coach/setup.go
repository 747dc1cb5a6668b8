package coach

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"legcoach/coach/day"
	"legcoach/coach/plan"
	"legcoach/coach/reading"
)

// start answers /start and walks through the set-up: the health check, the time
// of day, the place. Every step can be skipped, and taken up again later.
func (t *turn) start(words string) {
	first, rest, _ := strings.Cut(words, " ")
	switch {
	case words == "" && t.state().Check == plan.Clear && t.hasPlan():
		t.greet(ask{})
	case words == "" && t.state().Check == plan.Clear && t.r.Set.Clock == nil:
		t.checked(plan.Outcome{Check: plan.Clear})
	case words == "" && t.state().Check == plan.Clear:
		t.setupAt(t.r.Set.Clock.String())
	case words == "" && t.state().Check == plan.AskDoctor:
		t.say("check_held", vars{"reply": t.plans.HeldWords(plan.HeldDoctor)})
	case words == "" && t.stranger:
		t.say("hello", nil)
	case words == "":
		t.say("check_ask", nil)
	case first == "clear":
		t.checked(t.plans.Answer(true, plan.No, plan.No, plan.No, plan.No))
	case first == "check":
		t.checkQuestion("")
	case first == "agreed":
		t.checked(plan.Outcome{Check: plan.Clear, Level: plan.New})
	case first == "later":
		t.say("later", nil)
	case first == "at":
		t.setupAt(rest)
	case first == "on":
		t.setupOn(rest)
	case first == "zone":
		t.setupZone(rest)
	case strings.HasPrefix(first, "q"):
		t.checkAnswer(first, rest)
	case strings.HasPrefix(first, "link_") && t.where != "":
		t.linkInGroup()
	case strings.HasPrefix(first, "link_"):
		t.redeem(strings.TrimPrefix(first, "link_"), true)
	default:
		t.say("hello", nil)
	}
}

// checkQuestion asks the next question; answers so far are letters: y, n, u.
func (t *turn) checkQuestion(answers string) {
	t.r.Set.Answers = answers
	questions := t.checkQuestions()
	n := len(answers)
	t.r.Talk.Asked, t.r.Talk.For = askedSetup, "check"
	name := "check_question"
	if n == 0 {
		name = "check_adult"
	}
	t.instead(t.say(name, vars{"n": fmt.Sprint(n + 1), "of": fmt.Sprint(len(questions)), "question": questions[n], "id": fmt.Sprintf("q%d", n+1)}))
}

// checkQuestions are the questions of the start check, being an adult first.
func (t *turn) checkQuestions() []string {
	_, adult := t.plans.Intro()
	questions := []string{adult}
	for _, q := range t.plans.Questions() {
		questions = append(questions, q.Ask)
	}
	return questions
}

// checkAnswer takes the answer to one question, as "q2" and "no". One that is not
// asked now, as by a second tap, changes nothing.
func (t *turn) checkAnswer(question, word string) {
	letter := map[string]string{"yes": "y", "no": "n", "unsure": "u"}[word]
	answers := t.r.Set.Answers + letter
	if letter == "" || question != fmt.Sprintf("q%d", len(answers)) || len(answers) > len(t.checkQuestions()) {
		t.checkQuestion(t.r.Set.Answers)
		return
	}
	adult := answers[0] == 'y'
	last := answers[len(answers)-1]
	if !adult || len(answers) > 1 && last != 'n' || len(answers) == len(t.checkQuestions()) {
		var given []plan.Answer
		for _, a := range answers[1:] {
			given = append(given, map[rune]plan.Answer{'y': plan.Yes, 'n': plan.No, 'u': plan.NotSure}[a])
		}
		t.checked(t.plans.Answer(adult, given...))
		return
	}
	t.checkQuestion(answers)
}

// checked keeps the outcome of the start check and goes on. A plan that is
// under way waits for the doctor, and so do its numbers.
func (t *turn) checked(o plan.Outcome) {
	t.r.Set.Answers = ""
	s := t.state()
	if t.r.Set.Plan == nil {
		s.Hard = time.Tuesday
	}
	held := s.Check == plan.AskDoctor
	s.Check = o.Check
	if o.Level != "" {
		s.Level = o.Level
	}
	t.r.Set.Plan = &s
	t.final()
	switch {
	case o.Check != plan.Clear:
		if t.hasPlan() {
			t.stop()
		}
		name := "check_wait"
		if o.Question == 0 {
			name = "check_minor"
		}
		t.instead(t.say(name, vars{"reply": o.Words}))
	case t.hasPlan():
		if held && !t.stopped() {
			t.unpause()
		}
		t.instead(t.say("check_clear", vars{"next": t.nextWords()}))
	case t.r.Set.Clock == nil:
		t.r.Talk.Asked, t.r.Talk.For = askedSetup, "at"
		t.instead(t.say("setup_when", nil))
	default:
		t.setupWhere()
	}
}

// setupAt takes the time of day; the place comes next.
func (t *turn) setupAt(words string) {
	clock, said := clockOf(words)
	if !said {
		t.say("setup_when", nil)
		return
	}
	t.r.Set.Clock = &clock
	if t.state().Check == plan.NotAsked {
		t.start("")
		return
	}
	t.setupWhere()
}

// setupOn takes the day of the first hard session, from which the week follows.
func (t *turn) setupOn(weekday string) {
	if t.hasPlan() {
		t.turnWeek(weekday)
		return
	}
	for d := day.Date(4); d < 11; d++ { // any week
		if strings.EqualFold(d.Format("Mon"), weekday) {
			s := t.state()
			s.Hard = d.Weekday()
			t.r.Set.Plan = &s
		}
	}
	t.start("")
}

// setupWhere asks for the place, or is done if that is known.
func (t *turn) setupWhere() {
	if t.r.Set.ZoneSaid {
		t.finish()
		return
	}
	t.r.Talk.Asked, t.r.Talk.For = askedSetup, "zone"
	t.instead(t.say("setup_zone", t.zoneVars()))
}

func (t *turn) setupZone(words string) {
	found := t.places.Find(words)
	if len(found) != 1 {
		t.r.Talk.Asked, t.r.Talk.For = askedSetup, "zone"
		if len(found) > 1 {
			t.askPlace(found, 0)
		} else {
			t.say("zone_unknown", nil)
		}
		return
	}
	t.r.Days = t.r.Days.WithClock(t.now, found[0].Zone, t.r.Days.Clock(t.now).Starts)
	t.r.Set.ZoneSaid = true
	t.relocate()
	t.finish()
}

// goOn finishes a set-up that waits for nothing but the place, once the place
// was told in another way.
func (t *turn) goOn() {
	if t.waitsForPlace() && len(t.r.Days.Clocks) > len(t.entered.Clocks) {
		t.finish()
	}
}

// waitsForPlace reports whether a set-up waits for nothing but the place.
func (t *turn) waitsForPlace() bool {
	return t.state().Check == plan.Clear && !t.hasPlan() && t.r.Set.Clock != nil
}

// finish starts the plan and its reminders.
func (t *turn) finish() {
	was := t.mark()
	s, dropped := t.settleWeek(plan.State{}, t.planOrNew(), t.planLevel())
	t.r.Set.Plan = &s
	t.r.Set.Remind, t.r.Set.Declined = true, false
	t.settleFrom()
	if !t.tooLateToday() {
		t.adopt()
	}
	t.changed(was, t.phrases.text("what_setup", nil))
	next := t.upcoming(1)
	shown := t.nextDay()
	if len(next) > 0 {
		shown = t.moment(next[0].at)
	}
	l := t.instead(t.say("setup_done", vars{"week": t.weekWords(t.week()), "time": t.clockFor(day.Easy).String(), "next": shown}))
	if len(next) > 0 {
		l.Moments = []Moment{{Shown: shown, At: next[0].at}}
	}
	t.givesWay(l, dropped)
}

// tooLateToday reports whether the time of today's session went by before there
// was a plan: then the day stays as free as it was, and what is done on it counts.
func (t *turn) tooLateToday() bool {
	k := t.planned(t.today)
	clock, _ := t.clockOn(k, t.today)
	at, exists := day.Instant(t.today, clock, t.zone)
	return k.Training() && exists && at.Before(t.now)
}

// setupStep is the step of the set-up that a question interrupts for the first time; empty if none is.
func (t *turn) setupStep(a ask) string {
	asks := []string{reading.Answer, reading.NotCovered, reading.OutOfScope, reading.About, reading.MyData, reading.Thanks, reading.Help, reading.Source, reading.Complaint}
	if t.r.Talk.Asked != askedSetup || t.r.Talk.Wish == wishSetup || a.Command != "" || !slices.Contains(asks, a.Intent) {
		return ""
	}
	return t.r.Talk.For
}

// wishSetup stands for a step of the set-up that was asked again, as a command that was followed would.
const wishSetup = "/start"

// setupAgain asks a step of the set-up again, once, below what interrupted it.
func (t *turn) setupAgain(step string) {
	switch step {
	case "":
		return
	case "check":
		t.checkQuestion(t.r.Set.Answers)
	case "at":
		t.checked(plan.Outcome{Check: plan.Clear})
	case "zone":
		t.setupWhere()
	}
	t.r.Talk.Wish = wishSetup
	t.lines[len(t.lines)-1].InPlace = false // what was tapped is above it
}

// setupAnswer is the command that words amount to as an answer to a step of the set-up.
func (t *turn) setupAnswer(step, text string) string {
	switch step {
	case "check":
		n := len(t.r.Set.Answers) + 1
		switch {
		case t.means("just_yes", text):
			return fmt.Sprintf("/start q%d yes", n)
		case t.means("just_no", text):
			return fmt.Sprintf("/start q%d no", n)
		case t.refuses(text), t.points("take_back", text), t.points("never_mind", text), t.points("stop_it", text):
			return "/start later"
		case t.says("unsure", text), t.points("dont_know", text):
			return fmt.Sprintf("/start q%d unsure", n)
		case t.agrees(text):
			return fmt.Sprintf("/start q%d again", n) // neither a yes nor a no: it is asked once more
		}
	case "at":
		if clock, written := clockOf(strings.TrimSpace(text)); written {
			return "/start at " + clock.String()
		}
		if slots := t.reader.As(reading.Remind, text, t.context()); slots.Time != "" {
			return "/start at " + slots.Time
		}
		return t.partOfDay(text)
	case "zone":
		if meant := t.meant(text); t.partOfDay(meant) != "" {
			return t.partOfDay(meant) // the step before, once more
		} else if clocks := t.clocksIn(meant); len(clocks) > 0 {
			return "/start at " + clocks[0].String()
		}
		if t.agrees(text) {
			return "/start zone " + t.zone.String()
		}
		if slots := t.reader.As(reading.Zone, text, t.context()); slots.Zone != "" && len(slots.Zones) == 0 {
			return "/start zone " + slots.Zone
		}
		if found := t.places.Find(text); len(found) == 1 {
			return "/start zone " + found[0].Zone
		} else if len(found) > 1 {
			return "/start zone " + text
		}
	}
	return ""
}

// partOfDay is what the choice says whose label begins with the part of the day that a text names.
func (t *turn) partOfDay(text string) string {
	said := strings.Fields(plainly(text))
	for _, c := range t.phrases["setup_when"].Choices {
		part, _, _ := strings.Cut(strings.ToLower(c.Label), " ")
		if len(said) <= fewWords && slices.ContainsFunc(said, func(w string) bool { return strings.TrimSuffix(w, "s") == part }) {
			return c.Says
		}
	}
	return ""
}

// offerReminders adds the offer to remind to a line about the plan.
func (t *turn) offerReminders(l *Line) {
	if t.r.Set.Remind || t.r.Set.Declined || t.r.Told.Offered {
		return
	}
	t.r.Told.Offered = true
	extra := t.phrases.line("remind_offer", nil)
	l.Text += "\n\n" + extra.Text
	l.Choices = append(l.Choices, extra.Choices...)
}

// greet answers a greeting.
func (t *turn) greet(_ ask) {
	if t.where != "" {
		t.say("greet_public", nil)
		return
	}
	if t.stranger {
		t.say("hello", nil)
		return
	}
	l := t.say("hello_again", vars{"today": t.greeting()})
	if !t.hasPlan() {
		l.Choices = append(l.Choices, t.phrases.line("plan_none", nil).Choices...)
	}
}

// greeting names what is open today, or asks.
func (t *turn) greeting() string {
	if k := t.r.Days.PlanOf(t.today); k != day.Free && !t.r.Days.Log.At(t.today).Done() {
		return t.phrases.text("greet_day", vars{"kind": t.kind(k)})
	}
	return t.phrases.text("greet_open", nil)
}

// help says what can be said.
func (t *turn) help(_ ask) {
	var rows []string
	for _, c := range t.commands {
		rows = append(rows, fmt.Sprintf("/%s: %s", c.Name, c.Description))
	}
	t.say("help", vars{"commands": strings.Join(rows, "\n")})
}
