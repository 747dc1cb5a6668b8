package main

import (
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"strings"

	"legcoach/store"
	"legcoach/store/bolt"
	"legcoach/store/memory"
)

// kept is everything that a store of this program can do.
type kept interface {
	store.Store
	store.Keeper
	store.Notes
}

// stores is the table of stores: what stands before the colon, and how to open what stands after it.
var stores = map[string]func(where string, log *slog.Logger) (kept, error){
	"memory": func(string, *slog.Logger) (kept, error) { return memory.New(), nil },
	"bolt":   openBolt,
}

// spec is a store that a configuration names: "bolt:legcoach.db", "memory".
type spec struct{ name, where string }

func parseStore(s string) (spec, error) {
	name, where, _ := strings.Cut(s, ":")
	if _, known := stores[name]; !known || (name == "bolt") != (where != "") {
		return spec{}, errors.New("store: write bolt:FILE, or memory, which remembers nothing") // not what it says: it may hold a password
	}
	return spec{name, where}, nil
}

func (s spec) open(log *slog.Logger) (kept, error) { return stores[s.name](s.where, log) }

func openBolt(path string, log *slog.Logger) (kept, error) {
	return bolt.Open(path, bolt.Options{Log: log, Fatal: func(err error) {
		log.Error("the outcome of a commit is not known; ending so that nothing is said that may not be on disk", "error", err)
		os.Exit(exitStore)
	}})
}

// openExisting opens a bolt file that an operator names; it never makes one.
func openExisting(path string, log *slog.Logger) (kept, error) {
	if path == "" {
		return nil, usagef("--data FILE is missing: the store to work on")
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("open store %s: there is no such file", path)
	}
	return openBolt(path, log)
}
