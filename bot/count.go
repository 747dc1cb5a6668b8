package bot

import (
	"github.com/prometheus/client_golang/prometheus"

	"legcoach/coach"
)

// Counters are what a bot counts. Labels never name a runner.
type Counters struct {
	Heard   *prometheus.CounterVec   // events committed, by platform
	Unheard *prometheus.CounterVec   // events that the store could not take, by platform
	Woken   prometheus.Counter       // runners stepped because their time had come
	Said    *prometheus.CounterVec   // messages said, by platform and kind (reply, unasked)
	Unsent  *prometheus.CounterVec   // messages given up, by platform and reason
	Delayed *prometheus.CounterVec   // sends that a platform asked to wait with, by platform
	Wait    *prometheus.HistogramVec // seconds from commit to said, by platform and kind
	// Verdicts are what was said of answers, by topic and verdict (up, down, wrong, other, long).
	Verdicts *prometheus.CounterVec
}

func newCounters() *Counters {
	vec := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "legcoach", Name: name, Help: help}, labels)
	}
	return &Counters{
		Heard:   vec("heard_total", "Events committed.", "platform"),
		Unheard: vec("unheard_total", "Events that the store could not take.", "platform"),
		Woken:   prometheus.NewCounter(prometheus.CounterOpts{Namespace: "legcoach", Name: "woken_total", Help: "Runners stepped because their time had come."}),
		Said:    vec("said_total", "Messages said.", "platform", "kind"),
		Unsent:  vec("unsent_total", "Messages given up, by reason.", "platform", "why"),
		Delayed: vec("delayed_total", "Sends that a platform asked to wait with.", "platform"),
		Wait: prometheus.NewHistogramVec(prometheus.HistogramOpts{Namespace: "legcoach", Name: "wait_seconds",
			Help: "Seconds from commit to said.", Buckets: []float64{.01, .05, .1, .25, .5, 1, 2, 5, 15, 60, 300, 1800}}, []string{"platform", "kind"}),
		Verdicts: vec("feedback_total", "Thumbs and reasons given to answers.", "topic", "verdict"),
	}
}

// Register adds the counters to a registry.
func (c *Counters) Register(r prometheus.Registerer) {
	r.MustRegister(c.Heard, c.Unheard, c.Woken, c.Said, c.Unsent, c.Delayed, c.Wait, c.Verdicts)
}

// judged is a coach whose answers are judged by those who hear them.
type judged interface {
	// Feedback returns what an event says of an answer: its topic and the verdict; both empty if nothing.
	Feedback(e coach.Event) (topic, verdict string)
}

// countVerdict counts what an event says of an answer.
func (b *Bot) countVerdict(e coach.Event) {
	if c, is := b.coach.(judged); is {
		if topic, verdict := c.Feedback(e); topic != "" {
			b.count.Verdicts.WithLabelValues(topic, verdict).Inc()
		}
	}
}
