package telegram

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// reply is whatever a server, or something between, says to a call.
type reply struct {
	status int
	header string // a name and a value
	body   string
	raw    func(w http.ResponseWriter) // instead of the rest
}

func (a reply) write(w http.ResponseWriter) {
	if a.raw != nil {
		a.raw(w)
		return
	}
	if name, value, ok := strings.Cut(a.header, ": "); ok {
		w.Header().Set(name, value)
	}
	if a.status != 0 {
		w.WriteHeader(a.status)
	}
	_, _ = fmt.Fprint(w, a.body)
}

// wild is a server that answers every call alike.
func wild(t *testing.T, a reply) (*Platform, *atomic.Int64) {
	t.Helper()
	var calls atomic.Int64
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		calls.Add(1)
		a.write(w)
	}))
	t.Cleanup(s.Close)
	p, err := Open(Config{Token: token, API: s.URL, Log: slog.New(slog.DiscardHandler)})
	if err != nil {
		t.Fatal(err)
	}
	p.pace.gap, p.wait.text = 0, time.Second
	return p, &calls
}

func zipped(body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Encoding", "gzip")
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, _ = z.Write([]byte(body))
		_ = z.Close()
		_, _ = w.Write(b.Bytes())
	}
}

// piecewise sends a body in chunks of a byte.
func piecewise(body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		for _, b := range []byte(body) {
			_, _ = w.Write([]byte{b})
			w.(http.Flusher).Flush()
		}
	}
}

// cut sends a body that ends before it is whole, and drops the connection.
func cutOff(body string) func(http.ResponseWriter) {
	return func(w http.ResponseWriter) {
		w.Header().Set("Content-Length", fmt.Sprint(len(body)+10))
		_, _ = fmt.Fprint(w, body)
	}
}

const sentOK = `{"ok":true,"result":{"message_id":9,"date":1,"chat":{"id":42,"type":"private"},"new_field":{"x":[1,null]}}}`

