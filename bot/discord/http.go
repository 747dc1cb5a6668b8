package discord

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"time"

	"github.com/bwmarrin/discordgo"
)

const (
	// largest is how big a delivered interaction may be, in bytes.
	largest = 1 << 20
	// freshness is how far the clock of a delivery may be from ours, so that one that was recorded is worth nothing.
	freshness = 30 * time.Second
)

// Interactions receives interactions over HTTP instead of through the gateway:
// the "interactions endpoint" of an application. It checks who signed them and
// lets them go the same way as the gateway's; answers are sent by the same
// calls. Without a public key, or while nobody listens, it takes nothing.
func (p *Platform) Interactions() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			http.Error(w, "only POST", http.StatusMethodNotAllowed)
			return
		}
		if p.config.PublicKey == nil {
			http.NotFound(w, r)
			return
		}
		body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, largest))
		if err != nil {
			http.Error(w, "too large", http.StatusRequestEntityTooLarge)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		if !recent(r.Header.Get("X-Signature-Timestamp"), time.Now()) || !discordgo.VerifyInteraction(r, p.config.PublicKey) {
			http.Error(w, "not signed by discord", http.StatusUnauthorized)
			return
		}
		p.delivered(w, body)
	})
}

func (p *Platform) delivered(w http.ResponseWriter, body []byte) {
	var i interaction
	if decode(body, &i) != nil {
		http.Error(w, "not an interaction", http.StatusBadRequest)
		return
	}
	if i.Type == ping {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]int{"type": answerPong}) // the caller went away
		return
	}
	if p.hear.Load() == nil {
		http.Error(w, "not listening", http.StatusServiceUnavailable)
		return
	}
	p.interaction(&i) // a repeated one is accepted and does nothing
	w.WriteHeader(http.StatusAccepted)
}

// recent reports whether a delivery was signed just now.
func recent(stamp string, now time.Time) bool {
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	return now.Sub(time.Unix(seconds, 0)).Abs() <= freshness
}
