package pack_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"legcoach/coach/pack"
)

func TestWhatIsPackedIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		numbers := append(rapid.SliceOf(rapid.Int()).Draw(t, "numbers"), 0, -1, math.MaxInt64, math.MinInt64)
		texts := append(rapid.SliceOf(rapid.String()).Draw(t, "texts"), "")
		zone := time.FixedZone("", rapid.IntRange(-14*60, 14*60).Draw(t, "offset")*60)
		times := []time.Time{{}, time.Unix(rapid.Int64Range(0, 1<<34).Draw(t, "time"), 5).In(zone), time.Unix(7, 0).UTC()}
		var w pack.Writer
		for _, n := range numbers {
			w.Int(n)
		}
		for _, s := range texts {
			w.Text(s)
		}
		for _, at := range times {
			w.Time(at)
		}
		r := pack.NewReader(w.Bytes)
		for _, want := range numbers {
			if got := r.Int(); got != want {
				t.Fatalf("number %d is read as %d", want, got)
			}
		}
		for _, want := range texts {
			if got := r.Text(); got != want {
				t.Fatalf("text %q is read as %q", want, got)
			}
		}
		for _, want := range times {
			if got := r.Time(); !got.Equal(want) || want.IsZero() != got.IsZero() {
				t.Fatalf("time %s is read as %s", want, got)
			}
		}
		if len(r.Rest()) > 0 || r.Err() != nil {
			t.Fatalf("left %q, %v", r.Rest(), r.Err())
		}
	})
}

// FuzzReader says that nothing is read beyond the end of any bytes.
func FuzzReader(f *testing.F) {
	f.Add([]byte("\x04ab"))
	f.Add([]byte("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01"))
	f.Fuzz(func(t *testing.T, b []byte) {
		r := pack.NewReader(b)
		for r.Err() == nil {
			r.Int()
			r.Text()
			r.Time()
		}
		if r.Int() != 0 || r.Text() != "" || r.Count() != 0 || len(r.Rest()) > 0 {
			t.Error("something is read after an error")
		}
	})
}
