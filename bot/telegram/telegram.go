package telegram

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

const name = "telegram"

// DefaultAPI is where Telegram's own Bot API server is.
const DefaultAPI = "https://api.telegram.org"

// Config is what a Telegram bot is made from. Only Token is needed.
type Config struct {
	// Token is what @BotFather gave.
	Token string
	// API is the Bot API server, [DefaultAPI] if empty. Plain http is taken for loopback only.
	API string
	// Proxy is the address of an HTTP or SOCKS5 proxy; empty means what the environment says.
	Proxy string
	// Webhook is where Telegram delivers updates; the zero Webhook means that they are polled.
	Webhook Webhook
	// Menus are the commands, name and description to show, one for each
	// language; the one without a language is for everybody else.
	Menus []Menu
	// Words are the few sentences that only Telegram needs.
	Words Words
	// Locate returns the IANA zone at a place, empty if it is not known; nil if no place is.
	Locate func(lat, lon float64) string
	// Notes keeps what must survive a restart; nil keeps nothing.
	Notes Notes
	// Log is told of failures; nil drops them.
	Log *slog.Logger
}

// Webhook is where Telegram delivers updates.
type Webhook struct {
	// URL is the public https address at which [Platform.ServeHTTP] is reached; empty means to poll.
	URL string
	// Secret is what Telegram must show with each delivery: 16 to 256 letters, digits, _ and -.
	Secret string
	// Former secrets are accepted too, while they are being replaced.
	Former []string
}

// Words are sentences that only Telegram needs. An empty one is not said.
type Words struct {
	// Private is said in a group when the answer went to the private chat.
	Private string
	// Open is said in a group when the private chat must first be opened, on a button that opens it.
	Open string
	// Foreign is shown to somebody who taps what was said to somebody else.
	Foreign string
	// Worth is the label of what is worth knowing beside the article.
	Worth string
}

// Notes keeps small things across a restart; a store does.
type Notes interface {
	// Note returns what was kept under key, nil if nothing was.
	Note(ctx context.Context, key string) ([]byte, error)
	// SetNote keeps value under key; an empty value forgets it.
	SetNote(ctx context.Context, key string, value []byte) error
}

// Platform is Telegram as one bot sees it. It is safe for concurrent use.
type Platform struct {
	config Config
	log    *slog.Logger
	client *client
	pace   *pace
	queue  queue
	hook   hook
	me     atomic.Pointer[self]
	ready  atomic.Bool
	wait   waits
	asides atomic.Int64 // how many updates were set aside

	answers chan struct{}  // a slot for each answer to a tap in flight
	flying  sync.WaitGroup // those answers

	taps    *recent[tapped, time.Time]
	changed *recent[spot, time.Time] // when the bot last changed a message
	texts   *recent[spot, uint64]
	said    *recent[saying, progress]
	moved   *recent[int64, int64]
	pointed *recent[spot, bool]
	off     *recent[string, bool] // decorations that this server refused
}

// self is the bot as Telegram knows it.
type self struct {
	ID       int64  `json:"id"`
	Username string `json:"username"`

	called *regexp.Regexp // its name in a text
}

// waits are how long things may take; tests shorten them.
type waits struct {
	poll  time.Duration // how long Telegram holds a poll without updates, at most 50 s
	slack time.Duration // how much later its answer may come
	text  time.Duration // a call
	file  time.Duration // an upload
	first time.Duration // the first pause after a failure
	most  time.Duration // the longest pause after failures
}

var _ bot.Platform = (*Platform)(nil)

// Open returns a platform for a bot. It reads nothing and calls nobody; an
// error says which setting is wrong and how.
func Open(c Config) (*Platform, error) {
	if c.API == "" {
		c.API = DefaultAPI
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Token = strings.TrimSpace(c.Token)
	for _, check := range []func(Config) error{checkToken, checkAPI, checkWebhook, checkMenus} {
		if err := check(c); err != nil {
			return nil, err
		}
	}
	proxy, err := proxyOf(c.Proxy)
	if err != nil {
		return nil, err
	}
	p := &Platform{
		config: c, log: c.Log, client: newClient(c.API, c.Token, proxy), pace: newPace(),
		answers: make(chan struct{}, 16),
		taps:    newRecent[tapped, time.Time](4096), changed: newRecent[spot, time.Time](4096), texts: newRecent[spot, uint64](4096),
		said: newRecent[saying, progress](1024), moved: newRecent[int64, int64](1024),
		pointed: newRecent[spot, bool](1024), off: newRecent[string, bool](64),
		wait: waits{poll: 50 * time.Second, slack: 15 * time.Second, text: 15 * time.Second, file: time.Minute, first: 500 * time.Millisecond, most: 30 * time.Second},
	}
	return p, nil
}

// Name returns "telegram".
func (p *Platform) Name() string { return name }

// Limits are those of Telegram's FAQ for bots: 30 messages a
// second over all chats. What one chat accepts, Send itself keeps. A burst
// makes up for a store that was busy for a fifth of a second; it is also how long a reply may wait behind it.
func (p *Platform) Limits() bot.Limits {
	return bot.Limits{PerSecond: 30, Burst: 6, Parallel: 32}
}

// Ready reports whether updates arrive at present.
func (p *Platform) Ready() bool { return p.ready.Load() }

var (
	telegramToken = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]{30,}$`)
	anyToken      = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	hookSecret    = regexp.MustCompile(`^[A-Za-z0-9_-]+$`) // {16,256} of them would be half a megabyte at every start
)

func checkToken(c Config) error {
	switch {
	case c.Token == "":
		return errors.New("the token is empty")
	case c.API == DefaultAPI && !telegramToken.MatchString(c.Token), !anyToken.MatchString(c.Token):
		return errors.New("the token is not one of Telegram's, which look like 123456789:AAF3…; copy it from @BotFather again")
	}
	return nil
}

func checkAPI(c Config) error {
	u, err := url.Parse(c.API)
	switch {
	case err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil:
		return errors.New("api must be an address such as https://api.telegram.org")
	case u.Scheme == "https", u.Scheme == "http" && loopback(u.Hostname()):
		return nil
	}
	return errors.New("api must be https, or http on a loopback address, because the token goes there")
}

func checkWebhook(c Config) error {
	if c.Webhook.URL == "" {
		return nil
	}
	u, err := url.Parse(c.Webhook.URL)
	if err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return errors.New("the webhook's url must be a public https address")
	}
	for _, s := range append([]string{c.Webhook.Secret}, c.Webhook.Former...) {
		if len(s) < 16 || len(s) > 256 || !hookSecret.MatchString(s) {
			return errors.New("the webhook's secret must be 16 to 256 letters, digits, _ and -")
		}
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// proxyOf returns how a request finds its proxy.
func proxyOf(address string) (func(*http.Request) (*url.URL, error), error) {
	if address == "" {
		return http.ProxyFromEnvironment, nil
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" && u.Scheme != "socks5" {
		return nil, errors.New("proxy must be an address such as http://127.0.0.1:3128 or socks5://127.0.0.1:1080")
	}
	return func(r *http.Request) (*url.URL, error) {
		if loopback(r.URL.Hostname()) {
			return nil, nil // plain http would show the token to the proxy
		}
		return u, nil
	}, nil
}

// address returns the ID of a chat, which for a private chat is the person's.
func address(chat int64) coach.ID { return coach.ID(fmt.Sprintf("%s/%d", name, chat)) }
