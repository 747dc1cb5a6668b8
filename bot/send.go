package bot

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

const (
	// inDoubt is how often a message is said again when an answer was lost, for
	// a platform that shows a repeated message twice, and for one that does not.
	inDoubt, inDoubtExactly = 1, 3
	// enough is how often a reply is tried of which any try may have said it: each
	// time that the process was killed meanwhile counts.
	enough = 10
	// longest is the longest pause between tries of a message that was not said.
	longest = time.Minute
	// giveUp is how long a message without an expiry is tried.
	giveUp = 24 * time.Hour
)

// send says one claimed message, unless why says why not, and settles it. It
// outlives ctx by [drain], so that a message in flight when the bot is told to
// stop is settled too. It calls answered when the platform has answered.
func (b *Bot) send(ctx context.Context, l *lane, m Message, why string, answered func()) {
	ctx, cancel := outlive(ctx, drain)
	defer cancel()

	if why != "" {
		answered()
		b.drop(ctx, m, why)
		return
	}
	ref, err := l.say(ctx, &m, answered)
	b.settle(ctx, l, m, ref, err)
}

// unfit says why a message must not be said; empty if it may. What nobody asked
// for is put to the coach once more: it may have waited while its runner went on.
func (b *Bot) unfit(ctx context.Context, l *lane, m Message, now time.Time) (why string) {
	if b.pulse.said(m.Queued) {
		return coach.UnsentUnknown
	}
	if why := l.unfit(m, now); why != "" || !m.Line.Unasked {
		return why
	}
	keeper, reads := b.store.(store.Keeper)
	if !reads {
		return ""
	}
	defer func() {
		if p := recover(); p != nil {
			b.log.Error("a question panicked; the message is said as it was decided", "runner", m.Runner, "panic", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
		}
	}()
	r, known, err := keeper.Load(ctx, m.Runner)
	if b.unread.new(err) {
		b.log.Error("look at a runner before a message; it is said as it was decided", "runner", m.Runner, "error", err)
	}
	if err != nil || !known {
		return ""
	}
	return b.coach.Unwanted(r, m.Line, now)
}

// unfit says why a message can not be said, whatever the coach would say; empty if it can.
func (l *lane) unfit(m Message, now time.Time) string {
	late := !m.Line.Expires.IsZero() && now.After(m.Line.Expires)
	switch {
	case late, now.Sub(m.Queued) > giveUp:
		return coach.UnsentExpired
	case !m.Unsure:
		return ""
	case l.limits.Exactly && now.Sub(m.First) < l.limits.ExactFor:
		return ""
	case m.Line.Unasked, m.Tries > enough:
		return coach.UnsentUnknown
	}
	return ""
}

// say sends a message, and again while the answer is lost and that is right. It notes in m when it did.
func (l *lane) say(ctx context.Context, m *Message, answered func()) (string, error) {
	again := inDoubt
	if l.limits.Exactly {
		again = inDoubtExactly
	} else if m.Line.Unasked || m.Unsure {
		again = 0
	}
	pause := time.Second
	for {
		ref, err := l.attempt(ctx, *m)
		answered()
		if again == 0 || !errors.Is(err, ErrUnknown) || ctx.Err() != nil {
			return ref, err
		}
		again--
		m.Unsure = true
		Sleep(ctx, pause)
		pause *= 4
		answered = l.pace.take(ctx)
	}
}

// attempt sends a message. A panic is that message's error alone.
func (l *lane) attempt(ctx context.Context, m Message) (ref string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("sending it panicked: %T at %s: %w", p, debug.Stack(), ErrRefused)
		}
	}()
	return l.platform.Send(ctx, m)
}

// settle writes down what became of a message.
func (b *Bot) settle(ctx context.Context, l *lane, m Message, ref string, err error) {
	var delay *DelayError
	surely := errors.Is(err, ErrGone) || errors.Is(err, ErrRefused) || errors.As(err, &delay)
	l.went(m, err == nil || surely, time.Now())
	switch {
	case err == nil:
		b.said(m)
		b.must(m, "mark as said", b.store.Done(ctx, m, ref))
		b.forget(ctx, l, m)
	case errors.Is(err, ErrGone):
		b.tell(ctx, m, "gone", coach.Left{At: m.To, Key: m.Line.Key})
		b.drop(ctx, m, "gone")
	case errors.Is(err, ErrRefused):
		b.log.Warn("a platform refuses a message", "runner", m.Runner, "error", err)
		b.drop(ctx, m, coach.UnsentRefused)
	case errors.Is(err, ErrUnknown):
		b.drop(ctx, m, coach.UnsentUnknown)
	case errors.As(err, &delay):
		until := time.Now().Add(delay.After)
		if delay.All {
			l.pause(until)
		}
		b.count.Delayed.WithLabelValues(m.To.Platform()).Inc()
		b.must(m, "put off", b.store.Retry(ctx, m, time.Now().Add(min(delay.After, store.RetryFor))))
	default:
		b.log.Warn("a message was not said; tried again", "runner", m.Runner, "tries", m.Tries, "error", err)
		b.must(m, "put off", b.store.Retry(ctx, m, time.Now().Add(backoff(m.Tries))))
	}
}

// drop gives a message up and tells the coach if nobody asked for it, so that
// the next line can carry what it would have said.
func (b *Bot) drop(ctx context.Context, m Message, why string) {
	b.count.Unsent.WithLabelValues(m.To.Platform(), why).Inc()
	if m.Line.Unasked && why != "gone" {
		b.tell(ctx, m, "unsent", coach.Unsent{Key: m.Line.Key, Why: why})
	}
	b.must(m, "give up", b.store.Done(ctx, m, ""))
}

// tell steps a message's runner with what became of it; once, however often it is repeated.
func (b *Bot) tell(ctx context.Context, m Message, what string, e coach.Event) {
	now := time.Now()
	cause := fmt.Sprintf("%s/%d", what, m.Seq)
	_, err := b.store.Update(ctx, m.Runner, cause, now, b.step(m.Runner, e, now))
	b.must(m, "tell the coach", err)
}

// must logs what the store could not do; the claim then runs out, and the message comes back.
func (b *Bot) must(m Message, what string, err error) {
	if err != nil {
		b.log.Error("settle a message", "runner", m.Runner, "what", what, "error", err)
	}
}

func (b *Bot) said(m Message) {
	kind := "reply"
	if m.Line.Unasked {
		kind = "unasked"
	}
	b.count.Said.WithLabelValues(m.To.Platform(), kind).Inc()
	b.count.Wait.WithLabelValues(m.To.Platform(), kind).Observe(time.Since(m.Queued).Seconds())
}

func backoff(tries int) time.Duration {
	return min(longest, time.Second<<min(max(tries, 0), 6))
}

// outlive returns a context that ends a while after its parent, and in any case before the claim runs out.
func outlive(parent context.Context, by time.Duration) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(parent), hold-by)
	unlink := context.AfterFunc(parent, func() { time.AfterFunc(by, cancel) })
	return ctx, func() { unlink(); cancel() }
}

// forget lets a platform that keeps something of its own about people forget
// one of whom nothing else is kept any more.
func (b *Bot) forget(ctx context.Context, l *lane, m Message) {
	platform, keeps := l.platform.(interface {
		Forget(ctx context.Context, who coach.ID) error
	})
	if !m.Line.Last || !keeps {
		return
	}
	if err := platform.Forget(ctx, m.To); err != nil {
		b.log.Error("forget a person", "runner", m.Runner, "error", err)
	}
}
