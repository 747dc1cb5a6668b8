package telegram

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// The checks of one who runs a bot: what it does when Telegram, the network or
// the process itself breaks.

// A process that dies 200 times, before and after its commits and its
// acknowledgements, applies each of 3,000 updates once and in order.
func TestEveryUpdateCountsOnceThroughCrashes(t *testing.T) {
	f := newFake(t)
	const updates, crashes = 3000, 200
	for i := range updates {
		f.inject(said(i+1, fmt.Sprint(i)))
	}
	committed, applied := map[string]bool{}, []string(nil) // what is on disk
	for life := range crashes + 1 {
		ctx, die := context.WithCancel(t.Context())
		left := rand.IntN(2 * updates / crashes)
		if life == crashes {
			left = 1 << 30
		}
		p := open(t, f)
		err := p.Listen(ctx, func(_ context.Context, h bot.Heard) error {
			if left--; left < 0 {
				die()
				if left%2 == 0 {
					return errBusy // died before the commit
				}
			}
			if !committed[h.Key] {
				committed[h.Key] = true
				applied = append(applied, h.Event.(coach.Said).Text)
			}
			if len(applied) == updates {
				die()
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		die()
	}
	for i, text := range applied {
		if text != fmt.Sprint(i) {
			t.Fatalf("update %s was applied as number %d", text, i)
		}
	}
	if len(applied) != updates {
		t.Errorf("%d of %d updates were applied", len(applied), updates)
	}
}

// A 429 names its wait, for a text and for an upload; until then the chat is
// left alone, and others are not.
func TestTelegramAsksToWait(t *testing.T) {
	for method, line := range map[string]coach.Line{
		"sendMessage":  {Text: "Hill day."},
		"sendPhoto":    {Text: "Your weeks", File: &coach.File{Name: "weeks.png", Data: []byte("png")}},
		"sendDocument": {Text: "Your data", File: &coach.File{Name: "data.json", Data: []byte("{}")}},
	} {
		t.Run(method, func(t *testing.T) {
			f := newFake(t)
			p := open(t, f)
			f.break_(flaw{Method: method, Code: 429, Description: "Too Many Requests: retry after 3", After: 3})
			for range 3 {
				_, err := send(t, p, line)
				var delay *bot.DelayError
				if !errors.As(err, &delay) || delay.After < 2*time.Second || delay.All {
					t.Fatalf("Send returned %v, want a delay of 3 s for this chat", err)
				}
			}
			if n := len(f.called(method)); n != 1 {
				t.Errorf("%d calls while Telegram asked to wait, want 1", n)
			}
			if _, err := send(t, p, line, to(43)); err != nil {
				t.Errorf("another chat was kept waiting: %v", err)
			}
		})
	}
}

// Three chats that are asked to wait mean that all are.
func TestManyWaitsPauseEverybody(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	f.break_(flaw{Method: "sendMessage", Times: 3, Code: 429, After: 5})
	for i, want := range []bool{false, false, true} {
		_, err := send(t, p, coach.Line{Text: "x"}, to(int64(50+i)))
		var delay *bot.DelayError
		if !errors.As(err, &delay) || delay.All != want {
			t.Errorf("chat %d: %v, want All %v", i, err, want)
		}
	}
}

// The library drops the code of an upload's error; the adapter does not.
func TestBlockedIsGone(t *testing.T) {
	for _, line := range []coach.Line{{Text: "x"}, {Text: "x", File: &coach.File{Name: "a.png", Data: []byte("x")}}} {
		for _, why := range []string{"bot was blocked by the user", "user is deactivated", "bot can't initiate conversation with a user"} {
			f := newFake(t)
			f.break_(flaw{Method: "*", Code: 403, Description: "Forbidden: " + why})
			if _, err := send(t, open(t, f), line); !errors.Is(err, bot.ErrGone) {
				t.Errorf("%s: Send returned %v, want ErrGone", why, err)
			}
		}
	}
}

// Said, and the answer lost: for a new message that is unknown, and a changed
// one is changed again.
func TestLostAnswers(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	f.break_(flaw{Method: "sendMessage", ApplyDrop: true})
	if _, err := send(t, p, coach.Line{Text: "Hill day.", Unasked: true}); !errors.Is(err, bot.ErrUnknown) {
		t.Errorf("a lost answer is %v, want ErrUnknown", err)
	}
	f.break_(flaw{Method: "sendMessage", HTML: true})
	if _, err := send(t, p, coach.Line{Text: "Hill day."}); !errors.Is(err, bot.ErrUnknown) {
		t.Errorf("a broken gateway is %v, want ErrUnknown", err)
	}
	spot := spot{me, f.seen()[0].id}
	edit := coach.Line{Text: "Logged.", InPlace: true, Handle: place{Chat: me, Message: spot.Message, Person: me, Tapped: true}.handle()}
	f.break_(flaw{Method: "editMessageText", ApplyDrop: true})
	if _, err := send(t, p, edit); err == nil || errors.Is(err, bot.ErrUnknown) {
		t.Errorf("a lost answer to an edit is %v, want an error that is safe to repeat", err)
	}
	if ref, err := send(t, p, edit); err != nil || ref != spot.ref() {
		t.Errorf("the edit again: %q, %v; want %q", ref, err, spot.ref())
	}
	if n := len(f.seen()); n != 1 {
		t.Errorf("%d messages stand, want 1", n)
	}
}

// Nothing was sent if nobody answers the door.
func TestUnreachableIsSurelyUnsaid(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	f.Close()
	_, err := send(t, p, coach.Line{Text: "x"})
	if err == nil || errors.Is(err, bot.ErrUnknown) || errors.Is(err, bot.ErrRefused) {
		t.Errorf("Send returned %v, want an error that is neither unknown nor refused", err)
	}
}

// One tap that arrives as two, with different numbers, is heard once and answered twice.
func TestOneTapAsTwo(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	if _, err := send(t, p, coach.Line{Text: "Hill day.", Choices: []coach.Choice{{Label: "Done", Says: "/done hill 2026-11-24"}}}); err != nil {
		t.Fatal(err)
	}
	m := f.seen()[0]
	for _, id := range []string{"first", "second"} {
		f.inject(f.tap(id, me, m, "/done hill 2026-11-24"))
	}
	f.inject(f.tap("other", me, m, "/rest 2026-11-24"))
	e := listen(t, p, nil)
	if got := texts(e.events(t, 2)); fmt.Sprint(got) != "[/done hill 2026-11-24 /rest 2026-11-24]" {
		t.Errorf("heard %q", got)
	}
	await(t, "three answers", func() bool { return len(f.called("answerCallbackQuery")) == 3 })
}

// A button that comes back on a changed message is a new button.
func TestSameButtonAfterAChange(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	line := coach.Line{Text: "Counted.", Choices: []coach.Choice{{Label: "Undo", Says: "/undo"}}}
	if _, err := send(t, p, line); err != nil {
		t.Fatal(err)
	}
	m := shown{chat: me, id: f.seen()[0].id} // as a server might report it: without its text
	e := listen(t, p, nil)
	f.inject(f.tap("one", me, m, "/undo"))
	said := e.events(t, 1)[0].Event.(coach.Said)
	line.Text, line.InPlace, line.Handle = "Taken back.", true, said.Handle
	if _, err := send(t, p, line); err != nil {
		t.Fatal(err)
	}
	f.inject(f.tap("two", me, m, "/undo"))
	e.events(t, 2)
}

// A tap is answered after its commit, and again when it is offered again.
func TestTapsAreAnsweredOnceCommitted(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	m := shown{chat: me, id: 1, params: map[string]string{"text": "x"}}
	f.inject(f.tap("q", me, m, "/streak"))
	fails := 2
	e := listen(t, p, func(bot.Heard) error {
		if fails--; fails >= 0 {
			if n := len(f.called("answerCallbackQuery")); n != 0 {
				t.Errorf("answered before the commit")
			}
			return errBusy
		}
		return nil
	})
	e.events(t, 1)
	await(t, "an answer", func() bool { return len(f.called("answerCallbackQuery")) == 1 })
}

// Update numbers fall after a quiet week.
func TestNumbersMayFall(t *testing.T) {
	f := newFake(t)
	e := listen(t, open(t, f), nil)
	f.jump(727334708, said(1, "before"))
	await(t, "an acknowledgement", func() bool { f.mu.Lock(); defer f.mu.Unlock(); return len(f.pending) == 0 })
	f.jump(117314199, said(2, "after"))
	f.inject(said(3, "later"))
	if got := texts(e.events(t, 3)); fmt.Sprint(got) != "[before after later]" {
		t.Errorf("heard %q", got)
	}
	if n := len(f.called("getUpdates")); n > 12 {
		t.Errorf("%d polls for three updates", n)
	}
}

// Of two who poll with one token, the loser backs off, and both live.
func TestTwoPollersDoNotFight(t *testing.T) {
	f := newFake(t)
	a, b := open(t, f), open(t, f)
	a.wait.first, b.wait.first = 200*time.Millisecond, 200*time.Millisecond
	a.wait.most, b.wait.most = 2*time.Second, 2*time.Second
	listen(t, a, nil)
	listen(t, b, nil)
	time.Sleep(time.Second)
	if n := len(f.called("getUpdates")); n > 14 {
		t.Errorf("%d polls in a second", n)
	}
}

// A poll that hangs ends by its deadline, and the next one hears.
func TestStuckPoll(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	p.wait.poll, p.wait.slack = 0, 200*time.Millisecond
	f.break_(flaw{Method: "getUpdates", Hang: time.Minute, Code: 500})
	e := listen(t, p, nil)
	f.inject(said(1, "hello"))
	if got := texts(e.events(t, 1)); got[0] != "hello" {
		t.Errorf("heard %q", got)
	}
}

// Told to stop during a poll, Listen returns at once.
func TestStopDuringPoll(t *testing.T) {
	f := newFake(t)
	e := listen(t, open(t, f), nil)
	await(t, "a poll", func() bool { return len(f.called("getUpdates")) > 0 })
	began := time.Now()
	e.stop()
	if err := <-e.ended; err != nil || time.Since(began) > time.Second {
		t.Errorf("Listen returned %v after %v", err, time.Since(began))
	}
}

// In a forum the answer goes to the topic of the question.
func TestTopics(t *testing.T) {
	f := newFake(t)
	e := listen(t, open(t, f), nil)
	f.inject(`{"message":{"message_id":5,"message_thread_id":77,"is_topic_message":true,"date":1,"chat":{"id":-100,"type":"supergroup","is_forum":true},"from":{"id":42},"text":"/streak@legcoach_bot"}}`)
	said := e.events(t, 1)[0].Event.(coach.Said)
	if said.Where != address(-100) || said.Text != "/streak" {
		t.Fatalf("heard %+v", said)
	}
	p := open(t, f) // another process
	if _, err := send(t, p, coach.Line{Text: "12 days", Handle: said.Handle}, to(-100)); err != nil {
		t.Fatal(err)
	}
	params := f.seen()[0].params
	if params["message_thread_id"] != "77" || !strings.Contains(params["reply_parameters"], `"message_id":5`) {
		t.Errorf("answered with %v", params)
	}
}

// A message that is not accessible any more can't be edited: its tap is answered by a new one.
func TestInaccessibleMessage(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	e := listen(t, p, nil)
	f.inject(`{"callback_query":{"id":"q","from":{"id":42},"message":{"message_id":9,"date":0,"chat":{"id":42,"type":"private"}},"data":"/done hill 2026-11-24"}}`)
	said := e.events(t, 1)[0].Event.(coach.Said)
	if _, err := send(t, p, coach.Line{Text: "Logged.", InPlace: true, Handle: said.Handle}); err != nil {
		t.Fatal(err)
	}
	if len(f.called("editMessageText")) != 0 || len(f.seen()) != 1 {
		t.Errorf("%d edits, %d messages; want a new message", len(f.called("editMessageText")), len(f.seen()))
	}
}

// A server that answers polls at once is not asked without end.
func TestEmptyPollsAreNoHotLoop(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	f.break_(flaw{Method: "getUpdates", Times: 1 << 20, Code: 200, Body: `{"ok":true,"result":[]}`})
	listen(t, p, nil)
	time.Sleep(1500 * time.Millisecond)
	if n := len(f.called("getUpdates")); n > 2 {
		t.Errorf("%d polls in 1.5 s, want 2", n)
	}
}

// Nor is one that gives the same updates for ever.
func TestUpdatesThatNeverEnd(t *testing.T) {
	f := newFake(t)
	f.break_(flaw{Method: "getUpdates", Times: 1 << 20, Code: 200, Body: `{"ok":true,"result":[{"update_id":7,` + said(1, "hello")[1:] + `]}`})
	e := listen(t, open(t, f), nil)
	e.events(t, 1)
	time.Sleep(1500 * time.Millisecond)
	if n := len(f.called("getUpdates")); n > 4 {
		t.Errorf("%d polls in 1.5 s", n)
	}
}
