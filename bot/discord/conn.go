package discord

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
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

	mu   sync.Mutex
	tail []byte // the end of what was read: at last, why the other side closed
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
		w.keep(b[:n])
	}
	return n, err
}

// maxControl is how long a control frame of a websocket is at most, its header included.
const maxControl = 127

// keep remembers the end of what was read.
func (w *wire) keep(b []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	b = b[max(0, len(b)-maxControl):]
	w.tail = append(w.tail[max(0, len(w.tail)+len(b)-maxControl):], b...)
}

// closed is the code of the close frame that was read last; zero if there was
// none. The library reads it too, and tells nobody.
func (w *wire) closed() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	const final, opClose = 0x80, 8
	for i := range w.tail {
		if w.tail[i] == final|opClose && len(w.tail)-i >= 4 && int(w.tail[i+1]) == len(w.tail)-i-2 {
			return int(w.tail[i+2])<<8 | int(w.tail[i+3])
		}
	}
	return 0
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
	open      time.Duration // how long a handshake may take
	idle      time.Duration // how long nothing may be read, until the gateway told its heartbeat
	connected func() error  // called for each connection before anything is said on it
	heard     atomic.Int64  // when something was last read, Unix ns
	mu        sync.Mutex
	last      *wire
}

// websocket returns the dialer of one session.
func (d *dialer) websocket() *websocket.Dialer {
	plain := &net.Dialer{Timeout: d.open}
	return &websocket.Dialer{
		Proxy:            http.ProxyFromEnvironment,
		HandshakeTimeout: d.open,
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
	w.idle.Store(int64(d.idle))
	d.mu.Lock()
	d.last = w
	d.mu.Unlock()
	return w, nil
}

// reason is why the latest connection was lost: the close code, if Discord sent one.
func (d *dialer) reason() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last == nil || d.last.closed() == 0 {
		return errors.New("the connection was lost")
	}
	return fmt.Errorf("discord closed the connection: %w", &websocket.CloseError{Code: d.last.closed()})
}

// cut breaks the connection without closing the session.
func (d *dialer) cut() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.last != nil {
		_ = d.last.Close() // it may be closed already
	}
}
