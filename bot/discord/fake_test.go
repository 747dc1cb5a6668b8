package discord

import (
	"encoding/json"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	testToken = "MTAw.test-token.secret"
	testApp   = "100000000000000001"
	alice     = "400000000000000001"
	bob       = "400000000000000002"
	aliceDM   = "500000000000000001"
	hall      = "300000000000000001" // a server's channel
	guild     = "200000000000000001"
)

// fake is Discord on loopback, as far as the bot sees it: REST here, the gateway in fakegate_test.go.
type fake struct {
	t   testing.TB
	web *httptest.Server

	mu           sync.Mutex
	posts        []*fakePost
	written      []map[string]any            // by people
	interactions map[string]*fakeInteraction // by id
	tokens       map[string]*fakeInteraction
	nonces       map[string]*fakePost
	commands     []json.RawMessage
	puts         int // how often the commands were written
	opened       int // how often a private channel was opened
	faults       []*fakeFault
	requests     []string
	minted       uint64
	gate         fakeGate
}

type fakePost struct {
	ID, Channel string
	Content     string            `json:"content"`
	Embeds      []embed           `json:"embeds"`
	Components  []json.RawMessage `json:"components"`
	Flags       int               `json:"flags"`
	Nonce       string            `json:"nonce"`
	Mentions    *mentions         `json:"allowed_mentions"`
	files       []string
	deleted     bool
}

type fakeInteraction struct {
	id, token, channel string
	kind               int
	acks               int // first answers that were accepted
	tried              int // that were offered
	ack                struct {
		Type int             `json:"type"`
		Data json.RawMessage `json:"data"`
	}
	latency time.Duration
	message *fakePost // the answer, or what was tapped
	done    chan struct{}
}

type fakeFault struct {
	match  string // "POST /channels/.*/messages"
	times  int
	status int
	body   string
	header map[string]string
	delay  time.Duration
	after  bool // done, and then the answer is lost
	drop   bool // the connection is cut
}

func newFake(t testing.TB) *fake {
	f := &fake{t: t, interactions: map[string]*fakeInteraction{}, tokens: map[string]*fakeInteraction{}, nonces: map[string]*fakePost{}}
	f.gate.init()
	f.web = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(func() { f.gate.closeAll(); f.web.Close() })
	return f
}

func (f *fake) fault(x fakeFault) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.faults = append(f.faults, &x)
}

// id mints a snowflake of now.
func (f *fake) id() string {
	f.minted++
	return strconv.FormatUint((uint64(time.Now().UnixMilli()-1420070400000)<<22)|f.minted&0x3fffff, 10)
}

func (f *fake) mint() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.id()
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Upgrade") != "" {
		f.gate.serve(w, r)
		return
	}
	path, found := strings.CutPrefix(r.URL.EscapedPath(), "/api/v9")
	if !found {
		http.NotFound(w, r)
		return
	}
	line := r.Method + " " + path
	f.mu.Lock()
	f.requests = append(f.requests, line)
	var hit *fakeFault
	for _, x := range f.faults {
		if ok, _ := regexp.MatchString("^"+x.match+"$", line); ok && x.times > 0 {
			x.times--
			hit = x
			break
		}
	}
	f.mu.Unlock()
	if hit != nil && f.play(w, r, hit, path) {
		return
	}
	status, answer := f.act(r, path)
	write(w, status, answer)
}

// play makes a request go wrong; false if it is only late.
func (f *fake) play(w http.ResponseWriter, r *http.Request, x *fakeFault, path string) bool {
	time.Sleep(x.delay)
	for k, v := range x.header {
		w.Header().Set(k, v)
	}
	switch {
	case x.after:
		f.act(r, path)
		if x.status == 0 {
			cut(w)
			return true
		}
		fallthrough
	case x.status != 0:
		w.WriteHeader(x.status)
		_, _ = io.WriteString(w, x.body)
		return true
	case x.drop:
		cut(w)
		return true
	}
	return false
}

func cut(w http.ResponseWriter) {
	if c, _, err := w.(http.Hijacker).Hijack(); err == nil {
		_ = c.Close()
	}
}

