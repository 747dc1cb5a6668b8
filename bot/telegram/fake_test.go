package telegram

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

const token = "123456:TESTTOKEN"

// fake is a Bot API server in this process. It refuses what Telegram refuses,
// breaks as it is told to, and writes down every call.
type fake struct {
	*httptest.Server
	mu      sync.Mutex
	pending []pending
	last    int64
	closed  chan struct{} // closed at the end
	woken   chan struct{} // closed when something is pending
	poller  chan struct{} // closed to end the present poll with a 409
	shown   []*shown
	calls   []call
	flaws   []*flaw
	taps    map[string]bool // live callback queries; true once answered
	set     map[string]string
	hook    string
	secret  string
	pumps   bool            // deliver to the webhook
	lacks   map[string]bool // methods that this server doesn't know
	oldTags bool            // this server doesn't know tg-time
	late    time.Duration   // how long each call takes
	most    int             // the longest message, in place of Telegram's own limits
	limit   int             // after so many messages one is refused with a 429
}

type pending struct {
	id  int64
	raw json.RawMessage
}

// shown is a message of the bot as it stands.
type shown struct {
	chat   int64
	id     int
	params map[string]string
	edits  int
	file   string
}

type call struct {
	at     time.Time
	method string
	params map[string]string
	file   []byte
}

// flaw is a fault to play.
type flaw struct {
	Method, Description    string
	Times, Code, After     int
	Chat, Moved            int64
	Drop, ApplyDrop, HTML  bool
	Body                   string
	Hang                   time.Duration
	ContentType, Redirects string
}

func newFake(t testing.TB) *fake {
	f := &fake{closed: make(chan struct{}), woken: make(chan struct{}), last: 100, taps: map[string]bool{}, set: map[string]string{}, lacks: map[string]bool{}}
	f.Server = httptest.NewServer(http.HandlerFunc(f.serve))
	t.Cleanup(func() { close(f.closed); f.Close() })
	return f
}

// inject queues an update under the next number, which it returns.
func (f *fake) inject(update string) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.injectAs(f.last+1, update)
}

// injectAs queues an update under a number of its own. f.mu must be held.
func (f *fake) injectAs(id int64, update string) int64 {
	f.last = id
	raw := fmt.Sprintf(`{"update_id":%d,%s`, id, strings.TrimPrefix(strings.TrimSpace(update), "{"))
	f.pending = append(f.pending, pending{id, json.RawMessage(raw)})
	close(f.woken)
	f.woken = make(chan struct{})
	return id
}

func (f *fake) jump(id int64, update string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.injectAs(id, update)
}

func (f *fake) break_(x flaw) {
	f.mu.Lock()
	defer f.mu.Unlock()
	x.Times = max(x.Times, 1)
	f.flaws = append(f.flaws, &x)
}

func (f *fake) mend() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.flaws = nil
}

// called returns the calls of a method so far.
func (f *fake) called(method string) []call {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []call
	for _, c := range f.calls {
		if c.method == method {
			out = append(out, c)
		}
	}
	return out
}

func (f *fake) seen() []shown {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []shown
	for _, s := range f.shown {
		out = append(out, *s)
	}
	return out
}

func (f *fake) serve(w http.ResponseWriter, r *http.Request) {
	_, path, _ := strings.Cut(r.URL.Path, "/bot"+token+"/")
	params, file := form(r)
	f.mu.Lock()
	f.calls = append(f.calls, call{time.Now(), path, params, file})
	x, late, lacks := f.flaw(path, params), f.late, f.lacks[path]
	f.mu.Unlock()
	time.Sleep(late)
	if x != nil && !x.ApplyDrop {
		f.fail(w, r, x)
		return
	}
	if path == "" || lacks {
		refuse(w, 404, "Not Found: method not found", 0, 0)
		return
	}
	if path == "getUpdates" {
		f.poll(w, r, params)
		return
	}
	f.mu.Lock()
	result, why := f.do(path, params, file)
	f.mu.Unlock()
	switch {
	case x != nil:
		panic(http.ErrAbortHandler)
	case why != "":
		code, _ := strconv.Atoi(why[:3])
		refuse(w, code, why[4:], 0, 0)
	default:
		answer(w, result)
	}
}

