package streak

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"strconv"
	"strings"
	"time"

	"legcoach/coach/day"
)

// Settled is what the dates before one came to, for [Derive] to go on from
// instead of walking over years that nobody changes any more. It is no second
// truth: it carries a checksum of everything that it follows from, and whoever
// changes any of that, by an undo or a log of last spring, makes it count for
// nothing. The zero Settled is none.
type Settled struct {
	before day.Date // the first date of a week
	sum    uint32   // of what is behind it

	sessions, rests, best, freezes, total int
	run, earning, weeks                   int
	planned, trained                      uint16
	comeback                              day.Date
	score                                 float64
}

const (
	settleAfter = 40  // dates that may still change, or are shown one by one, and some more
	settleEvery = 56  // dates by which it falls behind
	settleFrom  = 150 // dates in a log for which walking costs more than keeping this does
)

// Settle moves what is settled on, if it has fallen behind. It changes no number.
func (f Facts) Settle(now time.Time) Facts {
	to := f.weekOf(f.Today(now) - settleAfter)
	if int(f.Log.length) < settleFrom || to < f.Settled.before+settleEvery {
		return f
	}
	return f.settleAt(to, now)
}

// settleAt settles the dates before the first date of a week, if they can be:
// nothing hangs on the time any more, all are written down, and two weeks were lived.
func (f Facts) settleAt(to day.Date, now time.Time) Facts {
	w := begin(&f, now, shownDays)
	sum, last := w.sum(to), f.Settled
	f.Settled = Settled{}
	if to != f.weekOf(to) || to > min(w.latest(), f.Log.End()) || to < f.Log.start+window || strings.IndexByte(f.Log.before(to), '_') >= 0 {
		return f
	}
	from, text := w.resume(last)
	if from > to {
		from, text = f.Log.start, f.Log.text
		w = begin(&f, now, shownDays)
	}
	if w.over(from, to-1, text); w.strength.lived < window {
		return f
	}
	f.Settled = Settled{
		before: to, sum: sum, comeback: w.broken.comeback,
		sessions: w.n.Sessions, rests: w.n.Rests, best: w.n.Best, total: w.n.Total,
		freezes: w.n.Freezes, run: w.run, earning: w.earning, weeks: w.weeks.kept,
		planned: w.strength.planned, trained: w.strength.trained, score: w.strength.score,
	}
	return f
}

// Check reports a [Settled] that counts and says something else than the log.
func (f Facts) Check() error {
	s := f.Settled
	if s.IsZero() {
		return nil
	}
	now := s.before.UTC().Add(settleAfter * 24 * time.Hour)
	if w := begin(&f, now, shownDays); !w.trusts(s) {
		return nil
	}
	f.Settled = Settled{}
	if again := f.settleAt(s.before, now).Settled; again != s {
		return fmt.Errorf("the days before %s are kept as %s and come to %s", s.before, s, again)
	}
	return nil
}

// latest returns the latest date before which nothing hangs on the time of the
// derivation: each is judged, not shown, and too old to be bridged.
func (w *walk) latest() day.Date { return min(w.settled, w.shownFrom, w.broken.since, w.end) }

// trusts reports whether s follows from the facts as they are.
func (w *walk) trusts(s Settled) bool {
	return s.before > w.f.Log.start && s.before <= min(w.latest(), w.f.Log.End()) && s.sum == w.sum(s.before)
}

// sum returns a checksum of all that the dates before one rest on.
func (w *walk) sum(before day.Date) uint32 {
	f := w.f
	of := make([]byte, 0, 64)
	of = numbered(of, int64(f.Log.start), int64(before), int64(f.Freezes))
	of = strconv.AppendBool(of, f.Sundays)
	for _, p := range f.Pauses {
		if p.From >= before {
			break // no later one is looked at before this is over
		}
		of = numbered(of, int64(p.From), int64(min(p.last(), before)), int64(p.Reason))
	}
	for _, d := range w.holds.skipped {
		if d < before {
			of = numbered(of, int64(d))
		}
	}
	return crc32.Update(crc32.Update(0, castagnoli, of), castagnoli, []byte(f.Log.before(before)))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// numbered appends a list of numbers.
func numbered(b []byte, all ...int64) []byte {
	for _, n := range all {
		b = binary.AppendVarint(b, n)
	}
	return append(b, ';')
}

// resume returns the date from which on w has to walk, and the text of the log
// from there on: the first date, or that after the settled ones.
func (w *walk) resume(s Settled) (day.Date, string) {
	text := w.f.Log.text
	if !w.trusts(s) {
		return w.f.Log.start, text
	}
	w.n.Sessions, w.n.Rests, w.n.Best, w.n.Freezes, w.n.Total = s.sessions, s.rests, s.best, s.freezes, s.total
	w.n.Streak = s.sessions + s.rests
	w.run, w.earning, w.broken.comeback = s.run, s.earning, s.comeback
	w.weeks = weeks{kept: s.weeks, first: s.before - 7, next: s.before}
	w.strength = strength{score: s.score, planned: s.planned, trained: s.trained, lived: window}
	return s.before, text[len(w.f.Log.before(s.before)):]
}

// numbers returns s in numbers; settledOf is the way back.
func (s Settled) numbers() [14]uint64 {
	return [...]uint64{
		uint64(s.before), uint64(s.sum), uint64(s.sessions), uint64(s.rests), uint64(s.best), uint64(s.freezes), uint64(s.total),
		uint64(s.run), uint64(s.earning), uint64(s.weeks), uint64(s.planned), uint64(s.trained), uint64(s.comeback), math.Float64bits(s.score),
	}
}

func settledOf(n [14]uint64) Settled {
	return Settled{
		before: day.Date(n[0]), sum: uint32(n[1]), sessions: int(n[2]), rests: int(n[3]), best: int(n[4]), freezes: int(n[5]), total: int(n[6]),
		run: int(n[7]), earning: int(n[8]), weeks: int(n[9]), planned: uint16(n[10]), trained: uint16(n[11]), comeback: day.Date(n[12]), score: math.Float64frombits(n[13]),
	}
}

// String returns s as it is stored: its numbers in base 36, with points between.
func (s Settled) String() string {
	var b []byte
	for _, n := range s.numbers() {
		b = append(strconv.AppendUint(b, n, 36), '.')
	}
	return string(b[:len(b)-1])
}

// IsZero reports whether nothing is settled.
func (s Settled) IsZero() bool { return s == Settled{} }

// MarshalText returns s as String does.
func (s Settled) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Settled) UnmarshalText(text []byte) error {
	var numbers [14]uint64
	parts := strings.Split(string(text), ".")
	if len(parts) != len(numbers) {
		return fmt.Errorf("read what is settled %q: want %d numbers", text, len(numbers))
	}
	for i, part := range parts {
		n, err := strconv.ParseUint(part, 36, 64)
		if err != nil {
			return fmt.Errorf("read what is settled: %w", err)
		}
		numbers[i] = n
	}
	*s = settledOf(numbers)
	return nil
}
