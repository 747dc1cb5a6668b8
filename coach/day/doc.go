// Package day holds what a training day is: its civil date, its kind, and the
// instants at which it begins, is reminded of, and closes on a runner's own
// wall clock.
//
// A civil date is an integer, so that dates are counted and never added up in
// hours. A wall time becomes an instant by one function, [Instant], whose rule
// is the whole answer to daylight saving:
//
//   - the wall time exists once: that instant;
//   - it is skipped: the first valid instant after the gap;
//   - it is repeated: the earlier of the two;
//   - its date never existed (Samoa, 30 December 2011): no instant at all.
//
// A training day begins some hours after midnight: [Training] tells the one
// that an instant is in, [Close] when it ends. Zones come from [Zone], out of a
// database that is carried along, never from the machine.
//
// The package reads no clock and knows no runner.
package day
