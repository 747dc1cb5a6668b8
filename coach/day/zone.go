package day

import (
	"archive/zip"
	"bytes"
	_ "embed" // the zones
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
)

// zoneinfo is the IANA time zone database as the Go distribution packs it
// (lib/time/zoneinfo.zip). It is carried along so that every copy of the
// program knows the same clocks, whatever the machine has installed.
//
//go:embed zoneinfo.zip
var zoneinfo []byte

// zones holds the zones already read, by name: reading one costs microseconds,
// and a runner's zone is asked for at every step.
var zones sync.Map

// archive holds the data of each zone, where it stands in the embedded database.
var archive = sync.OnceValue(func() map[string][]byte {
	r, err := zip.NewReader(bytes.NewReader(zoneinfo), int64(len(zoneinfo)))
	if err != nil {
		panic("embedded time zones: " + err.Error())
	}
	files := make(map[string][]byte, len(r.File))
	for _, f := range r.File {
		at, err := f.DataOffset()
		if err != nil || f.Method != zip.Store {
			panic("embedded time zones: " + f.Name + " is packed otherwise than Go packs it")
		}
		if !strings.HasSuffix(f.Name, "/") {
			files[f.Name] = zoneinfo[at : at+int64(f.UncompressedSize64)]
		}
	}
	return files
})

// Zone returns the IANA zone that is named name, exactly as the database
// spells it. The same name always gives the same pointer. The machine's own
// zone, "Local", is not a zone of a runner and is refused, as is the empty name.
func Zone(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	data, ok := archive()[name]
	if !ok {
		return nil, fmt.Errorf("time zone %q is not in the IANA database", name)
	}
	loc, err := time.LoadLocationFromTZData(name, data)
	if err != nil {
		return nil, fmt.Errorf("read time zone %q: %w", name, err)
	}
	kept, _ := zones.LoadOrStore(name, loc)
	return kept.(*time.Location), nil
}

// ZoneNames returns the names of all zones, links included, in alphabetical order.
func ZoneNames() []string {
	names := make([]string, 0, len(archive()))
	for name := range archive() {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
