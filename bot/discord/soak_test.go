package discord

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"legcoach/bot"
	"legcoach/coach"
)

// tide is a Discord that keeps nothing: it tells of servers and of interactions
// by the hundred thousand.
type tide struct {
	web     *httptest.Server
	servers int
	done    atomic.Int64 // interactions that were dealt with
	failed  atomic.Int64 // those whose answer was lost: a machine that is busy elsewhere loses some
	socket  chan *websocket.Conn
}

func newTide(t testing.TB, servers int) *tide {
	d := &tide{servers: servers, socket: make(chan *websocket.Conn, 1)}
	d.web = httptest.NewServer(http.HandlerFunc(d.serve))
	t.Cleanup(d.web.Close)
	return d
}

func (d *tide) serve(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.Header.Get("Upgrade") != "":
		d.gate(w, r)
	case strings.HasSuffix(r.URL.Path, "/gateway"):
		write(w, 200, map[string]string{"url": "ws" + strings.TrimPrefix(d.web.URL, "http")})
	case strings.HasSuffix(r.URL.Path, "/callback"):
		_, _ = io.Copy(io.Discard, r.Body)
		w.WriteHeader(204)
	default:
		write(w, 200, map[string]string{"id": testApp})
	}
}

// gate greets, tells of all servers, and hands its connection over.
func (d *tide) gate(w http.ResponseWriter, r *http.Request) {
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	c, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	_ = c.WriteJSON(fakePacket{Op: 10, Data: map[string]any{"heartbeat_interval": 3600_000}})
	for {
		var p struct{ Op int }
		if c.ReadJSON(&p) != nil {
			return
		}
		if p.Op == 2 {
			d.tell(c)
			d.socket <- c
		}
	}
}

func (d *tide) tell(c *websocket.Conn) {
	_ = c.WriteJSON(fakePacket{Op: 0, Seq: 1, Type: "READY", Data: map[string]any{"v": 9, "session_id": "s", "user": map[string]any{"id": testApp}}})
	channels := make([]map[string]any, 30)
	for i := range channels {
		channels[i] = map[string]any{"id": fmt.Sprint(300000000000000000 + i), "type": 0, "name": "somewhere to talk", "topic": strings.Repeat("run ", 20)}
	}
	for n := range d.servers {
		_ = c.WriteJSON(fakePacket{Op: 0, Seq: int64(2 + n), Type: "GUILD_CREATE", Data: map[string]any{"id": fmt.Sprint(200000000000000000 + n), "channels": channels}})
	}
}

// interaction is the n-th, by one of ten thousand people, in a server or in private.
func (d *tide) interaction(n int) fakePacket {
	id := uint64(time.Now().UnixMilli()-1420070400000)<<22 | uint64(n)&0x3fffff
	who := map[string]any{"id": fmt.Sprint(400000000000000000 + n%10_000)}
	e := map[string]any{"id": fmt.Sprint(id), "application_id": testApp, "type": slash, "token": fmt.Sprintf("aW50ZXJhY3Rpb246%d%s", id, strings.Repeat("x", 120)),
		"channel_id": fmt.Sprint(500000000000000000 + n%10_000), "data": map[string]any{"name": "done", "type": 1}}
	if n%2 == 0 {
		e["context"], e["user"] = 1, who
	} else {
		e["context"], e["guild_id"], e["member"] = 0, fmt.Sprint(200000000000000000+n%max(1, d.servers)), map[string]any{"user": who}
	}
	return fakePacket{Op: 0, Seq: int64(10_000 + n), Type: "INTERACTION_CREATE", Data: e}
}

// Memory stays flat over a million interactions and 2,500 servers. By default it is a
// taste of that; LEGCOACH_PROOF=long makes it the million, LEGCOACH_SOAK=100000 as many as it says.
func TestMemoryStaysFlat(t *testing.T) {
	all, servers := 5_000, 250
	if os.Getenv("LEGCOACH_PROOF") == "long" {
		all, servers = 1_000_000, 2500
	}
	if _, err := fmt.Sscan(os.Getenv("LEGCOACH_SOAK"), &all); err == nil {
		servers = 2500
	}
	d := newTide(t, servers)
	listening(t, d)
	socket := <-d.socket
	const steps, flight = 20, 64
	var heaps, resident []float64
	began := time.Now()
	for n := range all {
		if err := socket.WriteJSON(d.interaction(n)); err != nil {
			t.Fatal(err)
		}
		for int64(n)-d.done.Load() > flight {
			time.Sleep(200 * time.Microsecond)
		}
		if (n+1)%(all/steps) == 0 {
			heaps, resident = append(heaps, float64(heap())), append(resident, rss())
		}
	}
	took := time.Since(began)
	per := float64(all / steps)
	t.Logf("%d interactions in %v, %.0f a second, %d answers lost; heap %.1f to %.1f MiB, %.2f bytes more each; resident %.1f to %.1f MiB, %.2f bytes more each",
		all, took.Round(time.Millisecond), float64(all)/took.Seconds(), d.failed.Load(), heaps[steps/2]/(1<<20), heaps[steps-1]/(1<<20), slope(heaps[steps/2:])/per,
		resident[steps/2]/(1<<20), resident[steps-1]/(1<<20), slope(resident[steps/2:])/per)
	if grown := heaps[steps-1] - heaps[steps/2]; grown > 8<<20 {
		t.Errorf("the heap grew by %.1f MiB in the second half", grown/(1<<20))
	}
}

// listening is a platform that hears a tide and answers each interaction at once.
func listening(t *testing.T, d *tide) {
	p, err := Open(Config{Token: testToken, API: d.web.URL, Notes: &notebook{}})
	if err != nil {
		t.Fatal(err)
	}
	var seq atomic.Uint64
	hear := func(ctx context.Context, h bot.Heard) error {
		said, is := h.Event.(coach.Said)
		if !is {
			return nil
		}
		line := coach.Line{To: h.From, Handle: said.Handle, Text: "Counted.", Choices: []coach.Choice{{Label: "Undo", Says: "/undo"}}}
		if _, err := p.Send(ctx, bot.Message{Seq: seq.Add(1), Runner: h.From, To: h.From, Line: line, Queued: time.Now()}); err != nil {
			d.failed.Add(1)
		}
		d.done.Add(1)
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- p.Listen(ctx, hear) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Listen returned %v", err)
		}
	})
}

// rss is how much memory the system gave the process, in bytes; zero where it does not tell.
func rss() float64 {
	data, _ := os.ReadFile("/proc/self/status")
	_, after, _ := strings.Cut(string(data), "VmRSS:")
	var kib float64
	_, _ = fmt.Sscan(after, &kib)
	return kib * 1024
}

// slope is how much values rise from one to the next, by least squares.
func slope(values []float64) float64 {
	n := float64(len(values))
	var x, y, xx, xy float64
	for i, v := range values {
		x, y, xx, xy = x+float64(i), y+v, xx+float64(i)*float64(i), xy+float64(i)*v
	}
	return (n*xy - x*y) / (n*xx - x*x)
}
