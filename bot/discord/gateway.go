package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"runtime/debug"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

var gatewayURL = &url.URL{Scheme: "https", Host: "gateway.discord.gg"}

// timings are the supervisor's; tests shorten them.
type timings struct {
	open    time.Duration // how long a handshake may take, READY included
	idle    time.Duration // how long nothing may be read, until the gateway told its heartbeat
	gate    time.Duration // between two identifies
	least   time.Duration // the first pause after a failure
	most    time.Duration // the longest
	settled time.Duration // a connection that lived so long was a good one
}

var defaultTimings = timings{open: 8 * time.Second, idle: 90 * time.Second, gate: 5 * time.Second, least: time.Second, most: 25 * time.Second, settled: 30 * time.Second}

// gateway keeps one connection to Discord's gateway. The library's own
// reconnecting deadlocks, loops and burns identifies, so its sessions are
// thrown away instead: one goroutine opens, watches and ends them, one after another.
type gateway struct {
	client *client
	budget *budget
	times  timings
	log    discordLog
	event  func(kind string, data json.RawMessage) // must return at once

	slow int // how often in a row the gateway was not ready in time
}

// patience is how long a handshake may take: longer each time that it took too
// long, so that a silent server is left soon and a slow one is waited for.
func (g *gateway) patience() time.Duration { return g.times.open << min(g.slow, 2) }

// intents: direct messages with their reactions, and messages in servers, of
// which only those that mention the bot carry their words. None is privileged.
const intents = discordgo.IntentDirectMessages | discordgo.IntentDirectMessageReactions | discordgo.IntentGuildMessages

// life is one session of the library and its latest connection.
type life struct {
	session *discordgo.Session
	wire    *dialer
	answer  chan struct{} // filled by READY or RESUMED
	ended   chan struct{} // filled when a connection ended
	known   bool          // Discord knows the session: it can be resumed
	greets  int           // identifies that were counted and not answered yet
}

// run keeps a connection until ctx is done, and returns nil then. Any other
// return is one that only the operator can mend.
func (g *gateway) run(ctx context.Context) error {
	var l *life
	failures := 0
	for ctx.Err() == nil {
		if l == nil {
			var err error
			if l, err = g.begin(ctx); err != nil || l == nil {
				if g.pause(ctx, &failures, "prepare to greet discord", err) {
					continue
				}
				break
			}
		}
		began := time.Now()
		err := g.live(ctx, l)
		if ctx.Err() != nil {
			break
		}
		if final := hopeless(err); final != nil {
			g.end(l)
			return final
		}
		if g.client.dead() {
			g.end(l)
			return errToken
		}
		if !l.known {
			g.abandon(l)
			l = nil
		}
		if time.Since(began) >= g.times.settled {
			failures = 0
		}
		g.pause(ctx, &failures, "the connection to discord ended; it is made anew", err)
	}
	if l != nil {
		g.end(l)
	}
	return nil
}

// begin waits until the bot may identify itself once more. That it does is
// counted once there is a connection to do it on.
func (g *gateway) begin(ctx context.Context) (*life, error) {
	wait, err := g.budget.wait(ctx, time.Now())
	if err != nil {
		return nil, err
	}
	if wait > time.Minute {
		g.log.log.Error("discord was greeted too often today; waiting before greeting it again", "wait", wait.Round(time.Second))
	}
	if !pause(ctx, wait) {
		return nil, nil
	}
	s, err := discordgo.New(g.client.session.Token)
	if err != nil {
		return nil, errors.New("prepare a session of discord")
	}
	quieten(s)
	s.Client = &http.Client{Transport: counted{g.client.window, g.client.http.Transport}, Timeout: callLimit}
	s.Identify.Intents = intents
	s.Identify.Compress = false
	l := &life{session: s, wire: &dialer{open: g.patience(), idle: g.times.idle}, answer: make(chan struct{}, 1), ended: make(chan struct{}, 1)}
	l.wire.connected = func() error {
		if l.known {
			return nil
		}
		l.greets++
		return g.budget.spend(context.WithoutCancel(ctx), time.Now())
	}
	s.Dialer = l.wire.websocket()
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) { g.take(l, e) })
	s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) { signal(l.ended) })
	return l, nil
}

