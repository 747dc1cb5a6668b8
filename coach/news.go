package coach

import (
	"fmt"

	"legcoach/coach/day"
	"legcoach/coach/plan"
)

// News is what became of the plan as weeks went by, until it is told.
type News struct {
	// Date is when it became so.
	Date day.Date `json:"date,omitzero"`
	// Back is true if it is a return after days away, to be told before the first session.
	Back bool `json:"back,omitempty"`
	// Words say it in plain words; empty once they are told.
	Words string `json:"words,omitempty"`
	// Level is the level that can be gone up to (PR-8), and Week the week of the
	// next block that can be gone on to (PR-9); zero if they are not offered.
	Level plan.Level `json:"level,omitempty"`
	Week  int        `json:"week,omitempty"`
	// Open is the level that was offered and stays open.
	Open plan.Level `json:"open,omitempty"`
}

// after returns the news of n, after earlier ones.
func (old News) after(n plan.News) News {
	news := News{Date: n.Date, Back: n.Return != nil, Words: n.Words(), Open: old.Open}
	if n.Step != nil {
		news.Level, news.Week = n.Step.Up, n.Step.Next
	}
	if news.Level != "" {
		news.Open = news.Level
	}
	return news
}

// newsLasts is for how many days news is worth telling.
const newsLasts = 7

// carryNews tells, with the next reply, what became of the plan, and offers what is open.
func (t *turn) carryNews() {
	news := t.r.Told.News
	t.r.Told.News.Words = ""
	if news.Words == "" || t.today-news.Date > newsLasts || news.Back && t.r.Days.Log.At(t.today).Done() {
		return
	}
	l := &t.lines[len(t.lines)-1]
	l.Text = paragraphs(l.Text, news.Words)
	switch {
	case news.Level != "":
		extra := t.phrases.line("offer_up", vars{"level": string(news.Level), "entry": t.plans.Enter(news.Level)})
		l.Text, l.Choices = join(l.Text, extra.Text), append(l.Choices, extra.Choices...)
	case news.Week != 0:
		extra := t.phrases.line("offer_ahead", vars{"week": fmt.Sprint(news.Week)})
		l.Text, l.Choices = join(l.Text, extra.Text), append(l.Choices, extra.Choices...)
	}
}

// goUp takes up the offer of week 12: the bridge weeks, or the next level.
func (t *turn) goUp() {
	if !t.hasPlan() || t.r.Told.News.Open == "" {
		t.say("offer_none", nil)
		return
	}
	was := t.mark()
	before := *t.r.Set.Plan
	t.r.Told.News.Open = ""
	t.r.Set.Plan = ptr(t.plans.Settle(before, t.plans.Raise(before, t.today), t.past(), t.today).State)
	name := "raised"
	if t.r.Set.Plan.Bridge {
		name = "bridge_begun"
	}
	t.instead(t.say(name, vars{"level": string(t.planLevel()), "change": t.changed(was, t.phrases.text("what_level", nil))}))
}

// goAhead goes on to the next block, if three good weeks running allow it (PR-9).
func (t *turn) goAhead() {
	was := t.mark()
	next, open := t.plans.GoAhead(t.state())
	if !open {
		t.say("ahead_closed", vars{"rule": t.plans.RuleWords("PR-9")})
		return
	}
	before := t.state()
	t.r.Set.Plan = ptr(t.plans.Settle(before, next, t.past(), t.today).State)
	t.instead(t.say("gone_ahead", vars{"week": fmt.Sprint(next.Week), "change": t.changed(was, t.phrases.text("what_week", nil))}))
}
