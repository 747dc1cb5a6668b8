package streak

import (
	"legcoach/coach/day"
	"legcoach/coach/pack"
)

// Pack writes f as a store keeps it: years bring many clocks and pauses, which
// are read and written at every step.
func (f *Facts) Pack(w *pack.Writer) {
	w.Int(int(f.Log.start))
	w.Text(f.Log.text)
	w.Int(len(f.Clocks))
	for _, c := range f.Clocks {
		w.Time(c.From)
		w.Text(c.Zone)
		w.Int(int(c.Starts))
	}
	w.Int(len(f.Pauses))
	for _, p := range f.Pauses {
		w.Int(int(p.From))
		w.Int(int(p.Until))
		w.Int(int(p.Reason))
	}
	w.Int(f.Freezes)
	sundays := 0
	if f.Sundays {
		sundays = 1
	}
	w.Int(sundays)
	f.Settled.pack(w)
}

// Unpack returns the facts that Pack wrote.
func Unpack(r *pack.Reader) (f Facts, err error) {
	start := day.Date(r.Int())
	if err := f.Log.read(start, r.Text()); err != nil {
		return f, err
	}
	for range r.Count() {
		f.Clocks = append(f.Clocks, Span{From: r.Time(), Zone: r.Text(), Starts: day.Clock(r.Int())})
	}
	for range r.Count() {
		f.Pauses = append(f.Pauses, Pause{From: day.Date(r.Int()), Until: day.Date(r.Int()), Reason: Reason(r.Int())})
	}
	f.Freezes, f.Sundays = r.Int(), r.Int() == 1
	f.Settled.unpack(r)
	return f, r.Err()
}

func (s *Settled) pack(w *pack.Writer) {
	if s.IsZero() {
		w.Int(0)
		return
	}
	w.Int(1)
	for _, n := range s.numbers() {
		w.Int(int(n))
	}
}

func (s *Settled) unpack(r *pack.Reader) {
	if r.Int() == 0 {
		return
	}
	var numbers [14]uint64
	for i := range numbers {
		numbers[i] = uint64(r.Int())
	}
	*s = settledOf(numbers)
}
