package telegram

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// kept is how many updates that can't be read or heard are kept; the oldest makes room.
const kept = 20

// aside sets an update aside, so that it holds up nobody. What is kept is its
// shape, with the length of every text in place of the text: enough to find out
// why, and nothing that a person wrote.
func (p *Platform) aside(ctx context.Context, raw json.RawMessage, why string) {
	n, _ := id(raw)
	p.log.Error("an update is set aside", "update", n, "why", why)
	if p.config.Notes == nil {
		return
	}
	note, err := json.Marshal(map[string]any{"update": n, "why": why, "at": time.Now().UTC(), "shape": shape(raw)})
	if len(note) > 16<<10 {
		note = note[:16<<10] // of an update as long as that, its beginning tells enough
	}
	if err == nil {
		err = p.config.Notes.SetNote(ctx, fmt.Sprintf("%s/aside/%d", name, p.asides.Add(1)%kept), note)
	}
	if err != nil {
		p.log.Warn("could not keep the shape of an update", "update", n, "error", err)
	}
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
