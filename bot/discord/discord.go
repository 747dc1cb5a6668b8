// Package discord hears and speaks to runners on Discord.
//
// discordgo v0.29.0 carries the packets and nothing else: its own reconnecting,
// rate limiting, event order and state are known to fail under load, so this
// package brings its own. The tour:
//
//   - gateway.go keeps one connection, with a session of the library that is
//     thrown away when it fails; conn.go gives it deadlines, budget.go counts
//     how often the bot identified itself, on disk.
//   - event.go decodes what arrives, tolerantly. hear.go and interact.go turn it
//     into [bot.Heard], one person's events in order (lanes.go), whether it came
//     through the gateway or over HTTP (http.go); missed.go asks for what was
//     written while the bot was away.
//   - reply.go acknowledges every interaction within Discord's three seconds,
//     gives it one first answer (standing.go: and what it grows to), remembers
//     how far that came (replies.go), and knows from the handle (handle.go) where it belongs.
//   - send.go says lines, in answer or of their own; direct.go knows each
//     person's private channel. render.go and escape.go lay out words and quote,
//     card.go what is a card, and components.go choices as buttons and menus.
//   - rest.go makes the requests, inside Discord's limits (meter.go), and
//     fault.go tells what became of them, without a secret in it (log.go).
//   - command.go registers the slash commands, form.go shows and reads the set-up form.
//
// A person's address is "discord/" and their user id; a channel of a server is
// "discord/c" and the channel's id. An interaction's token is in the handle of
// what was heard, so that an answer survives a restart; it is worth nothing after 15 minutes.
package discord

import (
	"context"
	"crypto/ed25519"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"legcoach/bot"
	"legcoach/coach"
)

// Name is the first part of every address on Discord.
const Name = "discord"

// Config is what the platform needs to know. Token is required.
type Config struct {
	// Token is the bot's, without "Bot " before it.
	Token string
	// API is the base address of Discord or of another server that speaks like
	// it; https://discord.com if empty. The gateway's address comes from there.
	API string
	// Commands are the slash commands and context menus to register; nil leaves what is registered alone.
	Commands []Command
	// Share, if it has a name, is an option of yes or no added to every command
	// that is not private: yes shows the answer to everybody in a server.
	Share Option
	// Forms are shown for the choices and commands that open them.
	Forms []Form
	// Suggest completes an option while it is typed. It must be quick; it may be nil.
	Suggest func(ctx context.Context, command, option, typed string) []Choice
	// PublicKey is the application's, and turns on [Platform.Interactions]; nil leaves it off.
	PublicKey ed25519.PublicKey
	// Notes is the memory across restarts; nil keeps none.
	Notes Notes
	// Words are what the platform itself has to say; English where empty.
	Words Words
	// Log takes one line per failure; nil discards them.
	Log *slog.Logger

	times timings       // zero: defaultTimings
	patch time.Duration // how long to wait before saying "thinking"; zero: deferAfter
}

// Notes keeps small things across a restart: how often the bot identified
// itself, and each person's private channel.
type Notes interface {
	// Note returns what was kept under key, nil if nothing was.
	Note(ctx context.Context, key string) ([]byte, error)
	// SetNote keeps value under key; an empty value forgets it.
	SetNote(ctx context.Context, key string, value []byte) error
}

// Words are the few things that the platform says without asking the coach.
type Words struct {
	Busy    string // too much waits already
	Foreign string // somebody tapped another's buttons
	NotOwn  string // the context menu was used on another's message
	Done    string // an answer was shown elsewhere
	Nothing string // there is nothing to suggest
	Worth   string // stands before what is worth knowing beside the article
}

var english = Words{
	Busy:    "I'm busy right now. Please try again in a minute.",
	Foreign: "These buttons belong to somebody else. Send me your own words and I'll answer.",
	NotOwn:  "I can log only your own messages.",
	Done:    "Done.",
	Nothing: "Type what you mean",
	Worth:   "Worth knowing",
}

// Platform is Discord as a [bot.Platform].
type Platform struct {
	config  Config
	log     discordLog
	client  *client
	gateway *gateway
	lanes   *lanes
	replies *replies
	direct  *direct
	missed  *missed
	hear    atomic.Pointer[hearing]
	self    atomic.Pointer[string] // the bot's own user id, once known
}

// hearing is what Listen was given.
type hearing struct {
	ctx  context.Context // lives a little longer than Listen's, so that what was begun is finished
	hear func(context.Context, bot.Heard) error
}

var _ bot.Platform = (*Platform)(nil)

// Open prepares a platform. It uses no network.
func Open(c Config) (*Platform, error) {
	if c.Token == "" {
		return nil, errors.New("open discord: there is no token")
	}
	if c.PublicKey != nil && len(c.PublicKey) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("open discord: the public key has %d bytes instead of %d", len(c.PublicKey), ed25519.PublicKeySize)
	}
	c.API = orElse(c.API, "https://discord.com")
	c.times, c.patch = orElse(c.times, defaultTimings), orElse(c.patch, deferAfter)
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	c.Words = c.Words.orEnglish()
	hush()
	p := &Platform{config: c, log: discordLog{c.Log, c.Token}, replies: newReplies(), direct: newDirect(c.Notes), missed: newMissed(c.Notes)}
	var err error
	if p.client, err = newClient(c.Token, c.API, p.log); err != nil {
		return nil, fmt.Errorf("open discord: %w", err)
	}
	p.lanes = newLanes(c.Log, lanesParallel, lanesEach, lanesAll)
	p.gateway = &gateway{client: p.client, budget: &budget{notes: c.Notes, gate: c.times.gate}, times: c.times, log: p.log, event: p.event}
	return p, nil
}

