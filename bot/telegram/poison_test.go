package telegram

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"legcoach/bot"
	"legcoach/coach"
)

// Updates that nobody can read are set aside one by one; the others are heard.
func TestPoisonIsSetAside(t *testing.T) {
	f := newFake(t)
	notes := notes{}
	p := open(t, f, func(c *Config) { c.Notes = notes })
	f.inject(`{"message":{"message_id":"seven","text":"a secret","chat":{"id":42}}}`)
	f.inject(`{"message":[1,2],"new_thing":{"a":1}}`)
	f.inject(said(1, "one"))
	f.inject(`{"purchased_paid_media":{"from":{"id":1}}}`)
	f.inject(`{"message":null}`)
	f.inject(`{"callback_query":{"id":"x","from":{"id":42},"data":17}}`)
	f.inject(said(2, "two"))
	e := listen(t, p, nil)
	if got := texts(e.events(t, 2)); fmt.Sprint(got) != "[one two]" {
		t.Errorf("heard %q", got)
	}
	await(t, "an acknowledgement", func() bool { f.mu.Lock(); defer f.mu.Unlock(); return len(f.pending) == 0 })
	if len(notes) != 3 {
		t.Errorf("%d updates were set aside, want 3", len(notes))
	}
	for _, n := range notes {
		if strings.Contains(string(n), "secret") {
			t.Errorf("what a person wrote was kept: %s", n)
		}
	}
}

// An update that alone can't be heard is set aside in the end; the same
// person's next ones wait for it, everybody else's do not.
func TestUnhearableIsSetAside(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	f.inject(strings.ReplaceAll(said(1, "poison"), "42", "13"))
	f.inject(strings.ReplaceAll(said(2, "waits"), "42", "13"))
	f.inject(said(3, "passes"))
	e := listen(t, p, func(h bot.Heard) error {
		if h.Event.(coach.Said).Text == "poison" {
			return errBusy
		}
		return nil
	})
	if got := texts(e.events(t, 2)); fmt.Sprint(got) != "[passes waits]" {
		t.Errorf("heard %q", got)
	}
}

// A store that takes nothing loses nothing, however long that lasts.
func TestNothingIsSetAsideWhileTheStoreFails(t *testing.T) {
	f := newFake(t)
	p := open(t, f)
	p.wait.most = 10 * time.Millisecond
	for i := range 5 {
		f.inject(said(i, fmt.Sprint(i)))
	}
	fails := 40
	e := listen(t, p, func(bot.Heard) error {
		if fails--; fails > 0 {
			return errBusy
		}
		return nil
	})
	if got := texts(e.events(t, 5)); fmt.Sprint(got) != "[0 1 2 3 4]" {
		t.Errorf("heard %q", got)
	}
}

// notes keep what a platform notes, in memory.
type notes map[string][]byte

// They are noted by one goroutine at a time.
func (n notes) Note(_ context.Context, key string) ([]byte, error) { return n[key], nil }
func (n notes) SetNote(_ context.Context, key string, value []byte) error {
	n[key] = value
	return nil
}