func (f *fake) flaw(method string, params map[string]string) *flaw {
	for _, x := range f.flaws {
		if x.Times > 0 && (x.Method == method || x.Method == "*") && (x.Chat == 0 || fmt.Sprint(x.Chat) == params["chat_id"]) {
			x.Times--
			return x
		}
	}
	return nil
}

func (f *fake) fail(w http.ResponseWriter, r *http.Request, x *flaw) {
	select {
	case <-time.After(x.Hang):
	case <-r.Context().Done():
	}
	switch {
	case x.Drop:
		panic(http.ErrAbortHandler)
	case x.Redirects != "":
		http.Redirect(w, r, x.Redirects+r.URL.Path, http.StatusTemporaryRedirect)
	case x.HTML:
		w.WriteHeader(http.StatusBadGateway)
		fmt.Fprintf(w, "<html>502 bad gateway for %s</html>", r.URL.Path)
	case x.Body != "":
		w.WriteHeader(max(x.Code, 200))
		fmt.Fprint(w, x.Body)
	case x.Code != 0:
		refuse(w, x.Code, x.Description, x.After, x.Moved)
	}
}

func answer(w http.ResponseWriter, result any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": result})
}

func refuse(w http.ResponseWriter, code int, description string, after int, moved int64) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	params := map[string]any{}
	if after > 0 {
		params["retry_after"] = after
	}
	if moved != 0 {
		params["migrate_to_chat_id"] = moved
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"ok": false, "error_code": code, "description": description, "parameters": params})
}

func form(r *http.Request) (map[string]string, []byte) {
	var file []byte
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		_ = r.ParseMultipartForm(1 << 20)
		for _, hs := range r.MultipartForm.File {
			part, err := hs[0].Open()
			if err == nil {
				file, _ = io.ReadAll(part)
			}
		}
	} else {
		_ = r.ParseForm()
	}
	params := map[string]string{}
	for k := range r.Form {
		params[k] = r.Form.Get(k)
	}
	return params, file
}

// poll holds a poll as Telegram does: an offset forgets what lies before it, and a second poller ends the first.
func (f *fake) poll(w http.ResponseWriter, r *http.Request, params map[string]string) {
	offset, _ := strconv.ParseInt(params["offset"], 10, 64)
	seconds, _ := strconv.Atoi(params["timeout"])
	end := time.After(time.Duration(seconds) * time.Second)
	f.mu.Lock()
	if f.hook != "" {
		f.mu.Unlock()
		refuse(w, 409, "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first", 0, 0)
		return
	}
	if offset > f.last+11 || len(f.pending) > 0 && offset < f.pending[0].id-100000 {
		offset = 0 // the numbers were drawn anew: serve from the head
	}
	f.pending = slices.DeleteFunc(f.pending, func(p pending) bool { return p.id < offset })
	if f.poller != nil {
		close(f.poller)
	}
	mine := make(chan struct{})
	f.poller = mine
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		defer f.mu.Unlock()
		if f.poller == mine {
			f.poller = nil
		}
	}()
	for {
		f.mu.Lock()
		var raws []json.RawMessage
		for _, p := range f.pending[:min(len(f.pending), 100)] {
			raws = append(raws, p.raw)
		}
		woken := f.woken
		f.mu.Unlock()
		if len(raws) > 0 {
			answer(w, raws)
			return
		}
		select {
		case <-woken:
		case <-end:
			answer(w, []int{})
			return
		case <-mine:
			refuse(w, 409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running", 0, 0)
			return
		case <-r.Context().Done():
			return
		}
	}
}
