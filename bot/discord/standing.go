package discord

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"
)

// standing is an answer as it stands.
type standing struct {
	ID         string  `json:"id"`
	Content    string  `json:"content"`
	Embeds     []embed `json:"embeds"`
	Components []any   `json:"components"`
	Flags      int     `json:"flags"`
}

func (p *Platform) original(ctx context.Context, h handle) (standing, error) {
	var s standing
	err := p.client.do(ctx, call{method: http.MethodGet, path: hook(h, original), free: true, repeatable: true}, &s)
	return s, err
}

// has reports whether an answer holds what a message says.
func (s standing) has(m message) bool {
	if m.Content != "" {
		below := func(e embed) bool { return strings.Contains(e.Description, m.Content) }
		return strings.Contains(s.Content, m.Content) || slices.ContainsFunc(s.Embeds, below)
	}
	return len(m.Embeds) > 0 && slices.ContainsFunc(s.Embeds, m.Embeds[0].same)
}

// with is an answer with another message below it; false if that does not fit.
// What comes below a card is one too: a message's content stands above its cards.
func (s standing) with(m message) (message, bool) {
	if len(s.Embeds) > 0 && m.Content != "" {
		m.Embeds = append([]embed{{Description: m.Content}}, m.Embeds...)
		m.Content = ""
	}
	size := 0
	for _, e := range append(slices.Clone(s.Embeds), m.Embeds...) {
		size += e.size()
	}
	whole := m
	whole.Content = strings.TrimSpace(s.Content + "\n\n" + m.Content)
	whole.Embeds = append(slices.Clone(s.Embeds), m.Embeds...)
	whole.Components = append([]any{}, m.Components...)
	if len(m.Components) == 0 {
		whole.Components = append(whole.Components, s.Components...)
	}
	fits := utf8.RuneCountInString(whole.Content) <= maxContent && size <= maxEmbeds && len(whole.Embeds) <= 10 && len(m.files) == 0
	return whole, fits
}
