// Package streak counts the days that a runner kept: the one pure function
// [Derive] from the log of their days to every number about them.
//
// What happened is kept, what it amounts to is not. A [Log] holds, for every
// training date, what was planned and what was done; [Facts] adds the clocks
// the runner has lived by, their pauses, and how they plan the days to come.
// [Derive] walks the dates once and gives each one a [State], in this order:
//
//	DONE      a session was logged                                    +1
//	EXCUSED   a pause, an excuse, or a date that barely existed         0
//	OPEN      it is today                                               0
//	REST      rest was planned, or taken instead in time               +1, once there is a streak
//	FREE      nothing was planned                                       0
//	GRACE     a session is due and may still be logged without a word   0
//	FROZEN    a freeze covers it                                        0
//	MISSED    otherwise: the streak restarts
//
// Changes go through the methods of [Facts] that take the time: [Facts.Record],
// [Facts.Void], [Facts.RestInstead], [Facts.Excuse], [Facts.Pause],
// [Facts.Resume], [Facts.Mend] and [Facts.Seal]. Each changes only the facts and
// leaves older copies of them as they were; [Diff] says what changed in the log,
// and [Log.Undo] and [Log.Redo] take that back and bring it again.
//
// A long log is not walked over at every step: [Facts.Settle] keeps what the years
// behind came to, under a checksum of all that it follows from (settled.go).
package streak
