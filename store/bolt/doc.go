// Package bolt keeps runners and their lines in one bbolt file.
//
// # The way of a write
//
// Every write is a job (write.go). A job that finds nobody committing commits itself, and whatever
// else waits, at once; otherwise it waits for the one that does, and is committed together with all that
// came meanwhile: no delay when idle, one fsync for many when busy, one writer at any time.
// While it has to wait, an update is decided by its caller against what is on disk (update.go), so that
// steps run on all cores; it is decided anew only if the runner changed meanwhile.
// A job that fails before its first write fails alone. One that fails after, or
// meets damage, rolls the batch back, and every job is tried on its own.
//
// # The buckets
//
//	runner   ID → what coach.Runner.MarshalBinary wrote
//	also     further address → ID
//	due      wake, ID → nothing; what Due reads
//	line     address → whose turn it is there; address, lane, seq → a queued line (queue.go)
//	turn     platform, state, rank, address → nothing; what Claim reads, one entry per address
//	away     ID, seq → key in line, for lines said elsewhere than at the runner's own address
//	seen     a bucket per day: cause → when
//	ref      a bucket per day: ID, line's Key → what the platform called it
//	note     key → value
//	meta     the form of all this
//
// The sequence number of a bucket counts: of runner the runners, of due those who wake,
// of turn the queued lines; of line it is the last Seq.
//
// # What bbolt leaves to its user
//
// It has no checksum on data: every value starts with a version and a CRC32C
// that covers its key (value.go). It dies on a damaged file: walk.go reads
// every page with bounds checked before bbolt maps the file. It makes an empty database
// where a file is missing or empty: create.go makes files beside and links them in,
// and leaves a marker that says that there was one. It may commit although it returns
// an error: such an error is final (write.go). It lets a file be replaced under it: see Store.Check.
//
// An older copy that is put in place by hand looks like the store itself: a word is kept beside it
// (witness.go) that is not in any backup, by which its user can tell.
//
// Its lock is on the whole file: while one process has a store open, another can neither read, verify
// nor back it up. Store.Backup is the hot backup, to be asked of the process that runs.
// Folders that vanish whole, file and marker, as a volume does that is not mounted, are not noticed.
package bolt
