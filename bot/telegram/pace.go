package telegram

import (
	"sync"
	"time"
)

// What one chat accepts: a message a second, and in a group 20 a minute. The
// second is made of a bucket of 5 that fills by one each 4 s: 5 + 60/4 = 20.
const (
	gap        = time.Second
	groupBurst = 5
	groupGap   = 4 * time.Second
)

// pace keeps the limits of single chats. It remembers a chat only as long as
// that has an effect, which is seconds.
type pace struct {
	mu    sync.Mutex
	chats map[int64]*rhythm
	sweep int         // size at which the forgettable are forgotten
	slow  []time.Time // when Telegram last asked to wait, for different chats
	gap   time.Duration
}

// rhythm is when a chat may be spoken to again.
type rhythm struct {
	next time.Time // not before
	full time.Time // when the bucket of a group is full again
}

func newPace() *pace { return &pace{chats: map[int64]*rhythm{}, sweep: 1024, gap: gap} }

// take returns how long to wait before a chat is spoken to; zero means now, and counts.
func (p *pace) take(chat int64, now time.Time) time.Duration {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.chats[chat]
	if r == nil {
		p.forget(now)
		r = &rhythm{}
		p.chats[chat] = r
	}
	wait := r.next.Sub(now)
	if chat < 0 {
		wait = max(wait, later(r.full, now).Sub(now)-(groupBurst-1)*groupGap)
	}
	if wait > 0 {
		return wait
	}
	r.next = now.Add(p.gap)
	if chat < 0 {
		r.full = later(r.full, now).Add(groupGap)
	}
	return 0
}

// said counts the pause of a chat from now: however long a message was on its
// way, the next one arrives no sooner.
func (p *pace) said(chat int64, now time.Time) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if r := p.chats[chat]; r != nil {
		r.next = later(r.next, now.Add(p.gap))
	}
}

// hold keeps a chat silent for as long as Telegram asked, and reports whether
// so many chats were asked for that within 10 s that all should be silent.
func (p *pace) hold(chat int64, now time.Time, wait time.Duration) (all bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	r := p.chats[chat]
	if r == nil {
		r = &rhythm{}
		p.chats[chat] = r
	}
	if r.next.Before(now.Add(wait)) {
		r.next = now.Add(wait)
	}
	var slow []time.Time
	for _, at := range p.slow {
		if now.Sub(at) < 10*time.Second {
			slow = append(slow, at)
		}
	}
	p.slow = append(slow, now)
	return len(p.slow) >= 3
}

// forget drops the chats that may be spoken to at once, each time their number has doubled.
func (p *pace) forget(now time.Time) {
	if len(p.chats) < p.sweep {
		return
	}
	for chat, r := range p.chats {
		if !r.next.After(now) && !r.full.After(now) {
			delete(p.chats, chat)
		}
	}
	p.sweep = max(1024, 2*len(p.chats))
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