// What becomes of a send for each thing that a server can answer. An answer that
// only something in between can have given means that Telegram never had the call;
// one that tells nothing means that it may have.
func TestWildAnswers(t *testing.T) {
	said := errors.New("it was said")
	later := errors.New("it surely was not said, and is tried again")
	delay := func(d time.Duration) error { return &bot.DelayError{After: d} }
	for name, c := range map[string]struct {
		reply
		want error
	}{
		"as usual":                    {reply{body: sentOK}, said},
		"zipped":                      {reply{raw: zipped(sentOK)}, said},
		"in chunks":                   {reply{raw: piecewise(sentOK)}, said},
		"with another status":         {reply{status: 201, body: sentOK}, said},
		"with another type":           {reply{header: "Content-Type: text/plain", body: sentOK}, said},
		"a result of null":            {reply{body: `{"ok":true,"result":null}`}, said},
		"a result of true":            {reply{body: `{"ok":true,"result":true}`}, said},
		"no result":                   {reply{body: `{"ok":true}`}, said},
		"a huge id":                   {reply{body: `{"ok":true,"result":{"message_id":9007199254740993,"chat":{"id":-1009999999999999}}}`}, said},
		"an empty body":               {reply{}, bot.ErrUnknown},
		"null":                        {reply{body: `null`}, bot.ErrUnknown},
		"a list":                      {reply{body: `[]`}, bot.ErrUnknown},
		"an object":                   {reply{body: `{}`}, bot.ErrUnknown},
		"no, and no more":             {reply{body: `{"ok":false}`}, bot.ErrUnknown},
		"a page of 502":               {reply{status: 502, body: "<html>bad gateway</html>"}, bot.ErrUnknown},
		"a 500 of Telegram's":         {reply{status: 500, body: `{"ok":false,"error_code":500,"description":"Internal Server Error"}`}, bot.ErrUnknown},
		"a body that breaks off":      {reply{raw: cutOff(sentOK[:30])}, bot.ErrUnknown},
		"a zip that is none":          {reply{header: "Content-Encoding: gzip", body: sentOK}, bot.ErrUnknown},
		"a page of 403":               {reply{status: 403, body: "<html>forbidden</html>"}, later},
		"a page of 413":               {reply{status: 413, body: "too large"}, later},
		"a redirect":                  {reply{status: 302, header: "Location: http://127.0.0.1:1/", body: ""}, later},
		"a page of 429":               {reply{status: 429, header: "Retry-After: 7", body: "<html>slow down</html>"}, delay(7 * time.Second)},
		"a page of 429 with a date":   {reply{status: 429, header: "Retry-After: Wed, 21 Oct 2026 07:28:00 GMT", body: ""}, delay(time.Second)},
		"429 as it is":                {reply{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3}}`}, delay(3 * time.Second)},
		"429 without parameters":      {reply{status: 429, body: `{"ok":false,"error_code":429,"description":"Too Many Requests"}`}, delay(time.Second)},
		"429 with null parameters":    {reply{status: 429, body: `{"ok":false,"error_code":429,"parameters":null,"description":null}`}, delay(time.Second)},
		"429 with half a second":      {reply{status: 429, body: `{"ok":false,"error_code":429,"parameters":{"retry_after":2.5}}`}, delay(3 * time.Second)},
		"429 in words":                {reply{status: 429, body: `{"ok":false,"error_code":"429","parameters":{"retry_after":"4"}}`}, delay(4 * time.Second)},
		"429 below zero":              {reply{status: 429, body: `{"ok":false,"error_code":429,"parameters":{"retry_after":-5}}`}, delay(time.Second)},
		"429 for ever":                {reply{status: 429, body: `{"ok":false,"error_code":429,"parameters":{"retry_after":999999999999}}`}, delay(longestWait)},
		"403 as it is":                {reply{status: 403, body: `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`}, bot.ErrGone},
		"403 with status 200":         {reply{body: `{"ok":false,"error_code":403,"description":"Forbidden: user is deactivated"}`}, bot.ErrGone},
		"400 with a code in words":    {reply{status: 400, body: `{"ok":false,"error_code":"400","description":"Bad Request: chat not found"}`}, bot.ErrGone},
		"400 with an odd description": {reply{status: 400, body: `{"ok":false,"error_code":400,"description":["x"]}`}, bot.ErrRefused},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, _ := wild(t, c.reply)
			_, err := p.Send(t.Context(), bot.Message{Seq: 1, Runner: address(42), To: address(42), Line: coach.Line{Text: "hello", To: address(42)}})
			var wait *bot.DelayError
			sure, unsure := errors.Is(c.want, said), errors.Is(c.want, later)
			final := errors.Is(err, bot.ErrGone) || errors.Is(err, bot.ErrRefused) || errors.Is(err, bot.ErrUnknown) || errors.As(err, &wait)
			switch {
			case sure && err != nil, unsure && (err == nil || final):
				t.Errorf("Send returned %v; want: %v", err, c.want)
			case !sure && !unsure && !errors.Is(err, c.want) && (wait == nil || wait.Error() != c.want.Error()):
				t.Errorf("Send returned %v; want: %v", err, c.want)
			}
			if err != nil && (strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), "html")) {
				t.Errorf("Send returned %v", err)
			}
		})
	}
}

// Whatever a poll is answered, the bot neither ends nor asks without pause.
func TestWildPolls(t *testing.T) {
	for name, a := range map[string]reply{
		"no updates":        {body: `{"ok":true,"result":[]}`},
		"null":              {body: `{"ok":true,"result":null}`},
		"an object":         {body: `{"ok":true,"result":{}}`},
		"nothing":           {body: ``},
		"a page":            {status: 502, body: `<html>`},
		"updates of null":   {body: `{"ok":true,"result":[null,null]}`},
		"updates of words":  {body: `{"ok":true,"result":["x",1,[]]}`},
		"without numbers":   {body: `{"ok":true,"result":[{"message":{}}]}`},
		"with huge numbers": {body: `{"ok":true,"result":[{"update_id":99999999999999999999999}]}`},
		"the same for ever": {body: `{"ok":true,"result":[{"update_id":5,"message":{"message_id":1,"date":1,"chat":{"id":42,"type":"private"},"from":{"id":42},"text":"x"}}]}`},
		"not found":         {status: 404, body: `<html>`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, calls := wild(t, a)
			p.me.Store(&self{ID: 1, Username: "b", called: called("b")})
			p.wait.poll, p.wait.first, p.wait.most = time.Second, 300*time.Millisecond, time.Second
			ctx, stop := context.WithTimeout(t.Context(), time.Second)
			defer stop()
			if err := p.poll(ctx, func(context.Context, bot.Heard) error { return nil }); err != nil {
				t.Fatalf("poll returned %v", err)
			}
			if n := calls.Load(); n == 0 || n > 8 {
				t.Errorf("%d polls in a second", n)
			}
		})
	}
}
