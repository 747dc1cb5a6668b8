package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	tgbotapi "github.com/go-telegram-bot-api/telegram-bot-api/v5"
)

// maxAnswer is how much of an answer is read, in bytes; Telegram's own longest is 4 MiB.
const maxAnswer = 8 << 20

// client makes calls of the Bot API through the library.
type client struct {
	token    string
	endpoint string       // as the library wants it: with %s for the token and %s for the method
	calls    *http.Client // everything but polls
	polls    *http.Client // apart, so that stuck calls can't keep updates from arriving
}

func newClient(api, token string, proxy func(*http.Request) (*url.URL, error)) *client {
	base := strings.ReplaceAll(strings.TrimRight(api, "/"), "%", "%%")
	return &client{token: token, endpoint: base + "/bot%s/%s", calls: newHTTP(proxy, 32), polls: newHTTP(proxy, 1)}
}

// newHTTP returns a client without a timeout, since each call has its own, and
// without redirects, since they would show the token to another host.
func newHTTP(proxy func(*http.Request) (*url.URL, error), idle int) *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			Proxy: proxy, MaxIdleConnsPerHost: idle, IdleConnTimeout: 30 * time.Second,
			TLSHandshakeTimeout: 10 * time.Second, ForceAttemptHTTP2: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// call makes one call and returns its result, or a *fault. With files it is an upload.
func (c *client) call(ctx context.Context, method string, params tgbotapi.Params, files ...tgbotapi.RequestFile) (json.RawMessage, error) {
	s := &seam{ctx: ctx, http: c.calls}
	if method == "getUpdates" {
		s.http = c.polls
	}
	api := tgbotapi.BotAPI{Token: c.token, Client: s}
	api.SetAPIEndpoint(c.endpoint)
	var answer *tgbotapi.APIResponse
	var err error
	if len(files) == 0 {
		answer, err = api.MakeRequest(method, params)
	} else {
		answer, err = api.UploadFiles(method, params, files)
	}
	if err != nil {
		return nil, s.explain(method, err)
	}
	return answer.Result, nil
}

// seam stands between the library and the network for one call: it gives the
// call its context, bounds the answer, and notes how far the call came.
type seam struct {
	ctx    context.Context
	http   *http.Client
	status int
	header http.Header
	answer []byte      // what was answered
	began  atomic.Bool // headers left: Telegram may have read the call
}

// Do sends one request of the library.
func (s *seam) Do(r *http.Request) (*http.Response, error) {
	trace := &httptrace.ClientTrace{WroteHeaders: func() { s.began.Store(true) }}
	resp, err := s.http.Do(r.WithContext(httptrace.WithClientTrace(s.ctx, trace)))
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	s.status, s.header = resp.StatusCode, resp.Header
	if s.answer, err = io.ReadAll(io.LimitReader(resp.Body, maxAnswer)); err != nil {
		return nil, err
	}
	resp.Body = io.NopCloser(bytes.NewReader(s.answer))
	return resp, nil
}
