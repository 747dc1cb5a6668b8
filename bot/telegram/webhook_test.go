package telegram

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"legcoach/bot"
	"legcoach/coach"
)

var secret = strings.Repeat("s", 32)

// hooked returns a platform whose webhook is served here.
func hooked(t *testing.T, f *fake) (*Platform, string) {
	var p *Platform
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { p.ServeHTTP(w, r) }))
	t.Cleanup(s.Close)
	p = open(t, f, func(c *Config) {
		c.Webhook = Webhook{URL: s.URL + "/hook", Secret: secret, Former: []string{strings.Repeat("o", 32)}}
	})
	return p, s.URL + "/hook"
}

// post delivers an update and returns the status.
func post(t *testing.T, url, secret, body string) int {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Telegram-Bot-Api-Secret-Token", secret)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	resp.Body.Close()
	return resp.StatusCode
}

// A delivery is taken with the secret only, is bounded, and is accepted only once it is committed.
func TestWebhook(t *testing.T) {
	f := newFake(t)
	p, url := hooked(t, f)
	if got := post(t, url, secret, `{"update_id":1}`); got != http.StatusServiceUnavailable {
		t.Errorf("before Listen: %d", got)
	}
	fails := 1
	e := listen(t, p, func(h bot.Heard) error {
		if h.Event.(coach.Said).Text == "twice" {
			if fails--; fails >= 0 {
				return errBusy
			}
		}
		return nil
	})
	await(t, "the webhook", p.Ready)
	hello := `{"update_id":5,` + said(1, "hello")[1:]
	twice := `{"update_id":6,` + said(2, "twice")[1:]
	for _, c := range []struct {
		secret, body string
		want         int
	}{
		{"", hello, 401}, {"wrong", hello, 401}, {secret + "s", hello, 401}, {secret, hello, 200}, {secret, hello, 200},
		{strings.Repeat("o", 32), hello, 200}, {secret, twice, 503}, {secret, twice, 200},
		{secret, "{", 200}, {secret, `{"update_id":7,"message":3}`, 200}, {secret, strings.Repeat(" ", maxUpdate+1), 413},
	} {
		if got := post(t, url, c.secret, c.body); got != c.want {
			t.Errorf("%.40s with %.9q: %d, want %d", c.body, c.secret, got, c.want)
		}
	}
	if got := fmt.Sprint(texts(e.events(t, 2))); got != "[hello twice]" {
		t.Errorf("heard %s", got)
	}
	if resp, err := http.Get(url); err != nil || resp.StatusCode != http.StatusMethodNotAllowed {
		t.Errorf("GET: %v, %v", resp, err)
	}
	set := f.called("setWebhook")[0].params
	if set["secret_token"] != secret || set["allowed_updates"] != wanted || set["drop_pending_updates"] != "false" {
		t.Errorf("set with %v", set)
	}
}

// One person's deliveries are heard one after another, however they arrive.
func TestWebhookTakesTurns(t *testing.T) {
	f := newFake(t)
	p, url := hooked(t, f)
	ctx, stop := context.WithCancel(t.Context())
	var busy, most, heard atomic.Int32
	ended := make(chan error)
	go func() {
		ended <- p.Listen(ctx, func(context.Context, bot.Heard) error {
			most.Store(max(most.Load(), busy.Add(1)))
			for range 1000 {
				runtime.Gosched()
			}
			busy.Add(-1)
			heard.Add(1)
			return nil
		})
	}()
	await(t, "the webhook", p.Ready)
	var posts sync.WaitGroup
	for i := range 20 {
		posts.Go(func() { post(t, url, secret, fmt.Sprintf(`{"update_id":%d,%s`, i+1, said(i, "x")[1:])) })
	}
	posts.Wait()
	stop()
	if err := <-ended; err != nil || heard.Load() != 20 || most.Load() != 1 {
		t.Errorf("%v; %d heard, %d at once", err, heard.Load(), most.Load())
	}
}

// From polling to a webhook and back, everything is heard and nothing is dropped.
func TestSwitching(t *testing.T) {
	f := newFake(t)
	f.inject(said(1, "polled"))
	polling := listen(t, open(t, f), nil)
	polling.events(t, 1)
	polling.stop()
	<-polling.ended

	p, url := hooked(t, f)
	hooking := listen(t, p, nil)
	await(t, "the webhook", p.Ready)
	if got := post(t, url, secret, `{"update_id":200,`+said(2, "hooked")[1:]); got != 200 {
		t.Fatalf("delivered with %d", got)
	}
	hooking.events(t, 1)
	hooking.stop()
	<-hooking.ended

	f.inject(said(3, "polled again"))
	again := listen(t, open(t, f), nil)
	found := again.events(t, 1)
	if last := texts(found)[len(found)-1]; last != "polled again" {
		t.Errorf("heard %q", texts(found))
	}
	if c := f.called("deleteWebhook"); len(c) != 1 || c[0].params["drop_pending_updates"] != "false" {
		t.Errorf("the webhook was taken away by %v", c)
	}
}
