package telegram

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"legcoach/bot"
)

// watch is how long Check polls to find out whether somebody else does.
const watch = 4 * time.Second

// Check asks Telegram who the bot is and whether it may listen, and returns
// that in one line: "@legcoach_bot". It takes some 4 s, acknowledges nothing
// and changes nothing; a program that polls with the same token is interrupted
// once and goes on. An error says what to do.
func (p *Platform) Check(ctx context.Context) (string, error) {
	var me self
	if err := p.ask(ctx, "getMe", nil, &me); err != nil {
		return "", p.plainly(err)
	}
	found := "@" + me.Username
	var hook struct {
		URL     string `json:"url"`
		Pending int    `json:"pending_update_count"`
		Error   string `json:"last_error_message"`
	}
	if err := p.ask(ctx, "getWebhookInfo", nil, &hook); err != nil {
		return found, p.plainly(err)
	}
	switch {
	case p.config.Webhook.URL != "" && hook.URL == p.config.Webhook.URL && hook.Error != "":
		return found, fmt.Errorf("telegram can't deliver to the webhook; %d updates wait. Is its address reached from outside, with a valid certificate?", hook.Pending)
	case p.config.Webhook.URL != "":
		return found + ", by webhook", nil
	case hook.URL != "":
		return found + ", and a webhook is set, which run takes away to poll", nil
	}
	return found, p.alone(ctx)
}

// alone polls for a moment: of two who poll, the server ends the earlier poll.
func (p *Platform) alone(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, watch+time.Second)
	defer cancel()
	for until := time.Now().Add(watch); time.Now().Before(until); {
		params := tgbotapi.Params{"limit": "1", "timeout": fmt.Sprint(int(watch / time.Second)), "allowed_updates": wanted}
		if _, err := p.client.call(ctx, "getUpdates", params); err != nil && !errors.Is(err, context.DeadlineExceeded) {
			return p.plainly(err)
		}
		bot.Sleep(ctx, min(time.Second, time.Until(until)))
	}
	return nil
}

// plainly says what to do about a failed call.
func (p *Platform) plainly(err error) error {
	var f *fault
	if !errors.As(err, &f) {
		return err
	}
	switch {
	case f.code == 401, f.code == 404:
		return ErrToken
	case f.code == 409:
		return errors.New("telegram: another program uses this token; stop it, or get a token of its own from @BotFather")
	case f.code == 429:
		return fmt.Errorf("telegram asks to wait %v before the next try", f.after)
	case f.code != 0:
		return fmt.Errorf("telegram does not work at present: %w", f)
	}
	via := ""
	if p.config.Proxy != "" {
		via = " through the proxy"
	}
	return fmt.Errorf("telegram's server %s can't be used%s: %w", host(p.config.API), via, f)
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "as configured"
	}
	return strings.ToLower(u.Host)
}
