package memory

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

// entry is a queued line.
type entry struct {
	runner    coach.ID
	to        coach.ID
	line      []byte // JSON
	unasked   bool
	queued    time.Time
	notBefore time.Time
	claimed   time.Time
	tries     int
	held      bool // claimed, and neither done nor retried since
	unsure    bool
}

// hold says which message holds back an address, and until when.
type hold struct {
	seq   uint64
	until time.Time
}

// encode turns lines into what the queue keeps of them.
func encode(lines []coach.Line) ([][]byte, error) {
	var bodies [][]byte
	for _, line := range lines {
		b, err := json.Marshal(line)
		if err != nil {
			return nil, fmt.Errorf("encode a line to %s: %w", line.To, err)
		}
		bodies = append(bodies, b)
	}
	return bodies, nil
}

func (s *Store) say(id coach.ID, line coach.Line, body []byte, now time.Time) {
	s.seq++
	s.queue[s.seq] = &entry{runner: id, to: line.To, line: body, unasked: line.Unasked, queued: now.Round(0).UTC()}
}

// remove takes a message out of the queue and lets go of its address.
func (s *Store) remove(seq uint64) {
	e := s.queue[seq]
	delete(s.queue, seq)
	if s.holds[e.to].seq == seq {
		delete(s.holds, e.to)
	}
}

// Claim implements store.Store.
func (s *Store) Claim(ctx context.Context, platform string, now time.Time, keep time.Duration, max int) ([]store.Message, error) {
	if err := s.lock(ctx); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	var claimed []store.Message
	for _, seq := range s.ready(platform, now) {
		if len(claimed) >= max {
			break
		}
		e := s.queue[seq]
		e.unsure = e.unsure || e.held
		if !e.unsure {
			e.claimed = now.Round(0).UTC()
		}
		e.held, e.tries, e.notBefore = true, e.tries+1, time.Time{}
		s.holds[e.to] = hold{seq, now.Add(keep)}
		m, err := s.message(seq, now)
		if err != nil {
			return nil, err
		}
		claimed = append(claimed, m)
	}
	return claimed, nil
}

// ready returns the messages of a platform that can be claimed at now, the most pressing first.
func (s *Store) ready(platform string, now time.Time) []uint64 {
	heads := map[coach.ID]uint64{}
	for seq, e := range s.queue {
		head, ok := heads[e.to]
		if e.to.Platform() == platform && (!ok || s.before(seq, head) < 0) {
			heads[e.to] = seq
		}
	}
	var ready []uint64
	for to, seq := range heads {
		wait := s.queue[seq].notBefore.Sub(now)
		if !s.holds[to].until.After(now) && (wait <= 0 || wait > store.RetryFor) {
			ready = append(ready, seq)
		}
	}
	slices.SortFunc(ready, s.before)
	return ready
}

// before orders two messages: replies before unasked lines, then the older first.
func (s *Store) before(a, b uint64) int {
	if s.queue[a].unasked != s.queue[b].unasked {
		if s.queue[b].unasked {
			return -1
		}
		return 1
	}
	if a < b {
		return -1
	}
	return 1
}

func (s *Store) message(seq uint64, now time.Time) (store.Message, error) {
	e := s.queue[seq]
	m := store.Message{Seq: seq, Runner: e.runner, To: e.to, Queued: e.queued, Tries: e.tries, Unsure: e.unsure, First: e.claimed}
	if err := json.Unmarshal(e.line, &m.Line); err != nil {
		return m, fmt.Errorf("decode message %d: %w", seq, err)
	}
	if r, ok := s.refs[name{e.runner, m.Line.Replaces}]; ok && now.Before(r.at.Add(store.RefFor)) {
		m.Ref = r.ref
	}
	return m, nil
}

// Done implements store.Store.
func (s *Store) Done(ctx context.Context, m store.Message, platformRef string) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	e, ok := s.queue[m.Seq]
	if !ok {
		return nil
	}
	n := name{e.runner, m.Line.Key}
	if n.key != "" && platformRef != "" && !e.claimed.Before(s.refs[n].at) {
		s.refs[n] = ref{platformRef, e.claimed}
	}
	s.remove(m.Seq)
	return nil
}

// Retry implements store.Store.
func (s *Store) Retry(ctx context.Context, m store.Message, at time.Time) error {
	if err := s.lock(ctx); err != nil {
		return err
	}
	defer s.mu.Unlock()
	e, ok := s.queue[m.Seq]
	if !ok || !e.held || e.tries != m.Tries {
		return nil
	}
	e.held, e.unsure, e.notBefore = false, e.unsure || m.Unsure, at
	if s.holds[e.to].seq == m.Seq {
		delete(s.holds, e.to)
	}
	return nil
}
