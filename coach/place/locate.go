package place

import (
	"fmt"
	"sync"

	"github.com/ringsaturn/tzf"

	"legcoach/coach/day"
)

// borders are the borders of the zones. They take 30 MB and are unpacked when
// the first location is shared, not before.
var borders = sync.OnceValues(tzf.NewDefaultFinder)

// At returns the IANA zone of a place on the map, in degrees; north and east
// are positive. It fails for what is no place on earth, and if its zone is not
// one that this program knows.
func At(latitude, longitude float64) (string, error) {
	if !(-90 <= latitude && latitude <= 90 && -180 <= longitude && longitude <= 180) {
		return "", fmt.Errorf("find zone of %g, %g: no place on earth", latitude, longitude)
	}
	finder, err := borders()
	if err != nil {
		return "", fmt.Errorf("unpack borders of zones: %w", err)
	}
	zone := finder.GetTimezoneName(longitude, latitude)
	if _, err := day.Zone(zone); err != nil {
		return "", fmt.Errorf("find zone of %g, %g: %q is not known", latitude, longitude, zone)
	}
	return zone, nil
}
