package telegram

import (
	"context"
	"encoding/json"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// queue is how far the updates of Telegram were heard. It is not kept across
// restarts: what was committed but not acknowledged comes again, with the same key.
type queue struct {
	next  int64          // acknowledges every update before it; 0 acknowledges nothing
	moved time.Time      // when next was last set
	first int64          // the first of the latest batch that was heard as a whole
	heard map[int64]bool // heard, while one before it is not
	tries map[int64]*try
}

// try is an update that could not be heard.
type try struct {
	failed int
	others bool // another one was heard since: it is not the store that fails
}

// enough is how often an update fails while others are heard, before it is set aside.
const enough = 5

// offset is what to ask for. Telegram gives its updates new numbers, lower ones
// perhaps, after a week without any; everything old is acknowledged long before that.
func (q *queue) offset(now time.Time) int64 {
	if now.Sub(q.moved) > 24*time.Hour {
		q.next = 0
	}
	return q.next
}

// take hears every update that was not heard yet, in order, and reports whether
// one could not be. The numbers are never compared: they may fall.
func (q *queue) take(ctx context.Context, p *Platform, raws []json.RawMessage, hear func(context.Context, bot.Heard) error) (failed bool) {
	pass := pass{queue: q, p: p, hear: hear, blocked: map[coach.ID]bool{}, heard: map[int64]bool{}, tries: map[int64]*try{}}
	for _, raw := range raws {
		if ctx.Err() != nil {
			break
		}
		pass.one(ctx, raw)
	}
	q.heard, q.tries = pass.heard, pass.tries
	for _, raw := range raws {
		n, ok := id(raw)
		if ok && !q.heard[n] {
			return true
		}
		if ok {
			delete(q.heard, n)
			q.next, q.moved = n+1, time.Now()
		}
	}
	return false
}

// again reports whether a batch that was heard begins like the one before it:
// this server forgets nothing, and must not be asked without end.
func (q *queue) again(raws []json.RawMessage) bool {
	before := q.first
	q.first = 0
	if len(raws) > 0 {
		q.first, _ = id(raws[0])
	}
	return q.first != 0 && q.first == before
}

// pass is one way through a batch.
type pass struct {
	queue   *queue
	p       *Platform
	hear    func(context.Context, bot.Heard) error
	blocked map[coach.ID]bool // an earlier update of theirs was not heard
	heard   map[int64]bool
	tries   map[int64]*try
}

// one hears one update, unless it was heard or one of the same person must be heard first.
func (s *pass) one(ctx context.Context, raw json.RawMessage) {
	n, ok := id(raw)
	if !ok {
		s.p.aside(ctx, raw, "it has no number")
		return
	}
	if s.queue.heard[n] {
		s.heard[n] = true
		return
	}
	if t := s.queue.tries[n]; t != nil {
		s.tries[n] = t
	}
	said, err := s.p.read(raw, time.Now())
	if err != nil {
		s.heard[n] = s.p.aside(ctx, raw, err.Error())
		return
	}
	if s.blocked[said.heard.From] {
		return
	}
	if err := s.p.report(ctx, said, s.hear); err != nil {
		s.failed(ctx, n, raw, said.heard.From, err)
		return
	}
	s.heard[n] = true
	delete(s.tries, n)
	if !said.silent() {
		for _, t := range s.tries {
			t.others = true
		}
	}
}

// failed counts a failure, and sets the update aside when it is alone in failing.
func (s *pass) failed(ctx context.Context, n int64, raw json.RawMessage, from coach.ID, err error) {
	if ctx.Err() != nil {
		return
	}
	t := s.tries[n]
	if t == nil {
		t = &try{}
		s.tries[n] = t
	}
	t.failed++
	if t.failed >= enough && t.others && s.p.aside(ctx, raw, "it could not be heard") {
		s.heard[n] = true
		delete(s.tries, n)
		return
	}
	s.blocked[from] = true
	s.p.log.Warn("an update could not be heard; offered again", "update", n, "runner", from, "tries", t.failed, "error", err)
}
