package reading

import "legcoach/coach/content"

// particles are the small words of content/reading/particles.yaml, which says what each list is for.
type particles struct {
	Wishes, Clauses, Pronouns, Articles, Prepositions content.Set
	Unfit, Returns, Events, Parts, Beside, Told, Mere content.Set
	Free, Supposes                                    content.Set
}

func newParticles() (p particles, err error) {
	return p, content.Decode("reading/particles.yaml", &p)
}
