package content

import _ "embed"

// The large texts, which are read where they stand in the program: what is
// cut out of them stays, and a copy would cost as much again.
var (
	//go:embed safety/marks.txt
	safetyMarks string
	//go:embed reading/rules.txt
	readingRules string
	//go:embed reading/words.txt
	readingWords string
	//go:embed words/concepts.txt
	wordsConcepts string
	//go:embed words/everyday.txt
	wordsEveryday string
	//go:embed words/spellings.txt
	wordsSpellings string
	//go:embed places/cities.txt
	placesCities string
	//go:embed places/zones.txt
	placesZones string
)

// standing returns the large text with this name, or "".
func standing(name string) string {
	switch name {
	case "safety/marks.txt":
		return safetyMarks
	case "reading/rules.txt":
		return readingRules
	case "reading/words.txt":
		return readingWords
	case "words/concepts.txt":
		return wordsConcepts
	case "words/everyday.txt":
		return wordsEveryday
	case "words/spellings.txt":
		return wordsSpellings
	case "places/cities.txt":
		return placesCities
	case "places/zones.txt":
		return placesZones
	}
	return ""
}
