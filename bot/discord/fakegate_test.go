package discord

import (
	"encoding/json"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// fakeGate is the gateway of a fake Discord: HELLO, heartbeats, sessions that can be resumed, and its misbehaviour.
type fakeGate struct {
	mu       sync.Mutex
	sessions map[string]*fakeSession
	made     int
	pending  []fakePacket // what happened before anybody listened

	identifies []time.Time
	resumes    int
	interval   time.Duration

	// Each counts how often it still happens.
	refuse, silent, opSevenFirst, resumeClose, closeAfterReady, invalid int
	reject                                                              int           // close code for every identify; zero accepts
	late                                                                time.Duration // how long it takes to say hello
	replay                                                              int           // how many events too many a resume repeats
}

type fakePacket struct {
	Op   int    `json:"op"`
	Seq  int64  `json:"s,omitempty"`
	Type string `json:"t,omitempty"`
	Data any    `json:"d"`
}

type fakeSession struct {
	id      string
	seq     int64
	buffer  []fakePacket
	conn    *websocket.Conn
	stalled bool
}

func (g *fakeGate) init() { g.sessions, g.interval = map[string]*fakeSession{}, time.Second }

func (g *fakeGate) set(change func(*fakeGate)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	change(g)
}

func (g *fakeGate) take(n *int) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if *n > 0 {
		*n--
		return true
	}
	return false
}

func (g *fakeGate) serve(w http.ResponseWriter, r *http.Request) {
	if g.take(&g.refuse) {
		cut(w)
		return
	}
	up := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	c, err := up.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	if g.take(&g.silent) {
		return // it stays open and says nothing
	}
	g.mu.Lock()
	late := g.late
	g.mu.Unlock()
	time.Sleep(late)
	g.write(c, fakePacket{Op: 10, Data: map[string]any{"heartbeat_interval": g.interval.Milliseconds()}})
	g.converse(c)
}

func (g *fakeGate) write(c *websocket.Conn, p fakePacket) {
	g.mu.Lock()
	defer g.mu.Unlock()
	_ = c.WriteJSON(p)
}

func (g *fakeGate) converse(c *websocket.Conn) {
	var s *fakeSession
	defer func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if s != nil && s.conn == c {
			s.conn = nil
		}
	}()
	for {
		var p struct {
			Op int             `json:"op"`
			D  json.RawMessage `json:"d"`
		}
		if err := c.ReadJSON(&p); err != nil {
			return
		}
		switch p.Op {
		case 1:
			g.set(func(*fakeGate) {
				if s == nil || !s.stalled {
					_ = c.WriteJSON(fakePacket{Op: 11})
				}
			})
		case 2:
			if s != nil {
				g.set(func(g *fakeGate) { delete(g.sessions, s.id) })
			}
			if s = g.identify(c); s == nil {
				return
			}
		case 6:
			s = g.resume(c, p.D, s)
		}
	}
}

func (g *fakeGate) identify(c *websocket.Conn) *fakeSession {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.identifies = append(g.identifies, time.Now())
	if g.reject != 0 {
		g.close(c, g.reject)
		return nil
	}
	g.made++
	s := &fakeSession{id: fmt.Sprint("session ", g.made), conn: c}
	g.sessions[s.id] = s
	g.deliver(s, "READY", map[string]any{"session_id": s.id, "user": map[string]any{"id": testApp}, "v": 9, "guilds": []any{}})
	if g.closeAfterReady > 0 {
		g.closeAfterReady--
		delete(g.sessions, s.id)
		g.close(c, 4000)
		return nil
	}
	for _, p := range g.pending {
		g.deliver(s, p.Type, p.Data)
	}
	g.pending = nil
	return s
}

func (g *fakeGate) resume(c *websocket.Conn, d json.RawMessage, was *fakeSession) *fakeSession {
	var r struct {
		Session string `json:"session_id"`
		Seq     int64  `json:"seq"`
	}
	_ = json.Unmarshal(d, &r)
	g.mu.Lock()
	defer g.mu.Unlock()
	g.resumes++
	s := g.sessions[r.Session]
	switch {
	case g.opSevenFirst > 0:
		g.opSevenFirst--
		_ = c.WriteJSON(fakePacket{Op: 7})
		return was
	case g.resumeClose > 0:
		g.resumeClose--
		g.close(c, 4009)
		return was
	case s == nil || g.invalid > 0:
		g.invalid = max(0, g.invalid-1)
		_ = c.WriteJSON(fakePacket{Op: 9, Data: false})
		return was
	}
	s.conn, s.stalled = c, false
	for _, p := range s.buffer {
		if p.Seq > r.Seq-int64(g.replay) && p.Type != "READY" {
			_ = c.WriteJSON(p)
		}
	}
	g.replay = 0
	g.deliver(s, "RESUMED", map[string]any{})
	return s
}

// close ends a connection with a code. The lock is held.
func (g *fakeGate) close(c *websocket.Conn, code int) {
	_ = c.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, "injected"), time.Now().Add(time.Second))
	_ = c.Close()
}

// deliver sends an event in a session. The lock is held.
func (g *fakeGate) deliver(s *fakeSession, kind string, data any) {
	s.seq++
	p := fakePacket{Op: 0, Seq: s.seq, Type: kind, Data: data}
	s.buffer = append(s.buffer, p)
	if s.conn != nil && !s.stalled {
		_ = s.conn.WriteJSON(p)
	}
}

// dispatch reports an event in every session, or as soon as there is one.
func (g *fakeGate) dispatch(kind string, data any) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if len(g.sessions) == 0 {
		g.pending = append(g.pending, fakePacket{Type: kind, Data: data})
	}
	for _, s := range g.sessions {
		g.deliver(s, kind, data)
	}
}

// each does something to every connection.
func (g *fakeGate) each(do func(s *fakeSession)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, s := range g.sessions {
		if s.conn != nil {
			do(s)
		}
	}
}

// drop cuts every connection without a word.
func (g *fakeGate) drop() { g.each(func(s *fakeSession) { _ = s.conn.NetConn().Close() }) }

// send sends a packet on every connection.
func (g *fakeGate) send(p fakePacket) { g.each(func(s *fakeSession) { _ = s.conn.WriteJSON(p) }) }

func (g *fakeGate) closeAll() { g.drop() }

func (g *fakeGate) attached() (n int) {
	g.each(func(*fakeSession) { n++ })
	return n
}