func (w Words) orEnglish() Words {
	return Words{
		Busy: orElse(w.Busy, english.Busy), Foreign: orElse(w.Foreign, english.Foreign), NotOwn: orElse(w.NotOwn, english.NotOwn),
		Done: orElse(w.Done, english.Done), Nothing: orElse(w.Nothing, english.Nothing), Worth: orElse(w.Worth, english.Worth),
	}
}

// Name returns "discord".
func (p *Platform) Name() string { return Name }

// Discord takes 50 requests in a second, all kinds together. Messages may take
// them all: whatever else is sent waits with them for a place in the window. Few
// are in flight, so that they wait in the queue, where a reply overtakes a reminder.
// A burst makes up for a store that was busy for a while; it is also how long a reply may wait behind it.
const (
	perSecond    = 50
	messageRate  = 50
	messageBurst = 8
)

// Limits are Discord's: 50 requests in a second over all, which messages share
// with everything else. Answers to interactions are not counted. A message
// sent again with the same nonce within a few minutes is shown once.
// https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
func (p *Platform) Limits() bot.Limits {
	return bot.Limits{PerSecond: messageRate, Burst: messageBurst, Parallel: 24, Exactly: true, ExactFor: 2 * time.Minute, Free: p.free}
}

// free reports whether a message will go out as an interaction's answer, or not at all.
func (p *Platform) free(m bot.Message) bool {
	h := readHandle(m.Line.Handle)
	return h.ID != "" && p.age(h) < answerable
}

// How much may be under way at once: jobs that run, jobs that wait for one
// person, and jobs that wait in all.
const (
	lanesParallel = 256
	lanesEach     = 2000
	lanesAll      = 50000
)

// grace is how long jobs that were begun may go on after Listen was told to end.
const grace = 3 * time.Second

// Listen hears until ctx is done. It returns an error only if the operator has
// to act: the token is refused, or an intent denied.
func (p *Platform) Listen(ctx context.Context, hear func(context.Context, bot.Heard) error) error {
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	unlink := context.AfterFunc(ctx, func() { time.AfterFunc(grace, stop) })
	defer unlink()
	p.hear.Store(&hearing{working, hear})

	if err := p.missed.load(ctx); err != nil {
		p.log.warn("read who wrote lately", err)
	}
	all, each := errgroup.WithContext(ctx)
	all.Go(func() error { return p.gateway.run(each) })
	all.Go(func() error { return p.register(each) })
	all.Go(func() error { p.missed.keep(each, p.log); return nil })
	all.Go(func() error {
		select {
		case <-p.client.died:
			return errToken
		case <-each.Done():
			return nil
		}
	})
	err := all.Wait()
	p.hear.Store(nil)
	p.lanes.wait()
	if err := p.missed.save(working); err != nil {
		p.log.warn("remember who wrote lately", err)
	}
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// Check asks Discord who the bot is, and says so in one line.
func (p *Platform) Check(ctx context.Context) (string, error) {
	var me struct{ ID, Username string }
	err := p.client.do(ctx, call{method: http.MethodGet, path: "/users/@me", repeatable: true}, &me)
	var f *fault
	if errors.As(err, &f) && f.status == http.StatusUnauthorized {
		return "", errToken
	}
	if err != nil {
		return "", fmt.Errorf("ask discord who the bot is: %w", err)
	}
	return fmt.Sprintf("discord: %s (%s)", me.Username, me.ID), nil
}

// Forget removes what the platform itself keeps about a person: where their
// private chat is, and when they last wrote.
func (p *Platform) Forget(ctx context.Context, who coach.ID) error {
	if who.Platform() != Name || !snowflake(who.Local()) {
		return nil
	}
	p.missed.forget(who.Local())
	if err := p.missed.save(ctx); err != nil {
		return err
	}
	return p.direct.forget(ctx, who.Local())
}

// event takes one event of the gateway. It must not wait.
func (p *Platform) event(kind string, data json.RawMessage) {
	switch kind {
	case "READY":
		var r ready
		if decode(data, &r) == nil && snowflake(r.User.ID) {
			p.self.Store(&r.User.ID)
		}
		p.catchUp()
	case "MESSAGE_CREATE":
		var m post
		if decode(data, &m) == nil {
			p.message(m)
		}
	case "MESSAGE_UPDATE":
		var m post
		if decode(data, &m) == nil {
			p.edited(m)
		}
	case "MESSAGE_REACTION_ADD":
		var r reaction
		if decode(data, &r) == nil {
			p.reaction(r)
		}
	case "INTERACTION_CREATE":
		var i interaction
		if decode(data, &i) == nil {
			p.interaction(&i)
		}
	}
}

// address is a person's.
func address(user string) coach.ID { return coach.ID(Name + "/" + user) }

// room is a server channel's address.
func room(channel string) coach.ID { return coach.ID(Name + "/c" + channel) }