// live opens a life's connection, to identify or to resume, and returns when it has ended.
func (g *gateway) live(ctx context.Context, l *life) error {
	drain(l.answer)
	drain(l.ended)
	resumed := l.known
	if err := g.open(ctx, l); err != nil {
		var closed *websocket.CloseError
		if resumed && (errors.As(err, &closed) || errors.Is(err, errStuck)) {
			l.known = false // what is refused once is refused for ever
		}
		return err
	}
	select {
	case <-l.answer:
		l.known, g.slow = true, 0
	case <-time.After(g.patience()):
		l.known = false // an invalid session, which the library greeted anew without an answer
		g.slow++
		return errors.New("discord did not answer the greeting")
	case <-l.ended:
		select {
		case <-l.answer:
			l.known = true
		default:
			l.known = false
		}
		return fmt.Errorf("at once: %w", l.wire.reason())
	case <-ctx.Done():
		return nil
	}
	select {
	case <-l.ended:
		return l.wire.reason()
	case <-ctx.Done():
		return nil
	}
}

var (
	errStuck = errors.New("opening the connection got stuck")
	errToken = errors.New("discord refuses the bot's token: set a valid one as discord.token, discord.token_file or LEGCOACH_DISCORD_TOKEN")
)

// open opens a connection; one that gets stuck is left behind with its session.
func (g *gateway) open(ctx context.Context, l *life) error {
	opened := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				g.log.log.Error("the library panicked while opening", "stack", string(debug.Stack()))
				opened <- errStuck
			}
		}()
		opened <- l.session.Open()
	}()
	timer := time.NewTimer(g.patience())
	defer timer.Stop()
	select {
	case err := <-opened:
		return err
	case <-timer.C:
		g.slow++
	case <-ctx.Done():
	}
	l.wire.cut()
	select { // a reader that waited fails now; a deadlock stays
	case err := <-opened:
		if err == nil {
			signal(l.ended)
		}
		return err
	case <-time.After(time.Second):
		return errStuck
	}
}

// take is called for every event on the goroutine that reads the connection.
func (g *gateway) take(l *life, e *discordgo.Event) {
	defer func() {
		if p := recover(); p != nil {
			g.log.log.Error("an event of Discord panicked and is set aside", "type", e.Type, "stack", string(debug.Stack()))
		}
	}()
	switch e.Type {
	case "READY":
		if l.greets == 0 { // the library greeted by itself
			if err := g.budget.spend(context.Background(), time.Now()); err != nil {
				g.log.warn("count an identify", err)
			}
		}
		l.greets = 0
		signal(l.answer)
	case "RESUMED":
		signal(l.answer)
	}
	g.event(e.Type, e.RawData)
}

// hopeless turns the close codes after which trying again is useless into what to do about them.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func hopeless(err error) error {
	var closed *websocket.CloseError
	if !errors.As(err, &closed) {
		return nil
	}
	switch closed.Code {
	case 4004:
		return errToken
	case 4010, 4011:
		return fmt.Errorf("discord wants more shards than one (close code %d): this bot is in too many servers for one process", closed.Code)
	case 4012:
		return fmt.Errorf("discord no longer speaks this version of its gateway (close code %d): update legcoach", closed.Code)
	case 4013, 4014:
		return fmt.Errorf("discord denies the intents (close code %d): allow direct messages and server messages for this application", closed.Code)
	}
	return nil
}

// end closes a life for good; Discord forgets its session.
func (g *gateway) end(l *life) {
	closed := make(chan struct{})
	go func() {
		defer close(closed)
		_ = l.session.Close() // it is over either way
	}()
	select {
	case <-closed:
	case <-time.After(2 * time.Second):
		l.wire.cut()
	}
}

// abandon leaves a life whose session is not worth closing, and may not be closable.
func (g *gateway) abandon(l *life) {
	l.wire.cut()
	go func() { _ = l.session.Close() }() // it may never return
}

// pause waits before the next attempt, longer after each failure; false if ctx ended.
func (g *gateway) pause(ctx context.Context, failures *int, what string, err error) bool {
	if err != nil {
		g.log.warn(what, err)
	}
	d := min(g.times.most, g.times.least<<min(*failures, 10))
	*failures++
	return pause(ctx, d/2+rand.N(d/2+1))
}

func pause(ctx context.Context, d time.Duration) bool {
	if d <= 0 {
		return ctx.Err() == nil
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-timer.C:
		return true
	}
}

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

func drain(c chan struct{}) {
	select {
	case <-c:
	default:
	}
}
