// Package place tells which IANA time zone somebody means who says where they
// are: "I'm in Lisbon", "landed at JFK", "eastern time", "europe/madrid", "it's 19:40 here".
//
// What it knows is data, in content/places: the cities of every zone with
// their other names and airports, the states, provinces and zones by their letters,
// and the countries. A name may mean several places; the best known is first,
// and what is said beside it ("perth, the aussie one") decides. Of the names in
// namesakes.txt none is so well known that it is taken without asking. Nothing is
// ever guessed from a clock alone: [Atlas.Clocks] gives the candidates, to ask about.
//
//	atlas.go    the table and how it is read from the files
//	read.go     the places that a message mentions, and the zone that they make
//	offset.go   "utc+2": how far from universal time
//	suggest.go  completing what is being typed; the zones in which a clock shows a time
//	locate.go   the zone of a location on the map
package place

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"legcoach/coach/content"
	"legcoach/coach/token"
)

// Place is a place or region that has a name and lies in one zone.
type Place struct {
	Name    string // as it is written in the table, or the zone's own name
	Zone    string // IANA
	Country string // two letters; empty for a region or zone of several
}

// name is one entry of the table: the words of a name and what it means.
type name struct {
	words   []string
	places  []Place
	capital bool  // only when written in capitals
	code    bool  // an airport
	lesser  bool  // only namesakes of a better-known place so far
	region  bool  // a country, state or zone, not a city
	open    bool  // none of its places is the best known
	next    *name // that begins with the same word
}

// Atlas is the table of names. It is safe for concurrent use.
type Atlas struct {
	names     map[string]*name  // the first that begins with a word
	single    [26][]*name       // the names of one word, by first letter, the shortest first
	zones     map[string]string // lower case → zone
	countries map[string][]string
	order     []Place // what is suggested, the best known first
	rank      map[string]int
	peopled   []Place            // the best-known place of every zone, the zone with most cities first
	parts     map[string]bool    // the words behind the first of longer names
	same      map[string][]Place // what a name may as well mean, by its words; see Mention.Namesakes
	words     lists
}

// lists are those of content/places/words.yaml, which says what each is.
type lists struct {
	Everyday, Plain, Leads, Left, Present, Ordinary content.Set
	Universal, Ahead, Behind                        content.Set
}

// New returns the table of the content files. They are read once; all callers share it.
func New() (*Atlas, error) { return shared() }

var shared = sync.OnceValues(read)

func read() (*Atlas, error) {
	a := &Atlas{
		names: make(map[string]*name, 3000), zones: map[string]string{},
		countries: map[string][]string{}, rank: map[string]int{}, same: map[string][]Place{}, parts: map[string]bool{},
	}
	for _, file := range []struct {
		name string
		read func(line string) error
	}{
		{"places/cities.txt", a.readCities},
		{"places/regions.txt", a.readRegion},
		{"places/zones.txt", a.readZone},
		{"places/namesakes.txt", a.readNamesakes},
	} {
		if err := eachLine(file.name, file.read); err != nil {
			return nil, err
		}
	}
	a.finish()
	a.peopled = a.byRank()
	return a, content.Decode("places/words.yaml", &a.words)
}

// eachLine calls read with every line of a content file that is not empty or a comment.
func eachLine(file string, read func(line string) error) error {
	text, err := content.Text(file)
	if err != nil {
		return err
	}
	for n, line := range strings.Split(text, "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := read(line); err != nil {
			return fmt.Errorf("read content %s, line %d: %w", file, n+1, err)
		}
	}
	return nil
}

// readCities reads "Europe/Lisbon PT: Lisbon/Lisboa/LIS, Porto/OPO".
func (a *Atlas) readCities(line string) error {
	head, list, ok := strings.Cut(line, ": ")
	zone, country, ok2 := strings.Cut(head, " ")
	if !ok || !ok2 {
		return fmt.Errorf("want zone, country and cities, as %q", "Europe/Lisbon PT: Lisbon/LIS")
	}
	for _, city := range strings.Split(list, ", ") {
		city, lesser := strings.CutPrefix(strings.TrimSpace(city), "~")
		names := strings.Split(city, "/")
		place := Place{names[0], zone, country}
		places := []Place{place} // shared by all its names; what is added to a name is added to a copy
		for _, n := range names {
			code := len(n) == 3 && n == strings.ToUpper(n) && n[0] < 0x80
			a.add(n, places, name{code: code, capital: code || len(n) < 3}, lesser)
		}
		if !lesser {
			a.order = append(a.order, place)
			a.rank[zone]++
		}
	}
	return nil
}

// readRegion reads "America/New_York America/Chicago: Florida, FL".
func (a *Atlas) readRegion(line string) error {
	head, list, ok := strings.Cut(line, ": ")
	if !ok {
		return fmt.Errorf("want zones and names, as %q", "Europe/Paris: France, Provence")
	}
	for _, zone := range strings.Fields(head) {
		a.zones[strings.ToLower(zone)] = zone // those of no country are in no other file
	}
	for _, n := range strings.Split(list, ", ") {
		var places []Place
		for _, zone := range strings.Fields(head) {
			places = append(places, Place{Name: n, Zone: zone})
		}
		short := len(n) < 5 && n == strings.ToUpper(n)
		a.add(n, places, name{region: true, capital: short && len(n) < 3}, false)
	}
	return nil
}

