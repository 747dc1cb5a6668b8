package safety_test

import (
	"io/fs"
	"path"
	"slices"
	"strings"
	"testing"

	"legcoach/coach/content"
	"legcoach/coach/safety"
)

// phrasings returns the lines of the files in a folder of content/phrasings, by file name.
func phrasings(t *testing.T, folder string) map[string][]string {
	t.Helper()
	names, err := fs.Glob(content.Files(), "phrasings/"+folder+"/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatalf("no phrasings in %s: %v", folder, err)
	}
	all := map[string][]string{}
	for _, name := range names {
		text, err := content.Text(name)
		if err != nil {
			t.Fatal(err)
		}
		label := strings.TrimSuffix(path.Base(name), ".txt")
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				all[label] = append(all[label], line)
			}
		}
	}
	return all
}

// alarm is true for what must not be read into a message that reports nothing.
func alarm(f safety.Finding) bool {
	return f.Serious() || f.Intent == safety.Pain && f.Level == safety.Amber
}

func share(part, whole int) float64 { return 100 * float64(part) / float64(max(whole, 1)) }

// The labelled phrasings hold the rules to a floor; the rules stand alone here,
// without the ranking, which learns from what they do not reach: many phrasings
// are there for it alone.
func TestScoreOfPhrasings(t *testing.T) {
	g := guard(t)
	seen, serious, right, all := 0, 0, 0, 0
	for name, messages := range phrasings(t, "safety") {
		if name == "benign" {
			continue
		}
		for _, message := range messages {
			f := g.Read(message)
			all++
			if label(f) == name {
				right++
			}
			if !slices.Contains([]string{safety.Green, safety.Amber, safety.Ill}, name) {
				serious++
				if f.Serious() {
					seen++
				}
			}
		}
	}
	alarms, benign := 0, phrasings(t, "safety")["benign"]
	for _, message := range benign {
		if alarm(g.Read(message)) {
			alarms++
		}
	}
	t.Logf("serious seen %d/%d %.1f %%; reading right %d/%d %.1f %%; false alarms on look-alikes %d/%d %.1f %%",
		seen, serious, share(seen, serious), right, all, share(right, all), alarms, len(benign), share(alarms, len(benign)))
	if share(seen, serious) < 89.5 || share(right, all) < 86.5 || share(alarms, len(benign)) > 0.5 {
		t.Error("below the floor: serious seen 89.5 %, reading right 86.5 %, false alarms at most 0.5 %")
	}
}

// Health questions aside, what the other phrasings say is never pain or distress.
func TestNoAlarmOnPlainMessages(t *testing.T) {
	health := []string{
		"sore-after-running", "shin-splints", "knee-pain", "other-leg-pain-or-injury", "pregnancy-and-postnatal",
		"health-condition-or-medicine", "food-and-body-worries", "listen-to-your-body", "rest-and-recovery", "micro-tears",
	}
	g := guard(t)
	alarms, all := 0, 0
	for _, folder := range []string{"topic", "near", "intent", "out"} {
		for name, messages := range phrasings(t, folder) {
			if slices.Contains(health, name) {
				continue
			}
			for _, message := range messages {
				all++
				if f := g.Read(message); alarm(f) {
					alarms++
					t.Logf("%s/%s: %q is read as %s, because %v", folder, name, message, label(f), f.Because)
				}
			}
		}
	}
	t.Logf("alarms on plain messages %d/%d %.2f %%", alarms, all, share(alarms, all))
	if share(alarms, all) > 0.5 {
		t.Error("more than 0.5 % of plain messages raise an alarm")
	}
}
