package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"legcoach/bot"
)

// wanted are the updates that are read. Telegram remembers the list, so it is always sent.
const wanted = `["message","edited_message","callback_query","my_chat_member","message_reaction"]`

// Listen hears until ctx is done: by polling, or by webhook if one is set. It
// returns an error only if Telegram refuses the token.
func (p *Platform) Listen(ctx context.Context, hear func(context.Context, bot.Heard) error) error {
	ctx, stop := context.WithCancel(ctx)
	defer p.flying.Wait()
	defer stop()
	defer p.ready.Store(false)

	if err := p.persist(ctx, "learn its own name", p.learn); err != nil {
		return ended(ctx, err)
	}
	p.flying.Go(func() { p.present(ctx) })
	if p.config.Webhook.URL != "" {
		return ended(ctx, p.serve(ctx, hear))
	}
	return ended(ctx, p.poll(ctx, hear))
}

// ended leaves out the error that only says that Listen was told to stop.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// learn asks Telegram who the bot is.
func (p *Platform) learn(ctx context.Context) error {
	var me self
	if err := p.ask(ctx, "getMe", nil, &me); err != nil {
		return err
	}
	me.called = called(me.Username)
	p.me.Store(&me)
	return nil
}

// ask makes a call with the usual deadline and reads its result.
func (p *Platform) ask(ctx context.Context, method string, params tgbotapi.Params, result any) error {
	ctx, cancel := context.WithTimeout(ctx, p.wait.text)
	defer cancel()
	raw, err := p.client.call(ctx, method, params)
	if err == nil && result != nil && json.Unmarshal(raw, result) != nil {
		err = &fault{method: method, cause: errors.New("the answer is not one of the Bot API")}
	}
	return err
}

// poll asks for updates again and again. Asking beyond an update acknowledges
// it, so it is asked beyond only those that were heard.
func (p *Platform) poll(ctx context.Context, hear func(context.Context, bot.Heard) error) error {
	pause := p.pauses()
	for ctx.Err() == nil {
		began := time.Now()
		raws, err := p.updates(ctx)
		if err != nil {
			if err := p.trouble(ctx, "poll", err, pause); err != nil {
				return err
			}
			continue
		}
		p.ready.Store(true)
		if p.queue.take(ctx, p, raws, hear) {
			bot.Sleep(ctx, pause.next())
			continue
		}
		pause.reset()
		if p.queue.again(raws) { // a server that doesn't hold polls must not be asked without end
			bot.Sleep(ctx, time.Until(began.Add(min(time.Second, p.wait.poll))))
		}
	}
	return nil
}

// updates makes one poll.
func (p *Platform) updates(ctx context.Context) ([]json.RawMessage, error) {
	ctx, cancel := context.WithTimeout(ctx, p.wait.poll+p.wait.slack)
	defer cancel()
	params := tgbotapi.Params{"limit": "100", "timeout": strconv.Itoa(int(p.wait.poll / time.Second)), "allowed_updates": wanted}
	params.AddNonZero64("offset", p.queue.offset(time.Now()))
	raw, err := p.client.call(ctx, "getUpdates", params)
	if err != nil {
		return nil, err
	}
	var raws []json.RawMessage
	if json.Unmarshal(raw, &raws) != nil {
		return nil, &fault{method: "getUpdates", cause: errors.New("the answer is not a list of updates")}
	}
	return raws, nil
}

// persist does something until it works, ctx ends, or the token is refused.
func (p *Platform) persist(ctx context.Context, what string, do func(context.Context) error) error {
	pause := p.pauses()
	for {
		err := do(ctx)
		if err == nil || ctx.Err() != nil {
			return err
		}
		if err := p.trouble(ctx, what, err, pause); err != nil {
			return err
		}
	}
}

// ErrToken means that Telegram doesn't know the token.
var ErrToken = errors.New("the token is refused: it is wrong or was revoked; ask @BotFather for the present one")

// trouble waits after a failure for as long as it asks for, and is an error if waiting can't help.
func (p *Platform) trouble(ctx context.Context, what string, err error, pause *pauses) error {
	if ctx.Err() != nil {
		return nil
	}
	p.ready.Store(false)
	wait := pause.next()
	var f *fault
	errors.As(err, &f)
	switch {
	case f != nil && (f.code == 401 || f.code == 404 && f.method == "getMe"):
		if pause.refused++; pause.refused >= 3 { // Telegram has been known to refuse a good token once
			return ErrToken
		}
	case is(err, 409, "webhook is active"):
		p.log.Warn("a webhook is set, but polling is configured; the webhook is taken away, what waits for it is kept")
		if err := p.ask(ctx, "deleteWebhook", tgbotapi.Params{"drop_pending_updates": "false"}, nil); err == nil {
			return nil
		}
	case f != nil && f.code == 409:
		p.log.Warn("another program polls with the same token; only one of them gets each update", "next", wait)
		bot.Sleep(ctx, wait)
		return nil
	case f != nil && f.code == 429:
		wait = max(wait, f.after)
	}
	p.log.Warn("could not "+what+"; tried again", "error", err, "next", wait)
	bot.Sleep(ctx, wait)
	return nil
}

// pauses grow from failure to failure, with chance in them so that many bots don't return at once.
type pauses struct {
	first, most, now time.Duration
	refused          int
}

func (p *Platform) pauses() *pauses { return &pauses{first: p.wait.first, most: p.wait.most} }

func (s *pauses) next() time.Duration {
	s.now = min(max(2*s.now, s.first), s.most)
	return s.now/2 + rand.N(s.now/2+1)
}

func (s *pauses) reset() { s.now, s.refused = 0, 0 }

// report hears what one update says, and answers the tap in it once that is committed.
func (p *Platform) report(ctx context.Context, n news, hear func(context.Context, bot.Heard) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("hearing it panicked: %T", r)
		}
	}()
	if !n.silent() {
		if err := hear(ctx, n.heard); err != nil {
			return err
		}
		if n.done != nil {
			n.done()
		}
	}
	if n.tap != "" {
		p.answer(ctx, n.tap, n.toast)
	}
	return nil
}

// answer ends the waiting sign on a button. It is no message and has no limit,
// and it does not matter if it comes too late.
func (p *Platform) answer(ctx context.Context, tap, toast string) {
	params := tgbotapi.Params{"callback_query_id": tap}
	params.AddNonEmpty("text", toast)
	p.answers <- struct{}{}
	p.flying.Go(func() {
		defer func() { <-p.answers }()
		err := p.ask(ctx, "answerCallbackQuery", params, nil)
		if err != nil && ctx.Err() == nil && !is(err, 400, "query is too old") && !strings.Contains(err.Error(), "429") {
			p.log.Warn("could not answer a tap", "error", err)
		}
	})
}
