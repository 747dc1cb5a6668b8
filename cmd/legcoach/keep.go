package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	"legcoach/bot"
	"legcoach/coach"
	"legcoach/store"
	"legcoach/store/bolt"
)

// withData opens the store that --data names, for as long as do takes.
func (p program) withData(name string, args []string, words int, do func(s kept, words []string) error) error {
	set := flags(name)
	data := set.String("data", "", "`FILE` of the store")
	rest, err := parse(set, args, words)
	if err != nil {
		return err
	}
	s, err := openExisting(*data, p.warnings())
	if err != nil {
		return err
	}
	return errors.Join(do(s, rest), s.Close())
}

func (p program) warnings() *slog.Logger {
	return slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
}

// backup copies a store to a file that does not exist yet.
func (p program) backup(ctx context.Context, args []string) error {
	return p.withData("backup", args, 1, func(s kept, words []string) error {
		return writeNew(words[0], func(w io.Writer) error { return s.Backup(ctx, w) })
	})
}

// writeNew writes a file that others cannot read, whole or not at all.
func writeNew(path string, write func(io.Writer) error) error {
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("write %s: it exists already; choose another name", path)
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*.tmp")
	if err != nil {
		return fmt.Errorf("write %s: %w", path, bare(err))
	}
	defer os.Remove(f.Name())
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", path, err)
	}
	if err := os.Link(f.Name(), path); err != nil {
		return fmt.Errorf("write %s: %w", path, bare(err))
	}
	return nil
}

// restore makes a store of a backup.
func (p program) restore(ctx context.Context, args []string) error {
	set := flags("restore")
	data := set.String("data", "", "`FILE` of the store")
	rest, err := parse(set, args, 1)
	if err != nil {
		return err
	}
	if *data == "" {
		return usagef("restore: --data FILE is missing: the store to make")
	}
	now := time.Now()
	if err := bolt.Restore(ctx, rest[0], *data, now); err != nil {
		return err
	}
	s, err := openExisting(*data, p.warnings())
	if err != nil {
		return err
	}
	return errors.Join(bot.Restored(ctx, s, now), s.Close())
}

// verify reads every record of a store.
func (p program) verify(ctx context.Context, args []string) error {
	return p.withData("verify", args, 0, func(s kept, _ []string) error {
		if err := s.Verify(ctx); err != nil {
			return err
		}
		counts, err := s.Count(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "every record is sound: %d runners, %d lines queued\n", counts.Runners, counts.Queued)
		return nil
	})
}

// export prints everything that is kept of one runner.
func (p program) export(ctx context.Context, args []string) error {
	return p.withData("export", args, 1, func(s kept, words []string) error {
		r, known, err := s.Load(ctx, coach.ID(words[0]))
		if err != nil {
			return err
		}
		if !known {
			return noRunner(words[0])
		}
		return encodeIndented(p.out, r)
	})
}

// maxExport is how long an export may be that is imported, in bytes; ten years take a fraction of it.
const maxExport = 4 << 20

// importRunner puts a runner back who was exported, unless something is kept of them by now.
func (p program) importRunner(ctx context.Context, args []string) error {
	return p.withData("import", args, 1, func(s kept, words []string) error {
		r, err := readExport(words[0])
		if err != nil {
			return err
		}
		for _, address := range append([]coach.ID{r.ID}, r.Also...) {
			if _, known, err := s.Load(ctx, address); err != nil || known {
				return errors.Join(err, fmt.Errorf("import %s: something is kept of %s; export that, and forget it first", words[0], address))
			}
		}
		_, err = s.Update(ctx, r.ID, "", time.Now(), func(coach.Runner) (coach.Runner, []coach.Line) { return r, nil })
		if err == nil {
			fmt.Fprintf(p.out, "%s is back as exported\n", r.ID)
		}
		return err
	})
}

// readExport reads a runner from the JSON of an export.
func readExport(path string) (coach.Runner, error) {
	var r coach.Runner
	f, err := os.Open(path)
	if err != nil {
		return r, fmt.Errorf("import %s: %w", path, bare(err))
	}
	defer func() { _ = f.Close() }() // it was only read
	decoder := json.NewDecoder(io.LimitReader(f, maxExport))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&r); err != nil {
		return r, fmt.Errorf("import %s: this is no export of a runner: %w", path, err)
	}
	if r.ID == "" || r.Since.IsZero() {
		return r, fmt.Errorf("import %s: the export names no runner", path)
	}
	return r, nil
}

func noRunner(id string) error {
	return fmt.Errorf("nothing is kept of %q; an ID looks like telegram/8472011", id)
}

// forget deletes everything that is kept of one runner.
func (p program) forget(ctx context.Context, args []string) error {
	return p.withData("forget", args, 1, func(s kept, words []string) error {
		known := false
		_, err := s.Update(ctx, coach.ID(words[0]), "", time.Now(), func(r coach.Runner) (coach.Runner, []coach.Line) {
			known = !r.IsZero()
			return coach.Runner{}, nil
		})
		if err == nil && !known {
			return noRunner(words[0])
		}
		if err == nil {
			fmt.Fprintf(p.out, "everything of %s is deleted from the store; backups made before keep a copy\n", words[0])
		}
		return err
	})
}

// stats counts what a store holds.
func (p program) stats(ctx context.Context, args []string) error {
	return p.withData("stats", args, 0, func(s kept, _ []string) error {
		counts, err := s.Count(ctx)
		if err != nil {
			return err
		}
		return encodeIndented(p.out, counts)
	})
}

func encodeIndented(out io.Writer, value any) error {
	encoder := json.NewEncoder(out)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(value)
}

var _ store.Keeper = (kept)(nil)
