package bolt

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"legcoach/store"
)

// ExitCode is the status with which a process ends whose commit had an
// unknown outcome, unless Options.Fatal does otherwise: EX_IOERR of sysexits.h.
const ExitCode = 74

// Options say how to open a store. The zero Options are good.
type Options struct {
	// Log is told what nobody waits for; nil means slog.Default.
	Log *slog.Logger
	// Fatal is called once, when it is not known whether a commit reached the
	// disk. Nothing may be said after that: it should end the process, and
	// everything is refused if it returns. It must not call the store. Nil logs and exits with ExitCode.
	Fatal func(error)
	// MaxSize is the size in bytes beyond which the file does not grow; updates
	// are store.ErrFull then. Zero means as large as the disk.
	MaxSize int
	// Timeout is how long to wait for another process to let go; zero means 3 s.
	Timeout time.Duration
	// MapSize is the address space to reserve in bytes; zero means 8 GiB. A file that
	// outgrows it makes the writer wait for readers each time that it doubles.
	MapSize int
	// Queue is how many writes may wait before Update is store.ErrBusy; zero means 4096.
	Queue int
}

// Store is a store.Store, a store.Keeper and a store.Notes in a bbolt file.
type Store struct {
	path  string
	opts  Options
	db    *bolt.DB
	file  *os.File // db's own; db closes it
	jobs  chan *job
	ended chan struct{} // closed when the writer has returned

	turn   sync.Mutex   // held by whoever commits
	mu     sync.RWMutex // held for reading while sending to jobs or leading
	closed bool
	dead   atomic.Pointer[error] // why nothing is done any more
}

var _ interface {
	store.Store
	store.Keeper
	store.Notes
	store.Witness
} = (*Store)(nil)

// Open opens the store at path, or makes one if there never was any. A file
// that is lost, empty, damaged, foreign or in use is an error that says what to do.
func Open(path string, opts Options) (*Store, error) {
	s := &Store{path: path, opts: opts.withDefaults(), ended: make(chan struct{})}
	if err := s.open(); err != nil {
		return nil, fmt.Errorf("open store %s: %w", path, err)
	}
	s.jobs = make(chan *job, s.opts.Queue)
	go s.write()
	for _, run := range []func(*tx) error{(*tx).setForm, releaseAll} {
		if err := s.do(context.Background(), true, run); err != nil {
			return nil, errors.Join(fmt.Errorf("open store %s: %w", path, err), s.Close())
		}
	}
	return s, nil
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Timeout == 0 {
		o.Timeout = 3 * time.Second
	}
	if o.MapSize == 0 {
		o.MapSize = 8 << 30
	}
	if o.Queue == 0 {
		o.Queue = 4096
	}
	if o.Fatal == nil {
		log := o.Log
		o.Fatal = func(err error) {
			log.Error("the store must stop; start again to go on", "err", err)
			os.Exit(ExitCode)
		}
	}
	return o
}

// open examines the file before bbolt trusts it, and then lets bbolt have it.
func (s *Store) open() error {
	if err := present(s.path); errors.Is(err, fs.ErrNotExist) {
		if err := create(s.path, nil); err != nil {
			return err
		}
	} else if err != nil {
		return err
	}
	if err := examine(s.path, s.opts.Timeout, strict); err != nil {
		return err
	}
	db, file, err := openFile(s.path, &bolt.Options{
		Timeout: s.opts.Timeout, NoFreelistSync: true, FreelistType: bolt.FreelistMapType,
		InitialMmapSize: s.opts.MapSize, MaxSize: s.opts.MaxSize, NoStatistics: true,
	})
	if err != nil {
		return err
	}
	s.db, s.file = db, file
	return mark(s.path)
}

// openFile is bolt.Open for files that exist, with its panics and faults as errors and its lock explained.
func openFile(path string, opts *bolt.Options) (db *bolt.DB, file *os.File, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	opts.OpenFile = func(name string, flag int, mode os.FileMode) (*os.File, error) {
		f, err := os.OpenFile(name, flag&^os.O_CREATE, mode)
		file = f
		return f, err
	}
	defer func() {
		if p := recover(); p != nil {
			// bbolt leaves its file open, and so locked, when it panics.
			err = errors.Join(damaged("bbolt fails on it: %v", p), file.Close())
		}
	}()
	db, err = bolt.Open(path, 0o600, opts)
	var system *fs.PathError
	switch {
	case errors.Is(err, berrors.ErrTimeout):
		return nil, nil, errors.New("another process holds it; stop the legcoach that uses this file first")
	case err != nil && !errors.As(err, &system):
		return nil, nil, damaged("%v", err)
	}
	return db, file, err
}

// damaged returns an error about a file that cannot be used any more.
func damaged(format string, args ...any) error {
	return fmt.Errorf("the file is damaged or no store: "+format+
		"; move it aside and restore the newest backup with legcoach restore", args...)
}

// panicked returns the error of a transaction that panicked, as it does on a damaged page.
func panicked(p any) error {
	return fmt.Errorf("it panicked: %v; if legcoach verify finds damage, restore the newest backup", p)
}

// Check reports why the store cannot go on: it was closed, the outcome of a
// commit is unknown, or its file was replaced or removed under it, in which case
// what is written is lost at the end of the process. It is meant to be asked each minute.
func (s *Store) Check() error {
	s.mu.RLock()
	defer s.mu.RUnlock()
	if err := s.refusal(); err != nil {
		return err
	}
	mine, err := s.file.Stat()
	if err != nil {
		return fmt.Errorf("check store %s: %w", s.path, err)
	}
	there, err := os.Stat(s.path)
	if err != nil {
		return fmt.Errorf("check store %s: its file is gone: %w", s.path, err)
	}
	if !os.SameFile(mine, there) {
		return fmt.Errorf("check store %s: another file was put in its place", s.path)
	}
	return nil
}

// refusal returns why nothing is done any more, nil while something is. It needs mu.
func (s *Store) refusal() error {
	if err := s.dead.Load(); err != nil {
		return *err
	}
	if s.closed {
		return fmt.Errorf("store %s: %w", s.path, fs.ErrClosed)
	}
	return nil
}

// Close implements store.Store. It may be called again.
func (s *Store) Close() error {
	s.mu.Lock()
	closed := s.closed
	if !closed {
		s.closed = true
		close(s.jobs)
	}
	s.mu.Unlock()
	<-s.ended
	if closed {
		return nil
	}
	if err := errors.Join(s.leaveFreelist(), s.db.Close()); err != nil {
		return fmt.Errorf("close store %s: %w", s.path, err)
	}
	return nil
}

// leaveFreelist writes down which pages are free. No other commit does, which
// makes each cheaper; but whoever opens a file without such a list must look at every page of it.
func (s *Store) leaveFreelist() error {
	if s.dead.Load() != nil {
		return nil
	}
	s.db.NoFreelistSync = false
	return s.db.Update(func(*bolt.Tx) error { return nil })
}
