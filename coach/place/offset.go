package place

import (
	"fmt"

	"legcoach/coach/token"
)

// offset reads how far a clock is from universal time, "utc+2" or "GMT -3:30",
// and returns how many tokens that takes. An offset that no zone has names no place.
func (a *Atlas) offset(tokens []token.Token, i int) (Mention, int) {
	if !a.words.Universal[tokens[i].Text] {
		return Mention{}, 0
	}
	sign, j := "+", i+1
	switch {
	case j >= len(tokens):
		return Mention{}, 0
	case a.words.Ahead[tokens[j].Text]:
		j++
	case a.words.Behind[tokens[j].Text]:
		sign, j = "-", j+1
	case !tokens[j].Glued: // "utc2" has no sign, and "noon gmt 2 days ago" is none
		return Mention{}, 0
	}
	hours, minutes, n := span(tokens[min(j, len(tokens)):])
	if n == 0 {
		return Mention{}, 0
	}
	name := fmt.Sprintf("UTC%s%d", sign, hours)
	if minutes > 0 {
		name += fmt.Sprintf(":%02d", minutes)
	}
	m := Mention{Region: true}
	if known := a.find(token.Texts(name)); known != nil {
		m.Places = known.places
	}
	return m, j + n - i
}

// span reads hours, and minutes if they follow: "5", "0530", "5:30", "5.5".
func span(tokens []token.Token) (hours, minutes, n int) {
	if len(tokens) == 0 || tokens[0].Class != token.Number {
		return 0, 0, 0
	}
	hours = tokens[0].Value
	if len(tokens[0].Text) > 2 {
		return hours / 100, hours % 100, 1
	}
	if len(tokens) < 3 || !tokens[1].Glued || !tokens[2].Glued || tokens[2].Class != token.Number {
		return hours, 0, 1
	}
	switch tokens[1].Text {
	case ":":
		return hours, tokens[2].Value, 3
	case ".":
		return hours, decimal(tokens[2].Text), 3
	}
	return hours, 0, 1
}

// decimal returns the minutes behind a point, be they a part of an hour or minutes after all.
func decimal(text string) int {
	switch text {
	case "5", "50", "30":
		return 30
	case "75", "45":
		return 45
	}
	return 0
}
