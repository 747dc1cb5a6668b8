package place

import (
	"fmt"
	"slices"
	"sync"

	"github.com/ringsaturn/tzf"
	tzfrellite "github.com/ringsaturn/tzf-rel-lite"
	pb "github.com/ringsaturn/tzf/gen/go/tzf/v1"
	"google.golang.org/protobuf/proto"

	"legcoach/coach/day"
)

// tiles are squares of the map that lie in one zone, which answers for nearly
// every place, and borders the zones' borders, for the rest. They take megabytes,
// and borders a second or more, so each is unpacked when it is first needed.
var (
	borders = sync.OnceValues(tzf.NewDefaultFinder)
	tiles   = sync.OnceValues(func() (tzf.F, error) {
		var packed pb.PreindexTimezones
		if err := proto.Unmarshal(tzfrellite.PreindexData, &packed); err != nil {
			return nil, err
		}
		return tzf.NewFuzzyFinderFromPB(&packed)
	})
)

// zoneAt asks the tiles first, as tzf does itself when it has unpacked both.
func zoneAt(longitude, latitude float64) (string, error) {
	for _, unpack := range []func() (tzf.F, error){tiles, borders} {
		finder, err := unpack()
		if err != nil {
			return "", err
		}
		if zone := finder.GetTimezoneName(longitude, latitude); zone != "" {
			return zone, nil
		}
	}
	return "", nil
}

// At returns the IANA zone of a place on the map, in degrees; north and east
// are positive. It fails for what is no place on earth, and if its zone is not
// one that this program knows.
func At(latitude, longitude float64) (string, error) {
	if !(-90 <= latitude && latitude <= 90 && -180 <= longitude && longitude <= 180) {
		return "", fmt.Errorf("find zone of %g, %g: no place on earth", latitude, longitude)
	}
	zone, err := zoneAt(longitude, latitude)
	if err != nil {
		return "", fmt.Errorf("unpack borders of zones: %w", err)
	}
	if _, err := day.Zone(zone); err != nil {
		return "", fmt.Errorf("find zone of %g, %g: %q is not known", latitude, longitude, zone)
	}
	return zone, nil
}

// MonthFirst reports whether people in the zone write the month of a date before the day, as the United States do.
func (a *Atlas) MonthFirst(zone string) bool { return slices.Contains(a.countries["US"], zone) }
