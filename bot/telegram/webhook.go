package telegram

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"io"
	"net/http"
	"sync"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"

	"legcoach/bot"
	"legcoach/coach"
)

// maxUpdate is how long one delivered update may be, in bytes.
const maxUpdate = 1 << 20

// hook is where deliveries meet Listen.
type hook struct {
	mu   sync.RWMutex
	hear func(context.Context, bot.Heard) error // nil while nobody listens
	turn [64]sync.Mutex                         // one person's deliveries, one after another
}

// serve tells Telegram where to deliver and waits. When it ends, the webhook
// stays: Telegram keeps what it could not deliver for the next start.
func (p *Platform) serve(ctx context.Context, hear func(context.Context, bot.Heard) error) error {
	p.listenBy(hear)
	defer p.listenBy(nil)
	err := p.persist(ctx, "set its webhook", func(ctx context.Context) error {
		return p.ask(ctx, "setWebhook", tgbotapi.Params{"url": p.config.Webhook.URL, "secret_token": p.config.Webhook.Secret,
			"allowed_updates": wanted, "drop_pending_updates": "false"}, nil)
	})
	if err != nil {
		return err
	}
	p.ready.Store(true)
	<-ctx.Done()
	return nil
}

// listenBy gives deliveries somebody who hears them, and waits for those being
// heard by the one before.
func (p *Platform) listenBy(hear func(context.Context, bot.Heard) error) {
	p.hook.mu.Lock()
	defer p.hook.mu.Unlock()
	p.hook.hear = hear
}

// ServeHTTP takes one delivered update. It answers 200 only after what the
// update says was committed; after any other answer Telegram delivers it again.
func (p *Platform) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Method != http.MethodPost:
		http.Error(w, "only Telegram posts here", http.StatusMethodNotAllowed)
		return
	case p.config.Webhook.URL == "" || !p.knows(r.Header.Get("X-Telegram-Bot-Api-Secret-Token")):
		http.Error(w, "the secret is missing or wrong", http.StatusUnauthorized)
		return
	}
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxUpdate))
	if err != nil {
		http.Error(w, "the update is too long or broke off", http.StatusRequestEntityTooLarge)
		return
	}
	if err := p.delivered(r.Context(), raw); err != nil {
		p.log.Warn("a delivered update could not be heard; offered again", "error", err)
		w.Header().Set("Retry-After", "2")
		http.Error(w, "not now", http.StatusServiceUnavailable)
	}
}

// knows compares a secret in constant time, also with regard to its length.
func (p *Platform) knows(secret string) bool {
	got, ok := sha256.Sum256([]byte(secret)), 0
	for _, s := range append([]string{p.config.Webhook.Secret}, p.config.Webhook.Former...) {
		want := sha256.Sum256([]byte(s))
		ok |= subtle.ConstantTimeCompare(got[:], want[:])
	}
	return ok == 1
}

// delivered hears one update.
func (p *Platform) delivered(ctx context.Context, raw json.RawMessage) error {
	p.hook.mu.RLock()
	defer p.hook.mu.RUnlock()
	if p.hook.hear == nil {
		return errNobody
	}
	said, err := p.read(raw, time.Now())
	if err != nil {
		p.aside(ctx, raw, err.Error())
		return nil
	}
	turn := &p.hook.turn[lane(said.heard.From)]
	turn.Lock()
	defer turn.Unlock()
	return p.report(ctx, said, p.hook.hear)
}

// errNobody means that Listen is not running.
var errNobody = &fault{method: "webhook", cause: context.Canceled}

func lane(from coach.ID) uint64 { return fingerprint(string(from)) % 64 }
