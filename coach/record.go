package coach

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"time"

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
	packed, rest, err := unpack(record)
	if err == nil {
		err = json.Unmarshal(rest, r)
	}
	if err != nil {
		return fmt.Errorf("read a runner: %w", err)
	}
	if !isJSON(record) {
		r.Days, r.Efforts, r.Runs = packed.Days, packed.Efforts, packed.Runs
	}
	return nil
}

// WakeOf returns the Wake of a runner as MarshalBinary wrote them, for a third of
// what reading all of them costs.
func WakeOf(record []byte) (time.Time, error) {
	var r struct {
		Wake time.Time `json:"wake"`
	}
	_, rest, err := unpack(record)
	if err == nil {
		err = json.Unmarshal(rest, &r)
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read when a runner wakes: %w", err)
	}
	return r.Wake, nil
}

// isJSON reports whether a record is of before there were forms.
func isJSON(record []byte) bool { return len(record) > 0 && record[0] == '{' }

// unpack takes a record apart into what is packed in it and the JSON of the rest.
func unpack(record []byte) (packed Runner, rest []byte, err error) {
	if isJSON(record) {
		return packed, record, nil
	}
	if len(record) == 0 || record[0] != form {
		return packed, nil, errors.New("the form of the record is not known")
	}
	r := pack.NewReader(record[1:])
	if packed.Days, err = streak.Unpack(r); err != nil {
		return packed, nil, err
	}
	for range r.Count() {
		packed.Efforts = append(packed.Efforts, Effort{day.Date(r.Int()), r.Int()})
	}
	for range r.Count() {
		packed.Runs = append(packed.Runs, Run{day.Date(r.Int()), day.Kind(r.Text()), r.Int()})
	}
	rest, err = unpressed(r.Rest())
	return packed, rest, errors.Join(r.Err(), err)
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
