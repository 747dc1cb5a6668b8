package bolt

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"legcoach/coach"
	"legcoach/store"
)

var zero time.Time

// The lanes of an address: replies are said before unasked lines.
const (
	laneReply   = 1
	laneUnasked = 2
)

// entry is a queued line as it is kept under its line key.
type entry struct {
	runner    coach.ID
	queued    time.Time
	notBefore time.Time // given to Retry
	claimed   time.Time // last, or first of those that may have said it
	tries     uint32
	held      bool   // claimed, and neither done nor retried since
	unsure    bool   // an earlier claim may have said it
	line      []byte // JSON without To
}

// entryHead is how many bytes of an entry come before the runner's ID.
const entryHead = 1 + 4 + 3*8 + 1

func (e entry) encode() []byte {
	b := make([]byte, 0, entryHead+len(e.runner)+len(e.line))
	var flags byte
	if e.held {
		flags |= 1
	}
	if e.unsure {
		flags |= 2
	}
	b = append(b, flags)
	b = binary.BigEndian.AppendUint32(b, e.tries)
	for _, t := range []time.Time{e.queued, e.notBefore, e.claimed} {
		b = be(b, uint64(instant(t)))
	}
	b = append(b, byte(len(e.runner))) // store.MaxID fits
	b = append(b, e.runner...)
	return append(b, e.line...)
}

func decodeEntry(key, b []byte) (entry, error) {
	if len(b) < entryHead || len(b) < entryHead+int(b[entryHead-1]) {
		return entry{}, fmt.Errorf("record %.60q is damaged: a queued line is too short", key)
	}
	at := func(i int) time.Time { return moment(int64(binary.BigEndian.Uint64(b[5+8*i:]))) }
	runner := b[entryHead : entryHead+int(b[entryHead-1])]
	return entry{
		held: b[0]&1 != 0, unsure: b[0]&2 != 0,
		tries:  binary.BigEndian.Uint32(b[1:]),
		queued: at(0), notBefore: at(1), claimed: at(2),
		runner: coach.ID(runner),
		line:   b[entryHead+len(runner):],
	}, nil
}

// message is what a claimed entry is to its platform.
func (e entry) message(key []byte) (store.Message, error) {
	to, _, seq := splitLine(key)
	m := store.Message{
		Seq: seq, Runner: e.runner, To: to, Queued: e.queued, Tries: int(e.tries), Unsure: e.unsure, First: e.claimed,
	}
	if err := json.Unmarshal(e.line, &m.Line); err != nil {
		return m, fmt.Errorf("decode message %d to %s: %w", seq, to, err)
	}
	m.Line.To = to
	return m, nil
}

// lineKey is the key of a queued line: address, lane, seq.
func lineKey(to coach.ID, lane byte, seq uint64) []byte {
	return be(append(prefix(string(to)), lane), seq)
}

// splitLine is the inverse of lineKey; lane and seq are zero for the key of a turn.
func splitLine(key []byte) (to coach.ID, lane byte, seq uint64) {
	name, rest, _ := bytes.Cut(key, []byte{0})
	if len(rest) == 9 {
		lane, seq = rest[0], binary.BigEndian.Uint64(rest[1:])
	}
	return coach.ID(name), lane, seq
}

// The states of a turn, in the order in which bbolt sorts them.
const (
	stateHeld    = 'h' // a message is claimed until a time
	stateReady   = 'r' // the first message can be claimed
	stateWaiting = 'w' // the first message is not to be said before a time
)

// turn says where an address stands in the index that Claim reads. It is kept
// under the address in line, just before its messages, and as a key in turn.
type turn struct {
	state byte
	rank  uint64 // the time of a held or waiting turn, lane and seq of a ready one
	seq   uint64 // the message that it is about
}

func (n turn) encode() []byte { return be(be([]byte{n.state}, n.rank), n.seq) }

func decodeTurn(key, b []byte) (turn, error) {
	if len(b) != 17 {
		return turn{}, fmt.Errorf("record %.60q is damaged: a turn has %d bytes", key, len(b))
	}
	return turn{b[0], binary.BigEndian.Uint64(b[1:]), binary.BigEndian.Uint64(b[9:])}, nil
}

// key is the key of the turn of an address in the index.
func (n turn) key(to coach.ID) []byte {
	return append(be(n.prefix(to.Platform()), n.rank), to...)
}

// prefix begins the keys of all turns of a platform in the same state.
func (n turn) prefix(platform string) []byte { return append(prefix(platform), n.state) }

// ready is the turn of an address whose first message can be claimed. Seq has
// 56 bits to itself, enough for a million lines a second for two thousand years.
func ready(lane byte, seq uint64) turn { return turn{stateReady, uint64(lane)<<56 | seq, seq} }

func waiting(until time.Time, seq uint64) turn {
	return turn{stateWaiting, uint64(instant(until)) ^ 1<<63, seq}
}

func held(until time.Time, seq uint64) turn {
	return turn{stateHeld, uint64(instant(until)) ^ 1<<63, seq}
}
