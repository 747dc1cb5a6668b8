package discord

import (
	"context"
	"testing"
	"time"

	"legcoach/bot"
)

// Any JSON as any event harms nobody.
func FuzzEvent(f *testing.F) {
	for _, seed := range []string{
		`null`, `[]`, `{"id":1}`, `{"user":{"id":"100000000000000001"}}`,
		`{"id":"600000000000000001","channel_id":"5","author":{"id":"4"},"content":"hi","type":0}`,
		`{"id":"600000000000000001","application_id":"1","type":2,"token":"t","user":{"id":"4"},"data":{"name":"done","options":[{"name":"kind","value":{}}]}}`,
		`{"id":"600000000000000001","application_id":"1","type":5,"token":"t","member":{"user":{"id":"4"}},"data":{"custom_id":"form setup","components":[{"type":18,"component":{"type":21,"custom_id":"zone","values":["a"]}}]}}`,
		`{"id":"600000000000000001","application_id":"1","type":3,"token":"t","user":{"id":"4"},"message":{"id":"7","components":[{"type":20}]},"data":{"custom_id":"|u:5|n:x"}}`,
		`{"user_id":"4","channel_id":"5","message_id":"6","emoji":{"id":null,"name":"✅"}}`,
	} {
		for kind := range kinds {
			f.Add(uint8(kind), []byte(seed))
		}
	}
	p, err := Open(Config{Token: testToken, API: "http://127.0.0.1:1", Commands: sample, Forms: []Form{setUp}, times: quick, patch: time.Hour})
	if err != nil {
		f.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel() // whatever is answered goes nowhere
	p.hear.Store(&hearing{ctx, func(context.Context, bot.Heard) error { return nil }})
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		p.event(kinds[int(kind)%len(kinds)], data)
		p.lanes.wait()
		readHandle(string(data))
	})
}

var kinds = []string{"READY", "MESSAGE_CREATE", "INTERACTION_CREATE", "MESSAGE_REACTION_ADD", "GUILD_CREATE"}
