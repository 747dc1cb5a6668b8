package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"math/rand/v2"
)

// tally is Telegram and Discord on loopback, as far as it takes to count: what
// every chat was shown, when, and how many messages were on their way at once.
type tally struct {
	*httptest.Server
	late  time.Duration // how long a message takes at most, half of it before it is shown
	limit map[string]int
	batch int // how many updates a poll hands out at most

	mu      sync.Mutex
	shown   map[string][]sight     // by address
	nonces  map[string]string      // Discord's
	times   map[string][]time.Time // when messages arrived, by platform
	again   int                    // messages that Discord recognised by their nonce
	refused int                    // messages turned away with a 429
	calls   int
	asked   map[int]time.Time // when each person last wrote
	updates []string          // not acknowledged, oldest first
	first   int64             // number of updates[0]
	news    chan struct{}
}

const tallyToken = "123456:TALLY"

// sight is a message as it was shown.
type sight struct {
	text string
	at   time.Time
}

func newTally(t testing.TB) *tally {
	f := &tally{batch: 100, shown: map[string][]sight{}, nonces: map[string]string{}, times: map[string][]time.Time{}, first: 1, asked: map[int]time.Time{}, news: make(chan struct{})}
	f.Server = httptest.NewServer(f)
	t.Cleanup(func() {
		f.CloseClientConnections()
		f.Close()
	})
	return f
}

func (f *tally) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.calls++
	f.mu.Unlock()
	if path, telegram := strings.CutPrefix(r.URL.Path, "/bot"+tallyToken+"/"); telegram {
		f.telegram(w, r, path)
		return
	}
	f.discord(w, r, strings.TrimPrefix(r.URL.Path, "/api/v9"))
}

func (f *tally) telegram(w http.ResponseWriter, r *http.Request, method string) {
	result := "true"
	switch method {
	case "getMe":
		result = `{"id":7,"is_bot":true,"first_name":"legcoach","username":"legcoach_test_bot"}`
	case "getUpdates":
		result = f.poll(r)
	case "sendMessage":
		if !f.show(w, "telegram/"+r.FormValue("chat_id"), r.FormValue("text"), "") {
			return
		}
		result = fmt.Sprintf(`{"message_id":%d,"date":1,"chat":{"id":%s,"type":"private"}}`, rand.IntN(1<<30)+1, r.FormValue("chat_id"))
	}
	_, _ = fmt.Fprintf(w, `{"ok":true,"result":%s}`, result)
}

func (f *tally) discord(w http.ResponseWriter, r *http.Request, path string) {
	w.Header().Set("Content-Type", "application/json")
	part := strings.Split(strings.Trim(path, "/"), "/")
	var body struct {
		Recipient string `json:"recipient_id"`
		Nonce     string `json:"nonce"`
		Content   string `json:"content"`
	}
	_ = json.NewDecoder(r.Body).Decode(&body)
	switch {
	case path == "/users/@me/channels":
		_, _ = fmt.Fprintf(w, `{"id":%q}`, body.Recipient)
	case len(part) == 3 && part[0] == "channels" && r.Method == http.MethodPost:
		if f.show(w, "discord/"+part[1], body.Content, body.Nonce) {
			_, _ = fmt.Fprintf(w, `{"id":"%d","channel_id":%q}`, rand.Int64N(1<<60), part[1])
		}
	default:
		w.WriteHeader(http.StatusBadGateway)
	}
}

// show counts a message, or turns it away; it is on its way for a while before and after.
func (f *tally) show(w http.ResponseWriter, to, text, nonce string) bool {
	if f.late > 0 {
		time.Sleep(rand.N(f.late / 2))
		defer func() { time.Sleep(rand.N(f.late / 2)) }()
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	platform, _, _ := strings.Cut(to, "/")
	if f.over(platform, time.Now()) {
		f.refused++
		w.Header().Set("Retry-After", "3")
		w.WriteHeader(http.StatusTooManyRequests)
		_, _ = fmt.Fprint(w, `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 3","parameters":{"retry_after":3},"retry_after":3,"global":true}`)
		return false
	}
	if nonce != "" && f.nonces[to+nonce] != "" {
		f.again++
		return true
	}
	f.nonces[to+nonce] = text
	f.shown[to] = append(f.shown[to], sight{text, time.Now()})
	return true
}

// over reports whether a message is more than the platform takes in any second. f.mu is held.
func (f *tally) over(platform string, now time.Time) bool {
	most, limited := f.limit[platform]
	all := append(f.times[platform], now)
	f.times[platform] = all
	if !limited || len(all) <= most {
		return false
	}
	return now.Sub(all[len(all)-1-most]) < time.Second
}

// poll acknowledges what lies before the offset, and waits for something to hand out.
func (f *tally) poll(r *http.Request) string {
	offset, _ := strconv.ParseInt(r.FormValue("offset"), 10, 64)
	end := time.After(20 * time.Second)
	for {
		f.mu.Lock()
		for len(f.updates) > 0 && f.first < offset {
			f.updates, f.first = f.updates[1:], f.first+1
		}
		var all []string
		for i, u := range f.updates[:min(f.batch, len(f.updates))] {
			all = append(all, fmt.Sprintf(`{"update_id":%d,%s}`, f.first+int64(i), u))
		}
		news := f.news
		f.mu.Unlock()
		if len(all) > 0 {
			return "[" + strings.Join(all, ",") + "]"
		}
		select {
		case <-news:
		case <-end:
			return "[]"
		case <-r.Context().Done():
			return "[]"
		}
	}
}

// says has a person write in private.
func (f *tally) says(person int, text string) {
	quoted, _ := json.Marshal(text)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked[person] = time.Now()
	f.updates = append(f.updates, fmt.Sprintf(
		`"message":{"message_id":%d,"date":%d,"chat":{"id":%d,"type":"private"},"from":{"id":%d,"first_name":"R"},"text":%s}`,
		rand.IntN(1<<30)+1, time.Now().Unix(), person, person, quoted))
	close(f.news)
	f.news = make(chan struct{})
}

// seen is what an address was shown so far.
func (f *tally) seen(address string) []sight {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]sight(nil), f.shown[address]...)
}

// total counts everything that was shown, and the updates that wait.
func (f *tally) total() (shown, waiting, calls int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, s := range f.shown {
		shown += len(s)
	}
	return shown, len(f.updates), f.calls
}

// settles waits until nothing new was shown for a while, and nothing waits to be heard.
func (f *tally) settles(t testing.TB, still time.Duration) {
	t.Helper()
	last, since, began := -1, time.Now(), time.Now()
	for time.Since(began) < 3*time.Minute {
		shown, waiting, _ := f.total()
		if shown != last || waiting > 0 {
			last, since = shown, time.Now()
		}
		if time.Since(since) > still {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("it never comes to rest")
}
