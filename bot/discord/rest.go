package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// callLimit is how long one request may take. A callback may take no longer
	// than its interaction can be answered, which is three seconds from its making.
	callLimit   = 10 * time.Second
	answerUntil = 2900 * time.Millisecond
	// answerLimit bounds what is read of an answer.
	answerLimit = 8 << 20
)

// client speaks Discord's REST API through a session that is never opened.
// Every call has a bucket of its own that is thrown away: the library's own
// buckets serialise unrelated calls and keep every interaction token for ever.
type client struct {
	session *discordgo.Session
	http    *http.Client
	refused meter         // how many requests Discord called invalid lately
	died    chan struct{} // closed when Discord refuses the token
	dying   sync.Once
	paused  atomic.Int64 // when the edge asked everybody to wait until, Unix ms
	rooms   rooms        // how much each channel still takes
	window  *window      // of the requests that count against Discord's 50 in a second
	skew    atomic.Int64 // how far this machine's clock is ahead of Discord's, ns
}

// call is one request. Body is sent as JSON, with files beside it if there are any.
type call struct {
	method, path string
	body         any
	files        []*discordgo.File
	limit        time.Duration // callLimit if zero
	free         bool          // not counted against the global limit: interactions
	repeatable   bool          // doing it twice is the same as once
	nonced       bool          // Discord drops a repetition: it may go out again if its connection was closed meanwhile
}

func newClient(token, api string, log discordLog) (*client, error) {
	base, err := url.Parse(api)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("the address of discord's api is not a url")
	}
	base.Path = "/" + strings.Trim(base.Path, "/")
	s, err := discordgo.New("Bot " + token)
	if err != nil {
		return nil, fmt.Errorf("prepare discord: %s", log.hide(err.Error()))
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost, transport.MaxConnsPerHost = 64, 256
	c := &client{session: s, died: make(chan struct{}), window: newWindow(perSecond), http: &http.Client{Transport: &elsewhere{base, transport}, Timeout: callLimit}}
	quieten(s)
	s.Client = c.http
	return c, nil
}

// quieten turns off what the library does of its own accord.
func quieten(s *discordgo.Session) {
	s.StateEnabled = false
	s.SyncEvents = true
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.LogLevel = discordgo.LogError
	s.UserAgent = "DiscordBot (https://pkg.go.dev/legcoach, 1)"
}

// elsewhere sends requests for discord.com to another base address.
type elsewhere struct {
	base *url.URL
	next http.RoundTripper
}

func (e *elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	to := e.base.JoinPath(r.URL.EscapedPath())
	to.RawQuery = r.URL.RawQuery
	r.URL, r.Host = to, to.Host
	return e.next.RoundTrip(r)
}

// counted lets requests that the library makes by itself through the window too.
type counted struct {
	window *window
	next   http.RoundTripper
}

func (c counted) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := c.window.enter(r.Context()); err != nil {
		return nil, err
	}
	defer c.window.leave()
	return c.next.RoundTrip(r)
}

// do makes a call and decodes its answer into out, unless that is nil.
func (c *client) do(ctx context.Context, k call, out any) error {
	f := &fault{route: route(k), repeatable: k.repeatable}
	if c.dead() && !k.free {
		f.status, f.text = http.StatusUnauthorized, "the token was refused before"
		return f
	}
	if wait := c.silence(k.free); wait > 0 {
		f.status, f.after, f.global = http.StatusTooManyRequests, wait, true
		return f
	}
	if !k.free {
		if err := c.window.enter(ctx); err != nil {
			f.text = "it was not sent in time"
			return f
		}
		defer c.window.leave()
	}
	ctx, cancel := context.WithTimeout(ctx, orElse(k.limit, callLimit))
	defer cancel()
	status, header, answer, err := c.exchange(ctx, k, f)
	if err != nil {
		return err
	}
	c.rooms.note(k.path, header)
	c.compare(header)
	if status < 300 {
		if out == nil || len(answer) == 0 {
			return nil
		}
		if err := decode(answer, out); err != nil {
			return fmt.Errorf("%s: read discord's answer: %w", f.route, err)
		}
		return nil
	}
	f.read(status, header, answer)
	c.learn(f, k.free)
	return f
}

