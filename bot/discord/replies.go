package discord

import (
	"sync"
	"time"
)

// reply is how far the answering of one interaction has come.
type reply struct {
	mu    sync.Mutex
	state state
	seq   uint64 // the line that was answered with
	again bool   // it was doubted once already
}

type state byte

const (
	fresh    state = iota // nothing was answered
	thinking              // deferred: the person sees that an answer is coming
	waved                 // deferred: a tap was taken note of, and its message stands
	answered              // there is a first answer
	unsure                // what was answered is not known: an answer was lost, or the bot restarted
	late                  // it cannot be answered any more
)

// replies are the interactions of the last minutes. Two generations, changed
// every minute or when there are too many, bound them: an older one is unsure, and Discord is asked.
type replies struct {
	mu     sync.Mutex
	recent map[string]*reply
	older  map[string]*reply
	turned time.Time
}

// repliesMost is how many interactions of one generation are remembered.
const repliesMost = 20000

func newReplies() *replies { return &replies{recent: map[string]*reply{}} }

// add begins a reply; false if the interaction was reported before.
func (s *replies) add(id string, now time.Time) (*reply, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now.Sub(s.turned) > time.Minute || len(s.recent) >= repliesMost {
		s.older, s.recent, s.turned = s.recent, map[string]*reply{}, now
	}
	if s.recent[id] != nil || s.older[id] != nil {
		return nil, false
	}
	r := &reply{}
	s.recent[id] = r
	return r, true
}

// find returns the reply of an interaction; one that is not known is unsure.
func (s *replies) find(id string) *reply {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range []map[string]*reply{s.recent, s.older} {
		if r := m[id]; r != nil {
			return r
		}
	}
	r := &reply{state: unsure}
	s.recent[id] = r
	return r
}
