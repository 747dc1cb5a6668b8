package main

import (
	"fmt"
	"time"
	_ "time/tzdata" // so that zones are the same everywhere, and there where a system has none

	"legcoach/coach/day"
)

// loadZone returns the zone with an IANA name.
func loadZone(name string) (*time.Location, error) {
	if name == "" || name == "Local" {
		return nil, fmt.Errorf("%q is not a zone; write an IANA name such as Europe/London", name)
	}
	zone, err := day.Zone(name)
	if err != nil {
		return nil, fmt.Errorf("%q is not a zone; write an IANA name such as Europe/London", name)
	}
	return zone, nil
}

func checkZone(name string) error {
	_, err := loadZone(name)
	return err
}