// exchange sends a call and reads whatever comes back. The library interprets
// answers in ways that lose the headers, so they are taken from beneath it.
func (c *client) exchange(ctx context.Context, k call, f *fault) (int, http.Header, []byte, error) {
	kind, body, err := encode(k)
	if err != nil {
		return 0, nil, nil, fmt.Errorf("%s: %w", f.route, err)
	}
	var sent atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{WroteHeaders: func() { sent.Store(true) }})
	tap := &tapped{next: c.http.Transport, again: k.repeatable || k.nonced}
	_, err = c.session.RequestWithLockedBucket(k.method, discordgo.EndpointAPI+strings.TrimPrefix(k.path, "/"), kind, body,
		discordgo.NewRatelimiter().LockBucket("once"), 0, discordgo.WithContext(ctx), discordgo.WithClient(&http.Client{Transport: tap}))
	if tap.status == 0 || tap.err != nil {
		f.reached = sent.Load() || tap.status != 0
		f.text = cause(err)
		return 0, nil, nil, f
	}
	return tap.status, tap.header, tap.body, nil
}

// tapped keeps what one exchange brought.
type tapped struct {
	next   http.RoundTripper
	again  bool
	status int
	header http.Header
	body   []byte
	err    error
}

func (t *tapped) RoundTrip(r *http.Request) (*http.Response, error) {
	if t.again { // lets the transport use a fresh connection for one that was closed while idle; it is not sent
		r.Header["Idempotency-Key"] = nil
	}
	resp, err := t.next.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	t.body, t.err = io.ReadAll(io.LimitReader(resp.Body, answerLimit))
	t.status, t.header = resp.StatusCode, resp.Header
	if t.err != nil {
		return nil, t.err
	}
	// The library is shown a plain success, so that it neither waits nor parses.
	return &http.Response{StatusCode: http.StatusOK, Header: http.Header{}, Body: io.NopCloser(bytes.NewReader(nil)), Request: r}, nil
}

func encode(k call) (kind string, body []byte, err error) {
	if k.body == nil {
		return "", nil, nil
	}
	if len(k.files) > 0 {
		return discordgo.MultipartBodyWithJSON(k.body, k.files)
	}
	body, err = json.Marshal(k.body)
	return "application/json", body, err
}

// learn draws the conclusions of an answer for the calls that follow.
func (c *client) learn(f *fault, free bool) {
	switch {
	case f.status == http.StatusUnauthorized && !free && !f.strange:
		c.dying.Do(func() { close(c.died) })
	case f.strange && f.status < 500:
		f.after, f.global = max(f.after, edgePause), true
		c.pause(f.after)
	case f.status == http.StatusTooManyRequests && f.global:
		c.pause(f.after)
	}
	if f.status == 401 || f.status == 403 || f.status == 429 {
		c.refused.add(time.Now())
	}
}

const (
	// edgePause is how long everything waits when a machine before Discord turns requests away.
	edgePause = time.Minute
	// refusals is how many invalid requests within ten minutes stop everything but
	// answers; at 10,000 Discord bans the address.
	// https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
	refusals = 2000
)

// silence is how long calls must wait now; interactions wait for nobody.
func (c *client) silence(free bool) time.Duration {
	if free {
		return 0
	}
	if c.refused.count(time.Now()) >= refusals {
		return time.Minute
	}
	return max(0, time.Until(time.UnixMilli(c.paused.Load())))
}

// compare learns how wrong this machine's clock is. What the header's whole
// seconds and a slow network can make is not taken for it.
func (c *client) compare(header http.Header) {
	at, err := http.ParseTime(header.Get("Date"))
	if err != nil {
		return
	}
	ahead := time.Since(at)
	if ahead.Abs() < 5*time.Second {
		ahead = 0
	}
	c.skew.Store(int64(ahead))
}

// now is the time by Discord's clock.
func (c *client) now() time.Time { return time.Now().Add(-time.Duration(c.skew.Load())) }

// dead reports whether Discord has refused the token.
func (c *client) dead() bool {
	select {
	case <-c.died:
		return true
	default:
		return false
	}
}

func (c *client) pause(d time.Duration) {
	until := time.Now().Add(d).UnixMilli()
	for {
		old := c.paused.Load()
		if old >= until || c.paused.CompareAndSwap(old, until) {
			return
		}
	}
}

func orElse[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}
