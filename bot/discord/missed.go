package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// missed brings back what people wrote in private while the bot was away.
// Discord repeats events only within a session; after a new greeting the bot
// asks the channels of those who wrote lately for what came after the last
// message that it knows. What it finds twice counts once, by its key.
type missed struct {
	notes Notes
	pace  *rate.Limiter

	mu    sync.Mutex
	last  map[string]heardIn // by person
	dirty bool
}

// heardIn is the last message heard from a person.
type heardIn struct {
	Who     string `json:"u"`
	Channel string `json:"c"`
	Message string `json:"m"`
}

const (
	missedNote = "discord/recent"
	missedMost = 200            // people that are asked for
	missedFor  = 24 * time.Hour // how old a message may be to be heard late
	missedSave = 2 * time.Second
)

func newMissed(n Notes) *missed {
	return &missed{notes: n, pace: rate.NewLimiter(20, 5), last: map[string]heardIn{}}
}

// heard notes that a message was remembered.
func (s *missed) heard(h heardIn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !minted(h.Message).After(minted(s.last[h.Who].Message)) {
		return
	}
	s.last[h.Who], s.dirty = h, true
	if len(s.last) > 2*missedMost {
		s.trim()
	}
}

// trim keeps the latest. The lock is held.
func (s *missed) trim() []heardIn {
	all := make([]heardIn, 0, len(s.last))
	for _, h := range s.last {
		all = append(all, h)
	}
	slices.SortFunc(all, func(a, b heardIn) int {
		return -cmp.Or(cmp.Compare(len(a.Message), len(b.Message)), cmp.Compare(a.Message, b.Message))
	})
	for len(all) > 0 && (len(all) > missedMost || time.Since(minted(all[len(all)-1].Message)) > missedFor) {
		delete(s.last, all[len(all)-1].Who)
		all = all[:len(all)-1]
	}
	return all
}

// load reads what an earlier process knew.
func (s *missed) load(ctx context.Context) error {
	if s.notes == nil {
		return nil
	}
	data, err := s.notes.Note(ctx, missedNote)
	if err != nil {
		return fmt.Errorf("read who wrote lately: %w", err)
	}
	var all []heardIn
	if len(data) > 0 && json.Unmarshal(data, &all) != nil {
		return nil // not ours; it fills again
	}
	for _, h := range all {
		if snowflake(h.Who) && snowflake(h.Channel) && snowflake(h.Message) {
			s.heard(h)
		}
	}
	return nil
}

// save writes it down, if it changed.
func (s *missed) save(ctx context.Context) error {
	s.mu.Lock()
	if !s.dirty || s.notes == nil {
		s.mu.Unlock()
		return nil
	}
	data, err := json.Marshal(s.trim())
	s.dirty = false
	s.mu.Unlock()
	if err != nil {
		return err
	}
	if err := s.notes.SetNote(ctx, missedNote, data); err != nil {
		return fmt.Errorf("remember who wrote lately: %w", err)
	}
	return nil
}

// forget removes a person.
func (s *missed) forget(who string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.last, who)
	s.dirty = true
}

// keep saves now and then until ctx is done.
func (s *missed) keep(ctx context.Context, log discordLog) {
	for pause(ctx, missedSave) {
		if err := s.save(ctx); err != nil {
			log.warn("remember who wrote lately", err)
		}
	}
}

// catchUp queues, for everybody who wrote lately, to hear what they wrote since,
// before anything else of theirs.
func (p *Platform) catchUp() {
	p.missed.mu.Lock()
	all := p.missed.trim()
	p.missed.mu.Unlock()
	for _, h := range all {
		p.queue(h.Who, func(ctx context.Context, l *hearing) {
			if err := p.catchUpWith(ctx, l, h); err != nil {
				p.log.warn("ask for what was written while away", err)
			}
		})
	}
}

func (p *Platform) catchUpWith(ctx context.Context, l *hearing, h heardIn) error {
	if err := p.missed.pace.Wait(ctx); err != nil {
		return nil // ended
	}
	k := call{method: http.MethodGet, path: "/channels/" + h.Channel + "/messages?limit=100&after=" + h.Message, repeatable: true}
	var since []post
	if err := p.client.do(ctx, k, &since); err != nil {
		return err
	}
	slices.SortFunc(since, func(a, b post) int {
		return cmp.Or(cmp.Compare(len(a.ID), len(b.ID)), cmp.Compare(a.ID, b.ID))
	})
	for _, m := range since {
		if e, ok := p.private(m); ok && m.Author.ID == h.Who && minted(m.ID).After(minted(h.Message)) && time.Since(minted(m.ID)) < missedFor {
			p.offerPrivate(ctx, l, m, e)
		}
	}
	return nil
}
