package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"
)

// kept is how many updates that can't be read or heard are kept; the oldest makes room.
const kept = 20

// asides counts them in this process.
var asides atomic.Int64

// aside sets an update aside, so that it holds up nobody. What is kept is its
// shape, with the length of every text in place of the text: enough to find out
// why, and nothing that a person wrote.
func (p *Platform) aside(ctx context.Context, raw json.RawMessage, why string) bool {
	n, _ := id(raw)
	p.log.Error("an update is set aside", "update", n, "why", why)
	if p.config.Notes == nil {
		return true
	}
	note, err := json.Marshal(map[string]any{"update": n, "why": why, "at": time.Now().UTC(), "shape": shape(raw)})
	if err == nil {
		err = p.config.Notes.SetNote(ctx, fmt.Sprintf("%s/aside/%d", name, asides.Add(1)%kept), note)
	}
	if err != nil {
		p.log.Warn("could not keep the shape of an update", "update", n, "error", err)
	}
	return true
}

// shape is a JSON value with texts replaced by their lengths.
func shape(raw json.RawMessage) any {
	var v any
	if json.Unmarshal(raw, &v) != nil {
		return fmt.Sprintf("%d bytes that are not JSON", len(raw))
	}
	return outline(v)
}

func outline(v any) any {
	switch v := v.(type) {
	case string:
		return fmt.Sprintf("%d bytes", len(v))
	case []any:
		for i := range v {
			v[i] = outline(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = outline(v[k])
		}
	}
	return v
}
