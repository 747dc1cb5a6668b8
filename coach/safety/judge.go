package safety

import (
	"strconv"
)

// judge returns the most serious finding, and what a number says where words leave it open.
func (r *reading) judge() Finding {
	f := Finding{Number: r.number(), Asks: len(r.marks[r.guard.cues.asks]) > 0}
	for i := range r.guard.rules {
		rule := &r.guard.rules[i]
		spans := r.holds(rule)
		if spans == nil {
			continue
		}
		if f.Intent == "" {
			f.Intent, f.Level, f.Kind = rule.Intent, rule.Level, rule.Kind
		}
		f.Because = append(f.Because, r.reason(rule.Name, spans))
		if len(f.Because) == maxReasons {
			break
		}
	}
	r.weigh(&f)
	f.Others = r.excuse()&others != 0
	return f
}

// maxReasons is how many rules a finding names.
const maxReasons = 3

func (r *reading) reason(name string, spans []span) Reason {
	reason := Reason{Rule: name}
	for _, s := range spans {
		reason.Words = append(reason.Words, r.said(s))
	}
	return reason
}

// weigh lets the number that was said raise soreness, never lower what words say.
func (r *reading) weigh(f *Finding) {
	if f.Number < 0 || f.Intent != "" && f.Intent != Pain || f.Serious() {
		return
	}
	level := Green
	switch {
	case f.Number >= 6:
		level = Red
	case f.Number >= 3:
		level = Amber
	case f.Level == Amber:
		return
	}
	if f.Intent == "" && f.Number == 0 {
		return
	}
	f.Intent, f.Level = Pain, level
	f.Because = append([]Reason{{Rule: "number", Words: []string{strconv.Itoa(f.Number)}}}, f.Because...)
}