// readZone reads one line of the zone table: country code, country, latitude, longitude, zone.
func (a *Atlas) readZone(line string) error {
	columns := strings.Split(line, "\t")
	if len(columns) != 5 {
		return fmt.Errorf("want 5 columns, got %d", len(columns))
	}
	code, country, zone := columns[0], columns[1], columns[4]
	a.zones[strings.ToLower(zone)] = zone
	a.countries[code] = append(a.countries[code], zone)
	city := strings.ReplaceAll(zone[strings.LastIndex(zone, "/")+1:], "_", " ")
	if !a.has(city) {
		place := Place{city, zone, code}
		a.add(city, []Place{place}, name{}, true)
		a.order = append(a.order, place)
	}
	if !a.has(country) || len(a.countries[code]) > 1 {
		a.addCountry(country, Place{country, zone, code})
	}
	return nil
}

// readNamesakes reads "Portland: Oregon=America/Los_Angeles, Maine=America/New_York".
// Their names are known from here on, be they in no other file.
func (a *Atlas) readNamesakes(line string) error {
	title, list, ok := strings.Cut(line, ": ")
	if !ok {
		return fmt.Errorf("want a name and its places, as %q", "Portland: Oregon=America/Los_Angeles, Maine=America/New_York")
	}
	var places []Place
	for _, one := range strings.Split(list, ", ") {
		label, zone, _ := strings.Cut(one, "=")
		if a.zones[strings.ToLower(zone)] == "" {
			return fmt.Errorf("%s: there is no zone %q", label, zone)
		}
		places = append(places, Place{label, zone, a.countryOf(zone)})
	}
	a.same[strings.Join(token.Texts(title), " ")] = places
	if !a.has(title) {
		a.add(title, places, name{open: true}, false)
	}
	return nil
}

// countryOf returns the country that a zone is listed under.
func (a *Atlas) countryOf(zone string) string {
	for code, zones := range a.countries {
		if slices.Contains(zones, zone) {
			return code
		}
	}
	return ""
}

// addCountry makes one more zone of a country known; regions.txt, read before, has the last word.
func (a *Atlas) addCountry(country string, place Place) {
	if n := a.find(token.Texts(country)); n != nil {
		if n.region && n.places[0].Country == place.Country {
			n.places = append(n.places, place)
		}
		return
	}
	a.add(country, []Place{place}, name{region: true}, true)
}

// add enters a name; a lesser place stands behind the others of that name.
func (a *Atlas) add(text string, places []Place, as name, lesser bool) {
	as.words, as.places = token.Texts(text), places
	if len(as.words) == 0 {
		return
	}
	if known := a.find(as.words); known != nil && known.code == as.code {
		if lesser || known.region == as.region && !known.lesser {
			known.places = append(known.places, places...)
		} else {
			known.places, known.lesser = append(places, known.places...), false
		}
		return
	}
	as.lesser = lesser
	a.enter(&as)
}

// enter puts a name behind those that begin with the same word.
func (a *Atlas) enter(as *name) {
	last := a.names[as.words[0]]
	if last == nil {
		a.names[as.words[0]] = as
		return
	}
	for last.next != nil {
		last = last.next
	}
	last.next = as
}

// Names reports whether a place is called word, in lower case, of at least five
// letters, or has it in a longer name or a name that it shares: "jose".
func (a *Atlas) Names(word string) bool {
	if a.parts[word] || a.same[word] != nil {
		return true
	}
	for n := a.names[word]; n != nil && len(word) >= 5; n = n.next {
		if len(n.words) == 1 && !n.lesser {
			return true
		}
	}
	return false
}

func (a *Atlas) has(text string) bool { return a.find(token.Texts(text)) != nil }

// find returns the entry that has exactly these words.
func (a *Atlas) find(words []string) *name {
	if len(words) == 0 {
		return nil
	}
	for n := a.names[words[0]]; n != nil; n = n.next {
		if slices.Equal(n.words, words) {
			return n
		}
	}
	return nil
}

// finish adds every zone of the table by its own name and prepares the search for typing errors.
func (a *Atlas) finish() {
	for _, n := range []string{"UTC", "GMT"} {
		a.zones[strings.ToLower(n)] = n
	}
	for word, n := range a.names {
		for ; n != nil; n = n.next {
			for _, w := range n.words[1:] {
				a.parts[w] = a.parts[w] || len(w) > 3
			}
			if len(n.words) == 1 && len(word) >= 5 && 'a' <= word[0] && word[0] <= 'z' && !n.code {
				a.single[word[0]-'a'] = append(a.single[word[0]-'a'], n)
			}
		}
	}
	for _, names := range a.single {
		slices.SortFunc(names, func(a, b *name) int { return byLength(a, len(b.words[0])) })
	}
}
