package coach

import (
	_ "embed"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/klauspost/compress/s2"

	"legcoach/coach/streak"
)

// A runner is kept as their log, which is text already and by far the longest of
// all that grows, followed by the JSON of everything else. The log is copied as it
// is; the JSON, much the same for everybody, is compressed against common, a
// runner like many. That makes a third of it, and costs some microseconds.

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
	days, err := r.Days.Log.MarshalText()
	if err != nil {
		return nil, fmt.Errorf("write the days of %s: %w", r.ID, err)
	}
	r.Days.Log = streak.Log{}
	rest, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", r.ID, err)
	}
	record := make([]byte, 0, 1+binary.MaxVarintLen32+len(days)+len(rest))
	record = binary.AppendUvarint(append(record, form), uint64(len(days)))
	record = append(record, days...)
	return append(record, common.Encode(nil, rest)...), nil
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
	record = record[1:]
	size, n := binary.Uvarint(record)
	if n <= 0 || size > uint64(len(record)-n) {
		return errors.New("read a runner: the record is cut off")
	}
	days, packed := record[n:n+int(size)], record[n+int(size):]
	if most, err := s2.DecodedLen(packed); err != nil || most > mostJSON {
		return fmt.Errorf("read a runner: %d bytes unpacked: %w", most, errors.Join(err, s2.ErrCorrupt))
	}
	rest, err := common.Decode(nil, packed)
	if err != nil {
		return fmt.Errorf("read a runner: %w", err)
	}
	if err := json.Unmarshal(rest, r); err != nil {
		return fmt.Errorf("read a runner: %w", err)
	}
	return r.Days.Log.UnmarshalText(days)
}
