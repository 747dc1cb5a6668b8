package bolt

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"math"
	"slices"
	"time"

	"legcoach/coach"
)

// version is the first byte of every value; a change of its form gives a new one.
const version = 1

// sealed is how many bytes seal adds.
const sealed = 5

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// sum covers the key too, so that a value under a wrong key is found.
func sum(key, payload []byte) uint32 {
	return crc32.Update(crc32.Update(version, castagnoli, key), castagnoli, payload)
}

// seal returns the value that keeps payload under key.
func seal(key, payload []byte) []byte {
	v := make([]byte, sealed, sealed+len(payload))
	v[0] = version
	binary.BigEndian.PutUint32(v[1:], sum(key, payload))
	return append(v, payload...)
}

// unseal returns the payload of what seal made, in the same memory.
func unseal(key, v []byte) ([]byte, error) {
	switch {
	case len(v) < sealed:
		return nil, fmt.Errorf("record %.60q is damaged: it is too short", key)
	case v[0] != version:
		return nil, fmt.Errorf("record %.60q is damaged, or of a newer legcoach: version %d", key, v[0])
	case binary.BigEndian.Uint32(v[1:]) != sum(key, v[sealed:]):
		return nil, fmt.Errorf("record %.60q is damaged: its checksum is wrong", key)
	}
	return v[sealed:], nil
}

// instant is t in nanoseconds since 1970, as near as 64 bits allow; zero for the zero time.
func instant(t time.Time) int64 {
	switch {
	case t.IsZero():
		return 0
	case t.Year() < 1700:
		return math.MinInt64 + 1
	case t.Year() > 2250:
		return math.MaxInt64 - 1
	}
	// The instant that would be taken for no time is one nanosecond late.
	if n := t.UnixNano(); n != 0 {
		return n
	}
	return 1
}

// moment is the inverse of instant, in UTC.
func moment(n int64) time.Time {
	if n == 0 {
		return time.Time{}
	}
	return time.Unix(0, n).UTC()
}

// be appends n so that bytes sort as numbers do.
func be(key []byte, n uint64) []byte { return binary.BigEndian.AppendUint64(key, n) }

// beTime appends t so that bytes sort as times do.
func beTime(key []byte, t time.Time) []byte { return be(key, uint64(instant(t))^1<<63) }

// dueKey is the key in due: wake, ID.
func dueKey(wake time.Time, id coach.ID) []byte {
	return append(beTime(make([]byte, 0, 8+len(id)), wake), id...)
}

// afterDue is the first key in due that is later than now.
func afterDue(now time.Time) []byte { return be(nil, uint64(instant(now))^1<<63+1) }

// prefix is a name that keys begin with; NUL ends it, so no name begins another.
func prefix(name string) []byte { return append([]byte(name), 0) }

// awayKey is the key in away.
func awayKey(runner coach.ID, seq uint64) []byte { return be(prefix(string(runner)), seq) }

// refKey is the key in a day of ref.
func refKey(runner coach.ID, key string) []byte { return append(prefix(string(runner)), key...) }

// dayKey names the bucket of a day, in UTC.
func dayKey(t time.Time) []byte { return []byte(t.UTC().Format("20060102")) }

// without returns the addresses of a that are not in b.
func without(a, b []coach.ID) []coach.ID {
	var rest []coach.ID
	for _, id := range a {
		if !slices.Contains(b, id) {
			rest = append(rest, id)
		}
	}
	return rest
}
