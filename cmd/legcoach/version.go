package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"
)

// release is set by the linker: -X main.release=v1.2.3.
var release = "dev"

// version prints the version, the commit, Go, and the dependencies.
func (p program) version(_ context.Context, args []string) error {
	if _, err := parse(flags("version"), args, 0); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "legcoach %s\ncommit %s\n%s\n", release, commit(), runtime.Version())
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, d := range info.Deps {
			fmt.Fprintf(p.out, "%s %s\n", d.Path, d.Version)
		}
	}
	return nil
}

func commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	var revision, modified string
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			revision = s.Value
		case "vcs.modified":
			modified = strings.TrimPrefix(s.Value, "false")
		}
	}
	if revision == "" {
		return "unknown"
	}
	if modified != "" {
		revision += " and changes"
	}
	return revision
}
