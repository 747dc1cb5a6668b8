package coach

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/klauspost/compress/s2"

	"legcoach/coach/day"
	"legcoach/coach/pack"
	"legcoach/coach/streak"
)

// A runner is kept as what grows with the years, packed, and the JSON of
// everything else. The log of days is by far the longest, and text already: it is
// copied as it is. The JSON, much the same for everybody, is compressed against
// common, a runner like many.

// form is the first byte of a record. Before there were forms a record was JSON, which begins with a brace.
const form = 2

// mostJSON limits what a record may claim to hold, in bytes.
const mostJSON = 16 << 20

// The dictionary belongs to the form: another one would make all records unreadable.
//
//go:embed record.dict
var dictionary []byte

var common = s2.MakeDict(dictionary, nil)

// MarshalBinary returns r as a store keeps them.
func (r Runner) MarshalBinary() ([]byte, error) {
	log := &r.Days.Log // has a byte for nearly every day
	w := pack.Writer{Bytes: append(make([]byte, 0, 512+int(log.End()-log.Start())), form)}
	r.Days.Pack(&w)
	w.Int(len(r.Efforts))
	for _, e := range r.Efforts {
		w.Int(int(e.Date))
		w.Int(e.Of10)
	}
	w.Int(len(r.Runs))
	for _, run := range r.Runs {
		w.Int(int(run.Date))
		w.Text(string(run.Kind))
		w.Int(run.Minutes)
	}
	r.Days, r.Efforts, r.Runs = streak.Facts{}, nil, nil
	rest, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", r.ID, err)
	}
	return append(w.Bytes, common.Encode(nil, rest)...), nil
}

// UnmarshalBinary reads what MarshalBinary wrote, and the JSON that it wrote
// before there were forms.
func (r *Runner) UnmarshalBinary(record []byte) error {
	*r = Runner{}
	if len(record) > 0 && record[0] == '{' {
		return json.Unmarshal(record, r)
	}
	if len(record) == 0 || record[0] != form {
		return errors.New("read a runner: the form of the record is not known")
	}
	packed := pack.NewReader(record[1:])
	days, err := streak.Unpack(packed)
	if err != nil {
		return fmt.Errorf("read a runner: %w", err)
	}
	var efforts []Effort
	for range packed.Count() {
		efforts = append(efforts, Effort{day.Date(packed.Int()), packed.Int()})
	}
	var runs []Run
	for range packed.Count() {
		runs = append(runs, Run{day.Date(packed.Int()), day.Kind(packed.Text()), packed.Int()})
	}
	rest, err := unpressed(packed.Rest())
	if err := errors.Join(packed.Err(), err); err != nil {
		return fmt.Errorf("read a runner: %w", err)
	}
	if err := json.Unmarshal(rest, r); err != nil {
		return fmt.Errorf("read a runner: %w", err)
	}
	r.Days, r.Efforts, r.Runs = days, efforts, runs
	return nil
}

// unpressed returns the JSON that was compressed against common.
func unpressed(b []byte) ([]byte, error) {
	most, err := s2.DecodedLen(b)
	if err == nil && most > mostJSON {
		err = s2.ErrTooLarge
	}
	if err != nil {
		return nil, err
	}
	return common.Decode(nil, b)
}
