package discord

import (
	"context"
	"crypto/tls"
	"net"
	"net/http"
	"regexp"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// wire is a connection that fails when nothing is read for too long. The
// library sets no deadline: it waits for ever on a silent server, and notices a
// missing heartbeat only after five. Broken this way, and not closed, a session can be resumed.
type wire struct {
	net.Conn
	idle  atomic.Int64 // nanoseconds
	heard *atomic.Int64
	fixed bool
	seen  []byte // the beginning of what was read, until the heartbeat's interval was found
}

// interval is in the first packet of the gateway.
var interval = regexp.MustCompile(`"heartbeat_interval":\s*(\d{1,9})`)

func (w *wire) Read(b []byte) (int, error) {
	if err := w.Conn.SetReadDeadline(time.Now().Add(time.Duration(w.idle.Load()))); err != nil {
		return 0, err
	}
	n, err := w.Conn.Read(b)
	if n > 0 {
		w.heard.Store(time.Now().UnixNano())
		w.learn(b[:n])
	}
	return n, err
}

// learn takes the idle limit from the gateway's own heartbeat: twice its interval.
func (w *wire) learn(b []byte) {
	if w.fixed {
		return
	}
	w.seen = append(w.seen, b...)
	if m := interval.FindSubmatch(w.seen); m != nil {
		ms, _ := strconv.Atoi(string(m[1]))
		w.idle.Store(int64(max(time.Second, 2*time.Duration(ms)*time.Millisecond)))
		w.fixed, w.seen = true, nil
	} else if len(w.seen) > 4096 {
		w.fixed, w.seen = true, nil
	}
}

// dialer makes wires, and remembers the latest so that it can be cut.
type dialer struct {
	limits    timings
	connected func() error // called for each connection before anything is said on it
	heard     atomic.Int64 // when something was last read, Unix ns
	mu        sync.Mutex
	last      net.Conn
}

// websocket returns the dialer of one session.
func (d *dialer) websocket() *websocket.Dialer {
	plain := &net.Dialer{Timeout: d.limits.open}
	return &websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: d.limits.open,
		NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			return d.wrap(plain.DialContext(ctx, network, address))
		},
		NetDialTLSContext: tlsUnlessProxied(func(ctx context.Context, network, address string) (net.Conn, error) {
			return d.wrap((&tls.Dialer{NetDialer: plain}).DialContext(ctx, network, address))
		}),
	}
}

type dial = func(ctx context.Context, network, address string) (net.Conn, error)

// tlsUnlessProxied leaves TLS to the library where a proxy stands between; the
// heartbeat's interval cannot be read then, and the fixed idle limit holds.
func tlsUnlessProxied(d dial) dial {
	r := &http.Request{URL: gatewayURL}
	if proxy, err := http.ProxyFromEnvironment(r); err != nil || proxy != nil {
		return nil
	}
	return d
}

func (d *dialer) wrap(c net.Conn, err error) (net.Conn, error) {
	if err != nil {
		return nil, err
	}
	if err := d.connected(); err != nil {
		_ = c.Close() // nothing was said on it
		return nil, err
	}
	w := &wire{Conn: c, heard: &d.heard}
	w.idle.Store(int64(d.limits.idle))
	d.mu.Lock()
	d.last = w
	d.mu.Unlock()
	return w, nil
}

// cut breaks the connection without closing the session.
func (d *dialer) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last != nil {
		_ = d.last.Close() // it may be closed already
	}
}
