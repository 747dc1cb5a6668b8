package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"
)

// askFor is how long a platform has to say who the bot is there.
const askFor = 20 * time.Second

// errFindings says that run would fail; what is wrong was printed.
var errFindings = errors.New("run would fail; mend what is marked above")

// check reads the configuration, asks each platform who it is and opens the store, a line per finding.
func (p program) check(ctx context.Context, args []string) error {
	set := flags("check")
	path := set.String("config", "config.yaml", "`FILE` to check")
	if _, err := parse(set, args, 0); err != nil {
		return err
	}
	config, err := loadConfig(*path)
	if err != nil {
		p.finding(false, "configuration: %s", oneLine(err))
		return errFindings
	}
	p.finding(true, "configuration: %s", *path)
	for _, w := range config.warnings {
		fmt.Fprintf(p.out, "warn  %s\n", w)
	}
	w := wiring{config: config, log: slog.New(slog.NewTextHandler(p.err, &slog.HandlerOptions{Level: slog.LevelError}))}
	if w.coach, err = newCoach(config); err != nil {
		return err
	}
	fine := p.checkPlatforms(ctx, w)
	if !p.checkStore(config) || !fine {
		return errFindings
	}
	return nil
}

func (p program) finding(fine bool, format string, args ...any) {
	mark := "ok   "
	if !fine {
		mark = "FAIL "
	}
	fmt.Fprintf(p.out, mark+" "+format+"\n", args...)
}

func (p program) checkPlatforms(ctx context.Context, w wiring) bool {
	fine, any := true, false
	for _, entry := range platforms {
		if !entry.on(w.config) {
			fmt.Fprintf(p.out, "off   %s: no token\n", entry.name)
			continue
		}
		any = true
		who, err := w.ask(ctx, entry.open)
		if err != nil {
			p.finding(false, "%s: %s", entry.name, oneLine(err))
			fine = false
			continue
		}
		p.finding(true, "%s: this is %s", entry.name, who)
	}
	if !any {
		p.finding(false, "platforms: none is configured; set telegram.token_file or discord.token_file")
	}
	return fine && any
}

func (w wiring) ask(ctx context.Context, open func(wiring) (connected, error)) (string, error) {
	platform, err := open(w)
	if err != nil {
		return "", err
	}
	ctx, cancel := context.WithTimeout(ctx, askFor)
	defer cancel()
	return platform.Check(ctx)
}

// checkStore opens the store as run would, but makes none.
func (p program) checkStore(config Config) bool {
	where, err := parseStore(config.Store)
	if err == nil && where.name == "bolt" {
		if _, missing := os.Stat(where.where); errors.Is(missing, fs.ErrNotExist) {
			folder := filepath.Dir(where.where)
			if info, err := os.Stat(folder); err != nil || !info.IsDir() {
				p.finding(false, "store: there is no folder %s; make it, or change store", folder)
				return false
			}
			p.finding(true, "store: %s is not there yet; run makes it", where.where)
			return true
		}
	}
	var s kept
	if err == nil {
		s, err = where.open(p.warnings())
	}
	if err != nil {
		p.finding(false, "store: %s", oneLine(err))
		return false
	}
	if err := s.Close(); err != nil {
		p.finding(false, "store: %s", oneLine(err))
		return false
	}
	p.finding(true, "store: %s", config.Store)
	return true
}
