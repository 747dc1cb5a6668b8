package reading

import (
	"strings"

	"legcoach/coach/content"
)

// particles are the small words of content/reading/particles.yaml, which says what each list is for.
type particles struct {
	Wishes, Clauses, Pronouns, Articles, Prepositions particle
	Unfit, Returns, Events, Parts, Beside, Told, Mere particle
}

// particle is a set of small words that do the same.
type particle map[string]bool

// UnmarshalText takes words that spaces divide; it never fails.
func (p *particle) UnmarshalText(text []byte) error {
	*p = particle{}
	for _, word := range strings.Fields(string(text)) {
		(*p)[word] = true
	}
	return nil
}

func newParticles() (p particles, err error) {
	return p, content.Decode("reading/particles.yaml", &p)
}