func write(w http.ResponseWriter, status int, answer any) {
	if answer == nil {
		w.WriteHeader(status)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(answer)
}

func code(n int, text string) map[string]any { return map[string]any{"code": n, "message": text} }

func (f *fake) act(r *http.Request, path string) (int, any) {
	part := strings.Split(strings.Trim(path, "/"), "/")
	free := part[0] == "interactions" || part[0] == "webhooks" || path == "/gateway"
	if !free && r.Header.Get("Authorization") != "Bot "+testToken {
		return 401, code(0, "401: Unauthorized")
	}
	body, files := read(r)
	f.mu.Lock()
	defer f.mu.Unlock()
	switch line := r.Method + " " + part[0]; {
	case path == "/gateway":
		return 200, map[string]string{"url": "ws" + strings.TrimPrefix(f.web.URL, "http")}
	case path == "/users/@me":
		return 200, map[string]any{"id": testApp, "username": "legcoach"}
	case path == "/applications/@me":
		return 200, map[string]any{"id": testApp}
	case path == "/users/@me/channels":
		f.opened++
		return 200, map[string]any{"id": aliceDM, "type": 1}
	case part[0] == "applications":
		return f.command(r.Method, body)
	case line == "POST channels" && len(part) == 3:
		return f.create(part[1], body, files)
	case line == "GET channels" && len(part) == 3:
		return 200, f.since(part[1], r.URL.Query().Get("after"))
	case line == "PATCH channels" && len(part) == 4:
		return f.change(f.post(part[3]), body)
	case line == "PUT channels" && len(part) == 7 && part[4] == "reactions":
		return 204, nil
	case part[0] == "interactions":
		return f.acknowledge(part[1], part[2], body, files)
	case part[0] == "webhooks":
		return f.webhook(r.Method, part, body, files)
	}
	return 404, code(0, "404: Not Found")
}

func read(r *http.Request) (body []byte, files []string) {
	kind, params, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if kind != "multipart/form-data" {
		body, _ = io.ReadAll(r.Body)
		return body, nil
	}
	parts := multipart.NewReader(r.Body, params["boundary"])
	for {
		p, err := parts.NextPart()
		if err != nil {
			return body, files
		}
		data, _ := io.ReadAll(p)
		if p.FormName() == "payload_json" {
			body = data
		} else {
			files = append(files, p.FileName()+": "+string(data))
		}
	}
}

func (f *fake) command(method string, body []byte) (int, any) {
	if method == http.MethodPut {
		f.puts++
		if err := json.Unmarshal(body, &f.commands); err != nil {
			return 400, code(50035, "Invalid Form Body")
		}
	}
	if f.commands == nil {
		f.commands = []json.RawMessage{}
	}
	return 200, f.commands
}

func (f *fake) create(channel string, body []byte, files []string) (int, any) {
	p := &fakePost{}
	if json.Unmarshal(body, p) != nil {
		return 400, code(50035, "Invalid Form Body")
	}
	if old := f.nonces[channel+p.Nonce]; old != nil && p.Nonce != "" {
		return 200, old.api()
	}
	if p.Content == "" && len(p.Embeds) == 0 && len(files) == 0 {
		return 400, code(50006, "Cannot send an empty message")
	}
	if p.Mentions == nil || p.Mentions.Parse == nil {
		f.t.Errorf("a message may call people: %s", body)
	}
	p.ID, p.Channel, p.files = f.id(), channel, files
	f.nonces[channel+p.Nonce] = p
	f.posts = append(f.posts, p)
	return 200, p.api()
}

// since are the messages that people wrote in a channel after another, newest first.
func (f *fake) since(channel, after string) []map[string]any {
	all := []map[string]any{}
	for _, m := range f.written {
		if m["channel_id"] == channel && m["id"].(string) > after {
			all = append([]map[string]any{m}, all...)
		}
	}
	return all
}

func (f *fake) change(p *fakePost, body []byte) (int, any) {
	if p == nil || p.deleted {
		return 404, code(10008, "Unknown Message")
	}
	var n fakePost
	if json.Unmarshal(body, &n) != nil {
		return 400, code(50035, "Invalid Form Body")
	}
	p.Content, p.Embeds, p.Components = n.Content, n.Embeds, n.Components
	p.Flags &^= flagLoading
	return 200, p.api()
}

func (f *fake) acknowledge(id, token string, body []byte, files []string) (int, any) {
	i := f.interactions[id]
	if i == nil || i.token != token {
		return 404, code(10062, "Unknown interaction")
	}
	i.tried++
	if age := time.Since(minted(id)); age > 3*time.Second {
		f.t.Errorf("an interaction was answered after %v", age)
		return 404, code(10062, "Unknown interaction")
	} else if i.acks > 0 {
		return 400, code(40060, "Interaction has already been acknowledged.")
	} else {
		i.latency = age
	}
	i.acks++
	_ = json.Unmarshal(body, &i.ack)
	if i.kind == autocomplete && i.ack.Type != answerSuggest {
		f.t.Errorf("suggestions were answered with type %d", i.ack.Type)
	}
	switch i.ack.Type {
	case answerMessage:
		status, _ := f.create(i.channel, i.ack.Data, files)
		if status != 200 {
			return status, code(50035, "Invalid Form Body")
		}
		i.message = f.posts[len(f.posts)-1]
	case answerDefer:
		p := &fakePost{ID: f.id(), Channel: i.channel, Flags: flagLoading}
		_ = json.Unmarshal(i.ack.Data, p)
		p.Flags |= flagLoading
		i.message = p
		f.posts = append(f.posts, p)
	case answerInPlace:
		f.change(i.message, i.ack.Data)
	}
	close(i.done)
	return 204, nil
}

func (f *fake) webhook(method string, part []string, body []byte, files []string) (int, any) {
	i := f.tokens[part[2]]
	if i == nil || i.acks == 0 {
		return 404, code(10015, "Unknown Webhook")
	}
	switch method {
	case http.MethodPost:
		return f.create(i.channel, body, files)
	case http.MethodDelete:
		i.message.deleted = true
		return 204, nil
	case http.MethodGet:
		if i.message == nil || i.message.deleted {
			return 404, code(10008, "Unknown Message")
		}
		return 200, i.message.api()
	}
	return f.change(i.message, body)
}

func (f *fake) post(id string) *fakePost {
	for _, p := range f.posts {
		if p.ID == id {
			return p
		}
	}
	return nil
}

func (p *fakePost) api() map[string]any {
	return map[string]any{"id": p.ID, "channel_id": p.Channel, "content": p.Content, "embeds": p.Embeds, "components": p.Components, "flags": p.Flags}
}
