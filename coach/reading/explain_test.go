package reading_test

import (
	"testing"

	"legcoach/coach/reading"
)

// TestExplain asks for each sort of reading what decided it.
func TestExplain(t *testing.T) {
	reader, c := newReader(t), context(t)
	for text, by := range map[string]string{"my chest felt tight": "safety", "did 6 hills yesterday": "rules", "do shoes matter": "learned"} {
		_, why := reader.Explain(text, c)
		if why.By != by || why.Words == "" || len(why.Likely) == 0 || why.RunnerUp == nil {
			t.Errorf("%s: explained as %+v, want by %s, with words, what is likely and the runner-up", text, why, by)
		}
		if told := map[string]bool{"safety": len(why.Safety) > 0, "rules": len(why.Rules) > 0, "learned": len(why.Parts) > 0}; !told[by] {
			t.Errorf("%s: by %s, which is not told: %+v", text, by, why)
		}
	}
	if got, why := reader.Explain("pause my pension", c); got.Intent != reading.OutOfScope || why.Because == "" && len(why.Rules) == 0 {
		t.Errorf("pause my pension: %s %+v, want out of scope and why", got.Intent, why)
	}
}
