package rank_test

import (
	"strings"
	"testing"

	"legcoach/coach/rank"
	"legcoach/coach/words"
)

// maxClashes is how many of a hundred phrasings may be ranked second or worse
// than another meaning: some are truly two things at once.
const maxClashes = 3.0

func TestNoPhrasingHasTwoMeanings(t *testing.T) {
	first := map[string]rank.Phrasing{}
	for _, p := range phrasings(t) {
		said := words.Parse(p.Text).String()
		if said == "" {
			said = p.Text
		}
		if marks := strings.TrimLeft(p.Text, "?!."); marks == "" {
			said = p.Text
		}
		key := said + strings.Repeat("?", strings.Count(p.Text, "?"))
		if before, twice := first[key]; twice && before.Label != p.Label {
			t.Errorf("%q is %s and %q is %s: take one of them out of its file in content/phrasings", before.Text, before.Label, p.Text, p.Label)
			continue
		}
		first[key] = p
	}
}

func TestEveryPhrasingIsUnderstood(t *testing.T) {
	all := phrasings(t)
	var clashes []string
	for _, p := range all {
		got := rank.Default().Rank(words.Parse(p.Text))[0].Label
		if group(got) != group(p.Label) {
			clashes = append(clashes, got+" takes from "+p.Label+": "+p.Text)
		}
	}
	share := 100 * float64(len(clashes)) / float64(len(all))
	t.Logf("%d of %d phrasings clash (%.1f %%)", len(clashes), len(all), share)
	if share > maxClashes {
		t.Errorf("%.1f %% of phrasings clash, want at most %.1f:\n%s", share, maxClashes, strings.Join(clashes, "\n"))
	}
}

// group makes one of all meanings that are out of scope.
func group(label string) string {
	if strings.HasPrefix(label, "out/") {
		return "out"
	}
	return label
}

func phrasings(t *testing.T) []rank.Phrasing {
	t.Helper()
	all, err := rank.Phrasings()
	if err != nil {
		t.Fatal(err)
	}
	return all
}
