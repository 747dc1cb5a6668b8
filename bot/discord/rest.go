package discord

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// callLimit is how long one request may take. A callback has its own, shorter limit.
	callLimit     = 10 * time.Second
	callbackLimit = 2 * time.Second
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
}

// fault is what went wrong with a call. It never holds an address or a token.
type fault struct {
	route      string
	status     int           // zero if no answer was read
	code       int           // Discord's own code, zero if it sent none
	text       string        // Discord's own words
	detail     string        // the fields that Discord refuses, if it said
	after      time.Duration // how long to wait, if it said
	global     bool          // the wait is for everything
	strange    bool          // the answer was not Discord's but that of a machine before it
	reached    bool          // the request may have been acted upon
	repeatable bool
}

func (f *fault) Error() string {
	switch {
	case f.status == 0 && f.reached:
		return f.route + ": the answer was lost"
	case f.status == 0:
		return f.route + ": no connection to discord: " + f.text
	case f.strange:
		return fmt.Sprintf("%s: status %d, not from discord", f.route, f.status)
	}
	return fmt.Sprintf("%s: status %d, code %d %s%s", f.route, f.status, f.code, f.text, f.detail)
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
	c := &client{session: s, died: make(chan struct{}), http: &http.Client{Transport: &elsewhere{base, transport}, Timeout: callLimit}}
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
	tap := &tapped{next: c.http.Transport}
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
	status int
	header http.Header
	body   []byte
	err    error
}

func (t *tapped) RoundTrip(r *http.Request) (*http.Response, error) {
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

// read takes apart an answer that is no success.
func (f *fault) read(status int, header http.Header, answer []byte) {
	var said struct {
		Code    int             `json:"code"`
		Message string          `json:"message"`
		Errors  json.RawMessage `json:"errors"`
		After   float64         `json:"retry_after"`
		Global  bool            `json:"global"`
	}
	f.status = status
	f.reached = status >= 500
	f.strange = decode(answer, &said) != nil
	f.code, f.text = said.Code, clip(said.Message, 200)
	if len(said.Errors) > 0 {
		f.detail = ": " + clip(string(said.Errors), 500)
	}
	seconds := said.After
	if seconds <= 0 {
		seconds, _ = strconv.ParseFloat(header.Get("Retry-After"), 64)
	}
	f.after = time.Duration(min(max(seconds, 0), 3600) * float64(time.Second))
	f.global = said.Global || header.Get("X-RateLimit-Global") != ""
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

// meter counts what happened in the last ten minutes, to the minute.
type meter struct {
	mu      sync.Mutex
	minutes [10]struct {
		minute int64
		n      int
	}
}

func (m *meter) add(now time.Time) {
	m.mu.Lock()
	defer m.mu.Unlock()
	minute := now.Unix() / 60
	slot := &m.minutes[minute%10]
	if slot.minute != minute {
		slot.minute, slot.n = minute, 0
	}
	slot.n++
}

func (m *meter) count(now time.Time) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, slot := range m.minutes {
		if slot.minute > now.Unix()/60-10 {
			n += slot.n
		}
	}
	return n
}

// rooms remember until when a channel takes nothing more, so that a request
// that would be turned away is not made.
type rooms struct {
	mu   sync.Mutex
	full map[string]time.Time
}

// note reads how much a path still takes.
func (r *rooms) note(path string, header http.Header) {
	if header.Get("X-RateLimit-Remaining") != "0" || !strings.HasPrefix(path, "/channels/") {
		return
	}
	seconds, err := strconv.ParseFloat(header.Get("X-RateLimit-Reset-After"), 64)
	if err != nil || seconds <= 0 {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.full == nil || len(r.full) > 10000 {
		r.full = map[string]time.Time{}
	}
	r.full[path] = time.Now().Add(time.Duration(min(seconds, 60) * float64(time.Second)))
}

// wait is how long a path takes nothing.
func (r *rooms) wait(path string) time.Duration {
	r.mu.Lock()
	defer r.mu.Unlock()
	until, found := r.full[path]
	if !found {
		return 0
	}
	d := time.Until(until)
	if d <= 0 {
		delete(r.full, path)
	}
	return max(0, d)
}

// route names a call without what is secret or personal in it.
func route(k call) string {
	parts := strings.Split(strings.SplitN(k.path, "?", 2)[0], "/")
	for i, part := range parts {
		if snowflake(part) || (i == 3 && (parts[1] == "interactions" || parts[1] == "webhooks")) {
			parts[i] = "…"
		}
	}
	return k.method + " " + strings.Join(parts, "/")
}

// cause is the innermost reason of an error: what wraps it names the address, and with it a token.
func cause(err error) string {
	if err == nil {
		return "nothing was answered"
	}
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return err.Error()
		}
		err = next
	}
}

func orElse[T comparable](v, otherwise T) T {
	var zero T
	if v == zero {
		return otherwise
	}
	return v
}
