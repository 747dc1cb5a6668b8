package telegram

import (
	"context"
	"encoding/json"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"legcoach/bot"
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

// take hears every update that was not heard yet, and reports whether one could
// not be. One person's are heard in order; different people's at the same time,
// so that the store can commit them together. The numbers are never compared: they may fall.
func (q *queue) take(ctx context.Context, p *Platform, raws []json.RawMessage, hear func(context.Context, bot.Heard) error) (failed bool) {
	pass := &pass{queue: q, p: p, hear: hear, heard: map[int64]bool{}, tries: map[int64]*try{}}
	var people errgroup.Group
	people.SetLimit(atOnce)
	for _, theirs := range pass.sort(ctx, raws) {
		people.Go(func() error {
			pass.listen(ctx, theirs)
			return nil
		})
	}
	_ = people.Wait() // nobody's failure ends the others'
	q.heard, q.tries = pass.heard, pass.tries
	for _, t := range q.tries {
		t.others = t.others || pass.fresh
	}
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

// again reports whether a batch is empty, begins like the one before it, or begins
// with what has no number: this server does not hold polls, or forgets nothing, and must not be asked without end.
func (q *queue) again(raws []json.RawMessage) bool {
	before := q.first
	q.first = 0
	if len(raws) > 0 {
		q.first, _ = id(raws[0])
	}
	return q.first == 0 || q.first == before
}

// atOnce is how many people are heard at the same time.
const atOnce = 32

// pass is one way through a batch.
type pass struct {
	queue *queue
	p     *Platform
	hear  func(context.Context, bot.Heard) error

	mu    sync.Mutex
	heard map[int64]bool
	tries map[int64]*try
	fresh bool // an event was heard for the first time
}

// sort gives each person their updates. What was heard, and what can't be read, is left out.
func (s *pass) sort(ctx context.Context, raws []json.RawMessage) map[int64][]update {
	people := map[int64][]update{}
	for _, raw := range raws {
		n, ok := id(raw)
		u, err := decode(raw)
		switch {
		case !ok:
			s.p.aside(ctx, raw, "it has no number")
		case s.queue.heard[n]:
			s.heard[n] = true
		case err != nil:
			s.p.aside(ctx, raw, err.Error())
			s.heard[n] = true
		default:
			people[u.by()] = append(people[u.by()], u)
		}
	}
	return people
}

// listen hears one person's updates, up to the first that can't be heard.
func (s *pass) listen(ctx context.Context, theirs []update) {
	for _, u := range theirs {
		if ctx.Err() != nil {
			return
		}
		said, err := s.p.news(u, time.Now())
		if err == nil {
			err = s.p.report(ctx, said, s.hear)
		}
		if err != nil && !s.failed(ctx, u, err) {
			return
		}
		s.mu.Lock()
		s.heard[u.ID] = true
		s.fresh = s.fresh || err == nil && !said.silent()
		s.mu.Unlock()
	}
}

// failed counts a failure. It sets the update aside, and returns true, when it
// is alone in failing.
func (s *pass) failed(ctx context.Context, u update, err error) (aside bool) {
	if ctx.Err() != nil {
		return false
	}
	t := s.queue.tries[u.ID]
	if t == nil {
		t = &try{}
	}
	t.failed++
	if t.failed >= enough && t.others {
		s.p.aside(ctx, u.all, "it could not be heard")
		return true
	}
	s.mu.Lock()
	s.tries[u.ID] = t
	s.mu.Unlock()
	s.p.log.Warn("an update could not be heard; offered again", "update", u.ID, "runner", address(u.by()), "tries", t.failed, "error", err)
	return false
}
