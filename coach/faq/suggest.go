package faq

import (
	"strings"

	"legcoach/coach/words"
)

// maxSuggestions is how many topics are offered while somebody types.
const maxSuggestions = 25

// Suggest returns the topics for what somebody is typing, the likeliest first:
// topics whose question or label has a word that begins so, then topics that
// the words so far may ask for. Nothing typed suggests all, in order.
func (b *Book) Suggest(typed string) []Topic {
	typed = strings.ToLower(strings.TrimSpace(typed))
	var found []Topic
	has := map[string]bool{}
	offer := func(t Topic) {
		if !has[t.ID] && len(found) < maxSuggestions {
			has[t.ID] = true
			found = append(found, t)
		}
	}
	for _, t := range b.topics {
		if begins(t.Label, typed) || begins(t.Question, typed) {
			offer(t)
		}
	}
	if typed == "" {
		return found
	}
	for _, s := range b.Find(words.Parse(typed)).Best {
		if t, is := b.Topic(s.Label); is && s.P > 0.05 {
			offer(t)
		}
	}
	return found
}

// begins reports whether the typed words begin at the beginning of a word of s.
func begins(s, typed string) bool {
	s = strings.ToLower(s)
	for at := 0; ; {
		i := strings.Index(s[at:], typed)
		if i < 0 {
			return false
		}
		if at += i; at == 0 || !('a' <= s[at-1] && s[at-1] <= 'z') {
			return true
		}
		at++
	}
}
