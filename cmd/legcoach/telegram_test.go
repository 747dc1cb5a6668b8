package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// botAPI is as much of a Bot API server as the program needs to start: it knows
// one token, hands out the updates it is given, and writes down what is sent.
type botAPI struct {
	*httptest.Server
	updates chan string // not yet asked for
	sent    chan string // the texts of sendMessage

	mu      sync.Mutex
	pending map[int64]string // not yet acknowledged
	last    int64
}

const goodToken = "123456:TESTTOKEN"

func newBotAPI(t testing.TB) *botAPI {
	f := &botAPI{updates: make(chan string, 16), sent: make(chan string, 64), pending: map[int64]string{}}
	f.Server = httptest.NewServer(f)
	t.Cleanup(func() {
		f.CloseClientConnections()
		f.Close()
	})
	return f
}

func (f *botAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, method, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/bot"), "/")
	if token != goodToken {
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, `{"ok":false,"error_code":401,"description":"Unauthorized"}`)
		return
	}
	result := "true"
	switch method {
	case "getMe":
		result = `{"id":7,"is_bot":true,"first_name":"legcoach","username":"legcoach_test_bot","can_join_groups":true}`
	case "getUpdates":
		result = f.poll(r)
	case "getWebhookInfo":
		result = `{"url":"","pending_update_count":0}`
	case "sendMessage":
		f.sent <- r.FormValue("text")
		result = fmt.Sprintf(`{"message_id":%d,"date":1,"chat":{"id":42,"type":"private"}}`, len(f.sent)+100)
	}
	_, _ = fmt.Fprintf(w, `{"ok":true,"result":%s}`, result)
}

// poll acknowledges what lies before the offset, and waits for something to hand out.
func (f *botAPI) poll(r *http.Request) string {
	var offset int64
	_, _ = fmt.Sscan(r.FormValue("offset"), &offset)
	ctx, cancel := context.WithTimeout(r.Context(), 20*time.Second)
	defer cancel()
	f.mu.Lock()
	defer f.mu.Unlock()
	for id := range f.pending {
		if id < offset {
			delete(f.pending, id)
		}
	}
	if len(f.pending) == 0 {
		f.mu.Unlock()
		update := ""
		select {
		case update = <-f.updates:
		case <-ctx.Done():
		}
		f.mu.Lock()
		if update != "" {
			f.last++
			f.pending[f.last] = update
		}
	}
	all := make([]string, 0, len(f.pending))
	for id, update := range f.pending {
		all = append(all, fmt.Sprintf(`{"update_id":%d,%s}`, id, update))
	}
	return "[" + strings.Join(all, ",") + "]"
}

// say is a private message of person 42.
func (f *botAPI) say(text string) {
	quoted, _ := json.Marshal(text)
	f.updates <- fmt.Sprintf(`"message":{"message_id":1,"date":%d,"chat":{"id":42,"type":"private"},"from":{"id":42,"first_name":"R"},"text":%s}`, time.Now().Unix(), quoted)
}
